"""What a command is made of: verbs, and what each takes. Values only.

One list of these (`bot/grammar/registry`) feeds the parser, the help and the usage lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How words are read. What comes out stands beside it."""

    TO = "to"  # To
    NAMED = "named"  # Named; or str, when it is one of the choices
    NAMES = "names"  # tuple[Named, ...], between commas; may be empty
    TAGS = "tags"  # tuple[str, ...], between commas; may be empty
    ID = "id"  # int
    COUNT = "count"  # int, within the parameter's bounds
    DIALLER_KEY = "dialler key"  # DiallerKey
    AGENT_GROUP = "agent group"  # AgentGroup
    CODE = "code"  # str: a ticket's, like RF-200
    AMOUNT = "amount"  # str that starts like money; its currency decides the rest
    WHEN = "when"  # datetime in UTC, ahead
    DATE = "date"  # datetime in UTC, the start of that day or minute for the member
    URL = "url"  # str
    MEMBER = "member"  # Mention
    CHANNEL = "channel"  # Mention
    NUMBER = "number"  # Number
    NUMBERS = "numbers"  # tuple[Number, ...]
    CHOICE = "choice"  # str
    YES_NO = "yes or no"  # bool
    WORD = "word"  # str: one word, or several in quotes
    WORDS = "words"  # str: the rest as it was typed, line breaks too
    TEXT = "text"  # str of a key; may be empty


class Asks(StrEnum):
    """Why a verb asks before it acts."""

    NOTHING = ""
    DESTROYS = "destroys"
    SPENDS = "spends"


class Who(StrEnum):
    """Who may use a verb, unless the settings say otherwise."""

    MEMBER = "member"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that stands at its place. `shown` is how usage lines call it, when not by its name.

    `choices` are the words of a CHOICE, or what a NAMED may be instead of a name.
    """

    name: str
    kind: Kind
    optional: bool = False
    choices: tuple[str, ...] = ()
    shown: str = ""
    least: int = 1  # of a COUNT
    most: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """`name=value`, anywhere after the verb. With `prefix` it is `name:<anything>=value`, any number of times. An
    `inner` one is given by a button, and shown nowhere."""

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    prefix: bool = False
    inner: bool = False
    least: int = 1  # of a COUNT
    most: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A word without a value, anywhere after the verb: `name` itself, or one of `words`."""

    name: str
    words: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every word that it may be."""
        return self.words or (self.name,)


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that a command does.

    `word` is what is typed, empty for what the command does without a verb; then `name` tells such forms apart.
    `needs_some`: at least one of its optional words and keys must be there.
    """

    word: str
    summary: str
    takes: tuple[Parameter, ...] = ()
    keys: tuple[Key, ...] = ()
    flags: tuple[Flag, ...] = ()
    asks: Asks = Asks.NOTHING
    who: Who = Who.MEMBER
    modal: bool = False
    pages: bool = False  # answers a list, and takes page=
    needs_some: bool = False
    name: str = ""

    @property
    def id(self) -> str:
        """What tells it from the command's other verbs."""
        return self.name or self.word

    @property
    def required(self) -> tuple[Parameter, ...]:
        """What must be there."""
        return tuple(parameter for parameter in self.takes if not parameter.optional)

    @property
    def free(self) -> bool:
        """Whether it takes free words."""
        return any(parameter.kind is Kind.WORDS for parameter in self.takes)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """Its keys, the page among them."""
        return (*self.keys, PAGE) if self.pages else self.keys


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. `called` is what this workspace types, when that is not `name`. `spoken`: it is no slash
    command, its verbs are said to the bot in the thread of whom they are for."""

    name: str
    summary: str
    verbs: tuple[Verb, ...]
    called: str = ""
    spoken: bool = False

    @property
    def typed(self) -> str:
        """As people type it: `/text`."""
        return "@Threadline" if self.spoken else f"/{self.called or self.name}"

    @property
    def words(self) -> tuple[str, ...]:
        """Every verb that can be typed."""
        return tuple(verb.word for verb in self.verbs if verb.word)

    @property
    def forms(self) -> tuple[Verb, ...]:
        """What it does without a verb, in the order in which they are tried."""
        return tuple(verb for verb in self.verbs if not verb.word)


PAGE = Key("page", Kind.COUNT, most=100_000)
LINE = Key("from", Kind.NAMED)  # which line or account, where a team has several
HELP = Verb("", "Shows everything that the command does.", name="help")
HELP_WORD = Verb("help", HELP.summary)  # of a command that does something else without a verb
