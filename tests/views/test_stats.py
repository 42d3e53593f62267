"""The figures of some days, as people read them and as charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.flows.periods import last_days
from bot.model import ChartKind, Failure, Figures, MemberId, Traffic, Wait, Waits
from bot.views.answers import answer
from bot.views.phrases import how_long
from bot.views.stats import LONGEST_ALT, NOTHING, Shown, charts_heading, stats_answer, stats_charts
from tests.views.check_blocks import check_post
from tests.views.test_thread import HOSTILE

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DANA, ELI = MemberId("U1"), MemberId("U2")
NO_WAITS = Waits(None, {}, {}, 0)


def _figures(**fields: Any) -> Figures:
    return Figures(
        **{
            "traffic": {0: Traffic(10, 8), 2: Traffic(4, 4)},
            "waits": Waits(Wait(9, 240, 7200), {0: Wait(6, 120, 600)}, {DANA: Wait(5, 45, 600)}, 2),
            "failures": (),
            "sent": {DANA: 9, MemberId(""): 2, ELI: 1},
            **fields,
        }
    )


def _shown(days: int = 3, names: dict[MemberId, str] | None = None, **fields: Any) -> Shown:
    called = {DANA: "Dana", ELI: "Eli", MemberId(""): "Sent from elsewhere"} | (names or {})
    return Shown(_figures(**fields), last_days(days, ZoneInfo("UTC"), NOW), "Sales", called)


def _words(shown: Shown) -> str:
    made = stats_answer(shown, "The charts are there.")
    check_post(answer(made, ""))
    return "\n".join([made.heading, *(item.words for item in made.items), made.below])


def test_figures_are_told_in_words() -> None:
    assert _words(_shown()).splitlines() == [
        "Sales, 3 days to 26 Nov 2026",
        "Texts: 14 in, 12 out, 4.7 and 4.0 a day",
        "First response: half within 4 min, nine of ten within 2 h",
        "9 answered · 2 without an answer",
        "By member",
        "Dana: 9 texts · half answered within 45 s",
        "Sent from elsewhere: 2 texts",
        "Eli: 1 text",
        "24 Nov: 10 in, 8 out · half within 2 min",
        "26 Nov: 4 in, 4 out",
        "The charts are there.",
    ]


def test_one_day_is_told_once() -> None:
    words = _words(_shown(1, traffic={0: Traffic(3, 2)}, waits=NO_WAITS, sent={}))

    assert words.splitlines() == ["Sales, today, 26 Nov 2026", "Texts: 3 in, 2 out", "The charts are there."]


def test_nothing_is_told_as_nothing_and_not_drawn() -> None:
    shown = _shown(traffic={}, waits=NO_WAITS, sent={})

    made = stats_answer(shown, "")

    assert [item.words for item in made.items] == [NOTHING]
    assert stats_charts(shown) == ()


def test_weeks_are_told_by_their_days() -> None:
    shown = _shown(60, traffic={0: Traffic(1, 0), 5: Traffic(1, 0), 8: Traffic(2, 1)}, waits=NO_WAITS)

    told = _words(shown)

    assert "28 Sep–4 Oct: 1 in, 0 out" in told
    assert "2–8 Nov: 1 in, 0 out" in told
    assert "23–26 Nov: 2 in, 1 out" in told


def test_failures_are_told_by_reason_the_most_frequent_first() -> None:
    failures = (
        Failure("failed", "30005", "No such number.", 7),
        Failure("uncertain", "", "", 2),
        Failure("failed", "", "", 1),
        Failure("opted_out", "", "", 1),
    )

    told = _words(_shown(failures=failures))

    assert "Did not go, or nobody knows: 11\n7 × No such number (error 30005)\n" in told
    assert "2 × nobody knows whether it arrived\n1 × the provider gave no reason\n1 × they opted out" in told


def test_many_reasons_and_people_are_summed_up() -> None:
    failures = tuple(Failure("failed", str(code), "Why", 20 - code) for code in range(12))
    people = {MemberId(f"U{number}"): 50 - number for number in range(15)}

    told = _words(_shown(failures=failures, sent=people, names={who: who.lower() for who in people}))

    assert "42 × other reasons" in told
    assert "and 5 more" in told
    assert "u9: 41 texts" in told
    assert "u10:" not in told


def test_only_who_waits_is_told_when_nobody_was_answered() -> None:
    told = _words(_shown(waits=Waits(None, {}, {}, 3)))

    assert "First response: 3 without an answer" in told


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_others_are_literal(words: str) -> None:
    shown = _shown(names={DANA: words}, failures=(Failure("failed", "1", words, 1),))

    post = answer(stats_answer(shown, ""), "")

    check_post(post)
    assert "mrkdwn" not in str(post.blocks)


def test_heading_of_the_charts_is_escaped() -> None:
    shown = replace(_shown(), lines="<!channel> & <@U1>")

    assert charts_heading(shown) == "&lt;!channel&gt; &amp; &lt;@U1&gt;, 3 days to 26 Nov 2026"


def test_charts_have_a_value_for_each_day() -> None:
    texts, waits, people = stats_charts(_shown())

    assert [chart.kind for chart in (texts, waits, people)] == list(ChartKind)
    assert texts.labels == ("24 Nov", "25 Nov", "26 Nov")
    assert [series.values for series in texts.series] == [(10, 0, 4), (8, 0, 4)]
    assert [series.values for series in waits.series] == [(120, None, None), (600, None, None)]
    assert (people.labels, people.remarks) == (
        ("Dana", "Sent from elsewhere", "Eli"),
        ("9 · half within 45 s", "2", "1"),
    )


def test_charts_tell_their_figures_to_who_does_not_see_them() -> None:
    texts, waits, people = stats_charts(_shown())

    assert texts.alt == (
        "Texts in/out a day, 3 days to 26 Nov 2026. Texts: 14 in, 12 out, 4.7 and 4.0 a day. "
        "24 Nov 10/8; 25 Nov 0/0; 26 Nov 4/4"
    )
    assert "half within 4 min, nine of ten within 2 h. 24 Nov 2 min/10 min" in waits.alt
    assert "Dana: 9 texts · half answered within 45 s; Sent from elsewhere: 2 texts; Eli: 1 text" in people.alt


def test_words_of_a_chart_end_where_slack_ends_them() -> None:
    many = {step: Traffic(123_456, 123_456) for step in range(53)}

    texts, *_ = stats_charts(_shown(365, traffic=many))

    assert LONGEST_ALT - 40 < len(texts.alt) <= LONGEST_ALT
    assert texts.alt.endswith("; …")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "1 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (3_599, "60 min"),
        (3_600, "1 h"),
        (5_400, "1.5 h"),
        (172_800, "2 d"),
    ],
)
def test_times_are_told_in_their_largest_unit(seconds: float, said: str) -> None:
    assert how_long(seconds) == said
