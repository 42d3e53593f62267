"""What the live check leaves in a channel, and taking all of it away again."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.doctor.findings import Finding, fine, wrong
from bot.errors import SlackError
from bot.model import ChannelId, Ts
from bot.slack import Slack

_GONE = frozenset({"message_not_found", "file_not_found", "file_deleted"})


@dataclass(slots=True)
class Traces:
    """Messages and files in one channel, in the order they were made."""

    slack: Slack
    channel: ChannelId
    posts: list[Ts] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    async def remove(self) -> list[Finding]:
        """Delete everything, the latest first, and go on when one thing cannot be deleted."""
        left = [await self._remove_file(file) for file in self.files]
        left += [await self._remove_post(ts) for ts in reversed(self.posts)]
        failed = [finding for finding in left if finding is not None]
        return failed or [fine("Cleared up: everything that this made is deleted.")]

    async def _remove_file(self, file: str) -> Finding | None:
        try:
            await self.slack.delete_file(file)
        except SlackError as error:
            return None if error.code in _GONE else wrong(f"Cleared up: not the file {file} ({error.code}).")
        return None

    async def _remove_post(self, ts: Ts) -> Finding | None:
        try:
            await self.slack.delete(self.channel, ts)
        except SlackError as error:
            if error.code in _GONE:
                return None
            return wrong(f"Cleared up: not the message {ts} in {self.channel} ({error.code}). Delete it by hand.")
        return None
