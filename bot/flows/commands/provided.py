"""Which provider a command is for: the line's, or the one that is configured and can do it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.capabilities import Provider
from bot.errors import UsageError
from bot.flows.commands.turn import Turn, the_line
from bot.model import Line, ProviderName
from bot.providers import PROVIDERS

C = TypeVar("C")

_OFF = "This needs {titles}, which is not set up here. An admin turns it on: {settings}."
_NOT_SO = "{titles} cannot be asked for that the way it is set up here. An admin can change that: {settings}."
_CANNOT = "Only lines at {titles} can do that."
_NO_SUCH_LINE = "This is for lines at {titles}, and there is none."


def the_provider(turn: Turn, capability: type[C]) -> C:
    """The configured provider that can do it. Raises `UsageError` that names the settings when there is none."""
    for provider in turn.bridge.providers.values():
        if isinstance(provider, capability):
            return provider
    raise UsageError(off(turn.bridge.providers, capability))


def line_and_provider(turn: Turn, capability: type[C]) -> tuple[Line, C]:
    """The line that is meant, of those whose provider can do it, and that provider.

    Raises `Unclear` when it can be several, `UsageError` when no provider that can is configured, or no line is
    there.
    """
    line = the_line(replace(turn, lines=lines_that(turn, capability)))
    return line, also(turn.bridge.providers[line.provider], capability)


def lines_that(turn: Turn, capability: type[object]) -> list[Line]:
    """The lines whose provider can do it, the channel's own first. Raises `UsageError` when no such provider is
    configured, or no line is at one."""
    able = {name for name, each in turn.bridge.providers.items() if isinstance(each, capability)}
    if not able:
        raise UsageError(off(turn.bridge.providers, capability))
    lines = [line for line in turn.lines if line.provider in able]
    if turn.lines and not lines:
        raise UsageError(_NO_SUCH_LINE.format(titles=_titles(_that_can(capability))))
    return lines


def name_of(provider: object) -> ProviderName:
    """What a provider is called in what is kept. Pure."""
    assert isinstance(provider, Provider)
    return provider.name


def title_of(provider: object) -> str:
    """What people call a provider. Pure."""
    return provider.title if isinstance(provider, Provider) else "the provider"


def also(provider: object, capability: type[C]) -> C:
    """The provider for something else that it can do. Raises `UsageError` when it cannot."""
    if isinstance(provider, capability):
        return provider
    raise UsageError(_CANNOT.format(titles=_titles(_that_can(capability))))


def off(configured: Container[ProviderName], capability: type[object]) -> str:
    """Why nobody can do it, for people: who could is not configured, or in a way that cannot. Pure."""
    able = _that_can(capability)
    sentence = _NOT_SO if any(each.name in configured for each in able) else _OFF
    return sentence.format(titles=_titles(able), settings=" or ".join(_settings(able)))


def _that_can(capability: type[object]) -> Sequence[type[Provider]]:
    # Not `issubclass`: it refuses protocols that have more than methods.
    return [provider for provider in PROVIDERS if capability in provider.__mro__]


def _titles(providers: Sequence[type[Provider]]) -> str:
    return " or ".join(dict.fromkeys(provider.title for provider in providers))


def _settings(providers: Sequence[type[Provider]]) -> list[str]:
    """What turns each of them on; of one that can be had in two ways, what takes less."""
    found: dict[ProviderName, str] = {}
    for each in providers:
        found[each.name] = min(found.get(each.name, each.turned_on_by), each.turned_on_by, key=len)
    return list(found.values())
