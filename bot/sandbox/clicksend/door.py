"""ClickSend's addresses: `/v3/…`.

Source: https://developers.clicksend.com/docs/
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.sandbox.clicksend import shapes
from bot.sandbox.clicksend.account import Account
from bot.sandbox.clicksend.shapes import Rule, envelope, paged
from bot.sandbox.routes import Asked, Route, Routes
from bot.sandbox.texts import Text
from bot.sandbox.trouble import Answer, Fault, FaultKind, Trouble, fault_headers
from bot.sandbox.wire import Json, Unreadable, json_answer, read_json

KINDS = ("inbound", "receipts")
LARGEST_BATCH = 1000


class Refusal(Exception):
    """An error answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def refuse(fault: Fault) -> web.Response:
    """A fault's refusal in ClickSend's form. Pure."""
    word = fault.error.upper() if FaultKind(fault.kind) is FaultKind.ERROR else ""
    body = envelope(None, fault.status, "Refused.", word)
    return json_answer(body, fault.status, fault_headers(fault))


class ClickSendDoor:
    """Answers every request below the stand-in's address."""

    def __init__(self, account: Account, trouble: Trouble) -> None:
        self._account, self._trouble = account, trouble
        self._routes = Routes(
            [
                Route("send", "POST", "sms/send", self._send),
                Route("history", "GET", "sms/history", self._history),
                Route("account", "GET", "account", self._show_account),
                Route("rules", "GET", "automations/sms/{}", self._rules),
                Route("add_rule", "POST", "automations/sms/{}", self._add_rule),
                Route("rule", "GET", "automations/sms/{}/{}", self._one_rule),
                Route("change_rule", "PUT", "automations/sms/{}/{}", self._change_rule),
                Route("delete_rule", "DELETE", "automations/sms/{}/{}", self._delete_rule),
            ]
        )

    async def handle(self, request: web.BaseRequest, path: str) -> Answer:
        """`path` is what follows the stand-in's part of the address."""
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
            return json_answer(envelope(None, refusal.status, refusal.message), refusal.status)
        except Unreadable as error:
            return json_answer(envelope(None, 400, str(error)), 400)

    def _show_account(self, _asked: Asked) -> web.Response:
        return json_answer(envelope(shapes.account(self._account.username, self._account.api_key)))

    # --- Texts ----------------------------------------------------------------------------------------

    def _send(self, asked: Asked) -> web.Response:
        messages = asked.body.get("messages") if isinstance(asked.body, dict) else None
        if not isinstance(messages, list) or not messages or len(messages) > LARGEST_BATCH:
            raise Refusal(400, "The messages are not valid.")
        answered = [self._account.send(message) for message in messages if isinstance(message, dict)]
        return json_answer(envelope(shapes.sent(answered), message="Messages queued for delivery."))

    def _history(self, asked: Asked) -> web.Response:
        texts = [text for text in self._account.log.all if _matches(text, asked)]
        field, _, order = asked.query.get("order_by", "date:desc").partition(":")
        if field != "date" or order not in {"asc", "desc"}:
            raise Refusal(400, "The order_by is not valid.")
        rows = [shapes.history_row(text) for text in (texts if order == "asc" else reversed(texts))]
        return _page(rows, asked)

    # --- Automations ----------------------------------------------------------------------------------

    def _kind(self, asked: Asked) -> str:
        if asked.ids[0] not in KINDS:
            raise Refusal(404, "There are no such automations.")
        return asked.ids[0]

    def _rules(self, asked: Asked) -> web.Response:
        kind = self._kind(asked)
        return _page(
            [shapes.rule_json(rule) for rule in self._account.automations.values() if rule.kind == kind], asked
        )

    def _add_rule(self, asked: Asked) -> web.Response:
        kind = self._kind(asked)
        return json_answer(envelope(shapes.rule_json(self._account.add_rule(kind, _rule_body(asked, kind)))))

    def _rule(self, asked: Asked) -> Rule:
        kind, name = self._kind(asked), asked.ids[1]
        rule = self._account.automations.get(int(name)) if name.isdigit() else None
        if rule is None or rule.kind != kind:
            raise Refusal(404, "The rule does not exist.")
        return rule

    def _one_rule(self, asked: Asked) -> web.Response:
        return json_answer(envelope(shapes.rule_json(self._rule(asked))))

    def _change_rule(self, asked: Asked) -> web.Response:
        rule = self._rule(asked)
        rule.body |= _rule_body(asked, rule.kind)
        return json_answer(envelope(shapes.rule_json(rule)))

    def _delete_rule(self, asked: Asked) -> web.Response:
        del self._account.automations[self._rule(asked).id]
        return json_answer(envelope(None, message="The rule was deleted."))


def _rule_body(asked: Asked, kind: str) -> Json:
    """The rule that the body describes. Raises `Refusal` when a field is missing."""
    needed = {"rule_name", "action", "action_address"}
    needed |= {"dedicated_number", "message_search_type"} if kind == "inbound" else {"match_type"}
    if not isinstance(asked.body, dict) or not needed <= asked.body.keys():
        raise Refusal(400, f"These are needed: {', '.join(sorted(needed))}.")
    return asked.body


def _page(rows: Sequence[object], asked: Asked) -> web.Response:
    page = max(1, asked.number("page", 1))
    return json_answer(envelope(paged(rows, page, asked.number("limit", shapes.SMALLEST_PAGE))))


def _matches(text: Text, asked: Asked) -> bool:
    """Whether a text passes the history's filters; `q` knows to, from, status and message_id."""
    second = int(text.at.timestamp())
    if not asked.number("date_from", 0) <= second <= asked.number("date_to", second):
        return False
    field, _, value = asked.query.get("q", "").partition(":")
    return not field or str(shapes.history_row(text).get(field, "")).lower() == value.lower()
