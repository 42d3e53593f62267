"""The demo's bot: everything that it talks to is on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.demo.child import ChildBot
from bot.cli.demo_bot import refuse_outside
from bot.errors import SettingsError
from bot.providers.asms import Asms
from bot.providers.clicksend import ClickSend
from bot.sandbox.server import Sandbox
from bot.sandbox.story.stage import Stage
from bot.settings import Settings
from bot.startup import build_providers

OUTSIDE = {
    "SLACK_API_URL": "https://slack.com/api/",
    "TEXTREQUEST_API_URL": "https://api.textrequest.com/api/v3",
    "CLICKSEND_API_URL": "https://rest.clicksend.com/v3",
    "ASMS_API_URL": "https://adapter.example.com/api",
    "JTEL_API_URL": "https://acd.example.com/rest/v1.0",
    "THREADLINE_PUBLIC_URL": "https://threadline.example.com",
}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """An empty stage."""
    async with Sandbox.start() as sandbox:
        yield Stage(sandbox)


async def test_bot_of_the_demo_has_a_contact_centre_on_this_machine(stage: Stage, tmp_path: Path) -> None:
    settings = Settings.explicit(ChildBot(stage, tmp_path).values)

    refuse_outside(settings)

    assert settings.jtel_api_url == stage.sandbox.jtel_addresses()["JTEL_API_URL"]
    assert {row["Name"] for row in stage.sandbox.jtel.dialler.campaigns.values()} == {"Spring offers", "Renewals"}


async def test_bot_of_the_demo_has_a_service_desk_on_this_machine(stage: Stage, tmp_path: Path) -> None:
    settings = Settings.explicit(ChildBot(stage, tmp_path).values)

    refuse_outside(settings)

    assert settings.asms_api_url == stage.sandbox.asms_api_url
    assert Asms.name in build_providers(settings)
    assert "No hot water, flat 4B" in {ticket.subject for ticket in stage.sandbox.asms.tickets.values()}


async def test_bot_of_the_demo_has_a_second_provider_and_an_admin(stage: Stage, tmp_path: Path) -> None:
    settings = Settings.explicit(ChildBot(stage, tmp_path).values)

    refuse_outside(settings)

    assert ClickSend.name in build_providers(settings)
    assert settings.admins == (stage.workspace.member("Dana").id,)


@pytest.mark.parametrize("name", OUTSIDE)
async def test_address_outside_of_this_machine_is_refused(stage: Stage, tmp_path: Path, name: str) -> None:
    values = {**ChildBot(stage, tmp_path).values, name.lower(): OUTSIDE[name]}

    with pytest.raises(SettingsError, match=name):
        refuse_outside(Settings.explicit(values))
