"""Whatever Slack sends, reading it raises nothing and lets nothing unseen through."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.markup import leading_mention, mentioned_members, read_words, starts_as_note, with_names
from bot.model import MemberId

TEXT = st.text(st.characters(exclude_categories=()), max_size=20) | st.text(
    alphabet="<>@#!|^:&;/~*_ \nUC1abcltgmp\ue000\ue001\uffff\u202e\x07", max_size=30
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
LEAF_KINDS = ["text", "link", "emoji", "user", "usergroup", "channel", "broadcast", "date", "color", "team", "?"]
VALUE = JSON | TEXT | st.sampled_from(["U1", "C1", "1f44d-1f3fc", "110000", "wave", "here", "https://a.b"])
LEAF_IDS = ["user_id", "usergroup_id", "channel_id"]
LEAF_FIELDS = ["text", "url", "name", "unicode", "skin_tone", "range", "fallback", "value", *LEAF_IDS]
LEAF = st.fixed_dictionaries({"type": st.sampled_from(LEAF_KINDS)}, optional=dict.fromkeys(LEAF_FIELDS, VALUE))
PART_KINDS = ["rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted", "?"]
SECTION = st.fixed_dictionaries(
    {"type": st.sampled_from(PART_KINDS), "elements": st.lists(LEAF | JSON, max_size=4)}
)
PART = SECTION | st.fixed_dictionaries(
    {"type": st.just("rich_text_list"), "elements": st.lists(SECTION | JSON, max_size=3)},
    optional={"style": st.sampled_from(["bullet", "ordered"]) | JSON, "indent": JSON, "offset": JSON},
)
BLOCK = st.fixed_dictionaries({"type": st.just("rich_text"), "elements": st.lists(PART | JSON, max_size=4) | JSON})
MESSAGE = st.fixed_dictionaries(
    {}, optional={"blocks": st.lists(BLOCK | JSON, max_size=3) | JSON, "text": TEXT | JSON}
)

MENTION = re.compile("\ue000[UW][A-Z0-9]+\ue001")
NEVER = set("\ue000\ue001\uffff\ufffe\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def assert_clean(words: str) -> None:
    assert not set(words) & NEVER
    assert not [character for character in words if unicodedata.category(character) == "Cs"]
    assert {character for character in words if unicodedata.category(character) == "Cc"} <= {"\n", "\t"}


@settings(max_examples=300)
@given(MESSAGE)
def test_any_message_when_read_then_only_mentions_carry_our_marks(payload: dict[str, object]) -> None:
    words = read_words(payload)

    assert words == words.strip()
    assert_clean(MENTION.sub("", words))
    assert len(mentioned_members(words)) == len(set(MENTION.findall(words)))


@settings(max_examples=200)
@given(MESSAGE, st.dictionaries(st.just("U1").map(MemberId), TEXT))
def test_any_message_when_named_then_nothing_unseen_is_left(
    payload: dict[str, object], names: dict[MemberId, str]
) -> None:
    assert_clean(with_names(read_words(payload), names))


@settings(max_examples=200)
@given(MESSAGE)
def test_any_message_when_asked_for_signs_then_they_agree_with_its_words(payload: dict[str, object]) -> None:
    words, first = read_words(payload), leading_mention(payload)

    assert first is None or mentioned_members(words)[0] == first
    assert not (first and starts_as_note(payload))


@given(TEXT)
def test_any_typed_text_when_read_then_it_comes_out_as_it_was_but_for_the_unseen(text: str) -> None:
    leaf = {"type": "text", "text": f"a{text}z"}
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leaf]}]}]

    words = read_words({"blocks": blocks})

    assert [c for c in words if c.isprintable()] == [c for c in f"a{text}z" if c.isprintable()]
