"""The menus of the instance's own addresses. Pure.

A category has one model; a state may be followed by any other.
Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/obtener-estado.html
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.sandbox.asms import catalog
from bot.sandbox.asms.catalog import Menu
from bot.sandbox.asms.refusal import Refusal
from bot.sandbox.asms.shapes import menu_json
from bot.sandbox.routes import Asked, Route
from bot.sandbox.wire import json_answer

MODEL = 7
_CATALOGS = {"urgency": "urgency", "impact": "impact", "registry_type": "registryType"}


def own_menu_routes() -> Sequence[Route]:
    """Their addresses."""
    return [
        _menu("POST", "user/projects", lambda _: catalog.PROJECTS),
        _menu("GET", "project/{}/{}/services/search", lambda asked: catalog.SERVICES.get(_id(asked, 0), {})),
        _menu("GET", "project/{}/{}/companies/search", lambda _: catalog.COMPANIES),
        _menu("GET", "item/{}/services/{}/categories", lambda asked: catalog.CATEGORIES.get(_id(asked, 1), {})),
        Route("model", "GET", "item/{}/categories/{}/service/{}/model", _model),
        _menu("GET", "model/{}/{}/states", _states),
        _menu("GET", "state/{}/reasons", lambda asked: catalog.REASONS.get(_id(asked, 0), {})),
        _menu("GET", "service/{}/state/{}/group/list", lambda _: catalog.GROUPS),
        _menu("GET", "group/{}/project/{}/specialists", lambda asked: catalog.SPECIALISTS.get(_id(asked, 0), {})),
        _menu("GET", "catalog/{}", lambda asked: catalog.CATALOG[_CATALOGS[asked.ids[0]]]),
    ]


def _menu(method: str, pattern: str, choose: Callable[[Asked], Menu]) -> Route:
    def answer(asked: Asked) -> web.Response:
        rows = menu_json(choose(asked))
        return json_answer({"content": rows, "totalItems": len(rows)})

    return Route("menu", method, pattern, answer)


def _id(asked: Asked, at: int) -> int:
    if not asked.ids[at].isdecimal():
        raise Refusal(400, "BadRequest")
    return int(asked.ids[at])


def _model(asked: Asked) -> web.Response:
    if _id(asked, 1) not in catalog.CATEGORIES.get(_id(asked, 2), {}):
        raise Refusal(400, "ModelIdIsEmpty")
    return json_answer({"id": MODEL, "name": "Housing"})


def _states(asked: Asked) -> Menu:
    now = asked.number("stateId", 0)
    if not now:
        return {catalog.FIRST_STATE: catalog.STATES[catalog.FIRST_STATE]}
    return {number: name for number, name in catalog.STATES.items() if number != now}
