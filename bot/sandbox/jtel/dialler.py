"""jtel's dialler: campaigns, their results, and the contacts that they call.

Nobody is called here by itself: `dial` is a call that ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.bell import Bell
from bot.sandbox.jtel.refusal import Refusal, needed
from bot.sandbox.jtel.shapes import FIELDS, NUMBERS, RESULTS, campaign_row, contact_row, result_row, stamp
from bot.sandbox.wire import Json


class Dialler:
    """Campaigns and contacts."""

    def __init__(
        self, bell: Bell, zone: Callable[[], ZoneInfo], numbers: Iterator[int], *, clients_id: int
    ) -> None:
        self._bell, self._zone, self._numbers, self._clients_id = bell, zone, numbers, clients_id
        self.campaigns: dict[int, Json] = {}
        self.contacts: dict[int, Json] = {}
        self.locked: set[int] = set()
        self._calls: dict[int, list[Json]] = {}
        self._results: dict[int, list[int]] = {}  # of a campaign: the ids of its four results

    # --- For tests and stories ------------------------------------------------------------------------------

    def add_campaign(self, name: str, data: str | None = None) -> int:
        """A new campaign without contacts; returns its id."""
        number = next(self._numbers)
        self.campaigns[number] = campaign_row(number, name, data, self._clients_id)
        self._results[number] = [next(self._numbers) for _ in RESULTS]
        return number

    def add_contact(self, campaign: int, name: str, number: str, **fields: object) -> int:
        """A new contact of a campaign; returns its id."""
        row = contact_row(next(self._numbers), campaign, {"Name": name, "PhoneNumber1": number, **fields})
        self.contacts[row["ID"]] = row
        self._bell.ring()
        return int(row["ID"])

    def dial(self, contact: int, result: str = "Completed") -> bool:
        """A call to a contact ended with a result of its campaign (its English label). False for one that is
        locked: nobody called."""
        if contact in self.locked:
            return False
        row = self.contacts[contact]
        kind = next(place for place, (_, label, _) in enumerate(RESULTS) if label == result)
        code = self._results[row["DiallerCampaignsID"]][kind]
        row["DiallerCampaignsResultCodesID"] = code
        row["nTriesPhoneNumber1"] += 1
        began = stamp(datetime.now(UTC), self._zone())
        call = {"ID": next(self._numbers), "bOutbound": True, "dtCallStart": began}
        entry = {"StatisticsPartA": call, "DiallerCampaignsResultCodes": {"ID": code, "Content": result}}
        self._calls.setdefault(contact, []).append({"DiallerContactsID": contact, **entry})
        self._bell.tell("dialled", str(contact), row)
        return True

    # --- Campaigns, for the API -----------------------------------------------------------------------------

    def campaign(self, number: int) -> Json:
        """One campaign. Raises `Refusal`."""
        if number not in self.campaigns:
            raise Refusal(404, "Dialler campaign not found")
        return self.campaigns[number]

    def results(self, campaign: int, language: int) -> list[Json]:
        """How its calls may end. Raises `Refusal`."""
        self.campaign(campaign)
        if language not in (1, 2):
            raise Refusal(400, "Parameter languagesID missing")
        codes = self._results[campaign]
        return [result_row(code, campaign, kind, language) for kind, code in enumerate(codes)]

    def clone(self, asked: Json) -> Json:
        """A copy without contacts. Raises `Refusal`."""
        needed(asked, "source", "destination")
        names = {row["Name"] for row in self.campaigns.values()}
        if asked["source"] not in names:
            raise Refusal(404, "Dialler campaign not found")
        if asked["destination"] in names:
            raise Refusal(409, "Dialler campaign already exists")
        return self.campaigns[self.add_campaign(asked["destination"], asked.get("userData"))]

    def delete_campaign(self, number: int) -> None:
        """With all its contacts. Raises `Refusal`."""
        self.campaign(number)
        for contact in [row["ID"] for row in self.contacts.values() if row["DiallerCampaignsID"] == number]:
            self.delete(contact)
        del self.campaigns[number]

    # --- Contacts, for the API ------------------------------------------------------------------------------

    def contact(self, number: int) -> Json:
        """One contact. Raises `Refusal`."""
        if number not in self.contacts:
            raise Refusal(404, "Dialler contact not found")
        return self.contacts[number]

    def with_data(self, data: str) -> list[Json]:
        """Every contact with this data."""
        return [row for row in self.contacts.values() if row["UserData"] == data]

    def many(self, asked: Json) -> list[Json]:
        """Contacts by lists of keys, with their results and calls. Raises `Refusal`."""
        ids, data = asked.get("IDList") or (), asked.get("UserDataList") or ()
        if not ids and not data:
            raise Refusal(400, "Parameter IDList missing")
        chosen = [row for row in self.contacts.values() if row["ID"] in ids or row["UserData"] in data]
        return [{**row, "DiallerContactsHistory": self.calls([row["ID"]])} for row in chosen]

    def import_contact(self, asked: Json, *, overwrite: bool) -> Json:
        """A new contact, or the one with this data that is there, its fields overwritten if that was asked for.
        Raises `Refusal`."""
        needed(asked, "Name")
        if not any(asked.get(f"PhoneNumber{place}") for place in NUMBERS):
            raise Refusal(400, "Parameter PhoneNumber1 missing")
        campaign = self._campaign_of(asked)
        twins = self.with_data(asked["UserData"]) if asked.get("UserData") else []
        if not twins:
            row = contact_row(next(self._numbers), campaign, asked)
            self.contacts[row["ID"]] = row
        elif overwrite:
            self._write(twins[0], asked)
        self._bell.ring()
        return twins[0] if twins else row

    def update(self, asked: Json) -> Json:
        """A contact by its id, or the first one with its data. Raises `Refusal`."""
        row = self.contact(asked["ID"]) if asked.get("ID") is not None else self._first(asked)
        self._write(row, asked)
        self._bell.ring()
        return row

    def delete(self, number: int) -> None:
        """With its calls. Raises `Refusal`."""
        self.contact(number)
        del self.contacts[number]
        self.locked.discard(number)
        self._calls.pop(number, None)
        self._bell.ring()

    def lock(self, number: int) -> None:
        """Nobody calls it. Raises `Refusal`."""
        self.locked.add(self.contact(number)["ID"])
        self._bell.ring()

    def unlock(self, number: int) -> None:
        """It is called again. Raises `Refusal`."""
        self.locked.discard(self.contact(number)["ID"])
        self._bell.ring()

    def reset(self, number: int) -> None:
        """As if it had just been imported. Raises `Refusal`."""
        fresh = {**{f"nTriesPhoneNumber{place}": 0 for place in NUMBERS}, "DiallerCampaignsResultCodesID": None}
        self.contact(number).update(fresh, dtNextTry=None)
        self._bell.ring()

    def calls(self, contacts: Sequence[int]) -> list[Json]:
        """The calls of contacts."""
        return [call for contact in contacts for call in self._calls.get(contact, ())]

    # --- Within ---------------------------------------------------------------------------------------------

    def _campaign_of(self, asked: Json) -> int:
        if asked.get("DiallerCampaignsID") is not None:
            return int(self.campaign(asked["DiallerCampaignsID"])["ID"])
        needed(asked, "DiallerCampaignsName")
        for number, row in self.campaigns.items():
            if row["Name"] == asked["DiallerCampaignsName"]:
                return number
        raise Refusal(404, "Dialler campaign not found")

    def _first(self, asked: Json) -> Json:
        needed(asked, "UserData")
        twins = self.with_data(asked["UserData"])
        if not twins:
            raise Refusal(404, "Dialler contact not found")
        return twins[0]

    def _write(self, row: Json, asked: Json) -> None:
        row.update({name: value for name, value in asked.items() if name in FIELDS})
