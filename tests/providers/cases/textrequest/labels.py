"""Text Request's tags and custom fields, and what hangs on a contact, described for the contract."""

from __future__ import annotations

from bot.capabilities import LabelsContacts, ListsCustomFields, ListsTags
from bot.errors import Rejected, UsageError
from bot.model import CustomField, FieldId, GroupId, Tag, TagId
from bot.providers.textrequest import TextRequest
from tests.providers.case import ANY_STATUS, EMPTY_LIST, Exchange, Impossible, Operation, everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.textrequest.common import ABROAD, TR_LINE, TR_PAGE, TR_REFUSALS, tr
from tests.providers.cases.textrequest.contacts import FIELD, GROUP, TAG

TAGS = [Tag(TAG, "vip", "#FF8800"), Tag(TagId("6d2c0f7e-1f0f-4c1f-8f62-7f2e2b9d0a12"), "late payer")]
FIELDS = (
    CustomField(FIELD.field, "Account #"),
    CustomField(FieldId("b7e0b6a2-5a0d-4d2b-9f5e-0d7f0c0c8d22"), "Car"),
)


def _labelled(body: object) -> tuple[Exchange, ...]:
    asks = "PATCH /dashboards/121/contacts/14235550142"
    return (Exchange(asks, tr("contact_whole.json"), body=body, effect=True, means=ANY_STATUS),)


LABELS: tuple[Operation[TextRequest], ...] = (
    Operation(
        ListsTags.list_tags,
        lambda provider: everything(provider.list_tags(TR_LINE)),
        (Exchange("GET /dashboards/121/tags", tr("tags.json"), TR_PAGE, means=EMPTY_LIST),),
        TAGS,
        refusals=TR_REFUSALS,
    ),
    Operation(
        ListsCustomFields.list_custom_fields,
        lambda provider: provider.list_custom_fields(TR_LINE),
        (
            Exchange(
                "GET /dashboards/121/fields",
                tr("fields.json"),
                means={**EMPTY_LIST, b"[]": None},
                wrong=({}, {"items": []}),
            ),
        ),
        FIELDS,
        refusals=TR_REFUSALS,
    ),
    Operation(
        LabelsContacts.set_group,
        lambda provider: provider.set_group(TR_LINE, CONTACT, GROUP, member=True),
        _labelled({"groups": [40472], "add_group_to_contact": True}),
        None,
        refusals=TR_REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.set_group(TR_LINE, ABROAD, GROUP, member=True), Rejected),
            Impossible(
                lambda provider: provider.set_group(TR_LINE, CONTACT, GroupId("friends"), member=True), UsageError
            ),
        ),
    ),
    Operation(
        LabelsContacts.set_tag,
        lambda provider: provider.set_tag(TR_LINE, CONTACT, TAG, tagged=False),
        _labelled({"contact_tags": [TAG], "add_tag_to_contact": False}),
        None,
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: provider.set_tag(TR_LINE, ABROAD, TAG, tagged=True), Rejected),),
    ),
    Operation(
        LabelsContacts.set_field,
        lambda provider: provider.set_field(TR_LINE, CONTACT, FIELD),
        _labelled({"custom_field_id": FIELD.field, "custom_field_value": "A-1009"}),
        None,
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: provider.set_field(TR_LINE, ABROAD, FIELD), Rejected),),
    ),
)
