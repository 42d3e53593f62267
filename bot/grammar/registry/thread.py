"""What is done with a conversation from its thread alone: said to the bot there, or pressed on its card."""

from __future__ import annotations

from bot.grammar.shapes import LINE, Asks, Command, Kind, Parameter, Verb

_TO = Parameter("to", Kind.TO)

THREAD = Command(
    "thread",
    "Takes, hands on and ends conversations.",
    (
        Verb("take", "Makes a conversation yours.", (_TO,), (LINE,)),
        Verb(
            "assign",
            "Makes a conversation somebody's.",
            (_TO, Parameter("member", Kind.MEMBER, optional=True, shown="@member")),
            (LINE,),
        ),
        Verb("resolve", "Says that a conversation is done.", (_TO,), (LINE,)),
        Verb("reopen", "Says that a conversation is not done.", (_TO,), (LINE,)),
        Verb(
            "block",
            "Has a contact's texts refused.",
            (_TO,),
            (LINE,),
            asks=Asks.DESTROYS,
        ),
        Verb("unblock", "Has a contact's texts taken again.", (_TO,), (LINE,)),
    ),
    spoken=True,
)
