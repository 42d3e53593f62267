"""Contacts of jtel's dialler: the calls, then what is asked and what the answers mean.

By our own key they would change whichever of several contacts comes first, so every change by it looks first. An
import of what is there already answers with that contact and says no word about it.
Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
Source: https://wiki.jtel.de/x/XYKjBw (reading many at once)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import partial

from bot.capabilities import KeepsDiallerContacts
from bot.errors import Ambiguous, NotFound, NotOffered, UsageError
from bot.http import Http, Response
from bot.jtel_paths import Endpoint
from bot.model import (
    CampaignId,
    DiallerCall,
    DiallerContact,
    DiallerContactChange,
    DiallerContactId,
    DiallerContactRequest,
    DiallerKey,
    UserData,
)
from bot.providers.jtel.asking import (
    MOST_BYTES,
    Take,
    all_of,
    confirm,
    each_of,
    known,
    readable,
    rows_of,
    search_for,
    the_one,
)
from bot.providers.jtel.campaigns import LONGEST_NAME
from bot.providers.jtel.fields import LONGEST_DATA, field_value, fields_body, numbers_body, places_body
from bot.providers.jtel.rows import read_call, read_contact
from bot.providers.jtel.wire import NAME

_ALL = "/dialler/contacts"
_ONE = f"{_ALL}/contact"

_NO_DATA = f"A contact's own key has one character to {LONGEST_DATA}."
_NO_CAMPAIGN = f"Write the campaign's id, or its name of {LONGEST_NAME} characters at most."
_NO_CHANGE = "Nothing would change. Write at least one field."
_ON_THEIR_OWN = "A contact's name and key stand on their own, not among its fields."
_NOT_THERE = "jtel's dialler has no contact with this key. Look for it in the list of its campaign."
_SEVERAL = "Several contacts of jtel's dialler have this key, so nothing was done. Choose one by its id."


class DiallerContacts(KeepsDiallerContacts):
    """The contacts that jtel's campaigns call."""

    _http: Http
    _zone: tzinfo | None
    _paths: Mapping[str, Endpoint]

    async def list_dialler_contacts(self, campaign: CampaignId | None) -> AsyncIterator[DiallerContact]:
        """The whole table in one answer, filtered here once more."""
        query = {} if campaign is None else {"diallerCampaignsID": known(campaign)}
        response = await self._http.read(_ALL, query, most_bytes=MOST_BYTES)
        for contact in readable(rows_of(response), self._contact):
            if campaign is None or contact.campaign in (None, campaign):
                yield contact

    async def find_dialler_contacts(self, key: DiallerKey) -> Sequence[DiallerContact]:
        """By the data to the letter; a server without that path is asked by the one that reads many."""
        if isinstance(key, int):
            return await search_for(self._http.read(f"{_ALL}/{known(key)}"), self._contact, all_of)
        return await self._with_data(checked_data(key), all_of)

    async def read_dialler_contacts(
        self, ids: Sequence[DiallerContactId], data: Sequence[UserData]
    ) -> Sequence[DiallerContact]:
        """Newer releases only. Nothing is asked for nothing."""
        if not ids and not data:
            return []
        wanted = [checked_data(each) for each in data]
        found: list[DiallerContact] = await search_for(
            self._http.search(_ALL, many_body(ids, wanted)), self._contact, all_of
        )
        return [contact for contact in found if contact.id in ids or contact.data in wanted]

    async def import_dialler_contact(self, request: DiallerContactRequest, *, overwrite: bool) -> DiallerContact:
        """Without `overwrite` some releases give the contact that is there, others make a second one."""
        body, query = import_body(request), {"overwriteDuplicates": overwrite}
        return the_one(await self._http.act("POST", f"{_ALL}/import", body, query=query), self._contact)

    async def update_dialler_contact(self, key: DiallerKey, change: DiallerContactChange) -> DiallerContact:
        """The rest stays as it is."""
        body, endpoint = change_body(change), self._paths["update"]
        whole = {"ID": await self._id_of(key), **body}
        return the_one(await self._http.act(endpoint.method, endpoint.path, whole), self._contact)

    async def delete_dialler_contact(self, key: DiallerKey) -> None:
        """Delete it; there is no way back."""
        confirm(await self._http.act("DELETE", f"{_ONE}/{await self._id_of(key)}"))

    async def lock_dialler_contact(self, key: DiallerKey) -> None:
        """Lock it."""
        confirm(await self._http.act("PATCH", f"{_ONE}/{await self._id_of(key)}/lock"))

    async def unlock_dialler_contact(self, key: DiallerKey) -> None:
        """Unlock it."""
        confirm(await self._http.act("PATCH", f"{_ONE}/{await self._id_of(key)}/unlock"))

    async def reset_dialler_contact(self, key: DiallerKey) -> None:
        """Every counter of tries goes to zero."""
        endpoint = self._paths["reset"]
        confirm(await self._http.act(endpoint.method, path_of(endpoint, await self._id_of(key))))

    async def list_dialler_calls(self, key: DiallerKey) -> Sequence[DiallerCall]:
        """Of no sample more is known than which way a call went; what else there is, is read where it is."""
        contact = DiallerContactId(known(key)) if isinstance(key, int) else None
        read = partial(read_call, zone=self._zone, contact=contact)
        return all_of(await self._history(key), read)

    # --- One step each ------------------------------------------------------------------------------------

    async def _history(self, key: DiallerKey) -> Response:
        if isinstance(key, int):
            return await self._http.read(path_of(self._paths["history"], key))
        return await self._http.read(self._paths["history-by-data"].path, {"userData": checked_data(key)})

    async def _id_of(self, key: DiallerKey) -> DiallerContactId:
        """The id to change by. Raises `NotFound` and `Ambiguous`."""
        if isinstance(key, int):
            return DiallerContactId(known(key))
        return the_only(await self._with_data(checked_data(key), each_of))

    async def _with_data(self, data: UserData, take: Take[DiallerContact]) -> list[DiallerContact]:
        try:
            answer = self._http.read(self._paths["find"].path, {"userData": data}, most_bytes=MOST_BYTES)
            found = await search_for(answer, self._contact, take)
        except NotOffered:
            found = await search_for(self._http.search(_ALL, many_body((), (data,))), self._contact, take)
        return [contact for contact in found if contact.data == data]

    def _contact(self, row: object) -> DiallerContact | None:
        return read_contact(row, zone=self._zone)


