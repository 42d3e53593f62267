"""Dashboards: the numbers of an account, mirrored or not."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator

from typing_extensions import Protocol, runtime_checkable

from bot.model import Dashboard, DashboardId, Number


@runtime_checkable
class ManagesDashboards(Protocol):
    """Lists the account's dashboards, makes, renames and deletes them. For admins."""

    @abstractmethod
    def list_dashboards(self) -> AsyncIterator[Dashboard]:
        """Every dashboard of the account."""

    @abstractmethod
    async def read_dashboard(self, dashboard: DashboardId) -> Dashboard:
        """One dashboard. Raises `NotFound` or `Rejected` for one that is gone."""

    @abstractmethod
    async def create_dashboard(self, name: str, number: Number) -> Dashboard:
        """Make a dashboard for a number that the account may use; it may be billed. Raises `Rejected` for a number
        in use."""

    @abstractmethod
    async def rename_dashboard(self, dashboard: DashboardId, name: str) -> Dashboard:
        """Give it another name; its number cannot change."""

    @abstractmethod
    async def delete_dashboard(self, dashboard: DashboardId) -> None:
        """Delete it with its conversations, for good. Raises `NotFound`."""
