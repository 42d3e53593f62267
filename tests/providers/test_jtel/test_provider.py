"""jtel as a whole: where it is asked, with which key, and which paths it has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.errors import CredentialsRefused, SettingsError, Unreachable
from bot.model import AgentGroupId, ProviderName
from bot.providers.jtel import Jtel
from bot.settings import Settings
from bot.startup import build_providers
from tests.providers.case import everything, now
from tests.providers.cases.common import KEY
from tests.providers.cases.jtel.common import NO_SUCH_PATH, NOT_THERE, NOTHING, jt, jt_refusal, server
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_jtel.conftest import asked

ALL_SET = {
    "jtel_api_url": "https://acd.example.com/rest/v1.0",
    "jtel_clients_id": "17",
    "jtel_token": KEY,
}


@pytest.mark.parametrize("slash", ["", "/"])
async def test_when_it_is_asked_then_the_account_is_in_the_path_and_the_key_in_a_header(
    far_end: FarEnd, slash: str
) -> None:
    there = replace(server(far_end.url), api_url=f"{far_end.url}/rest/v1.0{slash}", clients_id=17)
    provider = Jtel(there, clock=now)
    far_end.will_answer(jt("groups.json"))

    await provider.list_agent_groups()
    await provider.close()

    assert far_end.heard[0].path == "/rest/v1.0/17/acd/groups"
    assert far_end.heard[0].headers["authorization"] == f"Bearer {KEY}"


def test_when_the_token_cannot_stand_in_a_header_then_it_is_named_and_not_shown() -> None:
    with pytest.raises(SettingsError, match="The key of jtel") as caught:
        Jtel(replace(server("https://acd.example.com/1"), token=SecretStr("ключ")), clock=now)

    assert "ключ" not in str(caught.value)


async def test_when_a_whole_list_is_long_then_it_is_read_and_anything_else_as_long_is_not(
    provider: Jtel, far_end: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.http.client.MAX_BODY_BYTES", 10)
    names = ("groups", "groups", "users", "campaigns", "campaigns", "contacts", "events", "group", "group")
    far_end.will_answer(*(jt(f"{name}.json") for name in names))

    groups = [*await provider.list_agent_groups(), *await provider.find_agent_groups("Support")]
    campaigns = [*await provider.list_campaigns(), *await provider.find_campaigns("Campaign")]

    assert all([groups, campaigns, await provider.list_agents()])
    assert await everything(provider.list_dialler_contacts(None))
    assert await everything(provider.list_acd_events())
    with pytest.raises(Unreachable, match="no usable answer"):
        await provider.read_agent_group(AgentGroupId(235))


@pytest.mark.parametrize(
    ("answer", "there"),
    [
        (NOT_THERE, True),
        (NOTHING, True),
        (jt_refusal(400), True),
        (jt("contact.json"), True),
        (NO_SUCH_PATH, False),
        (Answer(405), False),
        (Answer(404, b"<html>"), False),
    ],
)
async def test_when_a_path_is_tried_then_only_a_404_without_words_says_that_it_is_not_there(
    provider: Jtel, far_end: FarEnd, answer: Answer, there: bool
) -> None:
    far_end.will_answer(answer, answer, answer)

    found = [await provider.has_path(name) for name in ("find", "history", "history-by-data")]

    assert found == [there] * 3
    assert asked(far_end) == [
        "GET /dialler/contacts/contact",
        "GET /dialler/contacts/contact/2147483647/history",
        "GET /dialler/contacts/contact/history",
    ]


@pytest.mark.parametrize(("status", "error"), [(401, CredentialsRefused), (503, Unreachable)])
async def test_when_a_path_cannot_be_tried_then_nothing_is_said_about_it(
    provider: Jtel, far_end: FarEnd, status: int, error: type[Exception]
) -> None:
    far_end.will_answer(Answer(status))

    with pytest.raises(error):
        await provider.has_path("find")


async def test_when_everything_is_set_then_there_is_jtel() -> None:
    built = build_providers(Settings.explicit({**ALL_SET, "jtel_time_zone": "Europe/Berlin"}))

    assert list(built) == [ProviderName("jtel")]
    await built[ProviderName("jtel")].close()


@pytest.mark.parametrize("missing", ALL_SET)
def test_when_one_of_them_is_not_set_then_there_is_no_jtel(missing: str) -> None:
    settings = Settings.explicit({name: value for name, value in ALL_SET.items() if name != missing})

    assert build_providers(settings) == {}
