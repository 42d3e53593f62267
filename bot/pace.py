"""Pace: how often something may be asked of Slack or of a provider. Names and arithmetic; pure.

A generic cell rate algorithm: a name is open while `next_at - burst <= now`, and each use moves `next_at` by
one interval. Where the names stand is kept in storage, so that all replicas share it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LONGEST_BLOCK_US = 3_600_000_000
FIND = "slack:find"  # look-ups of messages
UPDATE = "slack:chat.update"
REACT = "slack:reactions.add"
UNREACT = "slack:reactions.remove"
PUBLISH = "slack:views.publish"


def post_pace(channel: str) -> str:
    """The pace of posts in a channel."""
    return f"slack:post:{channel}"


def provider_pace(provider: str) -> str:
    """The pace of calls to a provider's account."""
    return f"provider:{provider}"


@dataclass(frozen=True, slots=True)
class PaceRule:
    """Microseconds between two uses in the long run, and how far ahead a burst may run."""

    interval_us: int
    burst_us: int = 0


UNPACED = PaceRule(0)
Rules = Callable[[str], PaceRule]


def per_minute(calls: int) -> PaceRule:
    """Never more than `calls` in any minute: a bucket of 30 % of them, refilled with the other 70 %. Pure."""
    if calls <= 0:
        return UNPACED
    bucket = max(1, calls * 3 // 10)
    interval_us = -(-60_000_000 // max(1, calls - bucket))  # rounded up: rounded down, it lets more through
    return PaceRule(interval_us, (bucket - 1) * interval_us)


def leaving(rule: PaceRule, share: float) -> PaceRule:
    """The same pace for those who stop while less than `share` of a full bucket is left: that is for others.

    A bucket that holds one use is shared by all. Pure.
    """
    kept_us = int((rule.burst_us + rule.interval_us) * share)
    return PaceRule(rule.interval_us, max(0, rule.burst_us - kept_us))


def allowance(rule: PaceRule, next_at: int, now: int, most: int) -> int:
    """How many uses are open at `now`, `most` at the most. Pure."""
    if rule.interval_us == 0:
        return most
    ahead = now + rule.burst_us - standing(rule, next_at, now)
    return 0 if ahead < 0 else min(most, ahead // rule.interval_us + 1)


def standing(rule: PaceRule, next_at: int, now: int) -> int:
    """Where a name stands at `now`. One that stands further ahead than uses can bring it was written by a clock
    that has been set back since; it counts as now. Pure."""
    furthest = now + rule.burst_us + 100 * rule.interval_us
    return now if next_at > furthest else max(next_at, now)


def blocked(until: int, now: int) -> bool:
    """Whether a 429 still closes a name; nobody closes it for longer than an hour. Pure."""
    return now < until <= now + LONGEST_BLOCK_US


def far_end(name: str) -> str:
    """Who is asked: Slack, or one provider. One that hangs must not keep the others waiting. Pure."""
    return "slack" if name.startswith("slack:") else name
