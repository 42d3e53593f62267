"""Contacts, members, workers, the provider and Slack, as they act on the engine. Who does what is drawn elsewhere.

Every act says at once what must come of it; what must hold at any time is `Truth`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from bot.model import (
    Accepted,
    ChannelId,
    Claim,
    Decided,
    Delivery,
    Direction,
    Kind,
    MemberId,
    Number,
    SentText,
    State,
    Ts,
)
from storage.database import Row
from tests.storage.engine import Engine, Form, Hand, SlackEvent
from tests.storage.engine_truth import Rows, Truth
from tests.storage.scene import PROVIDER, line_in, orphans_of

CONTACTS = [Number("+14155550101"), Number("+14155550102")]
FOREIGN = (ChannelId("C1"), Ts("1780000000.000001"))
EMIL = MemberId("U2")
DIES = 6  # what a worker does when it says nothing

Place = tuple[ChannelId, Ts]


class World:
    """One history. It begins with a thread, and with a text that nobody has mirrored yet."""

    def __init__(self, engine: Engine) -> None:
        engine.reset()
        self.engine = engine
        self.scene = engine.scene
        self.run = engine.run
        self.truth = Truth()
        self.tick = 0
        self.events: list[SlackEvent] = []  # on their way to us
        self.heard: list[SlackEvent] = []
        self.newest: dict[str, SlackEvent] = {}  # how each message reads in Slack
        self.hands: list[Hand] = []
        self.roots: dict[Place, str] = {}  # what stands in Slack, and its uid
        self.sent: dict[str, Hand] = {}  # what left, by the provider's id
        self.texts_of: dict[int, str] = {}  # the text of each row's present try
        self.contacts: dict[str, Number] = {}  # of texts, by their ids
        for contact in CONTACTS:
            self.text(contact, again=False)
        self.work(1, [0] * 2)

    # --- Contacts and members

    def text(self, contact: Number, *, again: bool) -> None:
        known = [text_id for text_id, sender in self.contacts.items() if sender == contact]
        if again and known:
            assert self.run(self.scene.text("again", known[-1], contact=contact)) == Accepted.KNOWN
            return
        self.tick += 1
        text_id = f"in-{self.tick}"
        assert self.run(self.scene.text(f"text {self.tick}", text_id, contact=contact)) == Accepted.NEW
        self.contacts[text_id] = contact
        self.truth.keys.add(f"{PROVIDER}:{text_id}")

    def member_writes(self, place: Place, behind_s: int, *, note: bool, at_once: bool) -> None:
        """Slack's own clock may be a little behind what it told us before."""
        self.tick += 1
        us = self.engine.clock() + self.tick - behind_s * 1_000_000
        ts = Ts(f"{us // 1_000_000}.{us % 1_000_000:06}")
        self._happens(
            SlackEvent(place[0], ts, place[1], Form(0, f"words {self.tick}", note=note)), at_once=at_once
        )

    def member_changes(self, key: str, what: str, *, at_once: bool) -> None:
        before = self.newest[key]
        if not before.form.deleted:
            self.tick += 1
            words = "" if what == "delete" else f"words {self.tick}"
            form = Form(self.tick, words, note=what == "note", deleted=what == "delete")
            self._happens(replace(before, form=form), at_once=at_once)

    def _happens(self, event: SlackEvent, *, at_once: bool) -> None:
        self.newest[event.key] = event
        self.events.append(event)
        if at_once:
            self.event_arrives(-1, again=False)

    def event_arrives(self, which: int, *, again: bool) -> None:
        """In any order, and some twice."""
        waiting = self.heard[-4:] if again or not self.events else self.events
        if not waiting:
            return
        event = waiting[min(which, len(waiting) - 1)]
        if waiting is self.events:
            self.events.remove(event)
            self.heard.append(event)
        self._hear(event)

    def _hear(self, event: SlackEvent) -> None:
        if event.form.changed_at:
            self.run(self.scene.store.changes.accept(event.as_change()))
        elif self.run(self.scene.store.replies.accept(event.as_reply())):
            assert event.key not in self.truth.keys
            self.truth.keys.add(event.key)
        else:
            assert event.key in self.truth.keys or (event.channel, event.thread_ts) == FOREIGN
        self.truth.hear(event)

    # --- Workers

    def work(self, slots: int, choices: Sequence[int]) -> int:
        """Claim, and deliver each; or die in the middle of it. How many there were."""
        before = self.engine.rows()
        claims = self.run(self.scene.claim(slots))
        assert len(claims) <= slots * 2  # of Slack's and of the provider's
        for claim in claims:
            self.truth.check_claim(claim, before)
            self.texts_of.pop(claim.message.id, None)
        for claim, choice in zip(claims, choices, strict=False):
            self._take(Hand(claim, fresh=True), choice)
        return len(claims)

    def work_well(self) -> None:
        """Nothing goes wrong for a while."""
        while self.work(4, [0] * 8):
            pass

    def look_for_orphans(self, choices: Sequence[int]) -> None:
        """Find out what became of rows whose worker died or gave up."""
        claims = self.run(orphans_of(self.scene.store, len(choices)))
        for claim, choice in zip(claims, choices, strict=False):
            self._take(Hand(claim, fresh=False), choice)

    def _take(self, hand: Hand, choice: int) -> None:
        earlier = [each.message.attempts for each in self.hands if each.message.id == hand.message.id]
        assert hand.message.attempts > max(earlier, default=0), "a worker before would be taken for this one"
        self.hands.append(hand)
        if choice < DIES:
            self.finish(hand, choice)

    def finish(self, hand: Hand, choice: int) -> None:
        """The worker says what became of its row, which may be somebody else's by now."""
        before = self.engine.rows()
        hand.closed = True
        if not hand.is_current(before):
            is_text = hand.message.direction == Direction.OUT and not hand.is_lookup
            if choice == 1 and is_text and hand.is_same_try(before):
                assert self.run(self.scene.send(hand.claim, self._leave(hand)))
            else:
                self._finish_stale(hand, choice, before)
        elif hand.is_lookup:
            self._finish_lookup(hand, choice)
        elif hand.message.direction == Direction.IN:
            self._finish_post(hand, choice)
        else:
            self._finish_text(hand, choice)

    def _finish_stale(self, hand: Hand, choice: int, before: Rows) -> None:
        outcomes = self.scene.store.outcomes
        said: list[Callable[[], Coroutine[Any, Any, object]]] = [
            lambda: outcomes.posted(hand.claim, *FOREIGN),
            lambda: outcomes.dropped(hand.claim, "stale"),
            lambda: outcomes.refused(hand.claim, "failed"),
            lambda: outcomes.later(hand.claim, 1),
            lambda: outcomes.uncertain(hand.claim),
            lambda: outcomes.look_again(hand.claim, 1),
        ]
        self.run(said[choice]())
        assert _as_dicts(self.engine.rows()) == _as_dicts(before)

    def _finish_lookup(self, hand: Hand, choice: int) -> None:
        """Slack says whose thread it is, or does not answer."""
        message = hand.message
        assert message.channel is not None
        assert message.thread_ts is not None
        uid = self.roots.get((message.channel, message.thread_ts))
        if choice == 5:
            self.run(self.scene.store.outcomes.later(hand.claim, 2))
        elif uid is None:
            self._disown(message.channel, message.thread_ts)
        else:
            assert self.run(self.scene.store.threads.adopt(hand.claim, uid))

    def _disown(self, channel: ChannelId, thread_ts: Ts) -> None:
        """What waited in the thread is nobody's business, and is not kept."""
        for row in self.engine.rows().values():
            waits = row["conversation_id"] is None and row["state"] in (State.QUEUED, State.SENDING)
            if waits and (row["channel"], row["thread_ts"]) == (channel, thread_ts):
                self.truth.keys.discard(row["key"])
        self.run(self.scene.store.replies.disown(channel, thread_ts))

    def _finish_post(self, hand: Hand, choice: int) -> None:
        """Slack took it, and we hear of that or not; or it did not."""
        outcomes, is_root = self.scene.store.outcomes, hand.message.kind == Kind.ROOT
        place = next((place for place, uid in self.roots.items() if uid == hand.message.uid), None)
        if choice <= 1 or place is not None:
            self.run(outcomes.posted(hand.claim, *(place or self._post(hand.claim))))
        elif choice == 2 and is_root:
            self._post(hand.claim)  # and the worker dies
        elif choice == 3:
            self.run(outcomes.look_again(hand.claim, 2))
        elif choice == 4 and not is_root:
            self.run(outcomes.root_gone(hand.claim))
        else:
            self.run(outcomes.later(hand.claim, 2))

    def _post(self, claim: Claim) -> Place:
        assert claim.conversation is not None
        self.tick += 1
        place = (claim.conversation.line.channel, Ts(f"1785000000.{self.tick:06}"))
        if claim.message.kind == Kind.ROOT:
            self.roots[place] = claim.message.uid
        return place

    def _finish_text(self, hand: Hand, choice: int) -> None:
        """The provider took it or refused it, or nobody knows. Of an orphan nobody knows that it did not leave."""
        outcomes = self.scene.store.outcomes
        if choice <= 1 or (choice == 2 and not hand.fresh):
            assert self.run(outcomes.sent(hand.claim, SentText(self._leave(hand))))
        elif choice == 2:
            self.truth.did_not_leave(hand.message.id)
            self.run(outcomes.refused(hand.claim, "failed", code="30003"))
        elif choice == 3 and hand.fresh:
            self.truth.did_not_leave(hand.message.id)
            self.run(outcomes.later(hand.claim, 2))
        elif choice == 4:
            self._leave(hand)
            self.run(outcomes.look_again(hand.claim, 2))
        else:
            self._leave(hand)
            self.run(outcomes.uncertain(hand.claim))

    def _leave(self, hand: Hand) -> str:
        """The provider has it now, or had it already: its id."""
        self.tick += 1
        text_id = self.texts_of.setdefault(hand.message.id, f"out-{self.tick}")
        self.sent[text_id] = hand
        return text_id

    # --- The provider

    def report(self, text_id: str, delivery: Delivery, by: str) -> None:
        """Of a text that left."""
        token = None if by == "id" else self.sent[text_id].message.token
        self.run(self.scene.report(delivery, None if by == "token" else text_id, token))

    def report_early(self, hand: Hand, delivery: Delivery) -> None:
        """Of a text whose sender has not said anything yet."""
        self.run(self.scene.report(delivery, None, hand.message.token))

    def echo(self, text_id: str, *, by_token: bool) -> None:
        """The provider repeats what we sent."""
        message, conversation = self.sent[text_id].message, self.sent[text_id].claim.conversation
        assert conversation is not None
        token = message.token if by_token else None
        self.run(self.scene.echo(message.body, text_id, token=token, contact=conversation.contact))

    def echo_from_elsewhere(self, contact: Number) -> None:
        self.tick += 1
        self.run(self.scene.echo(f"elsewhere {self.tick}", f"else-{self.tick}", contact=contact))

    # --- People who decide

    def click(self, notice: Row, *, other_button: bool) -> None:
        """The first click counts, and no other."""
        before = self.engine.rows()
        subject, how = before[notice["subject_id"]], _button(notice["reason"], other=other_button)
        if not how:
            return
        decided = self._click(how, notice["uid"])
        assert decided.done is (notice["settled_how"] == "" and not (how == "send" and subject["deleted"]))
        if decided.done:
            self._check_decision(how, notice["id"], subject["id"])
        else:
            assert _as_dicts(self.engine.rows()) == _as_dicts(before)
        assert self.engine.count("audit") == self.truth.decisions

    def _click(self, how: str, notice: str) -> Decided:
        decisions = self.scene.store.decisions
        match how:
            case "keep":
                return self.run(decisions.keep(notice, EMIL))
            case "arrived":
                return self.run(decisions.arrived(notice, EMIL))
            case "correct":
                return self.run(decisions.correct(notice, EMIL))
            case _:
                return self.run(decisions.send(notice, EMIL, "sent"))

    def _check_decision(self, how: str, notice_id: int, subject_id: int) -> None:
        rows = self.engine.rows()
        self.truth.decide(subject_id, sends=how == "send")
        if how == "keep":
            self.truth.kept.add(subject_id)
        if how == "correct":
            self.truth.keys.add(f"correction:{rows[notice_id]['uid']}#0")
        else:
            assert rows[subject_id]["state"] == (State.QUEUED if how == "send" else State.DONE)

    # --- Admins

    def line_moves(self, channel: str) -> None:
        """Not while a card stands in Slack that nobody has noted: where nobody would look for it."""
        known = {row["ts"] for row in self.run(self.scene.rows("select ts from threads"))}
        if all(ts in known for _, ts in self.roots):
            self.run(self.scene.store.lines.add(line_in(channel)))

    def root_is_deleted(self, place: Place) -> None:
        """A root card is deleted in Slack; its thread stays, and may be written in."""
        self.run(self.scene.store.signs.forget_root(*place))

    # --- What there is to choose from

    def places(self) -> list[Place]:
        """Threads to write in, mostly ours."""
        return [*list(self.roots)[-3:] * 3, FOREIGN]

    def messages(self) -> list[str]:
        """Messages of members to change: the latest, and those that a worker has in hand."""
        ours = {row["id"]: row["key"] for row in self.engine.rows().values() if row["key"] in self.newest}
        return [
            *list(self.newest)[-3:],
            *(ours[hand.message.id] for hand in self.held() if hand.message.id in ours),
        ]

    def held(self) -> list[Hand]:
        """What workers have not said anything about."""
        return [hand for hand in self.hands if not hand.closed]

    def notices(self) -> list[Row]:
        """Notices that stand in a thread, the latest few."""
        rows = self.engine.rows().values()
        return [row for row in rows if row["kind"] == Kind.NOTICE and row["state"] == State.DONE][-5:]


def _as_dicts(rows: Rows) -> list[dict[str, object]]:
    return [{name: row[name] for name in row.keys()} for row in rows.values()]  # noqa: SIM118 - one is no dict


def _button(reason: str, *, other: bool) -> str:
    """A button that a notice has; empty when it has none."""
    match reason:
        case "deleted" | "noted":
            return ""
        case "edited":
            return "correct"
        case "uncertain" if other:
            return "arrived"
        case "offered" if other:
            return "keep"
        case _:
            return "send"
