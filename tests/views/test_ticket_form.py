"""The forms of tickets: nothing in one that Slack would refuse, and menus that do not keep what no longer fits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Block, Choice, SharedFile, TicketKind, TicketRole
from bot.sandbox.slack.modals import check_view
from bot.views.forms import Drawn, Opened, form
from bot.views.menus import MOST_IN_MENU, options_in
from bot.views.ticket_form import (
    BY_ROLE,
    LONGEST_DESCRIPTION,
    MENUS,
    Menu,
    additional_field,
    description_field,
    kind_field,
    kind_of,
    menu_field,
    role_field,
    subject_field,
    unknown_field,
)
from bot.views.ticket_windows import attach_form, move_form, note_form, reason_name

OPENED = Opened("form:ticket", "0" * 32, "New ticket")
EVERYTHING = dict.fromkeys(TicketRole, 2**31 - 1)
KINDS = [kind for kind in TicketKind if kind is not TicketKind.UNKNOWN]
NAMES = st.text(max_size=200)


def taken(drawn: Drawn) -> list[Any]:
    """The fields of a form, which Slack takes."""
    view: Any = form(OPENED, drawn)
    assert check_view(view) == []
    return list(view["blocks"])


def hint(block: Block) -> str:
    """What stands below a field."""
    found: Any = block.get("hint", {})
    return str(found.get("text", ""))


@given(st.lists(NAMES, min_size=1, max_size=5), NAMES, st.sampled_from(KINDS))
def test_whatever_stands_in_a_form_is_one_that_slack_takes(names: list[str], words: str, kind: TicketKind) -> None:
    options = [Choice(number, name) for number, name in enumerate(names, 1)]
    menus = [menu_field(menu, menu.name(kind, EVERYTHING), options, 1) for menu in MENUS]
    first = [subject_field(words), description_field(words * 20), kind_field(kind)]
    others = [additional_field("317", words, words), unknown_field(words or "Flat")]
    others.append(role_field(TicketRole.CUSTOMER, "7"))

    blocks = taken(Drawn((*first, *menus, *others), "Open"))

    assert len({block["block_id"] for block in blocks}) == len(blocks)


def test_description_begins_with_no_more_than_a_field_holds() -> None:
    (block,) = taken(Drawn((description_field("x" * 5_000),), "Open"))

    assert len(block["element"]["initial_value"]) == LONGEST_DESCRIPTION


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.key)
def test_menu_is_another_one_for_another_choice_that_it_depends_on(menu: Menu) -> None:
    known = menu.name(TicketKind.INCIDENT, EVERYTHING)

    for role in menu.by:
        assert menu.name(TicketKind.INCIDENT, {**EVERYTHING, role: 1}) != known
    assert (menu.name(TicketKind.CHANGE, EVERYTHING) != known) is menu.by_kind


def test_menu_comes_after_those_that_it_depends_on_and_is_drawn_anew_with_them() -> None:
    for place, menu in enumerate(MENUS):
        before = {other.role for other in MENUS[:place]}
        assert {*menu.after, *menu.by} <= before
        assert all(BY_ROLE[role].redraws for role in {*menu.after, *menu.by})


def test_menu_that_is_cut_says_how_to_name_another() -> None:
    options = [Choice(number, f"Service {number}") for number in range(1, 600)]

    block = menu_field(BY_ROLE[TicketRole.SERVICE], "service", options, None)

    element: Any = block["element"]
    assert len(options_in(element)) == MOST_IN_MENU
    assert "service= and its name" in hint(block)


def test_field_that_the_service_desk_wants_must_be_filled_in() -> None:
    for menu in MENUS:
        block = menu_field(menu, menu.key, [Choice(1, "One")], None)
        assert block["optional"] is (menu.optional and not menu.asked)


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_read_as_it_was_drawn(kind: TicketKind) -> None:
    (block,) = taken(Drawn((kind_field(kind),), "Open"))

    assert kind_of(block["element"]["initial_option"]["value"]) is kind
    assert kind_of("odd") is TicketKind.INCIDENT


@given(st.lists(NAMES, min_size=1, max_size=5), st.lists(NAMES, max_size=3), NAMES)
def test_whatever_stands_in_a_cards_window_is_one_that_slack_takes(
    states: list[str], reasons: list[str], words: str
) -> None:
    options = [Choice(number, name) for number, name in enumerate(states, 1)]
    files = [SharedFile(f"F{number}", name, 1) for number, name in enumerate(states)]

    moved = taken(move_form(options, 1, [Choice(3, name) for name in reasons[:1]], words))
    taken(attach_form(files, 10 * 1024 * 1024))

    assert (reason_name(1) in {block["block_id"] for block in moved}) is bool(reasons)


def test_file_must_be_brought_where_the_thread_has_none() -> None:
    (block,) = taken(attach_form((), 1024 * 1024))

    assert (block["label"]["text"], block["optional"]) == ("Files", False)


def test_note_says_how_long_it_may_be() -> None:
    (block,) = taken(note_form(248))

    assert block["element"]["max_length"] == 248
    assert "At most 248 characters" in hint(block)
