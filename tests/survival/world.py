"""The outside of a survival run: Slack, the provider, phones and people. It outlives every bot.

It stands in this process and remembers everything: the words that people wrote, and what arrived.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from bot.model import ChannelId, Line, LineId, Number, ProviderName
from bot.sandbox.bell import News
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.model import Channel, Member, Message
from bot.sandbox.textrequest.shapes import Dashboard
from bot.settings import Settings
from bot.startup import opened_store
from tests.survival.plan import Plan
from tests.survival.proxy import Proxy
from tests.survival.verdict import Told

LINES = ("+14235550100", "+14235550101")
ACK_TIMEOUT_S = 1.0
REDELIVERIES_S = (0.0, 0.4, 1.2)  # then Slack gives up, and only reading the thread finds the reply


@dataclass(slots=True, eq=False)
class Talk:
    """One contact, and who answers them."""

    contact: str
    name: str
    dashboard: Dashboard
    channel: Channel
    texts: dict[str, str] = field(default_factory=dict)  # words → the provider's id
    replies: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    root_ts: str = ""

    @property
    def complete(self) -> bool:
        """Whether the thread shows every text."""
        return set(self.texts) <= set(self.posted)


class World:
    """Build it with `World.start`."""

    def __init__(self, sandbox: Sandbox, proxy: Proxy, plan: Plan) -> None:
        self.sandbox, self.proxy = sandbox, proxy
        self.member: Member = sandbox.workspace.add_member("Dana")
        self.written = 0
        self.posted_at: dict[str, list[float]] = defaultdict(list)  # channel id → seconds
        self.notices: dict[str, tuple[Channel, Message]] = {}  # ts → where, and what it says by now
        self._lines = [self._add_line(number) for number in LINES]
        self.talks = [self._add_talk(number) for number in range(plan.conversations)]
        self._by_name = {talk.name: talk for talk in self.talks}
        self._by_root: dict[str, Talk] = {}
        sandbox.workspace.rules.ack_timeout_s = ACK_TIMEOUT_S
        sandbox.workspace.rules.retry_delays_s = REDELIVERIES_S
        sandbox.bell.watchers.append(self._on_news)

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls, plan: Plan) -> AsyncIterator[World]:
        """Until the block ends."""
        async with Sandbox.start() as sandbox, Proxy.start() as proxy:
            yield cls(sandbox, proxy, plan)

    def _add_line(self, number: str) -> tuple[Dashboard, Channel]:
        dashboard = self.sandbox.textrequest.add_dashboard(f"Line {number[-1]}", number)
        return dashboard, self.sandbox.workspace.add_channel(f"line-{number[-1]}", self.member)

    def _add_talk(self, number: int) -> Talk:
        dashboard, channel = self._lines[number % len(self._lines)]
        return Talk(f"+1415555{number:04d}", f"Contact {number:04d}", dashboard, channel)

    # --- For the bots ---------------------------------------------------------------------------------

    def environment(self, plan: Plan, database: str, port: int) -> Mapping[str, str]:
        """Every variable of a bot whose web server listens on `port`."""
        return self.sandbox.addresses() | {
            "THREADLINE_DATABASE": database,
            "THREADLINE_PORT": str(port),
            "THREADLINE_PUBLIC_URL": f"http://127.0.0.1:{self.proxy.port}",
            "THREADLINE_SLACK_PACE_S": str(plan.slack_pace_s),
            "TEXTREQUEST_CALLS_PER_MINUTE": str(plan.texts_per_minute),
        }

    async def bind_lines(self, environment: Mapping[str, str]) -> None:
        """What `threadline lines add` does."""
        settings = Settings.explicit({name.lower(): value for name, value in environment.items()})
        async with opened_store(settings, exclusive=False) as store:
            await store.secrets.present("textrequest")
            for dashboard, channel in self._lines:
                await store.lines.add(_line(dashboard, channel))

    # --- What people do -------------------------------------------------------------------------------

    async def text(self, talk: Talk) -> None:
        """The contact texts."""
        self.written += 1
        words = f"text {self.written:05d}"
        account = self.sandbox.textrequest
        sent = await account.contact_texts(talk.contact, words, to=talk.dashboard.number, name=talk.name)
        talk.texts[words] = sent.id

    async def reply(self, talk: Talk) -> None:
        """The member answers in the contact's thread."""
        self.written += 1
        words = f"reply {self.written:05d}"
        talk.replies.append(words)
        await self.sandbox.workspace.say(talk.channel, self.member, words, thread_ts=talk.root_ts)

    # --- What people see ------------------------------------------------------------------------------

    def _on_news(self, news: News) -> None:
        if news.what == "posted" and "metadata" in news.subject:
            self._on_post(self.sandbox.workspace.channel(news.where), news.subject)

    def _on_post(self, channel: Channel, message: Message) -> None:
        self.posted_at[channel.id].append(float(message["ts"]))
        root = message.get("thread_ts")
        if root is None:
            self._on_card(message)
        elif "username" in message:
            self._by_root[root].posted.append(message["text"])
        else:
            self._by_root[root].cards.append(message["metadata"]["event_payload"]["k"])
            self.notices[message["ts"]] = (channel, message)

    def _on_card(self, message: Message) -> None:
        """A second card of a contact is no other card, whatever its uid."""
        talk = self._by_name[message["text"].partition(" → ")[0]]
        talk.cards.append("root")
        talk.root_ts = talk.root_ts or message["ts"]
        self._by_root[message["ts"]] = talk

    def phone(self, talk: Talk) -> list[str]:
        """The words that reached the contact's phone, in order."""
        return [text.words for text in self.sandbox.textrequest.texts_to(talk.contact)]

    @property
    def arrived(self) -> int:
        """How many posts and texts there are by now."""
        return sum(map(len, self.posted_at.values())) + len(self.sandbox.textrequest.accepted())

    @property
    def quiet(self) -> bool:
        """Whether everything arrived, and nothing is on its way to a bot."""
        idle = self.sandbox.workspace.feed.idle and self.sandbox.pusher.idle
        return idle and all(talk.complete and set(talk.replies) <= set(self.phone(talk)) for talk in self.talks)

    def told(self, talk: Talk, decided: set[str]) -> Told:
        """What became of a conversation."""
        return Told(
            texts=list(talk.texts),
            taken=[words for words, text_id in talk.texts.items() if text_id in self.proxy.taken],
            posted=talk.posted,
            replies=talk.replies,
            phone=self.phone(talk),
            decided=decided,
            cards=talk.cards,
        )


def _line(dashboard: Dashboard, channel: Channel) -> Line:
    return Line(
        id=LineId(0),
        provider=ProviderName("textrequest"),
        account=str(dashboard.id),
        number=Number(dashboard.number),
        channel=ChannelId(channel.id),
        name=dashboard.name,
    )
