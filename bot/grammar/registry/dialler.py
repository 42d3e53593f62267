"""`/dialler`: campaigns, and the contacts that are called for them."""

from __future__ import annotations

from bot.grammar.shapes import HELP_WORD, Asks, Command, Key, Kind, Parameter, Verb, Who

_CAMPAIGN = Parameter("campaign", Kind.NAMED)
_CONTACT = Parameter("contact", Kind.DIALLER_KEY, shown="id|data:…")
_DATA = Key("data", Kind.TEXT)

# What may be written of a contact. Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
_WORDS = (
    *("first-name", "company", "address", "postal-code", "city", "region", "country", "salutation", "title"),
    *("email", "website", "comment", "client", "service", "reference-number", "external-system-link", "model"),
    *("tag", "account-owner", "account-bank", "account-national-bank-code", "account-bic", "account-number"),
    "account-iban",
)
_FIELDS = (
    *(Key(name, Kind.TEXT) for name in _WORDS),
    Key("fax-number", Kind.NUMBER),
    Key("amount", Kind.AMOUNT),
    Key("random-sort-order", Kind.COUNT, most=2**31 - 1),
)
_NUMBERS = tuple(Key(f"phone-number{place}", Kind.NUMBER) for place in range(1, 7))

DIALLER = Command(
    "dialler",
    "Runs campaigns of calls.",
    (
        HELP_WORD,
        Verb("", "Lists the campaigns.", pages=True, name="all"),
        Verb("", "Shows a campaign.", (_CAMPAIGN,), name="show"),
        Verb("results", "Lists how a campaign's calls may end.", (_CAMPAIGN,)),
        Verb(
            "clone",
            "Copies a campaign, without its contacts.",
            (Parameter("from", Kind.NAMED), Parameter("to", Kind.WORD)),
            (_DATA,),
        ),
        Verb(
            "delete",
            "Deletes a campaign and all its contacts.",
            (_CAMPAIGN,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
        Verb(
            "contacts",
            "Lists the contacts of a campaign, or of all.",
            (Parameter("campaign", Kind.NAMED, choices=("all",), shown="campaign|all"),),
            pages=True,
        ),
        Verb("contact", "Shows a contact of the dialler.", (_CONTACT,)),
        Verb(
            "add",
            "Adds a contact to a campaign.",
            (_CAMPAIGN, Parameter("name", Kind.WORD), Parameter("number", Kind.NUMBERS)),
            (_DATA, Key("overwrite", Kind.YES_NO, choices=("yes", "no")), *_FIELDS),
        ),
        Verb(
            "update",
            "Changes a contact of the dialler.",
            (_CONTACT,),
            (Key("name", Kind.TEXT), *_FIELDS, *_NUMBERS),
            needs_some=True,
        ),
        Verb(
            "drop",
            "Deletes a contact of the dialler and its history.",
            (_CONTACT,),
            asks=Asks.DESTROYS,
            who=Who.ADMIN,
        ),
        Verb("lock", "Keeps a contact from being called.", (_CONTACT,)),
        Verb("unlock", "Lets a contact be called again.", (_CONTACT,)),
        Verb(
            "reset",
            "Forgets the calls so far: the contact is called anew.",
            (_CONTACT,),
            asks=Asks.DESTROYS,
        ),
        Verb("history", "Shows the calls to a contact.", (_CONTACT,), pages=True),
    ),
)
