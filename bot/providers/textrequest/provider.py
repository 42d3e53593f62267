"""Text Request: business texting in North America. An account has dashboards; one dashboard is one line.

Links
- https://www.textrequest.com/api/v3 (the API, for customers)
- https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors/Text%20Request (its shape)
- https://github.com/dfilter/text-request-ts-contracts (more of its shape, with the documents' words)
- https://github.com/textrequest/webhook-validation-example (signatures)

Settings: TEXTREQUEST_API_KEY (one key for the account: Integrations, "API Keys & Webhooks"), TEXTREQUEST_API_URL.

Quirks
- A send has no idempotency key: an unknown outcome is looked up by the words, which proves only presence.
- A send answered with 200 and the status "error" was refused.
- A page size above 1000 is lowered in silence and an unknown filter is ignored, so every list is filtered again.
- A hook is disconnected after ten failed answers in a row and stays silent until it is reconnected.
- `msg_sent` also tells of our own sends.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from pydantic import SecretStr

from bot.capabilities import ListsTexts, Provider, ReadsWebhooks, RegistersHooks, SendsTexts
from bot.errors import Conflict, NotFound
from bot.http import Api, Http, Turns, raise_for_page
from bot.model import (
    AccountFacts,
    Hook,
    Line,
    Number,
    OutgoingText,
    ProviderName,
    SentText,
    TextLimit,
    TextReceived,
    TextSent,
    WebhookReading,
    WebhookRequest,
)
from bot.providers.textrequest import asking, hooks, texts, webhooks
from bot.providers.textrequest.contacts import Contacts
from bot.providers.textrequest.conversations import Conversations
from bot.providers.textrequest.dashboards import Dashboards
from bot.providers.textrequest.groups import Groups
from bot.providers.textrequest.labels import Labels
from bot.providers.textrequest.locations import Locations
from bot.providers.textrequest.media import Media
from bot.providers.textrequest.payments import Payments
from bot.providers.textrequest.wire import NAME, TITLE, ContactWire, HookWire, PageWire

MOST_PAGES = 50  # of a catch-up: ten thousand texts
MOST_LOOKUP_PAGES = 4  # of one conversation, when a text is looked for
MOST_HOOK_PAGES = 10

log = logging.getLogger(__name__)


class TextRequest(
    Provider,
    SendsTexts,
    ListsTexts,
    ReadsWebhooks,
    RegistersHooks,
    Contacts,
    Conversations,
    Dashboards,
    Groups,
    Labels,
    Locations,
    Media,
    Payments,
):
    """Text Request: its texts here, every other subject in its own file."""

    name: ClassVar[ProviderName] = NAME
    title: ClassVar[str] = TITLE
    turned_on_by: ClassVar[str] = "TEXTREQUEST_API_KEY"
    text_limit: ClassVar[TextLimit] = texts.TEXT_LIMIT
    tells_opt_outs: ClassVar[bool] = True
    hook_events: ClassVar[Sequence[str]] = hooks.EVENTS

    def __init__(
        self, *, api_key: SecretStr, api_url: str, clock: Callable[[], datetime], turns: Turns | None = None
    ) -> None:
        """`clock` gives aware UTC; without `turns` nothing waits. Raises `SettingsError` for a key that cannot be
        one."""
        self._api_key = api_key
        self._clock = clock
        api = Api(NAME, TITLE, api_url, {"x-api-key": api_key.get_secret_value()}, judge=asking.judge)
        self._http = Http(api, clock=clock, turns=turns)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()

    async def check(self) -> AccountFacts:
        """Count the dashboards: the cheapest call that needs the key."""
        response = await self._http.read("/dashboards", {"page": 0, "page_size": asking.PAGE_SIZE})
        page = asking.read_page(response)
        count = (page.meta.total_items if page.meta else None) or len(page.items or ())
        return AccountFacts(f"{count} dashboard{'' if count == 1 else 's'}", response.clock_skew_s)

    async def send_text(self, text: OutgoingText) -> SentText:
        """Send one text. `text_id` is empty when they took it and gave no id."""
        path = f"{asking.contact_path(text.line, text.to)}/messages"
        return texts.read_sent(await self._http.send(path, texts.send_body(text)))

    async def find_texts(self, text: OutgoingText, since: datetime) -> Sequence[TextSent]:
        """Texts of the conversation with the same words, to the second: some of their times have no fraction."""
        start = since.replace(microsecond=0)
        pages = await self._pages(
            f"{asking.contact_path(text.line, text.to)}/messages", {}, start, MOST_LOOKUP_PAGES
        )
        return texts.same_text(text, self._texts(pages, text.line, text.to), start)

    async def list_texts(self, line: Line, since: datetime) -> AsyncIterator[TextReceived | TextSent]:
        """The line's texts, oldest first, at most ten thousand: ask again from the last one on."""
        start = since.astimezone(UTC).replace(microsecond=0)
        asked = {"start_date": start.strftime("%Y-%m-%dT%H:%M:%SZ")}
        pages = await self._pages(f"{asking.line_path(line)}/messages", asked, start, MOST_PAGES)
        for text in sorted(self._texts(pages, line, None), key=lambda each: each.sent_at):
            if text.sent_at >= start:
                yield text

    async def read_opt_out(self, line: Line, contact: Number) -> bool | None:
        """Whether `opted_out_utc` is set; None for a contact the dashboard does not know."""
        if asking.eleven_digits(contact) is None:
            return None
        response = await self._http.read(asking.contact_path(line, contact))
        return response.parse(ContactWire).opted_out if response.body else None

    def read_webhook(self, request: WebhookRequest) -> WebhookReading:
        """Events: msg_received, msg_sent, msg_status_updated, contact_updated, payment_status_updated, and one
        text's own: `status` and `location`."""
        signature = webhooks.verify(self._api_key.get_secret_value(), request)
        return WebhookReading(webhooks.parse(request), signature)

    async def list_hooks(self, line: Line) -> Sequence[Hook]:
        """The dashboard's hooks."""
        found: list[Hook] = []
        for number in range(MOST_HOOK_PAGES):
            page = await self._page(f"{asking.line_path(line)}/hooks", {}, number)
            found += hooks.read_hooks(page)
            if not page.items or number >= asking.last_page(page):
                break
        return found

    async def connect_hooks(self, line: Line, base_url: str) -> Sequence[Hook]:
        """One hook for each event, at `<base_url>?e=<event>`."""
        existing = await self.list_hooks(line)
        return [await self._connect_hook(line, existing, base_url, event) for event in hooks.EVENTS]

    async def remove_hooks(self, line: Line, base_url: str) -> int:
        """Remove ours from the dashboard; one that is gone meanwhile is not counted."""
        ours = [hook for hook in await self.list_hooks(line) if hooks.is_ours(hook, base_url)]
        return sum([await self._remove_hook(line, hook) for hook in ours])

    # --- One step each --------------------------------------------------------------------------------

    async def _connect_hook(self, line: Line, existing: Sequence[Hook], base_url: str, event: str) -> Hook:
        url = hooks.hook_url(base_url, event, line.account)
        hook = hooks.find_hook(existing, url, event)
        if hook is None:
            return await self._make_hook(line, url, event)
        if hook.connected:
            return hook
        raise_for_page(await self._http.act("PUT", hooks.hook_path(asking.line_path(line), hook)))
        return Hook(hook.id, event, url, connected=True)

    async def _make_hook(self, line: Line, url: str, event: str) -> Hook:
        path, body = f"{asking.line_path(line)}/hooks", hooks.hook_body(url, event)
        try:
            response = await self._http.act("POST", path, body)
        except Conflict:
            # Somebody else made it between our list and this call.
            hook = hooks.find_hook(await self.list_hooks(line), url, event)
            if hook is None:
                raise
            return hook
        return hooks.read_hook(response.parse(HookWire))

    async def _remove_hook(self, line: Line, hook: Hook) -> bool:
        try:
            raise_for_page(await self._http.act("DELETE", hooks.hook_path(asking.line_path(line), hook)))
        except NotFound:
            return False
        return True

    # --- Lists ----------------------------------------------------------------------------------------

    async def _page(self, path: str, query: Mapping[str, str], number: int) -> PageWire:
        asked: dict[str, str | int] = {**query, "page": number, "page_size": asking.PAGE_SIZE}
        return asking.read_page(await self._http.read(path, asked))

    async def _pages(self, path: str, query: Mapping[str, str], start: datetime, most: int) -> list[PageWire]:
        """The pages that hold what is newer than `start`, in no order, at most `most`.

        When the first one reaches further back, the whole history is listed, in an order nobody promises: the new
        rows are then on the first page or on the last ones.
        """
        pages = [await self._page(path, query, 0)]
        last = asking.last_page(pages[0])
        backwards = texts.reaches_before(pages[0], start, self._clock())
        for number in (range(last, 0, -1) if backwards else range(1, last + 1))[: most - 1]:
            page = await self._page(path, query, number)
            pages.append(page)
            if not page.items or (backwards and texts.reaches_before(page, start, self._clock())):
                break
        return pages

    def _texts(
        self, pages: Sequence[PageWire], line: Line, contact: Number | None
    ) -> list[TextReceived | TextSent]:
        found, odd = texts.read_texts(pages, line, contact, self._clock())
        if odd:
            log.warning("textrequest: %d rows of a list tell of no text and are left out", odd)
        return found
