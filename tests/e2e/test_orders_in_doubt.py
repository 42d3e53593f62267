"""Orders of which nobody knows whether they went out: a person says so, or has them ordered again, once."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.model import Member, Message
from tests.e2e.office import Office, office
from tests.e2e.ordering import open_shop, order, press_on, sent, told, with_clicksend
from tests.e2e.test_process import running

DOUBT = "❔ It is not known whether this went out"
AGAIN, CHECK = "order:again", "order:check"


@pytest.fixture
async def shop(closed: Office) -> Office:
    """A team that can order at ClickSend; no receipt tells what became of it."""
    await open_shop(closed)
    closed.sandbox.clicksend.rules.statuses = ()
    return closed


async def in_doubt(team: Office, *, went_out: bool = False) -> Message:
    """An order in Dana's direct messages of which nobody knows."""
    team.fault("clicksend.voice_send", "drop_after" if went_out else "drop")
    if went_out:
        team.fault("clicksend.voice_history", "status", status=503, times=0)
    await order(team)
    return await told(team, DOUBT)


async def click(team: Office, channel: str, message: Message, action: str, who: Member) -> None:
    ack = await team.workspace.click(channel, message["ts"], Gesture(action), who)
    assert ack.acked


async def in_thread(team: Office) -> tuple[str, Message]:
    """An order in doubt in the contact's thread, where Dana and Eli read it."""
    root = await team.open()
    team.fault("clicksend.voice_send", "drop")
    await order(team)

    return team.sales.id, await team.see(lambda: with_buttons(team, root), "the order in doubt in its thread")


def with_buttons(team: Office, root: str) -> Message | None:
    """The order in doubt below a root, if it is there."""
    return next((each for each in team.notices(root, DOUBT) if any(True for _ in elements_of(each))), None)


async def test_person_says_that_it_went_out_and_the_message_says_who(shop: Office) -> None:
    card = await in_doubt(shop)

    await press_on(shop, card, "It went out")

    message = await told(shop, "says that it went out.")
    assert message["ts"] == card["ts"]
    assert "@Dana says that it went out." in shop.workspace.words(message)
    assert "Order again" not in str(message)
    assert sent(shop, "voice") == []


async def test_order_again_asks_once_with_what_may_happen_and_makes_one_call(shop: Office) -> None:
    card = await in_doubt(shop)
    button = next(each for each in elements_of(card) if each.get("action_id") == AGAIN)
    assert "happens twice, and costs about $" in button["confirm"]["text"]["text"]

    await press_on(shop, card, "Order again")

    message = await told(shop, "ClickSend has it.")
    assert "@Dana ordered it again" in shop.workspace.words(message)
    assert len(sent(shop, "voice")) == 1


async def test_order_that_shows_by_now_is_not_sent_again(shop: Office) -> None:
    card = await in_doubt(shop, went_out=True)
    shop.trouble.clear()

    await press_on(shop, card, "Order again")

    await told(shop, "ClickSend has it.")
    assert len(sent(shop, "voice")) == 1


async def test_colleague_who_may_order_checks_it_days_later(closed: Office) -> None:
    shop = closed
    await open_shop(shop, threadline_admins=f"{shop.dana.id},{shop.eli.id}")
    shop.sandbox.clicksend.rules.statuses = ()
    root = await shop.open()
    shop.fault("clicksend.voice_send", "drop_after")
    shop.fault("clicksend.voice_history", "status", status=503, times=0)
    await order(shop)
    card = await shop.see(lambda: with_buttons(shop, root), "the order in doubt in its thread")
    await shop.let_pass(3 * 86_400)
    await click(shop, shop.sales.id, card, CHECK, shop.eli)
    await shop.told(shop.eli, "ClickSend")
    shop.trouble.clear()

    await click(shop, shop.sales.id, card, CHECK, shop.eli)

    await shop.notice(root, "ClickSend has it.")
    assert len(sent(shop, "voice")) == 1


async def test_two_people_who_order_again_at_once_make_one_call(closed: Office) -> None:
    shop = closed
    await open_shop(shop, threadline_admins=f"{shop.dana.id},{shop.eli.id}")
    channel, card = await in_thread(shop)
    shop.sandbox.clicksend.rules.statuses = ()

    await asyncio.gather(*(click(shop, channel, card, AGAIN, who) for who in (shop.eli, shop.dana)))

    def late() -> bool:
        return any(
            "was first, and ordered it again." in each
            for who in (shop.dana, shop.eli)
            for each in shop.whispers(who)
        )

    await shop.see(late, "who was first")
    await shop.found("select id from orders where state = 'done' and attempts = 2")
    assert len(sent(shop, "voice")) == 1


async def test_who_may_not_order_learns_that_and_decides_nothing(closed: Office) -> None:
    await open_shop(closed)
    channel, card = await in_thread(closed)

    await click(closed, channel, card, AGAIN, closed.eli)

    await closed.see(
        lambda: any("Only admins may do that" in each for each in closed.whispers(closed.eli)), "a refusal"
    )
    assert await closed.found("select id from orders where state = 'uncertain' and decided = ''")
    assert sent(closed, "voice") == []


async def test_new_call_under_way_when_the_process_was_killed_is_not_made_again(closed: Office) -> None:
    await open_shop(closed)
    closed.sandbox.clicksend.rules.statuses = ()
    card = await in_doubt(closed)
    await closed.stop()
    async with running(closed, **with_clicksend(closed)) as process:
        closed.fault("clicksend.voice_send", "hold_after")
        await press_on(closed, card, "Order again")
        await closed.see(lambda: closed.trouble.held, "the new call under way")
        process.kill()
        await process.wait()
    assert closed.on_disk("select state, attempts from orders") == [("sending", 2)]

    await open_shop(closed)

    await told(closed, "ClickSend has it.")
    assert len(sent(closed, "voice")) == 1


async def test_two_bots_order_again_once(postgres_url: str) -> None:
    async with office(postgres_url) as first:
        await first.bind()
        admins = f"{first.dana.id},{first.eli.id}"
        await open_shop(first, threadline_admins=admins)
        first.sandbox.clicksend.rules.statuses = ()
        second = first.twin()
        await open_shop(second, threadline_admins=admins)
        channel, card = await in_thread(first)

        await asyncio.gather(*(click(first, channel, card, AGAIN, who) for who in (first.eli, first.dana) * 2))

        await first.found("select id from orders where state = 'done' and attempts = 2")
        await second.stop()
        assert len(sent(first, "voice")) == 1
