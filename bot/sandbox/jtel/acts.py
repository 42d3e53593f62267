"""What remote control does with the jtel stand-in: for other processes, see `bot/sandbox/control.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox.wire import Json

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox


async def add_agent_group(sandbox: Sandbox, body: Json) -> Json:
    """A new group of agents."""
    strict = bool(body.get("forbids_duplicates"))
    return {"id": sandbox.jtel.queues.add_group(body["name"], forbids_duplicates=strict)}


async def add_agent(sandbox: Sandbox, body: Json) -> Json:
    """A new agent."""
    return {"id": sandbox.jtel.queues.add_user(body["name"])}


async def add_campaign(sandbox: Sandbox, body: Json) -> Json:
    """A new campaign."""
    return {"id": sandbox.jtel.dialler.add_campaign(body["name"])}


async def acd_events(sandbox: Sandbox, _body: Json) -> list[Json]:
    """Every event."""
    return [*sandbox.jtel.queues.events.values()]


async def move_event(sandbox: Sandbox, body: Json) -> Json:
    """An event reaches a state."""
    sandbox.jtel.queues.move(body["id"], body["state"])
    return {}


async def dial(sandbox: Sandbox, body: Json) -> Json:
    """A call to a contact ended; `dialled` is false for one that is locked."""
    return {"dialled": sandbox.jtel.dialler.dial(body["contact"], body.get("result", "Completed"))}


ACTS: dict[str, Callable[[Sandbox, Json], Awaitable[Any]]] = {
    "acd_events": acd_events,
    "add_agent": add_agent,
    "add_agent_group": add_agent_group,
    "add_campaign": add_campaign,
    "dial": dial,
    "move_event": move_event,
}
