"""Charts of each kind."""

from __future__ import annotations

from bot.model import Chart, ChartKind, Series

DAYS = ("24 Nov", "25 Nov", "26 Nov")
HOSTILE = r"$\frac{1}{0}$ <!channel> \u202e &"

COUNTS = Chart(
    "texts", ChartKind.COUNTS, "Texts a day", DAYS, (Series("in", (4, 0, 9)), Series("out", (3, None, 8))), "4/3"
)
TIMES = Chart(
    "first-response",
    ChartKind.TIMES,
    "First response",
    DAYS,
    (Series("half within", (30, None, 240)), Series("nine of ten within", (0.2, None, 9_000_000))),
    "30 s",
)
PEOPLE = Chart(
    "members",
    ChartKind.PEOPLE,
    "Texts sent, by member",
    ("Dana", HOSTILE),
    (Series("sent", (12, 1)),),
    "Dana: 12 texts",
    ("12 · half within 4 min", HOSTILE),
)
ALL = (COUNTS, TIMES, PEOPLE)
