"""Cards and their deeds, from rows to the model's values; and what changes a card within a transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.model import ConversationId, Direction, Kind, LineId, MemberId, MessageId, NewDeed, ProviderName
from bot.model.cards import Card, CardDeed, CardId, CardKind, DeedId, DeedState, NewCardDeed, News, Says, Seen
from bot.pace import post_pace
from storage.audit import note
from storage.database import Row, Tx, instant, maybe_instant
from storage.messages import NewMessage, NewNotice, insert, insert_notice, now_us

CARD = (
    "c.id, c.uid, c.kind, c.conversation_id, c.line_id, c.provider, c.provider_id, c.reference, c.title, c.says, "
    "c.state, c.settled, c.author, c.version, c.message_id, c.created_at, c.state_at, c.remind_at, c.look_due_at"
)
DEED = (
    "d.id, d.what, d.words, d.member, d.state, d.attempts, d.looks, d.reason, d.settled_by, d.claimed_at, "
    "d.created_at, d.code, d.field, d.doubted, d.due_at"
)
LAST_DEEDS = 20  # that a card is drawn with, beside those that are open

# How long after it last changed a card is looked at again: a tenth of that time, within these bounds.
LOOK_SOONEST_US = 15_000_000
LOOK_LATEST_US = 86_400_000_000
# Where that would be later, one of which the provider did not tell is looked at again after the soonest, and after
# twice as long each further time.
MOST_DOUBLINGS = 20
CARD_NEWS = "card"  # the reason of a notice that a card has something to tell

_LAST = f"""
select {DEED} from deeds d where d.card_id = :id and d.id in (
  select x.id from deeds x where x.card_id = :id order by x.id desc limit {LAST_DEEDS})
