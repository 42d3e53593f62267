"""jtel's queues: groups, agents, and events that go their way.

A new event waits until it is due, then moves through `Rules.steps` by itself; without steps it waits for `move`.
In a group that forbids duplicates, an open event of the same sender and kind is added to instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.jtel.refusal import Refusal, needed
from bot.sandbox.jtel.shapes import CLOSED, TYPES, event_row, group_row, stamp, user_row
from bot.sandbox.wire import Json

AT_AGENT = 20


@dataclass(slots=True)
class Rules:
    """How the server behaves."""

    steps: tuple[int, ...] = (10, 20, 30, 99)  # states of an event, one after the other
    step_delay_s: float = 1.0
    zone: str = "Europe/Berlin"
    missing: tuple[str, ...] = ()  # names of routes that this release does not have


class Queues:
    """Groups, agents and events."""

    def __init__(self, bell: Bell, chores: Chores, rules: Rules, numbers: Iterator[int]) -> None:
        self._bell, self._chores, self._rules, self._numbers = bell, chores, rules, numbers
        self.groups: dict[int, Json] = {}
        self.users: dict[int, Json] = {}
        self.events: dict[int, Json] = {}
        self.comments: dict[int, list[str]] = {}  # what was added to an event that was there
        self.strict: set[int] = set()  # groups that forbid duplicates
        self._agents: Iterator[int] = itertools.cycle(())

    # --- For tests and stories ------------------------------------------------------------------------------

    def add_group(self, name: str, *, forbids_duplicates: bool = False) -> int:
        """A new group; returns its id."""
        number = next(self._numbers)
        self.groups[number] = group_row(number, name)
        if forbids_duplicates:
            self.strict.add(number)
        return number

    def add_user(self, name: str) -> int:
        """A new agent; returns their id. Events without an agent are given to each in turn."""
        number = next(self._numbers)
        self.users[number] = user_row(number, name)
        self._agents = itertools.cycle(tuple(self.users))
        return number

    def move(self, event: int, state: int) -> None:
        """An event reaches a state; at the latest when it is at an agent, it has one."""
        row = self.events[event]
        if row["AcdEventStatusID"] in CLOSED:
            return
        row["AcdEventStatusID"] = state
        if state >= AT_AGENT and row["UsersID"] is None:
            row["UsersID"] = next(self._agents, None)
        row["dtLastModified"] = stamp(datetime.now(UTC), self.zone)
        self._bell.tell("moved", str(event), row)

    # --- For the API ----------------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """Where the server stands."""
        return ZoneInfo(self._rules.zone)

    def create(self, asked: Json) -> Json:
        """A new event, or one that was there. Raises `Refusal`."""
        needed(asked, "AcdEventTypesID", "Sender", "Subject")
        if asked["AcdEventTypesID"] not in TYPES:
            raise Refusal(404, "ACD event type not found")
        group = self._group(asked)
        if asked.get("UsersID") is not None and asked["UsersID"] not in self.users:
            raise Refusal(404, "User not found")
        twin = self._twin(asked, group)
        return self._created(asked, group) if twin is None else self._added_to(twin, asked)

    def _group(self, asked: Json) -> int:
        if asked.get("AcdGroupsID") is None:
            needed(asked, "AcdConfigurationGroupsID", "AcdAgentGroupsID")
        names = ("AcdGroupsID", "AcdConfigurationGroupsID", "AcdAgentGroupsID")
        groups = [asked[name] for name in names if asked.get(name) is not None]
        if not all(group in self.groups for group in groups):
            raise Refusal(404, "ACD group not found")
        return int(groups[-1])

    def _twin(self, asked: Mapping[str, object], group: int) -> Json | None:
        if group not in self.strict:
            return None
        alike = ("AcdEventTypesID", "Sender")
        for row in self.events.values():
            there = row["AcdGroupsID"] == group and row["AcdEventStatusID"] not in CLOSED
            if there and all(row[name] == asked[name] for name in alike):
                return row
        return None

    def _created(self, asked: Json, group: int) -> Json:
        wait_s = self._wait_s(asked)
        row = event_row(next(self._numbers), asked, group, self.zone)
        self.events[row["ID"]] = row
        for place, state in enumerate(self._rules.steps, 1):
            move = partial(self.move, row["ID"], state)
            self._chores.later(wait_s + place * self._rules.step_delay_s, move)
        self._bell.tell("queued", str(row["ID"]), row)
        return row

    def _added_to(self, twin: Json, asked: Json) -> Json:
        self.comments.setdefault(twin["ID"], []).append(str(asked.get("Body") or asked["Subject"]))
        self._bell.ring()
        return {**twin, "Result_": "UPDATED"}

    def _wait_s(self, asked: Json) -> float:
        """Seconds until it is due. A date alone begins at midnight, a time alone comes next; the past is now."""
        day = str(asked.get("dtAppointmentDate") or "").replace("-", "")
        time = str(asked.get("dtAppointmentTime") or "").replace(":", "")
        if not day and not time:
            return 0.0
        now = datetime.now(self.zone)
        try:
            asked_for = f"{day or now.strftime('%Y%m%d')} {time or '0000'}"
            due = datetime.strptime(asked_for, "%Y%m%d %H%M").replace(tzinfo=self.zone)
        except ValueError as error:
            raise Refusal(400, "Appointment not valid") from error
        if not day and due < now:
            due += timedelta(days=1)
        return max(0.0, (due.astimezone(UTC) - now.astimezone(UTC)).total_seconds())
