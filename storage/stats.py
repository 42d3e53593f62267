"""What is counted of some days: texts either way, how long contacts waited, what did not go, who sent how much.

Promises
- The database counts; what leaves it is a row for a step, a member or a reason, however many messages there are.
- A day is one of the zone of who asks, also where its clocks are changed.
- What is counted is found by its time, and nothing else of the database waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from string import ascii_lowercase

from bot.model import Failure, Figures, LineId, MemberId, Period, Traffic, Wait, Waits
from storage.database import Database, Row, Tx, Value, micros

# A row that is a text, either way. One that the provider did not take was never said.
_SAID = "({m}.kind = 'text' or {m}.kind = 'echo' or ({m}.kind = 'reply' and {m}.state = 'done'))"
# No join: both databases would sometimes begin with the conversations, and look through the messages for each.
_WITHIN = """from messages m
    where m.occurred_at >= :since and m.occurred_at < :until
      and (select c.line_id from conversations c where c.id = m.conversation_id) in ({lines})"""

_TRAFFIC = """
select {step} as step, sum(case when m.kind = 'text' then 1 else 0 end) as came,
  sum(case when m.kind = 'text' then 0 else 1 end) as went
{within} and {said} group by step"""

_SENT = """
select case when m.kind = 'echo' then '' else m.author end as member, count(*) as texts
{within} and m.kind <> 'text' and {said} group by member order by texts desc, member"""

# `turns` are the texts with which somebody's turn to speak begins: a contact's, then ours, then a contact's.
_WAITS = """
with said as (
  select m.id, m.conversation_id, m.kind, m.author, m.occurred_at,
    lag(m.kind) over (partition by m.conversation_id order by m.id) as before
  {within} and {said}
), turns as (
  select s.kind, s.occurred_at, lead(s.kind) over turn as answer, lead(s.author) over turn as member,
    lead(s.occurred_at) over turn as answered_at
  from said s
  where (s.kind <> 'text' and s.before = 'text') or (s.kind = 'text' and 'text' <> coalesce(s.before, (
    select p.kind from messages p where p.conversation_id = s.conversation_id and p.id < s.id and {said_earlier}
    order by p.id desc limit 1), ''))
  window turn as (partition by s.conversation_id order by s.id)
), waits as (
  select {step_of_turn} as step, t.member,
    case when t.answered_at < t.occurred_at then 0 else t.answered_at - t.occurred_at end as waited
  from turns t where t.kind = 'text' and t.answer = 'reply'
), ranked as (
  select step, member, waited, row_number() over (order by waited) as place, count(*) over () as many,
    row_number() over (partition by step order by waited) as step_place,
    count(*) over (partition by step) as step_many,
    row_number() over (partition by member order by waited) as member_place,
    count(*) over (partition by member) as member_many
  from waits
)
select 'whole' as about, 0 as step, '' as member, count(*) as texts, {whole} from ranked
union all select 'step', step, '', count(*), {by_step} from ranked group by step
union all select 'member', 0, member, count(*), {by_member} from ranked group by member
union all select 'unanswered', 0, '', count(*), 0, 0 from turns where kind = 'text' and answer is null"""

# The nearest of the waits that are there: half, or nine of ten, are no longer.
_RANKS = """max(case when {of}place = ({of}many + 1) / 2 then waited end) as middle_us,
    max(case when {of}place = ({of}many * 9 + 9) / 10 then waited end) as slow_us"""

_FAILURES = """
select why, code, max(words) as words, count(*) as texts from (
  select case m.state when 'uncertain' then 'uncertain' when 'done' then 'failed' else m.reason end as why,
    m.code, coalesce((select n.body from messages n where n.subject_id = m.id and n.kind = 'notice'
      and n.reason <> 'edited' and n.reason <> 'deleted' order by n.id desc limit 1), '') as words
  {within} and m.kind = 'reply' and (m.state = 'uncertain' or (m.state = 'done' and m.delivery = 'failed')
    or (m.state = 'dead' and m.reason <> 'cancelled' and m.reason <> 'unknown_thread'))
) f group by why, code order by texts desc, why, code"""


class Stats:
    """Counting what was said on some lines, in a period."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def figures(self, lines: Sequence[LineId], period: Period) -> Figures:
        """Everything that is counted, of one and the same moment."""
        counting = _Counting(lines, period)

        async def unit(tx: Tx) -> Figures:
            return Figures(
                await counting.traffic(tx),
                await counting.waits(tx),
                await counting.failures(tx),
                await counting.sent(tx),
            )

        return await self._database.survey(unit)


