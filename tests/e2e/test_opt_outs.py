"""Whoever says STOP gets no more texts, until they say START; what the provider holds, only the provider lifts."""

from __future__ import annotations

import pytest

from tests.e2e.office import MARIA, Office

REFUSED, TICK = "no_entry_sign", "white_check_mark"
MARK = "⛔ Opted out"
FIVE_SECONDS = 5  # between two changes of a card


@pytest.fixture
def silent(team: Office) -> Office:
    """An office whose provider tells nothing of opting out: our own reading counts."""
    team.fault("textrequest.hook.contact_updated", "lose", times=0)
    return team


async def lift_at_provider(team: Office) -> None:
    """The provider would take texts again; we are not told."""
    team.textrequest.contact(team.dashboard, MARIA).opted_out_at = None
    await team.settled()


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop. ", "UNSUBSCRIBE", "Opt-out", "STOP\nALL"])
async def test_stop_marks_the_card_and_refuses_replies(silent: Office, word: str) -> None:
    root = await silent.open()
    await silent.text(word)
    await silent.see(lambda: MARK in silent.card(root), "the mark")

    ts = await silent.say(root, "One more thing")

    await silent.reacts(ts, REFUSED)
    await silent.notice(root, "@Dana 🚫 Not sent: Maria Lopez opted out of texts from this line.")
    assert silent.textrequest.accepted() == []


async def test_stop_is_shown_like_any_text(team: Office) -> None:
    root = await team.open()

    await team.text("STOP")

    await team.reads(root, "Hi there", "STOP")


@pytest.mark.parametrize("words", ["Please stop by at 5", "Don't stop", "The end is near"])
async def test_word_inside_a_sentence_stops_nothing(team: Office, words: str) -> None:
    root = await team.open()
    await team.text(words)

    await team.say(root, "Yes")

    await team.gets("Yes")


async def test_stop_as_the_first_text_counts(team: Office) -> None:
    root = await team.open("STOP")

    ts = await team.say(root, "Who is this?")

    await team.reacts(ts, REFUSED)


async def test_start_lifts_a_stop(silent: Office) -> None:
    root = await silent.open()
    await silent.text("STOP")
    await silent.see(lambda: MARK in silent.card(root), "the mark")
    await lift_at_provider(silent)
    await silent.text("START")
    await silent.settled()
    await silent.let_pass(FIVE_SECONDS)
    await silent.see(lambda: MARK not in silent.card(root), "no mark")

    ts = await silent.say(root, "Welcome back")

    await silent.reacts(ts, TICK)


async def test_reply_that_waits_when_the_stop_comes_is_not_sent(silent: Office) -> None:
    root = await silent.open()
    silent.fault("textrequest.send", "hold_after")
    await silent.say(root, "one")
    waiting = await silent.say(root, "two")
    await silent.see(lambda: silent.trouble.held, "a send under way")
    await silent.text("STOP")
    await silent.see(lambda: "STOP" in silent.thread(root), "the text")

    silent.trouble.release()

    await silent.reacts(waiting, REFUSED)
    assert silent.phone() == ["one"]


async def test_refusal_of_the_provider_marks_the_contact(silent: Office) -> None:
    root = await silent.open()
    silent.textrequest.set_opt_out(MARIA, opted_out=True)
    first = await silent.say(root, "Hello")
    await silent.reacts(first, REFUSED)
    await silent.see(lambda: MARK in silent.card(root), "the mark")
    silent.fault("textrequest.send", "slow", times=0)  # each strike is a send

    second = await silent.say(root, "Hello?")

    await silent.reacts(second, REFUSED)
    assert "textrequest.send slow" not in silent.trouble.struck


async def test_start_does_not_lift_what_the_provider_holds(silent: Office) -> None:
    root = await silent.open()
    silent.textrequest.set_opt_out(MARIA, opted_out=True)
    await silent.reacts(await silent.say(root, "Hello"), REFUSED)
    await silent.text("yes")
    await silent.see(lambda: "yes" in silent.thread(root), "the text")

    ts = await silent.say(root, "So?")

    await silent.reacts(ts, REFUSED)
    assert silent.phone() == []


async def test_provider_that_reports_an_opt_out_marks_and_lifts_it(team: Office) -> None:
    root = await team.open()
    team.textrequest.set_opt_out(MARIA, opted_out=True)
    await team.see(lambda: MARK in team.card(root), "the mark")
    await team.reacts(await team.say(root, "Hello"), REFUSED)

    team.textrequest.set_opt_out(MARIA, opted_out=False)
    await team.settled()
    await team.let_pass(FIVE_SECONDS)
    await team.see(lambda: MARK not in team.card(root), "no mark")

    await team.say(root, "Welcome back")
    await team.gets("Welcome back")


async def test_opt_out_of_a_contact_who_never_wrote_is_remembered(team: Office) -> None:
    team.textrequest.set_opt_out(MARIA, opted_out=True)
    await team.settled()
    root = await team.open("Why do you text me?")

    ts = await team.say(root, "Hello")

    await team.reacts(ts, REFUSED)
    assert team.textrequest.accepted() == []
