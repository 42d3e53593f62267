"""What a form is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.flows.commands.turn import Turn
from bot.grammar import Command, Verb
from bot.model import Ask
from bot.views.answers import Answer
from bot.views.fields import Option
from bot.views.forms import Drawn, Sent

NOTHING = Verb("", "")  # no words stand behind the form's name


class Wrong(Exception):
    """Something is wrong with a field. The sentence stands beside it."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class Again(Exception):
    """The form comes back with other fields, or about something else; what was typed is in `drawn`. The sentence
    stands beside `field`, or above them all."""

    def __init__(self, drawn: Drawn, sentence: str = "", *, field: str = "", about: Ask | None = None) -> None:
        super().__init__(sentence)
        self.drawn = drawn
        self.field = field
        self.about = about


Draw = Callable[[Turn], Awaitable[Drawn]]
Check = Callable[[Turn, Sent], Awaitable[None]]
Send = Callable[[Turn, Sent], Awaitable[Answer]]
Redraw = Callable[[Turn, Sent], Awaitable[Drawn]]
Find = Callable[[Turn, str], Awaitable[Sequence[Option]]]


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `rights` are a command and one of its verbs: who may use that may use this.

    `takes` is what stands behind the form's name in an `Ask`, read as what stands behind a command. `waits`: a
    provider is asked when it is sent; `check` is then what needs no provider, and nothing else. `find` has the
    options of each menu that is searched, by the field's name, for what was typed so far ('' at first). `redraw`
    is the form after a choice in a field that `redraws`: Slack keeps what stands in fields whose names stay.
    """

    name: str  # like form:contact; never changed: a window that is open keeps it
    title: str
    rights: tuple[str, str]
    draw: Draw
    send: Send
    check: Check | None = None
    redraw: Redraw | None = None
    waits: bool = False
    takes: Verb = NOTHING
    find: Mapping[str, Find] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)  # a provider's name of a field → ours

    @property
    def grammar(self) -> Command:
        """What reads the words behind its name."""
        return Command(self.name, self.title, (self.takes,))


def needed(sent: Sent, name: str, sentence: str) -> str:
    """What stands in a field. Raises `Wrong` with the sentence when it is nothing but spaces."""
    found = sent.text(name).strip()
    if not found:
        raise Wrong(name, sentence)
    return found
