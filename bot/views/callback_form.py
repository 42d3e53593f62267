"""The form that has a contact called back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.model import Line, Number
from bot.phone import display_number, time_there
from bot.views.fields import Field, Option, choice_field, date_field, search_field, text_field, time_field
from bot.views.forms import Drawn

TO, LINE, DAY, TIME, GROUP, AGENT = "to", "line", "day", "time", "group", "agent"
SUBJECT, BODY, PRIORITY, LINK = "subject", "body", "priority", "link"
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_LINK = 200, 2_000, 3_000
_TO_HINT = "A number, like +1 415 555 0134, or a contact's name."
_TIME_HINT = "In your time zone ({zone})."
_THEIRS = " On their clock it is {there:%a %H:%M} now, on yours {here:%a %H:%M}."
_PRIORITY_HINT = "From 0 to 200, 50 in between. A higher one is called first."


def callback_form(lines: Sequence[Line], begin: Line | None, to: str, group: Option | None, *, hint: str) -> Drawn:
    """Whom to call back, when, who does it, and about what; `hint` says whose clock the time is on. Without lines
    there is none to choose."""
    options = [Option(str(line.id), f"{line.name} · {display_number(line.number)}") for line in lines]
    fields = (
        text_field(Field(TO, "To", _TO_HINT), to),
        *((choice_field(Field(LINE, "Line"), options, str(begin.id)),) if begin and len(lines) > 1 else ()),
        date_field(Field(DAY, "Day", "Empty, like the time: as soon as possible.", optional=True)),
        time_field(Field(TIME, "Time", hint, optional=True)),
        search_field(Field(GROUP, "Group of agents"), group),
        search_field(Field(AGENT, "Agent", "Empty: whoever of the group is free.", optional=True)),
        text_field(Field(SUBJECT, "Subject", optional=True), most=LONGEST_SUBJECT),
        text_field(Field(BODY, "Words for the agent", optional=True), lines=True, most=LONGEST_BODY),
        text_field(Field(PRIORITY, "Priority", _PRIORITY_HINT, optional=True), most=3),
        text_field(Field(LINK, "Link for the agent", "A page of your CRM.", optional=True), most=LONGEST_LINK),
    )
    return Drawn(fields, "Queue")


def time_hint(contact: Number | None, now: datetime, zone: tzinfo) -> str:
    """Whose clock a time is on, and what the contact's shows, where that is known and another."""
    said = _TIME_HINT.format(zone=zone)
    there = None if contact is None else time_there(contact, now)
    here = now.astimezone(zone)
    if there is None or there.replace(tzinfo=None) == here.replace(tzinfo=None):
        return said
    return said + _THEIRS.format(there=there, here=here)
