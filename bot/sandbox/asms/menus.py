"""The stand-in's menus. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from bot.sandbox.asms import catalog
from bot.sandbox.asms.catalog import Menu
from bot.sandbox.asms.refusal import Refusal
from bot.sandbox.asms.shapes import menu_json
from bot.sandbox.routes import Asked, Route
from bot.sandbox.wire import json_answer


def menu_routes() -> Sequence[Route]:
    """Their addresses."""
    return [
        _menu("property/project", lambda _: catalog.PROJECTS),
        _menu("property/service", lambda asked: catalog.SERVICES.get(_needed(asked, "projectId"), {}), "itemType"),
        _menu(
            "property/categoryByService",
            lambda asked: catalog.CATEGORIES.get(_needed(asked, "serviceId"), {}),
            "itemType",
        ),
        _menu("property/state", lambda _: catalog.STATES),
        _menu("property/reasonsForState", lambda asked: catalog.REASONS.get(asked.number("stateId", 0), {})),
        _menu("property/groupsByState", lambda _: catalog.GROUPS),
        _menu(
            "property/responsible",
            lambda asked: catalog.SPECIALISTS.get(_needed(asked, "groupId"), {}),
            "projectId",
        ),
        _menu("property/companies", lambda _: catalog.COMPANIES, "itemType", "projectId", "serviceId"),
        _menu("property/units", lambda _: catalog.UNITS, "projectId", "serviceId"),
        _menu("property/provider", lambda _: catalog.PROVIDERS, "projectId", "serviceId"),
        _menu("property/catalog/{}", lambda asked: _listed(catalog.CATALOG, asked.ids[0])),
        _menu("property/project/{}/{}", lambda asked: _listed(catalog.PROPERTIES, asked.ids[1])),
        _menu("kb/article/folders", lambda _: catalog.FOLDERS, "projectId"),
        _menu("kb/article/types", lambda _: catalog.ARTICLE_KINDS),
    ]


def _menu(pattern: str, choose: Callable[[Asked], Menu], *needed: str) -> Route:
    def answer(asked: Asked) -> web.Response:
        for name in needed:
            if not asked.query.get(name):
                raise Refusal(400, f"Parameter name: {name}")
        return json_answer(menu_json(choose(asked)))

    return Route("menu", "GET", pattern, answer)


def _needed(asked: Asked, name: str) -> int:
    if not asked.query.get(name):
        raise Refusal(400, f"Parameter name: {name}")
    return asked.number(name, 0)


def _listed(menus: Mapping[str, Menu], name: str) -> Menu:
    if name not in menus:
        raise Refusal(400, "BadRequest")
    return menus[name]
