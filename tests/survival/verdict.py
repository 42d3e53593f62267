"""Counts what was lost, doubled or out of order, from what people wrote and what the far ends hold. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One conversation at the end. Every text and reply has words of its own, so words say which is which."""

    texts: Sequence[str]  # as the contact sent them
    taken: Collection[str]  # those whose webhook was answered 200
    posted: Sequence[str]  # as they stand in the thread, repeats included
    replies: Sequence[str]  # as members wrote them
    phone: Sequence[str]  # as the contact's phone got them, repeats included
    decided: Collection[str] = ()  # replies that a person had sent, or sent again
    cards: Sequence[str] = ()  # what else the bot posted: whatever makes two posts the same one


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many texts and replies did not come to what they should."""

    lost: int = 0
    texts_twice: int = 0
    posts_twice: int = 0
    out_of_order: int = 0
    late: int = 0  # no fault: shown after a later text, because its webhook never got in

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            lost=self.lost + other.lost,
            texts_twice=self.texts_twice + other.texts_twice,
            posts_twice=self.posts_twice + other.posts_twice,
            out_of_order=self.out_of_order + other.out_of_order,
            late=self.late + other.late,
        )

    @property
    def perfect(self) -> bool:
        """Every promise was kept."""
        return not (self.lost or self.texts_twice or self.posts_twice or self.out_of_order)


def judge(conversations: Iterable[Told]) -> Verdict:
    """All conversations together."""
    return sum((_judge_one(told) for told in conversations), start=Verdict())


def _judge_one(told: Told) -> Verdict:
    shown, phone = first_times(told.posted), first_times(told.phone)
    in_order = [words for words in shown if words in set(told.taken)]
    first_tries = [words for words in phone if words not in set(told.decided)]
    misplaced = overtaken(in_order, told.texts)
    return Verdict(
        lost=len(set(told.texts) - set(shown)) + len(set(told.replies) - set(phone)),
        texts_twice=repeats(told.phone),
        posts_twice=repeats(told.posted) + repeats(told.cards),
        out_of_order=misplaced + overtaken(first_tries, told.replies),
        late=overtaken(shown, told.texts) - misplaced,
    )


def first_times(words: Sequence[str]) -> list[str]:
    """Each once, in the order of its first time."""
    return list(dict.fromkeys(words))


def repeats(words: Sequence[str]) -> int:
    """How many are there once too often."""
    return sum(count - 1 for count in Counter(words).values())


def overtaken(shown: Sequence[str], written: Sequence[str]) -> int:
    """How many of `shown` come after one that was written later."""
    places: Mapping[str, int] = {words: place for place, words in enumerate(written)}
    count, furthest = 0, -1
    for place in (places[words] for words in shown if words in places):
        count += place < furthest
        furthest = max(furthest, place)
    return count


def too_fast(times_s: Sequence[float], interval_s: float, burst: int, slack_s: float) -> bool:
    """Whether some stretch of events holds more than its pace allows: `burst` at once, then one in
    `interval_s`. `slack_s` forgives how long a call may be on its way."""
    ordered = sorted(times_s)
    for first in range(len(ordered)):
        for last in range(first + burst, len(ordered)):
            allowed_from = ordered[first] + (last - first - burst + 1) * interval_s
            if ordered[last] < allowed_from - slack_s:
                return True
    return False
