"""`/line`: the numbers that the business owns, and the channels that mirror them."""

from __future__ import annotations

from bot.grammar.shapes import HELP_WORD, Asks, Command, Kind, Parameter, Verb, Who

_LINE = Parameter("line", Kind.NAMED)

LINES = Command(
    "line",
    "Lists, makes, connects and sets lines.",
    (
        HELP_WORD,
        Verb("", "Lists the lines.", pages=True, name="all"),
        Verb("", "Shows a line.", (_LINE,), name="show"),
        Verb(
            "rename",
            "Renames a line at the provider.",
            (_LINE, Parameter("name", Kind.WORDS)),
            who=Who.ADMIN,
        ),
        Verb(
            "new",
            "Makes a line at the provider.",
            (Parameter("name", Kind.WORD), Parameter("number", Kind.NUMBER)),
            asks=Asks.SPENDS,
            who=Who.ADMIN,
        ),
        Verb(
            "delete-dashboard",
            "Deletes a line at the provider, once its number was typed.",
            (_LINE,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
            modal=True,
        ),
        Verb(
            "connect",
            "Mirrors a line in a channel.",
            (_LINE, Parameter("channel", Kind.CHANNEL)),
            who=Who.ADMIN,
        ),
        Verb("disconnect", "Ends the mirror; nothing is deleted at the provider.", (_LINE,), who=Who.ADMIN),
        Verb("settings", "Opens a line's settings.", (_LINE,), who=Who.ADMIN, modal=True),
    ),
)
