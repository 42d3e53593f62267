"""Contacts of jtel's dialler, described for the contract."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import KeepsDiallerContacts
from bot.errors import Ambiguous, NotFound, UsageError
from bot.model import (
    CampaignId,
    DiallerCall,
    DiallerContact,
    DiallerContactChange,
    DiallerContactId,
    DiallerContactRequest,
    DiallerKey,
    Number,
    UserData,
)
from bot.providers.jtel import Jtel
from tests.providers.case import Exchange, Impossible, Operation, Refusal, everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.jtel.common import (
    NO_MADE_ROW,
    NO_ROWS,
    NOT_THERE,
    NOTHING,
    OF_SEARCHES,
    REFUSALS,
    jt,
)
from tests.providers.far_end import Answer

CAMPAIGN = CampaignId(538)
ID, DATA = DiallerContactId(215395), UserData("SLACK-C024BE91L-1712")
SECOND_NUMBER = Number("+14235550143")
ANA = DiallerContact(
    id=ID,
    campaign=CAMPAIGN,
    name="Ruiz",
    first_name="Ana",
    company="Ruiz Ltd",
    numbers=(CONTACT, SECOND_NUMBER),
    data=DATA,
    link="https://crm.example.com?uid=17",
    comment="asked for a late call",
    result_code=2695,
    next_try_at=datetime(2026, 3, 2, 13, 30, tzinfo=UTC),
    fields={
        "Address": "1 Main Street",
        "PostalCode": "80331",
        "City": "Munich",
        "Country": "DE",
        "Tag": "sms",
        "Amount": "12.5",
    },
)
BRIEF = DiallerContact(ID, None, "Ruiz", data=DATA)
BERG = DiallerContact(
    id=DiallerContactId(215396),
    campaign=CAMPAIGN,
    name="Berg",
    numbers=(Number("+4512345678"),),
    next_try_at=datetime(2026, 3, 2, 12, 30, 0, 123456, tzinfo=UTC),
)
REQUEST = DiallerContactRequest(
    campaign=CAMPAIGN,
    name="Ruiz",
    numbers=(CONTACT, SECOND_NUMBER),
    data=DATA,
    fields={"FirstName": "Ana", "Amount": "12.50", "FaxNumber": "+14235550144", "RandomSortOrder": "7"},
)
CHANGE = DiallerContactChange(fields={"Comment": "asked for a late call", "City": ""})
NUMBERS = DiallerContactChange(numbers={1: CONTACT, 3: SECOND_NUMBER})

_ONE = "/dialler/contacts/contact"
# What a row may hold is read once: the others have no more than makes one known.
_FIND = Exchange(f"GET {_ONE}", jt("contact_brief.json"), {"userData": DATA}, wrong=NO_ROWS)
_LOOKED_FOR = (
    *REFUSALS,
    Refusal(NOTHING, NotFound, "nothing", at=0),
    Refusal(NOT_THERE, NotFound, "nothing", at=0),
    Refusal(jt("contacts_with_data.json"), Ambiguous, "ambiguous", at=0),
)
_HISTORY = [
    DiallerCall(ID, datetime(2026, 3, 2, 8, 20, tzinfo=UTC), outbound=True, result="Completed"),
    DiallerCall(ID, None, outbound=False, result=""),
]


def _unasked(ask: Callable[[Jtel], Awaitable[object]]) -> Impossible[Jtel]:
    return Impossible(ask, UsageError)


def _unimported(request: DiallerContactRequest) -> Impossible[Jtel]:
    return _unasked(lambda provider: provider.import_dialler_contact(request, overwrite=False))


def _unchanged(change: DiallerContactChange) -> Impossible[Jtel]:
    return _unasked(lambda provider: provider.update_dialler_contact(DATA, change))


def _step(
    method: Callable[..., object], ask: Callable[[Jtel, DiallerKey], Awaitable[object]], asks: str
) -> tuple[Operation[Jtel], Operation[Jtel]]:
    """What only does something: by the id at once, and by our data after a look."""
    does = Exchange(asks, jt("done.json"), effect=True, wrong=({"status": 500},))
    keys = (DiallerContactId(0), UserData(" "), UserData("d" * 65))
    return (
        Operation(method, lambda provider: ask(provider, ID), (does,), None, refusals=REFUSALS),
        Operation(
            method,
            lambda provider: ask(provider, DATA),
            (_FIND, does),
            None,
            refusals=_LOOKED_FOR,
            impossible=tuple(_unasked(lambda provider, key=key: ask(provider, key)) for key in keys),  # type: ignore[misc]  # mypy sees no such default
            note="by data",
        ),
    )


_READS: tuple[Operation[Jtel], ...] = (
    Operation(
        KeepsDiallerContacts.list_dialler_contacts,
        lambda provider: everything(provider.list_dialler_contacts(None)),
        (Exchange("GET /dialler/contacts", jt("contacts.json"), wrong=NO_ROWS),),
        [BERG, ANA],
        refusals=REFUSALS,
    ),
    Operation(
        KeepsDiallerContacts.list_dialler_contacts,
        lambda provider: everything(provider.list_dialler_contacts(CAMPAIGN)),
        (
            Exchange(
                "GET /dialler/contacts",
                Answer(
                    200,
                    jt("contacts.json").body.replace(b'"DiallerCampaignsID": 538', b'"DiallerCampaignsID": 9', 1),
                ),
                {"diallerCampaignsID": "538"},
                wrong=NO_ROWS,
            ),
        ),
        [ANA],
        refusals=REFUSALS,
        impossible=(_unasked(lambda provider: everything(provider.list_dialler_contacts(CampaignId(0)))),),
        note="of a campaign",
        picks=True,
    ),
    Operation(
        KeepsDiallerContacts.find_dialler_contacts,
        lambda provider: provider.find_dialler_contacts(ID),
        (Exchange("GET /dialler/contacts/215395", jt("contact.json"), wrong=NO_ROWS),),
        [ANA],
        refusals=OF_SEARCHES,
        impossible=(_unasked(lambda provider: provider.find_dialler_contacts(DiallerContactId(0))),),
    ),
    Operation(
        KeepsDiallerContacts.find_dialler_contacts,
        lambda provider: provider.find_dialler_contacts(DATA),
        (replace(_FIND, answer=jt("contacts.json")),),
        [ANA],
        refusals=OF_SEARCHES[:3],  # a path that is not there leads to another one
        impossible=(
            _unasked(lambda provider: provider.find_dialler_contacts(UserData(""))),
            _unasked(lambda provider: provider.find_dialler_contacts(UserData("d" * 65))),
        ),
        note="by data",
        picks=True,
    ),
    Operation(
        KeepsDiallerContacts.read_dialler_contacts,
        lambda provider: provider.read_dialler_contacts((BERG.id,), (DATA,)),
        (
            Exchange(
                "POST /dialler/contacts",
                jt("contacts_many.json"),
                body={"IDList": [215396], "UserDataList": [DATA]},
                wrong=NO_ROWS,
            ),
        ),
        [ANA, BERG],
        refusals=OF_SEARCHES,
        impossible=(
            _unasked(lambda provider: provider.read_dialler_contacts((DiallerContactId(0),), ())),
            _unasked(lambda provider: provider.read_dialler_contacts((), (DATA, UserData(" ")))),
        ),
        picks=True,
    ),
    Operation(
        KeepsDiallerContacts.list_dialler_calls,
        lambda provider: provider.list_dialler_calls(ID),
        (Exchange(f"GET {_ONE}/215395/history", jt("history.json"), wrong=NO_ROWS),),
        _HISTORY,
        refusals=REFUSALS,
        impossible=(_unasked(lambda provider: provider.list_dialler_calls(DiallerContactId(0))),),
    ),
    Operation(
        KeepsDiallerContacts.list_dialler_calls,
        lambda provider: provider.list_dialler_calls(DATA),
        (Exchange(f"GET {_ONE}/history", jt("history.json"), {"userData": DATA}, wrong=NO_ROWS),),
        [_HISTORY[0], replace(_HISTORY[1], contact=None)],
        refusals=REFUSALS,
        impossible=(_unasked(lambda provider: provider.list_dialler_calls(UserData(" "))),),
        note="by data",
    ),
)

_WRITES: tuple[Operation[Jtel], ...] = (
    Operation(
        KeepsDiallerContacts.import_dialler_contact,
        lambda provider: provider.import_dialler_contact(REQUEST, overwrite=True),
        (
            Exchange(
                "POST /dialler/contacts/import",
                jt("contact.json"),
                {"overwriteDuplicates": "true"},
                body={
                    "DiallerCampaignsID": 538,
                    "Name": "Ruiz",
                    "PhoneNumber1": "14235550142",
                    "PhoneNumber2": "14235550143",
                    "UserData": DATA,
                    "FirstName": "Ana",
                    "Amount": 12.5,
                    "FaxNumber": "14235550144",
                    "RandomSortOrder": 7,
                },
                effect=True,
                wrong=NO_MADE_ROW,
            ),
        ),
        ANA,
        refusals=REFUSALS,
        impossible=(
            _unimported(replace(REQUEST, name=" ")),
            _unimported(replace(REQUEST, name="n" * 65)),
            _unimported(replace(REQUEST, numbers=())),
            _unimported(replace(REQUEST, numbers=(CONTACT,) * 7)),
            _unimported(replace(REQUEST, numbers=(Number("72345"),))),
            _unimported(replace(REQUEST, campaign=CampaignId(0))),
            _unimported(replace(REQUEST, campaign=" ")),
            _unimported(replace(REQUEST, campaign="n" * 65)),
            _unimported(replace(REQUEST, data="d" * 65)),
            _unimported(replace(REQUEST, fields={"Nickname": "Ana"})),
            _unimported(replace(REQUEST, fields={"Name": "Ana"})),
            _unimported(replace(REQUEST, fields={"UserData": "x"})),
            _unimported(replace(REQUEST, fields={"PhoneNumber3": "+14235550144"})),
            _unimported(replace(REQUEST, fields={"PostalCode": "12345678901"})),
            _unimported(replace(REQUEST, fields={"Amount": "a lot"})),
            _unimported(replace(REQUEST, fields={"Amount": "inf"})),
            _unimported(replace(REQUEST, fields={"RandomSortOrder": "first"})),
            _unimported(replace(REQUEST, fields={"FaxNumber": "72345"})),
        ),
    ),
    Operation(
        KeepsDiallerContacts.import_dialler_contact,
        lambda provider: provider.import_dialler_contact(
            DiallerContactRequest("Campaign 1000", "Ruiz", (CONTACT,)), overwrite=False
        ),
        (
            Exchange(
                "POST /dialler/contacts/import",
                jt("contact_brief.json"),
                {"overwriteDuplicates": "false"},
                body={
                    "DiallerCampaignsName": "Campaign 1000",
                    "Name": "Ruiz",
                    "PhoneNumber1": "14235550142",
                },
                effect=True,
                wrong=NO_MADE_ROW,
            ),
        ),
        BRIEF,
        note="by the campaign's name",
    ),
    Operation(
        KeepsDiallerContacts.update_dialler_contact,
        lambda provider: provider.update_dialler_contact(ID, NUMBERS),
        (
            Exchange(
                "PATCH /dialler/contacts/update",
                jt("contact.json"),
                body={
                    "ID": 215395,
                    "PhoneNumber1": "14235550142",
                    "PhoneNumber3": "14235550143",
                },
                effect=True,
                wrong=NO_MADE_ROW,
            ),
        ),
        ANA,
        refusals=REFUSALS,
    ),
    Operation(
        KeepsDiallerContacts.update_dialler_contact,
        lambda provider: provider.update_dialler_contact(DATA, CHANGE),
        (
            _FIND,
            Exchange(
                "PATCH /dialler/contacts/update",
                jt("contact_brief.json"),
                body={"ID": 215395, "Comment": "asked for a late call", "City": ""},
                effect=True,
                wrong=NO_MADE_ROW,
            ),
        ),
        BRIEF,
        refusals=_LOOKED_FOR,
        impossible=(
            _unchanged(DiallerContactChange()),
            _unchanged(DiallerContactChange(numbers={0: CONTACT})),
            _unchanged(DiallerContactChange(numbers={7: CONTACT})),
            _unchanged(DiallerContactChange(numbers={1: Number("72345")})),
            _unchanged(DiallerContactChange(fields={"Name": ""})),
            _unchanged(DiallerContactChange(fields={"ID": "7"})),
            _unchanged(DiallerContactChange(fields={"UserData": "d" * 65})),
        ),
        note="by data",
    ),
    *_step(
        KeepsDiallerContacts.delete_dialler_contact,
        lambda provider, key: provider.delete_dialler_contact(key),
        f"DELETE {_ONE}/215395",
    ),
    *_step(
        KeepsDiallerContacts.lock_dialler_contact,
        lambda provider, key: provider.lock_dialler_contact(key),
        f"PATCH {_ONE}/215395/lock",
    ),
    *_step(
        KeepsDiallerContacts.unlock_dialler_contact,
        lambda provider, key: provider.unlock_dialler_contact(key),
        f"PATCH {_ONE}/215395/unlock",
    ),
    *_step(
        KeepsDiallerContacts.reset_dialler_contact,
        lambda provider, key: provider.reset_dialler_contact(key),
        f"PATCH {_ONE}/215395/reset",
    ),
)

CONTACTS: tuple[Operation[Jtel], ...] = (*_READS, *_WRITES)
