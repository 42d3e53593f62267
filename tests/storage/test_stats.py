"""Figures: counted in the reader's days, from the first text without an answer to the first answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.flows.periods import last_days
from bot.model import Delivery, Failure, Figures, LineId, MemberId, Number, Traffic, Verdict, Wait
from storage.database import instant
from tests.databases import START_US
from tests.storage.scene import CONTACT, DANA, LINE, Scene

ELI = MemberId("U2")
OMAR = Number("+14155550177")
UTC_ZONE = ZoneInfo("UTC")  # the tests' first instant is 14:13:20 of 21 September 2026 there
HOUR_S = 3600
DAY_S = 24 * HOUR_S


async def _figures(
    scene: Scene, days: int = 2, zone: ZoneInfo = UTC_ZONE, lines: list[LineId] | None = None
) -> Figures:
    """What is counted a minute later."""
    period = last_days(days, zone, instant(scene.clock()) + timedelta(minutes=1))
    return await scene.store.stats.figures(lines or [scene.line.id], period)


async def _say(scene: Scene, words: str, after_s: float, author: MemberId = DANA) -> None:
    """So much later a member writes, and the provider takes it."""
    scene.clock.advance(after_s)
    await scene.reply(words, at=(scene.clock() - START_US) / 1_000_000, author=author)
    await scene.send(await scene.claim_one())


async def _hears(scene: Scene, words: str, after_s: float = 0, contact: Number = CONTACT) -> None:
    """So much later the contact writes, and it is in the thread."""
    scene.clock.advance(after_s)
    await scene.text(words, contact=contact)
    await scene.mirror_all()


async def test_nothing_is_counted_where_nothing_was_said(scene: Scene) -> None:
    figures = await _figures(scene)

    assert (figures.traffic, figures.failures, figures.sent) == ({}, (), {})
    assert (figures.waits.whole, figures.waits.by_step, figures.waits.by_member) == (None, {}, {})
    assert figures.waits.unanswered == 0


async def test_texts_are_counted_by_the_day(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await _hears(scene, "Anybody there?", 60)
    await _say(scene, "Yes", 60)
    await _hears(scene, "Good", DAY_S)

    figures = await _figures(scene)

    assert figures.traffic == {0: Traffic(2, 1), 1: Traffic(1, 0)}


async def test_day_is_one_of_the_readers_zone_also_where_clocks_are_changed(scene: Scene) -> None:
    berlin = ZoneInfo("Europe/Berlin")  # clocks are changed on 25 October 2026, at 01:00 UTC
    until_midnight = 33 * DAY_S + 9 * HOUR_S + 46 * 60 + 40 - 2 * HOUR_S  # the 25th begins there
    await _hears(scene, "the 24th", until_midnight - 1)
    await _hears(scene, "the 25th", 1)
    await _hears(scene, "still the 25th", 25 * HOUR_S - 1)
    await _hears(scene, "the 26th", 1)

    figures = await _figures(scene, 3, berlin)

    assert figures.traffic == {0: Traffic(1, 0), 1: Traffic(2, 0), 2: Traffic(1, 0)}


async def test_days_before_the_period_are_not_counted(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await _say(scene, "Yes", 60)
    await _hears(scene, "Thanks", 5 * DAY_S)

    figures = await _figures(scene)

    assert figures.traffic == {1: Traffic(1, 0)}
    assert figures.sent == {}


async def test_wait_lasts_from_the_first_text_without_an_answer_to_the_first_answer(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await _hears(scene, "Anybody there?", 60)
    await _say(scene, "Yes", 60)
    await _say(scene, "How can I help?", 300)
    await _hears(scene, "A boiler", 60)
    await _say(scene, "Sure", 10, ELI)

    waits = (await _figures(scene)).waits

    assert waits.whole == Wait(2, 10, 120)
    assert waits.by_member == {DANA: Wait(1, 120, 120), ELI: Wait(1, 10, 10)}
    assert waits.by_step == {1: Wait(2, 10, 120)}
    assert waits.unanswered == 0


async def test_wait_that_goes_on_is_counted_once(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await _hears(scene, "Anybody?", 60)
    await _hears(scene, "Hello", contact=OMAR)

    waits = (await _figures(scene)).waits

    assert (waits.whole, waits.unanswered) == (None, 2)


async def test_wait_that_began_before_the_period_is_none_of_it(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await _hears(scene, "Anybody there?", 5 * DAY_S)
    await _say(scene, "Yes", 60)
    await _hears(scene, "At last", 60)
    await _say(scene, "Sorry", 30)

    waits = (await _figures(scene)).waits

    assert waits.whole == Wait(1, 30, 30)


async def test_answer_before_the_period_begins_a_new_wait(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await _say(scene, "Yes", 60)
    await _hears(scene, "One more thing", 5 * DAY_S)
    await _say(scene, "Which?", 45)

    waits = (await _figures(scene)).waits

    assert waits.whole == Wait(1, 45, 45)


async def test_note_and_refused_reply_are_no_answer(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await scene.reply("// who knows them?", at=10, verdict=Verdict.NOTE)
    await scene.refused_reply("Yes", at=20)

    waits = (await _figures(scene)).waits

    assert (waits.whole, waits.unanswered) == (None, 1)


async def test_text_from_elsewhere_ends_a_wait_and_is_not_measured(scene: Scene) -> None:
    await _hears(scene, "Hello")
    await scene.echo("We are closed", "machine-1")
    await scene.settle_echoes()
    await scene.mirror_all()
    await _say(scene, "Open again", HOUR_S)

    figures = await _figures(scene)

    assert (figures.waits.whole, figures.waits.unanswered) == (None, 0)
    assert figures.sent == {"": 1, DANA: 1}
    assert sum(each.went for each in figures.traffic.values()) == 2


async def test_half_and_nine_of_ten_waited_no_longer(scene: Scene) -> None:
    for seconds in (90, 10, 50, 20, 100, 30, 70, 40, 60, 80):
        await _hears(scene, "Hello", 1)
        await _say(scene, "Yes", seconds)

    waits = (await _figures(scene)).waits

    assert waits.whole == Wait(10, 50, 90)


async def test_failures_are_counted_by_reason(scene: Scene) -> None:
    await scene.open_thread()
    for at in (1, 2):
        await scene.send_reply("Hello", at=at)
        await scene.report(Delivery.FAILED, f"out-{at}", code="30003")
        await scene.mirror_all()
    await scene.refused_reply("Hello", at=3)
    await scene.uncertain_reply("Hello", at=4)
    await scene.reply("", at=5, verdict=Verdict.REFUSE, reason="files")

    failures = (await _figures(scene)).failures

    assert {(each.reason, each.code, each.texts) for each in failures} == {
        ("failed", "30003", 3),
        ("uncertain", "", 1),
        ("files", "", 1),
    }


async def test_reason_is_told_in_the_words_of_the_notice(scene: Scene) -> None:
    await scene.open_thread()
    await scene.reply("Hello", at=1)
    await scene.store.outcomes.refused(await scene.claim_one(), "failed", code="30005", words="No such number.")

    failures = (await _figures(scene)).failures

    assert failures == (Failure("failed", "30005", "No such number.", 1),)


async def test_other_lines_are_not_counted(scene: Scene) -> None:
    await _hears(scene, "Hello")
    other = await scene.store.lines.add(replace(LINE, account="8", number=Number("+14235550199")))

    assert (await _figures(scene, lines=[other.id])).traffic == {}
    assert (await _figures(scene, lines=[other.id, scene.line.id])).traffic == {1: Traffic(1, 0)}
