"""`/threadline`: the bot itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import UsageError
from bot.flows import texts
from bot.flows.commands.stats import stats
from bot.flows.commands.turn import Turn, Verb
from bot.grammar import Mention, To, quote
from bot.model import Ask, Deed, MemberId, Number
from bot.views.answers import Answer, Item, pages
from bot.views.deeds import deed_line

PAGE = 10


_PICK = "Write @ and pick the person from Slack's list, like by=@dana."
_HEADING = "Who did what, newest first"
_NOTHING = "Nothing was done yet that this would show."
_NO_NUMBER = "Say whose by the number, like to=+14155550134."


async def audit(turn: Turn) -> Answer | None:
    """`/threadline audit [to= by=]`: who did what, newest first."""
    by, to = _by(turn), _to(turn)
    page = turn.asked.page
    deeds = await turn.bridge.store.audit.page(by=by, to=to, skip=(page - 1) * PAGE, limit=PAGE + 1)
    names = await _names(turn, deeds[:PAGE])
    items = tuple(Item(deed_line(deed, names[deed.who], turn.zone)) for deed in deeds[:PAGE])

    def other(number: int) -> Ask:
        keys = [f"by=<@{by}>" if by else "", f"to={quote(to)}" if to else "", f"page={number}"]
        return turn.again(" ".join(["audit", *filter(None, keys)]))

    nothing = _NOTHING if page == 1 else f"There is no page {page}."
    return Answer(_HEADING if items else nothing, items, choices=pages(page, other, more=len(deeds) > PAGE))


def _by(turn: Turn) -> MemberId | None:
    by = turn.asked.find("by", Mention)
    if by is None:
        return None
    if by.id is None:
        raise UsageError(_PICK)
    return MemberId(by.id)


def _to(turn: Turn) -> Number | None:
    to = turn.asked.find("to", To)
    if to is not None and to.number is None:
        raise UsageError(_NO_NUMBER)
    return None if to is None else to.number


async def _names(turn: Turn, deeds: Sequence[Deed]) -> dict[MemberId, str]:
    """Raises `SlackError` when Slack does not say who they are."""
    return {who: (await texts.member(turn.bridge, who)).name for who in {deed.who for deed in deeds}}


async def doctor(turn: Turn) -> Answer | None:
    """`/threadline doctor`: what `threadline doctor` says, of the bot that answers."""
    examine = turn.bridge.examine
    assert examine is not None
    *found, verdict = await examine(turn.bridge)
    return Answer(verdict, tuple(Item(line) for line in found))


THREADLINE: Mapping[str, Verb] = {"audit": audit, "doctor": doctor, "stats": stats}
