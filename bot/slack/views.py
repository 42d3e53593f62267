"""Forms and App Home at Slack."""

from __future__ import annotations

from bot.model import MemberId
from bot.slack import answers
from bot.slack.answers import Json
from bot.slack.wire import Wire


class Views:
    """The calls of `views.*`."""

    _wire: Wire

    async def open_view(self, trigger_id: str, view: Json) -> str:
        """Open a form for who did what the trigger is of, within three seconds of that; the form's id.

        Source: https://docs.slack.dev/reference/methods/views.open
        """
        answer = await self._wire.ask(self._wire.web.views_open(trigger_id=trigger_id, view=dict(view)))
        return answers.text_at(answers.object_at(answer, "view"), "id")

    async def update_view(self, view: Json, *, view_id: str = "", mark: str = "", seen: str = "") -> None:
        """Show something else in a form that is open: the one of that id, or the one with that mark (Slack's
        `external_id`). Raises `SlackError` with Slack's word `not_found` when there is none, and `hash_conflict`
        when it is not the one of the hash `seen` any more.

        Source: https://docs.slack.dev/reference/methods/views.update
        """
        which = {"view_id": view_id} if view_id else {"external_id": mark}
        await self._wire.ask(self._wire.web.views_update(view=dict(view), hash=seen or None, **which))

    async def publish_home(self, member: MemberId, view: Json, known_hash: str) -> str:
        """Show something in a member's App Home; Slack's hash of it. With a hash of what stands there, its word
        is `hash_conflict` when something else does.

        Source: https://docs.slack.dev/reference/methods/views.publish
        """
        published = self._wire.web.views_publish(user_id=member, view=dict(view), hash=known_hash or None)
        answer = await self._wire.ask(published)
        return answers.text_at(answers.object_at(answer, "view"), "hash")
