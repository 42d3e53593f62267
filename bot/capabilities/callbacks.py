"""Queues of a contact centre: callbacks, tickets, and who takes them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Sequence

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    AcdEvent,
    AcdEventId,
    AcdWord,
    Agent,
    AgentGroup,
    AgentGroupId,
    CallbackRequest,
    QueuedTicketRequest,
)


@runtime_checkable
class QueuesCallbacks(Protocol):
    """Queues a phone call that we owe."""

    @abstractmethod
    async def queue_callback(self, request: CallbackRequest) -> AcdEvent:
        """Queue one callback; the same again queues a second one. `updated` in the answer: one was there already
        and was added to. After `OutcomeUnknown`, look for `request.data` with `list_acd_events`. Raises
        `UsageError` for a contact that cannot be called, or a time that cannot be told to the server."""

    def check_callback(self, request: CallbackRequest) -> None:  # noqa: ARG002 - for who knows something
        """Raises the `UsageError` that `queue_callback` would raise before it asks anybody. Pure; here it is left
        to the provider."""
        return


@runtime_checkable
class QueuesTickets(Protocol):
    """Queues a ticket for agents."""

    @abstractmethod
    async def queue_ticket(self, request: QueuedTicketRequest) -> AcdEvent:
        """Queue one ticket; all that `queue_callback` says holds here."""


@runtime_checkable
class ListsAcdEvents(Protocol):
    """Tells what waits in the queues, and how far it got."""

    @abstractmethod
    def list_acd_events(self) -> AsyncIterator[AcdEvent]:
        """Every event of the account, old ones too: the whole table is read, so ask rarely."""

    @abstractmethod
    async def read_acd_event(self, event: AcdEventId) -> AcdEvent:
        """One event as it stands now. Raises `NotFound`."""

    @abstractmethod
    async def list_event_types(self) -> Sequence[AcdWord]:
        """The kinds of events that this server knows."""

    @abstractmethod
    async def list_event_states(self) -> Sequence[AcdWord]:
        """The states of events that this server knows."""


@runtime_checkable
class ListsAgentGroups(Protocol):
    """Lists groups of agents, and agents."""

    @abstractmethod
    async def list_agent_groups(self) -> Sequence[AgentGroup]:
        """Every group."""

    @abstractmethod
    async def read_agent_group(self, group: AgentGroupId) -> AgentGroup:
        """One group. Raises `NotFound`."""

    @abstractmethod
    async def find_agent_groups(self, name: str) -> Sequence[AgentGroup]:
        """Groups in whose names `name` occurs; empty when there is none."""

    @abstractmethod
    async def list_agents(self) -> Sequence[Agent]:
        """Every agent."""
