"""One line, one contact, one thread: what most tests of storage begin with, and short words for what happens.

`Scene` plays the doors (texts, replies, edits) and the worker (claim, then an outcome). It checks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

from bot.model import (
    Accepted,
    Change,
    ChannelId,
    Claim,
    Conversation,
    Delivery,
    DeliveryReported,
    Kind,
    Line,
    LineId,
    MemberId,
    Message,
    Number,
    ProviderName,
    Reply,
    SentText,
    TextReceived,
    TextSent,
    Ts,
    Verdict,
    Wish,
)
from storage.database import Database, Row, Tx, Value, instant
from storage.messages import conversation_by_id, message_by_id
from storage.store import Store
from tests.databases import START_US, Clock

PROVIDER = ProviderName("textrequest")
CHANNEL = ChannelId("C1")
ROOT = Ts("1790000000.000001")
CONTACT = Number("+14155550134")
OUR_NUMBER = Number("+14235550142")
DANA = MemberId("U1")
BOT = "@bot"  # how it is mentioned
LEASE_S = 60.0

LINE = Line(id=LineId(0), provider=PROVIDER, account="7", number=OUR_NUMBER, channel=CHANNEL, name="Sales line")


def ts(seconds: float) -> Ts:
    """A Slack ts so long after the tests' first instant."""
    us = START_US + round(seconds * 1_000_000)
    return Ts(f"{us // 1_000_000}.{us % 1_000_000:06}")


def same_words(one: str, other: str) -> bool:
    """What flows pass to storage; the tests' words are plain."""
    return one == other


class TextFields(TypedDict, total=False):
    """What a test may say of a contact's text."""

    line_number: Number
    contact: Number
    account: str
    contact_name: str | None


class ReplyFields(TypedDict, total=False):
    """What a test may say of a member's message."""

    channel: ChannelId
    thread_ts: Ts
    author: MemberId
    verdict: Verdict
    files: tuple[str, ...]
    reason: str


