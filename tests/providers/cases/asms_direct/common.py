"""Aranda's own API, its instance and its fixtures."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.errors import NotFound, Rejected, Unreachable
from bot.model import TicketCode
from bot.providers.asms.direct import AsmsDirect, OwnInstance
from tests.providers.case import Exchange, Means, now
from tests.providers.cases.common import KEY, fixture
from tests.providers.far_end import Answer

LIMA = ZoneInfo("America/Lima")  # five hours behind UTC, all year
CODE = TicketCode("RF-48213")
ITEM = "/api/v9/item/48213"

NO_ROWS: Means = {b"": None, b"[]": None}
# Nothing there has that number, so it is looked for by its code. These scripts answer that with what comes next,
# where no project is found, or which cannot be read, or with nothing.
SOUGHT: Means = {b"": NotFound, b"null": NotFound}
UNREADABLE: Means = {b"": Unreachable, b"null": Unreachable}
UNANSWERED: Means = {b"": Rejected, b"null": Rejected}


def direct(url: str) -> AsmsDirect:
    """Aranda, whose instance is at `url`."""
    return AsmsDirect(OwnInstance(url, SecretStr(f"Bearer {KEY}"), "elm", LIMA), clock=now)


def own(name: str) -> Answer:
    """A fixture as a 200."""
    return Answer(200, fixture("asms_direct", name))


READ = Exchange(f"GET {ITEM}", own("item.json"), means=SOUGHT)
PROJECTS = Exchange(
    "POST /api/v9/user/projects", own("menu.json"), body={"consoleType": "specialist"}, means=NO_ROWS, wrong=({},)
)
FILES = Exchange(
    f"GET {ITEM}/files",
    own("files.json"),
    {"itemType": "1", "uploadType": "0"},
    means=NO_ROWS,
    wrong=({}, {"result": True}),
)
