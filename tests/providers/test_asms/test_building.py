"""Aranda from the settings."""

from __future__ import annotations

import pytest

from bot.providers.asms import Asms
from bot.providers.asms.direct import AsmsDirect
from bot.settings import Settings
from bot.startup import build_providers

WHOLE = {
    "asms_api_url": "https://adapter.example.com/api",
    "asms_token": "t0ken",
    "asms_instance_url": "https://asms.example.com/ASMSapi/",
    "asms_time_zone": "America/Lima",
}


async def test_when_everything_is_set_then_aranda_is_there() -> None:
    built = build_providers(Settings.explicit(WHOLE))

    assert [type(provider) for provider in built.values()] == [Asms]
    await built[Asms.name].close()


async def test_when_there_is_no_adapter_then_the_instance_is_asked() -> None:
    rest = {each: value for each, value in WHOLE.items() if each != "asms_api_url"}
    by_password = {**rest, "asms_token": "", "asms_username": "desk", "asms_password": "päss word"}

    for values in (rest, by_password):
        built = build_providers(Settings.explicit(values))
        assert [type(provider) for provider in built.values()] == [AsmsDirect]
        await built[Asms.name].close()


@pytest.mark.parametrize("name", ["asms_username", "asms_password"])
def test_when_half_a_login_is_missing_then_there_is_no_aranda(name: str) -> None:
    whole = {"asms_instance_url": WHOLE["asms_instance_url"], "asms_username": "desk", "asms_password": "p"}

    assert build_providers(Settings.explicit({**whole, name: ""})) == {}


@pytest.mark.parametrize("name", ["asms_token", "asms_instance_url"])
def test_when_a_part_is_missing_then_there_is_no_aranda(name: str) -> None:
    rest = {each: value for each, value in WHOLE.items() if each != name}

    assert build_providers(Settings.explicit(rest)) == {}
