"""The figures of some days: in words, and as charts whose words tell the same to who does not see them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.markup import escape, literal, one_line
from bot.model import Chart, ChartKind, Failure, Figures, MemberId, Period, Series, Traffic, Wait
from bot.views.answers import Answer, Item
from bot.views.phrases import below_each_other, day, day_and_year, dotted, how_long

MOST_PEOPLE = 10
MOST_REASONS = 8
LONGEST_REASON = 120
LONGEST_NAME = 20
LONGEST_ALT = 1_000  # Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal

NOTHING = "Nothing was texted in these days."
IN_MESSAGES = "The charts are in your direct messages with Threadline."

_WHY: Mapping[str, str] = {
    "gave_up": "it could not be sent for ten minutes",
    "uncertain": "nobody knows whether it arrived",
    "opted_out": "they opted out",
    "too_long": "too long",
    "files": "files cannot be texted",
    "empty": "no words in it",
    "guest": "written by a guest",
    "foreign": "written by somebody of another workspace",
    "gone": "written from a deactivated account",
    "line_removed": "the line was not connected",
    "no_provider": "the line's provider was not set up",
    "unreadable": "a kind of message that cannot be texted",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures, what they are of, and what people are called; the members who sent most come first."""

    figures: Figures
    period: Period
    lines: str
    names: Mapping[MemberId, str]

    @property
    def total(self) -> Traffic:
        """Of all days."""
        traffic = self.figures.traffic.values()
        return Traffic(sum(each.came for each in traffic), sum(each.went for each in traffic))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said, and nothing was tried."""
        return not self.figures.traffic and not self.figures.failures

    def step(self, number: int) -> str:
        """The days of a step: `4 Mar`, `4–10 Mar`, `29 Mar–4 Apr`."""
        first = self.period.day_of(number)
        last = min(first + timedelta(days=self.period.step_days - 1), self.period.last_day)
        if first == last:
            return day(first)
        return f"{first.day}–{day(last)}" if first.month == last.month else f"{day(first)}–{day(last)}"


def stats_answer(shown: Shown, charts: str) -> Answer:
    """The figures in words; `charts` says where the charts are, or why there are none."""
    heading = f"{shown.lines}, {_days(shown)}"
    if shown.is_empty:
        return Answer(heading, (Item(NOTHING),))
    parts = (_texts(shown), _answered(shown), _failures(shown), _people(shown), _steps(shown))
    return Answer(heading, tuple(Item(part) for part in parts if part), below=charts)


def charts_heading(shown: Shown) -> str:
    """What stands above the charts, as mark-up."""
    return escape(literal(f"{shown.lines}, {_days(shown)}"))


def stats_charts(shown: Shown) -> tuple[Chart, ...]:
    """What there is to draw."""
    charts = (_traffic_chart(shown), _waits_chart(shown), _people_chart(shown))
    return tuple(chart for chart in charts if chart is not None)


# --- In words -----------------------------------------------------------------------------------------------


def _days(shown: Shown) -> str:
    period = shown.period
    if period.days == 1:
        return f"today, {day_and_year(period.last_day)}"
    return f"{period.days} days to {day_and_year(period.last_day)}"


def _texts(shown: Shown) -> str:
    total, days = shown.total, shown.period.days
    a_day = f", {_rate(total.came / days)} and {_rate(total.went / days)} a day" if days > 1 else ""
    return f"Texts: {total.came:,} in, {total.went:,} out{a_day}"


def _rate(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"


def _answered(shown: Shown) -> str:
    waits = shown.figures.waits
    waiting = f"{waits.unanswered:,} without an answer" if waits.unanswered else ""
    if waits.whole is None:
        return f"First response: {waiting}" if waiting else ""
    return f"First response: {_wait(waits.whole)}\n{dotted(f'{waits.whole.answered:,} answered', waiting)}"


def _wait(wait: Wait) -> str:
    return f"half within {how_long(wait.middle_s)}, nine of ten within {how_long(wait.slow_s)}"


def _failures(shown: Shown) -> str:
    failures = shown.figures.failures
    if not failures:
        return ""
    more = sum(each.texts for each in failures[MOST_REASONS:])
    reasons = [f"{each.texts:,} × {_reason(each)}" for each in failures[:MOST_REASONS]]
    head = f"Did not go, or nobody knows: {sum(each.texts for each in failures):,}"
    return below_each_other(head, *reasons, f"{more:,} × other reasons" if more else "")


def _reason(failure: Failure) -> str:
    code = f" (error {failure.code})" if failure.code else ""
    known = _WHY.get(failure.reason)
    if known is not None:
        return f"{known}{code}"
    words = literal(failure.words) if failure.words else "the provider gave no reason"
    return f"{one_line(words.rstrip('.'), LONGEST_REASON)}{code}"


def _people(shown: Shown) -> str:
    rows = [f"{one_line(shown.names[who], LONGEST_NAME)}: {remark}" for who, _, remark in _senders(shown)]
    more = len(shown.figures.sent) - len(rows)
    return below_each_other("By member", *rows, f"and {more} more" if more else "") if rows else ""


def _senders(shown: Shown) -> list[tuple[MemberId, int, str]]:
    """Who sent most, how many texts, and what is to be said of them."""
    waits = shown.figures.waits.by_member
    most = list(shown.figures.sent.items())[:MOST_PEOPLE]
    return [(who, texts, _remark(texts, waits.get(who))) for who, texts in most]


def _remark(texts: int, wait: Wait | None) -> str:
    sent = f"{texts:,} {'text' if texts == 1 else 'texts'}"
    return dotted(sent, f"half answered within {how_long(wait.middle_s)}" if wait else "")


def _short(texts: int, wait: Wait | None) -> str:
    return dotted(f"{texts:,}", f"half within {how_long(wait.middle_s)}" if wait else "")


def _steps(shown: Shown) -> str:
    """One line for each step in which something was said; a single step is the whole."""
    if shown.period.steps == 1:
        return ""
    return below_each_other(*(_step_line(shown, step) for step in sorted(shown.figures.traffic)))


def _step_line(shown: Shown, step: int) -> str:
    traffic, wait = shown.figures.traffic[step], shown.figures.waits.by_step.get(step)
    texts = f"{traffic.came:,} in, {traffic.went:,} out"
    return f"{shown.step(step)}: {dotted(texts, f'half within {how_long(wait.middle_s)}' if wait else '')}"


# --- As charts ----------------------------------------------------------------------------------------------


def _traffic_chart(shown: Shown) -> Chart | None:
    traffic = [shown.figures.traffic.get(step, Traffic()) for step in range(shown.period.steps)]
    if not any(each.came or each.went for each in traffic):
        return None
    told = [f"{_label(shown, step)} {each.came}/{each.went}" for step, each in enumerate(traffic)]
    return Chart(
        name="texts",
        kind=ChartKind.COUNTS,
        title=f"Texts a {_unit(shown)}",
        labels=_labels(shown),
        series=(
            Series("in", tuple(each.came for each in traffic)),
            Series("out", tuple(each.went for each in traffic)),
        ),
        alt=_alt(f"Texts in/out a {_unit(shown)}, {_days(shown)}. {_texts(shown)}.", told),
    )


def _waits_chart(shown: Shown) -> Chart | None:
    waits = [shown.figures.waits.by_step.get(step) for step in range(shown.period.steps)]
    if shown.figures.waits.whole is None:
        return None
    told = [
        f"{_label(shown, step)} {how_long(wait.middle_s)}/{how_long(wait.slow_s)}"
        for step, wait in enumerate(waits)
        if wait is not None
    ]
    return Chart(
        name="first-response",
        kind=ChartKind.TIMES,
        title="First response",
        labels=_labels(shown),
        series=(
            Series("half within", _seconds(waits, lambda wait: wait.middle_s)),
            Series("nine of ten within", _seconds(waits, lambda wait: wait.slow_s)),
        ),
        alt=_alt(f"First response, half/nine of ten within, {_days(shown)}: {_wait_told(shown)}.", told),
    )


def _wait_told(shown: Shown) -> str:
    whole = shown.figures.waits.whole
    return _wait(whole) if whole else ""


def _seconds(waits: Sequence[Wait | None], which: Callable[[Wait], float]) -> tuple[float | None, ...]:
    return tuple(None if wait is None else which(wait) for wait in waits)


def _people_chart(shown: Shown) -> Chart | None:
    senders, waits = _senders(shown), shown.figures.waits.by_member
    if not senders:
        return None
    names = [one_line(shown.names[who], LONGEST_NAME) for who, _, _ in senders]
    told = [f"{name}: {remark}" for name, (_, _, remark) in zip(names, senders, strict=True)]
    return Chart(
        name="members",
        kind=ChartKind.PEOPLE,
        title="Texts sent, by member",
        labels=tuple(names),
        series=(Series("sent", tuple(texts for _, texts, _ in senders)),),
        alt=_alt(f"Texts sent by member, {_days(shown)}.", told),
        remarks=tuple(_short(texts, waits.get(who)) for who, texts, _ in senders),
    )


def _unit(shown: Shown) -> str:
    return "day" if shown.period.step_days == 1 else "week"


def _labels(shown: Shown) -> tuple[str, ...]:
    return tuple(_label(shown, step) for step in range(shown.period.steps))


def _label(shown: Shown, step: int) -> str:
    return day(shown.period.day_of(step))


def _alt(head: str, told: Sequence[str]) -> str:
    """As many of the figures as there is room for."""
    said = head
    for each in told:
        longer = f"{said} {each};"
        if len(longer) > LONGEST_ALT - 2:
            return f"{said} …"
        said = longer
    return said.removesuffix(";")
