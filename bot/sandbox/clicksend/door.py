"""ClickSend's addresses: `/v3/…`.

Source: https://developers.clicksend.com/docs/
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

from aiohttp import web

from bot.sandbox.clicksend import shapes
from bot.sandbox.clicksend.account import Account
from bot.sandbox.clicksend.answers import Refusal, bad, batch, good, page_of, refuse
from bot.sandbox.clicksend.orders import Orders
from bot.sandbox.clicksend.shapes import Rule, envelope
from bot.sandbox.routes import Asked, Route, Routes
from bot.sandbox.texts import Text
from bot.sandbox.trouble import Answer, Trouble
from bot.sandbox.wire import Json, Unreadable, json_answer, read_json

# Which rules there are: channel and what is posted → kind.
KINDS: Mapping[tuple[str, str], str] = {
    ("sms", "inbound"): "inbound",
    ("sms", "receipts"): "receipts",
    ("voice", "receipts"): "voice",
}


class ClickSendDoor:
    """Answers every request below the stand-in's address."""

    def __init__(self, account: Account, orders: Orders, trouble: Trouble) -> None:
        self._account, self._trouble = account, trouble
        self._routes = Routes(
            [
                Route("send", "POST", "sms/send", self._send),
                Route("history", "GET", "sms/history", self._history),
                Route("account", "GET", "account", self._show_account),
                Route("price", "POST", "sms/price", self._price),
                Route("rules", "GET", "automations/{}/{}", self._rules),
                Route("add_rule", "POST", "automations/{}/{}", self._add_rule),
                Route("rule", "GET", "automations/{}/{}/{}", self._one_rule),
                Route("change_rule", "PUT", "automations/{}/{}/{}", self._change_rule),
                Route("delete_rule", "DELETE", "automations/{}/{}/{}", self._delete_rule),
                *orders.routes(),
                *account.uploads.routes(),
                *account.lists.routes(),
            ]
        )

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
        if path.startswith("files/"):
            return self._account.uploads.serve(path.removeprefix("files/"))
        found = self._routes.find(request.method, path.removeprefix("v3/"))
        if found is None or not path.startswith("v3/"):
            return json_answer(envelope(None, 404, "Not found."), 404)
        route, ids = found
        return await self._trouble.around(
            request, f"clicksend.{route.name}", lambda: self._answer(request, route.act, ids), refuse
        )

    async def _answer(
        self, request: web.BaseRequest, act: Callable[[Asked], web.Response], ids: tuple[str, ...]
    ) -> web.Response:
        credentials = f"{self._account.username}:{self._account.api_key}".encode()
        if request.headers.get("Authorization") != f"Basic {base64.b64encode(credentials).decode()}":
            return json_answer(envelope(None, 401, "Authorization failed."), 401)
        try:
            return act(Asked(ids, request.query, await read_json(request)))
        except Refusal as refusal:
            return bad(refusal)
        except Unreadable as error:
            return bad(Refusal(400, str(error)))

    def _show_account(self, _asked: Asked) -> web.Response:
        return good(shapes.account(self._account.username, self._account.api_key))

    # --- Texts ----------------------------------------------------------------------------------------

    def _send(self, asked: Asked) -> web.Response:
        answered = [self._account.send(message) for message in batch(asked, "messages")]
        return good(shapes.sent(answered), "Messages queued for delivery.")

    def _price(self, asked: Asked) -> web.Response:
        return good(shapes.sent([self._account.quote(message) for message in batch(asked, "messages")]))

    def _history(self, asked: Asked) -> web.Response:
        texts = [text for text in self._account.log.all if not _is_picture(text) and _matches(text, asked)]
        field, _, order = asked.query.get("order_by", "date:desc").partition(":")
        if field != "date" or order not in {"asc", "desc"}:
            raise Refusal(400, "The order_by is not valid.")
        rows = [shapes.history_row(text) for text in (texts if order == "asc" else reversed(texts))]
        return page_of(rows, asked)

    # --- Automations ----------------------------------------------------------------------------------

    def _kind(self, asked: Asked) -> str:
        kind = KINDS.get((asked.ids[0], asked.ids[1]))
        if kind is None:
            raise Refusal(404, "There are no such automations.")
        return kind

    def _rules(self, asked: Asked) -> web.Response:
        kind = self._kind(asked)
        rules = [rule for rule in self._account.automations.values() if rule.kind == kind]
        return page_of([shapes.rule_json(rule) for rule in rules], asked)

    def _add_rule(self, asked: Asked) -> web.Response:
        kind = self._kind(asked)
        return good(shapes.rule_json(self._account.add_rule(kind, _rule_body(asked, kind))))

    def _rule(self, asked: Asked) -> Rule:
        kind, name = self._kind(asked), asked.ids[2]
        rule = self._account.automations.get(int(name)) if name.isdigit() else None
        if rule is None or rule.kind != kind:
            raise Refusal(404, "The rule does not exist.")
        return rule

    def _one_rule(self, asked: Asked) -> web.Response:
        return good(shapes.rule_json(self._rule(asked)))

    def _change_rule(self, asked: Asked) -> web.Response:
        rule = self._rule(asked)
        rule.body |= _rule_body(asked, rule.kind)
        return good(shapes.rule_json(rule))

    def _delete_rule(self, asked: Asked) -> web.Response:
        del self._account.automations[self._rule(asked).id]
        return good(None, "The rule was deleted.")


def _rule_body(asked: Asked, kind: str) -> Json:
    """The rule that the body describes. Raises `Refusal` when a field is missing."""
    needed = {"rule_name", "action", "action_address"}
    needed |= {"dedicated_number", "message_search_type"} if kind == "inbound" else {"match_type"}
    if not isinstance(asked.body, dict) or not needed <= asked.body.keys():
        raise Refusal(400, f"These are needed: {', '.join(sorted(needed))}.")
    return asked.body


def _is_picture(text: Text) -> bool:
    """Whether it has a history of its own."""
    return text.outbound and bool(text.media)


def _matches(text: Text, asked: Asked) -> bool:
    """Whether a text passes the history's filters; `q` knows to, from, status and message_id."""
    second = int(text.at.timestamp())
    if not asked.number("date_from", 0) <= second <= asked.number("date_to", second):
        return False
    field, _, value = asked.query.get("q", "").partition(":")
    return not field or str(shapes.history_row(text).get(field, "")).lower() == value.lower()
