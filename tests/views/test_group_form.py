"""The form for a group changes what was touched and nothing else."""

from __future__ import annotations

import pytest

from bot.model import Group, GroupId
from bot.views.forms import Drawn, Opened, Sent
from bot.views.group_form import group_change

OPENED = Opened("form:group", "0" * 32, "Group")
VIP = Group(GroupId("12"), "V\u202eIP\n", "one\r\ntwo" + "x" * 4_000)


@pytest.mark.parametrize(
    ("name", "note", "changed"),
    [
        ("VIP", f"one\ntwo{'x' * 2_993}", (VIP.name, VIP.note)),
        ("Gold", f"one\ntwo{'x' * 2_993}", ("Gold", VIP.note)),
        ("VIP", "two", (VIP.name, "two")),
        ("VIP", "", (VIP.name, "")),
    ],
)
def test_what_was_left_as_the_form_had_it_stays_whole(name: str, note: str, changed: tuple[str, str]) -> None:
    sent = Sent(OPENED, "V1", {"name": (name,), "note": (note,)}, Drawn(()))

    assert group_change(sent, VIP) == changed
