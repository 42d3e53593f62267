"""Contact lists of an account, apart from lines and conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.model.words import Number

ContactListId = NewType("ContactListId", int)
ListedContactId = NewType("ListedContactId", int)


@dataclass(frozen=True, slots=True)
class ContactList:
    """A named list of contacts. `members` is None when the provider does not count them."""

    id: ContactListId
    name: str
    members: int | None = None


@dataclass(frozen=True, slots=True)
class ListedContactDetails:
    """What a list keeps of a contact. `custom` are the four free fields."""

    number: Number | None
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    organization: str = ""
    fax: Number | None = None
    address_line_1: str = ""
    address_line_2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    custom: tuple[str, str, str, str] = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class ListedContact:
    """A contact in a list."""

    id: ListedContactId
    list_id: ContactListId
    details: ListedContactDetails
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListHit:
    """What a search over lists found: a list, or a contact in one; `is_list` is None when it is not said."""

    id: int
    name: str
    is_list: bool | None
    number: Number | None
    members: int | None
