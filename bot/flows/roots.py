"""What a click on a root card does: the command that it stands for, given as if it had been said in the thread.

Whatever holds for the command holds for the click: who may, the log, and that the first one decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.commands.ask import Typed, ask
from bot.flows.commands.callback_queue import QUEUE
from bot.flows.commands.thread import ASSIGN
from bot.flows.commands.ticket.opening import NEW
from bot.flows.connected import connected
from bot.flows.contacts import thread_link
from bot.flows.forms.opening import Loading
from bot.flows.forms.payment import REQUEST
from bot.grammar import quote
from bot.model import Ask, ChannelId, Conversation, ConversationId, MemberId, Post, Ts
from bot.views import answers
from bot.views.answers import Answer
from bot.views.root_buttons import RootAction

_OLD = "This card is not used any more. What is written to them, or comes from them, opens a new one."
_MOVED = "This card is not used any more, another one is."

# A button → the command and what stands before the contact.
ASKS: Mapping[RootAction, tuple[str, str]] = {
    RootAction.TAKE: ("thread", "take"),
    RootAction.ASSIGN: (ASSIGN, ""),
    RootAction.RESOLVE: ("thread", "resolve"),
    RootAction.REOPEN: ("thread", "reopen"),
    RootAction.REQUEST_PAYMENT: (REQUEST, ""),
    RootAction.CALL_BACK: (QUEUE, ""),
    RootAction.DETAILS: ("contact", ""),
    RootAction.ARCHIVE: ("text", "archive"),
    RootAction.UNARCHIVE: ("text", "unarchive"),
    RootAction.BLOCK: ("thread", "block"),
    RootAction.UNBLOCK: ("thread", "unblock"),
    RootAction.TICKET: (NEW, ""),
}
# The card itself shows what these did.
_SHOWN = frozenset({RootAction.TAKE, RootAction.RESOLVE, RootAction.REOPEN, RootAction.UNARCHIVE})


@dataclass(frozen=True, slots=True)
class RootClick:
    """A click on a root card: which button, of whose conversation, by whom, and where the card stands."""

    action: RootAction
    conversation: ConversationId
    member: MemberId
    channel: ChannelId
    ts: Ts
    trigger_id: str


async def press_root(bridge: Bridge, click: RootClick) -> Post | Loading | None:
    """Do it; what is shown to who clicked, None when the card shows it. Raises `BotError` with a sentence."""
    conversation = await bridge.store.threads.conversation(click.conversation)
    if conversation is None or conversation.root_channel is None or conversation.root_ts is None:
        raise UsageError(_OLD)
    if (conversation.root_channel, conversation.root_ts) != (click.channel, click.ts):
        return answers.answer(Answer(_MOVED, link=thread_link(bridge, conversation)), "")
    wanted, key = ask_of(click.action, conversation), f"press:{click.trigger_id}"
    made = await ask(bridge, Typed(wanted, click.member, click.channel, key, click.trigger_id))
    return None if click.action in _SHOWN else made


def ask_of(action: RootAction, conversation: Conversation) -> Ask:
    """The command that a button stands for. Raises `UsageError` where the line was removed. Pure."""
    command, verb = ASKS[action]
    parts = (verb, quote(conversation.contact), f'from="{connected(conversation.line).number}"')
    return Ask(command, " ".join(part for part in parts if part))
