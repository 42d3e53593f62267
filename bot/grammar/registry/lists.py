"""`/group` and `/list`: contacts by the dozen, at the one provider and at the other."""

from __future__ import annotations

from bot.grammar.shapes import HELP_WORD, LINE, Asks, Command, Key, Kind, Parameter, Verb, Who

_GROUP = Parameter("group", Kind.NAMED, shown="id|name")
_ID = Parameter("id", Kind.ID)
_NAME = Parameter("name", Kind.WORDS)
_NOTE = Key("note", Kind.TEXT)
_LIST = Parameter("list", Kind.NAMED)

GROUP = Command(
    "group",
    "Keeps groups of contacts.",
    (
        HELP_WORD,
        Verb("", "Lists the groups.", keys=(LINE,), pages=True, name="all"),
        Verb("", "Shows a group.", (_GROUP,), (LINE,), name="show"),
        Verb("new", "Makes a group.", (_NAME,), (_NOTE, LINE)),
        Verb(
            "edit",
            "Renames a group, or changes its note.",
            (_ID,),
            (Key("name", Kind.TEXT), _NOTE, LINE),
            needs_some=True,
        ),
        Verb(
            "delete",
            "Deletes a group; its contacts stay.",
            (_GROUP,),
            (LINE,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
    ),
)

_DETAILS = (
    *("email", "organization", "address", "address2", "city", "state", "postal-code", "country"),
    *(f"custom{number}" for number in range(1, 5)),
)

LIST = Command(
    "list",
    "Keeps lists of contacts.",
    (
        HELP_WORD,
        Verb("", "Lists the lists.", pages=True, name="all"),
        Verb("", "Shows who is on a list.", (_LIST,), pages=True, name="show"),
        Verb(
            "find",
            "Finds lists and contacts.",
            (Parameter("words", Kind.WORDS),),
            pages=True,
        ),
        Verb("new", "Makes a list.", (_NAME,)),
        Verb(
            "delete",
            "Deletes a list and who is on it.",
            (_LIST,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
        Verb(
            "add",
            "Puts a contact on a list.",
            (_LIST, Parameter("to", Kind.TO), Parameter("first", Kind.WORD), Parameter("last", Kind.WORD)),
            (Key("fax", Kind.NUMBER), *(Key(name, Kind.TEXT) for name in _DETAILS)),
        ),
        Verb(
            "remove",
            "Takes a contact off a list.",
            (_LIST, Parameter("contact", Kind.NAMED)),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
    ),
)