@dataclass
class Scene:
    """A store with a line, and what happens on it."""

    store: Store
    clock: Clock
    line: Line = LINE
    texts: int = 0
    posts: int = 0
    sends: int = 0
    claims: list[Claim] = field(default_factory=list)

    # --- What arrives

    async def text(
        self, body: str = "hi", text_id: str | None = None, wish: Wish = Wish.NONE, **fields: Unpack[TextFields]
    ) -> Accepted:
        """A contact's text, new unless `text_id` says which."""
        self.texts += 1
        given: TextFields = {"line_number": OUR_NUMBER, "contact": CONTACT, "account": "7", **fields}
        event = TextReceived(
            provider=PROVIDER,
            text_id=text_id or f"in-{self.texts}",
            body=body,
            sent_at=instant(self.clock()),
            **given,
        )
        return await self.store.texts.accept(event, wish)

    async def reply(
        self, words: str, at: float, *, caught_up: bool = False, **fields: Unpack[ReplyFields]
    ) -> bool:
        """A member's message in the thread, `at` seconds after the first instant."""
        given: ReplyFields = {
            "channel": CHANNEL, "thread_ts": ROOT, "author": DANA, "verdict": Verdict.SEND, **fields
        }  # fmt: skip
        reply = Reply(ts=ts(at), words=words, **given)
        return await self.store.replies.accept(reply, caught_up=caught_up)

    async def edit(
        self, at: float, words: str, changed_at: float, verdict: Verdict = Verdict.SEND, reason: str = ""
    ) -> None:
        """The message of `at` says other words since `changed_at`."""
        await self.store.changes.accept(
            Change(
                channel=CHANNEL,
                ts=ts(at),
                thread_ts=ROOT,
                deleted=False,
                changed_at=ts(changed_at),
                words=words,
                verdict=verdict,
                reason=reason,
            )
        )

    async def delete(self, at: float, changed_at: float) -> None:
        """The message of `at` is gone."""
        await self.store.changes.accept(
            Change(channel=CHANNEL, ts=ts(at), thread_ts=ROOT, deleted=True, changed_at=ts(changed_at))
        )

    async def report(
        self, delivery: Delivery, text_id: str | None, token: str | None = None, code: str = ""
    ) -> None:
        """The provider says how far a text got."""
        await self.store.reports.accept(DeliveryReported(PROVIDER, text_id, token, delivery, code))

    async def echo(
        self, body: str, text_id: str, *, age_s: float = 0, token: str | None = None, contact: Number = CONTACT
    ) -> None:
        """The provider says that a text went out, sent `age_s` ago."""
        await self.store.reports.accept(
            TextSent(
                provider=PROVIDER,
                account="7",
                line_number=OUR_NUMBER,
                contact=contact,
                text_id=text_id,
                body=body,
                sent_at=instant(self.clock() - round(age_s * 1_000_000)),
                token=token,
            )
        )

    async def settle_echoes(self, after_s: float = 31) -> int:
        """What the periodic duty does, so much later."""
        self.clock.advance(after_s)
        return await self.store.reports.settle_echoes(same_words, 100)

    # --- What the worker does

    async def claim(self, slots: int = 8) -> list[Claim]:
        """Take what can be taken, with so many slots for Slack and as many for the provider."""
        return await claims_of(self.store, slots)

    async def claim_one(self) -> Claim:
        """Take the only thing that can be taken."""
        claims = await self.claim()
        assert len(claims) == 1, [claim.message.kind for claim in claims]
        return claims[0]

    async def post(self, claim: Claim) -> bool:
        """Slack has it. The first root card of a scene stands at `ROOT`."""
        self.posts += 1
        channel = claim.conversation.line.channel if claim.conversation else CHANNEL
        place = ROOT if _opens_first_thread(claim) else Ts(f"1790000000.1{self.posts:05}")
        return await self.store.outcomes.posted(claim, channel, place)

    async def send(self, claim: Claim, text_id: str | None = None) -> bool:
        """The provider has it."""
        self.sends += 1
        return await self.store.outcomes.sent(claim, SentText(text_id or f"out-{self.sends}"))

    async def mirror_all(self) -> list[Message]:
        """Post everything that waits for Slack; what was posted, in order."""
        posted: list[Message] = []
        while claims := [claim for claim in await self.claim() if claim.message.direction == "in"]:
            for claim in claims:
                await self.post(claim)
                posted.append(claim.message)
        return posted

    async def open_thread(self) -> Conversation:
        """A contact wrote, the root card stands at `ROOT` and the text is in the thread."""
        await self.text("hello")
        await self.mirror_all()
        return await self.conversation()

    async def send_reply(self, words: str, at: float, text_id: str | None = None) -> Claim:
        """A reply that went out."""
        await self.reply(words, at)
        claim = await self.claim_one()
        await self.send(claim, text_id)
        return claim

    async def uncertain_reply(self, words: str, at: float) -> Claim:
        """A reply whose outcome nobody could find out; the thread was told."""
        await self.reply(words, at)
        claim = await self.claim_one()
        await self.store.outcomes.uncertain(claim)
        await self.mirror_all()
        return claim

    async def refused_reply(self, words: str, at: float) -> Claim:
        """A reply that the provider refused; the thread was told."""
        await self.reply(words, at)
        claim = await self.claim_one()
        await self.store.outcomes.refused(claim, "failed", code="30003")
        await self.mirror_all()
        return claim

    async def signs(self) -> Sequence[Message]:
        """Take every sign that is out of date and due."""
        return await self.store.signs.take(list(Kind), 20)

    # --- What is there

    @property
    def database(self) -> Database:
        """The database below."""
        return self.store.database

    async def rows(self, sql: str, **values: Value) -> Sequence[Row]:
        """What a query finds."""

        async def unit(tx: Tx) -> Sequence[Row]:
            return await tx.rows(sql, **values)

        return await self.database.read(unit)

    async def reply_at(self, at: float) -> Message:
        """The row of the member's message of `at`."""
        return await self._message("key = :word", f"slack:{CHANNEL}:{ts(at)}#0")

    async def notices(self, *reasons: str) -> list[Message]:
        """Notices of these reasons, or all of them, oldest first."""
        found = [await self._by_id(row["id"]) for row in await self.rows(
            "select id from messages where kind = 'notice' order by id"
        )]  # fmt: skip
        return [notice for notice in found if not reasons or notice.reason in reasons]

    async def notice(self, reason: str) -> Message:
        """The only notice of this reason that nobody has answered."""
        found = [notice for notice in await self.notices(reason) if not notice.settled_how]
        assert len(found) == 1, [notice.reason for notice in await self.notices()]
        return found[0]

    async def message(self, uid: str) -> Message:
        """The row as it is now."""
        return await self._message("uid = :word", uid)

    async def conversation(self, contact: Number = CONTACT) -> Conversation:
        """The contact's conversation as it is now."""
        row = (await self.rows("select id from conversations where contact = :contact", contact=contact))[0]
        found = await self.database.read(lambda tx: conversation_by_id(tx, row["id"]))
        assert found is not None
        return found

    async def _message(self, condition: str, word: str) -> Message:
        found = await self.rows(f"select id from messages where {condition}", word=word)
        assert len(found) == 1, (condition, word)
        return await self._by_id(found[0]["id"])

    async def _by_id(self, message_id: int) -> Message:
        found = await self.database.read(lambda tx: message_by_id(tx, message_id))
        assert found is not None
        return found


async def claims_of(store: Store, slots: int) -> list[Claim]:
    """What can be delivered, with so many slots towards each far end."""
    return list((await store.claims.take(room(slots), LEASE_S, looking=0)).fresh)


async def orphans_of(store: Store, slots: int) -> list[Claim]:
    """What is to be looked for."""
    return list((await store.claims.take(room(0), LEASE_S, looking=slots)).orphans)


async def next_due_in_s(store: Store, *, looking: int = 1) -> float | None:
    """When there may be something to deliver or to look for, for who has no slot free now."""
    return (await store.claims.take(room(0), LEASE_S, looking=looking)).next_due_in_s


def room(slots: int) -> Callable[[str], int]:
    """So many slots towards each far end."""
    return lambda _: slots


def line_in(channel: str) -> Line:
    """The scene's line, in another channel."""
    return replace(LINE, channel=ChannelId(channel))


def _opens_first_thread(claim: Claim) -> bool:
    conversation = claim.conversation
    is_root = claim.message.kind == Kind.ROOT
    return (
        is_root and conversation is not None and conversation.contact == CONTACT and conversation.generation == 0
    )
