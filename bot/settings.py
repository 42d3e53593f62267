"""The process's environment, read once. An error names the variable.

Settings come from the environment or from `.env` in the working directory. A line's own settings are rows
in storage. `Settings.explicit` builds the same object from given values alone, for the demo and for tests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError, UsageError
from bot.jtel_paths import JTEL_PATHS, read_paths
from bot.model import MemberId, Money
from bot.money import parse_amount
from bot.rights import Rights, read_rights

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class LogFormat(StrEnum):
    """How a log line looks."""

    TEXT = "text"
    JSON = "json"


class Signatures(StrEnum):
    """Whether Text Request's webhooks must be signed."""

    AUTO = "auto"  # from the first valid one on
    REQUIRED = "required"
    OFF = "off"


_KEYS = ("slack_bot_token", "slack_app_token", "textrequest_api_key", "clicksend_api_key", "jtel_token")
# Setting → how its token begins, and how the others of the same app do.
_TOKENS = {
    "slack_bot_token": ("xoxb-", ("xapp-", "xoxp-")),
    "slack_app_token": ("xapp-", ("xoxb-", "xoxp-")),
}
_ADDRESSES = (
    *("slack_api_url", "textrequest_api_url", "clicksend_api_url", "jtel_api_url"),
    *("asms_api_url", "asms_instance_url", "threadline_public_url"),
)


