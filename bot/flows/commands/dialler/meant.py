"""Which campaign and which contact a command means: by the id, by the name, by another system's key.

By a name or a key the provider would change whichever comes first. So each is looked up, and of several
whoever asked says which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.capabilities import KeepsDiallerContacts, RunsCampaigns
from bot.errors import UnknownName, UsageError
from bot.flows.commands.provided import the_provider
from bot.flows.commands.turn import Turn, Unclear
from bot.grammar import DiallerKey, Named
from bot.model import Campaign, CampaignId, DiallerContact, DiallerContactId, UserData
from bot.model import DiallerKey as Key
from bot.views.answers import Answer, Choice
from bot.views.dialler import campaign_about, contact_about

T = TypeVar("T", Campaign, DiallerContact)

CONTACT = "contact"
_NO_CAMPAIGN = "No campaign is called “{name}”. /dialler lists them."
_NO_CONTACT = "The dialler has no contact {called}. /dialler contacts lists those of a campaign."


async def the_campaign(turn: Turn, place: str = "campaign") -> Campaign:
    """The campaign at this place of the command.

    Raises `Unclear` when it can be several, `UsageError` when it is none of that name.
    """
    provider = the_provider(turn, RunsCampaigns)
    named = turn.asked.value(place, Named)
    if named.id is not None:
        return await provider.read_campaign(CampaignId(named.id))
    found = await provider.find_campaigns(named.name)
    if not found:
        raise UnknownName(_NO_CAMPAIGN.format(name=named.name))
    called = _called(found, named.name)
    if len(called) == 1:
        return called[0]
    raise _which(turn, place, f"Which “{named.name}”?", called or found, campaign_about)


async def the_contact(turn: Turn) -> DiallerContact:
    """The contact that is meant. Raises `Unclear` when several have the key, `UsageError` when nobody has."""
    found = await the_contacts(turn)
    if len(found) == 1:
        return found[0]
    raise _which(turn, CONTACT, f"Which contact {called_by(key_of(turn))}?", found, contact_about)


async def the_contacts(turn: Turn) -> Sequence[DiallerContact]:
    """The contact of the id, or all that have the key: at least one. Raises `UsageError` when nobody has."""
    key = key_of(turn)
    found = await the_provider(turn, KeepsDiallerContacts).find_dialler_contacts(key)
    if not found:
        raise UsageError(_NO_CONTACT.format(called=called_by(key)))
    return found


def key_of(turn: Turn) -> Key:
    """The id, or the key of another system, by which the contact is asked for."""
    typed = turn.asked.value(CONTACT, DiallerKey)
    return UserData(typed.data or "") if typed.id is None else DiallerContactId(typed.id)


def called_by(key: Key) -> str:
    """How a key is said: `#5`, `with data:CON1`. Pure."""
    return f"#{key}" if isinstance(key, int) else f"with data:{key}"


def _called(found: Sequence[Campaign], name: str) -> Sequence[Campaign]:
    """Those of exactly this name; when there is none, those that differ in capitals only. Pure."""
    same = [campaign for campaign in found if campaign.name == name]
    return same or [campaign for campaign in found if campaign.name.casefold() == name.casefold()]


def _which(turn: Turn, place: str, heading: str, found: Sequence[T], about: Callable[[T], str]) -> Unclear:
    choices = tuple(Choice(about(each), turn.again(turn.asked.instead(place, f"#{each.id}"))) for each in found)
    return Unclear(Answer(heading, choices=choices, once=True))
