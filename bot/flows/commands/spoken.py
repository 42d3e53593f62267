"""What a member says to the bot in a thread: a command for the thread's contact."""

from __future__ import annotations

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.flows.commands.ask import Typed, ask
from bot.flows.commands.helping import help_in_thread
from bot.flows.connected import connected
from bot.flows.forms.opening import Loading
from bot.grammar import ask_in_thread, word_said
from bot.model import Mentioned, Post
from bot.views import answers

_HELP = ("", "help")
_NO_THREAD = "I answer in a contact's thread. Type /threadline to see what I do elsewhere."


async def hear(bridge: Bridge, said: Mentioned) -> Post | None:
    """Do what was said; what its author is shown, None for a note. Raises `BotError` with a sentence for them."""
    conversation = await bridge.store.threads.at(said.channel, said.thread_ts)
    if conversation is None:
        raise UsageError(_NO_THREAD)
    word = word_said(said.words)
    if word in _HELP:
        return answers.answer(help_in_thread(), "")
    wanted = ask_in_thread(said.words, conversation.contact, connected(conversation.line).number)
    if wanted is None:
        return None
    key = f"said:{said.channel}:{said.ts}"
    made = await ask(bridge, Typed(wanted, said.author, said.channel, key, trigger_id="", said=word))
    return None if isinstance(made, Loading) else made
