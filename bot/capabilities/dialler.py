"""The outbound dialler.

By our own key (`UserData`) the provider would change any one of several matches. So every change by it looks
first: `NotFound` for none, `Ambiguous` for several, and the change itself goes by the contact's id.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Sequence

from typing_extensions import Protocol, runtime_checkable

from bot.model import (
    Campaign,
    CampaignId,
    DiallerCall,
    DiallerContact,
    DiallerContactChange,
    DiallerContactId,
    DiallerContactRequest,
    DiallerKey,
    ResultCode,
    UserData,
)


@runtime_checkable
class RunsCampaigns(Protocol):
    """Lists the dialler's campaigns, clones and deletes them."""

    @abstractmethod
    async def list_campaigns(self) -> Sequence[Campaign]:
        """Every campaign."""

    @abstractmethod
    async def read_campaign(self, campaign: CampaignId) -> Campaign:
        """One campaign. Raises `NotFound`."""

    @abstractmethod
    async def find_campaigns(self, name: str) -> Sequence[Campaign]:
        """Campaigns in whose names `name` occurs; empty when there is none."""

    @abstractmethod
    async def list_result_codes(self, campaign: CampaignId, language: int) -> Sequence[ResultCode]:
        """How calls of the campaign may end, in a language by the provider's number for it."""

    @abstractmethod
    async def clone_campaign(self, source: str, destination: str, data: str) -> Campaign:
        """Copy a campaign, by names, without its contacts. Raises `NotFound` for the source and `Conflict` when
        the destination exists, which may be our own first try."""

    @abstractmethod
    async def delete_campaign(self, campaign: CampaignId) -> None:
        """Delete it with all that belongs to it, for good. Raises `NotFound`."""

    @abstractmethod
    async def delete_campaign_named(self, name: str) -> None:
        """The same for the one campaign of exactly this name. Raises `NotFound`, and `Ambiguous` for several."""


@runtime_checkable
class KeepsDiallerContacts(Protocol):
    """Keeps the contacts that campaigns call."""

    @abstractmethod
    def list_dialler_contacts(self, campaign: CampaignId | None) -> AsyncIterator[DiallerContact]:
        """The contacts of a campaign, or of all (None), which may be very many."""

    @abstractmethod
    async def find_dialler_contacts(self, key: DiallerKey) -> Sequence[DiallerContact]:
        """The contact of this id, or all with this data; empty when there is none."""

    @abstractmethod
    async def read_dialler_contacts(
        self, ids: Sequence[DiallerContactId], data: Sequence[UserData]
    ) -> Sequence[DiallerContact]:
        """Many at once; those that are gone are not in the answer."""

    @abstractmethod
    async def import_dialler_contact(self, request: DiallerContactRequest, *, overwrite: bool) -> DiallerContact:
        """Give a campaign a contact. The answer may be one that was there before: compare its data and numbers.
        Raises `UsageError` without a name or a number."""

    @abstractmethod
    async def update_dialler_contact(self, key: DiallerKey, change: DiallerContactChange) -> DiallerContact:
        """Set fields of a contact. Raises `UsageError` for a field that nobody has."""

    @abstractmethod
    async def delete_dialler_contact(self, key: DiallerKey) -> None:
        """Delete a contact with its history, for good."""

    @abstractmethod
    async def lock_dialler_contact(self, key: DiallerKey) -> None:
        """Keep the dialler from calling; the same again changes nothing."""

    @abstractmethod
    async def unlock_dialler_contact(self, key: DiallerKey) -> None:
        """Let the dialler call again; the same again changes nothing."""

    @abstractmethod
    async def reset_dialler_contact(self, key: DiallerKey) -> None:
        """Forget every try, so that it is called as if it were new."""

    @abstractmethod
    async def list_dialler_calls(self, key: DiallerKey) -> Sequence[DiallerCall]:
        """The calls of a contact, or of all with this data."""
