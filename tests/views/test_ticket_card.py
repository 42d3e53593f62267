"""A ticket's card: its code, how it stands, who has it, and nothing to press that does nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import AdditionalField, Choice, Post, TicketKind, TicketRole, TicketTerms
from bot.model.cards import CREATE, DROPPED, GONE, Card, CardKind, DeedState
from bot.model.ticket_terms import CLOSED
from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.reading import words_of
from bot.views.card_parts import Keeper
from bot.views.cards import draw
from bot.views.ticket_card import ticket_name
from tests.views import card_cases
from tests.views.card_cases import DANA, UID, deed
from tests.views.cases import AT
from tests.views.check_blocks import check_post

OPEN = Choice(17, "Open")
HAS = {TicketRole.GROUP: Choice(5, "Plumbers"), TicketRole.RESPONSIBLE: Choice(77, "M. Torres")}
KEEPER = Keeper("Aranda")
EVERYTHING = ["Add note", "Change state", "Attach file", "Refresh"]


def terms(**fields: Any) -> TicketTerms:
    """What is broken."""
    return TicketTerms(
        **{
            "subject": "Printer broken",
            "kind": TicketKind.INCIDENT,
            "project": 12,
            "service": 31,
            "category": 204,
            "state": OPEN,
            "has": HAS,
            **fields,
        }
    )


def card(*deeds: Any, says: TicketTerms | None = None, **fields: Any) -> Card:
    """A ticket that Dana opened."""
    values = {"kind": CardKind.TICKET, "provider_id": "RQ-1042", "state": "17", **fields}
    return card_cases.card(*deeds, says=(says or terms()).says(), title="Printer broken", **values)


def drawn(shown: Card, keeper: Keeper = KEEPER) -> Post:
    """The card, which Slack takes."""
    post = draw(shown, keeper)
    check_post(post)
    return post


def words(shown: Card) -> str:
    """What people read on it."""
    post = drawn(shown)
    return words_of({"text": post.text, "blocks": list(post.blocks)}, {DANA: "Dana"})


def labels(shown: Card, keeper: Keeper = KEEPER) -> list[str]:
    """What stands on its buttons."""
    return [button["text"]["text"] for button in elements_of({"blocks": list(drawn(shown, keeper).blocks)})]


def test_card_says_what_it_is_how_it_stands_who_has_it_and_who_asked() -> None:
    said = words(card())

    assert "🎫 RQ-1042 · Printer broken · Open" in said
    assert "Plumbers · M. Torres · asked for by @Dana" in said
    assert labels(card()) == EVERYTHING


def test_card_at_a_service_desk_that_takes_no_notes_offers_none() -> None:
    assert labels(card(), Keeper("Aranda", takes_notes=False)) == [
        each for each in EVERYTHING if "note" not in each
    ]


def test_card_that_is_closed_can_still_be_opened_again() -> None:
    shown = card(says=terms(state=Choice(23, "Closed")), state=CLOSED)

    assert "· ✅ Closed" in words(shown)
    assert labels(shown) == EVERYTHING


def test_card_that_is_gone_can_only_be_looked_at() -> None:
    shown = card(state=GONE)

    assert "The service desk does not have it any more" in words(shown)
    assert labels(shown) == ["Refresh"]


@pytest.mark.parametrize("state", [CLOSED, GONE, DROPPED])
def test_card_that_is_settled_has_no_buttons(state: str) -> None:
    assert labels(card(state=state, settled=True)) == []


def test_card_without_a_state_says_none() -> None:
    shown = card(says=terms(state=None, has={}), state="")

    assert "RQ-1042 · Printer broken\nasked for by" in words(shown)


def test_state_without_a_name_is_known_by_its_number() -> None:
    assert "Printer broken · #17" in words(card(says=terms(state=Choice(17, ""))))


@pytest.mark.parametrize(
    ("state", "said", "buttons"),
    [
        (DeedState.QUEUED, "⏳ Being opened …", []),
        (DeedState.UNCERTAIN, "❔ It is not known whether it was opened.", ["Check", "Do it again"]),
        (DeedState.FAILED, "⚠️ It was not opened. No.", ["Edit", "Try again", "Forget it"]),
    ],
)
def test_card_of_a_ticket_that_is_not_open_yet(state: DeedState, said: str, buttons: list[str]) -> None:
    shown = card(deed(state, reason="No."), provider_id=None, state="")

    assert said in words(shown)
    assert labels(shown)[: len(buttons) or 1] == buttons


def test_card_of_a_ticket_that_somebody_says_was_opened_waits_for_it() -> None:
    shown = card(deed(DeedState.DONE), provider_id=None, state="")

    assert "the service desk does not show it yet" in words(shown)
    assert labels(shown) == ["Refresh", "Forget it"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("note", "No note was added."),
        ("move", "Its state was not changed."),
        ("attach", "No file was attached."),
        ("dance", "It was not done."),
    ],
)
def test_step_that_failed_says_why_and_others_can_be_taken(what: str, said: str) -> None:
    shown = card(deed(), deed(DeedState.FAILED, what, reason="It is closed."))

    assert f"⚠️ {said} It is closed." in words(shown)
    assert labels(shown) == EVERYTHING


def test_button_carries_the_cards_uid_and_nothing_else() -> None:
    buttons = elements_of({"blocks": list(drawn(card()).blocks)})

    assert {button["value"] for button in buttons} == {UID}


@given(
    st.text(max_size=500),
    st.text(max_size=500),
    st.sampled_from([CLOSED, GONE, DROPPED, "", "17"]),
    st.lists(st.tuples(st.sampled_from(DeedState), st.sampled_from([CREATE, "note", "move"])), max_size=4),
)
def test_whatever_a_card_says_is_one_that_slack_takes(
    subject: str, name: str, state: str, deeds: list[tuple[DeedState, str]]
) -> None:
    made = tuple(deed(each, what, reason=name) for each, what in deeds)
    says = terms(subject=subject, state=Choice(1, name), has={TicketRole.GROUP: Choice(2, name)})

    drawn(card(*made, says=says, state=state, provider_id=subject[:60] or None))


def test_words_of_others_stand_as_they_are() -> None:
    shown = card(says=terms(subject="<!channel> *bold*"))

    assert "<!channel> *bold*" in str(drawn(shown).blocks)
    assert ticket_name("RQ-1", "a\nb") == "RQ-1 · a b"
    assert ticket_name(None, "a") == "a"


def test_what_a_card_says_is_read_as_it_was_written() -> None:
    made = terms(
        description="It smokes",
        roles={TicketRole.URGENCY: 2},
        additional=(AdditionalField("317", ("4B",), "Flat"),),
        moves=3,
        files=(902, 903),
        noted_at=AT,
    )

    assert TicketTerms.read(made.says()) == made


def test_long_names_of_its_state_and_people_leave_a_card_that_slack_takes() -> None:
    name = Choice(5, "x\n" * 5_000)
    shown = card(says=terms(state=name, has=dict.fromkeys(HAS, name)))

    said = words(shown)

    assert len(said) < 500
    assert "x\nx" not in said
