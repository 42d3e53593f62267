"""An event whose recording meets an error that nobody foresaw: it comes again, and an admin is told."""

from __future__ import annotations

import re

import pytest

from tests.e2e.office import Office


async def test_reply_that_cannot_be_recorded_is_told_to_the_alert_channel_with_its_numbers(
    closed: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    closed.workspace.rules.ack_timeout_s = 0.1
    ops = closed.workspace.add_channel("ops", "Dana")
    await closed.start(threadline_alert_channel=ops.id)
    root = await closed.open("one")
    await closed.settled()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("handlers.events.read_event", fail)
    await closed.say(root, "Yes")

    alert = (await closed.see(lambda: closed.workspace.messages(ops), "an alert"))[0]
    await closed.see(lambda: closed.workspace.feed.idle, "Slack gave up")
    await closed.settled()
    said = re.fullmatch(
        r"Something that was written in #sales could not be recorded\. If it was a reply, it was not texted: look "
        r"there for one without a reaction\. The log says more under “incident ([0-9a-f]{8})”: please report it\.",
        closed.workspace.words(alert),
    )
    told = re.findall(r"incident ([0-9a-f]{8}): ZeroDivisionError", caplog.text)
    assert said is not None
    assert said[1] == told[0]
    assert len(set(told)) == len(told) > 1
    assert len(closed.workspace.messages(ops)) == 1
    assert closed.phone() == []
