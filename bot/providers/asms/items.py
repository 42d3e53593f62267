"""Configuration items at Aranda: the calls, then what is asked. What the answers mean is in `item_reading.py`.

Creating is described by their connector. Searching is on their pages, reading and changing beside it in a later
connector; no public page shows the paths of the three, so an address that is not there is `NotOffered`.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors (Aranda's connector)
Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/search_ci.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial

from bot.capabilities import KeepsConfigurationItems
from bot.errors import NotFound, NotOffered, UsageError
from bot.http import Http, no_answer, not_found
from bot.model import ConfigurationItem, Found, ItemChange, ItemId, ItemRequest, Search
from bot.providers.asms.asking import additional_body, fields_of, known_id, names_of, search_body
from bot.providers.asms.item_reading import read_item_id, read_item_row
from bot.providers.asms.refusals import EMPTY_404
from bot.providers.asms.wire import NAME, read_found
from bot.providers.reading import filled

CAPS = frozenset({20, 50})  # as with tickets; of these no page tells

FIELDS = fields_of(
    words="""AssetTag BarCode CategoryName Description LicenseNumber Name RFID RiskName Serial UnitName
    UnitSize""",
    ids="""BrandId CategoryId CostCenterId ImpactId LocationId ManufacturerId ProjectId ProviderId ModelId
    ReasonId ResponsibleId RiskId StateId UnitId""",
    dates="CheckinDate CreatedDate ModifiedDate AcceptDate ReponsibleDate",  # spelt so
)
WORDS = names_of("description serial assetTag licenseNumber rfid barCode unitSize")
IDS = names_of("manufacturerId brandId modelId providerId reasonId unitId costCenterId impactId riskId locationId")
MOMENTS = names_of("acceptDate checkInDate responsibilityDate")
ONLY_LATER = names_of("stateId categoryId responsibleId")
_NOT_OFFERED = "Aranda's adapter does not offer this. Its administrator can tell whether a newer one does."


class ConfigurationItems(KeepsConfigurationItems):
    """Aranda's configuration items."""

    _http: Http
    _zone: tzinfo | None

    async def create_item(self, request: ItemRequest) -> ItemId:
        """Make one; the same name again in a project is a conflict."""
        return read_item_id(await self._http.act("POST", "/cmdb/ci", item_body(request)))

    async def find_items(self, search: Search) -> Found[ConfigurationItem]:
        """The first ones; how many, no page tells."""
        with offered():
            response = await self._http.search("/cmdb/ci/list", search_body(search, FIELDS, self._zone))
        return read_found(response, partial(read_item_row, zone=self._zone), CAPS)

    async def read_item(self, item: ItemId) -> ConfigurationItem:
        """One item; no content means that there is none."""
        with offered():
            response = await self._http.read(item_path(item))
        if not response.body:
            raise not_found(response)
        found = read_item_row(response.json(), self._zone)
        if found is None:
            raise no_answer(response.call, "unreadable")
        return found

    async def update_item(self, item: ItemId, change: ItemChange) -> None:
        """Set what is given; also its state, category and responsible person."""
        with offered():
            response = await self._http.act("PATCH", item_path(item), change_body(change, IDS | ONLY_LATER))
        read_item_id(response)


@contextmanager
def offered() -> Iterator[None]:
    """Tell an address that is not there from an item that is not there."""
    try:
        yield
    except NotFound as error:
        if error.code != EMPTY_404:
            raise
        raise NotOffered(_NOT_OFFERED, provider=NAME, code=error.code) from error


# --- What is asked ----------------------------------------------------------------------------------------


def item_path(item: ItemId) -> str:
    """Where one lives. Raises `UsageError`."""
    return f"/cmdb/ci/{known_id(item, 'A configuration item')}"


def item_body(request: ItemRequest) -> Mapping[str, object]:
    """What makes one. Raises `UsageError` for what they would refuse."""
    if not request.name.strip():
        raise UsageError("A configuration item needs a name.")
    return {
        "name": request.name.strip(),
        "projectId": known_id(request.project, "A project"),
        "categoryId": known_id(request.category, "A category"),
        "responsibleId": known_id(request.responsible, "A responsible person"),
        **(change_body(request.more, IDS) if request.more != ItemChange() else {}),
    }


def change_body(change: ItemChange, ids: frozenset[str]) -> Mapping[str, object]:
    """What is set, and nothing else. Raises `UsageError` for nothing, and for a field that there is not."""
    _check_names(change.words, WORDS)
    _check_names(change.ids, ids)
    _check_names(change.moments, MOMENTS)
    if change.price is not None and change.price < 1:
        raise UsageError("Aranda takes prices from 1 up. Leave a lower one out.")
    body = {
        **change.words,
        **{name: known_id(number, name) for name, number in change.ids.items()},
        **{name: _second(moment) for name, moment in change.moments.items()},
        "price": None if change.price is None else float(change.price),
        "additionalFields": additional_body(change.additional),
    }
    if not (found := filled(body)):
        raise UsageError("Say what to change on this configuration item.")
    return found


def _check_names(names: Iterable[str], known: frozenset[str]) -> None:
    for name in names:
        if name not in known:
            raise UsageError(
                f"A configuration item has no {name} to set here. It has: {', '.join(sorted(known))}."
            )


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