class Settings(BaseSettings):
    """Every setting of the process. The field's name in capitals is the variable."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    slack_bot_token: SecretStr | None = Field(None, description="Bot token, `xoxb-…`")
    slack_app_token: SecretStr | None = Field(None, description="App-level token, `xapp-…`: Socket Mode")
    slack_signing_secret: SecretStr | None = Field(None, description="For HTTP mode, when there is no app token")
    slack_api_url: str = Field("https://slack.com/api/", description="Where Slack's Web API is")
    threadline_database: str = Field("threadline.db", repr=False, description="A path, or `postgresql://…`")
    threadline_host: str = Field("127.0.0.1", description="Where the web server listens")
    threadline_port: int = Field(8080, ge=0, le=65535, description="Its port")
    threadline_public_url: str | None = Field(None, description="Its public HTTPS address; unset: the bot polls")
    threadline_webhook_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="Path secret of the webhooks; unset: `lines add` makes one per provider",
    )
    threadline_admins: str = Field("", description="Slack user ids, separated by commas")
    threadline_rights: str = Field(
        "", description="Who may use which command, like `pay=S0123ABCD; contact.delete=admins`"
    )
    threadline_alert_channel: str | None = Field(
        None, description="Id of the channel for alerts, `C…`; unset: the admins by DM"
    )
    threadline_payment_approval: str = Field(
        "", description="Payments over this amount, like `500`, need a second person's approval; unset: none do"
    )
    threadline_log_format: LogFormat = Field(LogFormat.TEXT, description="`text` or `json`")
    threadline_slack_pace_s: float = Field(
        1.0, ge=0, le=60, description="Seconds between two posts in one channel; 0 turns pacing off"
    )
    textrequest_api_key: SecretStr | None = Field(None, description="Text Request: account API key")
    textrequest_api_url: str = Field("https://api.textrequest.com/api/v3", description="Where its API is")
    textrequest_calls_per_minute: int = Field(100, ge=0, description="Never more calls than this; 0: no bound")
    textrequest_signatures: Signatures = Field(
        Signatures.AUTO, description="`auto` (required from the first valid one on), `required` or `off`"
    )
    clicksend_username: str | None = Field(None, description="ClickSend: account or subaccount name")
    clicksend_api_key: SecretStr | None = Field(None, description="ClickSend: its API key")
    clicksend_api_url: str = Field("https://rest.clicksend.com/v3", description="Where its API is")
    clicksend_calls_per_minute: int = Field(100, ge=0, description="Never more calls than this; 0: no bound")
    jtel_api_url: str | None = Field(None, description="jtel: its API, up to `/rest/v1.0`")
    jtel_clients_id: int | None = Field(None, ge=1, description="jtel: the client account's id")
    jtel_token: SecretStr | None = Field(None, description="jtel: the token made in its portal")
    jtel_time_zone: str | None = Field(
        None, description="jtel: its server's time zone, like `Europe/Berlin`; unset: callbacks have no time"
    )
    jtel_paths: str = Field(
        "",
        description="jtel: paths that differ on your server, as `update=POST /dialler/contacts/update`, "
        f"separated by commas; the names are {', '.join(f'`{name}`' for name in JTEL_PATHS)}",
    )
    asms_instance_url: str | None = Field(
        None, description="Aranda: the address of your own ASMS API, like `https://desk.example.com/ASMSAPI`"
    )
    asms_token: SecretStr | None = Field(None, description="Aranda: an integration token")
    asms_api_url: str | None = Field(
        None,
        description="Aranda: the connector adapter's address, up to and with `/api`; all that is asked passes "
        "through it. Unset: the instance itself is asked, which offers less",
    )
    asms_username: str = Field(
        "", description="Aranda, without adapter: who logs in where there are no integration tokens"
    )
    asms_password: SecretStr | None = Field(None, description="Aranda, without adapter: their password")
    asms_tenant: str = Field(
        "", description="Aranda, without adapter: your tenant's alias, where several share an instance"
    )
    asms_time_zone: str | None = Field(
        None, description="Aranda: your instance's time zone; unset: times that name none are left out"
    )
    asms_calls_per_minute: int = Field(100, ge=0, description="Never more calls than this; 0: no bound")

    @field_validator("jtel_time_zone", "asms_time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        try:
            return name if name is None else ZoneInfo(name).key
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValueError("must be the name of a time zone, like Europe/Berlin") from None

    @field_validator("jtel_paths")
    @classmethod
    def _readable_paths(cls, paths: str) -> str:
        read_paths(paths)
        return paths

    @field_validator(*_ADDRESSES)
    @classmethod
    def _https_or_loopback(cls, url: str | None) -> str | None:
        if url is None or url == "":
            return None
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname:
            return url
        if parts.scheme == "http" and parts.hostname in LOOPBACK:
            return url
        raise ValueError("must start with https:// (http:// is accepted on loopback only)")

    @field_validator(*_KEYS, "asms_token")
    @classmethod
    def _can_be_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        """A key left as in an example, or copied with more than itself, could not even be sent."""
        if key is not None and not re.fullmatch(r"[!-~]*", key.get_secret_value()):
            raise ValueError("has characters that no key has. Copy it again")
        return key

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _is_the_right_token(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Slack gives several, and they are easily swapped.

        Source: https://docs.slack.dev/authentication/tokens
        """
        wanted, taken = _TOKENS[str(info.field_name)]
        if token is not None and token.get_secret_value().startswith(taken):
            raise ValueError(f"is another token of your Slack app: this one begins with {wanted}")
        return token

    @field_validator("threadline_database")
    @classmethod
    def _path_or_postgresql(cls, database: str) -> str:
        if "://" in database and not database.startswith(("postgresql://", "postgres://")):
            raise ValueError("must be a path, or an address that starts with postgresql://")
        return database

    @field_validator("threadline_webhook_secret")
    @classmethod
    def _can_stand_in_an_address(cls, secret: SecretStr | None) -> SecretStr | None:
        """With a slash in it, as base64 has, no webhook would find its door."""
        if secret is not None and not re.fullmatch(r"[\w.~+=-]*", secret.get_secret_value(), re.ASCII):
            raise ValueError("may have letters, digits and . _ ~ + = - alone, as it stands in an address")
        return secret

    @field_validator("threadline_rights")
    @classmethod
    def _can_be_read(cls, setting: str) -> str:
        read_rights(setting)
        return setting

    @field_validator("threadline_payment_approval")
    @classmethod
    def _amount(cls, amount: str) -> str:
        if amount:
            try:
                parse_amount(amount)
            except UsageError:
                raise ValueError("must be an amount in US dollars, like 500") from None
        return amount

    @property
    def payment_approval(self) -> Money | None:
        """What one person may ask for alone; None: any amount."""
        amount = self.threadline_payment_approval
        return parse_amount(amount) if amount else None

    @property
    def rights(self) -> Rights:
        """Who may use which command."""
        return read_rights(self.threadline_rights)

    @property
    def admins(self) -> tuple[MemberId, ...]:
        """The admins' Slack ids, in the order given."""
        return tuple(MemberId(part.strip()) for part in self.threadline_admins.split(",") if part.strip())

    @classmethod
    def from_environment(cls) -> Self:
        """Read the environment and `.env`. Raises `SettingsError` that names each variable at fault."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from None
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
            raise SettingsError(f".env cannot be read ({reason}).") from None

    @classmethod
    def explicit(cls, values: Mapping[str, str]) -> Self:
        """Build from `values` (variable name in lower case → text) alone: no environment, no file."""
        try:
            return _Explicit(**values)  # type: ignore[return-value,arg-type]  # same fields, other sources
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from None


class _Explicit(Settings):
    """`Settings` that sees nothing but what it is given."""

    model_config = SettingsConfigDict(env_file=None)  # without a source it would be opened all the same

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


# What pydantic says, for people: its error type → words. Source: https://docs.pydantic.dev/latest/errors/validation_errors/
_WORDS: Mapping[str, str] = {
    "enum": "must be {expected}.",
    "float_parsing": "must be a number.",
    "greater_than_equal": "must be {ge:g} or more.",
    "int_parsing": "must be a whole number.",
    "less_than_equal": "must be {le:g} or less.",
    "too_short": "must have {min_length} characters or more.",
    "value_error": "{error}.",
}


def _sentence(error: ValidationError) -> str:
    """One line for each variable at fault; never its value."""
    return "\n".join(_fault(part) for part in error.errors(include_url=False, include_input=False))


def _fault(part: ErrorDetails) -> str:
    words = _WORDS.get(part["type"])
    variable = str(part["loc"][0]).upper() if part["loc"] else "Settings"
    return f"{variable}: {part['msg'] if words is None else words.format(**part.get('ctx', {}))}"
