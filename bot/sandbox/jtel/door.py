"""jtel's addresses: `/rest/v1.0/{ClientsID}/…`.

A path that is not there answers 404 without words, as an older release does. Changes by data alone are among
those: they would hit any one of several contacts, so nobody is to ask for them.
Source: https://wiki.jtel.de/x/oQMOAQ
Source: https://wiki.jtel.de/display/JPW/Return+Codes
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.sandbox.jtel import shapes
from bot.sandbox.jtel.account import Account
from bot.sandbox.jtel.refusal import Refusal
from bot.sandbox.routes import Asked, Route, Routes
from bot.sandbox.trouble import Answer, Fault, Trouble, fault_headers
from bot.sandbox.wire import Json, Unreadable, json_answer, read_object

Act = Callable[[Asked], Json]
_CONTACTS, _CAMPAIGNS = "dialler/contacts", "dialler/campaigns"


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in jtel's form. Pure."""
    return json_answer(shapes.refused(fault.status, "Refused"), fault.status, fault_headers(fault))


class JtelDoor:
    """Answers every request below the stand-in's address."""

    def __init__(self, account: Account, trouble: Trouble) -> None:
        self._account, self._trouble = account, trouble
        self._queues, self._dialler = account.queues, account.dialler
        table = {**self._queue_routes(), **self._campaign_routes(), **self._contact_routes()}
        self._routes = Routes(
            [Route(name, method, path, _answering(act)) for (name, method, path), act in table.items()]
        )

    def _queue_routes(self) -> Mapping[tuple[str, str, str], Act]:
        queues = self._queues
        return {
            ("events", "GET", "acd/events"): lambda _: shapes.listed([*queues.events.values()], "dtCreated"),
            ("event", "GET", "acd/events/event/{}"): lambda asked: _one(queues.events, asked, "ACD event"),
            ("create_event", "POST", "acd/events/create"): lambda asked: shapes.found([queues.create(asked.body)]),
            ("types", "GET", "acd/events/types"): lambda _: _words("AcdEventTypes", shapes.TYPES),
            ("states", "GET", "acd/events/status"): lambda _: _words("AcdEventStatus", shapes.STATES),
            ("groups", "GET", "acd/groups"): lambda _: _by_name(queues.groups, "Name"),
            ("group", "GET", "acd/groups/group/{}"): lambda asked: _one(queues.groups, asked, "ACD group"),
            ("find_groups", "GET", "acd/groups/group"): lambda asked: _named(queues.groups, asked),
            ("users", "GET", "users"): lambda _: _by_name(queues.users, "UID"),
        }

    def _campaign_routes(self) -> Mapping[tuple[str, str, str], Act]:
        dialler = self._dialler
        one = f"{_CAMPAIGNS}/campaign/{{}}"
        return {
            ("campaigns", "GET", _CAMPAIGNS): lambda _: _by_name(dialler.campaigns, "Name"),
            ("find_campaigns", "GET", f"{_CAMPAIGNS}/campaign"): lambda asked: _named(dialler.campaigns, asked),
            ("campaign", "GET", f"{_CAMPAIGNS}/{{}}"): lambda asked: shapes.found([dialler.campaign(_id(asked))]),
            ("results", "GET", f"{one}/resultCodes"): lambda asked: shapes.found(
                dialler.results(_id(asked), asked.number("languagesID", 0))
            ),
            ("clone", "POST", f"{_CAMPAIGNS}/clone"): lambda asked: shapes.found([dialler.clone(asked.body)]),
            ("delete_campaign", "DELETE", one): lambda asked: _done(dialler.delete_campaign, asked),
        }

    def _contact_routes(self) -> Mapping[tuple[str, str, str], Act]:
        dialler = self._dialler
        one = f"{_CONTACTS}/contact"
        return {
            ("contacts", "GET", _CONTACTS): self._contacts,
            ("many_contacts", "POST", _CONTACTS): lambda asked: shapes.found(dialler.many(asked.body)),
            ("find_contacts", "GET", one): lambda asked: shapes.found(dialler.with_data(_data(asked))),
            ("contact", "GET", f"{_CONTACTS}/{{}}"): lambda asked: shapes.found([dialler.contact(_id(asked))]),
            ("import", "POST", f"{_CONTACTS}/import"): self._import,
            ("update", "PATCH", f"{_CONTACTS}/update"): lambda asked: shapes.found([dialler.update(asked.body)]),
            ("delete", "DELETE", f"{one}/{{}}"): lambda asked: _done(dialler.delete, asked),
            ("lock", "PATCH", f"{one}/{{}}/lock"): lambda asked: _done(dialler.lock, asked),
            ("unlock", "PATCH", f"{one}/{{}}/unlock"): lambda asked: _done(dialler.unlock, asked),
            ("reset", "PATCH", f"{one}/{{}}/reset"): lambda asked: _done(dialler.reset, asked),
            ("history", "GET", f"{one}/{{}}/history"): self._history,
            ("history_by_data", "GET", f"{one}/history"): self._history_by_data,
        }

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
        version, _, rest = path.partition("rest/v1.0/")
        clients_id, _, rest = rest.partition("/")
        found = None if version else self._routes.find(request.method, rest)
        if found is None or found[0].name in self._account.rules.missing:
            return web.Response(status=404)
        route, ids = found
        known = clients_id == str(self._account.clients_id)
        return await self._trouble.around(
            request, f"jtel.{route.name}", lambda: self._answer(request, route.act, ids, known), refuse
        )

    async def _answer(
        self, request: web.BaseRequest, act: Callable[[Asked], web.Response], ids: tuple[str, ...], known: bool
    ) -> web.Response:
        if not known or request.headers.get("Authorization") != f"Bearer {self._account.token}":
            return json_answer(shapes.refused(401, "Unauthorized"), 401)
        try:
            return act(Asked(ids, request.query, await read_object(request) if request.body_exists else {}))
        except Refusal as refusal:
            return json_answer(shapes.refused(refusal.status, refusal.words), refusal.status)
        except Unreadable as error:
            return json_answer(shapes.refused(400, str(error)), 400)

    # --- Contacts -------------------------------------------------------------------------------------------

    def _contacts(self, asked: Asked) -> Json:
        campaign = asked.number("diallerCampaignsID", 0)
        rows = [row for row in self._dialler.contacts.values() if campaign in (0, row["DiallerCampaignsID"])]
        return shapes.listed(sorted(rows, key=lambda row: str(row["Name"])), "Name")

    def _import(self, asked: Asked) -> Json:
        overwrite = asked.query.get("overwriteDuplicates") == "true"
        return shapes.found([self._dialler.import_contact(asked.body, overwrite=overwrite)])

    def _history(self, asked: Asked) -> Json:
        return shapes.found(self._dialler.calls([self._dialler.contact(_id(asked))["ID"]]))

    def _history_by_data(self, asked: Asked) -> Json:
        rows = self._dialler.with_data(_data(asked))
        if not rows:
            raise Refusal(404, "Dialler contact not found")
        return shapes.found(self._dialler.calls([row["ID"] for row in rows]))


