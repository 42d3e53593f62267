"""A payment's card: how much, for what, how it stands, and nothing to press that does nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import PaymentStatus, Post
from bot.model.cards import CREATE, DROPPED, Asked, Card, DeedState
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.reading import words_of
from bot.views.card_buttons import CardAction
from bot.views.card_parts import Keeper, already
from bot.views.cards import draw
from bot.views.payment_card import payment_title
from tests.views.card_cases import DANA, UID, card, deed, terms
from tests.views.check_blocks import check_post

TITLE = "Text Request"


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


def test_card_says_how_much_for_what_who_asked_and_how_it_stands() -> None:
    said = words(card())

    assert "💳 $45.00 · Deposit · asked by " in said
    assert said.endswith("· Sent") or "· Sent" in said
    assert labels(card()) == ["Remind", "Mark paid", "Cancel", "Refresh"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (PaymentStatus.PAID, "✅ Paid"),
        (PaymentStatus.MARKED_PAID, "✅ Marked as paid"),
        (PaymentStatus.CANCELLED, "🚫 Cancelled"),
        (PaymentStatus.FAILED, "⚠️ The payment failed"),
        (DROPPED, "Forgotten"),
    ],
)
def test_card_that_is_settled_says_so_and_has_no_buttons(state: str, said: str) -> None:
    shown = card(state=state, settled=True)

    assert said in words(shown)
    assert labels(shown) == []


@pytest.mark.parametrize(
    ("state", "what", "said"),
    [
        (PaymentStatus.MARKED_PAID, "mark_paid", "✅ Marked as paid by @Dana "),
        (PaymentStatus.CANCELLED, "cancel", "🚫 Cancelled by @Dana "),
    ],
)
def test_card_says_who_closed_it_where_that_is_known(state: str, what: str, said: str) -> None:
    assert said in words(card(deed(), deed(DeedState.DONE, what), state=state, settled=True))
    assert " by @Dana " not in words(card(deed(), state=state, settled=True)).partition("asked by @Dana ")[2]


def test_card_says_that_the_contact_was_reminded() -> None:
    assert "· Sent · reminded" in words(card(says=terms(reminded=True).says()))
    assert "reminded" not in words(card(says=terms(reminded=True).says(), state=PaymentStatus.PAID, settled=True))


def test_past_due_is_shown_whichever_way_the_provider_says_it() -> None:
    assert "⌛ Past due" in words(card(state=PaymentStatus.PAST_DUE))
    assert "⌛ Past due" in words(card(says=terms(past_due=True).says()))


def test_status_that_is_new_to_us_is_shown_as_the_provider_calls_it() -> None:
    shown = card(state=PaymentStatus.UNKNOWN, says=terms(status_word="OnHold").says())

    assert "At the provider: OnHold" in words(shown)


def test_reminder_that_was_sent_or_is_under_way_is_not_offered_again() -> None:
    assert "Remind" not in labels(card(says=terms(reminded=True).says()))
    assert "Remind" not in labels(card(deed(), deed(DeedState.SENDING, "remind")))


@pytest.mark.parametrize("what", ["cancel", "mark_paid"])
def test_while_it_is_closed_it_can_only_be_looked_at(what: str) -> None:
    shown = card(deed(), deed(DeedState.QUEUED, what))

    assert "⏳ Being " in words(shown)
    assert labels(shown) == ["Refresh"]


def test_card_that_is_on_its_way_says_so_and_offers_nothing() -> None:
    shown = card(deed(DeedState.QUEUED), provider_id=None, state="")

    assert "⏳ The contact is being asked" in words(shown)
    assert labels(shown) == []


def test_card_that_waits_for_approval_says_whom_it_waits_for() -> None:
    shown = card(deed(DeedState.WAITING), provider_id=None, state="")

    assert "Waits for approval by somebody other than" in words(shown)
    assert labels(shown) == ["Approve", "Forget it"]


def test_card_of_which_nobody_knows_asks_a_person() -> None:
    shown = card(deed(DeedState.UNCERTAIN), provider_id=None, state="")

    assert "❔ It is not known whether the contact was asked." in words(shown)
    assert labels(shown) == ["Check", "Do it again", "It did happen", "Forget it"]


def test_card_of_which_nobody_knows_says_why_the_last_try_failed() -> None:
    shown = card(deed(DeedState.UNCERTAIN, reason="Payments are off."), provider_id=None, state="")

    assert "never done again by itself. The last try failed: Payments are off." in words(shown)
    assert labels(shown)[0] == "Check"


def test_card_whose_reminder_is_in_doubt_can_still_be_closed() -> None:
    shown = card(deed(), deed(DeedState.UNCERTAIN, "remind"))

    assert {"Check", "Do it again", "Mark paid", "Cancel"} <= set(labels(shown))


def test_refusal_stands_on_the_card_with_its_reason() -> None:
    shown = card(deed(DeedState.FAILED, reason="Payments are off."), provider_id=None, state="")

    assert "⚠️ Nobody was asked. Payments are off." in words(shown)
    assert labels(shown) == ["Try again", "Forget it"]


def test_only_what_touches_money_or_the_contact_asks_first() -> None:
    shown = card(deed(), deed(DeedState.UNCERTAIN, "remind"))

    asking = {button["action_id"] for button in [*buttons(card()), *buttons(shown)] if "confirm" in button}

    assert asking == {"card:remind", "card:mark_paid", "card:cancel", "card:again"}
    cancel = next(each for each in buttons(card()) if each["action_id"] == "card:cancel")
    assert cancel["confirm"]["text"]["text"] == "Text Request tells the contact by text that they need not pay."


def test_button_carries_the_cards_uid_and_nothing_else() -> None:
    assert {button["value"] for button in buttons(card())} == {UID}


def test_ids_of_card_buttons_are_what_old_cards_have() -> None:
    assert sorted(CardAction) == [
        "card:again",
        "card:approve",
        "card:attach",
        "card:cancel",
        "card:check",
        "card:edit",
        "card:forget",
        "card:happened",
        "card:leave",
        "card:mark_paid",
        "card:move",
        "card:note",
        "card:refresh",
        "card:remind",
        "card:retry",
    ]


@given(
    st.text(max_size=500),
    st.text(max_size=1500),
    st.sampled_from([*PaymentStatus, DROPPED, "", "new"]),
    st.lists(
        st.tuples(st.sampled_from(DeedState), st.sampled_from([CREATE, "remind", "cancel", "note"])), max_size=4
    ),
)
def test_whatever_a_card_says_is_one_that_slack_takes(
    description: str, reason: str, state: str, deeds: list[tuple[DeedState, str]]
) -> None:
    made = tuple(deed(each, what, reason=reason) for each, what in deeds)

    drawn(card(*made, says=terms(description=description, status_word=reason).says(), state=state))


def test_words_of_others_stand_as_they_are() -> None:
    shown = card(says=terms(description="<!channel> *bold*").says())

    assert "<!channel> *bold*" in str(drawn(shown).blocks)
    assert payment_title(terms().amount, "a\nb " + "x" * 100).startswith("$45.00 · a b x")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(done=False, by=DANA, state=DeedState.SENDING), "<@U1> was first, and is doing this already."),
        (Asked(done=False, by=DANA, state=DeedState.DONE), "<@U1> was first, and did this already."),
        (Asked(done=False), "Nothing was done: this card says something else by now."),
    ],
)
def test_second_click_is_told_who_was_first(asked: Asked, said: str) -> None:
    assert already(asked) == said


def test_payment_that_a_person_knows_of_and_nobody_found_says_so() -> None:
    shown = card(deed(), provider_id=None, state="")

    assert "as somebody said; the provider does not show it yet" in words(shown)
    assert labels(shown) == ["Refresh", "Forget it"]


def test_long_word_of_the_providers_for_its_status_stays_on_one_line() -> None:
    shown = card(says=terms(status_word="x\n" * 5_000).says(), state="unknown")

    said = words(shown)

    assert len(said) < 500
    assert "x\nx" not in said
