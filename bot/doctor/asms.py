"""Aranda's own questions: is all of it set, through whom does it go, is its zone known, and does its adapter keep
configuration items.

Promise: nothing is changed there.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.doctor.findings import Finding, fine, look, wrong
from bot.doctor.parts import Parts
from bot.errors import NotOffered, ProviderError
from bot.model import Compare, Condition, Search
from bot.providers.asms import Asms
from bot.settings import Settings

_NO_ZONE = "Aranda: ASMS_TIME_ZONE is not set, so times of its tickets are not shown."
_DIRECT = (
    "Aranda: your instance is asked itself. Notes, the knowledge base and configuration items need the adapter: "
    "ASMS_API_URL."
)
_NO_ITEMS = "Aranda: its adapter has no configuration items to search. Only making new ones may work."
_POLLED = "Aranda: changes of tickets are looked for, as there is no THREADLINE_PUBLIC_URL."
_POSTED = (
    "Aranda: changes of tickets are looked for, and come at once by a business rule: "
    "`threadline lines webhook asms` prints its address."
)
# No page shows their address, so a search for what nobody has tells whether it is there.
_NOBODY_HAS = Search((Condition("Name", Compare.EQUAL, "threadline doctor"),))


async def adapter(parts: Parts) -> list[Finding]:
    """Everything but the token and the clock, which are asked of every provider."""
    provider = parts.providers.get(Asms.name)
    if provider is None:
        return half_set(parts.settings)
    if not isinstance(provider, Asms):
        return [fine(_DIRECT), webhook(parts.settings)]
    host = urlsplit(parts.settings.asms_api_url or "").hostname
    unknown = [look(_NO_ZONE)] if parts.settings.asms_time_zone is None else []
    through = fine(f"Aranda: its token and tickets pass through {host}.")
    return [through, *unknown, webhook(parts.settings), await _items(provider)]


def half_set(settings: Settings) -> list[Finding]:
    """What is missing where only a part is set. Pure."""
    username, password = settings.asms_username, settings.asms_password
    variables: dict[str, object] = {"ASMS_INSTANCE_URL": settings.asms_instance_url}
    if settings.asms_api_url or settings.asms_token or not (username or password):
        variables["ASMS_TOKEN"] = settings.asms_token
    else:
        variables |= {"ASMS_USERNAME": username, "ASMS_PASSWORD": password}
    missing = [name for name, value in variables.items() if not value]
    if not missing or not any((*variables.values(), settings.asms_api_url)):
        return []
    return [wrong(f"Aranda: it is not asked for anything. Set {' and '.join(missing)} as well.")]


def webhook(settings: Settings) -> Finding:
    """How changes of tickets come here. Nobody can look whether the rule was made. Pure."""
    return fine(_POLLED if settings.threadline_public_url is None else _POSTED)


async def _items(provider: Asms) -> Finding:
    try:
        await provider.find_items(_NOBODY_HAS)
    except NotOffered:
        return look(_NO_ITEMS)
    except ProviderError as error:
        return look(f"Aranda: its configuration items could not be searched ({error.code}).")
    return fine("Aranda: its configuration items can be searched.")
