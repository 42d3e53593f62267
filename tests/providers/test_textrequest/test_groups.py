"""Groups, tags and custom fields at Text Request: what is their own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.errors import Rejected
from bot.model import FieldValue, GroupId, Tag, TagId
from bot.providers.textrequest import TextRequest
from tests.providers.case import everything
from tests.providers.cases.common import CONTACT
from tests.providers.cases.textrequest import TR_LINE, tr
from tests.providers.cases.textrequest.contacts import FIELD, GROUP, TAG
from tests.providers.cases.textrequest.groups import ID, PIZZA, REGULARS
from tests.providers.cases.textrequest.labels import FIELDS
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import changed, page, rows


async def test_when_a_group_is_gone_then_it_says_where_to_look(provider: TextRequest, far_end: FarEnd) -> None:
    for status in (400, 422):
        far_end.will_answer(Answer(status), Answer(status))

        with pytest.raises(Rejected, match="list of groups"):
            await provider.update_group(TR_LINE, ID, "Regulars", "")
        with pytest.raises(Rejected, match="list of groups"):
            await provider.delete_group(TR_LINE, ID)


async def test_when_a_label_is_refused_then_it_says_what_may_be_gone(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(400))

    with pytest.raises(Rejected, match="may be gone from this line"):
        await provider.set_tag(TR_LINE, CONTACT, TAG, tagged=True)


async def test_when_a_group_loses_its_note_then_an_empty_one_is_sent(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(changed("group.json", notes=""))

    group = await provider.update_group(TR_LINE, ID, "Regulars", " ")

    assert json.loads(far_end.heard[0].body) == {"name": "Regulars", "notes": ""}
    assert group == replace(REGULARS, note="")


@pytest.mark.parametrize(
    ("members", "keyword", "means"),
    [("17", 1, (17, True)), (None, None, (None, False)), ("", "0", (None, False)), (0, "true", (0, True))],
)
async def test_when_a_count_or_a_flag_comes_in_other_clothes_then_it_is_read(
    provider: TextRequest, far_end: FarEnd, members: object, keyword: object, means: tuple[int | None, bool]
) -> None:
    far_end.will_answer(changed("group.json", group_member_count=members, is_keyword=keyword))

    group = await provider.read_group(TR_LINE, ID)

    assert (group.members, group.by_keyword) == means


async def test_when_a_row_has_no_id_then_the_other_groups_come(provider: TextRequest, far_end: FarEnd) -> None:
    far_end.will_answer(page([{"name": "Nobody"}, {"id": None}, {"id": ""}, *rows("groups.json")], 5))

    assert await everything(provider.list_groups(TR_LINE)) == [REGULARS, PIZZA]


@pytest.mark.parametrize(
    ("colour", "shown"),
    [
        ("#FF8800", "#FF8800"),
        ("ff8800", "#FF8800"),
        (" #abcdef ", "#ABCDEF"),
        ("orange", ""),
        ("#F80", ""),
        (3, ""),
    ],
)
async def test_when_a_tag_has_a_colour_then_it_has_one_form(
    provider: TextRequest, far_end: FarEnd, colour: object, shown: str
) -> None:
    far_end.will_answer(page([{"id": TAG, "tag": " vip", "tag_color": colour}, {"tag": "no id"}], 2))

    assert await everything(provider.list_tags(TR_LINE)) == [Tag(TagId(TAG), "vip", shown)]


async def test_when_a_custom_field_has_no_id_then_the_others_come(provider: TextRequest, far_end: FarEnd) -> None:
    odd = [{"name": "Nothing"}, {"id": None}, 7, *json.loads(tr("fields.json").body)]
    far_end.will_answer(Answer(200, json.dumps(odd).encode()))

    assert await provider.list_custom_fields(TR_LINE) == FIELDS


async def test_when_a_label_comes_or_goes_then_only_it_is_asked_for(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(*[tr("contact_whole.json")] * 5)

    await provider.set_group(TR_LINE, CONTACT, GROUP, member=False)
    await provider.set_group(TR_LINE, CONTACT, GroupId("7"), member=True)
    await provider.set_tag(TR_LINE, CONTACT, TAG, tagged=True)
    await provider.set_tag(TR_LINE, CONTACT, TAG, tagged=False)
    await provider.set_field(TR_LINE, CONTACT, FieldValue(FIELD.field, ""))

    assert [json.loads(heard.body) for heard in far_end.heard] == [
        {"groups": [40472], "add_group_to_contact": False},
        {"groups": [7], "add_group_to_contact": True},
        {"contact_tags": [TAG], "add_tag_to_contact": True},
        {"contact_tags": [TAG], "add_tag_to_contact": False},
        {"custom_field_id": FIELD.field, "custom_field_value": ""},
    ]
