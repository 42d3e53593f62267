"""The one reaction: the new one first, then the old one away."""

from __future__ import annotations

import re

import pytest

from bot.views.signs import REACTIONS, missing, signs, superfluous


@pytest.mark.parametrize(
    ("wanted", "shown", "add", "remove"),
    [
        ("waiting", "", "hourglass_flowing_sand", []),
        ("delivered", "waiting", "white_check_mark", ["waiting"]),
        ("delivered", "waiting,accepted", "white_check_mark", ["waiting", "accepted"]),
        ("delivered", "waiting,delivered", None, ["waiting"]),
        ("delivered", "delivered", None, []),
        ("", "waiting", None, ["waiting"]),
        ("", "", None, []),
        ("a sign of tomorrow", "", None, []),
    ],
)
def test_sign_is_brought_in_line(wanted: str, shown: str, add: str | None, remove: list[str]) -> None:
    assert (missing(wanted, shown), superfluous(wanted, shown)) == (add, remove)


def test_every_sign_has_a_reaction_of_its_own_by_its_slack_name() -> None:
    assert len(set(REACTIONS.values())) == len(REACTIONS)
    assert all(re.fullmatch("[a-z_]+", name) for name in REACTIONS.values())


def test_shown_signs_are_read_from_one_column() -> None:
    assert (signs(""), signs("waiting"), signs("waiting,failed")) == ([], ["waiting"], ["waiting", "failed"])
