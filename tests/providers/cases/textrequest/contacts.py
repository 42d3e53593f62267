"""Text Request's contacts, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.capabilities import ImportsContacts, KeepsContacts
from bot.errors import NotFound, Rejected, UsageError
from bot.model import (
    Contact,
    ContactChange,
    ContactFilter,
    FieldId,
    FieldValue,
    GroupId,
    Number,
    Span,
    TagId,
)
from bot.providers.textrequest import TextRequest
from tests.providers.case import ANY_STATUS, EMPTY_LIST, Exchange, Impossible, Operation, Refusal, everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.textrequest.common import ABROAD, TR_LINE, TR_PAGE, TR_REFUSALS, tr
from tests.providers.far_end import Answer

TAG = TagId("6d2c0f7e-1f0f-4c1f-8f62-7f2e2b9d0a11")
GROUP = GroupId("40472")
FIELD = FieldValue(FieldId("b7e0b6a2-5a0d-4d2b-9f5e-0d7f0c0c8d21"), "A-1009")
ANA = Contact(
    number=CONTACT,
    first_name="Ana",
    last_name="Ruiz",
    display_name="Ana Ruiz",
    note="VIP",
    groups=(GROUP,),
    tags=(TAG,),
    fields=(FIELD,),
    created_at=datetime(2026, 1, 5, 10, tzinfo=UTC),
    first_text_at=datetime(2026, 1, 5, 10, tzinfo=UTC),
    last_in_at=datetime(2026, 3, 2, 15, 3, tzinfo=UTC),
    last_out_at=datetime(2026, 3, 1, 18, 22, 10, tzinfo=UTC),
    texts_in=9,
    texts_out=12,
)
BEN = Contact(
    number=Number("+14235550143"),
    suppressed=True,
    suppressed_reason="Spam",
    blocked=True,
    resolved=True,
    opted_out_at=datetime(2026, 2, 1, 8, tzinfo=UTC),
    created_at=datetime(2026, 1, 31, 23, tzinfo=UTC),
    texts_in=0,
    texts_out=0,
)
SPAN = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC))
EVERY_FILTER = ContactFilter(
    number=CONTACT,
    resolved=False,
    blocked=False,
    archived=False,
    suppressed=False,
    opted_out=False,
    has_texts=True,
    created=SPAN,
    last_text=SPAN,
    last_in=SPAN,
    last_out=SPAN,
    tags=(TAG, TagId("another")),
    groups=(GROUP, GroupId("7")),
    fields=(FIELD,),
)
CHANGES = {CONTACT: ContactChange(first_name="Ana", groups=(GROUP,)), BEN.number: ContactChange(blocked=True)}
CHANGE = ContactChange(
    display_name="Ana Ruiz", note="", groups=(GROUP,), tags=(TAG,), fields=(FIELD,), resolved=True
)

_ONE = "/dashboards/121/contacts/14235550142"
_LIST = "GET /dashboards/121/contacts"
_NEVER: tuple[object, ...] = ({}, {"phone_number": None})

CONTACTS: tuple[Operation[TextRequest], ...] = (
    Operation(
        KeepsContacts.list_contacts,
        lambda provider: everything(provider.list_contacts(TR_LINE, ContactFilter())),
        (Exchange(_LIST, tr("contacts.json"), TR_PAGE, means=EMPTY_LIST),),
        [ANA, BEN],
        refusals=TR_REFUSALS,
    ),
    Operation(
        KeepsContacts.list_contacts,
        lambda provider: everything(provider.list_contacts(TR_LINE, EVERY_FILTER)),
        (
            Exchange(
                _LIST,
                tr("contacts.json"),
                {
                    **TR_PAGE,
                    "contact_phone_number": "14235550142",
                    "is_resolved": "false",
                    "is_blocked": "false",
                    "is_archived": "false",
                    "is_suppressed": "false",
                    "has_opted_out": "false",
                    "has_message_history": "true",
                    "tags": f"{TAG},another",
                    "groups": "40472,7",
                    "contact_created_after": "2026-01-01T00:00:00Z",
                    "contact_created_before": "2026-03-03T00:00:01Z",
                    "last_message_timestamp_after_utc": "2026-01-01T00:00:00Z",
                    "last_message_timestamp_before_utc": "2026-03-03T00:00:01Z",
                    "last_message_received_after": "2025-12-31T00:00:00Z",
                    "last_message_received_before": "2026-03-04T00:00:01Z",
                    "last_message_sent_after": "2025-12-31T00:00:00Z",
                    "last_message_sent_before": "2026-03-04T00:00:01Z",
                    "custom_field_id_1": FIELD.field,
                    "custom_field_value_1": "A-1009",
                },
                means=EMPTY_LIST,
            ),
        ),
        [ANA],
        impossible=(
            Impossible(
                lambda provider: everything(provider.list_contacts(TR_LINE, ContactFilter(fields=(FIELD,) * 4))),
                UsageError,
            ),
            Impossible(
                lambda provider: everything(provider.list_contacts(TR_LINE, ContactFilter(number=ABROAD))),
                Rejected,
            ),
        ),
        note="filtered",
        picks=True,
    ),
    Operation(
        KeepsContacts.read_contact,
        lambda provider: provider.read_contact(TR_LINE, CONTACT),
        (Exchange(f"GET {_ONE}", tr("contact_whole.json"), means={b"": NotFound}, wrong=_NEVER),),
        ANA,
        refusals=(*TR_REFUSALS, Refusal(Answer(204), NotFound, "nothing")),
        impossible=(Impossible(lambda provider: provider.read_contact(TR_LINE, ABROAD), Rejected),),
    ),
    Operation(
        KeepsContacts.save_contact,
        lambda provider: provider.save_contact(TR_LINE, CONTACT, CHANGE),
        (
            Exchange(
                f"POST {_ONE}",
                tr("contact_whole.json"),
                body={
                    "display_name": "Ana Ruiz",
                    "note": "",
                    "groups": [40472],
                    "contact_tags": [TAG],
                    "custom_fields": [{"id": FIELD.field, "value": "A-1009"}],
                    "is_resolved": True,
                },
                effect=True,
                wrong=_NEVER,
            ),
        ),
        ANA,
        refusals=TR_REFUSALS,
        impossible=(
            Impossible(
                lambda provider: provider.save_contact(
                    TR_LINE, CONTACT, ContactChange(groups=(GroupId("friends"),))
                ),
                UsageError,
            ),
            Impossible(lambda provider: provider.save_contact(TR_LINE, ABROAD, CHANGE), Rejected),
        ),
    ),
    Operation(
        KeepsContacts.delete_contact,
        lambda provider: provider.delete_contact(TR_LINE, CONTACT),
        (Exchange(f"DELETE {_ONE}", Answer(204), effect=True, means=ANY_STATUS),),
        None,
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: provider.delete_contact(TR_LINE, ABROAD), Rejected),),
    ),
    Operation(
        ImportsContacts.import_contacts,
        lambda provider: provider.import_contacts(TR_LINE, CHANGES),
        (
            Exchange(
                "POST /dashboards/121/contacts",
                tr("contacts_imported.json"),
                body=[
                    {"phone_number": "14235550142", "first_name": "Ana", "groups": [40472]},
                    {"phone_number": "14235550143", "is_blocked": True},
                ],
                effect=True,
                means={b"[]": None},
                wrong=({}, {"items": []}),
            ),
        ),
        (ANA, BEN),
        refusals=TR_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.import_contacts(TR_LINE, {ABROAD: CHANGE}), Rejected),
            Impossible(
                lambda provider: provider.import_contacts(
                    TR_LINE, {Number(f"+1423555{number:04}"): CHANGE for number in range(101)}
                ),
                UsageError,
            ),
        ),
    ),
)
