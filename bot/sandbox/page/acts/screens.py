"""What members do with the app's buttons, commands, shortcuts and modals, and what Slack shows when it fails.

The words are Slack's own:
Source: https://github.com/slackapi/node-slack-sdk/issues/2095 (a button: operation timed out)
Source: https://github.com/Netflix/dispatch/issues/833 (a command: operation_timeout)
Source: https://github.com/integrations/slack/issues/1446 (a command that reached nobody: dispatch_failed)
Source: https://github.com/slackapi/bolt-js/issues/1208 (a modal: trouble connecting)
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.page.acts.given import Act, Given, Mistake, actor
from bot.sandbox.page.scene import Scene
from bot.sandbox.slack.feed import Ack
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.slack.model import Channel, Member, Refused
from bot.sandbox.wire import Json

LATE = "Operation timed out. Apps need to respond within 3 seconds."
GONE = "The app is not connected, so Slack could not reach it."
TROUBLE = "We had some trouble connecting. Try again?"
SLACKBOT = "USLACKBOT"


def _outcome(ack: Ack | None, refusal: str = "") -> Json:
    if ack is None or ack.acked:
        return {}
    return {"refusal": refusal or (GONE if ack.reason == "connection_failed" else LATE)}


async def _click(scene: Scene, given: Given) -> Json:
    member, gesture, workspace = actor(scene, given), given.gesture(), scene.sandbox.workspace
    if given.text("view_id"):
        return _outcome(await workspace.click_in_view(given.need("view_id"), gesture, member))
    return _outcome(await workspace.click(given.need("channel"), given.need("ts"), gesture, member))


async def _attach(scene: Scene, given: Given) -> Json:
    """Files for a field of a modal."""
    member, files = actor(scene, given), scene.sandbox.workspace.core.files
    return {"files": [files.attach(member, MemberFile(*file)) for file in given.files()]}


async def _suggest(scene: Scene, given: Given) -> Json:
    """The options of a menu that the app fills, for what was typed so far."""
    member, gesture, workspace = actor(scene, given), given.gesture(), scene.sandbox.workspace
    if given.text("view_id"):
        holder = workspace.views.by_id[given.need("view_id")]
    else:
        holder = workspace.message(given.need("channel"), given.need("ts"))
    try:
        ack = await workspace.suggest(holder, gesture, given.text("words"), member)
    except Refused:
        return {"refusal": TROUBLE}
    return _outcome(ack) | {"answer": ack.payload or {}}


async def _slash(scene: Scene, given: Given) -> Json:
    """A command; one that nobody registered is answered as Slack does."""
    member, workspace = actor(scene, given), scene.sandbox.workspace
    channel = workspace.channel(given.need("channel"))
    command, _, rest = given.need("words").strip().partition(" ")
    known = {one["command"]: one for one in workspace.app.features.get("slash_commands", ())}
    if command not in known:
        _slackbot(scene, channel, member, f"`{command}` is not a valid command.")
        return {}
    said = workspace.escaped(rest) if known[command].get("should_escape") else rest
    ack = await workspace.slash(channel, member, command, said.strip())
    if not ack.acked:
        word = "dispatch_failed" if ack.reason == "connection_failed" else "operation_timeout"
        _slackbot(scene, channel, member, f'`{command}` failed with the error "{word}"')
    return {}


def _slackbot(scene: Scene, channel: Channel, member: Member, words: str) -> None:
    core = scene.sandbox.workspace.core
    message: Json = {"type": "message", "user": SLACKBOT, "text": words, "ts": core.stamps.next()}
    core.whisper(channel, member.id, message)


async def _shortcut(scene: Scene, given: Given) -> Json:
    """A global shortcut, or one on a message."""
    member, callback_id, workspace = actor(scene, given), given.need("callback_id"), scene.sandbox.workspace
    if given.text("ts"):
        place = given.need("channel"), given.need("ts")
        return _outcome(await workspace.message_shortcut(*place, callback_id, member))
    return _outcome(await workspace.shortcut(member, callback_id))


async def _submit(scene: Scene, given: Given) -> Json:
    """A modal; the app may answer with a mistake for each block."""
    member, view_id = actor(scene, given), _open_view(scene, given)
    try:
        ack = await scene.sandbox.workspace.submit(view_id, member, given.object("values"))
    except ValueError as error:
        raise Mistake(str(error)) from error
    except Refused:
        return {"refusal": TROUBLE}
    answer = ack.payload or {}
    errors = answer.get("errors") if answer.get("response_action") == "errors" else None
    return _outcome(ack, TROUBLE) | ({"errors": errors} if isinstance(errors, dict) else {})


async def _close_view(scene: Scene, given: Given) -> Json:
    member, view_id = actor(scene, given), _open_view(scene, given)
    await scene.sandbox.workspace.close_view(view_id, member, everything=given.flag("everything"))
    scene.sandbox.bell.ring()
    return {}


def _open_view(scene: Scene, given: Given) -> str:
    view_id = given.need("view_id")
    if view_id not in scene.sandbox.workspace.views.by_id:
        raise Mistake("This window is closed already.")
    return view_id


async def _open_home(scene: Scene, given: Given) -> Json:
    """The app's home, or its direct messages; returns their channel."""
    member, workspace = actor(scene, given), scene.sandbox.workspace
    channel = workspace.direct_messages(member)
    await workspace.open_home(member, given.text("tab") or "home")
    scene.sandbox.bell.ring()
    return {"channel": channel.id}


SCREEN_ACTS: Mapping[str, Act] = {
    "attach": _attach,
    "click": _click,
    "close_view": _close_view,
    "open_home": _open_home,
    "shortcut": _shortcut,
    "slash": _slash,
    "submit": _submit,
    "suggest": _suggest,
}
