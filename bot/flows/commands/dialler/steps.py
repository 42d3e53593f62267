"""`/dialler`'s steps with one contact: locked, unlocked, called anew, deleted."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsDiallerContacts
from bot.flows.commands.dialler.contacts import contact_choices
from bot.flows.commands.dialler.meant import the_contact
from bot.flows.commands.listing import ask_first
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Verb
from bot.model import DiallerContact, NewDeed
from bot.views.answers import Answer
from bot.views.dialler import contact_about


async def lock(turn: Turn) -> Answer | None:
    """`/dialler lock <id|data:…>`."""
    contact = await the_contact(turn)
    await the_provider(turn, KeepsDiallerContacts).lock_dialler_contact(contact.id)
    await note(turn, "dialler_locked", contact)
    return _done(turn, contact, f"Locked {contact_about(contact)}: the dialler does not call.")


async def unlock(turn: Turn) -> Answer | None:
    """`/dialler unlock <id|data:…>`."""
    contact = await the_contact(turn)
    await the_provider(turn, KeepsDiallerContacts).unlock_dialler_contact(contact.id)
    await note(turn, "dialler_unlocked", contact)
    return _done(turn, contact, f"Unlocked {contact_about(contact)}: the dialler calls again.")


async def reset(turn: Turn) -> Answer | None:
    """`/dialler reset <id|data:…>`: asks first."""
    contact = await the_contact(turn)
    if not turn.given.ask.sure:
        heading = f"Have {contact_about(contact)} called anew? The tries and the result so far are forgotten."
        return ask_first(turn, heading, "Reset", f"reset #{contact.id}")
    await the_provider(turn, KeepsDiallerContacts).reset_dialler_contact(contact.id)
    await note(turn, "dialler_reset", contact)
    return _done(turn, contact, f"Reset {contact_about(contact)}: the dialler calls as if nobody had tried.")


async def drop(turn: Turn) -> Answer | None:
    """`/dialler drop <id|data:…>`: asks first."""
    contact = await the_contact(turn)
    if not turn.given.ask.sure:
        heading = f"Delete {contact_about(contact)} and the history of the calls? There is no way back."
        return ask_first(turn, heading, "Delete", f"drop #{contact.id}")
    await the_provider(turn, KeepsDiallerContacts).delete_dialler_contact(contact.id)
    await note(turn, "dialler_dropped", contact)
    return Answer(f"Deleted {contact_about(contact)}.")


async def note(turn: Turn, what: str, contact: DiallerContact) -> None:
    """Write down what was done to a contact."""
    await turn.bridge.store.audit.add(NewDeed(turn.given.member.id, what, about=contact_about(contact)))


def _done(turn: Turn, contact: DiallerContact, heading: str) -> Answer:
    return Answer(heading, choices=contact_choices(turn, contact))


STEPS: Mapping[str, Verb] = {"lock": lock, "unlock": unlock, "reset": reset, "drop": drop}
