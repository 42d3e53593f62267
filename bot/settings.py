"""The process's environment, read once. An error names the variable.

Settings come from the environment or from `.env` in the working directory. A line's own settings are rows
in storage. `Settings.explicit` builds the same object from given values alone, for the demo and for tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError
from bot.model import MemberId

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
    threadline_alert_channel: str | None = Field(None, description="Channel for alerts; unset: the admins by DM")
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

    @field_validator("slack_api_url", "textrequest_api_url", "clicksend_api_url", "threadline_public_url")
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

    @classmethod
    def explicit(cls, values: Mapping[str, str]) -> Self:
        """Build from `values` (variable name in lower case → text) alone: no environment, no file."""
        try:
            return _Explicit(**values)  # type: ignore[return-value,arg-type]  # same fields, other sources
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from None


class _Explicit(Settings):
    """`Settings` that sees nothing but what it is given."""

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


def _sentence(error: ValidationError) -> str:
    """One line for each variable at fault; never its value."""
    return "\n".join(
        f"{str(part['loc'][0]).upper() if part['loc'] else 'Settings'}: {part['msg']}"
        for part in error.errors(include_url=False, include_input=False, include_context=False)
    )
