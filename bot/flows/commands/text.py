"""`/text`: texts and conversations."""

from __future__ import annotations

from collections.abc import Mapping

from bot.capabilities import AsksLocations, ListsConversations
from bot.errors import UsageError
from bot.flows import contacts, texts
from bot.flows.commands.inbox import inbox
from bot.flows.commands.provided import line_and_provider
from bot.flows.commands.turn import Turn, Verb, from_key, the_line
from bot.flows.commands.whom import whom
from bot.flows.contacts import Draft, Whom, thread_link
from bot.grammar import To, quote
from bot.markup import escape, mention, shorten
from bot.model import Ask, Line, NewDeed, Number, Standing
from bot.views.answers import CANCEL, Answer, Choice, Item, pages
from bot.views.history import said_line

PAGE = 10
QUOTED = 300
NEW_TEXT = "form:new_text"


async def send(turn: Turn) -> Answer | None:
    """`/text <to> <words>`: asks first unless whom it is for can be nothing else."""
    return await _send(turn, the_line(turn))


async def locate(turn: Turn) -> Answer | None:
    """`/text locate <to> <words>`: the answer lands in the thread. Asks first as `send` does."""
    line, _ = line_and_provider(turn, AsksLocations)
    if await texts.webhook_base(turn.bridge, line.provider) is None:
        raise UsageError(texts.NO_WAY_BACK)
    return await _send(turn, line, asks_location=True)


async def _send(turn: Turn, line: Line, *, asks_location: bool = False) -> Answer:
    to, words = turn.asked.value("to", To), turn.asked.value("words", str)
    verb = f"{turn.asked.verb.word} ".lstrip()

    def again(number: Number) -> Ask:
        return turn.again(f"{verb}{quote(number)} {from_key(line)} {escape(words)}", sure=True)

    found = await whom(turn, line, to, again)
    draft = Draft(line, found, words, turn.given.member, asks_location=asks_location)
    contacts.refuse(turn.bridge, draft)
    if not (to.sure or turn.given.ask.sure):
        question = ", with a question for where they are" if asks_location else ""
        heading = f"To {found.label}, from {line.name}{question}: “{shorten(words, QUOTED)}”"
        return Answer(heading, choices=(Choice("Send", again(found.number), "primary"), CANCEL), once=True)
    return await contacts.start(turn.bridge, draft, turn.given.key)


async def open_form(_: Turn) -> Ask:
    """`/text` alone: the form for a new text."""
    return Ask(NEW_TEXT, "")


async def history(turn: Turn) -> Answer | None:
    """`/text history <to>`: newest first."""
    line = the_line(turn)
    to, page = turn.asked.value("to", To), turn.asked.page
    found = await whom(turn, line, to, lambda number: _history_of(turn, line, number, page))
    if found.conversation is None:
        return Answer(f"Nothing was said with {found.label} on {line.name} yet.")
    bot, skip = mention(turn.bridge.ours.bot_user_id), (page - 1) * PAGE
    said = await turn.bridge.store.contacts.history(found.conversation.id, bot=bot, skip=skip, limit=PAGE + 1)
    shown = [await texts.readable(turn.bridge, message) for message in said[:PAGE]]
    items = tuple(Item(said_line(message, turn.zone)) for message in shown)
    return Answer(
        f"{found.label} on {line.name}" if items else f"There is no page {page}.",
        items,
        choices=pages(page, lambda other: _history_of(turn, line, found.number, other), more=len(said) > PAGE),
        link=thread_link(turn.bridge, found.conversation),
    )


def _history_of(turn: Turn, line: Line, number: Number, page: int) -> Ask:
    return turn.again(f"history {quote(number)} {from_key(line)} page={page}")


async def archive(turn: Turn) -> Answer | None:
    """`/text archive <to>`: at the provider, and done here."""
    line, provider = line_and_provider(turn, ListsConversations)
    found = await _whose(turn, line)
    if found.conversation is None:
        await provider.archive_conversation(line, found.number)
    await _put(turn, found, Standing(archived=True), "archived")
    undo = Choice("Unarchive", turn.again(f"unarchive {quote(found.number)} {from_key(line)}"))
    return Answer(
        f"Archived {found.label} on {line.name}. It comes back with the next text.",
        choices=(undo,),
        link=thread_link(turn.bridge, found.conversation),
    )


async def unarchive(turn: Turn) -> Answer | None:
    """`/text unarchive <to>`."""
    line, provider = line_and_provider(turn, ListsConversations)
    found = await _whose(turn, line)
    if found.conversation is None:
        await provider.unarchive_conversation(line, found.number)
    await _put(turn, found, Standing(archived=False), "unarchived")
    link = thread_link(turn.bridge, found.conversation)
    return Answer(f"{found.label} on {line.name} is not archived any more.", link=link)


async def _whose(turn: Turn, line: Line) -> Whom:
    def again(number: Number) -> Ask:
        return turn.again(f"{turn.asked.verb.word} {quote(number)} {from_key(line)}")

    return await whom(turn, line, turn.asked.value("to", To), again)


async def _put(turn: Turn, found: Whom, standing: Standing, what: str) -> None:
    """On disk first, and at the provider a moment later; what has no thread was put there already."""
    store, who = turn.bridge.store, turn.given.member.id
    if found.conversation is None:
        await store.audit.add(NewDeed(who, what, about=found.label))
    else:
        deed = NewDeed(who, what, found.conversation.id)
        await store.standings.set(found.conversation.id, standing, deed, tell=True)


TEXT: Mapping[str, Verb] = {
    "open": open_form,
    "send": send,
    "history": history,
    "inbox": inbox,
    "archive": archive,
    "unarchive": unarchive,
    "locate": locate,
}
