"""Charts are drawn: large enough, with every bar and every word as it is."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from math import isnan

import pytest

from bot.model import Chart, ChartKind, Series
from tests.charts.cases import ALL, COUNTS, HOSTILE, PEOPLE, TIMES

pytest.importorskip("matplotlib", reason="the extra `charts` is not installed")

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from bot.charts.drawing import png


def _drawn(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> Figure:
    """The figure behind the picture."""
    figures: list[Figure] = []

    def canvas(figure: Figure) -> object:
        figures.append(figure)
        return FigureCanvasAgg(figure)

    monkeypatch.setattr("bot.charts.drawing.FigureCanvasAgg", canvas)
    png(chart)
    return figures[0]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.kind)
def test_picture_is_a_png_that_slack_shows_in_full_width(chart: Chart) -> None:
    picture = Image.open(io.BytesIO(png(chart)))

    assert (picture.format, picture.width) == ("PNG", 1200)
    assert 300 <= picture.height <= 1200
    assert picture.info["Description"] == chart.alt
    assert len(set(picture.convert("RGB").get_flattened_data())) > 10


def test_bars_are_as_high_as_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    (axes,) = _drawn(COUNTS, monkeypatch).axes

    heights = [[bar.get_height() for bar in bars] for bars in axes.containers]
    assert heights == [[4, 0, 9], [3, 0, 8]]
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["in", "out"]


def test_times_lie_between_marks_that_people_read(monkeypatch: pytest.MonkeyPatch) -> None:
    (axes,) = _drawn(TIMES, monkeypatch).axes

    low, high = axes.get_ylim()
    assert low < 1
    assert high > 9_000_000
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels == ["1 s", "10 s", "1 min", "5 min", "30 min", "2 h", "8 h", "1 day", "1 week"]


def test_line_stops_where_there_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    (axes,) = _drawn(TIMES, monkeypatch).axes

    first, middle, last = np.asarray(axes.get_lines()[0].get_ydata(), dtype=float)
    assert (first, last) == (30, 240)
    assert isnan(middle)


def test_words_of_people_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    (axes,) = _drawn(PEOPLE, monkeypatch).axes

    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Dana", HOSTILE]
    assert HOSTILE in [text.get_text() for text in axes.texts]
    assert not any(text.get_parse_math() for text in axes.texts)


def test_many_days_have_few_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    days = tuple(f"{number} Nov" for number in range(53))
    chart = replace(COUNTS, labels=days, series=(Series("in", tuple(range(53))),))

    (axes,) = _drawn(chart, monkeypatch).axes

    labels = [tick.get_text() for tick in axes.get_xticklabels()]
    assert len(labels) <= 8
    assert labels[:2] == ["0 Nov", "7 Nov"]


@pytest.mark.parametrize("kind", [ChartKind.COUNTS, ChartKind.TIMES])
def test_single_day_is_drawn(kind: ChartKind) -> None:
    chart = Chart("one", kind, "One", ("26 Nov",), (Series("in", (5,)),), "5")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert png(chart).startswith(b"\x89PNG")
