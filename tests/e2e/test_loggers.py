"""The log says what the bot says, whatever Slack sends and Bolt does with it."""

from __future__ import annotations

import logging

from tests.e2e.office import Office

OURS = ("threadline", "bot", "handlers", "storage")


async def test_bolt_leaves_the_loggers_of_the_bot_as_they_are(team: Office) -> None:
    for name in OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)
    root = await team.open()

    await team.say(root, "Yes")

    await team.gets("Yes")
    assert [name for name in OURS if logging.getLogger(name).level != logging.NOTSET] == []
