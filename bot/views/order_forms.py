"""The windows for a voice call, a fax, a letter and a postcard. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model import Address, Block, FileTerms, Language, ReturnAddress, Voice
from bot.views.fields import Field, Option, boxes_field, choice_field, file_field, text_field
from bot.views.forms import Drawn, Sent
from bot.views.orders import address_words

TO, WORDS, LANGUAGE, SPEAKER, MORE = "to", "words", "language", "voice", "more"
FILE, BACK, URL, RETURN = "file", "back", "url", "return_to"
ASKS_KEY, FINDS_MACHINE = "asks_key", "finds_machine"
COLOUR, TWO_SIDED, PRIORITY, ADDRESSED = "colour", "two_sided", "priority", "addressed"
LONGEST_PART = 100  # of an address
LONGEST_URL = 2_000

# The parts of an address, by their names in `Address`: what they are called, and the hint below.
PARTS: Mapping[str, tuple[str, str]] = {
    "name": ("To", "A person, or a company."),
    "line_1": ("Street", ""),
    "line_2": ("Second line", ""),
    "city": ("City", ""),
    "state": ("State or region", ""),
    "postal_code": ("Postal code", ""),
    "country": ("Country", "Two letters, like US."),
}
OPTIONAL = frozenset({"line_2"})
LENGTHS: Mapping[str, int] = {"country": 2, "postal_code": 20}

_TO_HINT = "A number, like +1 415 555 0134, or a contact's name."
_SPEAKERS = (Option(Voice.FEMALE, "Female"), Option(Voice.MALE, "Male"))
_OF_CALLS = (
    Option(ASKS_KEY, "Wait for a key, and say which one it was"),
    Option(FINDS_MACHINE, "Notice an answering machine, and speak to it"),
)
_OF_LETTERS = (
    Option(COLOUR, "In colour"),
    Option(TWO_SIDED, "On both sides"),
    Option(PRIORITY, "Priority mail"),
    Option(ADDRESSED, "The file's first page has the address already"),
)


def voice_form(languages: Sequence[Language], begin: str, to: str, most: int) -> Drawn:
    """Whom to call, and what to say in which voice; it begins with the language `begin`."""
    options = [Option(each.code, f"{each.name} ({each.code})") for each in languages]
    hint = f"Up to {most:,} characters; half of that with an emoji or a letter of another alphabet."
    return Drawn(
        (
            text_field(Field(TO, "To", _TO_HINT), to),
            text_field(Field(WORDS, "What is said", hint), lines=True, most=most),
            choice_field(Field(LANGUAGE, "Language"), options, begin),
            choice_field(Field(SPEAKER, "Voice"), _SPEAKERS, Voice.FEMALE),
            boxes_field(Field(MORE, "Options", optional=True), _OF_CALLS),
        ),
        "Look at it",
    )


def fax_form(terms: FileTerms, to: str) -> Drawn:
    """Whom to fax which file: one that is brought, or one on the web."""
    hint = f"{terms.sentence} All of its pages stand upright."
    return Drawn(
        (
            text_field(Field(TO, "To", _TO_HINT), to),
            file_field(Field(FILE, "File", hint, optional=True), terms.endings),
            text_field(Field(URL, "Or its address on the web", optional=True), most=LONGEST_URL),
        ),
        "Look at it",
    )


def letter_form(terms: FileTerms, returns: Sequence[ReturnAddress]) -> Drawn:
    """Where to, from whom, and what is printed how."""
    hint = f"{terms.sentence} All of its pages stand upright."
    return Drawn(
        (
            *_address_fields(),
            _return_field(returns),
            file_field(Field(FILE, "File", hint), terms.endings),
            boxes_field(Field(MORE, "Options", optional=True), _OF_LETTERS),
        ),
        "Look at it",
    )


def postcard_form(terms: FileTerms, returns: Sequence[ReturnAddress]) -> Drawn:
    """Where to, from whom, and its two sides."""
    return Drawn(
        (
            *_address_fields(),
            _return_field(returns),
            file_field(Field(FILE, "Front", terms.sentence), terms.endings),
            file_field(Field(BACK, "Back", terms.sentence, optional=True), terms.endings),
        ),
        "Look at it",
    )


def _address_fields() -> Sequence[Block]:
    return [
        text_field(Field(name, label, hint, optional=name in OPTIONAL), most=LENGTHS.get(name, LONGEST_PART))
        for name, (label, hint) in PARTS.items()
    ]


def _return_field(returns: Sequence[ReturnAddress]) -> Block:
    options = [Option(each.id, address_words(each.address)) for each in returns]
    hint = "It stands on what is sent, and what cannot be delivered comes back to it."
    return choice_field(Field(RETURN, "Return address", hint), options, options[0].value)


def address_of(sent: Sent) -> Address:
    """The address that was put in."""
    parts = {name: sent.text(name).strip() for name in PARTS}
    return Address(**{**parts, "country": parts["country"].upper()})
