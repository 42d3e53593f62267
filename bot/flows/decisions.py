"""What a click on a notice's button does. The first click decides; a second one is told who was first."""

from __future__ import annotations

from dataclasses import dataclass

from bot.bridge import Bridge
from bot.flows import lookups, texts
from bot.model import Claim, Decided, MemberId, MemberKind, Message
from bot.views import notices
from bot.views.buttons import Action

_NOT_A_MEMBER = "Only full members of this workspace decide about texts."
_NO_TRACE = (
    "The provider has no trace of it yet. That does not prove that it was not sent: ask again in a minute, "
    "or decide with “Send again” or “It arrived”."
)
_TOO_OLD = "This button is too old to be used."


@dataclass(frozen=True, slots=True)
class Click:
    """A click on a notice: whose, and which button. `uid` is the notice's."""

    action: Action
    uid: str
    member: MemberId


async def decide(bridge: Bridge, click: Click) -> str | None:
    """Do what the button says; a sentence for the person who clicked, or None when the thread shows it.

    Raises `SlackError` when Slack does not say who clicked, `ProviderError` and `UsageError` when the provider
    cannot be asked.
    """
    who = await texts.member(bridge, click.member)
    if who.kind != MemberKind.MEMBER:
        return _NOT_A_MEMBER
    if click.action == Action.CHECK:
        return await _check(bridge, click)
    decided = await _DECISIONS[click.action](bridge, click)
    if decided.done:
        return None
    return notices.already(decided.by, decided.how) if decided.how else _TOO_OLD


async def _send(bridge: Bridge, click: Click) -> Decided:
    how = {Action.RETRY: "retried", Action.SEND_AGAIN: "sent_again"}.get(click.action, "sent")
    return await bridge.store.decisions.send(click.uid, click.member, how)


async def _keep(bridge: Bridge, click: Click) -> Decided:
    return await bridge.store.decisions.keep(click.uid, click.member)


async def _arrived(bridge: Bridge, click: Click) -> Decided:
    return await bridge.store.decisions.arrived(click.uid, click.member)


async def _correct(bridge: Bridge, click: Click) -> Decided:
    return await bridge.store.decisions.correct(click.uid, click.member)


_DECISIONS = {
    Action.RETRY: _send,
    Action.SEND_AGAIN: _send,
    Action.SEND_IT: _send,
    Action.KEEP: _keep,
    Action.ARRIVED: _arrived,
    Action.CORRECT: _correct,
}


async def _check(bridge: Bridge, click: Click) -> str | None:
    """Ask the provider now; the notice says it when the text is found."""
    pair = await bridge.store.decisions.subject(click.uid)
    if pair is None:
        return _TOO_OLD
    notice, subject = pair
    if notice.settled_how:
        return notices.already(notice.settled_by, notice.settled_how)
    return None if await _found(bridge, subject) else _NO_TRACE


async def _found(bridge: Bridge, subject: Message) -> bool:
    conversation = await bridge.store.threads.conversation(subject.conversation_id)
    return await lookups.check(bridge, subject.id, Claim(subject, conversation))
