"""App Home: what a member sees, in few words, literal, and never more than Slack takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import (
    ChannelId,
    Conversation,
    ConversationId,
    Kind,
    LineId,
    MemberId,
    Message,
    Post,
    Status,
    Ts,
)
from bot.model.home import Home, HomeCard, HomeConversation, HomeList, HomeSend, LineHealth, Part
from bot.sandbox.slack.modals import check_view
from bot.views.home import ROWS, HomeAction, home_view, stranger_view
from tests.views.cases import AT, LINE, conversation, message, notice, words
from tests.views.check_blocks import check_home

NOTHING: Part[Any] = Part(1, (), more=False)
SEEN = "2026-11-22 09:30 UTC"


def link(channel: str, ts: str) -> str:
    return f"https://a.slack.com/archives/{channel}/p{ts}"


def home(**fields: Any) -> Home:
    parts = dict.fromkeys(("mine", "unclaimed", "sends", "due"), NOTHING)
    return Home(**{**parts, "lines": None, **fields})


def part(*things: Any, page: int = 1, more: bool = False) -> Part[Any]:
    return Part(page, things, more=more)


def shown(made: Home) -> list[str]:
    view: Any = home_view(made, link)
    check_home(view)
    assert check_view(json.loads(json.dumps(view))) == []
    return words(Post("", tuple(view["blocks"]))).split("\n")


def health(**fields: Any) -> LineHealth:
    well = {"last_in_at": AT, "last_out_at": None, "waiting": 0, "oldest_due_at": None}
    return LineHealth(**{"line": LINE, **well, "channel": "", "reading": "", "webhooks": "", **fields})


# --- What stands there --------------------------------------------------------------------------------------


def test_home_with_nothing_in_it_says_so_and_offers_a_new_text() -> None:
    assert shown(home()) == [
        "[New text]",
        "Your open conversations",
        "None. Take one on its card, or below.",
        "Nobody’s yet",
        "None: everybody who waits for an answer has somebody.",
    ]


def test_conversation_is_a_link_with_what_was_said_last() -> None:
    mine = HomeConversation(conversation(status=Status.OPEN), message("Is the slot\nfree?"))

    view: Any = home_view(home(mine=part(mine)), link)

    assert shown(home(mine=part(mine)))[2:4] == [
        "Maria Lopez → Sales line · 💬 Open",
        f"They: Is the slot free? · {SEEN}",
    ]
    assert link("C1", "1790000000.000001") in json.dumps(view)


def test_conversation_without_a_thread_yet_is_named() -> None:
    mine = HomeConversation(conversation(root_channel=None, root_ts=None), None)

    assert shown(home(mine=part(mine)))[2] == "Maria Lopez → Sales line · 👋 New"


def test_what_is_nobodys_can_be_taken() -> None:
    free = HomeConversation(conversation(id=ConversationId(42)), message("Hi"))
    view: Any = home_view(home(unclaimed=part(free)), link)

    (button,) = next(block for block in view["blocks"] if block.get("block_id") == "home:take:42")["elements"]

    assert (button["action_id"], button["value"]) == (HomeAction.TAKE, "42")


@pytest.mark.parametrize(
    ("reason", "says", "buttons"),
    [
        ("failed", "⚠️ Did not arrive: Maria Lopez → Sales line", ["[Retry]"]),
        ("gave_up", "⚠️ Not sent: Maria Lopez → Sales line", ["[Retry]"]),
        (
            "uncertain",
            "❔ Nobody knows whether this arrived: Maria Lopez → Sales line",
            ["[Check]", "[Send again]", "[It arrived]"],
        ),
        (
            "offered",
            "⏳ Written late, and not sent yet: Maria Lopez → Sales line",
            ["[Send it]", "[Keep internal]"],
        ),
    ],
)
def test_text_that_waits_has_the_buttons_of_its_notice(reason: str, says: str, buttons: list[str]) -> None:
    send = HomeSend(notice(reason, "The phone is off."), conversation(), "At 3 pm")

    assert shown(home(sends=part(send)))[1:] == [
        "Texts that need you",
        says,
        "At 3 pm",
        "The phone is off.",
        *buttons,
        *shown(home())[1:],
    ]


def test_what_is_due_leads_to_its_card() -> None:
    card = HomeCard("$45.00 · Deposit", "sent", conversation(), ChannelId("C1"), Ts("1790000000.000009"))

    assert shown(home(due=part(card)))[-2:] == [
        "Payments and callbacks to come",
        "$45.00 · Deposit · Maria Lopez → Sales line · sent",
    ]


def test_admin_sees_how_a_line_does() -> None:
    well = health(waiting=3, oldest_due_at=AT)

    assert shown(home(lines=part(well)))[-4:] == [
        "Lines",
        "🟢 Sales line · +1 423 555 0100",
        f"Last text in: {SEEN} · out: never · 3 waiting, the oldest since {SEEN}"
        " · webhooks connected · credentials accepted",
        "[Settings]",
    ]


def test_line_that_is_in_trouble_says_which() -> None:
    ill = health(reading="Text Request refused the key.", webhooks=None)

    assert shown(home(lines=part(ill)))[-4:-1] == [
        "🔴 Sales line · +1 423 555 0100",
        f"Last text in: {SEEN} · out: never",
        "⚠️ Text Request refused the key.",
    ]


def test_who_may_use_no_line_reads_why_and_nothing_else() -> None:
    made = home(why="Only who is in a line's channel may do that. Join one: <#C1>.")

    assert shown(made) == ["Only who is in a line's channel may do that. Join one: #C1."]


def test_stranger_sees_one_sentence() -> None:
    view: Any = stranger_view()

    check_home(view)
    assert len(view["blocks"]) == 1


@pytest.mark.parametrize(
    ("page", "more", "buttons"),
    [(1, False, []), (1, True, ["[Older]"]), (2, True, ["[Newer]", "[Older]"]), (3, False, ["[Newer]"])],
)
def test_list_is_turned_page_by_page(page: int, more: bool, buttons: list[str]) -> None:
    mine = HomeConversation(conversation(), None)

    after = shown(home(mine=part(mine, page=page, more=more)))[3:]

    assert after[: len(buttons)] == buttons
    assert after[len(buttons)] == "Nobody’s yet"


def test_page_behind_the_end_leads_back() -> None:
    assert shown(home(sends=part(page=3)))[1:4] == ["Texts that need you", "Nothing more.", "[Newer]"]


# --- Any state at all ---------------------------------------------------------------------------------------

ODD = ["", "\n", "<!channel> <@U1> &amp;", "@here :tada: *bold*", "\u202e\x00\ue000U1\ue001"]
WORDS = st.text(max_size=60) | st.sampled_from([*ODD, "x" * 600, "👩‍👩‍👧‍👦" * 60])
IDS = st.integers(1, 10**9)


def conversations() -> st.SearchStrategy[Conversation]:
    return st.builds(
        lambda id_, name, line, status, thread: conversation(
            id=ConversationId(id_),
            contact_name=name,
            line=replace(LINE, name=line),
            status=status,
            root_ts=Ts("1790000000.000001") if thread else None,
        ),
        *(IDS, st.none() | WORDS, WORDS, st.sampled_from(Status), st.booleans()),
    )


def messages() -> st.SearchStrategy[Message | None]:
    kinds = st.sampled_from([Kind.TEXT, Kind.REPLY, Kind.ECHO])
    return st.none() | st.builds(message, WORDS, kinds)


def parts(things: st.SearchStrategy[Any], which: HomeList, ids: Any) -> st.SearchStrategy[Part[Any]]:
    rows: st.SearchStrategy[Sequence[Any]] = st.lists(things, max_size=ROWS[which], unique_by=ids)
    return st.builds(Part, st.integers(1, 1_000), rows, more=st.booleans())


def homes() -> st.SearchStrategy[Home]:
    kept = st.builds(HomeConversation, conversations(), messages())
    reasons = st.sampled_from(["failed", "gave_up", "uncertain", "offered"])
    sends = st.builds(
        lambda reason, uid, where, said: HomeSend(notice(reason, uid=f"{uid:032x}"), where, said),
        *(reasons, IDS, conversations(), WORDS),
    )
    due = st.builds(
        HomeCard,
        WORDS,
        st.sampled_from(["", "sent", "due"]),
        st.none() | conversations(),
        st.none() | st.just(ChannelId("C1")),
        st.none() | st.just(Ts("1.1")),
    )
    times, trouble = st.none() | st.just(AT), st.none() | WORDS
    lines = st.builds(
        lambda id_, name, *rest: LineHealth(replace(LINE, id=LineId(id_), name=name), *rest),
        *(IDS, WORDS, times, times, st.integers(0, 10**6), times, trouble, trouble, trouble),
    )
    return st.builds(
        Home,
        parts(kept, HomeList.MINE, lambda each: each.conversation.id),
        parts(kept, HomeList.UNCLAIMED, lambda each: each.conversation.id),
        parts(sends, HomeList.SENDS, lambda each: each.notice.uid),
        parts(due, HomeList.DUE, None),
        st.none() | parts(lines, HomeList.LINES, lambda each: each.line.id),
        st.just("") | WORDS,
    )


@settings(max_examples=60)
@given(homes())
def test_any_state_is_a_view_that_slack_takes(made: Home) -> None:
    view: Any = home_view(made, link)

    check_home(view)
    assert check_view(json.loads(json.dumps(view))) == []


def test_fullest_home_is_one_that_slack_takes() -> None:
    def whole(which: HomeList, make: Any) -> Part[Any]:
        return Part(2, [make(number) for number in range(ROWS[which])], more=True)

    def talk(number: int) -> HomeConversation:
        named = conversation(id=ConversationId(number), contact_name="x" * 500)
        return HomeConversation(named, message("y" * 9_000))

    def send(number: int) -> HomeSend:
        return HomeSend(notice("uncertain", uid=f"{number:032}"), conversation(), "z" * 9_000)

    made = Home(
        mine=whole(HomeList.MINE, talk),
        unclaimed=whole(HomeList.UNCLAIMED, talk),
        sends=whole(HomeList.SENDS, send),
        due=whole(HomeList.DUE, lambda _: HomeCard("t" * 500, "sent", conversation(), ChannelId("C1"), Ts("1.1"))),
        lines=whole(
            HomeList.LINES, lambda number: health(line=replace(LINE, id=LineId(number)), reading="w" * 9_000)
        ),
    )

    view: Any = home_view(made, link)

    check_home(view)
    assert len(view["blocks"]) == 1 + 12 + 18 + 12 + 10 + 18
    assert MemberId("U1") not in json.dumps(view)
