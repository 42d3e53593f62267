"""How cards stand at their provider: asked every so often, and at once when the provider has something new.

What a webhook says of a card is never believed: it is read from the provider. A card that cannot be read keeps no
other waiting, and is asked of again soon, then less and less.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.bridge import Bridge
from bot.errors import BotError, ProviderError, StorageUnavailable, Throttled, UsageError
from bot.flows import alerts
from bot.flows.cards.kind import Case, Happened
from bot.flows.cards.registry import FLOWS
from bot.flows.cards.working import THROTTLED_S, TOGETHER_S, proof
from bot.model.cards import Card, CardKind, Seen
from bot.pace import provider_pace
from bot.worker import Worker

log = logging.getLogger(__name__)

SLOTS = 4  # of each provider: the others of its connections are for what people do

_BROKEN = (
    "How “{title}” stands cannot be read: Threadline does not know this error ({what}). It looks again later. "
    "Please report it, with what the log says of “card {id}”."
)
_UNREADABLE = "How this stands cannot be read: Threadline does not know this error. An admin is told more."


def looks(bridge: Bridge) -> Callable[[Worker], Awaitable[float | None]]:
    """What a worker takes that looks at the cards that are due."""

    async def take(worker: Worker) -> float | None:
        await asyncio.sleep(TOGETHER_S)
        wait_s = await bridge.store.looks.next_due_in_s()
        if wait_s is None or wait_s > 0:
            return wait_s
        taken = await bridge.store.looks.take(worker.room, bridge.tuning.deed_lease_s)
        for card in taken.cards:
            worker.start(f"card {card.id}", provider_pace(card.provider), look(bridge, card))
        return taken.next_due_in_s

    return take


async def look(bridge: Bridge, card: Card) -> None:
    """Look at a card that was taken, and have it looked at again when that tells nothing."""
    try:
        async with readable(bridge, card):
            await look_at(bridge, card)
    except StorageUnavailable:
        raise  # the lease brings it back
    except asyncio.CancelledError:
        await bridge.store.looks.give_back(card)
        raise
    except Throttled as error:
        await bridge.store.looks.closed(card, error.retry_after_s or THROTTLED_S)
    except (ProviderError, UsageError) as error:
        log.warning("card %d: it cannot be read (%s)", card.id, type(error).__name__)
        await bridge.store.looks.unseen(card)


@contextlib.asynccontextmanager
async def readable(bridge: Bridge, card: Card) -> AsyncIterator[None]:
    """For looking at a card. Raises `UsageError` for an error that nobody foresaw, of which an admin is told."""
    what = ""
    try:
        yield
    except BotError:
        raise
    except Exception as error:  # noqa: BLE001 - as what another version wrote down, or a provider never said
        what = type(error).__name__
    if what:
        log.error("card %d: it cannot be read (%s)", card.id, what)
        told = {"title": card.title, "what": what, "id": str(card.id)}
        await alerts.tell(bridge, f"broken:card:{card.kind}:{what}", _BROKEN, **told)
        raise UsageError(_UNREADABLE)


async def look_at(bridge: Bridge, card: Card) -> bool:
    """Ask the provider how it stands; whether the card says something new by that. Raises `ProviderError`, and
    `UsageError` when the provider is not there any more."""
    case = await case_for(bridge, card)
    if await settle_question(case):
        return True
    seen = await _read(case)
    if seen is None:
        await bridge.store.looks.unseen(card)
        return False
    await bridge.store.looks.seen(card, seen)
    after = await bridge.store.cards.find(card.uid)
    return after is not None and after.version != card.version


async def settle_question(case: Case, look_for: Happened = proof) -> bool:
    """Whether the provider tells by now what nobody knew of a deed. Raises what `look_for` raises."""
    deed = case.card.question
    seen = None if deed is None else await look_for(case, deed)
    if deed is None or seen is None:
        return False
    return await case.bridge.store.card_decisions.found(case.card, deed, seen)


async def reported(bridge: Bridge, kind: CardKind, provider: str, provider_id: str) -> bool:
    """The provider says that something happened to a thing of this kind: look at its card, if one can hold it."""
    return await bridge.store.looks.hurry(kind, provider, provider_id)


async def case_for(bridge: Bridge, card: Card) -> Case:
    """A card, and where it belongs."""
    conversation = await bridge.store.threads.conversation(card.conversation_id)
    line = conversation.line if conversation is not None else None
    if line is None and card.line_id is not None:
        line = next((each for each in await bridge.store.lines.all() if each.id == card.line_id), None)
    return Case(bridge, card, conversation, line)


async def _read(case: Case) -> Seen | None:
    """How it stands; or whether it is there at all, while nobody knows that."""
    flow, created = FLOWS[case.card.kind], case.card.created
    if case.card.provider_id is not None:
        return await flow.read(case)
    return None if created is None else await flow.create.happened(case, created)
