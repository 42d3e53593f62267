"""Every error raised on purpose. `str(error)` is a sentence a member or an admin may read.

BotError
├─ SettingsError          the bot cannot start; names the variable
├─ UsageError             asked for something impossible; says what to type instead
│  └─ UnknownName         nothing is called so
├─ NotAllowed             the settings do not let this person do that
├─ StorageUnavailable     the database cannot be read or written now
├─ ChartsFailed           pictures of figures cannot be drawn here
├─ WebhookRefused         wrong secret or signature: 401 or 403
├─ WebhookUnreadable      right secret, unreadable content: kept for a person
├─ SlackError             Slack said no, or not now
└─ ProviderError          provider, code, certain, retryable
   ├─ Rejected            for good: NotFound, Conflict, CredentialsRefused, ContactOptedOut, FieldRefused (names
   │                      the field), NotOffered (not on this account or server), Ambiguous (several match)
   ├─ Throttled           429: nothing happened
   ├─ Unreachable         no connection was made: nothing happened
   └─ OutcomeUnknown      it left and no usable answer came: never retried by itself
"""

from __future__ import annotations


class BotError(Exception):
    """Anything this bot raises on purpose."""


class SettingsError(BotError):
    """The bot cannot start; the sentence names the variable."""


class UsageError(BotError):
    """The person asked for something impossible; the sentence says what to do instead."""


class UnknownName(UsageError):
    """Nothing is called as what was typed; it may have been meant as something else than a name."""


class NotAllowed(BotError):
    """The settings do not let this person do that."""


class StorageUnavailable(BotError):
    """The database cannot be read or written now; nothing was recorded."""


class ChartsFailed(BotError):
    """Pictures of figures cannot be drawn here; the figures themselves can be told."""


class WebhookRefused(BotError):
    """The request did not prove that it comes from the provider."""

    def __init__(self, sentence: str, *, status: int = 401) -> None:
        super().__init__(sentence)
        self.status = status


class WebhookUnreadable(BotError):
    """The secret was right, the content could not be read."""


class SlackError(BotError):
    """Slack refused, or gave no usable answer.

    `code` is Slack's error word (`channel_not_found`, `ratelimited`, …) or ours (`unreachable`, `no_answer`).
    `certain` is False when Slack may have done it all the same.
    `retry_after_s` is set when Slack said when to come back.
    """

    def __init__(self, code: str, *, certain: bool = True, retry_after_s: float | None = None) -> None:
        super().__init__(_said_by_slack(code))
        self.code = code
        self.certain = certain
        self.retry_after_s = retry_after_s


def _said_by_slack(code: str) -> str:
    if code.endswith("_trigger_id"):
        return "This took too long for Slack to open a window. Click or type it once more."
    passes = code in ("ratelimited", "rate_limited", "unreachable", "no_answer") or code.startswith("http_")
    return f"Slack answered: {code}.{' Try again in a minute.' if passes else ''}"


class ProviderError(BotError):
    """A provider did not do what was asked.

    `code` is the provider's own code where it has one. `certain` is True when the thing surely did not
    happen; `retryable` is True when trying again later can succeed.
    """

    certain = True
    retryable = False

    def __init__(
        self, sentence: str, *, provider: str, code: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(sentence)
        self.provider = provider
        self.code = code
        self.retry_after_s = retry_after_s


class Rejected(ProviderError):
    """The provider refused for good."""


class CredentialsRefused(Rejected):
    """The key or password is wrong, or not allowed to do this."""


class ContactOptedOut(Rejected):
    """The contact does not want texts from this number."""


class NotFound(Rejected):
    """The provider does not know the thing asked for."""


class Conflict(Rejected):
    """The thing exists already, or stands in another state."""


class FieldRefused(Rejected):
    """A field is missing or not valid. `field` is the provider's name for it, so that a form can point at it."""

    def __init__(self, sentence: str, *, provider: str, code: str = "", field: str = "") -> None:
        super().__init__(sentence, provider=provider, code=code)
        self.field = field


class NotOffered(Rejected):
    """This account or server does not have this at all: an older release, a wrong path, a service not booked."""


class Ambiguous(Rejected):
    """More than one thing matches, so nothing was done. `candidates` are their ids, to choose from."""

    def __init__(self, sentence: str, *, provider: str, candidates: tuple[int, ...]) -> None:
        super().__init__(sentence, provider=provider, code="ambiguous")
        self.candidates = candidates


class Throttled(ProviderError):
    """Too many requests: nothing happened."""

    retryable = True


class Unreachable(ProviderError):
    """No connection was made: nothing happened."""

    retryable = True


class OutcomeUnknown(ProviderError):
    """The request left and no usable answer came: it may have happened."""

    certain = False
