"""Contact lists at ClickSend: what is their own, beside the contract."""

from __future__ import annotations

import json

import pytest

from bot.errors import FieldRefused, NotFound, UsageError
from bot.model import ContactListId, ListedContactDetails, ListHit
from bot.providers.clicksend import ClickSend
from tests.providers.case import everything
from tests.providers.cases.clicksend.contact_lists import ADDED, BARE, DETAILS, LIST
from tests.providers.cases.common import CONTACT, fixture
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_clicksend.conftest import asked, changed, history


def contacts() -> list[dict[str, object]]:
    """The rows of the fixture."""
    found: list[dict[str, object]] = json.loads(fixture("clicksend", "listed_contacts.json"))["data"]["data"]
    return found


def whole(*rows: object) -> Answer:
    """A list with no page around it, as their pages show it."""
    return Answer(200, json.dumps({"http_code": 200, "data": rows}).encode())


async def test_when_contacts_come_with_no_page_around_them_then_they_are_all_there(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(whole(*contacts()))

    assert await everything(provider.list_listed_contacts(LIST)) == [ADDED, BARE]
    assert len(far_end.heard) == 1


async def test_when_a_list_is_long_then_pages_are_counted_and_the_same_one_ends_it(
    provider: ClickSend, far_end: FarEnd
) -> None:
    first, second = contacts()
    far_end.will_answer(
        history(first, last_page=10**30), history(second, last_page=10**30), history(second, last_page=10**30)
    )

    assert await everything(provider.list_listed_contacts(LIST)) == [ADDED, BARE]
    assert [heard.query["page"] for heard in far_end.heard] == ["1", "2", "3"]


async def test_when_the_list_never_ends_then_it_says_so(
    provider: ClickSend, far_end: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.providers.clicksend.asking.MOST_PAGES", 3)
    first, second = contacts()
    far_end.will_answer(*[history(first, last_page=10**6), history(second, last_page=10**6)] * 3)

    with pytest.raises(UsageError, match="longer than can be read"):
        await everything(provider.list_listed_contacts(LIST))

    assert len(far_end.heard) == 3


async def test_when_only_the_first_is_wanted_then_only_one_page_is_read(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(history(*contacts(), last_page=10**6))

    assert await anext(aiter(provider.list_listed_contacts(LIST))) == ADDED
    assert len(far_end.heard) == 1


async def test_when_a_contact_is_odd_then_the_others_come_and_the_log_says_so(
    provider: ClickSend, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [{"contact_id": {}}, {**contacts()[0], "contact_id": None}, contacts()[1]]
    far_end.will_answer(whole(*rows))

    assert await everything(provider.list_listed_contacts(LIST)) == [BARE]
    assert caplog.messages == ["clicksend: a row of a list cannot be read and is left out"]


async def test_when_a_contact_names_no_list_then_it_is_on_the_one_that_was_asked_for(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(whole({"contact_id": "5", "phone_number": "none!", "date_added": "soon"}))

    (found,) = await everything(provider.list_listed_contacts(ContactListId(12)))

    assert (found.list_id, found.details, found.added_at) == (12, ListedContactDetails(None), None)


@pytest.mark.parametrize("last", ["", " Ruiz "])
async def test_when_one_name_is_known_then_both_are_sent_and_nothing_empty_is(
    provider: ClickSend, far_end: FarEnd, last: str
) -> None:
    far_end.will_answer(Answer(200, fixture("clicksend", "contact_added.json")))

    await provider.add_listed_contact(LIST, ListedContactDetails(CONTACT, first_name="Ana", last_name=last))

    body = json.loads(far_end.heard[0].body)
    assert body == {"first_name": "Ana", "last_name": last.strip(), "phone_number": CONTACT}


async def test_when_a_field_of_a_contact_is_refused_then_it_is_named(provider: ClickSend, far_end: FarEnd) -> None:
    body = {"http_code": 400, "response_code": "BAD_REQUEST", "data": {"phone_number": f"{CONTACT} is none."}}
    far_end.will_answer(Answer(400, json.dumps(body).encode()))

    with pytest.raises(FieldRefused, match="does not take the phone number") as caught:
        await provider.add_listed_contact(LIST, DETAILS)

    assert caught.value.field == "phone_number"


async def test_when_a_list_is_deleted_twice_then_the_second_time_it_is_not_there(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(204), Answer(404))

    await provider.delete_contact_list(LIST)
    with pytest.raises(NotFound):
        await provider.delete_contact_list(LIST)

    assert asked(far_end) == ["DELETE /lists/428"] * 2


async def test_when_a_search_names_an_odd_kind_then_it_is_neither_a_list_nor_a_contact(
    provider: ClickSend, far_end: FarEnd
) -> None:
    far_end.will_answer(
        changed("search.json", ("data", "data", 0), type=None), changed("search.json", ("data", "data", 0), id="")
    )

    first, *_ = await everything(provider.search_contact_lists("Ana"))
    others = await everything(provider.search_contact_lists("Ana"))

    assert first == ListHit(552786, "Ana Ruiz", is_list=None, number=None, members=None)
    assert [hit.id for hit in others] == [428, 7]
