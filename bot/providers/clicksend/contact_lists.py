"""Contact lists at ClickSend. They belong to the account, not to a line.

A list goes with all its contacts, and nothing says that a second contact of the same number is refused.
Source: https://developers.clicksend.com/docs/contacts/lists
Source: https://learn.microsoft.com/connectors/clicksendsms/
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from pydantic import Field

from bot.capabilities import KeepsContactLists
from bot.errors import UsageError
from bot.http import Count, Http, Wire, Words, no_answer, raise_for_page
from bot.model import (
    ContactList,
    ContactListId,
    ListedContact,
    ListedContactDetails,
    ListedContactId,
    ListHit,
)
from bot.phone import read_number
from bot.providers.clicksend.asking import list_rows, phone_number, read_as
from bot.providers.reading import first_of, read_unix

_NO_NAME = "A list needs a name. Write one."
_NO_WORDS = "Write what to look for."
_NO_LIST = "A list is known by its number. Look for it among the lists."
_NO_CONTACT = "A contact of a list is known by its number there. Look for it on the list."
_NOT_WHOLE = "A contact of a list needs a phone number and a name. Write both."


class ContactLists(KeepsContactLists):
    """ClickSend's contact lists."""

    _http: Http

    async def list_contact_lists(self) -> AsyncIterator[ContactList]:
        """Every list, in their order."""
        async for wire in list_rows(self._http, "/lists", {}, ListWire):
            if (found := wire.contact_list()) is not None:
                yield found

    async def search_contact_lists(self, words: str) -> AsyncIterator[ListHit]:
        """Lists and contacts mixed, as they find them."""
        if not words.strip():
            raise UsageError(_NO_WORDS)
        asked = {"q": words.strip()}
        async for wire in list_rows(self._http, "/search/contacts-lists", asked, HitWire):
            if (found := wire.hit()) is not None:
                yield found

    async def create_contact_list(self, name: str) -> ContactList:
        """Make an empty list."""
        if not name.strip():
            raise UsageError(_NO_NAME)
        response = await self._http.act("POST", "/lists", {"list_name": name.strip()})
        made = read_as(ListWire, response).contact_list()
        if made is None:
            raise no_answer(response.call, "unreadable")
        return made

    async def delete_contact_list(self, contact_list: ContactListId) -> None:
        """Delete it with its contacts."""
        raise_for_page(await self._http.act("DELETE", list_path(contact_list)))

    async def list_listed_contacts(self, contact_list: ContactListId) -> AsyncIterator[ListedContact]:
        """Every contact of a list, in their order."""
        async for wire in list_rows(self._http, contacts_path(contact_list), {}, ContactWire):
            if (found := wire.contact(contact_list)) is not None:
                yield found

    async def add_listed_contact(
        self, contact_list: ContactListId, details: ListedContactDetails
    ) -> ListedContact:
        """Add one contact."""
        response = await self._http.act("POST", contacts_path(contact_list), contact_body(details))
        added = read_as(ContactWire, response).contact(contact_list)
        if added is None:
            raise no_answer(response.call, "unreadable")
        return added

    async def remove_listed_contact(self, contact_list: ContactListId, contact: ListedContactId) -> None:
        """Delete it from this list."""
        raise_for_page(await self._http.act("DELETE", contact_path(contact_list, contact)))


# --- What is asked ----------------------------------------------------------------------------------------


def list_path(contact_list: ContactListId) -> str:
    """Where a list lives. Raises `UsageError` for what cannot be an id of theirs."""
    if contact_list <= 0:
        raise UsageError(_NO_LIST)
    return f"/lists/{contact_list}"


def contacts_path(contact_list: ContactListId) -> str:
    """Where its contacts live. Raises `UsageError` as `list_path` does."""
    return f"{list_path(contact_list)}/contacts"


