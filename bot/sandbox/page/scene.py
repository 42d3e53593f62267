"""What one page is about: the stage, the bot behind it, and the levers."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import aiohttp

from bot.sandbox.gate import Gate
from bot.sandbox.page.guard import NAMES
from bot.sandbox.page.levers import Levers
from bot.sandbox.page.switch import BotSwitch, LivingBot
from bot.sandbox.story.stage import Stage
from bot.sandbox.texts import Picture, international

UNKNOWN = "application/octet-stream"


class Scene:
    """Everything the page's routes need."""

    def __init__(self, stage: Stage, bot: LivingBot, gate: Gate | None = None) -> None:
        self.stage, self.sandbox = stage, stage.sandbox
        self.bot = BotSwitch(bot, self.sandbox.bell)
        self.levers = Levers(self.sandbox, gate)
        self.sandbox.trouble.traffic.on = True

    def contacts(self) -> dict[str, str]:
        """Every contact's name by number, in the order in which they came; the number where there is no name."""
        provider = self.sandbox.textrequest
        known = dict(self.stage.names)
        for _, number in provider.contacts:
            known.setdefault(number, provider.contacts[self.stage.dashboard.id, number].name or number)
        return known

    def media_type(self, url: str) -> str:
        """What the picture behind `url` says it is."""
        kept = self._kept(url)
        return kept.mimetype if kept else UNKNOWN

    async def picture(self, text_id: str, place: int) -> Picture | None:
        """A picture of a text: a contact's own, or one that the bot serves on this machine. None when gone."""
        text = self.sandbox.textrequest.log.by_id.get(text_id)
        if text is None or not 0 <= place < len(text.media):
            return None
        url = text.media[place]
        return self._kept(url) or (await self._fetched(url) if urlsplit(url).hostname in NAMES else None)

    def _kept(self, url: str) -> Picture | None:
        provider = self.sandbox.textrequest
        return provider.media.get(unquote(url.removeprefix(f"{provider.base_url}/media/")))

    async def _fetched(self, url: str) -> Picture | None:
        timeout = aiohttp.ClientTimeout(total=5)
        try:
            async with self.sandbox.pusher.session().get(url, timeout=timeout, allow_redirects=False) as answer:
                return Picture("picture", await answer.read(), answer.content_type) if answer.ok else None
        except (aiohttp.ClientError, TimeoutError):
            return None

    def add_contact(self, name: str, number: str) -> str:
        """A phone that has not texted yet; returns its number. Raises `ValueError`."""
        found = international(number)
        if not found.startswith("+1") or len(found) != 12:
            raise ValueError("That is no number this provider can text. Try one like (415) 555-0199.")
        self.stage.meet(name.strip() or found, found)
        self.sandbox.bell.ring()
        return found