class _Counting:
    """One question a method, all of the same lines and days."""

    def __init__(self, lines: Sequence[LineId], period: Period) -> None:
        self._words = {
            "within": _WITHIN.format(lines=", ".join(str(int(line)) for line in lines) or "null"),
            "step": _step(period, "m"),
            "step_of_turn": _step(period, "t"),
            "said": _SAID.format(m="m"),
            "said_earlier": _SAID.format(m="p"),
            "whole": _RANKS.format(of=""),
            "by_step": _RANKS.format(of="step_"),
            "by_member": _RANKS.format(of="member_"),
        }
        self._within: dict[str, Value] = {"since": micros(period.since), "until": micros(period.until)}
        self._stepping = self._within | _step_values(period)

    async def traffic(self, tx: Tx) -> Mapping[int, Traffic]:
        rows = await tx.rows(_TRAFFIC.format_map(self._words), **self._stepping)
        return {row["step"]: Traffic(int(row["came"]), int(row["went"])) for row in rows}

    async def waits(self, tx: Tx) -> Waits:
        rows = await tx.rows(_WAITS.format_map(self._words), **self._stepping)
        whole = [_wait(row) for row in _about(rows, "whole") if row["texts"]]
        return Waits(
            whole=whole[0] if whole else None,
            by_step={row["step"]: _wait(row) for row in _about(rows, "step")},
            by_member={MemberId(row["member"]): _wait(row) for row in _about(rows, "member")},
            unanswered=sum(row["texts"] for row in _about(rows, "unanswered")),
        )

    async def failures(self, tx: Tx) -> tuple[Failure, ...]:
        rows = await tx.rows(_FAILURES.format_map(self._words), **self._within)
        return tuple(Failure(row["why"], row["code"], row["words"], row["texts"]) for row in rows)

    async def sent(self, tx: Tx) -> Mapping[MemberId, int]:
        rows = await tx.rows(_SENT.format_map(self._words), **self._within)
        return {MemberId(row["member"]): row["texts"] for row in rows}


def _about(rows: Iterable[Row], what: str) -> list[Row]:
    return [row for row in rows if row["about"] == what]


def _wait(row: Row) -> Wait:
    return Wait(int(row["texts"]), row["middle_us"] / 1_000_000, row["slow_us"] / 1_000_000)


def _step(period: Period, of: str) -> str:
    """The step in which a row of the table `of` lies: a division, with the zone's offset at that time."""
    letters = list(ascii_lowercase[: len(period.offsets)])
    *before, last = letters
    cases = [
        f"when {of}.occurred_at < :turn_{letters[at + 1]} then :offset_{each}" for at, each in enumerate(before)
    ]
    offset = f"case {' '.join(cases)} else :offset_{last} end" if cases else f":offset_{last}"
    return f"(({of}.occurred_at + {offset}) / 86400000000 - :first_day) / :step_days"


def _step_values(period: Period) -> dict[str, Value]:
    values: dict[str, Value] = {
        "first_day": (period.first_day - date(1970, 1, 1)).days,
        "step_days": period.step_days,
    }
    for letter, (since, offset) in zip(ascii_lowercase, period.offsets, strict=False):
        values[f"offset_{letter}"] = offset // timedelta(microseconds=1)
        if letter != "a":
            values[f"turn_{letter}"] = micros(since)
    return values
