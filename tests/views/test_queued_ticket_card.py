"""The card of a ticket that waits for agents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import AcdEventStatus, AgentGroupId, Post, SplitGroup
from bot.model.cards import DROPPED, GONE, Card, CardKind, DeedState
from bot.model.queued_tickets import QueuedTicketTerms
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.reading import words_of
from bot.views.card_parts import Keeper
from bot.views.cards import draw
from bot.views.queued_ticket_card import ADDED, queued_ticket_name
from tests.views import card_cases
from tests.views.card_cases import DANA, deed
from tests.views.check_blocks import check_post


def terms(**fields: Any) -> QueuedTicketTerms:
    """What is lost."""
    return QueuedTicketTerms(
        **{
            "subject": "Lost keys",
            "sender": "+14155550134",
            "group": AgentGroupId(235),
            "group_name": "Support",
            "data": "tl-1",
            "status_word": "opened",
            **fields,
        }
    )


def card(*deeds: Any, says: QueuedTicketTerms | None = None, **fields: Any) -> Card:
    """A ticket that Dana queued."""
    values = {"kind": CardKind.QUEUED_TICKET, "provider_id": "2039", "state": AcdEventStatus.SEEN, **fields}
    return card_cases.card(*deeds, says=(says or terms()).says(), title="Lost keys", **values)


def drawn(shown: Card) -> Post:
    """The card, which Slack takes."""
    post = draw(shown, Keeper("jtel"))
    check_post(post)
    return post


def words(shown: Card) -> str:
    """What people read on it."""
    post = drawn(shown)
    return words_of({"text": post.text, "blocks": list(post.blocks)}, {DANA: "Dana"})


def labels(shown: Card) -> list[str]:
    """What stands on its buttons."""
    return [button["text"]["text"] for button in elements_of({"blocks": list(drawn(shown).blocks)})]


def test_card_says_what_it_is_for_whom_and_how_far_it_got() -> None:
    assert "🎫 #2039 · Lost keys · Opened\nfor Support · asked for by @Dana" in words(card())
    assert labels(card()) == ["Refresh"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AcdEventStatus.DONE, "✅ Done"),
        (AcdEventStatus.ERROR, "⚠️ Failed"),
        (GONE, "The contact centre does not have it any more"),
        (DROPPED, "Forgotten"),
    ],
)
def test_card_that_is_settled_says_so_and_has_no_buttons(state: str, said: str) -> None:
    shown = card(state=state, settled=True)

    assert said in words(shown)
    assert labels(shown) == []


@pytest.mark.parametrize(
    ("state", "said", "buttons"),
    [
        (DeedState.SENDING, "⏳ Being queued …", []),
        (DeedState.FAILED, "⚠️ It was not queued. No.", ["Try again", "Forget it"]),
        (DeedState.DONE, "the contact centre does not show it yet", ["Refresh", "Forget it"]),
    ],
)
def test_card_of_a_ticket_that_is_in_no_queue_yet(state: DeedState, said: str, buttons: list[str]) -> None:
    shown = card(deed(state, reason="No."), provider_id=None, state="", says=terms(status_word=""))

    assert said in words(shown)
    assert labels(shown) == buttons


def test_ticket_that_was_added_to_another_leads_to_its_card() -> None:
    shown = card(
        state=ADDED, settled=True, provider_id=None, says=terms(added=True, other="https://slack.example/p1")
    )

    assert "jtel had such a ticket, and added this to it. See its card" in words(shown)
    assert labels(shown) == []


def test_link_for_the_agent_is_there_for_everybody() -> None:
    assert labels(card(says=terms(link="https://crm.example.com/17"))) == ["Refresh", "Open in CRM"]


@pytest.mark.parametrize("group", [AgentGroupId(235), SplitGroup(AgentGroupId(1), AgentGroupId(2))])
def test_what_a_card_says_is_read_as_it_was_written(group: AgentGroupId | SplitGroup) -> None:
    made = terms(group=group, link="https://crm.example.com/17")

    assert QueuedTicketTerms.read(made.says()) == made
    assert queued_ticket_name("7", "a") == "#7 · a"


@given(st.text(max_size=500), st.text(max_size=500), st.sampled_from([*AcdEventStatus, GONE, ""]))
def test_whatever_a_card_says_is_one_that_slack_takes(subject: str, name: str, state: str) -> None:
    drawn(card(says=terms(subject=subject, group_name=name, status_word=name), state=state))


def test_long_name_of_its_group_stays_on_one_line() -> None:
    said = words(card(says=terms(group_name="x\n" * 5_000)))

    assert len(said) < 500
    assert "x\nx" not in said
