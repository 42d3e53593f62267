"""`views.*`: modals and App Home.

Source: https://docs.slack.dev/reference/methods/views.open and its neighbours
"""

from __future__ import annotations

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.modals import check_view
from bot.sandbox.slack.model import Refused
from bot.sandbox.slack.web.params import Params
from bot.sandbox.wire import Json, dumps

LARGEST_VIEW = 250_000  # bytes of JSON. Source: https://docs.slack.dev/reference/methods/views.open#errors


def _view(params: Params, kind: str) -> Json:
    view = params.get("view")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments")
    if len(dumps(view).encode()) > LARGEST_VIEW:
        raise Refused("view_too_large")
    problems = check_view(view)
    if view.get("type") != kind:
        problems.append(f"must be {kind} [json-pointer:/view/type]")
    if problems:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in problems]})
    return view


def _shown(core: Core, view: Json) -> Json:
    core.bell.ring()
    return {"view": view}


def open_view(core: Core, params: Params) -> Json:
    """Open a modal for whoever did the thing that the trigger stands for."""
    view = _view(params, "modal")
    user = core.triggers.spend(params.need("trigger_id"))
    return _shown(core, core.views.open(user, view))


def push_view(core: Core, params: Params) -> Json:
    """Open a modal above the present one."""
    view = _view(params, "modal")
    user = core.triggers.spend(params.need("trigger_id"))
    return _shown(core, core.views.push(user, view))


def update_view(core: Core, params: Params) -> Json:
    """Replace a modal's content, found by its id or by the app's own external id."""
    view = _view(params, "modal")
    view_id = params.text("view_id") or _by_external_id(core, params.need("external_id"))
    return _shown(core, core.views.update(view_id, view, params.text("hash")))


def _by_external_id(core: Core, external_id: str) -> str:
    for view_id, view in core.views.by_id.items():
        if view.get("external_id") == external_id:
            return view_id
    raise Refused("not_found")


def publish_view(core: Core, params: Params) -> Json:
    """Set somebody's App Home. Source: https://docs.slack.dev/reference/methods/views.publish#errors"""
    if not core.app.features.get("app_home", {}).get("home_tab_enabled"):
        raise Refused("not_enabled")
    view = _view(params, "home")
    user = params.need("user_id")
    if user not in core.directory.members:
        raise Refused("user_not_found")
    return _shown(core, core.views.publish(user, view, params.text("hash")))
