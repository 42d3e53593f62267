"""Forms that are sent, and choices in them on which other fields depend.

A form must be answered within three seconds, in the acknowledgement itself: errors beside the fields, or what the
form becomes. Nothing of a provider is asked meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.bridge import Bridge
from bot.flows.forms import sending
from bot.flows.forms.redrawing import redraw
from bot.flows.forms.sending import Working
from bot.model import MemberId
from bot.views.fields import FIELD
from bot.views.forms import Errors, Told, working
from handlers.errors import shown_in_window
from handlers.underway import Underway
from handlers.windows import read_form

FORMS = re.compile(r"^form:")


def register(app: AsyncApp, bridge: Bridge, underway: Underway) -> None:
    """Bind the doors."""

    async def on_form(ack: AsyncAck, body: dict[str, Any]) -> None:
        made = await shown_in_window(_submit(bridge, body))
        if isinstance(made, Errors):
            await ack(response_action="errors", errors=dict(made.sentences))
        elif isinstance(made, Told):
            await ack(response_action="update", view=dict(made.view))
        else:
            await ack(response_action="update", view=dict(working(made.form.title, made.mark)))
            async with underway:
                await sending.show(made, await shown_in_window(sending.finish(made)))

    async def on_choice(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        member, view = MemberId(str(body["user"]["id"])), body["view"]
        async with underway:
            await redraw(bridge, member, read_form(view), str(view["hash"]))

    app.view(FORMS)(on_form)
    app.action({"type": "block_actions", "action_id": FIELD})(on_choice)


async def _submit(bridge: Bridge, body: Mapping[str, Any]) -> Errors | Told | Working:
    return await sending.submit(bridge, MemberId(str(body["user"]["id"])), read_form(body["view"]))
