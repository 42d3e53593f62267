"""What a benchmark came to, and the table of all of them. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`ours` and `bare` are in `unit`; `goal` bounds the value that `goal_of` names."""

    name: str
    ours: float
    bare: float
    unit: str
    goal: float
    goal_of: str  # "ratio"; "ours", or "added" (ours less bare), for a goal that is no ratio
    at_least: bool  # or at most
    remark: str = ""

    @property
    def ratio(self) -> float:
        """Ours to bare."""
        return self.ours / self.bare if self.bare else float("nan")

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        value = {"ratio": self.ratio, "ours": self.ours, "added": self.ours - self.bare}[self.goal_of]
        return value >= self.goal if self.at_least else value <= self.goal


def table(results: Sequence[Result]) -> str:
    """One line a result."""
    heads = ("benchmark", "ours", "bare", "", "ratio", "goal", "", "remark")
    rows = [heads, *(_row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, numbers to the right."""
    cells = zip(row, widths, strict=True)
    words = (0, 3, 6, 7)
    shown = [cell.ljust(width) if at in words else cell.rjust(width) for at, (cell, width) in enumerate(cells)]
    return "  ".join(shown).rstrip()


def _row(result: Result) -> Sequence[str]:
    sign = "≥" if result.at_least else "≤"
    unit = "" if result.goal_of == "ratio" else f" {result.unit}"
    more = " more" if result.goal_of == "added" else ""
    return (
        result.name,
        _number(result.ours),
        _number(result.bare),
        result.unit,
        f"{result.ratio:.2f}",
        f"{sign} {result.goal:g}{unit}{more}",
        "met" if result.met else "MISSED",
        result.remark,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` per cent do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
