"""`/dialler add` and `/dialler update`.

An import of a key that is there already answers as one of a new contact does. So whoever has the key is looked for
first, and nobody is overwritten unasked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.capabilities import KeepsDiallerContacts
from bot.errors import UsageError
from bot.flows.commands.dialler.contacts import contact_choices
from bot.flows.commands.dialler.meant import the_campaign, the_contact
from bot.flows.commands.dialler.steps import note
from bot.flows.commands.listing import ask_first
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Asked
from bot.model import Campaign, DiallerContact, DiallerContactChange, DiallerContactRequest, Number, UserData
from bot.views.answers import Answer, Item
from bot.views.dialler import campaign_about, contact_about, contact_words

_NUMBER = "phone-number"  # with its place behind it
_NO_FIELDS = frozenset({"data", "overwrite"})
_SPELT = {"bic": "BIC", "iban": "IBAN"}
_SEVERAL = "Several contacts have this key: {ids}. Change one by its id: /dialler update <id>."


async def add(turn: Turn) -> Answer | None:
    """`/dialler add <campaign> <name> <number…>`: asks before it overwrites a contact that has the key."""
    provider = the_provider(turn, KeepsDiallerContacts)
    campaign = await the_campaign(turn)
    request = _request(turn.asked, campaign)
    there = await provider.find_dialler_contacts(UserData(request.data)) if request.data else ()
    overwrite = turn.asked.find("overwrite", bool)
    if there and overwrite is not False:
        if len(there) > 1:
            raise UsageError(_SEVERAL.format(ids=", ".join(f"#{contact.id}" for contact in there)))
        if overwrite is None:
            return _overwrite_first(turn, there[0])
    made = await provider.import_dialler_contact(request, overwrite=bool(overwrite))
    return await _added(turn, campaign, made, there)


async def update(turn: Turn) -> Answer | None:
    """`/dialler update <id|data:…>`: what is not typed stays."""
    contact = await the_contact(turn)
    change = DiallerContactChange(fields_of(turn.asked), _numbers_of(turn.asked))
    changed = await the_provider(turn, KeepsDiallerContacts).update_dialler_contact(contact.id, change)
    await note(turn, "dialler_changed", changed)
    return _shown(turn, changed, f"Changed {contact_about(changed)}.")


def fields_of(asked: Asked) -> Mapping[str, str]:
    """What was typed of a contact's fields, by the dialler's names. Pure."""
    keys = [key for key in _keys(asked) if key not in _NO_FIELDS and not key.startswith(_NUMBER)]
    return {their_name(key): str(asked.values[key]) for key in keys}


def their_name(key: str) -> str:
    """The dialler's name for a field: `postal-code` is `PostalCode`. Pure."""
    return "".join(_SPELT.get(part, part.capitalize()) for part in key.split("-"))


def _numbers_of(asked: Asked) -> Mapping[int, Number]:
    keys = [key for key in _keys(asked) if key.startswith(_NUMBER)]
    return {int(key.removeprefix(_NUMBER)): Number(asked.value(key, str)) for key in keys}


def _keys(asked: Asked) -> Sequence[str]:
    return [key.name for key in asked.verb.keys if asked.has(key.name)]


def _request(asked: Asked, campaign: Campaign) -> DiallerContactRequest:
    numbers = tuple(Number(number) for number in asked.value("number", tuple))
    data = (asked.find("data", str) or "").strip()
    return DiallerContactRequest(campaign.id, asked.value("name", str), numbers, data, fields_of(asked))


def _overwrite_first(turn: Turn, there: DiallerContact) -> Answer:
    heading = f"{contact_about(there)} has this key already. Overwrite what is known of them?"
    return ask_first(turn, heading, "Overwrite", f"{turn.given.ask.words} overwrite=yes")


async def _added(turn: Turn, campaign: Campaign, made: DiallerContact, there: Sequence[DiallerContact]) -> Answer:
    about = contact_about(made)
    if made.id not in [contact.id for contact in there]:
        await note(turn, "dialler_added", made)
        return _shown(turn, made, f"Added {about} to {campaign_about(campaign)}.")
    if not turn.asked.find("overwrite", bool):
        return _shown(turn, made, f"{about} has this key already. Nothing was changed.")
    await note(turn, "dialler_changed", made)
    return _shown(turn, made, f"Overwrote {about}.")


def _shown(turn: Turn, contact: DiallerContact, heading: str) -> Answer:
    return Answer(heading, (Item(contact_words(contact, "", turn.zone), contact_choices(turn, contact)),))


WRITING: Mapping[str, Verb] = {"add": add, "update": update}
