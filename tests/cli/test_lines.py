"""`threadline lines`: binding numbers to channels, and the webhooks that go with it."""

from __future__ import annotations

import pytest

from bot.sandbox.trouble import Fault
from tests.cli.conftest import MARIA, PUBLIC, SALES, Desk
from tests.e2e.office import office

OTHER = "+14235550199"


# --- add ------------------------------------------------------------------------------------------------


async def test_added_line_without_a_public_address_is_polled(desk: Desk) -> None:
    ran = await desk.adds_line()

    (line,) = await desk.lines()
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"Sales: +1 423 555 0100 → {desk.sales.id}",
        "No THREADLINE_PUBLIC_URL: the bot reads this line every 15 seconds.",
    ]
    assert (line.number, line.channel, line.account, line.broadcasts) == (
        SALES,
        desk.sales.id,
        str(desk.dashboard.id),
        True,
    )
    assert desk.hooks() == []


async def test_added_line_that_its_provider_does_not_list_is_bound_and_said_so(desk: Desk) -> None:
    ran = await desk.types(
        "lines", "add", "textrequest", "--number", OTHER, "--channel", "C0SALES01", "--account", "999"
    )

    assert ran.code == 1
    assert ran.line("cannot be read").startswith("Its texts cannot be read: Text Request refused this.")
    assert [line.account for line in await desk.lines()] == ["999"]


async def test_added_line_with_a_public_address_has_its_webhooks(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)

    ran = await desk.adds_line()

    assert ran.code == 0
    assert ran.line("Webhooks") == "Webhooks: 5 connected."
    assert len(desk.hooks()) == 5
    assert all(url.startswith(f"{PUBLIC}/webhooks/textrequest/") for url in desk.hooks())
    assert len({url.partition("?")[0] for url in desk.hooks()}) == 1


async def test_secret_of_the_webhooks_is_not_shown(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)

    ran = await desk.adds_line()

    secret = desk.hooks()[0].partition("?")[0].rpartition("/")[2]
    assert len(secret) >= 32
    assert secret not in ran.out + ran.err


async def test_line_added_twice_has_its_webhooks_once(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    first = desk.hooks()

    ran = await desk.adds_line()

    assert ran.code == 0
    assert desk.hooks() == first
    assert len(await desk.lines()) == 1


async def test_configured_secret_stands_in_the_webhooks(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC, THREADLINE_WEBHOOK_SECRET="a-secret-of-our-own")

    await desk.adds_line()

    assert all(url.startswith(f"{PUBLIC}/webhooks/textrequest/a-secret-of-our-own?") for url in desk.hooks())


async def test_line_added_again_moves_to_the_other_channel(desk: Desk) -> None:
    await desk.adds_line()
    desk.sales = desk.workspace.add_channel("support")

    await desk.adds_line("--quiet")

    (line,) = await desk.lines()
    assert (line.channel, line.broadcasts) == (desk.sales.id, False)


async def test_line_without_a_name_is_called_by_its_number(desk: Desk) -> None:
    account = str(desk.dashboard.id)

    await desk.types(
        *("lines", "add", "textrequest", "--number", "(423) 555-0100"),
        *("--channel", desk.sales.id, "--account", account),
    )

    (line,) = await desk.lines()
    assert (line.name, line.number) == ("+1 423 555 0100", SALES)


async def test_number_bound_at_another_dashboard_is_not_bound_twice(desk: Desk) -> None:
    await desk.adds_line()
    desk.dashboard = desk.textrequest.add_dashboard("Copy", SALES)

    ran = await desk.adds_line()

    assert ran.code == 1
    assert "lines remove" in ran.err
    assert len(await desk.lines()) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--channel", "#sales", "--account", "121", "--number", SALES), "--channel takes the channel's id"),
        (("--channel", "C0SALES11", "--number", SALES), "--account takes the Text Request dashboard's id"),
        (("--channel", "C0SALES11", "--account", "121", "--number", "hello"), "number"),
    ],
)
async def test_line_that_cannot_be_is_refused_in_words(desk: Desk, words: tuple[str, ...], told: str) -> None:
    ran = await desk.types("lines", "add", "textrequest", *words)

    assert ran.code == 1
    assert told in ran.err
    assert "Traceback" not in ran.err


async def test_line_of_a_provider_that_is_not_set_up_is_refused(desk: Desk) -> None:
    ran = await desk.types("lines", "add", "clicksend", "--number", OTHER, "--channel", desk.sales.id)

    assert ran.code == 1
    assert ran.err == "Set CLICKSEND_USERNAME and CLICKSEND_API_KEY before adding this line.\n"
    assert await desk.lines() == []


async def test_channel_that_cannot_be_posted_in_is_told_and_bound_all_the_same(desk: Desk) -> None:
    desk.sales = desk.workspace.add_channel("elsewhere", bot=False)

    ran = await desk.adds_line()

    assert ran.code == 0
    assert ran.line("Invite") == "Invite Threadline to #elsewhere now by /invite @Threadline."
    assert len(await desk.lines()) == 1


async def test_archived_channel_is_told(desk: Desk) -> None:
    await desk.workspace.archive("sales", "Dana")

    ran = await desk.adds_line()

    assert ran.line("archived") == "#sales is archived: nothing can be shown there."


async def test_channel_that_slack_does_not_show_is_told(desk: Desk) -> None:
    desk.sales = desk.workspace.add_channel("secret", private=True, bot=False)

    ran = await desk.adds_line()

    assert "channel_not_found" in ran.line("if it is private")


async def test_line_whose_webhooks_are_refused_is_bound_all_the_same(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    desk.trouble.add(Fault(where="textrequest.add_hook", kind="status", status=500, times=0))

    ran = await desk.adds_line()

    assert ran.code == 1
    assert "The bot tries again every 5 minutes." in ran.line("could not be registered")
    assert len(await desk.lines()) == 1


async def test_line_added_beside_a_running_bot_is_served_by_it(desk: Desk) -> None:
    async with office("office.db") as team:
        await team.bind()
        await team.start()
        support = team.workspace.add_channel("support")
        dashboard = team.textrequest.add_dashboard("Support", OTHER)
        desk.set(**{name.upper(): value for name, value in team.values().items()})

        ran = await desk.types(
            *("lines", "add", "textrequest", "--number", OTHER, "--channel", support.id),
            *("--account", str(dashboard.id), "--name", "Support"),
        )
        await team.textrequest.contact_texts(MARIA, "Help!", to=OTHER)

        assert ran.code == 0
        await team.see(lambda: len(team.workspace.messages(support)) > 0, "a card in #support")
