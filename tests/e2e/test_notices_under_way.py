"""Notices that change while they are being posted, or before somebody acts on them, show what is true."""

from __future__ import annotations

from typing import Any

from bot.model import Delivery, DeliveryReported, ProviderName
from tests.e2e.office import Office

TICK = "white_check_mark"


def buttons(notice: dict[str, Any]) -> list[str]:
    """What the buttons of a message say."""
    return [
        element["text"]["text"]
        for block in notice["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def quoted(team: Office, root: str, words: str) -> list[dict[str, Any]]:
    """The notices that offer to text these words."""
    return [notice for notice in team.notices(root, "still has the original") if words in str(notice["blocks"])]


async def test_notice_that_is_decided_while_it_is_posted_loses_its_buttons(team: Office) -> None:
    root = await team.open()
    team.textrequest.rules.statuses = ()
    team.fault("textrequest.contact_messages", "status", status=500, times=0)
    team.fault("textrequest.send", "drop_after")
    ts = await team.say(root, "Yes")
    team.fault("chat.postMessage", "hold")
    await team.see(lambda: team.trouble.held, "the notice under way")
    token = (await team.rows("select token from messages where kind = 'reply'"))[0]["token"]
    assert team.running is not None
    await team.running.bridge.store.reports.accept(
        DeliveryReported(ProviderName("textrequest"), None, token, Delivery.DELIVERED)
    )
    await team.found(
        """select id from messages where kind = 'notice' and settled_how = 'reported'
        and (shown = wanted or shown_due_at > :now)"""
    )

    team.trouble.release("chat.postMessage")

    notice = await team.notice(root, "It is not known")
    await team.see(lambda: not buttons(team.workspace.message(team.sales, notice["ts"])), "no buttons")
    await team.reacts(ts, TICK)


async def test_notice_quotes_the_newest_words_which_its_button_sends(team: Office) -> None:
    root = await team.open()
    ts = await team.say(root, "At 3 pm")
    await team.reacts(ts, TICK)
    await team.workspace.edit(team.sales, ts, "At 4 pm")
    await team.see(lambda: quoted(team, root, "At 4 pm"), "the newer words")

    await team.workspace.edit(team.sales, ts, "At 5 pm")

    (notice,) = await team.see(lambda: quoted(team, root, "At 5 pm"), "the newest words")
    await team.click(notice, "correct")
    await team.gets("At 3 pm", "At 5 pm")
