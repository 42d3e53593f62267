"""`/pay`: payments that contacts are asked for.

A payment alone is shown: `/pay 1042`. With an amount behind it the first word is whom to ask: see `choose.py`.
"""

from __future__ import annotations

from bot.grammar.shapes import HELP, LINE, Asks, Command, Flag, Key, Kind, Parameter, Verb, Who

_ID = Parameter("id", Kind.ID)

PAY = Command(
    "pay",
    "Asks a contact for a payment, and follows it.",
    (
        HELP,
        Verb("", "Shows a payment.", (_ID,), (LINE,), name="show"),
        Verb(
            "",
            "Texts a contact a request to pay.",
            (
                Parameter("to", Kind.TO),
                Parameter("amount", Kind.AMOUNT),
                Parameter("description", Kind.WORDS),
            ),
            (Key("ref", Kind.TEXT), Key("message", Kind.TEXT), LINE),
            asks=Asks.SPENDS,
            who=Who.ADMIN,
            name="request",
        ),
        Verb(
            "list",
            "Lists payments.",
            keys=(
                Key("to", Kind.TO),
                Key("ref", Kind.TEXT),
                Key("sort", Kind.CHOICE, choices=("amount", "contact", "date", "status")),
                LINE,
            ),
            flags=(Flag("order", ("desc", "asc")),),
            pages=True,
        ),
        Verb(
            "remind",
            "Texts the one reminder that a payment may have.",
            (_ID,),
            (LINE,),
            asks=Asks.SPENDS,
            who=Who.ADMIN,
        ),
        Verb(
            "cancel",
            "Cancels a payment and texts the contact so.",
            (_ID,),
            (LINE,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
        Verb(
            "paid",
            "Marks a payment as paid elsewhere.",
            (_ID,),
            (LINE,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
    ),
)