union select {DEED} from deeds d where d.card_id = :id
  and d.state in ('waiting', 'queued', 'sending', 'uncertain') order by 1"""


def deed_of(row: Row) -> CardDeed:
    """A `CardDeed` from the columns of `DEED`."""
    return CardDeed(
        id=DeedId(row["id"]),
        what=row["what"],
        words=row["words"],
        member=MemberId(row["member"]),
        state=DeedState(row["state"]),
        attempts=row["attempts"],
        looks=row["looks"],
        reason=row["reason"],
        settled_by=MemberId(row["settled_by"]) if row["settled_by"] else None,
        claimed_at=maybe_instant(row["claimed_at"]),
        created_at=instant(row["created_at"]),
        code=row["code"],
        field=row["field"],
        doubted=bool(row["doubted"]),
        put_off_until=instant(row["due_at"]) if row["state"] == DeedState.QUEUED and row["reason"] else None,
    )


def card_of(row: Row) -> Card:
    """A `Card` from the columns of `CARD`, without its deeds."""
    return Card(
        id=CardId(row["id"]),
        uid=row["uid"],
        kind=CardKind(row["kind"]),
        conversation_id=None if row["conversation_id"] is None else ConversationId(row["conversation_id"]),
        line_id=None if row["line_id"] is None else LineId(row["line_id"]),
        provider=ProviderName(row["provider"]),
        provider_id=row["provider_id"],
        reference=row["reference"],
        title=row["title"],
        says=json.loads(row["says"]),
        state=row["state"],
        settled=bool(row["settled"]),
        author=MemberId(row["author"]),
        version=row["version"],
        message_id=None if row["message_id"] is None else MessageId(row["message_id"]),
        created_at=instant(row["created_at"]),
        state_at=instant(row["state_at"]),
        remind_at=maybe_instant(row["remind_at"]),
        look_due_at=maybe_instant(row["look_due_at"]),
    )


def says_text(says: Says) -> str:
    """What a card says, for its column."""
    return json.dumps(dict(says), sort_keys=True)


async def card_where(tx: Tx, condition: str, **values: str | int) -> Card | None:
    """The card of which that is true, with its deeds, or None."""
    row = await tx.row(f"select {CARD} from cards c where {condition}", **values)
    if row is None:
        return None
    deeds = await tx.rows(_LAST, id=row["id"])
    return replace(card_of(row), deeds=tuple(map(deed_of, deeds)))


async def card_by_id(tx: Tx, card_id: int, *, lock: bool = False) -> Card | None:
    """The card with its deeds; locked against others who change it when `lock`."""
    if lock:
        await tx.row("select id from cards where id = :id /* for update */", id=card_id)
    return await card_where(tx, "c.id = :id", id=card_id)


async def cards_where(tx: Tx, rest: str, **values: str | int) -> Sequence[Card]:
    """Cards of which that is true, in its order, without their deeds."""
    return [card_of(row) for row in await tx.rows(f"select {CARD} from cards c where {rest}", **values)]


async def queue_deed(tx: Tx, card_id: int, new: NewCardDeed) -> bool:
    """Queue a deed on a card. False when it is there already, excluded by another one, or the card is settled."""
    added = await tx.run(
        """insert into deeds (key, card_id, provider, what, once, words, member, state, due_at, created_at)
        select :key, c.id, c.provider, :what, :once, :words, :member, 'queued', :now, :now
        from cards c where c.id = :card and c.settled = 0 on conflict do nothing""",
        key=new.key,
        card=card_id,
        what=new.what,
        once=new.once,
        words=new.words,
        member=new.member,
    )
    if added:
        await bump(tx, card_id)
    return added > 0


# --- What changes a card ----------------------------------------------------------------------------------------


async def bump(tx: Tx, card_id: int) -> None:
    """The card no longer says what is true: have its message drawn again."""
    row = await tx.row(
        "update cards set version = version + 1 where id = :id returning version, message_id", id=card_id
    )
    if row is not None and row["message_id"] is not None:
        await tx.run(
            "update messages set wanted = :version, shown_due_at = :now where id = :id",
            id=row["message_id"],
            version=str(row["version"]),
        )
    tx.wake()


async def apply(tx: Tx, card: Card, seen: Seen, *, asked: Card) -> None:
    """Note what the provider has of a card; what is settled stays so, and is not asked for any more. `asked` is
    the card as it was when the provider was asked."""
    changed = (card.provider_id, card.state, dict(card.says), card.settled) != (
        (seen.provider_id, seen.state, dict(seen.says), seen.settled)
    )
    if changed and not card.settled:
        await tx.run(
            """update cards set provider_id = :provider_id, state = :state, says = :says, settled = :settled,
              state_at = case when state = :state then state_at else :now end where id = :id""",
            id=card.id,
            provider_id=seen.provider_id,
            state=seen.state,
            says=says_text(seen.says),
            settled=int(seen.settled),
        )
        if card.provider_id is None and seen.provider_id is not None:
            await _is_made(tx, card)
        await bump(tx, card.id)
    if not card.settled:
        for news in seen.news:
            await tell(tx, card, news)
    await tx.run("update cards set unanswered = 0 where id = :id and unanswered > 0", id=card.id)
    await look_again(tx, card, asked=asked)


async def _is_made(tx: Tx, card: Card) -> None:
    """The provider shows it: whatever became of the tries to make it, one did, and none is made any more."""
    row = await tx.row(
        """update deeds set state = 'done', reason = '', code = '', finished_at = :now, lease_until = null
        where card_id = :card and what = 'create' and (state = 'failed' or state = 'uncertain'
          or state = 'sending' or (state = 'queued' and attempts > 0)) returning what, member""",
        card=card.id,
    )
    if row is not None:
        await write_down(tx, card, row["what"], MemberId(row["member"]))


# --- When the provider is asked ----------------------------------------------------------------------------------


async def look_now(tx: Tx, card_id: int) -> None:
    """Have the provider asked before all that is only due."""
    await tx.run("update cards set look_due_at = 0, looking_until = 0 where id = :id and settled = 0", id=card_id)
    tx.wake()


async def look_again(tx: Tx, card: Card, *, asked: Card) -> None:
    """After the provider was asked of a card as it was then. Whatever had it looked at since may have come after
    the answer was made: then at once, else later."""
    if card.look_due_at == asked.look_due_at:
        await look_later(tx, card.id)
    else:
        await look_now(tx, card.id)
        await _leave_settled(tx, card.id)


async def look_later(tx: Tx, card_id: int) -> None:
    """Have the provider asked again: soon after it changed, then less and less, and when it is to be reminded of;
    never when it is settled. What was reported stays due."""
    row = await tx.row(
        """select state_at, remind_at, unanswered, :now as now from cards
        where id = :id and settled = 0 and coalesce(look_due_at, 1) > 0""",
        id=card_id,
    )
    if row is not None:
        await tx.run(
            "update cards set look_due_at = :due, looking_until = 0 where id = :id",
            id=card_id,
            due=_look_due_at(row),
        )
    await _leave_settled(tx, card_id)


async def _leave_settled(tx: Tx, card_id: int) -> None:
    await tx.run("update cards set look_due_at = null where id = :id and settled = 1", id=card_id)


def _look_due_at(row: Row) -> int:
    now, remind_at = int(row["now"]), row["remind_at"]
    wait = min(max((now - int(row["state_at"])) // 10, LOOK_SOONEST_US), LOOK_LATEST_US)
    if row["unanswered"]:
        wait = min(wait, LOOK_SOONEST_US << min(int(row["unanswered"]) - 1, MOST_DOUBLINGS))
    due_at = now + wait
    return due_at if remind_at is None or remind_at <= now else min(due_at, int(remind_at))


# --- What is told ------------------------------------------------------------------------------------------------


async def tell(tx: Tx, card: Card, news: News) -> None:
    """Tell the card's thread something and mention whom it is for, or else who asked for the card, once for each
    topic; the card's channel, for a card that is in nobody's thread."""
    if card.message_id is None:
        return
    if card.conversation_id is None:
        await _tell_channel(tx, card, card.message_id, news)
    else:
        notice = NewNotice(
            reason=CARD_NEWS,
            words=news.sentence,
            author=news.to or card.author,
            nth=news.topic,
            broadcast=news.broadcast,
        )
        await insert_notice(tx, card.message_id, notice)


async def _tell_channel(tx: Tx, card: Card, message_id: int, news: News) -> None:
    row = await tx.row("select uid, channel from messages where id = :id", id=message_id)
    if row is None or row["channel"] is None:
        return
    await insert(
        tx,
        NewMessage(
            key=f"alert:{row['uid']}:{CARD_NEWS}:{news.topic}",
            kind=Kind.ALERT,
            direction=Direction.IN,
            conversation_id=None,
            pace=post_pace(row["channel"]),
            body=news.sentence,
            author=news.to or card.author,
            channel=row["channel"],
            occurred_at=await now_us(tx),
        ),
    )


async def write_down(tx: Tx, card: Card, what: str, who: MemberId, result: str = "") -> None:
    """A line of the log of what people did: `payment_remind`, and what became of it when that is not as wanted."""
    deed = NewDeed(who, f"{card.kind}_{what}", card.conversation_id, card.message_id, result, card.title)
    await note(tx, deed)
