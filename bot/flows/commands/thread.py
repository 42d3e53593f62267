"""What is done with a conversation from its thread: taking it, handing it on, ending it, blocking its contact."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import KeepsContacts
from bot.errors import UsageError
from bot.flows import texts
from bot.flows.commands.listing import ask_first
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn, Verb, from_key, the_line
from bot.flows.commands.whom import whom
from bot.flows.contacts import Whom, thread_link
from bot.grammar import Mention, To, quote
from bot.model import Ask, Conversation, Line, MemberId, MemberKind, NewDeed, Standing
from bot.views.answers import Answer, Choice

ASSIGN = "form:assign"

_NOTHING = "Nothing was said with them yet."
_YOURS = "It is yours already."
_TAKEN = "<@{by}> was first and has it. Assign it to yourself if it shall be yours."
_NO_MEMBER = "Name somebody with @, as Slack completes it."
_NOT_A_MEMBER = "Only full members of this workspace can have a conversation."
_SO_ALREADY = "It is so already{by}."
_BLOCK = "Block {who} on {line}? Their texts are then neither received nor kept."


async def take(turn: Turn) -> Answer | None:
    """*Take*: the first one has it."""
    found, conversation = await _meant(turn)
    taken = await turn.bridge.store.standings.take(conversation.id, turn.given.member.id)
    if not taken.done:
        raise UsageError(_YOURS if taken.by == turn.given.member.id else _TAKEN.format(by=taken.by))
    return Answer(f"{found.label} is yours.", link=thread_link(turn.bridge, conversation))


async def assign(turn: Turn) -> Answer | Ask | None:
    """`assign @dana`; without a name, in a window."""
    mention = turn.asked.find("member", Mention)
    if mention is None:
        return Ask(ASSIGN, turn.given.ask.words.removeprefix(turn.asked.verb.word).strip())
    if mention.id is None:
        raise UsageError(_NO_MEMBER)
    found, conversation = await _meant(turn)
    return await hand_on(turn, found, conversation, MemberId(mention.id))


async def hand_on(turn: Turn, found: Whom, conversation: Conversation, to: MemberId | None) -> Answer:
    """Make it somebody's, or nobody's. Raises `UsageError` for who can have none."""
    name = ""
    if to is not None:
        who = await texts.member(turn.bridge, to)
        if who.kind != MemberKind.MEMBER:
            raise UsageError(_NOT_A_MEMBER)
        name = who.name
    what = "unassigned" if to is None else "assigned"
    by = turn.given.member
    deed = NewDeed(by.id, what, conversation.id, about=name)
    if not await turn.bridge.store.standings.assign(conversation.id, to, deed, by.name):
        raise UsageError(_SO_ALREADY.format(by=""))
    said = f"{found.label} is {name}’s." if name else f"{found.label} is nobody’s."
    return Answer(said, link=thread_link(turn.bridge, conversation))


async def resolve(turn: Turn) -> Answer | None:
    """*Resolve*: the next text opens it again."""
    found = await _stand(turn, Standing(resolved=True), "resolved")
    return Answer(f"{found.label} is done. The next text opens it again.", choices=(_undo(turn, "reopen"),))


async def reopen(turn: Turn) -> Answer | None:
    """*Reopen*."""
    found = await _stand(turn, Standing(resolved=False), "reopened")
    return Answer(f"{found.label} is open again.", choices=(_undo(turn, "resolve"),))


async def block(turn: Turn) -> Answer | None:
    """*Block*: asks first."""
    line, _ = line_and_provider(turn, KeepsContacts)
    found, conversation = await _meant(turn)
    if not turn.given.ask.sure:
        words = f"block {quote(conversation.contact)} {from_key(line)}"
        return ask_first(turn, _BLOCK.format(who=found.label, line=line.name), "Block", words)
    await _stand(turn, Standing(blocked=True), "contact_blocked")
    return Answer(f"Blocked {found.label} on {line.name}.", choices=(_undo(turn, "unblock"),))


async def unblock(turn: Turn) -> Answer | None:
    """*Unblock*."""
    line, _ = line_and_provider(turn, KeepsContacts)
    found = await _stand(turn, Standing(blocked=False), "contact_unblocked")
    return Answer(f"{found.label} is not blocked on {line.name} any more.")


async def _stand(turn: Turn, standing: Standing, what: str) -> Whom:
    """Raises `UsageError` with who was first when it stands so already."""
    found, conversation = await _meant(turn)
    deed = NewDeed(turn.given.member.id, what, conversation.id)
    done = await turn.bridge.store.standings.set(conversation.id, standing, deed, tell=True)
    if not done.done:
        raise UsageError(_SO_ALREADY.format(by=f": <@{done.by}> was first" if done.by else ""))
    return found


async def meant(turn: Turn, line: Line) -> tuple[Whom, Conversation]:
    """Whose conversation it is. Raises `UsageError` where nothing was ever said."""
    found = await whom(turn, line, turn.asked.value("to", To), lambda number: turn.again(quote(number)))
    if found.conversation is None:
        raise UsageError(_NOTHING)
    return found, found.conversation


async def _meant(turn: Turn) -> tuple[Whom, Conversation]:
    return await meant(turn, the_line(turn))


def _undo(turn: Turn, verb: str) -> Choice:
    words = turn.given.ask.words.removeprefix(turn.asked.verb.word).strip()
    return Choice(verb.capitalize(), turn.again(f"{verb} {words}"))


THREAD: Mapping[str, Verb] = {
    "take": take,
    "assign": assign,
    "resolve": resolve,
    "reopen": reopen,
    "block": block,
    "unblock": unblock,
}
