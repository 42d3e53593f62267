"""Dashboards at Text Request: the calls, then what is asked and what the answers mean.

A dashboard is a number of the account with everything on it. Making one may be billed, deleting one is for good.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.capabilities import ManagesDashboards
from bot.errors import UsageError
from bot.http import Http, Wire, Words, raise_for_page
from bot.model import Dashboard, DashboardId, Number
from bot.phone import read_number
from bot.providers.reading import first_of
from bot.providers.textrequest.asking import explained, list_rows, read_one, their_id, their_number

_PATH = "/dashboards"
_GONE = "Text Request does not know this dashboard. Look at the list of lines."
_NUMBER_REFUSED = "Text Request makes no dashboard for this number: it has one already, or is not this account's."


class Dashboards(ManagesDashboards):
    """Text Request's dashboards."""

    _http: Http

    async def list_dashboards(self) -> AsyncIterator[Dashboard]:
        """Every dashboard of the account."""
        async for wire in list_rows(self._http, _PATH, {}, DashboardWire):
            dashboard = wire.dashboard()
            if dashboard is not None:
                yield dashboard

    async def read_dashboard(self, dashboard: DashboardId) -> Dashboard:
        """One dashboard; they refuse to read one that is gone."""
        with explained(_GONE):
            response = await self._http.read(dashboard_path(dashboard))
        return read_one(response, DashboardWire, DashboardWire.dashboard)

    async def create_dashboard(self, name: str, number: Number) -> Dashboard:
        """Make one for a number that the account has; their admins get an e-mail."""
        body = {"name": their_name(name), "phone": their_number(number)}
        with explained(_NUMBER_REFUSED):
            response = await self._http.act("POST", _PATH, body)
        return read_one(response, DashboardWire, DashboardWire.dashboard)

    async def rename_dashboard(self, dashboard: DashboardId, name: str) -> Dashboard:
        """Give it another name."""
        path, body = dashboard_path(dashboard), {"name": their_name(name)}
        with explained(_GONE):
            response = await self._http.act("PUT", path, body)
        return read_one(response, DashboardWire, DashboardWire.dashboard)

    async def delete_dashboard(self, dashboard: DashboardId) -> None:
        """Delete it, with its contacts and conversations."""
        with explained(_GONE):
            raise_for_page(await self._http.act("DELETE", dashboard_path(dashboard)))


# --- What is asked ----------------------------------------------------------------------------------------


def dashboard_path(dashboard: DashboardId) -> str:
    """Where one lives. Raises `UsageError` for what cannot be an id of theirs."""
    return f"{_PATH}/{their_id(dashboard, 'dashboard')}"


def their_name(name: str) -> str:
    """The name of a dashboard. Raises `UsageError` for an empty one."""
    if not name.strip():
        raise UsageError("A dashboard needs a name.")
    return name.strip()


# --- What the answers mean --------------------------------------------------------------------------------


class DashboardWire(Wire):
    """A dashboard."""

    id: Words | None = None
    name: Words | None = None
    phone: Words | None = None

    def dashboard(self) -> Dashboard | None:
        """The same in the words of every provider; None without an id."""
        if not self.id:
            return None
        return Dashboard(DashboardId(self.id), first_of(self.name), read_number(self.phone))
