"""`auth.*`, `apps.*`, `users.*` and `reactions.*`.

Source: https://docs.slack.dev/reference/methods/auth.test and its neighbours
"""

from __future__ import annotations

import re

from bot.sandbox.slack.core import Core
from bot.sandbox.slack.model import Kind, Member, Message, Refused
from bot.sandbox.slack.web.conversations import paged
from bot.sandbox.slack.web.params import Params
from bot.sandbox.wire import Json

EMOJI_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def auth_test(core: Core, _params: Params) -> Json:
    """Whose token it is."""
    return {
        "url": "https://sandbox.slack.com/",
        "team": "Sandbox",
        "user": core.bot.name.lower(),
        "team_id": core.directory.team_id,
        "user_id": core.bot.id,
        "bot_id": core.bot.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(core: Core, _params: Params) -> Json:
    """`apps.connections.open`: a single-use address for one socket."""
    address = core.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={core.sockets.ticket()}&app_id={core.app.app_id}"}


def _object(core: Core, member: Member) -> Json:
    return {
        "id": member.id,
        "team_id": member.team_id,
        "name": member.name.lower().replace(" ", "."),
        "real_name": member.name,
        "deleted": member.deleted,
        "tz": core.directory.zone,
        "profile": {
            "real_name": member.name,
            "display_name": member.name,
            "bot_id": member.bot_id or None,
            "team": member.team_id,
        },
        "is_bot": member.is_bot,
        "is_app_user": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": member.kind in {Kind.GUEST, Kind.LONE_GUEST},
        "is_ultra_restricted": member.kind is Kind.LONE_GUEST,
        "is_stranger": member.kind is Kind.STRANGER,
        "updated": 0,
    }


def user_info(core: Core, params: Params) -> Json:
    """One person."""
    member = core.directory.members.get(params.need("user"))
    if member is None:
        raise Refused("user_not_found")
    return {"user": _object(core, member)}


def user_list(core: Core, params: Params) -> Json:
    """Everybody of this workspace."""
    own = [one for one in core.directory.members.values() if one.team_id == core.directory.team_id]
    page, cursor = paged(own, params)
    return {"members": [_object(core, one) for one in page], "response_metadata": {"next_cursor": cursor}}


# --- Reactions ----------------------------------------------------------------------------------------


def _target(core: Core, params: Params) -> tuple[str, str, str]:
    name = params.text("name").strip(":")
    if not name:
        raise Refused("no_reaction")
    if not EMOJI_NAME.fullmatch(name):
        raise Refused("invalid_name")
    channel = core.directory.writable(params.need("channel"))
    return channel.id, params.need("timestamp"), name


def add_reaction(core: Core, params: Params) -> Json:
    """The app reacts to a message."""
    core.react(*_target(core, params), core.bot.id)
    return {}


def remove_reaction(core: Core, params: Params) -> Json:
    """The app takes its reaction back."""
    core.unreact(*_target(core, params), core.bot.id)
    return {}


def get_reactions(core: Core, params: Params) -> Json:
    """A message with its reactions."""
    channel = core.directory.seen(params.need("channel"))
    message: Message | None = core.ledger.find(channel.id, params.need("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    return {"type": "message", "channel": channel.id, "message": message}
