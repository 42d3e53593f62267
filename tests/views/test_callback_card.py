"""A callback's card: when, at whom, how far it got in plain words, and nothing to press that does nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import AcdEventStatus, AgentGroupId, AgentId, CallbackTerms, Number, Post, SplitGroup
from bot.model.cards import CREATE, DROPPED, GONE, Card, CardKind, DeedState
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.reading import words_of
from bot.views.callback_card import ADDED, callback_title, for_them
from bot.views.card_buttons import LINK
from bot.views.card_parts import Keeper
from bot.views.cards import draw
from tests.views import card_cases
from tests.views.card_cases import DANA, UID, deed
from tests.views.check_blocks import check_post

TITLE = "jtel"
SAN_FRANCISCO = Number("+14155550134")
DUE = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
CRM = "https://crm.example.com/17"


def terms(**fields: Any) -> CallbackTerms:
    """What Maria is to be called about."""
    return CallbackTerms(
        **{
            "contact": SAN_FRANCISCO,
            "group": AgentGroupId(235),
            "group_name": "Support",
            "subject": "Printer broken",
            "due_at": DUE,
            "status_id": 1,
            **fields,
        }
    )


def card(*deeds: Any, says: CallbackTerms | None = None, **fields: Any) -> Card:
    """A callback that Dana asked for."""
    values = {"kind": CardKind.CALLBACK, "provider_id": "2039", "state": AcdEventStatus.WAITING, **fields}
    return card_cases.card(*deeds, says=(says or terms()).says(), title="Callback · Printer broken", **values)


def drawn(shown: Card) -> Post:
    """The card, which Slack takes."""
    post = draw(shown, Keeper(TITLE))
    check_post(post)
    return post


def words(shown: Card) -> str:
    """What people read on it."""
    post = drawn(shown)
    return words_of({"text": post.text, "blocks": list(post.blocks)}, {DANA: "Dana"})


def buttons(shown: Card) -> list[dict[str, Any]]:
    """Its buttons."""
    return list(elements_of({"blocks": list(drawn(shown).blocks)}))


def labels(shown: Card) -> list[str]:
    """What stands on its buttons."""
    return [button["text"]["text"] for button in buttons(shown)]


def test_card_says_what_when_for_both_at_whom_who_asked_and_how_far() -> None:
    said = words(card())

    assert said.startswith("📞 Callback · Printer broken · ")
    assert " (Mon 12:00 for them) · group Support · asked by " in said
    assert "· Waiting for an agent" in said
    assert labels(card()) == ["Refresh"]


def test_time_is_shown_in_each_readers_own_zone() -> None:
    block: Any = drawn(card()).blocks[0]
    date, _ = [leaf for leaf in block["elements"][0]["elements"] if leaf["type"] == "date"]

    assert date["timestamp"] == int(DUE.timestamp())


def test_callback_without_a_time_is_one_for_now() -> None:
    assert "· as soon as possible · group Support" in words(card(says=terms(due_at=None)))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+14155550134", " (Mon 12:00 for them)"),
        ("+491711234567", " (Mon 21:00 for them)"),
        ("+442071838750", " (Mon 20:00 for them)"),
        ("+447700900123", ""),  # unknown
        ("+18005551234", ""),  # several zones
        ("+61412345678", ""),
        ("72345", ""),
        ("My Shop", ""),
    ],
)
def test_their_clock_is_shown_where_it_is_known_and_one(number: str, shown: str) -> None:
    assert for_them(Number(number), DUE) == shown


def test_card_in_nobodys_thread_says_whom_it_is_for() -> None:
    assert "📞 Callback to +1 415 555 0134 · Printer" in words(card(conversation_id=None))
    assert "555 0134" not in words(card())


def test_agent_is_named_or_else_numbered() -> None:
    assert "· group Support · agent kim ·" in words(card(says=terms(agent=AgentId(3), agent_name="kim")))
    assert "· agent #3 ·" in words(card(says=terms(agent=AgentId(3))))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AcdEventStatus.ENTERING, "Received"),
        (AcdEventStatus.IN_TRANSFER, "In transfer"),
        (AcdEventStatus.TO_AGENT, "Going to an agent"),
        (AcdEventStatus.NEW, "New: at an agent, unread"),
        (AcdEventStatus.SEEN, "Opened by an agent"),
        (AcdEventStatus.REMIND, "The agent set a reminder"),
    ],
)
def test_state_is_told_in_plain_words_and_can_be_refreshed(state: str, said: str) -> None:
    assert f"· {said}" in words(card(state=state)).replace("👀 ", "").replace("⏰ ", "")
    assert labels(card(state=state)) == ["Refresh"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AcdEventStatus.DONE, "✅ Done"),
        (AcdEventStatus.CHAT_CLOSED, "✅ Closed"),
        (AcdEventStatus.ERROR, "⚠️ It failed"),
        (GONE, "No longer at the contact centre"),
        (ADDED, "Added to one that was there"),
        (DROPPED, "Forgotten"),
    ],
)
def test_card_that_is_settled_says_so_and_offers_nothing_but_its_link(state: str, said: str) -> None:
    assert said in words(card(state=state, settled=True))
    assert labels(card(state=state, settled=True)) == []
    assert labels(card(state=state, settled=True, says=terms(link=CRM))) == ["Open in CRM"]


def test_state_that_is_new_to_us_is_shown_by_its_number() -> None:
    assert "At the contact centre: state 77" in words(card(state=AcdEventStatus.UNKNOWN, says=terms(status_id=77)))
    assert "In no known state" in words(card(state=AcdEventStatus.UNKNOWN, says=terms(status_id=-1)))


def test_every_state_of_the_contact_centre_has_its_words() -> None:
    shown = {state: words(card(state=state)) for state in AcdEventStatus if state != AcdEventStatus.UNKNOWN}

    assert [state for state, said in shown.items() if "state 1" in said or "no known state" in said] == []
    assert len(set(shown.values())) == len(shown)


def test_link_opens_the_page_and_carries_nothing_of_ours() -> None:
    shown = card(says=terms(link=CRM))

    (link,) = [button for button in buttons(shown) if "url" in button]
    assert (link["url"], link["action_id"], link.get("value")) == (CRM, LINK, None)
    assert labels(shown) == ["Refresh", "Open in CRM"]
    assert [button["value"] for button in buttons(shown) if "value" in button] == [UID]


def test_callback_that_was_there_before_is_said_with_the_way_to_its_card() -> None:
    alone = card(says=terms(added=True))
    other = card(
        state=ADDED, settled=True, provider_id=None, says=terms(added=True, other="https://x.slack.com/p1")
    )

    assert "jtel had a callback to them, and added this to it." in words(alone)
    assert "https://x.slack.com/p1" not in str(drawn(alone).blocks)
    assert "https://x.slack.com/p1" in str(drawn(other).blocks)
    assert "See its card" in words(other)


def test_card_that_is_on_its_way_says_so_and_offers_nothing() -> None:
    shown = card(deed(DeedState.QUEUED), provider_id=None, state="")

    assert "⏳ The callback is being queued" in words(shown)
    assert labels(shown) == []


def test_card_of_which_nobody_knows_asks_a_person() -> None:
    shown = card(deed(DeedState.UNCERTAIN), provider_id=None, state="")

    assert "❔ It is not known whether the callback was queued. It is never done again by itself." in words(shown)
    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]


def test_callback_that_a_person_knows_of_can_be_looked_for_or_let_go() -> None:
    shown = card(deed(DeedState.DONE), provider_id=None, state="")

    assert "· Queued, as somebody said; the contact centre does not show it yet" in words(shown)
    assert labels(shown) == ["Refresh", "Forget it"]


def test_refusal_stands_on_the_card_with_its_reason() -> None:
    shown = card(deed(DeedState.FAILED, reason="jtel does not know this."), provider_id=None, state="")

    assert "⚠️ It was not queued. jtel does not know this." in words(shown)
    assert labels(shown) == ["Try again", "Forget it"]


@pytest.mark.parametrize("group", [AgentGroupId(235), SplitGroup(AgentGroupId(240), AgentGroupId(241))])
def test_what_a_card_says_is_read_as_it_was_written(group: AgentGroupId | SplitGroup) -> None:
    for each in (
        terms(group=group),
        terms(due_at=None, agent=AgentId(3), agent_name="kim", body="a\nb", link=CRM, priority=0),
        terms(receiver=Number("+4989123"), added=True, other=CRM, priority=200),
    ):
        assert CallbackTerms.read(each.says()) == each


@given(
    st.text(max_size=500),
    st.text(max_size=500),
    st.sampled_from([*AcdEventStatus, DROPPED, ADDED, GONE, "", "new"]),
    st.lists(st.tuples(st.sampled_from(DeedState), st.sampled_from([CREATE, "note"])), max_size=3),
    st.booleans(),
)
def test_whatever_a_card_says_is_one_that_slack_takes(
    subject: str, name: str, state: str, deeds: list[tuple[DeedState, str]], settled: bool
) -> None:
    made = tuple(deed(each, what, reason=name) for each, what in deeds)
    says = terms(subject=subject, group_name=name, agent=AgentId(3), agent_name=name, link=CRM)

    drawn(card(*made, says=says, state=state, settled=settled))


def test_words_of_others_stand_as_they_are() -> None:
    shown = card(says=terms(subject="<!channel> *bold*", group_name="<@U9>"))

    assert "<!channel> *bold*" in str(drawn(shown).blocks)
    assert "group <@U9>" in str(drawn(shown).blocks)
    assert callback_title("a\nb " + "x" * 100).startswith("Callback · a b x")


def test_long_names_of_its_group_and_agent_stay_on_one_line() -> None:
    name = "x\n" * 5_000

    said = words(card(says=terms(group_name=name, agent=3, agent_name=name)))

    assert len(said) < 500
    assert "x\nx" not in said
