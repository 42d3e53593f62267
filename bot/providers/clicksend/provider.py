"""ClickSend: texts to and from most countries. One dedicated number is one line.

Links
- https://developers.clicksend.com/docs/ (the API)
- https://developers.clicksend.com/docs/messaging/sms and https://developers.clicksend.com/docs/automations/sms/
- https://github.com/ClickSend/integration-n8n (inbound webhooks, as their own integration registers them)

Settings: CLICKSEND_USERNAME and CLICKSEND_API_KEY (of the account or a subaccount; never its password),
CLICKSEND_API_URL.

Quirks
- HTTP 200 says that the request was read; each recipient's `status` says what became of the text.
- There is no idempotency key. Our token goes out as `custom_string` and comes back in history and receipts; an
  empty history right after a time-out proves nothing.
- THROTTLED means that the same words went to the same number a moment ago: often the very text in doubt.
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

from bot.capabilities import ListsTexts, Provider, ReadsWebhooks, RegistersHooks, SendsTexts
from bot.errors import NotFound, Throttled
from bot.http import Api, Http, Response, Turns, Unreadable, no_answer
from bot.model import (
    AccountFacts,
    Hook,
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
from bot.providers.clicksend import rules, texts, webhooks
from bot.providers.clicksend.rules import Rule, RuleKind
from bot.providers.clicksend.wire import NAME, TITLE, AccountWire, HistoryWire, PageWire

MOST_PAGES = 50  # of a catch-up: five thousand texts of the account
MOST_LOOKUP_PAGES = 3  # of one recipient, newest first, when a text is looked for
MOST_RULE_PAGES = 10
OVERLAP_S = 60  # nobody says whether `date_from` counts its own second, or by whose clock

log = logging.getLogger(__name__)


class ClickSend(Provider, SendsTexts, ListsTexts, ReadsWebhooks, RegistersHooks):
    """ClickSend's texting half."""

    name: ClassVar[ProviderName] = NAME
    title: ClassVar[str] = TITLE
    # Eight parts of 153 septets or 67 units.
    # Source: https://help.clicksend.com/article/h474eseq3a-how-many-characters-can-i-send-in-an-sms
    text_limit: ClassVar[TextLimit] = TextLimit(gsm=1224, ucs2=536)
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
        self._http = Http(Api(NAME, TITLE, api_url, headers), clock=clock, turns=turns)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()

    async def check(self) -> AccountFacts:
        """Read the balance. The answer holds the API key, so nothing of it but the balance is kept."""
        response = await self._http.read("/account")
        try:
            account = AccountWire.read_fields(await self._read_data(response))
        except Unreadable as error:
            raise no_answer(response.call, "unreadable") from error
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
        """Events: `inbound` and `receipts`, the last part of the path that `connect_hooks` registers."""
        return WebhookReading((webhooks.parse(request),), Signature.UNSUPPORTED)

    async def list_hooks(self, line: Line) -> Sequence[Hook]:
        """The rules that catch the line's inbound texts, and those for receipts, which are the account's."""
        return [rule.hook() for rule in await self._all_rules() if rules.concerns(rule, line)]

    async def connect_hooks(self, line: Line, base_url: str) -> Sequence[Hook]:
        """One rule for the line's inbound texts at `<base_url>/inbound`, and one for receipts, shared by lines."""
        return [await self._connect_rule(line, kind, base_url) for kind in RuleKind]

    async def remove_hooks(self, line: Line, base_url: str) -> int:
        """Remove the line's rule; the receipts' rule goes with the last line."""
        leaving = rules.to_remove(await self._all_rules(), line, base_url)
        return sum([await self._remove_rule(rule) for rule in leaving])

    # --- One step each --------------------------------------------------------------------------------

    async def _connect_rule(self, line: Line, kind: RuleKind, base_url: str) -> Hook:
        url = rules.rule_url(base_url, kind)
        rule = rules.find_rule(await self._rules(kind), line, kind, url)
        if rule is not None and rules.serves(rule, line, url):
            return rule.hook()
        body = rules.rule_body(line, kind, url)
        if rule is not None:
            await self._read_data(await self._http.act("PUT", rule.path(), body))
            return Hook(rule.hook().id, kind, url, connected=True)
        response = await self._http.act("POST", rules.rules_path(kind), body)
        made = rules.read_rules(PageWire(data=(await self._read_data(response),)), kind)
        if not made:
            raise no_answer(response.call, "unreadable")
        return Hook(made[0].hook().id, kind, url, connected=True)

    async def _remove_rule(self, rule: Rule) -> bool:
        try:
            await self._read_data(await self._http.act("DELETE", rule.path()))
        except NotFound:
            return False
        return True

    # --- Lists ----------------------------------------------------------------------------------------

    async def _all_rules(self) -> list[Rule]:
        return [rule for kind in RuleKind for rule in await self._rules(kind)]

    async def _rules(self, kind: RuleKind) -> list[Rule]:
        pages = await self._pages(rules.rules_path(kind), {}, MOST_RULE_PAGES)
        return [rule for page in pages for rule in rules.read_rules(page, kind)]

    async def _history(self, query: Mapping[str, str], start: datetime, most: int) -> list[HistoryWire]:
        asked: dict[str, str | int] = {**query, "date_from": int(start.timestamp()) - OVERLAP_S}
        found, odd = texts.read_rows(await self._pages("/sms/history", asked, most))
        if odd:
            log.warning("clicksend: %d rows of the history cannot be read and are left out", odd)
        return found

    async def _pages(self, path: str, query: Mapping[str, str | int], most: int) -> list[PageWire]:
        pages: list[PageWire] = []
        for number in range(1, most + 1):
            asked = {**query, "page": number, "limit": texts.PAGE_SIZE}
            response = await self._http.read(path, asked)
            pages.append(texts.read_page(response, await self._read_data(response)))
            if texts.is_last(pages[-1]):
                break
        return pages

    async def _read_data(self, response: Response) -> object:
        try:
            return texts.read_data(response)
        except Throttled as error:
            if response.status != 429:  # it stands inside an HTTP 200
                await self._http.block(error.retry_after_s)
            raise


def _balance(account: AccountWire) -> str:
    """A few words for an admin, made of nothing but an amount and a currency."""
    amount = re.match(r"-?[0-9]{1,9}(\.[0-9]{2})?", account.balance or "")
    currency = account.currency.currency_name_short if account.currency else None
    if amount is None or not re.fullmatch(r"[A-Z]{3}", currency or ""):
        return "the key is accepted"
    return f"balance {amount[0]} {currency}"
