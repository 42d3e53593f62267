"""Only a word alone on its message ends or renews a contact's consent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.optout import opt_in_word, opt_out_word

OUT_WORDS = [
    "STOP",
    "STOPALL",
    "STOP ALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
    "OPT-OUT",
    "OPT OUT",
]
IN_WORDS = ["START", "UNSTOP", "YES"]

OUT = [
    "stop",
    "Stop.",
    " STOP ",
    "STOP!!!",
    "stop\n",
    "\ufeffStop\u200b",
    '"STOP"',
    "“Stop”",
    "(stop)",
    "ＳＴＯＰ",
    "Stop…",
    "stop all",
    "Stop-All",
    "opt out",
    "Opt-out.",
    "opt\u2011out",
    "opt – out",
    "OPTOUT",
    "- stop -",
    "unsubscribe?",
]

NOT_OUT = [
    "",
    " ",
    ".",
    "Please stop",
    "stop please",
    "stop by at 5",
    "stop 5",
    "don't stop",
    "stopped",
    "non-stop",
    "st op",
    "the end",
    "end.start",
    "STOP 🛑",
    "cancel my order",
    "o p t out",
    "yes",
    "start",
    "help",
]

NOT_IN = ["", "Yes please", "yes, 3 pm", "yesterday", "start over", "un stop", "stop", "y", "ja"]


@pytest.mark.parametrize("body", OUT)
def test_opt_out_word_when_alone_then_it_counts(body: str) -> None:
    assert opt_out_word(body)


@pytest.mark.parametrize("body", NOT_OUT)
def test_opt_out_word_when_not_alone_or_absent_then_it_does_not_count(body: str) -> None:
    assert not opt_out_word(body)


@pytest.mark.parametrize("body", ["START", "start.", " Unstop!", "yes", "YES\r\n"])
def test_opt_in_word_when_alone_then_it_counts(body: str) -> None:
    assert opt_in_word(body)


@pytest.mark.parametrize("body", NOT_IN)
def test_opt_in_word_when_not_alone_or_absent_then_it_does_not_count(body: str) -> None:
    assert not opt_in_word(body)


@given(
    st.sampled_from(OUT_WORDS),
    st.text(alphabet=" \t\n", max_size=3),
    st.text(alphabet=" .!?,;:\n", max_size=4),
    st.lists(st.booleans(), min_size=11, max_size=11),
)
def test_every_opt_out_word_when_written_in_any_case_then_it_counts(
    word: str, before: str, after: str, capitals: list[bool]
) -> None:
    written = "".join(
        letter.upper() if big else letter.lower() for letter, big in zip(word, capitals, strict=False)
    )

    assert opt_out_word(f"{before}{written}{after}")


@given(st.sampled_from(OUT_WORDS + IN_WORDS), st.from_regex(r"\A[a-z0-9]{1,9}\Z"))
def test_any_word_when_another_one_stands_beside_it_then_neither_counts(word: str, other: str) -> None:
    bodies = [f"{other} please {word}", f"{word} please {other}"]

    assert not any(opt_out_word(body) or opt_in_word(body) for body in bodies)


@given(st.text())
def test_any_text_when_asked_then_it_is_never_both(body: str) -> None:
    assert not (opt_out_word(body) and opt_in_word(body))
