"""A team with one line, and the whole bot in this process: the sandbox's Slack and provider over real HTTP and
WebSockets, a real database, short times. `Office` says in short words what people do and what they see.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.bridge import Tuning
from bot.providers.textrequest.hooks import EVENTS, hook_url
from bot.sandbox.bell import NeverHappened
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel, Member, Message
from bot.sandbox.texts import Text
from bot.sandbox.trouble import Fault
from storage.store import Store
from tests.e2e.premises import QUICK, SALES, Premises, set_up

__all__ = ["MARIA", "OMAR", "QUICK", "SALES", "Office", "office"]

MARIA = "+14155550134"
OMAR = "+14155550177"


class Office(Premises):
    """One team that texts over Text Request."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, database: str) -> None:
        super().__init__(sandbox, session, database)
        self.textrequest = sandbox.textrequest
        self.dana: Member = self.workspace.add_member("Dana")
        self.eli: Member = self.workspace.add_member("Eli")
        self.sales.members |= {self.dana.id, self.eli.id}
        self.dashboard = self.textrequest.add_dashboard("Sales", SALES)
        self.account = str(self.dashboard.id)
        self.jtel = sandbox.jtel
        self.asms = sandbox.asms

    @property
    def with_jtel(self) -> dict[str, str]:
        """Settings to start the bot with that turn jtel on as well."""
        return {name.lower(): value for name, value in self.sandbox.jtel_addresses().items()}

    @property
    def with_asms(self) -> dict[str, str]:
        """Settings to start the bot with that turn Aranda on as well."""
        return {name.lower(): value for name, value in self.sandbox.asms_addresses().items()}

    @property
    def with_own_asms(self) -> dict[str, str]:
        """The same without its adapter."""
        return {name.lower(): value for name, value in self.sandbox.asms_own_addresses().items()}

    async def connect(self, store: Store) -> None:
        secret = await store.secrets.present(self.provider)
        base = f"{self.url}/webhooks/{self.provider}/{secret}"
        for event in EVENTS:
            self.textrequest.add_hook(self.dashboard.id, event, hook_url(base, event, self.account))

    async def start(self, tuning: Tuning = QUICK, **more: str) -> None:
        if not more.get("threadline_public_url", "-"):
            self.textrequest.hooks.clear()  # without a public address none was ever registered
        await super().start(tuning, **more)

    def hooks(self) -> list[str]:
        """The events whose webhooks are connected."""
        return [hook.event for hook in self.textrequest.hooks.values() if hook.connected]

    # --- What people do -------------------------------------------------------------------------------

    async def text(self, words: str, number: str = MARIA, name: str = "Maria Lopez") -> Text:
        """A contact texts the line."""
        return await self.textrequest.contact_texts(number, words, to=SALES, name=name)

    async def open(self, words: str = "Hi there", number: str = MARIA, name: str = "Maria Lopez") -> str:
        """A contact texts for the first time, and the text is seen in its thread; the root's ts."""
        await self.text(words, number, name)
        return str((await self.see(lambda: self.mirrored(number), "a thread"))[0]["ts"])

    def mirrored(self, number: str) -> list[Message]:
        """The contact's latest thread, once a text is in it; else nothing."""
        roots = self.roots(number)
        thread = self.workspace.thread(roots[-1]["channel_id"], roots[-1]["ts"]) if roots else []
        return thread if len(thread) > 1 else []

    async def say(self, root: str, words: str, member: Member | None = None, **how: Any) -> str:
        """Somebody writes in a thread of #sales; the message's ts."""
        return await self.workspace.say(self.sales, member or self.dana, words, thread_ts=root, **how)

    async def click(self, notice: Message, button: str, member: Member | None = None) -> None:
        """Somebody clicks a button of a notice."""
        ack = await self.workspace.click(self.sales, notice["ts"], f"notice:{button}", member or self.dana)
        assert ack.acked

    def fault(self, where: str, kind: str, **how: Any) -> None:
        """Something goes wrong from now on."""
        self.trouble.add(Fault(where=where, kind=kind, **how))

    # --- What people see ------------------------------------------------------------------------------

    def roots(self, number: str = MARIA, channel: Channel | None = None) -> list[Message]:
        """The root cards of a contact, oldest first."""
        shown = f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"
        place = channel or self.sales
        return [
            {**message, "channel_id": place.id}
            for message in self.workspace.messages(place)
            if message.get("thread_ts", message["ts"]) == message["ts"] and shown in self.workspace.words(message)
        ]

    def thread(self, root: str, channel: Channel | None = None) -> list[str]:
        """What a person reads below a root card."""
        return [self.workspace.words(one) for one in self.workspace.thread(channel or self.sales, root)[1:]]

    def card(self, root: str) -> str:
        """What a person reads on a root card."""
        return self.workspace.words(self.workspace.message(self.sales, root))

    async def reads(self, root: str, *lines: str) -> None:
        """Wait until the thread says exactly this."""
        await self.see(lambda: self.thread(root) == list(lines), f"the thread {lines}")

    async def reacts(self, ts: str, *names: str) -> None:
        """Wait until a message carries exactly these reactions."""
        await self.see(lambda: self.workspace.reactions(self.sales, ts) == list(names), f"{names}")

    async def is_accepted(self, ts: str) -> None:
        """Wait until a reply carries the envelope: a second after the provider took it, and no receipt came."""
        key = f"slack:{self.sales.id}:{ts}"
        await self.found("select id from messages where reply_id = :key and state = 'done'", key=key)
        await self.let_pass(1)
        await self.reacts(ts, "incoming_envelope")

    def notices(self, root: str, words: str) -> list[Message]:
        """The messages below a root whose words contain `words`."""
        thread = self.workspace.thread(self.sales, root)[1:]
        return [message for message in thread if words in self.workspace.words(message)]

    async def notice(self, root: str, words: str) -> Message:
        """Wait for a message below a root whose words contain `words`; the latest."""
        return (await self.see(lambda: self.notices(root, words), f"“{words}”"))[-1]

    async def told(self, member: Member, words: str) -> None:
        """Wait until somebody is told something that only they see."""
        try:
            await self.see(lambda: words in " ".join(self.whispers(member)), f"“{words}”")
        except NeverHappened as error:
            raise NeverHappened(f"{error}; they were told {self.whispers(member)}") from error

    def whispers(self, member: Member) -> list[str]:
        """What only this person was shown."""
        return [self.workspace.words(shown["message"]) for shown in self.workspace.ephemerals(member)]

    def phone(self, number: str = MARIA) -> list[str]:
        """What a contact's phone shows, in order."""
        return [text.words for text in self.textrequest.texts_to(number)]

    async def gets(self, *words: str, number: str = MARIA) -> None:
        """Wait until a contact's phone shows exactly this."""
        await self.see(lambda: self.phone(number) == list(words), f"the phone shows {words}")


@asynccontextmanager
async def office(database: str) -> AsyncIterator[Office]:
    """An office whose bot is not started; it is stopped at the end."""
    async with set_up(Office, database) as made:
        yield made
