"""What stands in a member's App Home, and what a click there does.

Promise 5: whoever is no full member sees none of it. A member sees what is on the lines that they may use.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.bridge import Bridge
from bot.errors import NotAllowed, UsageError
from bot.flows import line_states, texts
from bot.flows.commands.ask import Typed, ask
from bot.flows.commands.text import NEW_TEXT
from bot.flows.commands.turn import NO_LINE
from bot.flows.forms.opening import Loading
from bot.flows.lines import polls
from bot.flows.rights import lines_for
from bot.flows.roots import ask_of
from bot.grammar import quote, verb_of
from bot.model import Ask, ChannelId, ConversationId, Line, LineId, Member, MemberId, MemberKind, Post
from bot.model.home import Home, HomeList, LineHealth, OpenHome, Part
from bot.views.home import ROWS, HomeAction
from bot.views.root_buttons import RootAction

SETTINGS = "form:line_settings"
MOST_PAGES = 1_000

_GONE = "That is not there any more."

T = TypeVar("T")
Read = Callable[[int, int], Awaitable[Sequence[T]]]  # how many to skip, how many to read


async def gather(bridge: Bridge, home: OpenHome) -> Home | None:
    """Everything that a member sees; None for whoever is no full member. Raises `SlackError` when Slack does not
    say who they are."""
    who = await texts.member(bridge, home.member)
    if who.kind != MemberKind.MEMBER:
        return None
    lines, why = await _lines(bridge, who)
    ids, lists, is_admin = [line.id for line in lines], bridge.store.home_lists, who.id in bridge.settings.admins
    whose = None if is_admin else who.id
    return Home(
        mine=await _part(home, HomeList.MINE, lambda skip, limit: lists.mine(who.id, ids, skip, limit)),
        unclaimed=await _part(home, HomeList.UNCLAIMED, lambda skip, limit: lists.unclaimed(ids, skip, limit)),
        sends=await _part(home, HomeList.SENDS, lambda skip, limit: lists.sends(whose, ids, skip, limit)),
        due=await _part(home, HomeList.DUE, lambda skip, limit: lists.due(who.id, ids, skip, limit)),
        lines=await _health(bridge, home) if is_admin else None,
        why=why,
    )


async def _lines(bridge: Bridge, who: Member) -> tuple[Sequence[Line], str]:
    """The lines that they may use, or why there is none."""
    every = await bridge.store.lines.all()
    if not every:
        return (), NO_LINE
    try:
        return await lines_for(bridge, who, verb_of("thread", "take"), every), ""
    except NotAllowed as error:
        return (), str(error)


async def _part(home: OpenHome, which: HomeList, read: Read[T]) -> Part[T]:
    page, rows = home.pages.get(which, 1), ROWS[which]
    found = await read((page - 1) * rows, rows + 1)
    return Part(page, found[:rows], more=len(found) > rows)


async def _health(bridge: Bridge, home: OpenHome) -> Part[LineHealth]:
    """How the lines do, by name: those of one page."""
    every = sorted(await bridge.store.lines.all(), key=lambda line: line.name.casefold())
    traffic, waiting = await bridge.store.home_lists.traffic(), await bridge.store.home_lists.waiting()
    known = await line_states.all_noted(bridge)

    async def read(skip: int, limit: int) -> Sequence[LineHealth]:
        return [
            LineHealth(
                line,
                *traffic.get(line.id, (None, None)),
                *waiting.get(line.id, (0, None)),
                channel=line_states.noted(known, line, line_states.CHANNEL),
                reading=line_states.noted(known, line, line_states.READING),
                webhooks=_webhooks(bridge, known, line),
            )
            for line in every[skip : skip + limit]
        ]

    return await _part(home, HomeList.LINES, read)


def _webhooks(bridge: Bridge, known: Mapping[str, str], line: Line) -> str | None:
    """What is wrong with its webhooks; None where there are none to be."""
    if polls(bridge) or line.provider not in bridge.providers:
        return None
    return line_states.noted(known, line, line_states.WEBHOOKS)


# --- A click ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HomeClick:
    """A click in App Home: which button, what it carries, and by whom."""

    action: HomeAction
    value: str
    member: MemberId
    trigger_id: str


async def keep_up(bridge: Bridge, member: MemberId) -> None:
    """Somebody clicked in their App Home, which may have stood there for longer than it is kept up."""
    await bridge.store.homes.used(member)


async def press_home(bridge: Bridge, click: HomeClick) -> Post | Loading | None:
    """Do it; what is shown in a window, None when App Home shows it. Raises `BotError` with a sentence."""
    if click.action in (HomeAction.NEWER, HomeAction.OLDER):
        await bridge.store.homes.turn(click.member, *_page(click.value))
        return None
    await keep_up(bridge, click.member)
    wanted = await _wanted(bridge, click)
    made = await ask(
        bridge, Typed(wanted, click.member, ChannelId(""), f"press:{click.trigger_id}", click.trigger_id)
    )
    return None if click.action == HomeAction.TAKE else made


def _page(value: str) -> tuple[HomeList, int]:
    """Which page of which list. Raises `UsageError` for what this version does not know. Pure."""
    which, _, page = value.partition(":")
    if which not in set(HomeList) or not page.isdecimal() or not 1 <= int(page) <= MOST_PAGES:
        raise UsageError(_GONE)
    return HomeList(which), int(page)


async def _wanted(bridge: Bridge, click: HomeClick) -> Ask:
    if click.action == HomeAction.NEW_TEXT:
        return Ask(NEW_TEXT, "")
    if not click.value.isdecimal():
        raise UsageError(_GONE)
    if click.action == HomeAction.SETTINGS:
        return Ask(SETTINGS, quote(await _number(bridge, LineId(int(click.value)))))
    conversation = await bridge.store.threads.conversation(ConversationId(int(click.value)))
    if conversation is None:
        raise UsageError(_GONE)
    return ask_of(RootAction.TAKE, conversation)


async def _number(bridge: Bridge, line_id: LineId) -> str:
    found = [line.number for line in await bridge.store.lines.all() if line.id == line_id]
    if not found:
        raise UsageError(_GONE)
    return found[0]
