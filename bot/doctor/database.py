"""What the database says: whether replicas hear each other, and what waits in it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.doctor.findings import Finding, fine, look
from bot.doctor.parts import Parts
from storage.backlog import Backlog, backlog
from storage.health import Queue
from storage.store import is_postgres

NOTIFY_WAIT_S = 2.0
LATE_S = 60.0


async def file_and_schema(parts: Parts) -> list[Finding]:
    """As it was found when it was opened."""
    return list(parts.opened.findings)


async def notifications(parts: Parts) -> list[Finding]:
    """PostgreSQL: whether a worker is woken at once. Raises `StorageUnavailable`."""
    url = parts.settings.threadline_database
    if parts.opened.store is None or not is_postgres(url):
        return []
    from storage.postgres_listen import notifications_arrive  # noqa: PLC0415 - the extra may not be installed

    return [heard(arrived=await notifications_arrive(url, url, NOTIFY_WAIT_S))]


def heard(*, arrived: bool) -> Finding:
    """Pure."""
    if arrived:
        return fine("PostgreSQL: reachable, and its notifications arrive.")
    return look(
        "PostgreSQL: reachable, but its notifications do not arrive, as behind a pooler in transaction mode. "
        "Use a direct address in THREADLINE_DATABASE: until then texts wait up to a second."
    )


async def queue(parts: Parts) -> list[Finding]:
    """What waits, and what waits for a person. Raises `StorageUnavailable`."""
    if parts.opened.store is None:
        return []
    store = parts.opened.store
    return [*queue_findings(await store.health.queue()), *backlog_findings(await backlog(store.database))]


_FOR_A_PERSON: Mapping[str, str] = {
    "uncertain": "Texts whose outcome is unknown: {}. Decide with the buttons in their threads (❔).",
    "dead_today": "Replies that failed in the last 24 hours: {}. Their threads say why.",
    "unbound": "Texts to numbers without a line: {}. `threadline lines add` shows them in Slack.",
    "unread": "Webhooks that could not be read: {}, kept for 30 days in the table unread_webhooks.",
}


def queue_findings(queue: Queue) -> list[Finding]:
    """Pure."""
    counts = {name: getattr(queue, name) for name in _FOR_A_PERSON}
    return [_waiting(queue), *(look(_FOR_A_PERSON[name].format(count)) for name, count in counts.items() if count)]


def _waiting(queue: Queue) -> Finding:
    if queue.oldest_due_s is None:
        return fine(f"Queue: nothing is due, {queue.queued} waiting." if queue.queued else "Queue: empty.")
    words = f"Queue: {queue.queued} waiting, the oldest due for {queue.oldest_due_s:.0f} s"
    if queue.oldest_due_s > LATE_S:
        return look(f"{words}. If the bot runs, its log says what holds it up.")
    return fine(f"{words}.")


_LATE: Mapping[str, str] = {
    "step_due_s": "Payments, callbacks and tickets: the oldest step is due for {:.0f} s.",
    "order_due_s": "Calls, faxes and letters: the oldest order is due for {:.0f} s.",
}
_STILL = " If the bot runs, its log says what holds it up."
_BACKLOG: Mapping[str, str] = {
    "steps_in_doubt": "Steps of payments, callbacks and tickets whose outcome is unknown: {}. Decide with the "
    "buttons on their cards (❔).",
    "approvals": "Payments that wait for a second person's approval: {}. Their cards have the button.",
    "orders_in_doubt": "Orders of the last 24 hours whose outcome is unknown: {}. /send orders lists them.",
    "untold": "Conversations that were ended, archived or blocked here, and not yet at the provider: {}. It is "
    "told again until it answers; the log says why it does not.",
}


def backlog_findings(backlog: Backlog) -> list[Finding]:
    """What stands still, and what waits for a person; nothing where all is well. Pure."""
    ages = {name: getattr(backlog, name) for name in _LATE}
    counts = {name: getattr(backlog, name) for name in _BACKLOG}
    late = [look(_LATE[name].format(age) + _STILL) for name, age in ages.items() if age and age > LATE_S]
    return [*late, *(look(_BACKLOG[name].format(count)) for name, count in counts.items() if count)]
