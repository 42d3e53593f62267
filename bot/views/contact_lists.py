"""Lists of contacts, and who is on them, as people read of it."""

from __future__ import annotations

from bot.model import ContactList, ListedContact, ListedContactDetails, ListHit
from bot.phone import display_number
from bot.views.phrases import commas, dotted, flat


def list_about(contact_list: ContactList) -> str:
    """How a list is called: `Spring (#428)`. Pure."""
    return f"{flat(contact_list.name)} (#{contact_list.id})"


def list_words(contact_list: ContactList) -> str:
    """A list among others: its name, and how many are on it. Pure."""
    return f"{list_about(contact_list)}{_members(contact_list.members)}"


def listed_about(contact: ListedContact) -> str:
    """How somebody on a list is called: `Ana Ruiz · +1 415 555 0134 (#77)`. Pure."""
    details = contact.details
    number = display_number(details.number) if details.number else ""
    return f"{dotted(listed_name(details), number)} (#{contact.id})".lstrip()


def listed_name(details: ListedContactDetails) -> str:
    """First and last name; '' when nobody said. Pure."""
    return flat(f"{details.first_name} {details.last_name}")


def listed_words(contact: ListedContact) -> str:
    """Somebody on a list, with everything that it keeps of them. Pure."""
    details = contact.details
    town = " ".join(filter(None, (details.postal_code, details.city, details.state)))
    address = (details.address_line_1, details.address_line_2, town, details.country)
    fax = f"Fax {display_number(details.fax)}" if details.fax else ""
    lines = [
        listed_about(contact),
        dotted(details.organization, details.email, fax),
        commas(address),
        dotted(*details.custom),
    ]
    return "\n".join(filter(None, lines))


def hit_words(hit: ListHit) -> str:
    """A list or a contact that a search found. Pure."""
    name = f"{flat(hit.name)} (#{hit.id})" if hit.name else f"#{hit.id}"
    if hit.is_list:
        return f"List {name}{_members(hit.members)}"
    number = f" · {display_number(hit.number)}" if hit.number else ""
    return f"{name}{number}"


def _members(members: int | None) -> str:
    if members is None:
        return ""
    return " · 1 contact" if members == 1 else f" · {members:,} contacts"
