"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, Signatures

NAMES = [
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "THREADLINE_DATABASE",
    "THREADLINE_HOST",
    "THREADLINE_PORT",
    "THREADLINE_PUBLIC_URL",
    "THREADLINE_WEBHOOK_SECRET",
    "THREADLINE_ADMINS",
    "THREADLINE_ALERT_CHANNEL",
    "THREADLINE_LOG_FORMAT",
    "THREADLINE_SLACK_PACE_S",
    "TEXTREQUEST_API_KEY",
    "TEXTREQUEST_API_URL",
    "TEXTREQUEST_CALLS_PER_MINUTE",
    "TEXTREQUEST_SIGNATURES",
    "CLICKSEND_USERNAME",
    "CLICKSEND_API_KEY",
    "CLICKSEND_API_URL",
    "CLICKSEND_CALLS_PER_MINUTE",
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_when_the_fields_are_listed_then_they_are_the_documented_variables() -> None:
    assert sorted(name.upper() for name in Settings.model_fields) == sorted(NAMES)


def test_when_nothing_is_set_then_the_defaults_hold() -> None:
    settings = Settings.from_environment()

    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.threadline_database, settings.threadline_host, settings.threadline_port) == (
        "threadline.db",
        "127.0.0.1",
        8080,
    )
    assert settings.textrequest_signatures == Signatures.AUTO
    assert settings.threadline_slack_pace_s == 1.0
    assert settings.admins == ()


def test_when_a_dot_env_is_there_then_it_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("THREADLINE_PORT=9000\nTHREADLINE_ADMINS=U1, U2\n")
    monkeypatch.setenv("THREADLINE_PORT", "9001")

    settings = Settings.from_environment()

    assert settings.threadline_port == 9001
    assert settings.admins == ("U1", "U2")


def test_when_a_variable_is_empty_then_it_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THREADLINE_WEBHOOK_SECRET", "")

    assert Settings.from_environment().threadline_webhook_secret is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADLINE_PORT", "eighty"),
        ("THREADLINE_PORT", "70000"),
        ("THREADLINE_SLACK_PACE_S", "-1"),
        ("TEXTREQUEST_SIGNATURES", "sometimes"),
        ("TEXTREQUEST_API_URL", "http://api.example.com"),
        ("SLACK_API_URL", "ftp://127.0.0.1"),
        ("THREADLINE_PUBLIC_URL", "http://bot.example.com"),
        ("THREADLINE_WEBHOOK_SECRET", "tooshort"),
        ("THREADLINE_LOG_FORMAT", "xml"),
    ],
)
def test_when_a_value_cannot_be_then_the_error_names_the_variable_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        Settings.from_environment()

    assert name in str(refused.value)
    assert value not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", "http://localhost:9", "http://[::1]:9"])
def test_when_an_address_is_loopback_then_plain_http_is_accepted(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("CLICKSEND_API_URL", url)

    assert Settings.from_environment().clicksend_api_url == url


def test_when_settings_are_explicit_then_environment_and_dot_env_are_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-real\n")
    monkeypatch.setenv("TEXTREQUEST_API_KEY", "real")

    settings = Settings.explicit({"threadline_port": "0"})

    assert settings.slack_bot_token is None
    assert settings.textrequest_api_key is None
    assert settings.threadline_port == 0


def test_when_settings_are_shown_then_no_secret_is_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("CLICKSEND_API_KEY", "key-very-secret")
    monkeypatch.setenv("THREADLINE_DATABASE", "postgresql://bot:very-secret@127.0.0.1/bot")

    assert "very-secret" not in repr(Settings.from_environment())
