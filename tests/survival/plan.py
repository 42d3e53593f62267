"""What one survival run is like, and what it found."""

from __future__ import annotations

from dataclasses import dataclass

from tests.survival.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run. The same seed makes the same choices; what the machine does in between is never the same."""

    title: str
    messages: int
    conversations: int
    kills: int
    seed: int
    per_s: float = 50.0  # messages a second, both directions together
    trouble_every_s: float = 0.05  # on average; 0: Slack and the provider are well
    bots: int = 1  # two: replicas, and a kill is for good
    blind: bool = False  # the control: an unknown outcome is repeated, not looked up
    slack_pace_s: float = 0.0
    texts_per_minute: int = 0
    patience_s: float = 90.0  # for the next thing to arrive, once nobody writes any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a run came to."""

    plan: Plan
    database: str
    verdict: Verdict
    kills: int
    faults: int
    decided: int  # notices that a person had to decide
    open_rows: int  # rows that nobody finished
    too_fast: tuple[str, ...]  # paces that were not kept
    seconds: float

    @property
    def perfect(self) -> bool:
        """Nothing lost, nothing twice, everything in order, nothing left over, every pace kept."""
        return self.verdict.perfect and not self.open_rows and not self.too_fast
