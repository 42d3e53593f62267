"""Everything around cards as the state machine plays it: members, workers that die or are slow, and a provider
that takes its time to show what it has. What it really did is kept, and held against what is written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeVar

from bot.model import MemberId
from bot.model.cards import CREATE, Card, CardClaim, CardDeed, CardKind, DeedState, NewCardDeed, News, Seen
from storage.card_rows import CARD, card_of, deed_of
from storage.database import Row, Tx
from tests.storage.card_scene import TERMS, new_card
from tests.storage.engine import Engine
from tests.storage.scene import LEASE_S, PROVIDER, room

T = TypeVar("T")

MEMBERS = tuple(MemberId(f"U{number}") for number in range(1, 4))
ONCE = {"remind": "remind", "cancel": "close", "mark_paid": "close", "note": ""}
HARMLESS = frozenset({"cancel", "mark_paid"})  # the provider does neither twice
LOOKS = 3  # then a person is asked
CLOSED = {"cancel": "cancelled", "mark_paid": "marked paid"}


@dataclass
class Thing:
    """A payment as the provider really has it."""

    id: str
    reference: str
    state: str = "sent"
    reminders: int = 0
    shown: bool = True  # in its lists

    @property
    def open(self) -> bool:
        return self.state == "sent"


@dataclass
class CardWorld:
    """One bot's database, its workers, and the provider. `blind`: what nobody knows of is just done again."""

    engine: Engine
    blind: bool = False
    things: list[Thing] = field(default_factory=list)
    held: list[CardClaim] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # keys of cards that a member was told are on their way
    clicked: set[str] = field(default_factory=set)  # keys of deeds that a member was told are on their way
    again: Counter[tuple[str, str]] = field(default_factory=Counter)  # (card, deed) → a person had it done again
    reminded: Counter[str] = field(default_factory=Counter)  # card → how often the contact was reminded
    settled: dict[str, str] = field(default_factory=dict)  # card → the state in which it was settled
    answers: list[tuple[Card, Seen | None]] = field(default_factory=list)  # of a slow look at a card
    reported: set[str] = field(default_factory=set)  # cards of which the provider was not asked since
    keys: int = 0

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Let one thing happen, start to end."""
        return self.engine.run(step)

    @property
    def store(self) -> Any:
        """What is kept."""
        return self.engine.scene.store

    def cards(self) -> list[Card]:
        """Every card as it stands, oldest first."""
        return [kept.card for kept in self.run(_kept(self.engine))]

    # --- Members ------------------------------------------------------------------------------------------------

    def ask(self, chance: Random) -> None:
        """Somebody asks for a payment, or the same request comes once more."""
        known = sorted(self.asked)
        if known and chance.random() < 0.3:
            key = chance.choice(known)
        else:
            self.keys += 1
            key = f"command:{self.keys}"
        waits = chance.random() < 0.2
        card = self.run(
            self.store.cards.open(new_card(self.engine.scene, key, author=chance.choice(MEMBERS), waits=waits))
        )
        assert card.reference == f"ref-{key}"
        self.asked.add(key)

    def click(self, chance: Random) -> None:
        """Somebody clicks a button of a card, perhaps one that is not there any more, perhaps twice."""
        cards = self.cards()
        if not cards:
            return
        card, what = chance.choice(cards), chance.choice(sorted(ONCE))
        self.keys += chance.random() < 0.8
        new = NewCardDeed(
            key=f"{card.uid}:{what}:{self.keys}", what=what, member=chance.choice(MEMBERS), once=ONCE[what]
        )
        asked = self.run(self.store.deeds.add(card.uid, new))
        if asked.done:
            assert not card.settled
            self.clicked.add(new.key)

    def decide(self, chance: Random) -> None:
        """Somebody presses a button of a card that asks something."""
        cards = self.cards()
        if not cards:
            return
        card, who = chance.choice(cards), chance.choice(MEMBERS)
        decisions = self.store.card_decisions
        match chance.choice(["approve", "again", "retry", "happened", "forget"]):
            case "approve":
                self.run(decisions.approve(card.uid, who))
            case "again":
                asked = self.run(decisions.again(card.uid, who, DeedState.UNCERTAIN))
                self.again[card.uid, asked.what] += asked.done
            case "retry":  # that something failed is a promise that it did not happen
                asked = self.run(decisions.again(card.uid, who, DeedState.FAILED))
                assert not (asked.done and asked.what == CREATE and self._made(card)), "tried again what happened"
            case "happened":
                self.run(decisions.happened(card.uid, who))
            case _ if chance.random() < 0.3:
                self.run(chance.choice([decisions.forget, decisions.leave])(card.uid, who))

    # --- Workers ------------------------------------------------------------------------------------------------

    def work(self, chance: Random) -> None:
        """A worker takes what there is, and something becomes of each."""
        taken = self.run(self.store.deeds.take(room(chance.randint(1, 3)), LEASE_S, looking=0))
        for claim in taken.fresh:
            self._perform(claim, chance)

    def finish(self, chance: Random) -> None:
        """A worker that was only slow answers at last."""
        if self.held:
            claim = self.held.pop(chance.randrange(len(self.held)))
            self._answer(claim, chance)

    def look(self, chance: Random) -> None:
        """A worker looks for what a dead one left."""
        taken = self.run(self.store.deeds.take(room(0), LEASE_S, looking=8))
        for claim in taken.orphans:
            proof = self._proof(claim.card, claim.deed)
            if chance.random() < 0.1:
                continue  # it dies, too
            if proof is not None and self.run(self.store.deeds.done(claim, proof)):
                continue
            if self.blind:
                self.run(self.store.deeds.later(claim, 0))
            elif claim.deed.looks < LOOKS:
                self.run(self.store.deeds.look_again(claim, 1))
            elif claim.deed.what in HARMLESS:
                self.run(self.store.deeds.later(claim, 1))
            else:
                self.run(self.store.deeds.uncertain(claim))

    def _perform(self, claim: CardClaim, chance: Random) -> None:
        match chance.choices(["answer", "late", "unsent", "lost", "unanswered"], [6, 2, 1, 1, 2])[0]:
            case "answer":
                self._answer(claim, chance)
            case "late":
                self.held.append(claim)
            case "unsent":
                self.run(self.store.deeds.later(claim, chance.choice([0, 5])))
            case "lost":  # before the call, or the call was
                if chance.random() < 0.5:
                    self.run(self.store.deeds.look_again(claim, 1))
            case _:
                self._effect(claim, chance)
                if chance.random() < 0.5:
                    self.run(self.store.deeds.look_again(claim, 1))

    def _answer(self, claim: CardClaim, chance: Random) -> None:
        thing = self._effect(claim, chance)
        if thing is None:
            self.run(self.store.deeds.failed(claim, "They refuse it."))
        else:
            self.run(self.store.deeds.done(claim, seen_of(thing)))

    # --- The provider -------------------------------------------------------------------------------------------

    def _effect(self, claim: CardClaim, chance: Random) -> Thing | None:
        """What the provider does when the call arrives; None when it refuses."""
        what, card = claim.deed.what, claim.card
        if what == CREATE:
            if chance.random() < 0.1:
                return None
            self.things.append(Thing(str(2510 + len(self.things)), card.reference, shown=chance.random() < 0.6))
            return self.things[-1]
        thing = self._thing(card)
        if thing is None or not thing.open or (what == "remind" and thing.reminders and not self.blind):
            return None
        if what == "remind":
            thing.reminders += 1
            self.reminded[card.uid] += 1
        thing.state = CLOSED.get(what, thing.state)
        return thing

    def _proof(self, card: Card, deed: CardDeed) -> Seen | None:
        """What proves that a deed was done, as a look at the provider tells."""
        if deed.what == CREATE:
            return self._found(card)
        thing = self._thing(card)
        if thing is None:
            return None
        done = thing.reminders > 0 if deed.what == "remind" else thing.state == CLOSED.get(deed.what)
        return seen_of(thing) if done else None

    def _found(self, card: Card) -> Seen | None:
        held = {each.provider_id for each in self.cards()}
        found = [
            each
            for each in self.things
            if each.shown and each.reference == card.reference and each.id not in held - {card.provider_id}
        ]
        return seen_of(found[0]) if len(found) == 1 else None

    def _made(self, card: Card) -> bool:
        return any(thing.reference == card.reference for thing in self.things)

    def _thing(self, card: Card) -> Thing | None:
        return next((each for each in self.things if each.id == card.provider_id), None)

    def provider_changes(self, chance: Random) -> None:
        """A contact pays, or the provider shows at last what it has; and it may say so."""
        if not self.things:
            return
        thing = chance.choice(self.things)
        thing.shown = True
        if thing.open and chance.random() < 0.3:
            thing.state = "paid"
        if chance.random() < 0.7:
            self.run(self.store.looks.hurry(CardKind.PAYMENT, PROVIDER, thing.id))
            self.reported |= {card.uid for card in self.cards() if card.provider_id == thing.id}

    def poll(self, chance: Random) -> None:
        """Cards that are due are looked at; some answers are slow, or never come."""
        for card in self.run(self.store.looks.take(room(20), LEASE_S)).cards:
            self.reported.discard(card.uid)
            question = card.question
            proof = None if question is None else self._proof(card, question)
            if proof is not None and self.run(self.store.card_decisions.found(card, question, proof)):
                continue
            thing = self._thing(card)
            self.answers.append((card, self._found(card) if thing is None else seen_of(thing)))
            if chance.random() < 0.7:
                self.finish_look(chance)

    def finish_look(self, chance: Random) -> None:
        """An answer comes at last, or never."""
        if not self.answers:
            return
        card, seen = self.answers.pop(chance.randrange(len(self.answers)))
        if chance.random() < 0.1:
            return
        if seen is None:
            self.run(self.store.looks.unseen(card))
        else:
            self.run(self.store.looks.seen(card, seen))

    # --- What must hold -----------------------------------------------------------------------------------------

    def check(self) -> None:
        """Everything that was promised."""
        kept = self.run(_kept(self.engine))
        self._nothing_is_lost([row for each in kept for row in each.deeds])
        self._nothing_happens_twice(kept)
        for each in kept:
            _is_not_stuck(each)
            assert each.wanted == each.card.version, "its message is known to want the newest version"
            was = self.settled.get(each.card.uid, each.card.state)
            assert was == each.card.state, "what is settled stays so"
            if each.card.settled:
                self.settled[each.card.uid] = each.card.state
            elif each.card.uid in self.reported:
                assert each.look_due_at == 0, "what was reported is asked for"

    def _nothing_is_lost(self, deeds: Sequence[Row]) -> None:
        keys = {row["key"] for row in deeds}
        assert {f"create:{key}" for key in self.asked} <= keys
        assert self.clicked <= keys

    def _nothing_happens_twice(self, kept: Sequence[Kept]) -> None:
        references = {thing.id: thing.reference for thing in self.things}
        made = Counter(references.values())
        for card, deeds in ((each.card, each.deeds) for each in kept):
            assert made[card.reference] <= 1 + self.again[card.uid, CREATE], (
                "nobody is asked twice but by a person's say"
            )
            assert self.reminded[card.uid] <= 1 + self.again[card.uid, "remind"]
            assert card.provider_id is None or references[card.provider_id] == card.reference
            live = Counter(row["once"] for row in deeds if row["state"] not in ("failed", "dropped"))
            assert max((many for once, many in live.items() if once), default=0) <= 1
            assert sum(row["state"] == "sending" for row in deeds) <= 1
        bound = [each.card.provider_id for each in kept if each.card.provider_id is not None]
        assert len(bound) == len(set(bound))


@dataclass(frozen=True)
class Kept:
    """A card as it is kept: with all its deeds, the time at which it is looked at, and what its message wants."""

    card: Card
    deeds: tuple[Row, ...]
    look_due_at: int | None
    wanted: int


async def _kept(engine: Engine) -> list[Kept]:
    async def unit(tx: Tx) -> list[Kept]:
        cards = await tx.rows(
            f"""select {CARD}, m.wanted from cards c join messages m on m.id = c.message_id
            order by c.id"""
        )
        deeds = await tx.rows("select * from deeds order by id")
        found = []
        for row in cards:
            own = tuple(deed for deed in deeds if deed["card_id"] == row["id"])
            card = replace(card_of(row), deeds=tuple(map(deed_of, own)))
            found.append(Kept(card, own, row["look_due_at"], int(row["wanted"])))
        return found

    return await engine.scene.database.read(unit)


def _is_not_stuck(kept: Kept) -> None:
    """Something is due, somebody is asked, or it is over."""
    card = kept.card
    under_way = any(
        row["state"] == "queued" or (row["state"] == "sending" and row["lease_until"] is not None)
        for row in kept.deeds
    )
    created = card.created
    waits = created is not None and created.state == DeedState.WAITING
    asks = card.question is not None or waits or (card.failure is not None and card.failure.what == CREATE)
    assert card.settled or kept.look_due_at is not None or under_way or asks, card
    assert not (card.settled and kept.look_due_at is not None)


def seen_of(thing: Thing) -> Seen:
    """What a look at the provider tells of it."""
    settled = not thing.open
    news = (News(thing.state, f"It is {thing.state}."),) if settled else ()
    says = {**TERMS.says(), "reminded": thing.reminders > 0}
    return Seen(thing.id, thing.state, says, settled, news)
