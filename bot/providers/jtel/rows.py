"""Rows of jtel's dialler as typed values. Pure.

Every field may be missing or null; a row has more of them than any sample shows.
Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
"""

from __future__ import annotations

from datetime import tzinfo

from bot.http import Count, Flag, Wire, Words
from bot.model import CampaignId, DiallerCall, DiallerContact, DiallerContactId, Number
from bot.providers.jtel.asking import our_number, server_time
from bot.providers.jtel.fields import MOST_NUMBERS, SHOWN
from bot.providers.jtel.wire import RowWire
from bot.providers.reading import first_of, read_row


class ContactWire(RowWire):
    """A contact, as far as it is shown."""

    DiallerCampaignsID: Count = None
    DiallerCampaignsResultCodesID: Count = None
    UserData: Words | None = None
    Name: Words | None = None
    FirstName: Words | None = None
    Company: Words | None = None
    ExternalSystemLink: Words | None = None
    Comment: Words | None = None
    PhoneNumber1: Words | None = None
    PhoneNumber2: Words | None = None
    PhoneNumber3: Words | None = None
    PhoneNumber4: Words | None = None
    PhoneNumber5: Words | None = None
    PhoneNumber6: Words | None = None
    Salutation: Words | None = None
    Title: Words | None = None
    Address: Words | None = None
    PostalCode: Words | None = None
    City: Words | None = None
    Region: Words | None = None
    Country: Words | None = None
    Email: Words | None = None
    Website: Words | None = None
    Client: Words | None = None
    Service: Words | None = None
    ReferenceNumber: Words | None = None
    Model: Words | None = None
    Tag: Words | None = None
    FaxNumber: Words | None = None
    Amount: Words | None = None
    dtNextTry: Words | None = None  # noqa: N815  # their spelling

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Those that can be read, in their order."""
        read = (our_number(getattr(self, f"PhoneNumber{place}")) for place in range(1, MOST_NUMBERS + 1))
        return tuple(number for number in read if number is not None)

    def contact(self, zone: tzinfo | None) -> DiallerContact:
        """The same in our words."""
        campaign, shown = self.DiallerCampaignsID, {name: first_of(getattr(self, name)) for name in SHOWN}
        return DiallerContact(
            id=DiallerContactId(self.ID),
            campaign=None if campaign is None else CampaignId(campaign),
            name=first_of(self.Name),
            first_name=first_of(self.FirstName),
            company=first_of(self.Company),
            numbers=self.numbers,
            data=first_of(self.UserData),
            link=first_of(self.ExternalSystemLink),
            comment=first_of(self.Comment),
            result_code=self.DiallerCampaignsResultCodesID,
            next_try_at=server_time(self.dtNextTry, zone),
            fields={name: value for name, value in shown.items() if value},
        )


class StatisticsWire(Wire):
    """A call. Its sample shows the direction; the start is called so in a table beside it.

    Source: https://wiki.jtel.de/display/JPW/Table+Reference+-+StatisticsPartO
    """

    bOutbound: Flag = None  # noqa: N815  # their spelling
    dtCallStart: Words | None = None  # noqa: N815


class LabelWire(Wire):
    """A result code inside of another row."""

    Content: Words | None = None


class CallWire(Wire):
    """An entry of a history. What it has beside the call is named as everywhere else in this API; no sample shows
    it."""

    DiallerContactsID: Count = None
    StatisticsPartA: StatisticsWire | None = None
    DiallerCampaignsResultCodes: LabelWire | None = None


def read_contact(row: object, *, zone: tzinfo | None) -> DiallerContact | None:
    """One row of contacts."""
    wire = read_row(ContactWire, row)
    return wire.contact(zone) if wire else None


def read_call(row: object, *, zone: tzinfo | None, contact: DiallerContactId | None) -> DiallerCall | None:
    """One row of a history that was asked for by `contact`, or by data (None)."""
    wire = read_row(CallWire, row)
    if wire is None:
        return None
    call, label = wire.StatisticsPartA or StatisticsWire(), wire.DiallerCampaignsResultCodes
    said = None if wire.DiallerContactsID is None else DiallerContactId(wire.DiallerContactsID)
    return DiallerCall(
        contact=said or contact,
        began_at=server_time(call.dtCallStart, zone),
        outbound=call.bOutbound,
        result=first_of(label.Content if label else None),
    )
