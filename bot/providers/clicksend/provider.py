"""ClickSend: texts to and from most countries, and what else reaches people. One dedicated number is one line.

Links
- https://developers.clicksend.com/docs/ (the API)
- https://developers.clicksend.com/docs/messaging/sms and https://developers.clicksend.com/docs/automations/sms/
- https://github.com/ClickSend/integration-n8n (inbound webhooks, as their own integration registers them)
- https://github.com/ClickSend/clicksend-python-v2 (more of its shape)
- https://learn.microsoft.com/connectors/clicksendsms/ (the limits of files and words)

Settings: CLICKSEND_USERNAME and CLICKSEND_API_KEY (of the account or a subaccount; never its password),
CLICKSEND_API_URL.

Quirks
- HTTP 200 says that the request was read; each recipient's `status` says what became of it.
- There is no idempotency key. Our token goes out as `custom_string` and comes back in history and receipts, for
  all but post; an empty history right after a time-out proves nothing.
- THROTTLED means that the same words went to the same number a moment ago: often the very text in doubt.
- What is too long is cut in silence, so it is refused here. An uploaded file lives for ten minutes.
- Voice, fax and post are not sold to new customers any more.
- Prices go below a cent; some answers name no currency.
- `GET /account` answers with the API key in it.
- Webhooks are unsigned, come as JSON or as forms, and come again.
- Nothing tells whether a contact opted out, before a send is refused.
"""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from pydantic import SecretStr

from bot.capabilities import ListsTexts, Provider, ReadsWebhooks, SendsTexts
from bot.http import Api, Http, Turns
from bot.model import (
    AccountFacts,
    Line,
    Number,
    OutgoingText,
    ProviderName,
    SentText,
    Signature,
    TextLimit,
    TextReceived,
    TextSent,
    WebhookReading,
    WebhookRequest,
)
from bot.providers.clicksend import asking, texts, webhooks
from bot.providers.clicksend.contact_lists import ContactLists
from bot.providers.clicksend.faxes import Faxes
from bot.providers.clicksend.history import History
from bot.providers.clicksend.media import Media
from bot.providers.clicksend.post import Post
from bot.providers.clicksend.prices import Prices
from bot.providers.clicksend.recipients import read_currency
from bot.providers.clicksend.rules import Hooks
from bot.providers.clicksend.voice import VoiceCalls
from bot.providers.clicksend.wire import NAME, OVERLAP_S, TITLE, AccountWire, HistoryWire

MOST_PAGES = 50  # of a catch-up: five thousand texts of the account
MOST_LOOKUP_PAGES = 3  # of one recipient, newest first, when a text is looked for

log = logging.getLogger(__name__)


class ClickSend(
    Provider,
    SendsTexts,
    ListsTexts,
    ReadsWebhooks,
    Hooks,
    ContactLists,
    Faxes,
    History,
    Media,
    Post,
    Prices,
    VoiceCalls,
):
    """ClickSend: its texts here, every other subject in its own file."""

    name: ClassVar[ProviderName] = NAME
    title: ClassVar[str] = TITLE
    turned_on_by: ClassVar[str] = "CLICKSEND_USERNAME and CLICKSEND_API_KEY"
    text_limit: ClassVar[TextLimit] = texts.LIMIT
    tells_opt_outs: ClassVar[bool] = False

    def __init__(
        self,
        *,
        username: str,
        api_key: SecretStr,
        api_url: str,
        clock: Callable[[], datetime],
        turns: Turns | None = None,
    ) -> None:
        """`clock` gives aware UTC; without `turns` nothing waits."""
        self._clock = clock
        credentials = f"{username}:{api_key.get_secret_value()}".encode()
        headers = {"authorization": f"Basic {base64.b64encode(credentials).decode()}"}
        api = Api(NAME, TITLE, api_url, headers, judge=asking.judge)
        self._http = Http(api, clock=clock, turns=turns)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()

    async def check(self) -> AccountFacts:
        """Read the balance. The answer holds the API key, so nothing of it but the balance is kept."""
        response = await self._http.read("/account")
        account = asking.read_as(AccountWire, response)
        return AccountFacts(_balance(account), response.clock_skew_s)

    async def send_text(self, text: OutgoingText) -> SentText:
        """Send one text, from the line's number, with our token as its `custom_string`."""
        response = await self._http.send("/sms/send", texts.send_body(text))
        return texts.read_sent(response, text.token)

    async def find_texts(self, text: OutgoingText, since: datetime) -> Sequence[TextSent]:
        """Texts to the contact with our token; else with the same words and no token. Their times are seconds."""
        start = since.replace(microsecond=0)
        asked = {"q": f"to:{text.to}", "order_by": "date:desc"}
        rows = await self._history(asked, start, MOST_LOOKUP_PAGES)
        return texts.same_text(text, rows, start, self._clock())

    async def list_texts(self, line: Line, since: datetime) -> AsyncIterator[TextReceived | TextSent]:
        """The line's texts, oldest first, among five thousand of the account: ask again from the last one on."""
        start = since.replace(microsecond=0)
        rows = await self._history({"order_by": "date:asc"}, start, MOST_PAGES)
        found = texts.texts_of(rows, line, self._clock())
        for text in sorted(found, key=lambda each: each.sent_at):
            if text.sent_at >= start:
                yield text

    async def read_opt_out(self, line: Line, contact: Number) -> bool | None:  # noqa: ARG002  # they do not say
        """None: opt-outs are kept in contact lists, which tell nothing of a single number."""
        return None

    def read_webhook(self, request: WebhookRequest) -> WebhookReading:
        """Events: `inbound`, `receipts` and `voice`, the last part of the path that a rule has."""
        return WebhookReading((webhooks.parse(request),), Signature.UNSUPPORTED)

    # --- Lists ----------------------------------------------------------------------------------------

    async def _history(self, query: Mapping[str, str], start: datetime, most: int) -> list[HistoryWire]:
        asked: dict[str, str | int] = {**query, "date_from": int(start.timestamp()) - OVERLAP_S}
        pages = await asking.some_pages(self._http, "/sms/history", asked, most)
        found, odd = texts.read_rows(pages)
        if odd:
            log.warning("clicksend: %d rows of the history cannot be read and are left out", odd)
        return found


def _balance(account: AccountWire) -> str:
    """A few words for an admin, made of nothing but an amount and a currency."""
    amount = re.match(r"-?[0-9]{1,9}(\.[0-9]{2})?", account.balance or "")
    currency = read_currency(account.currency)
    if amount is None or not currency:
        return "the key is accepted"
    return f"balance {amount[0]} {currency}"
