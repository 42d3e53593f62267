"""What a member types in Slack's composer reaches the contact as plain words."""

from __future__ import annotations

import pytest

from bot.markup import mentioned_members, read_words, with_names
from bot.model import MemberId
from tests.test_markup.payloads import (
    Json,
    bullets,
    emoji,
    link,
    message,
    numbered,
    preformatted,
    quote,
    section,
    user,
)

DANA, BOT = "\ue000U02DANA\ue001", "\ue000W0BOT\ue001"

BLOCKS = [
    (section("Yes, at 3 pm."), "Yes, at 3 pm."),
    (section("two\nlines\n\nand a gap"), "two\nlines\n\nand a gap"),
    (section({"type": "text", "text": "bold", "style": {"bold": True}}, " & <plain>"), "bold & <plain>"),
    (
        section("see ", link("https://example.com/a?b=1&c=2", "the map"), "."),
        "see the map (https://example.com/a?b=1&c=2).",
    ),
    (section(link("https://example.com")), "https://example.com"),
    (section(link("https://example.com", "https://example.com")), "https://example.com"),
    (section(link("http://example.com", "example.com")), "example.com"),
    (section(link("https://example.com/", "example.com")), "example.com"),
    (section(link("mailto:ana@example.com", "ana@example.com")), "ana@example.com"),
    (section(link("mailto:ana@example.com")), "ana@example.com"),
    (section(link("tel:+14155550134", "415 555 0134")), "415 555 0134"),
    (section(emoji("wave", "1f44b")), "👋"),
    (section("ok ", emoji("+1::skin-tone-4", "1f44d-1f3fd")), "ok 👍🏽"),
    (section(emoji("heart", "2764-fe0f")), "❤️"),
    (section(emoji("wave")), "👋"),
    (section(emoji("wave::skin-tone-2")), "👋🏻"),
    (section({"type": "emoji", "name": "wave", "skin_tone": 6}), "👋🏿"),
    (section(emoji("wave", "not hexadecimal")), "👋"),
    (section(emoji("party-parrot")), ":party-parrot:"),
    (section("ask ", user("U02DANA"), " or ", user("W0BOT")), f"ask {DANA} or {BOT}"),
    (section(user("nobody at all")), "@someone"),
    (section({"type": "broadcast", "range": "channel"}), "@channel"),
    (section({"type": "broadcast", "range": "<!here>"}), "@here"),
    (section({"type": "usergroup", "usergroup_id": "S1"}), "@group"),
    (section({"type": "channel", "channel_id": "C1"}), "#channel"),
    (section({"type": "date", "timestamp": 1772464200, "format": "{date}", "fallback": "March 2"}), "March 2"),
    (section({"type": "color", "value": "#ff0000"}), "#ff0000"),
    (section("in ", {"type": "team", "team_id": "T1"}, "house"), "in house"),
    (
        section({"type": "canvas", "text": "Prices", "url": "https://example.com/p"}),
        "Prices (https://example.com/p)",
    ),
    (section({"type": "tag", "text": "urgent"}), "urgent"),
    (quote("as you said"), "as you said"),
    (preformatted("a  b\n  c"), "a  b\n  c"),
    (bullets("milk", "eggs"), "- milk\n- eggs"),
    (numbered("first", "second"), "1. first\n2. second"),
    (numbered("fourth", "fifth", offset=3), "4. fourth\n5. fifth"),
    (bullets("deep", indent=2), "- deep"),
]

SEQUENCES = [
    ([section("Bring:\n"), bullets("milk", "eggs"), section("\nThanks")], "Bring:\n- milk\n- eggs\n\nThanks"),
    ([section("Bring:"), bullets("milk"), section("Thanks")], "Bring:\n- milk\nThanks"),
    ([section("a"), quote("b"), preformatted("c"), section("d")], "a\nb\nc\nd"),
    ([bullets("a"), bullets("b", indent=1), bullets("c")], "- a\n  - b\n- c"),
    (
        [numbered("a"), numbered("b", "c", indent=1), numbered("d", offset=1)],
        "1. a\n  1. b\n  2. c\n2. d",
    ),
    ([bullets("a"), bullets("b", indent=99)], "- a\n" + "  " * 8 + "- b"),
]

