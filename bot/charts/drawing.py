"""Draws a chart with matplotlib (extra `charts`). It never asks for a screen: `Figure` objects, no pyplot.

Slack shows a picture some 400 pixels wide before it is opened, so words are large and lines thick. Words are shown
as they are: nothing in them is read as mathematics.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from bot.model import Chart, ChartKind

WIDTH_IN, HEIGHT_IN, DPI = 8.0, 4.5, 150  # 1,200 by 675 pixels
MARGIN_IN = 0.2
ROW_IN = 0.55  # a person's bar
ROOM = 2.0  # as many times the longest bar is there room for, its remark being beside it
MOST_LABELS = 8  # of days below an axis
INK, FAINT, GRID = "#1d1c1d", "#616061", "#e8e8e8"
# Two that differ for colour-blind people, too, and in grey.
# Source: https://jfly.uni-koeln.de/color/
COLOURS = ("#0072b2", "#e69f00")

# Where a scale of seconds has its marks.
TIMES: Mapping[int, str] = {
    1: "1 s",
    10: "10 s",
    60: "1 min",
    300: "5 min",
    1_800: "30 min",
    7_200: "2 h",
    28_800: "8 h",
    86_400: "1 day",
    604_800: "1 week",
}
# For names that the font that comes along cannot write; those of them that are installed.
OTHER_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Arial Unicode MS",
)


def png(chart: Chart) -> bytes:
    """The picture of a chart."""
    with _styled():
        around = ConstrainedLayoutEngine(w_pad=MARGIN_IN, h_pad=MARGIN_IN)
        figure = Figure(figsize=(WIDTH_IN, _height(chart)), dpi=DPI, layout=around)
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        axes.set_title(chart.title, loc="left", pad=16, fontweight="bold")
        _DRAWN[chart.kind](axes, chart)
        written = io.BytesIO()
        figure.savefig(written, format="png", metadata={"Description": chart.alt})
    return written.getvalue()


def _styled() -> AbstractContextManager[None]:
    """Fonts and colours, for the time of a picture."""
    installed = {font.name for font in fontManager.ttflist}
    return matplotlib.rc_context(
        {
            "font.family": ["DejaVu Sans", *(name for name in OTHER_FONTS if name in installed)],
            "font.size": 15,
            "axes.titlesize": 18,
            "text.parse_math": False,
            "text.color": INK,
            "axes.edgecolor": GRID,
            "axes.labelcolor": FAINT,
            "axes.titlecolor": INK,
            "xtick.color": FAINT,
            "ytick.color": FAINT,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.spines.left": False,
            "grid.color": GRID,
        }
    )


def _height(chart: Chart) -> float:
    if chart.kind != ChartKind.PEOPLE:
        return HEIGHT_IN
    return 1.4 + ROW_IN * max(len(chart.labels), 2)


def _counts(axes: Axes, chart: Chart) -> None:
    """Bars beside each other."""
    width = 0.8 / len(chart.series)
    for number, series in enumerate(chart.series):
        places = [at - 0.4 + width * (number + 0.5) for at in range(len(chart.labels))]
        heights = [value or 0 for value in series.values]
        axes.bar(places, heights, width, label=series.name, color=COLOURS[number % len(COLOURS)])
    axes.set_xlim(-0.6, len(chart.labels) - 0.4)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _finish(axes, chart)


def _times(axes: Axes, chart: Chart) -> None:
    """Lines from point to point; where there is no value, a line stops."""
    for number, series in enumerate(chart.series):
        heights = [float("nan") if value is None else max(value, 1.0) for value in series.values]
        colour = COLOURS[number % len(COLOURS)]
        axes.plot(range(len(heights)), heights, "o-", label=series.name, color=colour, linewidth=3, markersize=7)
    axes.set_xlim(-0.6, len(chart.labels) - 0.4)
    axes.set_yscale("log")
    low, high = _bounds(value for series in chart.series for value in series.values if value is not None)
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(FixedLocator([at for at in TIMES if low <= at <= high]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: TIMES.get(round(at), "")))
    _finish(axes, chart)


def _bounds(values: Iterable[float]) -> tuple[float, float]:
    """A scale that ends with a mark on either side of all values."""
    present = [max(value, 1.0) for value in values] or [1.0]
    marks = list(TIMES)
    low = max((at for at in marks if at <= min(present)), default=marks[0])
    high = min((at for at in marks if at >= max(present) and at > low), default=max(*present, marks[-1]))
    return low * 0.8, high * 1.25


def _people(axes: Axes, chart: Chart) -> None:
    """The first label on top."""
    (series,) = chart.series
    lengths = [value or 0 for value in series.values]
    axes.barh(range(len(lengths)), lengths, height=0.65, color=COLOURS[0])
    longest = max([*lengths, 1])
    for row, (length, remark) in enumerate(zip(lengths, chart.remarks, strict=True)):
        axes.text(length + longest * 0.015, row, remark, va="center", fontsize=13, color=FAINT)
    axes.set_yticks(range(len(chart.labels)), chart.labels, color=INK)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(0, longest * ROOM)
    axes.set_ylim(len(lengths) - 0.4, -0.6)


def _finish(axes: Axes, chart: Chart) -> None:
    every = -(-len(chart.labels) // MOST_LABELS)
    shown: Sequence[int] = range(0, len(chart.labels), every)
    axes.set_xticks(shown, [chart.labels[at] for at in shown])
    axes.tick_params(length=0, pad=10)
    axes.grid(axis="y", linewidth=1)
    axes.set_axisbelow(True)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=13, borderaxespad=0)


_DRAWN = {ChartKind.COUNTS: _counts, ChartKind.TIMES: _times, ChartKind.PEOPLE: _people}
