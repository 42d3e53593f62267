"""Who may use which command, as the setting says it."""

from __future__ import annotations

import pytest

from bot.rights import Circle, circle_for, read_rights


def test_setting_names_who_may_use_commands_and_verbs() -> None:
    rights = read_rights("pay=S0FINANCE U0DANA; contact.delete=admins ;text=everyone;")

    assert rights == {
        "pay": Circle(frozenset({"S0FINANCE", "U0DANA"})),
        "contact.delete": Circle(frozenset({"admins"})),
        "text": Circle(frozenset({"everyone"})),
    }
    assert read_rights("") == {}


def test_verb_named_by_itself_comes_before_its_command() -> None:
    rights = read_rights("pay=U0DANA; pay.cancel=admins")

    assert circle_for(rights, "pay", "cancel") == Circle(frozenset({"admins"}))
    assert circle_for(rights, "pay", "request") == Circle(frozenset({"U0DANA"}))
    assert circle_for(rights, "text", "send") is None


def test_members_and_groups_are_told_apart() -> None:
    circle = Circle(frozenset({"U0DANA", "W0ELI", "S0FINANCE", "C0SALES", "admins"}))

    assert circle.members == {"U0DANA", "W0ELI"}
    assert circle.groups == ("C0SALES", "S0FINANCE")


@pytest.mark.parametrize(
    "setting",
    ["pays=U0DANA", "pay.refund=U0DANA", "pay", "pay=", "pay=dana", "pay=@dana", "=U0DANA", "pay=U0DANA,U0ELI"],
)
def test_setting_that_cannot_be_read_names_the_part_at_fault(setting: str) -> None:
    with pytest.raises(ValueError, match=r"“.*”"):
        read_rights(f"text=everyone; {setting}")
