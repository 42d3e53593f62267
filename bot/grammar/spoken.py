"""What is said to the bot in a contact's thread: the verb of a command, for that contact. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import UsageError
from bot.grammar.lexer import quote, shown
from bot.grammar.nearest import nearest
from bot.grammar.registry import SERVED
from bot.grammar.registry.thread import THREAD
from bot.model import Ask, Number

HELP = "help"
NOTE = "note"  # what is said to colleagues; it is kept, and nothing is done


@dataclass(frozen=True, slots=True)
class _Meant:
    command: str
    verb: str = ""  # what stands before the contact
    key: str = ""  # of the contact, where that is none of the places


# The first word → what it means. Only what a command does for one contact can be said in a thread.
_MEANT: Mapping[str, _Meant] = {
    "take": _Meant("thread", "take"),
    "assign": _Meant("thread", "assign"),
    "resolve": _Meant("thread", "resolve"),
    "reopen": _Meant("thread", "reopen"),
    "send": _Meant("text"),
    "history": _Meant("text", "history"),
    "archive": _Meant("text", "archive"),
    "unarchive": _Meant("text", "unarchive"),
    "locate": _Meant("text", "locate"),
    "contact": _Meant("contact"),
    "block": _Meant("thread", "block"),
    "unblock": _Meant("thread", "unblock"),
    "pay": _Meant("pay"),
    "callback": _Meant("callback"),
    "ticket": _Meant("ticket", "new", "to="),
}


def words_known() -> tuple[str, ...]:
    """Every word that can be said in a thread, as far as its command is answered."""
    served = {command.name for command in (*SERVED, THREAD)}
    return (*(word for word, meant in _MEANT.items() if meant.command in served), NOTE)


def ask_in_thread(said: str, contact: Number, line: Number) -> Ask | None:
    """The command that is meant for `contact` on `line`; None for a note. Raises `UsageError` for the rest."""
    word, _, rest = said.strip().partition(" ")
    known = words_known()
    if word.casefold().rstrip(":") == NOTE:
        return None
    if word.casefold() not in known:
        raise UsageError(_unknown(word, known))
    meant = _MEANT[word.casefold()]
    parts = (meant.verb, f"{meant.key}{quote(contact)}", f'from="{line}"', rest.strip())
    return Ask(meant.command, " ".join(part for part in parts if part))


def _unknown(word: str, known: tuple[str, ...]) -> str:
    can = f"Here I know {', '.join(known)}. What is said to me is never texted."
    if word.casefold() in ("", HELP):
        return can
    meant = nearest(word, known)
    return f"I do not know “{shown(word)}”. {f'Did you mean {meant}? ' if meant else ''}{can}"