def contact_path(contact_list: ContactListId, contact: ListedContactId) -> str:
    """Where one of them lives. Raises `UsageError` for what cannot be an id of theirs."""
    if contact <= 0:
        raise UsageError(_NO_CONTACT)
    return f"{contacts_path(contact_list)}/{contact}"


def contact_body(details: ListedContactDetails) -> Mapping[str, object]:
    """The contact, as far as it is known. Raises `UsageError` without a number or a name."""
    first, last = details.first_name.strip(), details.last_name.strip()
    if details.number is None or not (first or last):
        raise UsageError(_NOT_WHOLE)
    more = {
        "email": details.email,
        "fax_number": details.fax and phone_number(details.fax),
        "organization_name": details.organization,
        "address_line_1": details.address_line_1,
        "address_line_2": details.address_line_2,
        "address_city": details.city,
        "address_state": details.state,
        "address_postal_code": details.postal_code,
        "address_country": details.country,
        **{f"custom_{number}": value for number, value in enumerate(details.custom, 1)},
    }
    said = {name: value.strip() for name, value in more.items() if value and value.strip()}
    return {"first_name": first, "last_name": last, "phone_number": phone_number(details.number), **said}


# --- What the answers mean --------------------------------------------------------------------------------


class ListWire(Wire):
    """A list."""

    list_id: Count = None
    list_name: Words | None = None
    contacts_count: Count = Field(None, alias="_contacts_count")

    def contact_list(self) -> ContactList | None:
        """The same in the words of every provider; None without an id."""
        if self.list_id is None:
            return None
        return ContactList(ContactListId(self.list_id), first_of(self.list_name), self.contacts_count)


class HitWire(Wire):
    """What a search found. `contact` is a contact's number, and a list's address for e-mail."""

    id: Count = None
    name: Words | None = None
    contact: Words | None = None
    type: Words | None = None
    contacts_count: Count = None

    def hit(self) -> ListHit | None:
        """The same in the words of every provider; None without an id."""
        if self.id is None:
            return None
        kind = first_of(self.type).lower()
        is_list = {"list": True, "contact": False}.get(kind)
        number = read_number(self.contact) if is_list is False else None
        return ListHit(self.id, first_of(self.name), is_list, number, self.contacts_count)


class ContactWire(Wire):
    """A contact of a list. `list_id` is not always there."""

    contact_id: Count = None
    list_id: Count = None
    phone_number: Words | None = None
    first_name: Words | None = None
    last_name: Words | None = None
    email: Words | None = None
    fax_number: Words | None = None
    organization_name: Words | None = None
    address_line_1: Words | None = None
    address_line_2: Words | None = None
    address_city: Words | None = None
    address_state: Words | None = None
    address_postal_code: Words | None = None
    address_country: Words | None = None
    custom_1: Words | None = None
    custom_2: Words | None = None
    custom_3: Words | None = None
    custom_4: Words | None = None
    date_added: Words | None = None

    def contact(self, asked: ContactListId) -> ListedContact | None:
        """The same in the words of every provider, on the list that was asked for where they name none; None
        without an id."""
        if self.contact_id is None:
            return None
        return ListedContact(
            id=ListedContactId(self.contact_id),
            list_id=asked if self.list_id is None else ContactListId(self.list_id),
            details=self._details(),
            added_at=read_unix(self.date_added),
        )

    def _details(self) -> ListedContactDetails:
        return ListedContactDetails(
            number=read_number(self.phone_number),
            first_name=first_of(self.first_name),
            last_name=first_of(self.last_name),
            email=first_of(self.email),
            organization=first_of(self.organization_name),
            fax=read_number(self.fax_number),
            address_line_1=first_of(self.address_line_1),
            address_line_2=first_of(self.address_line_2),
            city=first_of(self.address_city),
            state=first_of(self.address_state),
            postal_code=first_of(self.address_postal_code),
            country=first_of(self.address_country),
            custom=(
                first_of(self.custom_1),
                first_of(self.custom_2),
                first_of(self.custom_3),
                first_of(self.custom_4),
            ),
        )
