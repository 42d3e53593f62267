"""Aranda's tickets as the bot knows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.model import (
    AdditionalField,
    Choice,
    Compare,
    Condition,
    File,
    Search,
    Ticket,
    TicketCode,
    TicketFile,
    TicketFileId,
    TicketId,
    TicketKind,
    TicketRequest,
    TicketRole,
    TicketStep,
)
from tests.providers.cases.common import WORDS

CODE = TicketCode("RF-200")
MARKER = "tl-8f3c01"
PHOTO = File("boiler.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 a photo")
REQUEST = TicketRequest(
    kind=TicketKind.INCIDENT,
    subject="No hot water, flat 4B",
    project=12,
    service=31,
    category=204,
    marker=MARKER,
    description=f"{WORDS}\n1 < 2 & 3",
    roles={TicketRole.GROUP: 5, TicketRole.CUSTOMER: 881, TicketRole.CONFIGURATION_ITEM: 991},
    additional=(AdditionalField("317", ("4B",)),),
)
SEARCH = Search(
    (
        Condition("ProjectId", Compare.EQUAL, "12"),
        Condition("Subject", Compare.LIKE, " hot water "),
        Condition("OpenedDate", Compare.AT_LEAST, "2026-03-01"),
    )
)
FACILITIES = Choice(12, "Facilities")
TICKET = Ticket(
    code=CODE,
    id=TicketId(48213),
    kind=TicketKind.INCIDENT,
    kind_word="Incidentes",
    subject="No hot water, flat 4B",
    description="Reported by SMS from +14235550142:\ncold & dark",
    solution="Boiler reset\nby the plumber.",
    state=Choice(18, "In progress"),
    project=FACILITIES,
    roles={
        TicketRole.SERVICE: Choice(31, "Heating"),
        TicketRole.CATEGORY: Choice(204, "Boilers"),
        TicketRole.GROUP: Choice(5, "Plumbers"),
        TicketRole.RESPONSIBLE: Choice(77, "M. Torres"),
        TicketRole.APPLICANT: Choice(881, ""),
        TicketRole.CUSTOMER: Choice(881, "Ana Ruiz"),
        TicketRole.CONFIGURATION_ITEM: Choice(991, "Boiler 4B"),
        TicketRole.REGISTRY_TYPE: Choice(30, "SMS"),
        TicketRole.URGENCY: Choice(2, "High"),
        TicketRole.IMPACT: Choice(2, "One flat"),
    },
    opened_at=datetime(2026, 3, 2, 15, 20, tzinfo=UTC),
    closed_at=None,
    is_closed=False,
    files=(TicketFile(TicketFileId(902), "boiler.jpg"),),
    additional=(AdditionalField("317", ("4B",), "Flat"), AdditionalField("318", ("Fourth",), "Floor")),
)
LISTED = replace(
    TICKET,
    kind=TicketKind.SERVICE_CALL,
    kind_word="ServiceCall",
    description="Reported by SMS",
    solution="",
    roles={TicketRole.SERVICE: Choice(31, "Heating"), TicketRole.CATEGORY: Choice(204, "Boilers")},
    is_closed=None,
    files=(),
    additional=(),
)
OTHER = Ticket(
    code=TicketCode("RF-201"),
    id=TicketId(48214),
    kind=TicketKind.UNKNOWN,
    kind_word="Otro",
    subject="Hot water too hot",
    description="",
    solution="",
    state=None,
    project=None,
    roles={},
    opened_at=None,
    closed_at=None,
    is_closed=None,
)
MOVED = TicketStep(
    "Modified", "M. Torres", datetime(2026, 3, 2, 16, tzinfo=UTC), "State", "Open", "In progress", private=False
)
NOTED = TicketStep(
    "Note",
    "M. Torres",
    datetime(2026, 3, 2, 16, 10, tzinfo=UTC),
    new="Ana answers the door after six.",
    private=True,
)
