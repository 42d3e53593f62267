"""jtel, its fixtures, and how it refuses."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.errors import Conflict, NotFound, NotOffered, Rejected
from bot.jtel_paths import JTEL_PATHS
from bot.providers.jtel import Jtel, Server
from tests.providers.case import Refusal, now
from tests.providers.cases.common import KEY, fixture
from tests.providers.far_end import Answer

BERLIN = ZoneInfo("Europe/Berlin")
CLIENTS_ID = 1


def server(url: str) -> Server:
    """A server whose API is at `url`, with the account's id at its end."""
    api_url = url.removesuffix(f"/{CLIENTS_ID}")
    return Server(api_url, CLIENTS_ID, SecretStr(KEY), BERLIN, JTEL_PATHS)


def jtel(url: str) -> Jtel:
    """jtel at `url`."""
    return Jtel(server(url), clock=now)


def jt(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("jtel", name))


def jt_refusal(status: int, http: int | None = None) -> Answer:
    """A refusal in their words; `http` is the status outside, when it is another one."""
    body = f'{{"status": {status}, "error": "{KEY} cannot do this to 14235550142"}}'
    return Answer(status if http is None else http, body.encode())


NOT_THERE = jt_refusal(404)
NOTHING = jt("nothing.json")
NO_SUCH_PATH = Answer(404)

# A search that finds nothing is empty: a 404 in words is none of these.
OF_SEARCHES = (
    Refusal(jt_refusal(400), Rejected, "http_400"),
    Refusal(jt_refusal(400, http=200), Rejected, "http_400"),
    Refusal(jt_refusal(409), Conflict, "http_409"),
    Refusal(Answer(405), NotOffered, "http_405"),
    Refusal(Answer(404, b"<html>no such page</html>", {"content-type": "text/html"}), NotOffered, "http_404"),
    Refusal(NO_SUCH_PATH, NotOffered, "http_404"),
)
REFUSALS = (
    *OF_SEARCHES,
    Refusal(NOT_THERE, NotFound, "http_404"),
    Refusal(jt_refusal(404, http=200), NotFound, "http_404"),
)
OF_ONE = (*REFUSALS, Refusal(NOTHING, NotFound, "nothing"))

NO_ROWS: tuple[object, ...] = ({}, {"records": None, "count": 1, "status": 200}, {"records": [], "count": 3})
NO_ROW: tuple[object, ...] = (*NO_ROWS, {"records": [{}]}, {"records": [{"ID": None}]}, {"records": [{"ID": 0}]})
NO_MADE_ROW: tuple[object, ...] = (*NO_ROW, {"records": [], "count": 0, "status": 200})
