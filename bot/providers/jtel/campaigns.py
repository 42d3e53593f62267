"""The dialler's campaigns at jtel: the calls, then what the answers mean.

By a name they would delete whatever it matches first, so it is looked up here and goes by the id.
Source: https://wiki.jtel.de/x/rgMOAQ
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.capabilities import RunsCampaigns
from bot.errors import Ambiguous, NotFound, UsageError
from bot.http import Flag, Http, Words
from bot.model import Campaign, CampaignId, ResultCode, ResultKind
from bot.providers.jtel.asking import MOST_BYTES, Take, all_of, confirm, each_of, known, search_for, the_one
from bot.providers.jtel.wire import NAME, RowWire
from bot.providers.reading import filled, first_of, read_row

LANGUAGES = (1, 2)  # English, German
LONGEST_NAME = 64

_NO_NAME = "Write the campaign's name, or a part of it."
_NO_LANGUAGE = "jtel has its words in English and in German only."
_TWO_NAMES = f"A copy needs the name of a campaign and a new one, of {LONGEST_NAME} characters at most."
_NOT_THERE = "jtel has no campaign of exactly this name. Look for it in the list of campaigns."
_SEVERAL = "jtel has several campaigns of this name. Choose one by its id."


class Campaigns(RunsCampaigns):
    """jtel's campaigns."""

    _http: Http

    async def list_campaigns(self) -> Sequence[Campaign]:
        """Every campaign, by name."""
        return all_of(await self._http.read("/dialler/campaigns", most_bytes=MOST_BYTES), read_campaign)

    async def read_campaign(self, campaign: CampaignId) -> Campaign:
        """One campaign."""
        return the_one(await self._http.read(f"/dialler/campaigns/{known(campaign)}"), read_campaign)

    async def find_campaigns(self, name: str) -> Sequence[Campaign]:
        """As their database compares. Raises `UsageError` without a name."""
        return await self._named(name, all_of)

    async def list_result_codes(self, campaign: CampaignId, language: int) -> Sequence[ResultCode]:
        """In English (1) or German (2). Raises `UsageError` for another language."""
        if language not in LANGUAGES:
            raise UsageError(_NO_LANGUAGE)
        answer = await self._http.read(f"{campaign_path(campaign)}/resultCodes", {"languagesID": language})
        return all_of(answer, read_result_code)

    async def clone_campaign(self, source: str, destination: str, data: str) -> Campaign:
        """Copy it. Raises `UsageError` without both names."""
        body = clone_body(source, destination, data)
        return the_one(await self._http.act("POST", "/dialler/campaigns/clone", body), read_campaign)

    async def delete_campaign(self, campaign: CampaignId) -> None:
        """Delete it; there is no way back."""
        confirm(await self._http.act("DELETE", campaign_path(campaign)))

    async def delete_campaign_named(self, name: str) -> None:
        """Two calls: look for the name, to the letter, then delete by the id."""
        found = [each for each in await self._named(name, each_of) if each.name == name.strip()]
        await self.delete_campaign(the_only(found).id)

    async def _named(self, name: str, take: Take[Campaign]) -> list[Campaign]:
        if not name.strip():
            raise UsageError(_NO_NAME)
        answer = self._http.read("/dialler/campaigns/campaign", {"name": name.strip()}, most_bytes=MOST_BYTES)
        return await search_for(answer, read_campaign, take)


# --- What is asked ------------------------------------------------------------------------------------------


def campaign_path(campaign: CampaignId) -> str:
    """Where a campaign is changed; it is read elsewhere. Raises `UsageError`. Pure."""
    return f"/dialler/campaigns/campaign/{known(campaign)}"


def clone_body(source: str, destination: str, data: str) -> Mapping[str, object]:
    """What copies a campaign. Raises `UsageError`. Pure."""
    names = {"source": source.strip(), "destination": destination.strip()}
    if not all(names.values()) or len(names["destination"]) > LONGEST_NAME:
        raise UsageError(_TWO_NAMES)
    return {**names, **filled({"userData": data.strip() or None})}


def the_only(found: Sequence[Campaign]) -> Campaign:
    """The one that was found. Raises `NotFound` and `Ambiguous`. Pure."""
    if not found:
        raise NotFound(_NOT_THERE, provider=NAME, code="nothing")
    if len(found) > 1:
        raise Ambiguous(_SEVERAL, provider=NAME, candidates=tuple(each.id for each in found))
    return found[0]


# --- What the answers mean ----------------------------------------------------------------------------------


class CampaignWire(RowWire):
    """A campaign."""

    Name: Words | None = None
    UserData: Words | None = None


class ResultCodeWire(RowWire):
    """How a call may end. The flags say what it means; the label is for people."""

    Content: Words | None = None
    ExportKey: Words | None = None
    bDone: Flag = None  # noqa: N815  # their spelling
    bAborted: Flag = None  # noqa: N815
    bAppointment: Flag = None  # noqa: N815
    bDelay: Flag = None  # noqa: N815

    @property
    def kind(self) -> ResultKind:
        """By the first flag that is set: an appointment is a delay, too."""
        kinds = (
            (self.bDone, ResultKind.DONE),
            (self.bAborted, ResultKind.ABORTED),
            (self.bAppointment, ResultKind.APPOINTMENT),
            (self.bDelay, ResultKind.LATER),
        )
        return next((kind for flag, kind in kinds if flag), ResultKind.UNKNOWN)


def read_campaign(row: object) -> Campaign | None:
    """One row of campaigns. Pure."""
    wire = read_row(CampaignWire, row)
    return Campaign(CampaignId(wire.ID), first_of(wire.Name), first_of(wire.UserData)) if wire else None


def read_result_code(row: object) -> ResultCode | None:
    """One row of result codes. Pure."""
    wire = read_row(ResultCodeWire, row)
    return ResultCode(wire.ID, first_of(wire.Content, wire.ExportKey), wire.kind) if wire else None
