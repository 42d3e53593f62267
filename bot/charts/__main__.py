"""The process that draws: charts come in on its standard input, pictures go out."""

from __future__ import annotations

import os
import sys

from bot.charts.drawing import png
from bot.charts.wire import charts_of, pictures_text

NICENESS = 10  # whoever texts comes first


def main() -> None:
    """Draw everything that was asked for, then end."""
    os.nice(NICENESS)
    charts = charts_of(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pictures_text([png(chart) for chart in charts]))


if __name__ == "__main__":
    main()
