"""`/ticket`: tickets, the articles that help with them, and the things that they are about."""

from __future__ import annotations

from bot.grammar.registry.items import ITEM_VERBS
from bot.grammar.shapes import HELP_WORD, LINE, Command, Key, Kind, Parameter, Verb

_CODE = Parameter("code", Kind.CODE)
_WORDS = Parameter("words", Kind.WORDS)
_SUBJECT = Parameter("subject", Kind.WORDS)
_FILE = Parameter("id", Kind.ID)
_FIELD = Key("field", Kind.TEXT, prefix=True)

# What a ticket has. Source: https://docs.arandasoft.com/connectors
_CHANGED = tuple(
    Key(name, Kind.NAMED)
    for name in (
        *("state", "reason", "group", "responsible", "service", "category", "urgency", "impact", "customer"),
        *("applicant", "company", "ci", "provider", "unit", "registry-type"),
    )
)
_TYPE = Key("type", Kind.CHOICE, choices=("incident", "problem", "change", "call", "release"))
_PROJECT = Key("project", Kind.NAMED)
_DESCRIPTION = Key("description", Kind.TEXT)
_COMMENTARY = Key("commentary", Kind.TEXT)
_FOUND = (
    *_CHANGED,
    _TYPE,
    _PROJECT,
    *(Key(name, Kind.NAMED) for name in ("author", "modifier", "model", "priority", "sla", "ola", "uc")),
    *(Key(name, Kind.TEXT) for name in ("subject", "interface")),
    _DESCRIPTION,
    _COMMENTARY,
    Key("opened-after", Kind.DATE),
    Key("opened-before", Kind.DATE),
)

TICKET = Command(
    "ticket",
    "Opens, finds and changes tickets.",
    (
        HELP_WORD,
        Verb("", "Opens a window for a new ticket.", modal=True, name="open"),
        Verb("", "Shows a ticket.", (_CODE,), name="show"),
        Verb(
            "new",
            "Opens a ticket.",
            (_SUBJECT,),
            (_TYPE, _PROJECT, _DESCRIPTION, *_CHANGED, _FIELD, Key("to", Kind.TO), LINE),
            modal=True,
        ),
        Verb(
            "find",
            "Finds tickets.",
            (Parameter("words", Kind.WORDS, optional=True),),
            _FOUND,
            pages=True,
            needs_some=True,
        ),
        Verb(
            "update",
            "Changes a ticket.",
            (_CODE,),
            (Key("subject", Kind.TEXT), _DESCRIPTION, _COMMENTARY, *_CHANGED, Key("interface", Kind.TEXT), _FIELD),
            needs_some=True,
        ),
        Verb("note", "Adds a note to a ticket.", (_CODE, _WORDS)),
        Verb("attach", "Opens a window for files of a ticket.", (_CODE,), modal=True),
        Verb("files", "Lists a ticket's files.", (_CODE,), pages=True),
        Verb("file", "Fetches a ticket's file.", (_CODE, _FILE)),
        Verb("history", "Shows what happened to a ticket.", (_CODE,), pages=True),
        Verb(
            "queue",
            "Queues a ticket for the agents.",
            (_SUBJECT,),
            (
                Key("group", Kind.AGENT_GROUP),
                Key("body", Kind.TEXT),
                Key("crm", Kind.URL),
                Key("data", Kind.TEXT),
                Key("to", Kind.TO),
                LINE,
            ),
        ),
        Verb(
            "kb",
            "Finds articles that help.",
            (_WORDS,),
            (Key("folder", Kind.NAMED), Key("type", Kind.NAMED), _PROJECT),
            pages=True,
        ),
        Verb("kb file", "Fetches an article's file.", (Parameter("article", Kind.ID), _FILE)),
        *ITEM_VERBS,
    ),
)
