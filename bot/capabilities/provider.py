"""What every provider has."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from typing_extensions import Protocol, runtime_checkable

from bot.model import AccountFacts, ProviderName


@runtime_checkable
class Provider(Protocol):
    """What every provider has."""

    name: ClassVar[ProviderName]
    title: ClassVar[str]  # as people know it: "Text Request"
    way: ClassVar[str] = ""  # which one it is, where there are two ways to one provider
    turned_on_by: ClassVar[str]  # the settings that turn it on, as a sentence names them

    @abstractmethod
    async def check(self) -> AccountFacts:
        """Ask for something cheap that needs the credentials; raise `CredentialsRefused` when they are wrong."""

    @abstractmethod
    async def close(self) -> None:
        """Close every connection."""