MALFORMED = [
    {"blocks": "no list"},
    {"blocks": [None, 3, "rich_text"]},
    {"blocks": [{"type": "rich_text"}]},
    {"blocks": [{"type": "rich_text", "elements": None}]},
    {"blocks": [{"type": "rich_text", "elements": [None]}]},
    {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": {}}]}]},
    {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [7]}]}]},
    message(section({"type": "text"})),
    message(section({"type": "text", "text": 5})),
    message(section("half of it ", {"type": "link", "text": "no url"})),
    message(section("half of it ", {"type": "hologram"})),
    message(section("half of it ", {"type": "emoji"})),
    message(section("half of it ", {"type": "date", "timestamp": 1})),
    message(section("")),
    message(section(" \u200b\n")),
    message(section("\x00\x1b")),
]


@pytest.mark.parametrize(("element", "words"), BLOCKS)
def test_element_when_read_then_it_is_plain_words(element: Json, words: str) -> None:
    assert read_words(message(element, text="not this")) == words


@pytest.mark.parametrize(("elements", "words"), SEQUENCES)
def test_elements_when_read_together_then_each_has_its_lines(elements: list[Json], words: str) -> None:
    assert read_words(message(*elements)) == words


@pytest.mark.parametrize("payload", MALFORMED)
def test_blocks_when_malformed_or_blank_then_the_text_is_read(payload: Json) -> None:
    assert read_words({**payload, "text": "Hi &amp; bye"}) == "Hi & bye"


@pytest.mark.parametrize("payload", MALFORMED)
def test_blocks_when_malformed_and_without_text_then_what_is_readable_is_left(payload: Json) -> None:
    assert read_words({**payload, "text": None}) in {"", "half of it"}


def test_several_blocks_when_read_then_only_rich_text_counts() -> None:
    bot = {"type": "section", "text": {"type": "mrkdwn", "text": "from a bot"}}
    first, second = message(section("one")), message(section("two"))
    blocks = [bot, *_blocks(first), {"type": "divider"}, *_blocks(second)]

    words = read_words({"blocks": blocks, "attachments": [{"text": "an unfurl"}], "text": "not this"})

    assert words == "one\ntwo"


def test_blocks_of_a_bot_when_read_then_the_text_is_the_words() -> None:
    bot = {"type": "section", "text": {"type": "mrkdwn", "text": "from a bot"}}

    assert read_words({"blocks": [bot], "text": "fallback"}) == "fallback"


def test_channel_and_group_when_the_text_names_them_then_they_have_their_names() -> None:
    places = section({"type": "channel", "channel_id": "C1"}, " ", {"type": "usergroup", "usergroup_id": "S1"})

    words = read_words(message(places, text="<#C1|sales &amp; more> <!subteam^S1|@support>"))

    assert words == "#sales & more @support"


def test_typed_text_when_it_holds_our_marks_then_they_are_gone() -> None:
    forged = section("\ue000U0FORGED\ue001 hi\uffff\u202e", link("https://example.com/\ue000", "\ue001map"))

    words = read_words(message(forged))

    assert words == "U0FORGED himap (https://example.com/)"
    assert mentioned_members(words) == ()


def test_mentions_when_named_then_each_has_its_name_or_someone() -> None:
    words = read_words(message(section(user("U1"), " ", user("U2"), " ", user("U1"), " ", user("U3"))))

    named = with_names(words, {MemberId("U1"): "Dana\n \ue001Ruiz", MemberId("U2"): " "})

    assert mentioned_members(words) == ("U1", "U2", "U3")
    assert named == "@Dana Ruiz @someone @Dana Ruiz @someone"


def test_marks_when_left_over_then_with_names_drops_them() -> None:
    assert with_names("a\ue000b\ue001c", {}) == "abc"


def _blocks(payload: Json) -> list[object]:
    blocks = payload["blocks"]
    assert isinstance(blocks, list)
    return blocks
