"""`/text`: texts and conversations."""

from __future__ import annotations

from bot.grammar.shapes import HELP_WORD, LINE, Command, Key, Kind, Parameter, Verb

_TO = Parameter("to", Kind.TO)
_WORDS = Parameter("words", Kind.WORDS)

TEXT = Command(
    "text",
    "Texts a contact, and shows conversations.",
    (
        HELP_WORD,
        Verb("", "Opens a window for a new text.", modal=True, name="open"),
        Verb("", "Sends a text.", (_TO, _WORDS), (LINE,), name="send"),
        Verb("history", "Shows a conversation, newest first.", (_TO,), (LINE,), pages=True),
        Verb(
            "inbox",
            "Shows a line's conversations.",
            (
                Parameter("which", Kind.CHOICE, optional=True, choices=("open", "all", "archived")),
                Parameter("words", Kind.WORDS, optional=True),
            ),
            (Key("tag", Kind.TAGS), LINE),
            pages=True,
        ),
        Verb("archive", "Archives a conversation.", (_TO,), (LINE,)),
        Verb("unarchive", "Brings a conversation back.", (_TO,), (LINE,)),
        Verb("locate", "Asks a contact where they are.", (_TO, _WORDS), (LINE,)),
    ),
)
