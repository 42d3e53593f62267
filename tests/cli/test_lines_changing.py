"""`threadline lines`: listing and unbinding numbers, and changing the secret of their webhooks."""

from __future__ import annotations

from bot.model import ProviderName
from bot.sandbox.trouble import Fault
from tests.cli.conftest import PUBLIC, SALES, Desk

OTHER = "+14235550199"


def use_clicksend(desk: Desk) -> None:
    """Set ClickSend up, with one dedicated number."""
    clicksend = desk.sandbox.clicksend
    clicksend.add_number(OTHER)
    desk.set(
        CLICKSEND_USERNAME=clicksend.username,
        CLICKSEND_API_KEY=clicksend.api_key,
        CLICKSEND_API_URL=desk.sandbox.clicksend_api_url,
    )


def rules(desk: Desk) -> list[str]:
    """What ClickSend posts to us."""
    return sorted(rule.kind for rule in desk.sandbox.clicksend.automations.values() if rule.active)


# --- list, remove ---------------------------------------------------------------------------------------


async def test_lines_are_listed(desk: Desk) -> None:
    none = await desk.types("lines", "list")
    await desk.adds_line()

    one = await desk.types("lines", "list")

    assert none.out == "No lines yet: threadline lines add --help\n"
    assert one.out == f"Sales: textrequest (dashboard {desk.dashboard.id}) {SALES} → {desk.sales.id}\n"


async def test_removed_line_has_no_webhooks_any_more(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()

    ran = await desk.types("lines", "remove", "--number", SALES)

    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Sales is unbound. Its messages stay in the database.",
        "Webhooks: 4 removed.",
    ]
    assert desk.hooks() == []
    assert await desk.lines() == []


async def test_line_whose_webhooks_stay_is_unbound_and_told(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    desk.trouble.add(Fault(where="textrequest.hooks", kind="status", status=500, times=0))

    ran = await desk.types("lines", "remove", "--number", SALES)

    assert ran.code == 1
    assert ran.line("still at the provider").endswith("Remove them there.")
    assert await desk.lines() == []


async def test_number_without_a_line_cannot_be_removed(desk: Desk) -> None:
    ran = await desk.types("lines", "remove", "--number", SALES)

    assert ran.code == 1
    assert ran.err.startswith("No line has that number.")


async def test_number_at_two_providers_is_removed_where_it_is_said(desk: Desk) -> None:
    use_clicksend(desk)
    await desk.binds()
    await desk.binds(provider=ProviderName("clicksend"))

    unsaid = await desk.types("lines", "remove", "--number", SALES)
    said = await desk.types("lines", "remove", "clicksend", "--number", SALES)

    assert unsaid.code == 1
    assert "Two providers have that number" in unsaid.err
    assert said.code == 0
    assert [line.provider for line in await desk.lines()] == ["textrequest"]


async def test_removed_line_that_is_added_again_is_the_same_line(desk: Desk) -> None:
    await desk.adds_line()
    (before,) = await desk.lines()
    await desk.types("lines", "remove", "--number", SALES)

    await desk.adds_line()

    assert [line.id for line in await desk.lines()] == [before.id]


# --- rotate ---------------------------------------------------------------------------------------------


async def test_rotated_secret_is_in_every_webhook_and_the_old_ones_are_gone(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    before = desk.hooks()

    ran = await desk.types("lines", "rotate", "textrequest")

    assert ran.code == 0
    assert ran.line("24 hours") == "A new secret is in use; the old one is accepted for 24 hours more."
    assert len(desk.hooks()) == 4
    assert not set(desk.hooks()) & set(before)


async def test_old_webhooks_that_stay_are_told(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    desk.trouble.add(Fault(where="textrequest.delete_hook", kind="status", status=500, times=0))

    ran = await desk.types("lines", "rotate", "textrequest")

    assert ran.code == 1
    assert "The old webhooks of Sales could not be removed" in ran.out
    assert len(desk.hooks()) == 8


async def test_configured_secret_is_not_rotated(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC, THREADLINE_WEBHOOK_SECRET="a-secret-of-our-own")

    ran = await desk.types("lines", "rotate", "textrequest")

    assert ran.code == 1
    assert ran.err.startswith("THREADLINE_WEBHOOK_SECRET sets the secret")


# --- ClickSend ------------------------------------------------------------------------------------------


async def test_clicksend_line_comes_and_goes_with_its_rules(desk: Desk) -> None:
    use_clicksend(desk)
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)

    added = await desk.types("lines", "add", "clicksend", "--number", OTHER, "--channel", desk.sales.id)
    made = rules(desk)
    removed = await desk.types("lines", "remove", "--number", OTHER)

    assert (added.code, removed.code) == (0, 0)
    assert added.line("Webhooks") == "Webhooks: 2 connected."
    assert made == ["inbound", "receipts"]
    assert removed.line("Webhooks") == "Webhooks: 2 removed."
    assert rules(desk) == []
