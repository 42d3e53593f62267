"""Slack's words for what is not there (a thread, a channel, a person) and for what it will not take. Pure."""

from __future__ import annotations

from bot.errors import SlackError

_THREAD = frozenset(
    {"thread_not_found", "message_not_found", "invalid_thread_ts", "restricted_action_thread_locked"}
)
_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action"})
# Refusals of a post's look or words, whoever sends it wherever.
# Source: https://docs.slack.dev/reference/methods/chat.postMessage#errors
_CONTENT = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text"}
    | {"invalid_arguments", "slack_connect_file_link_sharing_blocked"}
)
_PERSON = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
# Slack does not know our token now; an admin sets another one.
TOKEN = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
CARD_DELETED = "its root card was deleted"
# Ours, or passing: nothing that an admin can mend.
_PASSING = frozenset({"unreachable", "no_answer", "ratelimited", "rate_limited"})


def thread_gone(error: SlackError) -> bool:
    """The thread is gone; a new one can be opened."""
    return error.certain and error.code in _THREAD


def why_thread_gone(error: SlackError) -> str:
    """Why a thread is no longer used, to go on a sentence."""
    if error.code == "restricted_action_thread_locked":
        return "it is locked"
    if error.code in _CHANNEL:
        return "its channel is away, and the line is bound to another one"
    return CARD_DELETED


def channel_gone(error: SlackError) -> bool:
    """The channel is away, its threads with it; they come back when it does."""
    return error.certain and error.code in _CHANNEL


def circle_gone(error: SlackError) -> bool:
    """The channel or the user group is no more, or not for us.

    Source: https://docs.slack.dev/reference/methods/usergroups.users.list#errors
    """
    return channel_gone(error) or (error.certain and error.code == "no_such_subteam")


def content_refused(error: SlackError) -> bool:
    """Slack does not take this look, or these words; others it may take."""
    return error.certain and error.code in _CONTENT


def person_gone(error: SlackError) -> bool:
    """Slack does not show this person to us: nobody of this workspace."""
    return error.certain and error.code in _PERSON


def refused(error: SlackError) -> bool:
    """Slack said no, and will again: an admin should know."""
    passing = error.code in _PASSING or error.code.startswith("http_")
    return error.certain and error.retry_after_s is None and not passing


def passes(error: SlackError) -> bool:
    """Slack may take later what it does not take now."""
    return error.code in TOKEN or not refused(error)


def failed_at_it(error: SlackError) -> bool:
    """Slack met an error of its own at this one thing; it may take others."""
    return not error.certain and error.code not in _PASSING
