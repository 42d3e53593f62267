"""Where a benchmark happens: a folder, a database with one line, and the settings of a bot for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.sandbox.textrequest.shapes import Dashboard
from bot.settings import Settings
from bot.startup import opened_store
from tests.ports import free_port

NUMBER = "+14235550100"
CONNECTIONS = 32  # at once, towards us and towards Slack


@dataclass(frozen=True, slots=True)
class Place:
    """A database with one line, and everything needed to send webhooks to its bot."""

    folder: Path
    environment: Mapping[str, str]
    dashboard: Dashboard
    secret: str

    @property
    def port(self) -> int:
        """Of the bot's web server."""
        return int(self.environment["THREADLINE_PORT"])

    @property
    def database(self) -> Path:
        """The file."""
        return Path(self.environment["THREADLINE_DATABASE"])

    @property
    def path(self) -> str:
        """Where the provider posts texts to."""
        return f"/webhooks/textrequest/{self.secret}?e=msg_received"

    @property
    def settings(self) -> Settings:
        """As the bot reads them."""
        return Settings.explicit({name.lower(): value for name, value in self.environment.items()})


async def prepare(folder: Path, addresses: Mapping[str, str], channel: str, dashboard: Dashboard) -> Place:
    """Make the folder and the database, and bind the line."""
    _make(folder)
    port = free_port()
    environment = dict(addresses) | {
        "THREADLINE_DATABASE": str(folder / "threadline.db"),
        "THREADLINE_PORT": str(port),
        "THREADLINE_SLACK_PACE_S": "0",
        "TEXTREQUEST_CALLS_PER_MINUTE": "0",
    }
    place = Place(folder, environment, dashboard, "")
    async with opened_store(place.settings, exclusive=False) as store:
        await store.lines.add(
            Line(
                id=LineId(0),
                provider=ProviderName("textrequest"),
                account=str(dashboard.id),
                number=Number(dashboard.number),
                channel=ChannelId(channel),
                name="Sales",
            )
        )
        secret = await store.secrets.present("textrequest")
    return Place(folder, environment, dashboard, secret)


def _make(folder: Path) -> None:
    folder.mkdir()
