"""What the windows for orders have in common: addresses and files."""

from __future__ import annotations

from collections.abc import Sequence

from bot.capabilities import ConvertsFiles, SendsLetters
from bot.errors import SlackError, UsageError
from bot.flows.commands.provided import also, title_of
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Wrong, needed
from bot.flows.orders import ways
from bot.flows.orders.ways import Brought
from bot.model import FileTerms, ReturnAddress
from bot.model.kept_orders import OrderKind
from bot.phone import is_country
from bot.views.forms import Sent
from bot.views.order_forms import FILE, LANGUAGE, OPTIONAL, PARTS, RETURN, TO, WORDS

_EMPTY = "Fill this in: post does not go without it."
_NO_COUNTRY = "No country is written so. Write it in two letters, like US or GB."
_NO_FILE = "Bring a file."
_NO_RETURN = "{title} keeps no return address yet. Make one in its dashboard, then open this again."
_GONE = "Slack does not give this file ({code}). Bring it again."
# A provider's name of a field → ours.
THEIRS = {f"address_{name}": name for name in PARTS} | {
    "file_url": FILE,
    "file_urls": FILE,
    "return_address_id": RETURN,
    "to": TO,
    "body": WORDS,
    "lang": LANGUAGE,
}


async def check_post(_: Turn, sent: Sent) -> None:
    """Raises `Wrong` for a part of an address that is missing or cannot be, or no file."""
    for name in PARTS:
        if name not in OPTIONAL:
            needed(sent, name, _EMPTY)
    if not is_country(sent.text("country").strip().upper()):
        raise Wrong("country", _NO_COUNTRY)
    needed(sent, FILE, _NO_FILE)


def terms_for(provider: object, kind: OrderKind) -> FileTerms:
    """Which files it takes. Raises `UsageError` for a provider that takes none."""
    return also(provider, ConvertsFiles).file_terms[ways.USES[kind]]


async def returns_of(provider: object) -> Sequence[ReturnAddress]:
    """The return addresses, one at least. Raises `UsageError` when there is none."""
    found = await also(provider, SendsLetters).list_return_addresses()
    if not found:
        raise UsageError(_NO_RETURN.format(title=title_of(provider)))
    return found


async def brought(turn: Turn, provider: object, file: tuple[str, str], kind: OrderKind) -> Brought:
    """Bring a file, given by its field's name and its id, to the provider. Raises `Wrong` for one that it does not
    take, or that is gone."""
    name, file_id = file
    try:
        return await ways.bring(turn.bridge, provider, file_id, kind)
    except UsageError as error:
        raise Wrong(name, str(error)) from error
    except SlackError as error:
        raise Wrong(name, _GONE.format(code=error.code)) from error
