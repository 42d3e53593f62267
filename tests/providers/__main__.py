"""Prints what covers each operation of the providers: `python -m tests.providers`.

It exits with 1 while one is missing. The operations are those of the table in `bot/capabilities`, the tests those
of the contract.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from bot import capabilities
from tests.providers.case import Case
from tests.providers.cases import CASES
from tests.providers.contract import OperationContract
from tests.readme import table

PROVIDERS: Mapping[str, str] = {"A": "textrequest", "C": "clicksend", "J": "jtel", "S": "asms"}


def homes() -> list[tuple[str, str, tuple[str, ...]]]:
    """Each row of the table: the operation, its provider, and the methods that ask for it."""
    rows = re.findall(r"^\| (([ACJS])\d.*?) \| (.*?) \|$", capabilities.__doc__ or "", re.MULTILINE)
    return [(operation, PROVIDERS[letter], tuple(methods.split(", "))) for operation, letter, methods in rows]


def covered_by(case: Case | None, method: str) -> str:
    """The ids of the contract's cases of a method; nothing when there is none."""
    found = [each for each in (case.operations if case else ()) if each.name == method]
    return ", ".join(" ".join(filter(None, (each.name, each.note))) for each in found)


def coverage(cases: Sequence[Case] = CASES) -> list[tuple[str, str, str]]:
    """Each operation, its provider, and what covers it; nothing where a method of it has no case."""
    by_name = {case.name: case for case in reversed(cases)}  # the first way to a provider is the one described
    rows = []
    for operation, provider, methods in homes():
        covers = [covered_by(by_name.get(provider), method) for method in methods]
        rows.append((operation, provider, "; ".join(covers) if all(covers) else ""))
    return rows


def main() -> int:
    """Print the table, then how many cases and tests each provider has."""
    rows = coverage()
    tests = sum(name.startswith("test_") for name in vars(OperationContract))
    missing = Counter(provider for _, provider, covers in rows if not covers)
    counts = [
        (case.id, str(len(case.operations)), str(tests * len(case.operations)), str(len(case.samples)))
        for case in CASES
    ]
    sys.stdout.write(f"{table(('operation', 'provider', 'covered by'), rows)}\n\n")
    sys.stdout.write(f"{table(('provider', 'cases', 'tests of the contract', 'webhooks'), counts)}\n\n")
    sys.stdout.write(f"missing: {dict(missing) or 'none'}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
