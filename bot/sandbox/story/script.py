"""A story's script: YAML, a list of steps. Pure.

    - chapter: A question comes in
    - contact: {name: Maria Lopez, number: "+14155550134", says: "Is the 3 pm slot still free?"}
    - expect_thread: {contact: Maria Lopez, has: "3 pm slot"}
    - member: {name: Dana, replies: "Yes!", to: Maria Lopez}
    - expect_phone: {contact: Maria Lopez, has: "Yes!"}
    - kill_bot

A step is one verb with its fields; `VERBS` lists them all. Every value is text, so that `on: Yes` means what it
says. A mistake names the line and says what is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

import yaml


class ScriptMistake(ValueError):
    """The script cannot be played; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What a step of this kind says. A step that is only text gives the field `plain`."""

    need: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its place, its verb, its fields."""

    number: int
    line: int
    verb: str
    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """A field; empty when it is missing."""
        return self.fields.get(name, "")

    def __str__(self) -> str:
        said = ", ".join(f"{name}: {value}" for name, value in self.fields.items())
        return f"step {self.number} (line {self.line}): {self.verb}" + (f" {{{said}}}" if said else "")


# What a reaction means, in the words of a story.
SHOWS: Mapping[str, str] = MappingProxyType(
    {
        "waiting": "hourglass_flowing_sand",
        "accepted": "incoming_envelope",
        "delivered": "white_check_mark",
        "failed": "warning",
        "unknown": "grey_question",
        "internal": "mute",
        "not sent": "no_entry_sign",
    }
)
# What can be held back or repeated: a word of the story → the place of the fault.
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "text": "textrequest.hook.msg_received",
        "echo": "textrequest.hook.msg_sent",
        "receipt": "textrequest.status_callback",
        "answer": "textrequest.send",
        "reply": "event.message",
    }
)

FAULT_FIELDS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"times": int, "after": int, "seconds": float, "status": int, "error": str, "retry_after_s": int}
)
# What a member does. Whoever confirms presses a button of an answer that only they see.
ACTS = ("replies", "edits", "deletes", "clicks", "confirms")
VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "chapter": Verb(need=("title",), plain="title"),
        "contact": Verb(need=("name",), may=("number", "says", "pays")),
        "staff": Verb(need=("name", "texts", "to")),
        "member": Verb(need=("name",), may=(*ACTS, "to", "into", "broadcast")),
        "guest": Verb(need=("name", "replies", "to")),
        "expect_thread": Verb(need=("contact", "has"), may=("times",)),
        "expect_card": Verb(need=("contact", "has"), may=("times",)),
        "expect_phone": Verb(need=("contact", "has"), may=("times",)),
        "expect_no_text": Verb(need=("contact", "has")),
        "expect_reaction": Verb(need=("contact", "on", "shows")),
        "expect_button": Verb(need=("contact", "button")),
        "expect_report": Verb(need=("contact", "on", "says")),
        "expect_whisper": Verb(need=("member", "has")),
        "fail": Verb(need=("contact",), plain="contact"),
        "heal": Verb(need=("contact",), plain="contact"),
        "opt_out": Verb(need=("contact",), plain="contact"),
        "twice": Verb(need=("what",), plain="what"),
        "hold": Verb(need=("what",), plain="what"),
        "release": Verb(need=("what",), plain="what"),
        "trouble": Verb(need=("where", "kind"), may=tuple(FAULT_FIELDS)),
        "kill_bot": Verb(),
        "start_bot": Verb(),
        "pause": Verb(need=("seconds",), plain="seconds"),
    }
)
QUOTES = "Put words with , : ? # or quotes in them into quotes."


def parse(script: str) -> tuple[Step, ...]:
    """The steps of a script. Raises `ScriptMistake`."""
    try:
        node = yaml.compose(script, yaml.BaseLoader)
        content = yaml.load(script, yaml.BaseLoader)  # noqa: S506  # it makes text, lists and mappings only
    except yaml.YAMLError as error:
        raise ScriptMistake(f"The script is not YAML. {QUOTES}\n{error}") from error
    if not isinstance(content, list) or not isinstance(node, yaml.SequenceNode):
        raise ScriptMistake("The script is a list of steps, each beginning with a dash.")
    lines = [item.start_mark.line + 1 for item in node.value]
    return tuple(_step(*numbered) for numbered in zip(range(1, len(lines) + 1), lines, content, strict=True))


def _step(number: int, line: int, content: object) -> Step:
    if isinstance(content, str):
        content = {content: {}}
    if not isinstance(content, dict) or len(content) != 1:
        raise ScriptMistake(f"Line {line}: a step is one verb with its fields, like `contact: {{name: …}}`.")
    name, fields = next(iter(content.items()))
    verb = VERBS.get(str(name))
    if verb is None:
        raise ScriptMistake(f"Line {line}: there is no step {name!r}.{_hint(str(name), tuple(VERBS))}")
    if not isinstance(fields, dict):
        fields = {verb.plain: fields} if verb.plain and fields else {}
    if any(not isinstance(value, str) for value in fields.values()):
        raise ScriptMistake(f"Line {line}: every field of {name} is a line of text.")
    _check_fields(line, str(name), verb, fields)
    return Step(number, line, str(name), MappingProxyType(fields))


def _check_fields(line: int, name: str, verb: Verb, fields: Mapping[str, str]) -> None:
    known = verb.need + verb.may
    for field in fields:
        if field not in known:
            raise ScriptMistake(f"Line {line}: {name} has no field {field!r}.{_hint(field, known)} {QUOTES}")
    for field in verb.need:
        if field not in fields:
            raise ScriptMistake(f"Line {line}: {name} needs the field {field!r}.")
    if name == "member" and len([act for act in ACTS if act in fields]) != 1:
        raise ScriptMistake(f"Line {line}: member does exactly one of: {', '.join(ACTS)}.")
    if "what" in fields and fields["what"] not in PLACES:
        raise ScriptMistake(f"Line {line}: {name} one of: {', '.join(PLACES)}.")


def _hint(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]!r}?" if close else f" There is: {', '.join(known) or 'none'}."
