"""One command that somebody gave, on its way to its verb."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.bridge import Bridge
from bot.errors import UsageError
from bot.grammar import Asked, Named, with_page
from bot.markup import inert
from bot.model import Ask, ChannelId, Line, Member
from bot.views.answers import Answer, Choice

NO_LINE = "No line is connected yet. An admin adds one: threadline lines add."


@dataclass(frozen=True, slots=True)
class Given:
    """What Slack tells of a command, typed or behind a button. `key` makes what it does one thing, however often
    it comes; `trigger_id` opens a form within three seconds, `view_id` is the window that is open already, `said`
    the word that stood for the command in a thread."""

    ask: Ask
    member: Member
    channel: ChannelId
    key: str
    trigger_id: str
    view_id: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A command that was understood. `lines` are those that are bound, the channel's own first."""

    bridge: Bridge
    given: Given
    asked: Asked
    lines: Sequence[Line]
    zone: ZoneInfo  # the member's

    def again(self, words: str, *, sure: bool = False) -> Ask:
        """The same command with other words."""
        return Ask(self.given.ask.command, words, sure=sure)

    def page(self, number: int) -> Ask:
        """Another page of the list that was asked for."""
        return self.again(with_page(self.given.ask.words, number))


def from_key(line: Line) -> str:
    """What names the line in a command. Pure."""
    return f'from="{line.number}"'


class Unclear(Exception):
    """More than one thing can be meant. `question` asks which; each of its buttons gives the command once more."""

    def __init__(self, question: Answer) -> None:
        super().__init__(question.heading)
        self.question = question


# An `Ask` is for a form, which opens. None: what was asked for shows itself elsewhere.
Verb = Callable[[Turn], Awaitable[Answer | Ask | None]]


def the_line(turn: Turn) -> Line:
    """The line that is meant: the one of `from=`, the channel's, the only one.

    Raises `Unclear` when it can be several, `UsageError` when there is none, or none of that name.
    """
    if not turn.lines:
        raise UsageError(NO_LINE)
    named = turn.asked.find("from", Named)
    if named is not None:
        return line_named(turn.lines, named.name)
    here = [line for line in turn.lines if line.channel == turn.given.channel]
    candidates = here or list(turn.lines)
    if len(candidates) > 1:
        raise Unclear(_which(turn, candidates))
    return candidates[0]


def line_named(lines: Sequence[Line], name: str) -> Line:
    """The line of that name or number, or whose name begins so. Raises `UsageError` for none, or several."""
    wanted = name.strip().casefold()
    found = [line for line in lines if wanted in (line.name.casefold(), line.number, line.number.lstrip("+"))]
    found = found or [line for line in lines if begins(line.name, name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"“{inert(line.name)}”" for line in lines)
    if not found:
        raise UsageError(f"No line is called “{name}”. There is {names}.")
    raise UsageError(f"Several lines are called “{name}”: say which by its number.")


def begins(name: str, typed: str) -> bool:
    """Whether a name begins with what was typed, in any case. Pure."""
    wanted = typed.strip().casefold()
    return bool(wanted) and name.casefold().startswith(wanted)


def _which(turn: Turn, lines: Sequence[Line]) -> Answer:
    words, sure = turn.given.ask.words, turn.given.ask.sure
    choices = tuple(Choice(line.name, turn.again(f"{words} {from_key(line)}", sure=sure)) for line in lines)
    return Answer("From which line?", choices=choices, once=True)