def _answering(act: Act) -> Callable[[Asked], web.Response]:
    return lambda asked: json_answer(act(asked))


def _id(asked: Asked) -> int:
    """The id in the path; 0, which nobody has, when there is none."""
    return int(asked.ids[0]) if asked.ids[0].isdigit() else 0


def _data(asked: Asked) -> str:
    if not asked.query.get("userData"):
        raise Refusal(400, "Parameter userData missing")
    return asked.query["userData"]


def _done(act: Callable[[int], None], asked: Asked) -> Json:
    act(_id(asked))
    return shapes.done()


def _one(rows: Mapping[int, Json], asked: Asked, what: str) -> Json:
    number = _id(asked)
    if number not in rows:
        raise Refusal(404, f"{what} not found")
    return shapes.found([rows[number]])


def _words(table: str, words: Mapping[int, str]) -> Json:
    return shapes.listed([shapes.words_row(number, table, word) for number, word in words.items()], "ID")


def _by_name(rows: Mapping[int, Json], field: str) -> Json:
    return shapes.listed(sorted(rows.values(), key=lambda row: str(row[field])), field)


def _named(rows: Mapping[int, Json], asked: Asked) -> Json:
    """Those in whose names the given one occurs."""
    if not asked.query.get("name"):
        raise Refusal(400, "Parameter name missing")
    wanted = asked.query["name"].casefold()
    return shapes.found([row for row in rows.values() if wanted in str(row["Name"]).casefold()])
