"""jtel: a contact centre with queues (ACD) and an outbound dialler, on the customer's own server.

Links
- https://wiki.jtel.de/x/oQMOAQ (where its API is, and the key)
- https://wiki.jtel.de/display/JPW/Return+Codes (what its answers mean)
- https://wiki.jtel.de/display/JPW/AcdEvents+REST+API+-+AcdEvent+Functions (callbacks and tickets)
- https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions (the dialler's contacts)
- https://wiki.jtel.de/x/rgMOAQ (its campaigns), https://wiki.jtel.de/x/sQkOAQ (groups)

Settings: JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN (made in its portal; a new one ends the old one at once),
JTEL_TIME_ZONE (without it no appointments), JTEL_PATHS (paths that no page shows).

Quirks
- Lists come whole: nothing asks for a part of one.
- Nothing knows a request again, so what had no answer is looked for by our own data.
- A 404 without words means that this server does not have the path: an older release.
- Nothing is told to us; whoever wants to know how far an event got asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import ClassVar

from pydantic import SecretStr

from bot.capabilities import Provider
from bot.errors import CredentialsRefused, NotOffered, Rejected
from bot.http import Api, Http, Turns
from bot.jtel_paths import Endpoint
from bot.model import AccountFacts, ProviderName
from bot.providers.jtel import asking
from bot.providers.jtel.callbacks import Callbacks
from bot.providers.jtel.campaigns import Campaigns
from bot.providers.jtel.contacts import DiallerContacts, path_of
from bot.providers.jtel.events import Events, read_kind
from bot.providers.jtel.groups import Groups
from bot.providers.jtel.wire import NAME, TITLE

# What nobody has: no database counts further, and no contact is named so.
NO_ID = 2**31 - 1
NO_DATA = "threadline-doctor"


@dataclass(frozen=True, slots=True)
class Server:
    """A server of jtel, and our account there. `zone` is the server's, None when nobody said."""

    api_url: str  # up to /rest/v1.0
    clients_id: int
    token: SecretStr
    zone: tzinfo | None
    paths: Mapping[str, Endpoint]


class Jtel(Provider, Callbacks, Events, Groups, Campaigns, DiallerContacts):
    """jtel: each subject in its own file."""

    name: ClassVar[ProviderName] = NAME
    title: ClassVar[str] = TITLE
    turned_on_by: ClassVar[str] = "JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN"

    def __init__(self, server: Server, *, clock: Callable[[], datetime], turns: Turns | None = None) -> None:
        """`clock` gives aware UTC; without `turns` nothing waits. Raises `SettingsError` for a token that cannot
        be one."""
        self._zone, self._paths = server.zone, server.paths
        url = f"{server.api_url.rstrip('/')}/{server.clients_id}"
        key = {"authorization": f"Bearer {server.token.get_secret_value()}"}
        self._http = Http(Api(NAME, TITLE, url, key, judge=asking.judge), clock=clock, turns=turns)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()

    async def check(self) -> AccountFacts:
        """List the kinds of events: a short list that needs the token and the account's id."""
        response = await self._http.read("/acd/events/types")
        kinds = asking.all_of(response, read_kind)
        return AccountFacts(f"{len(kinds)} kinds of events", response.clock_skew_s)

    async def has_path(self, name: str) -> bool:
        """Whether this server has one of the paths of `JTEL_PATHS` that only read: it is asked for a contact that
        nobody has. Raises `ProviderError` when it says nothing."""
        endpoint = self._paths[name]
        by_id = "{id}" in endpoint.path
        path, query = (path_of(endpoint, NO_ID), {}) if by_id else (endpoint.path, {"userData": NO_DATA})
        try:
            await self._http.read(path, query, most_bytes=asking.MOST_BYTES)
        except NotOffered:
            return False
        except CredentialsRefused:
            raise
        except Rejected:
            return True
        return True
