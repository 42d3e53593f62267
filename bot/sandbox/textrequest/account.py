"""One Text Request account: what contacts, staff and the bot do with it, and the hooks that tell of it.

Every accepted send is in `log.all`, in order and with its time. Statuses follow by themselves a moment after the
answer (`Rules.statuses`), or on command (`report`).
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypedDict, TypeVar, Unpack
from urllib.parse import quote

from bot.sandbox.bell import PATIENCE_S, Bell
from bot.sandbox.chores import Chores
from bot.sandbox.push import Pusher
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.labels import Labels
from bot.sandbox.textrequest.payments import Payments
from bot.sandbox.textrequest.shapes import Contact, Dashboard, Hook, Known
from bot.sandbox.textrequest.telling import Telling
from bot.sandbox.texts import Picture, Text, TextLog, e164, wants_in, wants_out
from bot.sandbox.wire import Json

T = TypeVar("T")
UNREACHABLE = "2001"
LOCATION_TAG = "[LocationRequest]"


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
        self.labels, self.payments, self.telling = Labels(), Payments(self), Telling(self)
        self.questions: dict[str, tuple[Text, str]] = {}  # end of a link → its text, and where the answer goes
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
        contact.is_resolved = False
        media = tuple(self.keep(picture) for picture in more.get("pictures", ()))
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
        self.updated(dashboard, contact)

    def share_location(self, token: str, latitude: float, longitude: float) -> bool:
        """A contact opens the link of a question; False for a link of none. What the real ones post is
        undocumented."""
        text, callback = self.questions.get(token, (None, ""))
        dashboard = self._home_of(text)
        if text is None or dashboard is None:
            return False
        payload = {"message_id": text.id, "latitude": latitude, "longitude": longitude}
        self.telling.tell("location_received", dashboard, payload, text.contact)
        if callback:
            self.telling.call_back("location_callback", callback, payload, text.id)
        return True

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
            self.telling.call_back("status_callback", text.callback, payload, text.id)
        if dashboard := self._home_of(text):
            self.telling.tell("msg_status_updated", dashboard, payload, text.id)
        self.bell.tell("reported", text.contact, text)

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = PATIENCE_S, what: str = "the condition"
    ) -> T:
        """The first truthy value of `predicate`. Raises `NeverHappened`."""
        return await self.bell.wait_for(predicate, timeout_s, what)

    # --- For the API ----------------------------------------------------------------------------------

    def contact(self, dashboard: Dashboard, number: str) -> Contact:
        """The contact as this dashboard knows it; a new one when it does not."""
        return self.contacts.setdefault((dashboard.id, number), Contact(number))

    def known(self, dashboard: Dashboard) -> list[Known]:
        """The dashboard's contacts, in the order in which it met them."""
        own = [contact for (home, _), contact in self.contacts.items() if home == dashboard.id]
        return [self.know(dashboard, contact) for contact in own]

    def know(self, dashboard: Dashboard, contact: Contact) -> Known:
        """A contact with what went to and fro."""
        texts = [one for one in self.log.of_contact(contact.number) if one.line == dashboard.number]
        return Known(contact, texts)

    def updated(self, dashboard: Dashboard, contact: Contact) -> None:
        """A contact has changed: tell the hooks."""
        payload = shapes.contact_json(self.know(dashboard, contact))
        self.telling.tell("contact_updated", dashboard, payload, contact.number)
        self.bell.ring()

    def remove_dashboard(self, dashboard: Dashboard) -> None:
        """A line ends, with everything on it; the phones keep what they got."""
        del self.dashboards[dashboard.id]
        self.labels.forget(dashboard.id)
        self.contacts = {key: each for key, each in self.contacts.items() if key[0] != dashboard.id}
        self.hooks = {id_: each for id_, each in self.hooks.items() if each.dashboard_id != dashboard.id}
        self.bell.ring()

    def accept(self, dashboard: Dashboard, contact: Contact, body: Json) -> Text:
        """The bot's text: kept, then told to the hooks, then delivered."""
        words, token = str(body.get("body") or ""), uuid.uuid4().hex
        link = f"{self.base_url}/where/{token}"
        text = self._add(dashboard, contact, words.replace(LOCATION_TAG, link), outbound=True)
        if LOCATION_TAG in words:
            self.questions[token] = text, str(body.get("location_callback") or "")
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

    def _home_of(self, text: Text | None) -> Dashboard | None:
        """The dashboard of a text; None when it is gone."""
        return next((each for each in self.dashboards.values() if text and each.number == text.line), None)

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
        contact.is_archived = False
        self.log.add(text)
        self.bell.tell("texted", text.contact, text)
        return text

    def keep(self, picture: Picture) -> str:
        """Where a picture or file can be had from now on."""
        name = f"{next(self._numbers)}/{picture.name.replace('/', '_')}"
        self.media[name] = picture
        return f"{self.base_url}/media/{quote(name)}"

    def _tell_of_text(self, event: str, text: Text) -> None:
        dashboard = self._dashboard(text.line)
        contact = self.contact(dashboard, text.contact)
        self.telling.tell(event, dashboard, shapes.text_payload(text, dashboard, contact), contact.number, text)
