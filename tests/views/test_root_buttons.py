"""The buttons of a root card: those that do something, and no others."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from bot.model import Conversation, ConversationId, MemberId, Post, Status
from bot.views.root_buttons import MENU, Abilities, RootAction, root_buttons
from tests.views.cases import conversation, words
from tests.views.check_blocks import check_post

EVERYTHING = Abilities(keeps_contacts=True, archives=True)


def shown(made: Conversation, can: Abilities = EVERYTHING) -> list[str]:
    return words(Post("Card", (root_buttons(made, can),))).replace("] [", "]\n[").split("\n")


@pytest.mark.parametrize(
    ("fields", "buttons"),
    [
        ({}, ["[Take]", "[Resolve]"]),
        ({"owner": MemberId("U1")}, ["[Assign]", "[Resolve]"]),
        ({"status": Status.DONE}, ["[Take]", "[Reopen]"]),
        ({"status": Status.WAITING, "owner": MemberId("U1")}, ["[Assign]", "[Resolve]"]),
    ],
)
def test_card_offers_what_is_not_so_yet(fields: dict[str, Any], buttons: list[str]) -> None:
    assert shown(conversation(**fields))[:2] == buttons


@pytest.mark.parametrize(
    ("fields", "menu"),
    [
        ({}, ["[… Contact details]", "[… Archive]", "[… Block …]"]),
        ({"archived": True}, ["[… Contact details]", "[… Unarchive]", "[… Block …]"]),
        ({"blocked": True}, ["[… Contact details]", "[… Archive]", "[… Unblock]"]),
    ],
)
def test_menu_offers_what_is_not_so_yet(fields: dict[str, Any], menu: list[str]) -> None:
    assert shown(conversation(**fields))[2:] == menu


@pytest.mark.parametrize(
    ("can", "menu"),
    [
        (Abilities(), []),
        (Abilities(archives=True), ["[… Archive]"]),
        (Abilities(keeps_contacts=True), ["[… Contact details]", "[… Block …]"]),
    ],
)
def test_nothing_is_offered_that_nobody_can_do(can: Abilities, menu: list[str]) -> None:
    assert shown(conversation(), can)[2:] == menu


def test_payment_is_asked_for_where_the_provider_takes_them() -> None:
    assert shown(conversation(), Abilities(takes_payments=True)) == ["[Take]", "[Resolve]", "[Request payment]"]


def test_callback_is_offered_where_somebody_can_be_called_back() -> None:
    assert shown(conversation(), Abilities(queues_callbacks=True)) == ["[Take]", "[Resolve]", "[Call back]"]


def test_ticket_is_offered_where_a_service_desk_is() -> None:
    assert shown(conversation(), Abilities(keeps_tickets=True)) == ["[Take]", "[Resolve]", "[… New ticket]"]


def test_values_name_the_conversation_and_nothing_of_it() -> None:
    row: Any = root_buttons(conversation(id=ConversationId(42)), EVERYTHING)

    assert [element.get("value") for element in row["elements"][:-1]] == ["42", "42"]
    assert [option["value"] for option in row["elements"][-1]["options"]] == [
        "details:42",
        "archive:42",
        "block:42",
    ]


def test_every_action_of_a_card_is_one_that_is_known() -> None:
    for owner, status, flag in itertools.product((None, MemberId("U1")), Status, (False, True)):
        row: Any = root_buttons(conversation(owner=owner, status=status, archived=flag, blocked=flag), EVERYTHING)
        *buttons, menu = row["elements"]

        assert menu["action_id"] == MENU
        assert {button["action_id"] for button in buttons} <= set(RootAction)
        assert {f"root:{option['value'].split(':')[0]}" for option in menu["options"]} <= set(RootAction)


def test_action_ids_stay_as_they_were() -> None:
    assert {str(action) for action in RootAction} >= {
        "root:take",
        "root:assign",
        "root:resolve",
        "root:reopen",
        "root:request_payment",
        "root:call_back",
        "root:details",
        "root:archive",
        "root:unarchive",
        "root:block",
        "root:unblock",
    }


@pytest.mark.parametrize("can", [Abilities(), EVERYTHING])
def test_row_is_one_that_slack_takes(can: Abilities) -> None:
    check_post(Post("Card", (root_buttons(conversation(), can),)))
