"""`/send`: what reaches a contact on other ways than a text."""

from __future__ import annotations

from bot.grammar.shapes import HELP, Asks, Command, Flag, Key, Kind, Parameter, Verb, Who

_TO = Parameter("to", Kind.TO, optional=True)
_ORDER = Parameter("id", Kind.ID)

SEND = Command(
    "send",
    "Sends a spoken message, a fax, a letter or a postcard.",
    (
        HELP,
        Verb(
            "voice",
            "Calls a contact and speaks the words; without them, opens a window.",
            (_TO, Parameter("words", Kind.WORDS, optional=True)),
            (Key("lang", Kind.WORD), Key("voice", Kind.CHOICE, choices=("female", "male"))),
            (Flag("require-input"), Flag("machine-detection")),
            asks=Asks.SPENDS,
            who=Who.ADMIN,
        ),
        Verb(
            "fax",
            "Faxes a file from the web; without its address, opens a window for one.",
            (_TO, Parameter("url", Kind.URL, optional=True)),
            asks=Asks.SPENDS,
            who=Who.ADMIN,
        ),
        Verb(
            "letter",
            "Opens a window for a letter.",
            asks=Asks.SPENDS,
            who=Who.ADMIN,
            modal=True,
        ),
        Verb(
            "postcard",
            "Opens a window for a postcard.",
            asks=Asks.SPENDS,
            who=Who.ADMIN,
            modal=True,
        ),
        Verb("start", "Sends what you were asked about.", (_ORDER,)),
        Verb("orders", "Lists what was ordered, and what became of it.", pages=True),
        Verb("order", "Shows an order.", (_ORDER,)),
        Verb("check", "Asks the provider once more what became of an order.", (_ORDER,)),
    ),
)
