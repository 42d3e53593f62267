"""Slack's words for what is not there: a thread, or a channel. Pure."""

from __future__ import annotations

from bot.errors import SlackError

_THREAD = frozenset(
    {"thread_not_found", "message_not_found", "invalid_thread_ts", "restricted_action_thread_locked"}
)
_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action"})
_PERSON = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
# Ours, or passing: nothing that an admin can mend.
_PASSING = frozenset({"unreachable", "no_answer", "ratelimited", "rate_limited"})


def thread_gone(error: SlackError) -> bool:
    """The thread is gone; a new one can be opened."""
    return error.certain and error.code in _THREAD


def channel_gone(error: SlackError) -> bool:
    """The channel is away, its threads with it; they come back when it does."""
    return error.certain and error.code in _CHANNEL


def person_gone(error: SlackError) -> bool:
    """Slack does not show this person to us: nobody of this workspace."""
    return error.certain and error.code in _PERSON


def refused(error: SlackError) -> bool:
    """Slack said no, and will again: an admin should know."""
    passing = error.code in _PASSING or error.code.startswith("http_")
    return error.certain and error.retry_after_s is None and not passing
