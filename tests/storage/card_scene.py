"""A payment's card on the scene's line, and short words for what happens to it. It checks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.model import MemberId, PaymentTerms
from bot.model.cards import CREATE, Asked, Card, CardClaim, CardKind, NewCard, NewCardDeed, News, Seen
from bot.model.money import Money
from storage.store import Store
from tests.storage.scene import CONTACT, DANA, LEASE_S, PROVIDER, Scene, room

ELI = MemberId("U2")
TERMS = PaymentTerms(CONTACT, Money(4500, "USD"), "Deposit", "Please pay")


def new_card(scene: Scene, key: str = "command:1", **fields: Any) -> NewCard:
    """A payment that Dana asks the scene's contact for."""
    return NewCard(
        **{
            "key": key,
            "kind": CardKind.PAYMENT,
            "provider": PROVIDER,
            "author": DANA,
            "reference": f"ref-{key}",
            "title": "$45.00 · Deposit",
            "says": TERMS.says(),
            "line": scene.line.id,
            "contact": CONTACT,
            **fields,
        }
    )


def seen(state: str = "sent", provider_id: str = "2510", *, settled: bool = False, **news: str) -> Seen:
    """What the provider has of it; `news` by their topics."""
    told = tuple(News(topic, sentence) for topic, sentence in news.items())
    return Seen(provider_id, state, TERMS.says(), settled, told)


async def opened(scene: Scene, key: str = "command:1", **fields: Any) -> Card:
    """A card that was asked for."""
    return await scene.store.cards.open(new_card(scene, key, **fields))


async def sent(scene: Scene, key: str = "command:1", provider_id: str = "2510") -> Card:
    """A card whose thing the provider has."""
    card = await opened(scene, key)
    await scene.store.deeds.done(await claim_one(scene.store), seen(provider_id=provider_id))
    return await now(scene.store, card)


async def now(store: Store, card: Card) -> Card:
    """The card as it is by now."""
    found = await store.cards.find(card.uid)
    assert found is not None
    return found


async def add(store: Store, card: Card, what: str, member: MemberId = DANA, **fields: str) -> Asked:
    """Somebody asks for a deed."""
    key = fields.pop("key", f"{card.uid}:{what}:{member}")
    return await store.deeds.add(card.uid, NewCardDeed(key=key, what=what, member=member, **fields))


async def claims(store: Store, slots: int = 8) -> Sequence[CardClaim]:
    """What can be done."""
    return (await store.deeds.take(room(slots), LEASE_S, looking=0)).fresh


async def orphans(store: Store, slots: int = 8) -> Sequence[CardClaim]:
    """What is to be looked for."""
    return (await store.deeds.take(room(0), LEASE_S, looking=slots)).orphans


async def claim_one(store: Store) -> CardClaim:
    """Take the only deed that can be done."""
    taken = await claims(store)
    assert len(taken) == 1, [claim.deed.what for claim in taken]
    return taken[0]


async def uncertain(scene: Scene, key: str = "command:1") -> Card:
    """A card of which nobody knows whether the provider has it."""
    card = await opened(scene, key)
    await scene.store.deeds.uncertain(await claim_one(scene.store))
    return await now(scene.store, card)


async def to_look_at(store: Store, slots: int = 8) -> Sequence[Card]:
    """Take the cards that are due to be looked at."""
    return (await store.looks.take(room(slots), LEASE_S)).cards


def state_of(card: Card, what: str = CREATE) -> str:
    """How far the last deed of that word is."""
    return [deed.state for deed in card.deeds if deed.what == what][-1]
