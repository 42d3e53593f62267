"""`threadline lines`: listing and unbinding numbers, and changing the secret of their webhooks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

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


def not_made(machine: Path) -> bool:
    """Whether there is no database."""
    return not (machine / "threadline.db").exists()


# --- list, remove ---------------------------------------------------------------------------------------


async def test_lines_are_listed_and_no_database_is_made_for_it(desk: Desk, machine: Path) -> None:
    none = await desk.types("lines", "list")
    assert not_made(machine)
    await desk.adds_line()

    one = await desk.types("lines", "list")

    assert none.out == "No lines yet: threadline lines add --help\n"
    assert one.out == f"Sales: textrequest (dashboard {desk.dashboard.id}) {SALES} → {desk.sales.id}\n"


@pytest.mark.parametrize("words", [("list",), ("remove", "--number", SALES), ("rotate", "textrequest")])
async def test_lines_of_a_newer_version_are_left_alone(desk: Desk, machine: Path, words: tuple[str, ...]) -> None:
    await desk.adds_line()
    with closing(sqlite3.connect(machine / "threadline.db")) as connection, connection:
        connection.execute("insert into schema_version (version) values (99)")
        before = list(connection.iterdump())

    ran = await desk.types("lines", *words)

    with closing(sqlite3.connect(machine / "threadline.db")) as connection:
        after = list(connection.iterdump())
    assert ran.code == 1
    assert "made by a newer Threadline (schema 99" in ran.err
    assert after == before


async def test_removed_line_has_no_webhooks_any_more(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()

    ran = await desk.types("lines", "remove", "--number", SALES)

    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Sales is unbound. Its messages stay in the database.",
        "Webhooks: 5 removed.",
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
    assert len(desk.hooks()) == 5
    assert not set(desk.hooks()) & set(before)


async def test_old_webhooks_that_stay_are_told(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    desk.trouble.add(Fault(where="textrequest.delete_hook", kind="status", status=500, times=0))

    ran = await desk.types("lines", "rotate", "textrequest")

    assert ran.code == 1
    assert "The old webhooks of Sales could not be removed" in ran.out
    assert len(desk.hooks()) == 10


async def test_secret_of_a_provider_that_is_not_set_up_is_not_rotated(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.adds_line()
    before = desk.hooks()
    desk.set(TEXTREQUEST_API_KEY="")

    ran = await desk.types("lines", "rotate", "textrequest")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("textrequest is not set up here")
    desk.set(**desk.sandbox.addresses())
    assert (await desk.adds_line()).code == 0
    assert desk.hooks() == before


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


async def test_rule_for_calls_moves_with_the_secret(desk: Desk) -> None:
    await binds_with_a_rule_for_calls(desk)

    ran = await desk.types("lines", "rotate", "clicksend")

    assert ran.code == 0
    assert rules(desk) == ["inbound", "receipts", "voice"]
    assert len(set(secrets(desk))) == 1


@pytest.mark.parametrize(("status", "code"), [(500, 1), (403, 0)])
async def test_rule_for_calls_that_stays_is_told_if_the_account_has_calls(
    desk: Desk, status: int, code: int
) -> None:
    await binds_with_a_rule_for_calls(desk)
    desk.trouble.add(Fault(where="clicksend.delete_rule", kind="status", status=status, times=1, after=1))

    ran = await desk.types("lines", "rotate", "clicksend")

    assert ran.code == code
    assert ("The old webhook for calls could not be removed" in ran.out) == bool(code)


async def binds_with_a_rule_for_calls(desk: Desk) -> None:
    """Bind a line at ClickSend, whose account tells of calls as well."""
    use_clicksend(desk)
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    await desk.types("lines", "add", "clicksend", "--number", OTHER, "--channel", desk.sales.id)
    (secret,) = set(secrets(desk))
    address = f"{PUBLIC}/webhooks/clicksend/{secret}/voice"
    body = {"rule_name": "calls", "action": "URL", "action_address": address, "enabled": 1, "match_type": 0}
    desk.sandbox.clicksend.add_rule("voice", body)


def secrets(desk: Desk) -> list[str]:
    """The secret in the address of each rule."""
    automations = desk.sandbox.clicksend.automations.values()
    return [str(rule.body["action_address"]).split("/")[-2] for rule in automations]
