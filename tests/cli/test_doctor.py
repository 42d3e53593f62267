"""`threadline doctor` at a desk: settings, Slack and providers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.doctor.examine import look_at_secrets
from bot.doctor.findings import Mark
from bot.doctor.providers import said, skew
from bot.doctor.version import what_runs
from bot.providers.textrequest import TextRequest
from bot.sandbox.trouble import Fault
from bot.settings import Settings, Signatures
from bot.startup import build_providers
from tests.cli.conftest import MARIA, PUBLIC, SALES, Desk

# --- Settings -------------------------------------------------------------------------------------------


async def test_everything_in_place_is_all_well_but_for_the_bot_itself(desk: Desk) -> None:
    await desk.adds_line()

    ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.out.startswith(f"✓ Version: {what_runs()}.\n")
    assert "✗" not in ran.out.replace("(✗)", "")
    assert ran.out.splitlines()[-1] == "0 to put right (✗), 1 to look at (!)."
    assert ran.line("Bot:").startswith("! Bot: not running here")


async def test_wrong_variables_are_each_named(desk: Desk) -> None:
    desk.set(THREADLINE_PORT="http", TEXTREQUEST_SIGNATURES="maybe")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("THREADLINE_PORT").startswith("✗ Settings: THREADLINE_PORT")
    assert ran.line("TEXTREQUEST_SIGNATURES").startswith("✗ Settings:")


@pytest.mark.parametrize(("mode", "told"), [(0o600, 0), (0o640, 1), (0o604, 1)])
def test_file_of_settings_that_others_can_read_is_told(machine: Path, mode: int, told: int) -> None:
    file = machine / ".env"
    file.touch()
    file.chmod(mode)

    assert len(look_at_secrets(file)) == told


def test_no_file_of_settings_is_fine(machine: Path) -> None:
    assert look_at_secrets(machine / ".env") == []


async def test_no_secret_and_no_contact_is_shown(desk: Desk) -> None:
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC, THREADLINE_WEBHOOK_SECRET="a-secret-in-the-path")
    await desk.adds_line()
    await desk.textrequest.contact_texts(MARIA, "Hi there", to=SALES)

    ran = await desk.types("doctor")

    app = desk.workspace.app
    for secret in (app.bot_token, app.app_token, desk.textrequest.api_key, "a-secret-in-the-path", MARIA[2:]):
        assert secret not in ran.out + ran.err
    assert "webhooks connected" in ran.out


# --- Slack ----------------------------------------------------------------------------------------------


async def test_missing_tokens_are_named(desk: Desk) -> None:
    desk.set(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("✗ Bot token").startswith("✗ Bot token: SLACK_BOT_TOKEN is missing")
    assert ran.line("✗ App token").startswith("✗ App token: SLACK_APP_TOKEN is missing")


async def test_refused_tokens_are_told_with_slacks_word(desk: Desk) -> None:
    desk.set(SLACK_BOT_TOKEN="xoxb-of-another", SLACK_APP_TOKEN="xapp-of-another")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "invalid_auth" in ran.line("✗ Bot token")
    assert "invalid_auth" in ran.line("✗ App token")


async def test_slack_out_of_reach_is_told_once(desk: Desk) -> None:
    desk.set(SLACK_API_URL="http://127.0.0.1:9/")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("✗ Slack: no usable answer").endswith("Check the network and SLACK_API_URL.")
    assert ran.line("App token").startswith("! App token: Slack could not be asked now (unreachable)")


async def test_busy_slack_is_no_refusal_of_the_app_token(desk: Desk) -> None:
    desk.trouble.add(Fault(where="apps.connections.open", kind="status", status=429, retry_after_s=30))

    ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.line("App token").startswith("! App token: Slack could not be asked now")


async def test_missing_scopes_are_named(desk: Desk) -> None:
    desk.workspace.app.scopes -= {"im:write", "reactions:write", "files:write"}

    ran = await desk.types("doctor")

    assert ran.code == 1
    line = ran.line("✗ Scopes: files:write, im:write, reactions:write missing")
    assert line.endswith("reinstall the app.")


async def test_http_mode_needs_a_public_address(desk: Desk) -> None:
    desk.set(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="a-signing-secret")

    without = await desk.types("doctor")
    desk.set(THREADLINE_PUBLIC_URL=PUBLIC)
    with_it = await desk.types("doctor")

    assert without.line("HTTP mode").startswith("✗ HTTP mode: THREADLINE_PUBLIC_URL is missing")
    assert with_it.line("HTTP mode") == f"✓ HTTP mode: Slack must post to {PUBLIC}/slack/events"


async def test_nobody_to_alert_is_told(desk: Desk) -> None:
    desk.set(THREADLINE_ADMINS="")

    ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.line("Alerts:").startswith("! Alerts: nobody is told")


async def test_admins_that_are_no_members_are_told(desk: Desk) -> None:
    guest = desk.workspace.add_member("Gus", kind="guest")
    desk.set(THREADLINE_ADMINS=f"{desk.dana.id}, {guest.id}, UNOBODY")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("Dana") == "✓ Admins: Dana is a member."
    assert ran.line(guest.id).startswith(f"✗ Admins: {guest.id} is no full member")
    assert ran.line("UNOBODY").startswith("✗ Admins: Slack does not know UNOBODY (user_not_found)")


async def test_alert_channel_without_the_bot_is_told(desk: Desk) -> None:
    alerts = desk.workspace.add_channel("alerts", bot=False)
    desk.set(THREADLINE_ADMINS="", THREADLINE_ALERT_CHANNEL=alerts.id)

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("Alerts:").startswith("✗ Alerts: the bot is not in #alerts.")


# --- Providers ------------------------------------------------------------------------------------------


async def test_no_provider_is_wrong(desk: Desk) -> None:
    desk.set(TEXTREQUEST_API_KEY="")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("Providers:").startswith("✗ Providers: none is set up. Set CLICKSEND_USERNAME")


async def test_refused_key_names_its_variable(desk: Desk) -> None:
    desk.set(TEXTREQUEST_API_KEY="another-key")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert ran.line("our key is refused").endswith("Check TEXTREQUEST_API_KEY.")


async def test_provider_out_of_reach_is_wrong(desk: Desk) -> None:
    desk.set(TEXTREQUEST_API_URL="http://127.0.0.1:9/")

    ran = await desk.types("doctor")

    assert ran.code == 1
    assert "it could not be asked (no_connection)" in ran.line("✗ Text Request")


async def test_clicksend_is_checked_too(desk: Desk) -> None:
    clicksend = desk.sandbox.clicksend
    desk.set(
        CLICKSEND_USERNAME=clicksend.username,
        CLICKSEND_API_KEY=clicksend.api_key,
        CLICKSEND_API_URL=desk.sandbox.clicksend_api_url,
    )

    ran = await desk.types("doctor")

    assert ran.line("ClickSend").startswith("✓ ClickSend: our key is accepted (balance")


@pytest.mark.parametrize(
    ("skew_s", "marks"),
    [(None, []), (0.0, []), (60.0, []), (-61.0, [Mark.LOOK]), (240.0, [Mark.LOOK]), (241.0, [Mark.WRONG])],
)
async def test_clocks_that_differ_are_told_before_signatures_fail(skew_s: float | None, marks: list[Mark]) -> None:
    provider = build_providers(Settings.explicit({"textrequest_api_key": "k"}))[TextRequest.name]

    found = skew(provider, skew_s)
    await provider.close()

    assert [finding.mark for finding in found] == marks


@pytest.mark.parametrize(("skew_s", "words"), [(90.0, "90 s behind"), (-90.0, "90 s ahead of")])
async def test_clock_says_which_way_it_is_wrong(skew_s: float, words: str) -> None:
    provider = build_providers(Settings.explicit({"textrequest_api_key": "k"}))[TextRequest.name]

    found = skew(provider, skew_s)
    await provider.close()

    assert words in found[0].words


@pytest.mark.parametrize(
    ("mode", "seen", "words"),
    [
        (Signatures.AUTO, False, "accepted without until"),
        (Signatures.AUTO, True, "required, since"),
        (Signatures.REQUIRED, False, "required, as"),
        (Signatures.OFF, True, "accepted without, as"),
    ],
)
def test_what_happens_to_unsigned_webhooks_is_said(mode: Signatures, seen: bool, words: str) -> None:
    assert said(mode, seen=seen).startswith(words)
