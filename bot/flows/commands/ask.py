"""The way of every command: who gives it, what it says, whether they may, and the verb that does it.

A button under an answer is a command too, given as if it had been typed, so whatever holds for one holds for both.
A verb or a button that asks for a form (`Ask("form:…", …)`) opens it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.bridge import Bridge
from bot.errors import UnknownName, UsageError
from bot.flows.commands.begin import allowed, full_member, shown, understood
from bot.flows.commands.callback import CALLBACK
from bot.flows.commands.contact import CONTACT
from bot.flows.commands.dialler import DIALLER
from bot.flows.commands.group import GROUP
from bot.flows.commands.helping import help_of, help_of_all
from bot.flows.commands.line import LINE
from bot.flows.commands.lists import LIST
from bot.flows.commands.pay import PAY
from bot.flows.commands.send import SEND
from bot.flows.commands.text import TEXT
from bot.flows.commands.thread import THREAD
from bot.flows.commands.threadline import THREADLINE
from bot.flows.commands.ticket import TICKET
from bot.flows.commands.turn import Given, Unclear, Verb
from bot.flows.forms.opening import Loading, is_form, open_form
from bot.grammar import EVERY, Command, verb_missed
from bot.grammar.shapes import HELP as HELPS
from bot.model import Ask, ChannelId, MemberId, Post
from bot.views import answers
from bot.views.answers import Answer, Choice

VERBS: Mapping[str, Mapping[str, Verb]] = {
    "callback": CALLBACK,
    "dialler": DIALLER,
    "contact": CONTACT,
    "group": GROUP,
    "line": LINE,
    "list": LIST,
    "send": SEND,
    "pay": PAY,
    "text": TEXT,
    "thread": THREAD,
    "threadline": THREADLINE,
    "ticket": TICKET,
}

_BY_NAME: Mapping[str, Command] = {command.name: command for command in EVERY}
_TOO_OLD = "These buttons are too old. Type the command again."
_USED = "This was decided already."
_IN_A_WINDOW = "This is done in a window."
_CANCELLED = "Cancelled: nothing was done."


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as Slack delivers it. `view_id` is the window whose button was pressed, if it was in one; `said`
    is the word that was said to the bot in a thread to mean it."""

    ask: Ask
    member: MemberId
    channel: ChannelId
    key: str
    trigger_id: str
    view_id: str = ""
    said: str = ""


async def ask(bridge: Bridge, typed: Typed) -> Post | Loading | None:
    """Do what a command says; what the person who gave it is shown, None when that shows itself elsewhere.

    Raises `BotError` with a sentence for them.
    """
    who = await full_member(bridge, typed.member)
    given = Given(typed.ask, who, typed.channel, typed.key, typed.trigger_id, typed.view_id, typed.said)
    try:
        made = await _perform(bridge, given)
    except Unclear as unclear:
        made = unclear.question
    if not isinstance(made, Answer):
        return made
    # What is said in a thread is answered there.
    return await shown(bridge, replace(made, link=None) if typed.said else made, given)


async def press(bridge: Bridge, value: str, pressed: Typed) -> Post | Loading | None:
    """A button under an answer: give the command that it stands for. Only who asked sees it.

    Raises `UsageError` when it is too old or was pressed before.
    """
    uid, _, number = value.partition(":")
    question = await bridge.store.questions.find(uid)
    if question is None or question.member != pressed.member or not number.isdecimal():
        raise UsageError(_TOO_OLD)
    if int(number) >= len(question.asks):
        raise UsageError(_TOO_OLD)
    if question.once and not (await bridge.store.questions.settle(uid, pressed.member)).done:
        raise UsageError(_USED)
    wanted = question.asks[int(number)]
    if not wanted.command:
        return answers.answer(Answer(_CANCELLED), "")
    key = f"question:{uid}" if question.once else pressed.key
    return await ask(bridge, replace(pressed, ask=wanted, channel=question.channel, key=key))


async def _perform(bridge: Bridge, given: Given) -> Answer | Loading | None:
    if is_form(given.ask):
        return await _open(bridge, given)
    command = _BY_NAME[given.ask.command]
    turn = await understood(bridge, given, command)
    verb = turn.asked.verb
    if verb.id == HELPS.id:
        return help_of_all() if command.name == "threadline" else help_of(command)
    try:
        made = await VERBS[command.name][verb.id](await allowed(turn, (command, verb)))
    except UnknownName as error:
        raise UsageError(f"{error}{verb_missed(turn.asked)}") from error
    if isinstance(made, Ask):
        return await _open(bridge, replace(given, ask=made))
    return made


async def _open(bridge: Bridge, given: Given) -> Answer | Loading | None:
    """What is said in a thread cannot open a window; a button can."""
    if not given.trigger_id:
        return Answer(_IN_A_WINDOW, choices=(Choice("Open it", given.ask, "primary"),))
    return await open_form(bridge, given)
