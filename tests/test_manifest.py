"""The Slack app's manifest: valid, complete, and the same as manifest.yml.

The schema in tests/slack is schemas/manifest.schema.2.0.0.json of version 0.5.0, unchanged (MIT license).
Source: https://github.com/slackapi/manifest-schema
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UsageError
from bot.flows import channels
from bot.grammar import SERVED
from bot.manifest import COMMANDS_SCOPE, EVENTS, METHODS, SCOPES, as_yaml, manifest, missing, to_http

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "tests/slack/manifest.schema.json").read_text())
URL = "https://texts.example.com"


def problems(app: object) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(app)]


def called_methods() -> Iterator[str]:
    """Every method of Slack's client that the bot's code names, as Slack writes it."""
    files = [*(ROOT / "bot/slack").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            name = node.attr if isinstance(node, ast.Attribute) else ""
            if re.fullmatch(r"[a-z]+(_\w+)+", name) and callable(getattr(AsyncWebClient, name, None)):
                yield name.replace("_", ".")


def scopes_of(app: Any) -> list[str]:
    return list(app["oauth_config"]["scopes"]["bot"])


@pytest.mark.parametrize("app", [manifest(), to_http(URL)], ids=["socket_mode", "http"])
def test_manifest_is_valid_by_slacks_schema(app: object) -> None:
    assert problems(app) == []


def test_schema_refuses_what_slack_refuses() -> None:
    assert problems({**manifest(), "made_up": 1}) != []


def test_manifest_file_is_what_the_command_prints() -> None:
    assert (ROOT / "manifest.yml").read_bytes() == as_yaml(manifest()).encode()


def test_yaml_is_read_back_as_the_same_app() -> None:
    assert yaml.safe_load(as_yaml(to_http(URL))) == to_http(URL)


def test_scopes_are_those_that_events_and_methods_need_and_no_others() -> None:
    needed = {scope for scopes in [*EVENTS.values(), *METHODS.values()] for scope in scopes} | {COMMANDS_SCOPE}

    assert set(scopes_of(manifest())) == needed
    assert len(scopes_of(manifest())) == len(needed)


def test_methods_are_those_that_the_code_calls() -> None:
    assert set(called_methods()) == set(METHODS)


def test_events_are_those_that_the_doors_handle() -> None:
    handled = {*channels.LOST, *channels.FOUND, "app_home_opened", "app_uninstalled", "tokens_revoked"}

    assert set(EVENTS) == handled | {"message.channels", "message.groups"}


def test_bot_name_has_only_letters_that_slack_takes() -> None:
    app: Any = manifest()

    assert re.fullmatch(r"[a-z0-9._-]{1,80}", app["features"]["bot_user"]["display_name"])


def test_socket_mode_asks_for_no_address() -> None:
    app: Any = manifest()

    assert app["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in as_yaml(app)


def test_http_mode_posts_everything_to_one_address() -> None:
    app: Any = to_http(URL + "/")

    assert app["settings"]["socket_mode_enabled"] is False
    assert app["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert app["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert scopes_of(app) == scopes_of(manifest())


@pytest.mark.parametrize("url", ["", "texts.example.com", "http://texts.example.com", "https://", f"{URL}/?a=b"])
def test_http_mode_without_an_https_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="--http"):
        to_http(url)


def test_scopes_that_a_token_lacks_are_named() -> None:
    granted = [scope.name for scope in SCOPES if scope.name != "im:write"]

    assert [scope.name for scope in missing([*granted, "made:up"])] == ["im:write"]
    assert missing(scope.name for scope in SCOPES) == ()


def test_every_command_that_is_answered_is_one_of_the_app() -> None:
    app: Any = manifest()

    commands = app["features"]["slash_commands"]

    assert [command["command"] for command in commands] == [command.typed for command in SERVED]
    assert [command["description"] for command in commands] == [command.summary for command in SERVED]
    assert all("url" not in command for command in commands)
    assert {command["should_escape"] for command in commands} == {True}


def test_hint_of_a_command_names_its_forms_and_verbs() -> None:
    app: Any = manifest()
    hints = {command["command"]: command["usage_hint"] for command in app["features"]["slash_commands"]}

    assert hints["/group"] == "<id|name> · help · new · edit · delete"
    assert all(len(hint) <= 1000 for hint in hints.values())


def test_commands_come_over_http_where_there_is_an_address() -> None:
    app: Any = to_http(URL)

    assert {command["url"] for command in app["features"]["slash_commands"]} == {f"{URL}/slack/events"}
