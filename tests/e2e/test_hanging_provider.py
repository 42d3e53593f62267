"""A provider that takes calls and does not answer keeps nobody waiting but its own texts."""

from __future__ import annotations

import pytest

from bot.worker import Worker
from tests.e2e.office import MARIA, OMAR, Office

SLOTS = 2
OTHERS = ("+14155550101", "+14155550102")


@pytest.fixture
async def hung(closed: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose bot has two slots for each far end; a provider that hangs has both."""
    defaults = Worker.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "slots", SLOTS)
    await closed.start()
    await closed.open("one", OMAR, "Omar Haddad")
    roots = [await closed.open(number=number, name=f"Contact {number[-1]}") for number in OTHERS]
    await closed.settled()
    closed.fault("textrequest.send", "hold", times=0)
    for root in roots:
        await closed.say(root, "Hello")
    await closed.see(lambda: len(closed.trouble.held) == SLOTS, "every slot taken")
    return closed


async def test_text_of_a_contact_is_mirrored_meanwhile(hung: Office) -> None:
    root = await hung.open("Are you there?")

    assert hung.thread(root) == ["Are you there?"]
    assert len(hung.trouble.held) == SLOTS


async def test_what_a_dead_worker_left_is_looked_for_meanwhile(hung: Office) -> None:
    waiting = await hung.open()
    await hung.say(waiting, "Yes")
    await hung.found("select id from messages where kind = 'reply' and state = 'queued' and body = 'Yes'")
    await hung.change(
        """update messages set state = 'sending', ts = null, lease_until = 0 where kind = 'text'
        and body = 'one'"""
    )

    await hung.found("select id from messages where kind = 'text' and body = 'one' and state = 'done'")

    omar = hung.roots(OMAR)
    assert (len(omar), hung.thread(omar[0]["ts"])) == (1, ["one"])
    assert hung.phone(MARIA) == []
