"""jtel's JSON: envelopes, and rows with what a fresh one has in them. Pure.

Source: https://wiki.jtel.de/display/JPW/Return+Codes
Source: https://wiki.jtel.de/display/JPW/AcdEvents+REST+API+-+AcdEvent+Functions
Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.sandbox.wire import Json

TYPES: Mapping[int, str] = {
    1: "VoiceMail",
    2: "Fax",
    3: "Callback",
    4: "SMS",
    5: "Email",
    6: "WorkFlowConnector",
    7: "Chat",
}
STATES: Mapping[int, str] = {
    0: "EnterSystem",
    1: "Distribute",
    2: "TransportSMTP",
    4: "TransportToGroup",
    10: "TransportAgent",
    20: "New",
    30: "Seen",
    40: "Remind",
    98: "ChatClosed",
    99: "Done",
    100: "Error",
}
WAITING, CLOSED = 1, frozenset({98, 99, 100})
TICKET = 6
NUMBERS = range(1, 7)
# The four kinds of results: a flag, then the labels in English and German.
RESULTS: tuple[tuple[str, str, str], ...] = (
    ("bDone", "Completed", "Abgeschlossen"),
    ("bAborted", "Hung up", "Aufleger"),
    ("bDelay", "Busy", "Besetzt"),
    ("bAppointment", "Appointment", "Termin"),
)
_WORDS = (
    *("Name", "FirstName", "Salutation", "Title", "Company", "Address", "PostalCode", "City", "Region", "Country"),
    *("FaxNumber", "Email", "Website", "Comment", "ExternalSystemLink", "Model", "Tag", "UserData", "Client"),
    *("Service", "ReferenceNumber", "AccountOwner", "AccountBank", "AccountNationalBankCode", "AccountBIC"),
    *("AccountNumber", "AccountIBAN", "RandomSortOrder"),
)
FIELDS = frozenset({*_WORDS, "Amount", *(f"PhoneNumber{number}" for number in NUMBERS)})


# --- Envelopes ----------------------------------------------------------------------------------------------


def listed(rows: Sequence[Json], order: str) -> Json:
    """A whole table."""
    frame = {"filter": "", "limitStart": 0, "limitPageSize": -1}
    return {**frame, "records": list(rows), "count": len(rows), "orderBy": order, "ascending": True, "status": 200}


def found(rows: Sequence[Json]) -> Json:
    """Some rows, or one."""
    return {"records": list(rows), "count": len(rows), "status": 200}


def done() -> Json:
    """Something was done."""
    return {"status": 200}


def refused(status: int, words: str) -> Json:
    """It was not."""
    return {"status": status, "error": words}


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """A time of the server: in its own zone, which it does not name."""
    return at.astimezone(zone).replace(tzinfo=None).isoformat(timespec="milliseconds")


# --- Rows of the queues -------------------------------------------------------------------------------------


def words_row(number: int, table: str, word: str) -> Json:
    """A kind or a state."""
    return {"ID": number, "ShortText": f"{table}.{word}"}


def group_row(number: int, name: str) -> Json:
    """A group."""
    return {
        "ID": number,
        "Name": name,
        "DistributionAlgorithmID": 1,
        "ServiceLevelSeconds": 30,
        "QueueMusicID4Sec": -1,
        "SupervisorAggregationSkill5ID": None,
        "bPositionAnnouncement3": False,
        "TarifAnnouncementWavesID": None,
    }


def user_row(number: int, name: str) -> Json:
    """A user."""
    return {"ID": number, "UID": name, "bUseWebMail": False, "TelStatusID": 0, "ResellersID": 1}


def event_row(number: int, asked: Json, group: int, zone: ZoneInfo) -> Json:
    """An event as it is created: a ticket's data is also its number elsewhere, the words are inside of XML."""
    now = stamp(datetime.now(UTC), zone)
    link, body = str(asked.get("CrmURL") or ""), str(asked.get("Body") or "")
    urls = f"<url><urlPath>{escape(link)}</urlPath></url>" if link else ""
    return {
        "ID": number,
        "AcdEventTypesID": asked["AcdEventTypesID"],
        "AcdEventStatusID": WAITING,
        "AcdGroupsID": group,
        "UsersID": asked.get("UsersID"),
        "Sender": asked["Sender"],
        "Receiver": asked.get("Receiver"),
        "Subject": asked["Subject"],
        "CrmURL": link or None,
        "UserData": asked.get("UserData"),
        "UserData2": None,
        "UserData3": None,
        "ForeignSystemNumber": asked.get("UserData") if asked["AcdEventTypesID"] == TICKET else None,
        "EventData": f'<eventData><urls>{urls}</urls><body html="true">{escape(body)}</body></eventData>',
        "nPriority": asked.get("nPriority", 50),
        "dtCreated": now,
        "dtModified": now,
        "dtLastModified": now,
        "dtReceived": None,
        "dtRemind": None,
        "LastAgentTime": 0,
        "bCloseByForeignSystem": False,
    }


# --- Rows of the dialler ------------------------------------------------------------------------------------


def campaign_row(number: int, name: str, data: str | None, clients_id: int) -> Json:
    """A campaign."""
    return {
        "ID": number,
        "Name": name,
        "ClientsID": clients_id,
        "LanguagesID": 1,
        "UserData": data,
        "ContactPreviewTime": 5,
        "nMaxParallelLines": None,
        "bCallerIDActive": False,
        "dtTo": None,
    }


def result_row(number: int, campaign: int, kind: int, language: int) -> Json:
    """A result code: `kind` is its place in `RESULTS`, `language` 1 for English and 2 for German."""
    flags = {flag: place == kind for place, (flag, _, _) in enumerate(RESULTS)}
    return {
        "ID": number,
        "DiallerCampaignsID": campaign,
        "DiallerResultCodesTypesID": kind + 1,
        "ShortText": f"DiallerCampaignsResultCodes.{number}",
        "Content": RESULTS[kind][language],
        "ExportKey": RESULTS[kind][2][:3].upper(),
        **flags,
        "TimeOffset": 30 if flags["bDelay"] else None,
        "bAllowDelete": True,
    }


def contact_row(number: int, campaign: int, asked: Json) -> Json:
    """A contact as it is imported."""
    tries = {f"nTriesPhoneNumber{place}": 0 for place in NUMBERS}
    return {
        "ID": number,
        "DiallerCampaignsID": campaign,
        **{name: asked.get(name) for name in sorted(FIELDS)},
        **tries,
        "dtNextTry": None,
        "bLastResultMailbox": None,
        "DiallerCampaignsResultCodesID": None,
    }
