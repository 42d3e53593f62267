"""`/contact`: the people outside."""

from __future__ import annotations

from bot.grammar.shapes import HELP, LINE, Asks, Command, Key, Kind, Parameter, Verb, Who

_TO = Parameter("to", Kind.TO)
_FIELD = Key("field", Kind.TEXT, prefix=True)
_STATES = tuple(Key(name, Kind.YES_NO) for name in ("resolved", "blocked", "archived", "suppressed"))
_BOUNDS = tuple(
    Key(f"{event}-{side}", Kind.DATE)
    for event in ("created", "last-message", "last-sent", "last-received")
    for side in ("after", "before")
)

CONTACT = Command(
    "contact",
    "Shows, finds and keeps contacts.",
    (
        HELP,
        Verb("", "Shows a contact.", (_TO,), (LINE,), name="show"),
        Verb(
            "find",
            "Finds contacts.",
            (Parameter("words", Kind.WORDS, optional=True),),
            (
                *_STATES,
                Key("opted-out", Kind.YES_NO),
                Key("has-texts", Kind.YES_NO),
                Key("tag", Kind.TAGS),
                Key("group", Kind.NAMES),
                _FIELD,
                *_BOUNDS,
                LINE,
            ),
            pages=True,
        ),
        Verb(
            "save",
            "Creates or changes a contact.",
            (_TO,),
            (
                *(Key(name, Kind.TEXT) for name in ("first", "last", "name", "note")),
                Key("tags", Kind.TAGS),
                Key("groups", Kind.NAMES),
                _FIELD,
                *_STATES,
                Key("reason", Kind.TEXT),
                LINE,
            ),
        ),
        Verb(
            "import",
            "Opens a window for a file of contacts.",
            keys=(Key("start", Kind.ID, inner=True), Key("stop", Kind.ID, inner=True), LINE),
            modal=True,
        ),
        Verb(
            "delete",
            "Deletes a contact at the provider.",
            (_TO,),
            (LINE,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
        Verb("tags", "Lists the tags.", keys=(LINE,), pages=True),
        Verb("fields", "Lists the custom fields.", keys=(LINE,), pages=True),
    ),
)
