"""A form after a choice on which other fields of it depend.

Slack sends the whole form with every such choice. What stands in its fields is kept: by Slack where a field keeps
its name, and in what is drawn. Of two choices at once one may find the form changed already: nothing is lost by
that, for a form that does not fit what is chosen comes back when it is sent.
Source: https://docs.slack.dev/surfaces/modals#updating_views (hash)
"""

from __future__ import annotations

from bot.bridge import Bridge
from bot.errors import BotError, SlackError
from bot.flows.forms.sending import restored
from bot.model import MemberId
from bot.views import forms
from bot.views.forms import Sent, View

_NOTHING_TO_SHOW = frozenset({"hash_conflict", "not_found"})


async def redraw(bridge: Bridge, member_id: MemberId, sent: Sent, seen: str) -> None:
    """Show the form for what is chosen, unless it is another one by now; `seen` is the hash of the one that was.
    Where it cannot be drawn for that, it stays as it is and says why. Raises `SlackError`."""
    view = await _drawn(bridge, member_id, sent)
    try:
        await bridge.slack.update_view(view, view_id=sent.view_id, seen=seen)
    except SlackError as error:
        if error.code not in _NOTHING_TO_SHOW:
            raise


async def _drawn(bridge: Bridge, member_id: MemberId, sent: Sent) -> View:
    try:
        wanted, turn = await restored(bridge, member_id, sent.opened, view_id=sent.view_id)
        drawn = sent.drawn if wanted.redraw is None else await wanted.redraw(turn, sent)
    except BotError as error:
        return forms.again(sent.opened, sent.drawn, {}, str(error)).view
    return forms.form(sent.opened, drawn)
