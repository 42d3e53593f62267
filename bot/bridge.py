"""What every flow holds: the store, Slack, the providers, the settings and the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.capabilities import Provider
from bot.model import ProviderName
from bot.pace import FIND, PUBLISH, REACT, UNPACED, UNREACT, UPDATE, PaceRule, Rules, per_minute, provider_pace
from bot.settings import Settings
from bot.slack import Identity, Slack
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Tuning:
    """Times that people do not set. Seconds."""

    lease_s: float = 60.0  # at least twice the longest HTTP time-out
    deed_lease_s: float = 240.0  # of a deed on a card: longer than it may wait for its turn, and for its answer
    duties_s: float = 1.0  # how often is looked for duties that are due
    duty_lease_s: float = 30.0  # of a duty; made longer while it goes on
    slack_settle_s: float = 30.0  # a post without an answer may still appear for so long
    slack_looks_s: tuple[float, ...] = (2.0, 5.0, 10.0, 30.0)  # between two look-ups of a post; the last repeats
    provider_looks_s: tuple[float, ...] = (2.0, 5.0, 20.0)  # look-ups of a text, then a person decides
    give_up_s: float = 600.0  # a text that cannot be sent for so long is shown as failed
    poll_s: float = 15.0  # lines without webhooks
    backstop_s: float = 300.0  # lines with webhooks: what a lost webhook brought
    hooks_s: float = 300.0
    member_age_s: float = 600.0  # how long Slack's word on a member counts
    heartbeat_s: float = 5.0
    gap_s: float = 15.0  # not hearing Slack for longer is a gap, and read
    reread_s: float = 600.0  # how often threads are read in HTTP mode, where a gap cannot be seen
    catch_up_days: int = 30
    window_looks_s: tuple[float, ...] = (0.05, 0.1, 0.2, 0.4, 0.8)  # between two looks for a window of ours
    outcome_s: float = 12.0  # how long a window waits to say what became of what it sent
    options_s: float = 2.0  # how long options of a menu are looked for; Slack waits three seconds


@dataclass(frozen=True, slots=True)
class Bridge:
    """One running bot, as its flows see it."""

    store: Store
    slack: Slack
    providers: Mapping[ProviderName, Provider]
    settings: Settings
    ours: Identity
    tuning: Tuning = field(default_factory=Tuning)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    examine: Callable[[Bridge], Awaitable[Sequence[str]]] | None = None  # what doctor finds, the verdict last

    def now(self) -> datetime:
        """The time, aware UTC."""
        return self.clock()

    @property
    def alert_destinations(self) -> tuple[str, ...]:
        """Where alerts go: the alert channel, else each admin."""
        channel = self.settings.threadline_alert_channel
        return (channel,) if channel else tuple(self.settings.admins)


_SLACK_PER_MINUTE: Mapping[str, int] = {
    # Tiers as of 2026-11. Source: https://docs.slack.dev/apis/web-api/rate-limits
    FIND: 50,
    UPDATE: 50,
    REACT: 50,
    UNREACT: 20,
    PUBLISH: 100,
}


def pace_rules(settings: Settings) -> Rules:
    """How often what may be asked, by the name of its pace."""
    post = PaceRule(int(settings.threadline_slack_pace_s * 1_000_000))
    slack = {name: per_minute(calls) for name, calls in _SLACK_PER_MINUTE.items()}
    providers = {
        provider_pace("textrequest"): per_minute(settings.textrequest_calls_per_minute),
        provider_pace("clicksend"): per_minute(settings.clicksend_calls_per_minute),
        provider_pace("asms"): per_minute(settings.asms_calls_per_minute),
    }

    def rule(name: str) -> PaceRule:
        if name.startswith("slack:") and settings.threadline_slack_pace_s == 0:
            return UNPACED
        if name.startswith("slack:post:"):
            return post
        return slack.get(name) or providers.get(name) or UNPACED

    return rule
