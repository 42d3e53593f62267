"""How much was texted, how soon it was answered, and what did not go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.model.words import MemberId


@dataclass(frozen=True, slots=True)
class Period:
    """Days of somebody's zone, up to now, in steps of one or several days; step 0 begins with `first_day`.

    `offsets` tells from which instant on the zone was how far ahead of UTC; the first of them is `since`.
    """

    since: datetime  # the midnight with which `first_day` begins
    until: datetime
    first_day: date
    days: int
    step_days: int
    offsets: tuple[tuple[datetime, timedelta], ...]

    @property
    def steps(self) -> int:
        """How many there are; the last may have begun only just now."""
        return -(-self.days // self.step_days)

    def day_of(self, step: int) -> date:
        """The day with which a step begins."""
        return self.first_day + timedelta(days=step * self.step_days)

    @property
    def last_day(self) -> date:
        """Today, where the member is."""
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Texts of contacts, and texts to them that a provider took."""

    came: int = 0
    went: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """How long contacts waited: half of those who were answered no longer than `middle_s`, nine of ten no longer
    than `slow_s`."""

    answered: int
    middle_s: float
    slow_s: float


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits that began in a period. `whole` is None when nobody was answered by a member.

    A wait begins with a contact's text after which nobody had written to them, and ends with the next text to
    them. Only what a member wrote in Slack is measured: a text from elsewhere ends a wait, too, but may be a
    machine's. `unanswered` still go on.
    """

    whole: Wait | None
    by_step: Mapping[int, Wait]
    by_member: Mapping[MemberId, Wait]
    unanswered: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Texts that did not go, or may not have, and why: our word for it, the provider's code and its words."""

    reason: str
    code: str
    words: str
    texts: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted of a period. `sent` is by member, '' for texts that were sent from elsewhere."""

    traffic: Mapping[int, Traffic]  # by step
    waits: Waits
    failures: tuple[Failure, ...]
    sent: Mapping[MemberId, int]
