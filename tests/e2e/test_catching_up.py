"""Coming back: what was missed while the bot was away is read, what is old is offered and never sent by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.slack.model import Stamps
from bot.settings import Settings
from bot.startup import opened_store
from tests.e2e.office import QUICK, Office

TICK, INTERNAL, WAITING = "white_check_mark", "mute", "hourglass_flowing_sand"
ELEVEN_MINUTES = 11 * 60
OFFERED = "This reply came late and has not been sent"


class Behind(Stamps):
    """Slack's clock some seconds ago, so that what is said now was said then."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._behind_us = round(seconds * 1_000_000)

    def next(self) -> str:
        seconds, _, rest = super().next().partition(".")
        us = int(seconds) * 1_000_000 + int(rest) - self._behind_us
        return f"{us // 1_000_000}.{us % 1_000_000:06d}"


async def away(closed: Office) -> str:
    """A contact wrote, then the bot went down; the root."""
    await closed.start()
    root = await closed.open("one")
    await closed.settled()
    await closed.stop()
    return root


async def unheard(closed: Office, root: str, words: str) -> str:
    """A reply that Slack gave up telling the bot of; its ts."""
    ts = await closed.say(root, words)
    await closed.see(lambda: closed.workspace.feed.idle, "Slack gave up")
    return ts


# --- Texts --------------------------------------------------------------------------------------------------


async def test_text_that_is_mirrored_late_says_when_it_was_sent(closed: Office) -> None:
    root = await away(closed)
    missed = await closed.text("two")
    missed.at -= timedelta(hours=3)
    await closed.settled_webhooks()
    async with opened_store(Settings.explicit(closed.values()), exclusive=False) as store:
        await store.database.write(lambda tx: tx.run("update lines set seen_until = 0"))

    await closed.start()

    await closed.reads(root, "one", f"Sent {missed.at:%Y-%m-%d %H:%M} UTC\ntwo")


# --- Replies ------------------------------------------------------------------------------------------------


async def test_reply_written_while_the_bot_was_down_is_sent(closed: Office) -> None:
    root = await away(closed)
    ts = await unheard(closed, root, "Yes")

    await closed.start()

    await closed.gets("Yes")
    await closed.reacts(ts, TICK)


async def test_replies_written_while_the_bot_was_down_go_out_in_their_order(closed: Office) -> None:
    root = await away(closed)
    for words in ("one", "two", "three"):
        await unheard(closed, root, words)

    await closed.start()

    await closed.gets("one", "two", "three")


async def test_note_written_while_the_bot_was_down_is_marked(closed: Office) -> None:
    root = await away(closed)
    ts = await unheard(closed, root, "// call her")

    await closed.start()

    await closed.reacts(ts, INTERNAL)
    assert closed.phone() == []


async def test_words_in_other_threads_are_left_alone_when_the_bot_comes_back(closed: Office) -> None:
    await away(closed)
    lunch = await closed.workspace.say(closed.sales, closed.dana, "Lunch?")
    ts = await unheard(closed, lunch, "Pizza")

    await closed.start()
    await closed.settled()

    assert closed.workspace.reactions(closed.sales, ts) == []
    assert closed.textrequest.accepted() == []


async def test_restart_sends_nothing_a_second_time(closed: Office) -> None:
    await closed.start()
    root = await closed.open("one")
    ts = await closed.say(root, "Yes")
    await closed.reacts(ts, TICK)
    await closed.stop()

    await closed.start()
    await closed.settled()

    assert closed.phone() == ["Yes"]
    assert closed.thread(root) == ["one", "Yes"]


async def test_edit_made_while_the_bot_was_down_is_told(closed: Office) -> None:
    await closed.start()
    root = await closed.open("one")
    ts = await closed.say(root, "At tree")
    await closed.reacts(ts, TICK)
    await closed.stop()
    await closed.workspace.edit(closed.sales, ts, "At three")
    await closed.see(lambda: closed.workspace.feed.idle, "Slack gave up")

    await closed.start()

    await closed.notice(root, "Maria Lopez still has the original text.")


async def old_reply(closed: Office) -> tuple[str, str]:
    """A reply of eleven minutes ago, found when the bot came back: its root and its ts."""
    now = closed.workspace.core.stamps
    closed.workspace.core.stamps = Behind(ELEVEN_MINUTES)
    await closed.start()
    root = await closed.open("one")
    await closed.settled()
    await closed.stop()
    async with opened_store(Settings.explicit(closed.values()), exclusive=False) as store:
        await store.database.write(
            lambda tx: tx.run("update heard set until_at = until_at - :by", by=ELEVEN_MINUTES * 1_000_000)
        )
    ts = await unheard(closed, root, "Shall I book it?")
    closed.workspace.core.stamps = now
    await closed.start()
    return root, ts


async def test_old_reply_is_offered_and_sent_when_somebody_says_so(closed: Office) -> None:
    root, ts = await old_reply(closed)
    notice = await closed.notice(root, OFFERED)
    before = closed.phone()

    await closed.click(notice, "send_it")

    await closed.gets("Shall I book it?")
    await closed.reacts(ts, TICK)
    await closed.notice(root, "Sent by @Dana.")
    assert before == []


async def test_old_reply_that_somebody_keeps_internal_is_never_sent(closed: Office) -> None:
    root, ts = await old_reply(closed)

    await closed.click(await closed.notice(root, OFFERED), "keep")

    await closed.reacts(ts, INTERNAL)
    await closed.notice(root, "Kept internal by @Dana.")
    assert closed.phone() == []


async def test_reply_that_a_later_one_overtook_is_offered(closed: Office) -> None:
    await closed.start()
    root = await closed.open("one")
    closed.fault("event.message", "lose", times=4)
    await unheard(closed, root, "first")
    await closed.say(root, "second")
    await closed.gets("second")
    await closed.settled()
    await closed.stop()

    await closed.start()
    await closed.click(await closed.notice(root, OFFERED), "send_it")

    await closed.gets("second", "first")


async def test_reply_missed_while_the_sockets_were_down_is_sent(
    closed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.PING_S", 0.2)
    await closed.start(replace(QUICK, gap_s=0.2))
    root = await closed.open("one")
    closed.fault("apps.connections.open", "status", status=500, times=0)
    closed.workspace.sockets.cut()
    await closed.see(lambda: closed.workspace.sockets.count == 0, "no socket")
    await unheard(closed, root, "Yes")

    closed.trouble.clear()

    await closed.gets("Yes")


@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 429, "retry_after_s": 0.01}, {"kind": "drop_after"}]
)
async def test_reply_is_still_read_when_slack_does_not_answer_at_first(
    closed: Office, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    monkeypatch.setattr("bot.flows.catchup.OVERLAP", timedelta(0))
    monkeypatch.setattr("bot.flows.catchup.PATIENCE_S", (0.01, 0.01, 0.01))
    root = await away(closed)
    ts = await unheard(closed, root, "Yes")
    closed.fault("conversations.replies", times=2, **fault)

    await closed.start()

    await closed.gets("Yes")
    await closed.reacts(ts, TICK)


async def test_reply_is_read_after_the_process_was_frozen_for_an_hour(closed: Office) -> None:
    await closed.start()
    root = await closed.open("one")
    await closed.settled()
    closed.workspace.hold_events("message")
    ts = await closed.say(root, "Yes")
    await closed.let_pass(3600)

    await closed.gets("Yes")

    await closed.reacts(ts, TICK)
