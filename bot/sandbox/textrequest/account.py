"""One Text Request account: what contacts, staff and the bot do with it, and the hooks that tell of it.

Every accepted send is in `log.all`, in order and with its time. Statuses follow by themselves a moment after the
answer (`Rules.statuses`), or on command (`report`).
"""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypedDict, TypeVar, Unpack
from urllib.parse import quote

from bot.sandbox.bell import Bell
from bot.sandbox.chores import Chores
from bot.sandbox.push import Push, Pusher, unsigned
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.shapes import Contact, Dashboard, Hook
from bot.sandbox.texts import Picture, Text, TextLog, e164, wants_in, wants_out
from bot.sandbox.wire import Json, dumps

T = TypeVar("T")
FAILURES_TO_DISCONNECT = 10  # in a row; observed by integrations, not documented
UNREACHABLE = "2001"


@dataclass(slots=True)
class Rules:
    """How the account behaves. Empty `statuses`: a text stays `sending` until `report`."""

    statuses: tuple[str, ...] = ("sent", "delivered")
    status_delay_s: float = 0.02  # after accepting, and between two statuses
    sign_hooks: bool = True
    sign_callbacks: bool = False  # whether the real ones are signed is not known


class TextKeywords(TypedDict, total=False):
    """More about a text."""

    to: str  # one of the account's numbers; needed when there are several
    name: str  # the contact's, as the account knows it from now on
    pictures: Sequence[Picture]


