"""What must not leave, and why: the single choke point in front of every provider."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows.texts import Refusal, refusal, wish_of
from bot.model import Member, MemberId, MemberKind, OptOut, TextLimit, Wish
from tests.views.cases import LINE, conversation

LIMIT = TextLimit(gsm=160, ucs2=70)


def member(kind: MemberKind = MemberKind.MEMBER) -> Member:
    """Dana, of a kind."""
    return Member(MemberId("U1"), "Dana", kind)


def test_words_of_a_member_to_a_contact_who_takes_texts_leave() -> None:
    assert refusal(conversation(), member(), "Yes", LIMIT) is None


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (MemberKind.GUEST, "guest"),
        (MemberKind.FOREIGN, "foreign"),
        (MemberKind.BOT, "gone"),
        (MemberKind.GONE, "gone"),
    ],
)
def test_words_of_anybody_else_do_not_leave(kind: MemberKind, reason: str) -> None:
    assert refusal(conversation(), member(kind), "Yes", LIMIT) == Refusal(reason)


def test_every_kind_but_a_member_is_refused() -> None:
    passing = [kind for kind in MemberKind if refusal(conversation(), member(kind), "Yes", LIMIT) is None]

    assert passing == [MemberKind.MEMBER]


@pytest.mark.parametrize("opted_out", OptOut)
def test_contact_who_opted_out_gets_nothing(opted_out: OptOut) -> None:
    assert refusal(conversation(opted_out=opted_out), member(), "Yes", LIMIT) == Refusal("opted_out")


def test_line_that_was_removed_sends_nothing() -> None:
    found = refusal(conversation(line=replace(LINE, removed=True)), member(), "Yes", LIMIT)

    assert found == Refusal("line_removed")


@pytest.mark.parametrize("body", ["", " ", "\n\t"])
def test_no_words_are_not_sent(body: str) -> None:
    assert refusal(conversation(), member(), body, LIMIT) == Refusal("empty")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("x" * 160, None),
        ("x" * 161, "it has 161 characters, 160 is the most. Split it into several replies."),
        ("€" * 80, None),
        ("€" * 81, "it has 162 characters, 160 is the most. Split it into several replies."),
        ("ж" * 70, None),
        (
            "ж" * 71,
            "it has 71 characters, 70 is the most (with emoji or special characters a text holds less). "
            "Split it into several replies.",
        ),
        (
            "🎉" * 1_000,
            "it has 2,000 characters, 70 is the most (with emoji or special characters a text holds less). "
            "Split it into several replies.",
        ),
    ],
    ids=lambda value: str(value)[:12],
)
def test_too_long_words_are_refused_with_their_length(body: str, words: str | None) -> None:
    found = refusal(conversation(), member(), body, LIMIT)

    assert found == (None if words is None else Refusal("too_long", words))


def test_who_writes_is_asked_before_what_is_written() -> None:
    found = refusal(conversation(opted_out=OptOut.KEYWORD), member(MemberKind.GUEST), "", LIMIT)

    assert found == Refusal("guest")


@pytest.mark.parametrize(
    ("body", "wish"),
    [
        ("STOP", Wish.STOP),
        ("start", Wish.START),
        ("Yes", Wish.START),
        ("stop by at 5", Wish.NONE),
        ("", Wish.NONE),
    ],
)
def test_wish_is_read_from_a_word_alone(body: str, wish: Wish) -> None:
    assert wish_of(body, provider_says=True) == wish


def test_start_lifts_everything_where_the_provider_never_says_who_opted_out() -> None:
    assert wish_of("START", provider_says=False) == Wish.START_ALL
    assert wish_of("STOP", provider_says=False) == Wish.STOP
