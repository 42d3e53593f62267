"""The root card, the contact's texts and the echoes: literal, bounded, and what Slack takes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.markup import escape
from bot.model import Attachment, Kind, MemberId, OptOut, Status
from bot.views import thread
from tests.views.cases import AT, conversation, leaves, message, texts, words
from tests.views.check_blocks import check_post

HOW_TO = "Reply in this thread to text them. Start with // to keep it internal."
SENT = "2026-11-22 09:30 UTC"
FIRST = "👋 New · Owner — · first text 2026-11-22 09:30 UTC"

HOSTILE = [
    "<!channel> <@U1> <#C1> <https://evil.example|bank>",
    "@here :tada: *bold* _it_ ~no~ `code`",
    "&lt;!here&gt; &amp;",
    "> quote\n- list\n1. list",
    "https://evil.example/?a=1&b=2",
    "\u202egnp.exe\u2066",
    "\x00\x07\x1b[31m",
    "\ue000U1\ue001",
    "🏳️‍🌈" * 50,
    " ",
    "\u200b\u2060",
    "{who} {words} %s {0}",
    "x" * 50_000,
    "é" * 20_000,
    "👩‍👩‍👧‍👦" * 5_000,
    "\n" * 3_000 + "end",
]
NAMES = [None, "", " ", "\u200b", "Maria Lopez", *HOSTILE]


# --- Late ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.ECHO])
@pytest.mark.parametrize(("late_s", "said"), [(0, "hello"), (300, "hello"), (301, f"Sent {SENT}\nhello")])
def test_text_that_is_mirrored_late_says_when_it_was_sent(kind: Kind, late_s: int, said: str) -> None:
    message_ = message(kind=kind, claimed_at=AT + timedelta(seconds=late_s))
    view = thread.text if kind == Kind.TEXT else partial(thread.echo, provider_title="Text Request")

    post = view(conversation(), message_)

    assert words(post) == said
    check_post(post)


# --- Where they are -----------------------------------------------------------------------------------------


def test_location_is_shown_with_a_map() -> None:
    post = thread.theirs(conversation(), message("35.04560,-85.30970", Kind.LOCATION, broadcast=True))

    assert words(post) == post.text + " · Open the map" == "📍 35.04560, -85.30970 · Open the map"
    assert leaves(post)[-1]["url"].endswith("/?mlat=35.04560&mlon=-85.30970#map=16/35.04560/-85.30970")
    assert (post.username, post.broadcast) == ("Maria Lopez · location …0134", True)
    check_post(post)


def test_location_is_carried_over_in_words() -> None:
    before = thread.Before("https://example.slack.com/", [message("35.04560,-85.30970", Kind.LOCATION)])

    assert "They: 📍 35.04560, -85.30970" in words(thread.root_card(conversation(), "", before))


# --- The root card ------------------------------------------------------------------------------------------


def test_card_names_the_contact_the_number_the_line_and_the_status() -> None:
    card = thread.root_card(conversation(), "Is the 3 pm slot free?", None)

    assert words(card) == (
        f"📱 Maria Lopez · +1 415 555 0134 → Sales line\nIs the 3 pm slot free?\n{FIRST}\n{HOW_TO}"
    )
    assert card.text == "Maria Lopez → Sales line: Is the 3 pm slot free?"
    check_post(card)


@pytest.mark.parametrize("name", [None, "", " ", "\u200b", "\u202e", "\n"])
def test_contact_without_a_name_is_named_by_the_number(name: str | None) -> None:
    card = thread.root_card(conversation(contact_name=name), "Hi", None)

    assert words(card).startswith("📱 +1 415 555 0134 → Sales line\n")
    assert card.text == "+1 415 555 0134 → Sales line: Hi"


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.NEW, "👋 New"),
        (Status.OPEN, "💬 Open"),
        (Status.WAITING, "⏳ Waiting for contact"),
        (Status.DONE, "✅ Done"),
    ],
)
def test_card_shows_the_status(status: Status, shown: str) -> None:
    assert f"{shown} · Owner — · first text" in words(thread.root_card(conversation(status=status), "Hi", None))


def test_card_of_a_contact_who_never_wrote_has_no_date_and_no_quote() -> None:
    card = thread.root_card(conversation(first_text_at=None), "", None)

    assert words(card) == f"📱 Maria Lopez · +1 415 555 0134 → Sales line\n👋 New · Owner —\n{HOW_TO}"
    assert card.text == "Maria Lopez → Sales line"
    check_post(card)


def test_card_names_its_owner() -> None:
    card = thread.root_card(conversation(owner=MemberId("U1"), status=Status.OPEN), "Hi", None)

    assert "💬 Open · Owner @U1 · first text" in words(card)
    check_post(card)


def test_card_of_a_contact_who_is_blocked_is_marked() -> None:
    assert "🚫 Blocked" in words(thread.root_card(conversation(blocked=True), "Hi", None))


@pytest.mark.parametrize("opted_out", OptOut)
def test_card_of_a_contact_who_opted_out_is_marked(opted_out: OptOut) -> None:
    assert "⛔ Opted out" in words(thread.root_card(conversation(opted_out=opted_out), "Hi", None))


def test_card_that_continues_a_thread_tells_what_was_said_there() -> None:
    said = [message("Hi"), message("Yes?", Kind.REPLY), message("Called her", Kind.ECHO), message("", Kind.TEXT)]

    card = thread.root_card(conversation(), "", thread.Before("https://a.slack.com/archives/C1/p1", said))

    assert words(card).split("\n")[2:-1] == [
        "This continues an earlier thread",
        "They: Hi",
        "We: Yes?",
        "We: Called her",
        "They: (blank)",
    ]
    link = {"type": "link", "url": "https://a.slack.com/archives/C1/p1", "text": "an earlier thread"}
    assert link in leaves(card)
    check_post(card)


@pytest.mark.parametrize("name", NAMES)
def test_card_with_any_name_is_one_that_slack_takes(name: str | None) -> None:
    card = thread.root_card(conversation(contact_name=name), "Hi", None)

    assert "\n" not in card.text
    check_post(card)


@pytest.mark.parametrize("body", HOSTILE)
def test_card_with_any_words_is_one_that_slack_takes(body: str) -> None:
    said = [message(body), message(body, Kind.REPLY)] * 3

    check_post(thread.root_card(conversation(), body, None))
    check_post(thread.root_card(conversation(), body, thread.Before("https://a.slack.com/archives/C1/p1", said)))


# --- Texts --------------------------------------------------------------------------------------------------


def test_text_stands_under_a_name_that_no_member_can_have() -> None:
    post = thread.text(conversation(contact_name="Dana"), message("Hi"))

    assert (post.username, post.icon_emoji) == ("Dana · text …0134", ":iphone:")
    assert (post.text, words(post), post.broadcast) == ("Hi", "Hi", False)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LOCATION])
def test_owner_is_mentioned_below_what_the_contact_sent(kind: Kind) -> None:
    post = thread.theirs(conversation(owner=MemberId("U1")), message("35.04560,-85.30970", kind))

    assert words(post).endswith("\nFor @U1")
    check_post(post)


def test_text_that_nobody_attends_to_is_also_for_the_channel() -> None:
    assert thread.text(conversation(), message(broadcast=True)).broadcast is True


@pytest.mark.parametrize("body", HOSTILE)
def test_text_of_any_words_is_literal_and_one_that_slack_takes(body: str) -> None:
    post = thread.text(conversation(contact_name=body), message(body))

    assert {leaf["type"] for leaf in leaves(post)} == {"text"}
    assert all("style" not in leaf or leaf["style"] == {"italic": True} for leaf in leaves(post))
    check_post(post)


def test_ordinary_words_are_one_leaf_as_they_were_written() -> None:
    body = "<!channel> *hi* :tada: & https://a.example"

    post = thread.text(conversation(), message(body))

    assert (texts(post), post.text) == ([body], escape(body))


def test_long_text_is_cut_and_says_so() -> None:
    post = thread.text(conversation(), message("x" * 10_001))

    assert "".join(texts(post)) == "x" * 10_000 + "(… and 1 more characters, kept in the database)"
    assert len(post.text) == 3_000


@pytest.mark.parametrize("body", ["", " \n"])
def test_text_without_words_says_so(body: str) -> None:
    assert words(thread.text(conversation(), message(body))) == "(an empty text)"


def test_files_are_named_with_their_links() -> None:
    files = (Attachment("https://a.example/1.jpg", "image/jpeg"), Attachment("http://a.example/2"))

    post = thread.text(conversation(), message("", attachments=files))

    assert words(post) == "(a file)\n📎 File 1 (image/jpeg)\n📎 File 2"
    assert [leaf["url"] for leaf in leaves(post) if leaf["type"] == "link"] == [each.url for each in files]
    check_post(post)


def test_long_text_is_cut_between_emoji() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"

    shown = texts(thread.text(conversation(), message(family * 2_000)))

    assert shown[:-1] == [family * 357, family * 357, family * 357, family * 357]
    assert shown[-1] == "(… and 4,004 more characters, kept in the database)"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("HTTPS://a.example/%20b?c=1&d#e", "HTTPS://a.example/%20b?c=1&d#e"),
        ("http://evil>|https://bank", "http://evil%3E%7Chttps://bank"),
        ("https://a.example/ü \n\x00\u202e\ud800", "https://a.example/%C3%BC%20%0A%00%E2%80%AE?"),
    ],
)
def test_address_of_a_file_is_one_whatever_stands_in_it(url: str, address: str) -> None:
    post = thread.text(conversation(), message("Look", attachments=(Attachment(url, "image/\npng <@U1>"),)))

    assert leaves(post)[-1] == {"type": "link", "url": address, "text": "File 1"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "https://a/" + "x" * 2_000])
def test_file_whose_address_is_none_is_named_without_a_link(url: str) -> None:
    post = thread.text(conversation(), message("Look", attachments=(Attachment(url, "image/png\x00"),)))

    assert words(post) == "Look\n📎 File 1 (image/png)"
    assert {leaf["type"] for leaf in leaves(post)} == {"text"}


def test_sender_that_is_a_name_and_not_a_number_is_shown_whole() -> None:
    post = thread.text(conversation(contact="MYBANK", contact_name=None), message("Hi"))

    assert post.username == "MYBANK · text …MYBANK"


# --- Echoes -------------------------------------------------------------------------------------------------


def test_echo_says_who_sent_it_and_where() -> None:
    post = thread.echo(conversation(), message("Called her", Kind.ECHO, author="Pat"), "Text Request")

    assert (post.username, post.icon_emoji) == ("Pat in Text Request · to …0134", ":outbox_tray:")
    assert words(post) == "Called her"
    check_post(post)


@pytest.mark.parametrize("author", ["", " ", "\u200b"])
def test_echo_of_nobody_says_where_alone(author: str) -> None:
    post = thread.echo(conversation(), message("Hi", Kind.ECHO, author=author), "Text Request")

    assert post.username == "Sent by Text Request · to …0134"


@pytest.mark.parametrize("author", HOSTILE)
def test_echo_by_any_name_is_one_that_slack_takes(author: str) -> None:
    check_post(thread.echo(conversation(), message("Hi", Kind.ECHO, author=author), "Text Request"))


def test_first_text_is_dated_in_each_readers_zone() -> None:
    dates = [leaf for leaf in leaves(thread.root_card(conversation(), "Hi", None)) if leaf["type"] == "date"]

    assert [date["timestamp"] for date in dates] == [int(AT.timestamp())]


def test_started_text_mentions_who_started_it_and_says_to_whom() -> None:
    post = thread.said(conversation(), message("See you at 3", Kind.SAID, author=MemberId("U1")))

    assert words(post) == "📤 @U1 to Maria Lopez:\nSee you at 3"
    check_post(post)


@pytest.mark.parametrize("body", [*HOSTILE, "a" * 60_000])
def test_words_of_a_started_text_stay_literal_and_bounded(body: str) -> None:
    post = thread.said(conversation(), message(body, Kind.SAID, author=MemberId("U1")))

    check_post(post)
    assert {leaf["type"] for leaf in leaves(post)} == {"text", "user"}
