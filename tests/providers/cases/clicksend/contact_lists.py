"""ClickSend's contact lists, described for the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.capabilities import KeepsContactLists
from bot.errors import Conflict, FieldRefused, NotFound, Rejected, UsageError
from bot.model import (
    ContactList,
    ContactListId,
    ListedContact,
    ListedContactDetails,
    ListedContactId,
    ListHit,
    Number,
)
from bot.providers.clicksend import ClickSend
from tests.providers.case import ANY_STATUS, Exchange, Impossible, Operation, Refusal, everything
from tests.providers.cases.clicksend.common import CS_PAGE, NO_LIST, cs
from tests.providers.cases.common import CONTACT, fixture
from tests.providers.far_end import Answer

LIST, CONTACT_ID = ContactListId(428), ListedContactId(552786)
DETAILS = ListedContactDetails(
    number=CONTACT,
    first_name="Ana",
    last_name="Ruiz",
    email="ana@example.com",
    organization="Example Ltd",
    fax=Number("+14235550199"),
    address_line_1="1 Main St",
    city="Chattanooga",
    state="TN",
    postal_code="37402",
    country="US",
    custom=("slack:U042", "", "", "vip"),
)
ADDED = ListedContact(CONTACT_ID, LIST, DETAILS, datetime(2026, 3, 2, 15, 4, 5, tzinfo=UTC))
BARE = ListedContact(
    ListedContactId(552787),
    LIST,
    ListedContactDetails(Number("+14235550143"), first_name="Ellen"),
    datetime(2026, 3, 2, 14, 50, tzinfo=UTC),
)

_REFUSALS = (
    Refusal(Answer(400, b'{"http_code": 400, "response_code": "BAD_REQUEST"}'), Rejected, "BAD_REQUEST"),
    Refusal(Answer(404, b'{"http_code": 404, "response_code": "NOT_FOUND"}'), NotFound, "NOT_FOUND"),
    Refusal(Answer(200, b'{"http_code": 404, "response_code": "NOT_FOUND"}'), NotFound, "NOT_FOUND"),
)
_FIELD = Answer(400, b'{"http_code": 400, "response_code": "BAD_REQUEST", "data": {"phone_number": "Not one."}}')
_NOTHING_MADE: tuple[object, ...] = (
    {},
    {"http_code": 200, "data": None},
    {"http_code": 200, "data": {"list_id": None, "contact_id": ""}},
    {"http_code": 200, "data": [{"list_id": 1, "contact_id": 1}]},
)


def _unadded(details: ListedContactDetails) -> Impossible[ClickSend]:
    return Impossible(lambda provider: provider.add_listed_contact(LIST, details), UsageError)


CONTACT_LISTS: tuple[Operation[ClickSend], ...] = (
    Operation(
        KeepsContactLists.list_contact_lists,
        lambda provider: everything(provider.list_contact_lists()),
        (Exchange("GET /lists", cs("lists.json"), CS_PAGE, wrong=NO_LIST),),
        [ContactList(LIST, "Slack contacts", 2), ContactList(ContactListId(429), "Newsletter", 0)],
        refusals=_REFUSALS,
    ),
    Operation(
        KeepsContactLists.search_contact_lists,
        lambda provider: everything(provider.search_contact_lists(" Ana ")),
        (Exchange("GET /search/contacts-lists", cs("search.json"), {**CS_PAGE, "q": "Ana"}, wrong=NO_LIST),),
        [
            ListHit(552786, "Ana Ruiz", is_list=False, number=CONTACT, members=None),
            ListHit(428, "Slack contacts", is_list=True, number=None, members=2),
            ListHit(7, "Odd", is_list=None, number=None, members=None),
        ],
        refusals=_REFUSALS,
        impossible=(Impossible(lambda provider: everything(provider.search_contact_lists(" ")), UsageError),),
    ),
    Operation(
        KeepsContactLists.create_contact_list,
        lambda provider: provider.create_contact_list(" Slack contacts"),
        (
            Exchange(
                "POST /lists",
                cs("list_made.json"),
                body={"list_name": "Slack contacts"},
                effect=True,
                wrong=_NOTHING_MADE,
            ),
        ),
        ContactList(ContactListId(437), "Slack contacts", 0),
        refusals=(
            *_REFUSALS,
            Refusal(Answer(400, fixture("clicksend", "list_exists.json")), Conflict, "ALREADY_EXISTS"),
            Refusal(Answer(200, fixture("clicksend", "list_exists.json")), Conflict, "ALREADY_EXISTS"),
        ),
        impossible=(Impossible(lambda provider: provider.create_contact_list(" "), UsageError),),
    ),
    Operation(
        KeepsContactLists.delete_contact_list,
        lambda provider: provider.delete_contact_list(LIST),
        (Exchange("DELETE /lists/428", cs("done.json"), effect=True, means=ANY_STATUS),),
        None,
        refusals=_REFUSALS,
        impossible=(Impossible(lambda provider: provider.delete_contact_list(ContactListId(0)), UsageError),),
    ),
    Operation(
        KeepsContactLists.list_listed_contacts,
        lambda provider: everything(provider.list_listed_contacts(LIST)),
        (Exchange("GET /lists/428/contacts", cs("listed_contacts.json"), CS_PAGE, wrong=NO_LIST),),
        [ADDED, BARE],
        refusals=_REFUSALS,
        impossible=(
            Impossible(lambda provider: everything(provider.list_listed_contacts(ContactListId(-1))), UsageError),
        ),
    ),
    Operation(
        KeepsContactLists.add_listed_contact,
        lambda provider: provider.add_listed_contact(LIST, DETAILS),
        (
            Exchange(
                "POST /lists/428/contacts",
                cs("contact_added.json"),
                body={
                    "first_name": "Ana",
                    "last_name": "Ruiz",
                    "phone_number": CONTACT,
                    "email": "ana@example.com",
                    "fax_number": "+14235550199",
                    "organization_name": "Example Ltd",
                    "address_line_1": "1 Main St",
                    "address_city": "Chattanooga",
                    "address_state": "TN",
                    "address_postal_code": "37402",
                    "address_country": "US",
                    "custom_1": "slack:U042",
                    "custom_4": "vip",
                },
                effect=True,
                wrong=_NOTHING_MADE,
            ),
        ),
        ADDED,
        refusals=(*_REFUSALS, Refusal(_FIELD, FieldRefused, "BAD_REQUEST")),
        impossible=(
            _unadded(replace(DETAILS, number=None)),
            _unadded(replace(DETAILS, number=Number("72345"))),
            _unadded(replace(DETAILS, fax=Number("My Shop"))),
            _unadded(replace(DETAILS, first_name=" ", last_name="")),
            Impossible(lambda provider: provider.add_listed_contact(ContactListId(0), DETAILS), UsageError),
        ),
    ),
    Operation(
        KeepsContactLists.remove_listed_contact,
        lambda provider: provider.remove_listed_contact(LIST, CONTACT_ID),
        (Exchange("DELETE /lists/428/contacts/552786", cs("done.json"), effect=True, means=ANY_STATUS),),
        None,
        refusals=_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.remove_listed_contact(LIST, ListedContactId(0)), UsageError),
            Impossible(lambda provider: provider.remove_listed_contact(ContactListId(0), CONTACT_ID), UsageError),
        ),
    ),
)
