"""What the runs came to, as a table for people. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.survival.plan import Found


def table(found: Sequence[Found]) -> str:
    """One line a run."""
    rows = [_row(one) for one in found]
    heads = list(rows[0])
    widths = [max(len(head), *(len(row[head]) for row in rows)) for head in heads]
    lines = [heads, ["-" * width for width in widths], *([row[head] for head in heads] for row in rows)]
    return "\n".join("  ".join(_cells(line, widths)).rstrip() for line in lines)


def _cells(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    return [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]


def _row(found: Found) -> Mapping[str, str]:
    verdict = found.verdict
    return {
        "run": found.plan.title,
        "database": found.database,
        "messages": str(found.plan.messages),
        "kills": str(found.kills),
        "faults": str(found.faults),
        "lost": str(verdict.lost),
        "texts twice": str(verdict.texts_twice),
        "posts twice": str(verdict.posts_twice),
        "out of order": str(verdict.out_of_order),
        "left open": str(found.open_rows),
        "too fast": ", ".join(found.too_fast) or "-",
        "late": str(verdict.late),
        "decided": str(found.decided),
        "seconds": f"{found.seconds:.0f}",
        "verdict": _word(found),
    }


def _word(found: Found) -> str:
    if not found.plan.blind:
        return "good" if found.perfect else "BAD"
    return "fails, as it must" if not found.perfect else "BAD: this test cannot fail"


def legend() -> str:
    """What the columns mean."""
    return (
        "lost: texts that no thread shows, replies that no phone got. late: texts shown after a later one,\n"
        "because their webhook never got in and only catching up found them. decided: notices for the person who\n"
        "decides what no bot may. control: unknown outcomes are repeated instead of looked up, so it must fail."
    )
