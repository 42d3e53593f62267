"""What people may type, put together in every wrong way."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.grammar import COMMANDS
from tests.test_grammar.examples import EXAMPLES

# Pieces that mean something somewhere, to be put together in every wrong way.
PIECES = [
    *("=", ":", '"', "“", "”", "«", "»", "„", "\\", "'", "#", "@", "+", "-", "/", ",", "\n", " ", "  "),
    *("<", ">", "<@U1|dana>", "<#C1|s>", "<tel:+1|+1>", "<mailto:a@b|", "&amp;", "&lt;", "&gt;", "|"),
    *("+1 415 555 0134", "4155550134", "0", "00", "1042", "#7", "1.5", "$45", "240/241", "9" * 40, "RF-200"),
    *("now", "in", "in 2h", "mon", "today", "tomorrow", "9am", "2:30", "at", "noon", "2026-03-08", "0001-01-01"),
    *(
        "9999-12-31",
        "T10:00",
        "in 99999 weeks",
        "https://",
        "http://[",
        "data:",
        "field:",
        "field:a=",
        "page=",
        "from=",
    ),
    *sorted({word for command in COMMANDS for word in command.words}),
    *sorted({f"{key.name}=" for command in COMMANDS for verb in command.verbs for key in verb.all_keys}),
]
TYPED = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map(" ".join),
    st.lists(
        st.sampled_from([text for table in EXAMPLES.values() for text, _, _ in table]), min_size=1, max_size=2
    ).map(" ".join),
)
