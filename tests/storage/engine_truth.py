"""What must be true of the engine whatever happens, and the little that has to be remembered to tell.

`Truth` hears everything that the state machine does. `check` compares all rows with what it heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import DELIVERY_RANK, Claim, Delivery, Direction, Kind, State
from storage.database import Row
from tests.storage.engine import Form, SlackEvent

Rows = dict[int, Row]
QUIET_DEATHS = ("cancelled", "unknown_thread")


@dataclass
class Truth:
    """What was heard and decided."""

    keys: set[str] = field(default_factory=set)  # of every row that was accepted
    forms: dict[str, Form] = field(default_factory=dict)  # how each message reads, as far as we were told
    may_have_left: set[int] = field(default_factory=set)  # texts that a provider may have, and no person decided
    kept: set[int] = field(default_factory=set)  # replies that a person kept internal
    decisions: int = 0
    ranks: dict[int, int] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)  # rows that a person ever decided about
    deciding: set[int] = field(default_factory=set)  # and in this step

    # --- Hearing

    def hear(self, event: SlackEvent) -> None:
        """The newest form counts; what was deleted stays deleted."""
        known = self.forms.get(event.key)
        if known is None or event.form.deleted or (not known.deleted and event.form.changed_at > known.changed_at):
            self.forms[event.key] = event.form

    def decide(self, message_id: int, *, sends: bool) -> None:
        """A person decided about a row."""
        self.decisions += 1
        self.decided.add(message_id)
        self.deciding.add(message_id)
        if sends:
            self.may_have_left.discard(message_id)

    # --- A claim

    def check_claim(self, claim: Claim, before: Rows) -> None:
        """What may be claimed, and in which order."""
        row = before[claim.message.id]
        assert row["state"] == State.QUEUED
        assert row["id"] == _head(row, before)["id"], "not the head of its lane"
        if claim.conversation is not None and row["direction"] == Direction.IN and row["kind"] != Kind.ROOT:
            assert claim.conversation.root_ts is not None, "there is no thread to post it to"
        if claim.conversation is not None and row["direction"] == Direction.OUT:
            self._check_text(claim, row, before)

    def _check_text(self, claim: Claim, row: Row, before: Rows) -> None:
        assert row["id"] not in self.may_have_left, "it may have been sent, and nobody said to repeat it"
        assert row["id"] not in self.kept, "a person kept it internal"
        form = self.forms.get(row["key"])
        if form is not None and form.note:
            assert row["id"] in self.decided, "its author made it a note, and nobody said to send it again"
        elif form is not None:
            assert not form.deleted, "its author deleted it"
            assert claim.message.body == form.words, "its author changed the words"
        if row["claimed_at"] is None and row["id"] not in self.decided:
            later = [each["id"] for each in _of_lane(row, before.values()) if _was_tried_after(each, row)]
            assert set(later) <= self.decided, "a later reply of its conversation was tried first"
        self.may_have_left.add(row["id"])

    def did_not_leave(self, message_id: int) -> None:
        """A worker says that surely nothing was sent."""
        self.may_have_left.discard(message_id)

    # --- At any time

    def check(self, rows: Rows) -> None:
        """What holds after every step."""
        self._check_lanes(rows)
        self._check_nothing_is_lost(rows)
        self._check_delivery(rows)
        self._check_people_are_told(rows)
        self.deciding.clear()

    def _check_lanes(self, rows: Rows) -> None:
        flying = [row for row in rows.values() if row["state"] == State.SENDING and row["conversation_id"]]
        lanes = Counter((row["conversation_id"], row["direction"]) for row in flying)
        assert all(count == 1 for count in lanes.values()), lanes

    def _check_nothing_is_lost(self, rows: Rows) -> None:
        kinds = (Kind.TEXT, Kind.REPLY, Kind.NOTE)
        assert {row["key"] for row in rows.values() if row["kind"] in kinds} == self.keys
        for row in rows.values():
            assert row["state"] in set(State)
            assert (row["state"] == State.SENDING) <= (row["lease_until"] is not None)

    def _check_delivery(self, rows: Rows) -> None:
        for row in rows.values():
            rank = DELIVERY_RANK[Delivery(row["delivery"])] if row["delivery"] else 0
            if row["id"] not in self.deciding:
                assert rank >= self.ranks.get(row["id"], 0), "its delivery stepped back"
            self.ranks[row["id"]] = rank

    def _check_people_are_told(self, rows: Rows) -> None:
        asked = {(row["subject_id"], row["reason"]) for row in rows.values() if _asks(row)}
        for row in rows.values():
            if row["kind"] == Kind.REPLY and (reason := _needs_a_word(row)):
                assert (row["id"], reason) in asked, f"nobody is told that it is {reason}"


def _head(row: Row, rows: Rows) -> Row:
    if row["conversation_id"] is None:
        return row
    queued = [each for each in _of_lane(row, rows.values()) if each["state"] == State.QUEUED]
    return min(queued, key=lambda each: (each["position"], each["id"]))


def _was_tried_after(each: Row, row: Row) -> bool:
    """Whether `each` was written after `row`, and is tried or even sent already. What was refused is neither."""
    if each["claimed_at"] is None or each["state"] == State.DEAD:
        return False
    return bool(each["kind"] == Kind.REPLY and each["position"] > row["position"])


def _of_lane(row: Row, rows: Iterable[Row]) -> list[Row]:
    lane = (row["conversation_id"], row["direction"])
    return [each for each in rows if (each["conversation_id"], each["direction"]) == lane]


def _asks(row: Row) -> bool:
    return bool(row["kind"] == Kind.NOTICE and row["settled_how"] == "")


def _needs_a_word(row: Row) -> str:
    """What an open notice must say about the reply now; empty when there is nothing to say."""
    if row["state"] == State.UNCERTAIN:
        return "uncertain"
    if row["state"] == State.SCHEDULED:
        return "offered"
    if row["state"] == State.DEAD and row["reason"] not in QUIET_DEATHS:
        return str(row["reason"])
    return "failed" if row["state"] == State.DONE and row["delivery"] == Delivery.FAILED else ""
