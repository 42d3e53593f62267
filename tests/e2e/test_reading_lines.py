"""What no webhook brings is read: after a stop, now and then, and all of it where there is no public address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.providers.textrequest.hooks import EVENTS
from bot.sandbox.slack.model import Message
from tests.e2e.office import MARIA, QUICK, Office
from tests.e2e.test_catching_up import TICK, away


async def test_text_that_came_while_the_bot_was_down_is_mirrored(closed: Office) -> None:
    root = await away(closed)
    await closed.text("two")

    await closed.start()

    await closed.reads(root, "one", "two")


async def test_text_whose_webhook_is_lost_is_read_from_the_list(closed: Office) -> None:
    await closed.start(replace(QUICK, backstop_s=0.1))
    root = await closed.open("one")
    closed.fault("textrequest.hook.msg_received", "lose")

    await closed.text("two")

    await closed.reads(root, "one", "two")


async def test_webhooks_that_nobody_registered_are_connected_at_the_start(closed: Office) -> None:
    closed.textrequest.hooks.clear()

    await closed.start()

    assert sorted(closed.hooks()) == sorted(EVENTS)


async def test_webhooks_that_the_provider_switched_off_are_connected_again(closed: Office) -> None:
    await closed.start(replace(QUICK, hooks_s=0.1))

    for hook in closed.textrequest.hooks.values():
        hook.connected = False

    await closed.become(lambda: len(closed.hooks()) == 5)


async def test_webhook_that_was_removed_at_the_provider_is_made_again(closed: Office) -> None:
    await closed.start(replace(QUICK, hooks_s=0.1))
    closed.textrequest.hooks.popitem()

    await closed.see(lambda: len(closed.hooks()) == 5, "five webhooks")


async def test_refused_webhooks_are_told_to_the_admin(closed: Office) -> None:
    await closed.start(replace(QUICK, hooks_s=0.1), threadline_admins=closed.dana.id)
    closed.fault("textrequest.hooks", "status", status=401, times=0)
    dana = closed.workspace.direct_messages(closed.dana)

    alert = (await closed.see(lambda: closed.workspace.messages(dana), "an alert"))[0]

    assert closed.workspace.words(alert).startswith("The webhooks of “Sales” do not work:")


# --- Without a public address -------------------------------------------------------------------------------


async def test_bot_without_a_public_address_reads_texts_and_receipts(closed: Office) -> None:
    await closed.start(replace(QUICK, backstop_s=0.1), threadline_public_url="")
    root = await closed.open("one")

    ts = await closed.say(root, "Yes")

    await closed.reacts(ts, TICK)
    assert closed.textrequest.hooks == {}
    assert closed.thread(root) == ["one", "Yes"]


async def test_bot_without_a_public_address_asks_whether_an_opt_out_was_lifted(closed: Office) -> None:
    await closed.start(replace(QUICK, backstop_s=0.1), threadline_public_url="")
    root = await closed.open("one")
    closed.textrequest.set_opt_out(MARIA, opted_out=True)
    await closed.reacts(await closed.say(root, "Hello"), "no_entry_sign")
    closed.textrequest.set_opt_out(MARIA, opted_out=False)
    await closed.found("select id from conversations where opted_out = ''")

    await closed.say(root, "Welcome back")

    await closed.gets("Welcome back")


async def test_line_that_the_provider_refuses_to_list_is_told_to_the_admin(closed: Office) -> None:
    closed.fault("textrequest.*messages", "status", status=400, times=0)

    await closed.start(threadline_public_url="", threadline_admins=closed.dana.id)

    (alert,) = await closed.see(lambda: told(closed), "an alert")
    assert closed.workspace.words(alert).startswith(
        "The texts of “Sales” are not read: Text Request refused this."
    )


async def test_text_that_came_while_the_provider_was_not_set_up_is_mirrored(closed: Office) -> None:
    settings = {"threadline_public_url": "", "threadline_admins": closed.dana.id}
    await closed.start(QUICK, **settings)
    root = await closed.open("one")
    await closed.stop()
    await closed.start(QUICK, **settings, textrequest_api_key="")
    (alert,) = await closed.see(lambda: told(closed), "an alert")
    await closed.let_pass(3600)
    (await closed.text("two")).at -= timedelta(minutes=30)
    await closed.found("select name from duties where name like 'texts:%' and due_at > :now")
    await closed.stop()

    await closed.start(QUICK, **settings)

    await closed.notice(root, "two")
    said = "Text Request is not set up here any more. An admin sets TEXTREQUEST_API_KEY again."
    assert said in closed.workspace.words(alert)


async def test_line_that_is_not_read_for_a_quarter_of_an_hour_is_told_to_the_admin(closed: Office) -> None:
    closed.fault("textrequest.*messages", "status", status=503, times=0)
    await closed.start(threadline_public_url="", threadline_admins=closed.dana.id)
    await closed.settled()
    at_first = told(closed)

    await closed.let_pass(16 * 60)

    (alert,) = await closed.see(lambda: told(closed), "an alert")
    assert at_first == []
    assert closed.workspace.words(alert).startswith(
        "The texts of “Sales” are not read: Text Request gave no usable"
    )


def told(office: Office) -> list[Message]:
    """What the admin was told."""
    return office.workspace.messages(office.workspace.direct_messages(office.dana))


# --- A line that is added later -----------------------------------------------------------------------------


async def test_text_to_an_unbound_number_is_kept_until_its_line_is_added(team: Office) -> None:
    dashboard = team.textrequest.add_dashboard("Support", "+14235550101")
    for hook in list(team.textrequest.hooks.values()):
        team.textrequest.add_hook(dashboard.id, hook.event, hook.url)
    await team.textrequest.contact_texts(MARIA, "Hi support", to=dashboard.number, name="Maria Lopez")
    await team.found("select id from unbound_texts")
    team.account = str(dashboard.id)

    await team.bind(number=dashboard.number)
    await team.let_pass(5)

    thread = await team.see(lambda: team.mirrored(MARIA), "a thread")
    assert team.workspace.words(thread[1]) == "Hi support"
