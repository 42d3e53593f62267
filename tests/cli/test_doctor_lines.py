"""What `threadline doctor` says of each line: its channel, its provider and its webhooks."""

from __future__ import annotations

from dataclasses import replace

from bot.model import ProviderName
from tests.cli.conftest import PUBLIC, Desk


async def test_lines_are_asked_for_when_there_are_none(desk: Desk) -> None:
    await desk.types("migrate")

    ran = await desk.types("doctor")

    assert ran.line("Lines:").startswith("! Lines: none yet.")


async def test_archived_channel_is_wrong(desk: Desk) -> None:
    await desk.binds()
    await desk.workspace.archive("sales", "Dana")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "✗ “Sales”: #sales is archived." in ran.out


async def test_channel_without_the_bot_is_wrong(desk: Desk) -> None:
    await desk.binds(desk.workspace.add_channel("elsewhere", bot=False).id)

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "✗ “Sales”: the bot is not in #elsewhere." in ran.out


async def test_unknown_channel_is_wrong(desk: Desk) -> None:
    await desk.binds("C0NOWHERE")

    ran = await desk.types("doctor")

    assert "✗ “Sales”: Slack does not show channel C0NOWHERE (channel_not_found)." in ran.out


async def test_line_of_a_provider_that_is_not_set_up_is_wrong(desk: Desk) -> None:
    await desk.binds(provider=ProviderName("clicksend"))

    ran = await desk.types("doctor")

    assert "✗ “Sales”: clicksend is not set up" in ran.out


async def test_polled_line_is_said_to_be_read_every_so_often(desk: Desk) -> None:
    await desk.binds()

    ran = await desk.types("doctor")

    assert ran.line("read every").startswith("✓ “Sales”: read every 15 s")


async def test_polled_line_that_its_provider_does_not_list_is_wrong(desk: Desk) -> None:
    await desk.binds()
    await desk.binds(account="999", number="+14235550199", name="Typo")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("“Sales”: read").startswith("✓")
    assert ran.line("“Typo”: its texts").startswith("✗ “Typo”: its texts cannot be read (400).")


async def test_line_without_webhooks_is_wrong_until_it_is_added(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.binds()

    before = await desk.types("doctor")
    await desk.adds_line()
    after = await desk.types("doctor")

    assert before.code == 1
    assert "✗ “Sales”: no webhook leads here." in before.out
    assert after.code == 0
    assert after.line("webhooks connected").endswith(
        "contact_updated, msg_received, msg_sent, msg_status_updated, payment_status_updated."
    )


async def test_disconnected_webhooks_are_named(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    for hook in desk.textrequest.hooks.values():
        hook.connected = hook.event != "msg_received"

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("disconnected").startswith("✗ “Sales”: webhooks disconnected: msg_received.")


async def test_event_without_a_webhook_is_named(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    for hook_id, hook in list(desk.textrequest.hooks.items()):
        if hook.event in ("msg_sent", "contact_updated"):
            del desk.textrequest.hooks[hook_id]

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("missing").startswith(
        "✗ “Sales”: webhooks missing: contact_updated, msg_sent. The running bot"
    )


async def test_webhooks_missing_and_disconnected_are_both_named(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    for hook_id, hook in list(desk.textrequest.hooks.items()):
        hook.connected = hook.event != "msg_sent"
        if hook.event == "msg_received":
            del desk.textrequest.hooks[hook_id]

    ran = await desk.types("doctor")

    assert "missing: msg_received." in ran.line("missing")
    assert "disconnected: msg_sent." in ran.line("missing")


async def test_webhook_that_is_there_twice_and_connected_once_is_fine(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    hook = next(iter(desk.textrequest.hooks.values()))
    desk.textrequest.hooks[9_999] = replace(hook, id=9_999, connected=False)

    ran = await desk.types("doctor")

    assert ran.line("webhooks connected").startswith("✓ “Sales”")


async def test_webhooks_that_lead_elsewhere_do_not_count(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL="https://old.example.com")
    await desk.adds_line()
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)

    ran = await desk.types("doctor")

    assert "✗ “Sales”: no webhook leads here." in ran.out
