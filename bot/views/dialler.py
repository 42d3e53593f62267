"""The dialler's campaigns, contacts and calls, as people read of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from bot.model import Campaign, DiallerCall, DiallerContact, ResultCode, ResultKind
from bot.phone import display_number
from bot.views.phrases import below_each_other, dotted, field_label, flat, moment

_MEANS: Mapping[ResultKind, str] = {
    ResultKind.DONE: "finished",
    ResultKind.ABORTED: "given up",
    ResultKind.LATER: "called again later",
    ResultKind.APPOINTMENT: "called again at a set time",
    ResultKind.UNKNOWN: "not said what it means",
}
_WAYS: Mapping[bool | None, str] = {True: "we called", False: "they called", None: "a call"}


def campaign_about(campaign: Campaign) -> str:
    """How a campaign is called: `Spring (#538)`. Pure."""
    return _with_id(campaign.name, campaign.id)


def campaign_words(campaign: Campaign) -> str:
    """A campaign in a list: its name, and the key that another system gave it. Pure."""
    return dotted(campaign_about(campaign), f"key {campaign.data}" if campaign.data else "")


def result_line(code: ResultCode) -> str:
    """How a call may end, and what that means for the contact. Pure."""
    return dotted(code.label, _MEANS[code.kind])


def contact_about(contact: DiallerContact) -> str:
    """How a contact of the dialler is called: `Ana Ruiz (#215395)`. Pure."""
    return _with_id(f"{contact.first_name} {contact.name}".strip(), contact.id)


def contact_words(contact: DiallerContact, campaign: str, zone: tzinfo) -> str:
    """A contact in a list: who, the numbers, what is next; `campaign` is how it is called, or empty. Pure."""
    head = [contact_about(contact), contact.company, campaign]
    next_try = f"next call {moment(contact.next_try_at, zone)}" if contact.next_try_at else ""
    key = f"data:{contact.data}" if contact.data else ""
    numbers = ", ".join(display_number(number) for number in contact.numbers)
    return below_each_other(dotted(*head), numbers, dotted(key, next_try))


def contact_card(contact: DiallerContact, campaign: str, result: str, zone: tzinfo) -> str:
    """Everything that is shown of a contact; `result` is how its last call ended, or empty. Pure."""
    fields = [f"{field_label(name)}: {flat(value)}" for name, value in contact.fields.items()]
    last = f"Last result: {flat(result)}" if result else ""
    head = below_each_other(contact_words(contact, campaign, zone), last, flat(contact.link))
    return below_each_other(head, *fields, contact.comment)


def call_line(call: DiallerCall, whose: str, zone: tzinfo) -> str:
    """One call of a history: which way, when and how it ended; `whose` is empty where it goes without saying.
    Pure."""
    began = moment(call.began_at, zone) if call.began_at else "at a time that is not known"
    return dotted(f"{_WAYS[call.outbound].capitalize()} {began}", call.result, whose)


def _with_id(name: str, number: int) -> str:
    return f"{flat(name) or 'Without a name'} (#{number})"
