"""`/ticket ci`: the things that tickets are about."""

from __future__ import annotations

from bot.grammar.shapes import Key, Kind, Parameter, Verb

_ID = Parameter("id", Kind.ID)

# What a configuration item has. Source: https://docs.arandasoft.com/connectors
_NAMED = tuple(
    Key(name, Kind.NAMED)
    for name in (
        *("category", "responsible", "manufacturer", "brand", "model", "provider", "reason", "unit"),
        *("cost-center", "impact", "risk", "location"),
    )
)
_TEXTS = tuple(
    Key(name, Kind.TEXT)
    for name in ("description", "serial", "asset-tag", "license-number", "rfid", "barcode", "unit-size")
)
_DATES = ("accept", "check-in", "responsibility")
_WRITTEN = (
    *_NAMED,
    *_TEXTS,
    Key("price", Kind.AMOUNT),
    *(Key(f"{name}-date", Kind.DATE) for name in _DATES),
    Key("field", Kind.TEXT, prefix=True),
)
_BOUNDS = tuple(
    Key(f"{name}-{side}", Kind.DATE) for name in (*_DATES, "created", "modified") for side in ("after", "before")
)
_PROJECT = Key("project", Kind.NAMED)
_STATE = Key("state", Kind.NAMED)

ITEM_VERBS = (
    Verb(
        "ci find",
        "Finds configuration items.",
        (Parameter("words", Kind.WORDS, optional=True),),
        (_PROJECT, _STATE, *_NAMED, *_TEXTS, *_BOUNDS),
        pages=True,
        needs_some=True,
    ),
    Verb("ci show", "Shows a configuration item.", (_ID,)),
    Verb(
        "ci new",
        "Makes a configuration item.",
        (Parameter("name", Kind.WORDS),),
        (_PROJECT, *_WRITTEN),
    ),
    Verb(
        "ci update",
        "Changes a configuration item.",
        (_ID,),
        (_STATE, *_WRITTEN),
        needs_some=True,
    ),
)
