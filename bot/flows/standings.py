"""Tells providers where members put conversations: done, archived, blocked.

Promise: what a member said is on disk before, and is told again until the provider answers. That is safe: saying
the same again changes nothing. A refusal is told in the thread, once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from bot.bridge import Bridge
from bot.capabilities import KeepsContacts, ListsConversations, Provider
from bot.errors import ProviderError, Rejected
from bot.model import Aspect, ContactChange, Untold

log = logging.getLogger(__name__)

AT_ONCE = 20
FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 600.0


async def tell_providers(bridge: Bridge) -> None:
    """Tell everything that is due."""
    while due := await bridge.store.untold.due(AT_ONCE):
        for each in due:
            await _tell(bridge, each)


async def _tell(bridge: Bridge, untold: Untold) -> None:
    provider = bridge.providers.get(untold.conversation.line.provider)
    if provider is None:  # it may be set up again
        await bridge.store.untold.later(untold, LONGEST_WAIT_S)
        return
    telling = _telling(provider, untold)
    try:
        if telling is not None:
            await telling
    except Rejected as error:
        await bridge.store.untold.refused(untold, str(error), error.code)
    except ProviderError as error:
        log.warning("conversation %d: %s, telling again", untold.conversation.id, type(error).__name__)
        await bridge.store.untold.later(untold, error.retry_after_s or wait_s(untold.tries))
    else:
        await bridge.store.untold.told(untold)


def _telling(provider: Provider, untold: Untold) -> Awaitable[object] | None:
    """The call that says it; None where the provider keeps no such thing: then it is only ours."""
    line, contact = untold.conversation.line, untold.conversation.contact
    if untold.aspect == Aspect.ARCHIVED:
        if not isinstance(provider, ListsConversations):
            return None
        archive = provider.archive_conversation if untold.wanted else provider.unarchive_conversation
        return archive(line, contact)
    if not isinstance(provider, KeepsContacts):
        return None
    if untold.aspect == Aspect.BLOCKED:
        return provider.save_contact(line, contact, ContactChange(blocked=untold.wanted))
    return provider.save_contact(line, contact, ContactChange(resolved=untold.wanted))


def wait_s(tries: int) -> float:
    """How long until it is told again after so many tries. Pure."""
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(tries, 10))
