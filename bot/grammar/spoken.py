"""What is said to the bot in a contact's thread: the verb of a command, for that contact. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import UsageError
from bot.grammar.help import HelpLine
from bot.grammar.lexer import quote, shown
from bot.grammar.nearest import nearest
from bot.grammar.registry import SERVED, verb_of
from bot.grammar.registry.thread import THREAD
from bot.grammar.usage import as_said, usage
from bot.model import Ask, Number

NOTE = "note"  # what is said to colleagues; it is kept, and nothing is done
_NOTE_HELP = HelpLine("@Threadline note <words>", "Keeps words for colleagues.")


@dataclass(frozen=True, slots=True)
class _Meant:
    command: str
    verb: str = ""  # what stands before the contact
    key: str = ""  # of the contact, where that is none of the places
    form: str = ""  # its id, of what has no verb

    @property
    def id(self) -> str:
        return self.form or self.verb


# The first word → what it means. Only what a command does for one contact can be said in a thread.
_MEANT: Mapping[str, _Meant] = {
    "take": _Meant("thread", "take"),
    "assign": _Meant("thread", "assign"),
    "resolve": _Meant("thread", "resolve"),
    "reopen": _Meant("thread", "reopen"),
    "send": _Meant("text", form="send"),
    "history": _Meant("text", "history"),
    "archive": _Meant("text", "archive"),
    "unarchive": _Meant("text", "unarchive"),
    "locate": _Meant("text", "locate"),
    "contact": _Meant("contact", form="show"),
    "block": _Meant("thread", "block"),
    "unblock": _Meant("thread", "unblock"),
    "pay": _Meant("pay", form="request"),
    "callback": _Meant("callback", form="queue"),
    "ticket": _Meant("ticket", "new", "to="),
}


def words_known() -> tuple[str, ...]:
    """Every word that can be said in a thread, as far as its command is answered."""
    served = {command.name for command in (*SERVED, THREAD)}
    return (*(word for word, meant in _MEANT.items() if meant.command in served), NOTE)


def word_said(said: str) -> str:
    """The first word, as it is listed. Pure."""
    return _parted(said)[0].casefold()


def thread_help() -> tuple[HelpLine, ...]:
    """Everything that can be said in a thread, and what it does. Pure."""
    return (*(_help_line(word, _MEANT[word]) for word in words_known() if word in _MEANT), _NOTE_HELP)


def ask_in_thread(said: str, contact: Number, line: Number) -> Ask | None:
    """The command that is meant for `contact` on `line`; None for a note. Raises `UsageError` for the rest."""
    word, rest = _parted(said)
    known = words_known()
    if word.casefold().rstrip(":") == NOTE:
        return None
    if word.casefold() not in known:
        raise UsageError(_unknown(word, known))
    meant = _MEANT[word.casefold()]
    parts = (meant.verb, f"{meant.key}{quote(contact)}", f'from="{line}"', rest)
    return Ask(meant.command, " ".join(part for part in parts if part))


def _parted(said: str) -> tuple[str, str]:
    """The first word, and what follows it; a line may end between them."""
    first = said.split(maxsplit=1)
    return (first[0] if first else "", first[1].strip() if len(first) > 1 else "")


def _help_line(word: str, meant: _Meant) -> HelpLine:
    command, verb = verb_of(meant.command, meant.id)
    return HelpLine(usage(*as_said(command, verb, word)), verb.summary)


def _unknown(word: str, known: tuple[str, ...]) -> str:
    can = f"Here I know {', '.join(known)}. What is said to me is never texted."
    meant = nearest(word, known)
    return f"I do not know “{shown(word)}”. {f'Did you mean {meant}? ' if meant else ''}{can}"
