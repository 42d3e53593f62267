"""`/threadline`: the bot itself."""

from __future__ import annotations

from bot.grammar.shapes import HELP, LINE, Command, Key, Kind, Parameter, Verb, Who

THREADLINE = Command(
    "threadline",
    "Helps, and shows how the bot does.",
    (
        HELP,
        Verb("doctor", "Checks lines, providers and Slack.", who=Who.ADMIN),
        Verb(
            "stats",
            "Shows texts, first responses and failures of some days, with charts.",
            takes=(Parameter("days", Kind.COUNT, optional=True, most=365),),
            keys=(LINE,),
        ),
        Verb(
            "audit",
            "Shows who did what.",
            keys=(Key("to", Kind.TO), Key("by", Kind.MEMBER)),
            who=Who.ADMIN,
            pages=True,
        ),
    ),
)