# --- What is asked ------------------------------------------------------------------------------------------


def path_of(endpoint: Endpoint, contact: int) -> str:
    """The path of one contact. Pure."""
    return endpoint.path.replace("{id}", str(known(contact)))


def checked_data(data: str) -> UserData:
    """Our key as they keep it. Raises `UsageError` for one that they cannot. Pure."""
    if not 1 <= len(data.strip()) <= LONGEST_DATA:
        raise UsageError(_NO_DATA)
    return UserData(data.strip())


def many_body(ids: Iterable[DiallerContactId], data: Iterable[UserData]) -> Mapping[str, object]:
    """What reads many: the lists that have something in them. Pure."""
    lists = {"IDList": [known(each) for each in ids], "UserDataList": list(data)}
    return {name: keys for name, keys in lists.items() if keys}


def import_body(request: DiallerContactRequest) -> Mapping[str, object]:
    """What imports a contact. Raises `UsageError` for what they would refuse or cut. Pure."""
    if {"Name", "UserData"} & request.fields.keys():
        raise UsageError(_ON_THEIR_OWN)
    return {
        **campaign_body(request.campaign),
        "Name": field_value("Name", request.name.strip()),
        **numbers_body(request.numbers),
        **({"UserData": checked_data(request.data)} if request.data.strip() else {}),
        **fields_body(request.fields),
    }


def campaign_body(campaign: CampaignId | str) -> Mapping[str, object]:
    """A campaign by its id or by its name. Raises `UsageError`. Pure."""
    if isinstance(campaign, int):
        return {"DiallerCampaignsID": known(campaign)}
    if not 1 <= len(campaign.strip()) <= LONGEST_NAME:
        raise UsageError(_NO_CAMPAIGN)
    return {"DiallerCampaignsName": campaign.strip()}


def change_body(change: DiallerContactChange) -> Mapping[str, object]:
    """What changes a contact. Raises `UsageError` for nothing, or for what they would refuse or cut. Pure."""
    body = {**places_body(change.numbers), **fields_body(change.fields)}
    if not body:
        raise UsageError(_NO_CHANGE)
    return body


def the_only(found: Sequence[DiallerContact]) -> DiallerContactId:
    """The one to change. Raises `NotFound` and `Ambiguous`. Pure."""
    if not found:
        raise NotFound(_NOT_THERE, provider=NAME, code="nothing")
    if len(found) > 1:
        raise Ambiguous(_SEVERAL, provider=NAME, candidates=tuple(each.id for each in found))
    return found[0].id
