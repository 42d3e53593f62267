"""What a click on a card's button does. The first click decides; a second one is told who was first.

Who may is looked at with every click, and what is to be done outside is on disk before this returns.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.cards.kind import CardFlow, Case
from bot.flows.cards.looking import case_for, look_at, readable, settle_question
from bot.flows.cards.registry import FLOWS
from bot.flows.cards.working import evidence
from bot.flows.commands.begin import full_member
from bot.model import Ask, MemberId
from bot.model.cards import CREATE, Asked, DeedState, NewCardDeed
from bot.views.card_buttons import CardAction
from bot.views.card_parts import already

_GONE = "This card is not known any more, and its buttons do nothing."
_OWN = "Somebody else has to approve what you asked for."
_NO_TRACE = (
    "The provider has no trace of it yet. That does not prove that it was not done: check again in a minute, "
    "or decide with the other buttons."
)
_AS_BEFORE = "Nothing has changed since."


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click on a card: whose, and which button. `uid` is the card's; `key` is the same for the same click."""

    action: CardAction
    uid: str
    member: MemberId
    key: str


async def press(bridge: Bridge, pressed: Pressed) -> str | Ask | None:
    """Do what the button says: a sentence for who clicked, a window to open, or None when the card shows it.

    Raises `NotAllowed` for who may not, `UsageError`, `SlackError` when Slack does not say who clicked, and
    `ProviderError` when the provider cannot be asked.
    """
    who = await full_member(bridge, pressed.member)
    card = await bridge.store.cards.find(pressed.uid)
    if card is None:
        raise UsageError(_GONE)
    case, flow = await case_for(bridge, card), FLOWS[card.kind]
    await case.admit(who, _rights(case, flow, pressed.action))
    if pressed.action in flow.opens:
        return flow.opens[pressed.action](card)
    if pressed.action in _DECISIONS:
        return _said(await _decide(case, pressed))
    if pressed.action in _LOOKS:
        async with readable(bridge, card):
            return await _LOOKS[pressed.action](case)
    return _said(await _queue(case, flow, pressed))


def _rights(case: Case, flow: CardFlow, action: CardAction) -> tuple[str, str]:
    """Who may do a thing may decide about it."""
    if action == CardAction.REFRESH:
        return flow.shows
    asked = case.card.question or case.card.failure
    what = action.deed if action.deed in flow.deeds else asked.what if asked else CREATE
    return flow.deeds[what].rights if what in flow.deeds else flow.shows


async def _queue(case: Case, flow: CardFlow, pressed: Pressed) -> Asked:
    do = flow.deeds.get(pressed.action.deed)
    if do is None:
        raise UsageError(_GONE)
    new = NewCardDeed(
        key=f"{pressed.uid}:{pressed.key}", what=pressed.action.deed, member=pressed.member, once=do.once
    )
    return await case.bridge.store.deeds.add(pressed.uid, new)


async def _decide(case: Case, pressed: Pressed) -> Asked:
    created = case.card.created
    is_own = created is not None and created.member == pressed.member and created.state == DeedState.WAITING
    if pressed.action == CardAction.APPROVE and is_own:
        raise UsageError(_OWN)
    return await _DECISIONS[pressed.action](case.bridge, pressed.uid, pressed.member)


def _said(asked: Asked) -> str | None:
    return None if asked.done else already(asked)


async def _again(bridge: Bridge, uid: str, who: MemberId, of: DeedState) -> Asked:
    return await bridge.store.card_decisions.again(uid, who, of)


_DECISIONS: Mapping[CardAction, Callable[[Bridge, str, MemberId], Awaitable[Asked]]] = {
    CardAction.APPROVE: lambda bridge, uid, who: bridge.store.card_decisions.approve(uid, who),
    CardAction.AGAIN: lambda bridge, uid, who: _again(bridge, uid, who, DeedState.UNCERTAIN),
    CardAction.RETRY: lambda bridge, uid, who: _again(bridge, uid, who, DeedState.FAILED),
    CardAction.HAPPENED: lambda bridge, uid, who: bridge.store.card_decisions.happened(uid, who),
    CardAction.FORGET: lambda bridge, uid, who: bridge.store.card_decisions.forget(uid, who),
    CardAction.LEAVE: lambda bridge, uid, who: bridge.store.card_decisions.leave(uid, who),
}


# --- Looking ----------------------------------------------------------------------------------------------------


async def _refresh(case: Case) -> str | None:
    return None if await look_at(case.bridge, case.card) else _AS_BEFORE


async def _check(case: Case) -> str | None:
    asked = case.card.question
    if asked is None:
        return _AS_BEFORE
    if await settle_question(case, evidence):
        return None
    card = await case.bridge.store.cards.find(case.card.uid)
    is_open = card is not None and card.question is not None and card.question.id == asked.id
    return _NO_TRACE if is_open else None  # else somebody was first, and the card says what came of it


_LOOKS: Mapping[CardAction, Callable[[Case], Awaitable[str | None]]] = {
    CardAction.REFRESH: _refresh,
    CardAction.CHECK: _check,
}
