"""Everything that is kept, by noun; and opening the database that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.pace import Rules
from storage.audit import Audit
from storage.card_decisions import CardDecisions
from storage.cards import Cards
from storage.changes import Changes
from storage.circles import Circles
from storage.claims import Claims
from storage.contacts import Contacts
from storage.database import Database
from storage.decisions import Decisions
from storage.deeds import Deeds
from storage.duties import Duties
from storage.facts import Facts, Members, Secrets, UnreadWebhooks
from storage.gaps import Gaps
from storage.health import Health
from storage.home_lists import HomeLists
from storage.homes import Homes
from storage.imports import Imports
from storage.lines import Lines
from storage.locations import Locations
from storage.looks import Looks
from storage.notes import Notes
from storage.opt_outs import OptOuts
from storage.order_decisions import OrderDecisions
from storage.order_reports import OrderReports
from storage.orders import Orders
from storage.outcomes import Outcomes
from storage.paces import Paces
from storage.questions import Questions
from storage.replies import Replies
from storage.reports import Reports
from storage.signs import Signs
from storage.sqlite import SqliteDatabase
from storage.standings import Standings
from storage.started import StartedTexts
from storage.stats import Stats
from storage.texts import Texts
from storage.threads import Threads
from storage.untold import UntoldStandings

if TYPE_CHECKING:
    from collections.abc import Callable

POSTGRES = ("postgresql://", "postgres://")


class Store:
    """The nouns over one database."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self.database = database
        self.lines = Lines(database)
        self.texts = Texts(database)
        self.replies = Replies(database)
        self.imports = Imports(database)
        self.orders = Orders(database)
        self.order_reports = OrderReports(database)
        self.order_decisions = OrderDecisions(database)
        self.locations = Locations(database)
        self.standings = Standings(database)
        self.untold = UntoldStandings(database)
        self.started = StartedTexts(database)
        self.questions = Questions(database)
        self.contacts = Contacts(database)
        self.audit = Audit(database)
        self.stats = Stats(database)
        self.cards = Cards(database)
        self.card_decisions = CardDecisions(database)
        self.deeds = Deeds(database)
        self.looks = Looks(database)
        self.circles = Circles(database)
        self.changes = Changes(database)
        self.claims = Claims(database, rules)
        self.outcomes = Outcomes(database)
        self.reports = Reports(database)
        self.notes = Notes(database)
        self.decisions = Decisions(database)
        self.signs = Signs(database)
        self.threads = Threads(database)
        self.opt_outs = OptOuts(database)
        self.paces = Paces(database, rules)
        self.duties = Duties(database)
        self.facts = Facts(database)
        self.secrets = Secrets(database)
        self.members = Members(database)
        self.unread = UnreadWebhooks(database)
        self.gaps = Gaps(database)
        self.health = Health(database)
        self.homes, self.home_lists = Homes(database), HomeLists(database)


def is_postgres(url: str) -> bool:
    """Whether THREADLINE_DATABASE names a PostgreSQL server. Pure."""
    return url.startswith(POSTGRES)


def is_missing(url: str) -> bool:
    """Whether THREADLINE_DATABASE names a file that is not there yet."""
    return not is_postgres(url) and not Path(url).exists()


async def open_database(url: str, *, clock: Callable[[], int] | None = None) -> Database:
    """Open what THREADLINE_DATABASE names. Raises `SettingsError` when that is not possible."""
    if not is_postgres(url):
        path = Path(url)
        return await (SqliteDatabase.open(path, clock=clock) if clock else SqliteDatabase.open(path))
    try:
        from storage.postgres import PostgresDatabase  # noqa: PLC0415 - the extra may not be installed
    except ImportError:
        raise SettingsError(
            "THREADLINE_DATABASE: for PostgreSQL install the extra, as in pip install '.[postgres]'."
        ) from None
    return await PostgresDatabase.open(url, clock=clock)
