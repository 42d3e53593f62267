"""A form that was sent: errors beside its fields, or what it becomes.

Slack waits three seconds for an answer. A form that needs no provider is done in the answer itself. One that does
is answered with "Working on it …", and the window is changed once more when it is done; where the window was
closed meanwhile, who sent it is told where they opened it. The same form sent twice does it once.
Source: https://docs.slack.dev/surfaces/modals#handling_submissions
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from uuid import uuid4

from bot.bridge import Bridge
from bot.errors import BotError, FieldRefused, ProviderError, SlackError, UsageError
from bot.flows import asides
from bot.flows.commands.begin import full_member, shown
from bot.flows.commands.turn import Given, Turn, Unclear
from bot.flows.forms.form import Again, Form, Wrong
from bot.flows.forms.opening import keep, turn_for
from bot.flows.forms.registry import FORMS
from bot.model import MemberId
from bot.views import forms
from bot.views.forms import Errors, Opened, Sent, Told

log = logging.getLogger(__name__)

_TOO_OLD = "This window is too old. Open it again."
_SENT = "This was sent already: nothing is done a second time."


@dataclass(frozen=True, slots=True)
class Working:
    """A form that is still to be done. Its window says so, and is found by `mark`."""

    turn: Turn
    form: Form
    sent: Sent
    mark: str


async def submit(bridge: Bridge, member_id: MemberId, sent: Sent) -> Errors | Told | Working:
    """Do what a form says, or what can be done of it without a provider. Where that cannot be done, or not now, it
    comes back: nothing that was typed is lost. Raises `UsageError` for a form that was sent before."""
    try:
        wanted, turn = await restored(bridge, member_id, sent.opened, view_id=sent.view_id)
        made = await _begun(turn, wanted, sent)
    except BotError as error:
        log.warning("a form was refused: %s", type(error).__name__)
        return forms.again(sent.opened, sent.drawn, {}, str(error))
    if made is not None:
        return made
    if not (await bridge.store.questions.settle(sent.opened.uid, member_id)).done:
        raise UsageError(_SENT)
    return Working(turn, wanted, sent, uuid4().hex)


async def _begun(turn: Turn, wanted: Form, sent: Sent) -> Errors | Told | None:
    """What it becomes at once; None for one that a provider is to be asked for."""
    try:
        if not wanted.waits:
            return await _done(turn, wanted, sent)
        if wanted.check is not None:
            await wanted.check(turn, sent)
    except Wrong as wrong:
        return Errors({wrong.name: str(wrong)})
    except Unclear as unclear:
        return forms.told(wanted.title, await shown(turn.bridge, unclear.question, turn.given))
    return None


async def restored(bridge: Bridge, member_id: MemberId, opened: Opened, *, view_id: str) -> tuple[Form, Turn]:
    """The form that somebody has open, and what it is about. Raises `UsageError` for one that is not theirs or too
    old, `NotAllowed` for whoever may not any more."""
    who = await full_member(bridge, member_id)
    question = await bridge.store.questions.find(opened.uid)
    wanted = FORMS.get(opened.form)
    if wanted is None or question is None or question.member != member_id:
        raise UsageError(_TOO_OLD)
    given = Given(question.asks[0], who, question.channel, f"form:{opened.uid}", trigger_id="", view_id=view_id)
    return wanted, await turn_for(bridge, given, wanted)


async def finish(working: Working) -> Told:
    """Do it; what its window becomes. What surely did not happen comes back to be corrected."""
    turn, wanted, sent = working.turn, working.form, working.sent
    try:
        return await _done(turn, wanted, sent)
    except Unclear as unclear:
        return forms.told(wanted.title, await shown(turn.bridge, unclear.question, turn.given))
    except Again as changed:
        mistakes, above = ({changed.field: str(changed)}, "") if changed.field else ({}, str(changed))
        return forms.again(await keep(turn, wanted, changed.about), changed.drawn, mistakes, above)
    except Wrong as wrong:
        mistakes, above = {wrong.name: str(wrong)}, ""
    except FieldRefused as refused:
        name = wanted.theirs.get(refused.field, refused.field)
        mistakes, above = {name: str(refused)}, ""
    except ProviderError as error:
        if not error.certain:
            raise
        mistakes, above = {}, str(error)
    except UsageError as error:
        mistakes, above = {}, str(error)
    return forms.again(await keep(turn, wanted), sent.drawn, mistakes, above)


async def show(working: Working, ended: Told) -> None:
    """Show what became of a form: in its window, else where it was opened. Raises `SlackError`."""
    bridge = working.turn.bridge
    for pause_s in (0.0, *bridge.tuning.window_looks_s):
        # Until Slack has taken our answer the window has no mark, and that answer would cover what is shown now.
        await asyncio.sleep(pause_s)
        if await _changed(bridge, ended, mark=working.mark):
            return
    if not await _changed(bridge, ended, view_id=working.sent.view_id):
        given = working.turn.given
        await asides.tell(bridge, given.member.id, given.channel, ended.post)


async def _done(turn: Turn, wanted: Form, sent: Sent) -> Told:
    made = await wanted.send(turn, sent)
    return forms.told(wanted.title, await shown(turn.bridge, made, turn.given))


async def _changed(bridge: Bridge, ended: Told, *, mark: str = "", view_id: str = "") -> bool:
    """Whether there was such a window. Source: https://docs.slack.dev/reference/methods/views.update#errors"""
    try:
        await bridge.slack.update_view(ended.view, view_id=view_id, mark=mark)
    except SlackError as error:
        if error.code != "not_found":
            raise
        return False
    return True