class Account:
    """The state of the stand-in."""

    def __init__(self, base_url: str, bell: Bell, pusher: Pusher) -> None:
        self.base_url, self.bell, self.pusher = base_url, bell, pusher
        self.api_key = "sandbox-textrequest-key"
        self.rules, self.log, self.chores = Rules(), TextLog(), Chores()
        self.dashboards: dict[int, Dashboard] = {}
        self.contacts: dict[tuple[int, str], Contact] = {}
        self.hooks: dict[int, Hook] = {}
        self.media: dict[str, Picture] = {}
        self.refused: set[str] = set()  # numbers whose texts are answered 400
        self.failing: dict[str, str] = {}  # number → status error code
        self._numbers = itertools.count(1)

    async def close(self) -> None:
        """End what is under way."""
        await self.chores.close()

    # --- For tests and stories ------------------------------------------------------------------------

    def add_dashboard(self, name: str, number: str) -> Dashboard:
        """A new line."""
        dashboard = Dashboard(120 + next(self._numbers), name, e164(number))
        self.dashboards[dashboard.id] = dashboard
        return dashboard

    async def contact_texts(self, number: str, words: str, **more: Unpack[TextKeywords]) -> Text:
        """A contact texts one of our numbers. STOP opts them out, START in again."""
        dashboard = self._dashboard(more.get("to", ""))
        contact = self.contact(dashboard, e164(number))
        contact.name = more.get("name", contact.name)
        contact.is_archived = False
        media = tuple(self._keep(picture) for picture in more.get("pictures", ()))
        text = self._add(dashboard, contact, words, outbound=False, media=media)
        if not contact.is_blocked:
            self._tell_of_text("msg_received", text)
        if wants_out(words) or wants_in(words):
            self.set_opt_out(number, opted_out=wants_out(words), to=dashboard.number)
        return text

    async def staff_texts(
        self, number: str, words: str, author: str = "Pat", **more: Unpack[TextKeywords]
    ) -> Text:
        """Somebody texts a contact from the provider's own web page."""
        dashboard = self._dashboard(more.get("to", ""))
        contact = self.contact(dashboard, e164(number))
        contact.name = more.get("name", contact.name)
        text = self._add(dashboard, contact, words, outbound=True)
        text.author, text.status = author, "sending"
        self.sent(text)
        return text

    def set_opt_out(self, number: str, *, opted_out: bool, to: str = "") -> None:
        """Opt a contact out or in, and tell the hooks."""
        dashboard = self._dashboard(to)
        contact = self.contact(dashboard, e164(number))
        contact.opted_out_at = datetime.now(UTC) if opted_out else None
        contact.is_archived = opted_out
        self._tell("contact_updated", dashboard, self.contact_json(dashboard, contact), contact.number)
        self.bell.ring()

    def refuse(self, number: str) -> None:
        """Answer texts to this number with 400 from now on."""
        self.refused.add(e164(number))

    def fail(self, number: str, code: str = UNREACHABLE) -> None:
        """Accept texts to this number and report an error from now on; an empty code ends that."""
        self.failing[e164(number)] = code

    def texts_to(self, number: str) -> list[Text]:
        """What the contact's phone got, in order."""
        return self.log.arrived_at(e164(number))

    def accepted(self, number: str = "") -> list[Text]:
        """Every accepted text towards a contact (empty: towards anybody), failed ones too, in order."""
        return self.log.accepted(e164(number) if number else "")

    def report(self, text: Text, status: str, code: str = "") -> None:
        """A text's status changes: tell its callback and the hooks."""
        text.status, text.code = status, code
        payload = shapes.status_payload(text)
        if text.callback:
            where, signed = "textrequest.status_callback", self.rules.sign_callbacks
            self.pusher.push(self._push(where, text.callback, payload, text.id, signed=signed))
        dashboard = self._dashboard(text.line)
        self._tell("msg_status_updated", dashboard, payload, text.id)
        self.bell.tell("reported", text.contact, text)

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = 5.0, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`. Raises `NeverHappened`."""
        return await self.bell.wait_for(predicate, timeout_s, what)

    # --- For the API ----------------------------------------------------------------------------------

    def contact(self, dashboard: Dashboard, number: str) -> Contact:
        """The contact as this dashboard knows it; a new one when it does not."""
        return self.contacts.setdefault((dashboard.id, number), Contact(number))

    def contact_json(self, dashboard: Dashboard, contact: Contact) -> Json:
        """The contact as the API returns it."""
        texts = [one for one in self.log.of_contact(contact.number) if one.line == dashboard.number]
        return shapes.contact_json(contact, texts)

    def accept(self, dashboard: Dashboard, contact: Contact, body: Json) -> Text:
        """The bot's text: kept, then told to the hooks, then delivered."""
        text = self._add(dashboard, contact, str(body["body"]), outbound=True)
        text.author = str(body.get("sender_name") or "")
        text.callback = str(body.get("status_callback") or "")
        text.media = tuple(body.get("mms_media") or ())
        text.status = "sending"
        self.sent(text)
        return text

    def sent(self, text: Text) -> None:
        """A text has left, from here or from the web page: the echo, and the statuses to come."""
        self._tell_of_text("msg_sent", text)
        code = self.failing.get(text.contact, "")
        steps = [("error", code)] if code else [(status, "") for status in self.rules.statuses]
        for number, step in enumerate(steps, 1):
            self.chores.later(number * self.rules.status_delay_s, partial(self.report, text, *step))
        self.bell.ring()

    def listed(self, texts: Sequence[Text]) -> None:
        """The bot has read these texts from a list."""
        for text in texts:
            text.heard = True

    def add_hook(self, dashboard_id: int, event: str, url: str) -> Hook | None:
        """A new hook; None when there is an identical one."""
        for hook in self.hooks.values():
            if (hook.dashboard_id, hook.event, hook.url) == (dashboard_id, event, url):
                return None
        hook = Hook(next(self._numbers), dashboard_id, event, url)
        self.hooks[hook.id] = hook
        self.bell.ring()
        return hook

    # --- Within ---------------------------------------------------------------------------------------

    def _dashboard(self, number: str) -> Dashboard:
        for dashboard in self.dashboards.values():
            if not number or dashboard.number == e164(number):
                return dashboard
        raise LookupError(f"The account has no number {number!r}.")

    def _add(
        self,
        dashboard: Dashboard,
        contact: Contact,
        words: str,
        *,
        outbound: bool,
        media: tuple[str, ...] = (),
    ) -> Text:
        text = Text(
            id=str(uuid.uuid4()),
            line=dashboard.number,
            contact=contact.number,
            words=words,
            outbound=outbound,
            media=media,
        )
        self.log.add(text)
        self.bell.tell("texted", text.contact, text)
        return text

    def _keep(self, picture: Picture) -> str:
        name = f"{next(self._numbers)}/{picture.name.replace('/', '_')}"
        self.media[name] = picture
        return f"{self.base_url}/media/{quote(name)}"

    def _tell_of_text(self, event: str, text: Text) -> None:
        dashboard = self._dashboard(text.line)
        contact = self.contact(dashboard, text.contact)
        self._tell(event, dashboard, shapes.text_payload(text, dashboard, contact), contact.number, text)

    def _tell(self, event: str, dashboard: Dashboard, payload: Json, lane: str, about: Text | None = None) -> None:
        for hook in self.hooks.values():
            if hook.event == event and hook.dashboard_id == dashboard.id and hook.connected:
                where, lane_of_hook = f"textrequest.hook.{event}", f"{hook.id}:{lane}"
                push = self._push(where, hook.url, payload, lane_of_hook, signed=self.rules.sign_hooks)
                self.pusher.push(replace(push, done=partial(_answered, hook, about)))

    def _push(self, where: str, url: str, payload: Json, lane: str, *, signed: bool) -> Push:
        return Push(
            where=where,
            url=url,
            body=dumps(payload).encode(),
            content_type="application/json",
            lane=lane,
            sign=self._sign if signed else unsigned,
        )

    def _sign(self, body: bytes) -> dict[str, str]:
        return shapes.signature_headers(self.api_key, body, int(time.time()))


def _answered(hook: Hook, about: Text | None, status: int | None) -> None:
    good = status is not None and 200 <= status < 300
    if about is not None and good:
        about.heard = True
    hook.failures = 0 if good else hook.failures + 1
    if hook.failures >= FAILURES_TO_DISCONNECT:
        hook.connected = False
