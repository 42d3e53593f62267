"""Pictures of figures, as what draws them wants them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    """How values are shown."""

    COUNTS = "counts"  # bars beside each other, one group for each label
    TIMES = "times"  # lines of seconds, on a scale from seconds to days
    PEOPLE = "people"  # a bar across for each label, with a remark at its end


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each label; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture. `alt` tells its figures to who does not see it; `remarks` are one for each label, or none."""

    name: str  # of the file, without an ending
    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    remarks: tuple[str, ...] = ()
