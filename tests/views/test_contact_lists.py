"""Lists of contacts as people read of them."""

from __future__ import annotations

import pytest

from bot.model import (
    ContactList,
    ContactListId,
    ListedContact,
    ListedContactDetails,
    ListedContactId,
    ListHit,
    Number,
)
from bot.views.contact_lists import hit_words, list_words, listed_words

DETAILS = ListedContactDetails(
    number=Number("+14155550134"),
    first_name="Ana",
    last_name="Ruiz",
    email="ana@b.example",
    organization="B Corp",
    fax=Number("+14155550135"),
    address_line_1="1 Main St",
    address_line_2="Floor 2",
    city="Chattanooga",
    state="TN",
    postal_code="37402",
    country="US",
    custom=("one", "", "three", ""),
)


def test_who_is_on_a_list_is_shown_with_everything_that_it_keeps() -> None:
    listed = ListedContact(ListedContactId(77), ContactListId(428), DETAILS)

    assert listed_words(listed) == (
        "Ana Ruiz · +1 415 555 0134 (#77)\nB Corp · ana@b.example · Fax +1 415 555 0135\n"
        "1 Main St, Floor 2, 37402 Chattanooga TN, US\none · three"
    )


def test_who_is_known_by_an_id_alone_is_shown_by_it() -> None:
    assert (
        listed_words(ListedContact(ListedContactId(77), ContactListId(428), ListedContactDetails(None))) == "(#77)"
    )


@pytest.mark.parametrize(
    ("members", "said"), [(None, ""), (0, " · 0 contacts"), (1, " · 1 contact"), (1200, " · 1,200 contacts")]
)
def test_list_says_how_many_are_on_it(members: int | None, said: str) -> None:
    assert list_words(ContactList(ContactListId(428), "Spring", members)) == f"Spring (#428){said}"


@pytest.mark.parametrize(
    ("hit", "said"),
    [
        (ListHit(428, "Spring", True, None, 2), "List Spring (#428) · 2 contacts"),
        (ListHit(77, "Ana", False, Number("+14155550134"), None), "Ana (#77) · +1 415 555 0134"),
        (ListHit(78, "", None, None, None), "#78"),
    ],
)
def test_what_a_search_found_says_what_it_is(hit: ListHit, said: str) -> None:
    assert hit_words(hit) == said
