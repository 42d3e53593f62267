"""`/callback`: phone calls that we owe.

Alone it opens a window. A callback alone is shown: `/callback 2039`. A phone number alone asks for a new one: see
`choose.py`.
"""

from __future__ import annotations

from bot.grammar.shapes import HELP_WORD, LINE, Command, Key, Kind, Parameter, Verb

_MOST_URGENT = 200  # Source: https://wiki.jtel.de/display/JPW/AcdEvent+Create+Advanced
PRIORITY, CRM = Key("priority", Kind.COUNT, least=0, most=_MOST_URGENT), Key("crm", Kind.URL)

CALLBACK = Command(
    "callback",
    "Has a contact called back, and follows it.",
    (
        HELP_WORD,
        Verb("", "Opens a window for a new callback.", modal=True, name="open"),
        Verb("", "Shows a callback.", (Parameter("id", Kind.ID),), name="show"),
        Verb(
            "",
            "Queues a call to a contact.",
            (
                Parameter("to", Kind.TO),
                Parameter("when", Kind.WHEN, optional=True),
                Parameter("subject", Kind.WORDS, optional=True),
            ),
            (
                Key("group", Kind.AGENT_GROUP, choices=("id", "name", "configuration/agents")),
                Key("agent", Kind.NAMED),
                PRIORITY,
                Key("receiver", Kind.NUMBER),
                Key("body", Kind.TEXT),
                CRM,
                Key("data", Kind.TEXT),
                LINE,
            ),
            name="queue",
        ),
        Verb("list", "Lists the callbacks.", pages=True),
        Verb(
            "groups",
            "Lists the groups of agents, or shows one.",
            (Parameter("group", Kind.NAMED, optional=True, shown="id|name"),),
            pages=True,
        ),
        Verb("types", "Lists the types of events."),
        Verb("states", "Lists the states of events."),
    ),
)
