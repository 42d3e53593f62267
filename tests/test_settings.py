"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.jtel_paths import JTEL_PATHS, Endpoint, read_paths
from bot.model import Money
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
    "THREADLINE_RIGHTS",
    "THREADLINE_PAYMENT_APPROVAL",
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
    "JTEL_API_URL",
    "JTEL_CLIENTS_ID",
    "JTEL_TOKEN",
    "JTEL_TIME_ZONE",
    "JTEL_PATHS",
    "ASMS_INSTANCE_URL",
    "ASMS_TOKEN",
    "ASMS_API_URL",
    "ASMS_USERNAME",
    "ASMS_PASSWORD",
    "ASMS_TENANT",
    "ASMS_TIME_ZONE",
    "ASMS_CALLS_PER_MINUTE",
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


def test_when_a_dot_env_is_no_text_then_the_error_names_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=xoxb\xff\n")

    with pytest.raises(SettingsError) as refused:
        Settings.from_environment()

    assert str(refused.value) == ".env cannot be read (it is no text in UTF-8)."


def test_when_a_variable_is_empty_then_it_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THREADLINE_WEBHOOK_SECRET", "")

    assert Settings.from_environment().threadline_webhook_secret is None


ALONE = "letters, digits and . _ ~ + = - alone, as it stands in an address"
ANOTHER = "is another token of your Slack app: this one begins with"
PATH_OR_POSTGRESQL = "must be a path, or an address that starts with postgresql://."
HTTPS = "https:// (http:// is accepted on loopback only)"
LIKE_A_PATH = "must be like update=POST /dialler/contacts/update, with a name that exists."
NEEDS_ID = "needs {id} where the contact's id stands, and only in the paths that have one."
GET_TO_READ = "must be asked with GET where it only reads, and with another verb where it changes."


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("THREADLINE_PORT", "eighty", "must be a whole number."),
        ("THREADLINE_PORT", "70000", "must be 65535 or less."),
        ("THREADLINE_SLACK_PACE_S", "-1", "must be 0 or more."),
        ("THREADLINE_SLACK_PACE_S", "fast", "must be a number."),
        ("TEXTREQUEST_SIGNATURES", "sometimes", "must be 'auto', 'required' or 'off'."),
        ("TEXTREQUEST_API_URL", "http://api.example.com", f"must start with {HTTPS}."),
        ("SLACK_API_URL", "ftp://127.0.0.1", f"must start with {HTTPS}."),
        ("THREADLINE_PUBLIC_URL", "http://bot.example.com", f"must start with {HTTPS}."),
        ("THREADLINE_WEBHOOK_SECRET", "tooshort", "must have 16 characters or more."),
        ("SLACK_BOT_TOKEN", "xoxb-…", "has characters that no key has. Copy it again."),
        ("SLACK_BOT_TOKEN", "xapp-1-A", f"{ANOTHER} xoxb-."),
        ("SLACK_APP_TOKEN", "xoxb-1-A", f"{ANOTHER} xapp-."),
        ("SLACK_BOT_TOKEN", "xoxp-1-A", f"{ANOTHER} xoxb-."),
        ("THREADLINE_DATABASE", "mysql://u:p@db/threadline", PATH_OR_POSTGRESQL),
        ("THREADLINE_DATABASE", "sqlite:///threadline.db", PATH_OR_POSTGRESQL),
        ("TEXTREQUEST_API_KEY", "key of mine", "has characters that no key has. Copy it again."),
        ("THREADLINE_WEBHOOK_SECRET", "of/base64/with/slashes", f"may have {ALONE}."),
        ("THREADLINE_WEBHOOK_SECRET", "a question? and a space", f"may have {ALONE}."),
        ("THREADLINE_LOG_FORMAT", "xml", "must be 'text' or 'json'."),
        ("JTEL_API_URL", "http://acd.example.com/rest/v1.0", f"must start with {HTTPS}."),
        ("JTEL_CLIENTS_ID", "0", "must be 1 or more."),
        ("JTEL_TIME_ZONE", "Berlin time", "must be the name of a time zone, like Europe/Berlin."),
        ("ASMS_TIME_ZONE", "Lima time", "must be the name of a time zone, like Europe/Berlin."),
        ("JTEL_PATHS", "delete=GET /dialler/all", LIKE_A_PATH),
        ("JTEL_PATHS", "update=/dialler/contacts/update", LIKE_A_PATH),
        ("JTEL_PATHS", "update=POST dialler", LIKE_A_PATH),
        ("JTEL_PATHS", "update=POST /dialler/contacts?all=1", LIKE_A_PATH),
        ("JTEL_PATHS", "reset=PATCH /dialler/contacts/reset", NEEDS_ID),
        ("JTEL_PATHS", "update=DELETE /dialler/contacts/update", LIKE_A_PATH),
        ("JTEL_PATHS", "find=POST /dialler/contacts/contact", GET_TO_READ),
        ("JTEL_PATHS", "update=GET /dialler/contacts/update", GET_TO_READ),
        ("ASMS_API_URL", "http://adapter.example.com/api", f"must start with {HTTPS}."),
        ("ASMS_INSTANCE_URL", "http://asms.example.com/ASMSapi", f"must start with {HTTPS}."),
    ],
)
def test_when_a_value_cannot_be_then_the_error_says_what_can_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        Settings.from_environment()

    assert str(refused.value) == f"{name}: {words}"


@pytest.mark.parametrize(("amount", "minor"), [("500", 50_000), ("$1,250.50", 125_050), ("", None)])
def test_when_an_amount_needs_approval_then_it_is_read_as_people_write_it(amount: str, minor: int | None) -> None:
    approval = Settings.explicit({"threadline_payment_approval": amount}).payment_approval

    assert approval == (None if minor is None else Money(minor, "USD"))


@pytest.mark.parametrize("amount", ["much", "0", "-5", "5 EUR"])
def test_when_an_approvals_amount_is_none_then_the_variable_is_named(amount: str) -> None:
    with pytest.raises(SettingsError, match="THREADLINE_PAYMENT_APPROVAL: must be an amount in US dollars"):
        Settings.explicit({"threadline_payment_approval": amount})


def test_when_a_path_of_jtel_differs_then_only_that_one_changes() -> None:
    paths = read_paths("update=POST /dialler/contacts/update, history=GET /dialler/contacts/{id}/history")

    assert paths == {
        **JTEL_PATHS,
        "update": Endpoint("POST", "/dialler/contacts/update"),
        "history": Endpoint("GET", "/dialler/contacts/{id}/history"),
    }
    assert read_paths("") == JTEL_PATHS


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


def test_when_settings_are_explicit_then_dot_env_is_not_even_opened(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff")

    assert Settings.explicit({"threadline_port": "0"}).threadline_port == 0


def test_when_settings_are_shown_then_no_secret_is_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("CLICKSEND_API_KEY", "key-very-secret")
    monkeypatch.setenv("THREADLINE_DATABASE", "postgresql://bot:very-secret@127.0.0.1/bot")

    assert "very-secret" not in repr(Settings.from_environment())
