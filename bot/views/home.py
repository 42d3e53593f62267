"""App Home: a member's conversations and what waits for them; for admins how the lines do. Pure.

Every action id stands here and is never renamed. A value names a conversation or a line by its id, or a page of a
list; a text that waits has the buttons of its notice. What others wrote is rich text, and literal.
Source: https://docs.slack.dev/surfaces/app-home and https://docs.slack.dev/reference/views/home-tab-views
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from bot.markup import one_line, shorten, with_names
from bot.model import Block, Conversation, Kind, Message
from bot.model.home import Home, HomeCard, HomeConversation, HomeList, HomeSend, LineHealth, Part
from bot.phone import display_number
from bot.views import rich
from bot.views.answers import plain
from bot.views.buttons import row
from bot.views.forms import View
from bot.views.notices import actions_of
from bot.views.places import place_words
from bot.views.thread import contact_label, line_label, status_words

# So many of each list stand on a page. What has buttons takes two blocks, a list two or three more: together well
# below the hundred that Slack takes. Source: https://docs.slack.dev/reference/views/home-tab-views
ROWS = {HomeList.MINE: 10, HomeList.UNCLAIMED: 8, HomeList.SENDS: 5, HomeList.DUE: 8, HomeList.LINES: 8}
QUOTED = 150
LONGEST_TITLE = 200

T = TypeVar("T")
Link = Callable[[str, str], str]  # a channel and a message in it → its address


class HomeAction(StrEnum):
    """What a button asks for."""

    NEW_TEXT = "home:new_text"
    TAKE = "home:take"
    SETTINGS = "home:settings"
    NEWER = "home:newer"
    OLDER = "home:older"


_TITLES = {
    HomeList.MINE: "Your open conversations",
    HomeList.UNCLAIMED: "Nobody’s yet",
    HomeList.SENDS: "Texts that need you",
    HomeList.DUE: "Payments and callbacks to come",
    HomeList.LINES: "Lines",
}
_NONE = {
    HomeList.MINE: "None. Take one on its card, or below.",
    HomeList.UNCLAIMED: "None: everybody who waits for an answer has somebody.",
}
_WAITS = {
    "failed": "⚠️ Did not arrive",
    "gave_up": "⚠️ Not sent",
    "uncertain": "❔ Nobody knows whether this arrived",
    "offered": "⏳ Written late, and not sent yet",
}
_STRANGER = "Threadline is for full members of this workspace."


def stranger_view() -> View:
    """What a guest, or somebody of another workspace, sees. Pure."""
    return _view([_line(rich.said(_STRANGER))])


def home_view(home: Home, link: Link) -> View:
    """What a member sees. `link` gives the address of a message. Pure."""
    return _view([*_top(home), *_lists(home, link)])


def _view(blocks: Sequence[Block]) -> View:
    return {"type": "home", "callback_id": "home", "blocks": list(blocks)}


def _top(home: Home) -> Iterator[Block]:
    if home.why:
        yield _line(rich.sentence(home.why))
        return
    yield {
        "type": "actions",
        "block_id": "home:top",
        "elements": [_button(HomeAction.NEW_TEXT, "New text", "new", style="primary")],
    }


def _lists(home: Home, link: Link) -> Iterator[Block]:
    if not home.why:
        yield from _list(HomeList.SENDS, home.sends, lambda each: _send(each, link))
        yield from _list(HomeList.MINE, home.mine, lambda each: _conversation(each, link))
        yield from _list(HomeList.UNCLAIMED, home.unclaimed, lambda each: _unclaimed(each, link))
        yield from _list(HomeList.DUE, home.due, lambda each: _card(each, link))
    if home.lines is not None:
        yield from _list(HomeList.LINES, home.lines, _health)


def _list(which: HomeList, part: Part[T], draw: Callable[[T], Iterator[Block]]) -> Iterator[Block]:
    """A heading, the page, and the buttons that turn it; nothing for a list that is empty and need not say so."""
    if not part.things and part.page == 1 and which not in _NONE:
        return
    yield {"type": "header", "text": plain(_TITLES[which])}
    if not part.things:
        said = _NONE.get(which, "") if part.page == 1 else "Nothing more."
        yield _line(rich.said(said or "Nothing more.", italic=True))
    for thing in part.things:
        yield from draw(thing)
    yield from _pages(which, part)


def _pages(which: HomeList, part: Part[T]) -> Iterator[Block]:
    newer = [_button(HomeAction.NEWER, "Newer", f"{which}:{part.page - 1}")] if part.page > 1 else []
    older = [_button(HomeAction.OLDER, "Older", f"{which}:{part.page + 1}")] if part.more else []
    if newer or older:
        yield {"type": "actions", "block_id": f"home:pages:{which}", "elements": [*newer, *older]}


# --- One thing of each list -------------------------------------------------------------------------------------


def _conversation(each: HomeConversation, link: Link) -> Iterator[Block]:
    conversation = each.conversation
    parts = [rich.section(*_whose(conversation, link), *rich.said(f" · {status_words(conversation.status)}"))]
    if each.said is not None:
        parts.append(rich.quote(*_said(each.said), *rich.said(" · "), rich.when(each.said.occurred_at)))
    yield rich.block(*parts)


def _unclaimed(each: HomeConversation, link: Link) -> Iterator[Block]:
    yield from _conversation(each, link)
    conversation = each.conversation.id
    yield {
        "type": "actions",
        "block_id": f"home:take:{conversation}",
        "elements": [_button(HomeAction.TAKE, "Take", str(conversation))],
    }


def _send(each: HomeSend, link: Link) -> Iterator[Block]:
    words = rich.words(shorten(with_names(each.words, {}), QUOTED))
    about = rich.section(*rich.said(f"{_WAITS[each.notice.reason]}: "), *_whose(each.conversation, link))
    why = rich.words(one_line(each.notice.body, QUOTED))
    reason = [rich.section(*why)] if why and each.notice.body.strip() else []
    yield rich.block(about, rich.quote(*(words or rich.said("(no words)"))), *reason)
    yield row(each.notice.uid, *actions_of(each.notice.reason))


def _card(each: HomeCard, link: Link) -> Iterator[Block]:
    label = one_line(each.title, LONGEST_TITLE)
    title = rich.said(label)
    if each.channel is not None and each.ts is not None:
        title = [rich.link(link(each.channel, each.ts), label)]
    whose = [] if each.conversation is None else [*rich.said(" · "), *_whose(each.conversation, link)]
    state = rich.said(f" · {each.state}") if each.state else []
    yield _line([*title, *whose, *state])


def _health(each: LineHealth) -> Iterator[Block]:
    line, well = each.line, not (each.channel or each.reading or each.webhooks)
    shown = [*rich.said("🟢 " if well else "🔴 "), *rich.words(line_label(line), bold=True)]
    shown += rich.said(f" · {display_number(line.number)}")
    parts = [rich.section(*shown), rich.section(*_traffic(each))]
    troubles = filter(None, (each.channel, each.reading, each.webhooks))
    parts += [rich.section(*rich.words(f"⚠️ {one_line(trouble, LONGEST_TITLE * 2)}")) for trouble in troubles]
    yield rich.block(*parts)
    yield {
        "type": "actions",
        "block_id": f"home:line:{line.id}",
        "elements": [_button(HomeAction.SETTINGS, "Settings", str(line.id))],
    }


def _traffic(each: LineHealth) -> list[rich.Element]:
    last_in = rich.said("never") if each.last_in_at is None else [rich.when(each.last_in_at)]
    last_out = rich.said("never") if each.last_out_at is None else [rich.when(each.last_out_at)]
    shown = [*rich.said("Last text in: "), *last_in, *rich.said(" · out: "), *last_out]
    if each.oldest_due_at is not None:
        since = rich.when(each.oldest_due_at)
        shown += [*rich.said(f" · {each.waiting} waiting, the oldest since "), since]
    if each.webhooks == "":
        shown += rich.said(" · webhooks connected")
    if each.reading == "":
        shown += rich.said(" · credentials accepted")
    return shown


def _whose(conversation: Conversation, link: Link) -> list[rich.Element]:
    """The contact, as a link to their thread where there is one, and the line."""
    label = contact_label(conversation)
    on = rich.said(f" → {line_label(conversation.line)}")
    if conversation.root_channel is None or conversation.root_ts is None:
        return [*rich.words(label, bold=True), *on]
    return [rich.link(link(conversation.root_channel, conversation.root_ts), label), *on]


def _said(message: Message) -> list[rich.Element]:
    theirs = message.kind in (Kind.TEXT, Kind.LOCATION)
    who = "They: " if theirs else "We: "
    words = place_words(message.body) if message.kind == Kind.LOCATION else message.body
    words = words if theirs else with_names(words, {})
    return [*rich.said(who, bold=True), *rich.words(one_line(words if words.strip() else "(a file)", QUOTED))]


def _line(elements: Sequence[rich.Element]) -> Block:
    return rich.block(rich.section(*elements))


def _button(action: HomeAction, label: str, value: str, *, style: str = "") -> Block:
    button: dict[str, object] = {
        "type": "button",
        "action_id": str(action),
        "text": plain(label),
        "value": value,
    }
    return {**button, "style": style} if style else button
