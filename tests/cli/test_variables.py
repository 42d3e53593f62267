"""A misspelled setting is told: it would be left out in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.doctor.variables import look_at_variables
from tests.cli.conftest import Desk


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("THREADLINE_ADMIN", "Did you mean THREADLINE_ADMINS?"),
        ("THREADLINE_APPROVAL", "Did you mean THREADLINE_PAYMENT_APPROVAL?"),
        ("SLACK_SIGN_SECRET", "Did you mean SLACK_SIGNING_SECRET?"),
        ("threadline_right", "Did you mean THREADLINE_RIGHTS?"),
        ("CLICKSEND_KEY", "Did you mean CLICKSEND_API_KEY?"),
    ],
)
def test_misspelled_variable_is_told_with_the_one_that_is_close(machine: Path, name: str, hint: str) -> None:
    told = f"! Settings: {name} is not known, and does nothing. {hint}"

    assert [str(found) for found in look_at_variables([name], machine / ".env")] == [told]


@pytest.mark.parametrize("name", ["THREADLINE_ADMINS", "threadline_port", "PATH", "SLACK_HOOK_OF_OURS", "JTEL_"])
def test_other_variables_of_the_environment_are_none_of_ours(machine: Path, name: str) -> None:
    assert look_at_variables([name], machine / ".env") == []


def test_file_of_settings_holds_nothing_else_of_ours(machine: Path) -> None:
    file = machine / ".env"
    file.write_text("# THREADLINE_OLD=1\nexport THREADLINE_COLOUR = blue\nTHREADLINE_PORT=1\nEDITOR=vi\n")

    told = [str(found) for found in look_at_variables(["THREADLINE_COLOUR"], file)]

    assert told == ["! Settings: THREADLINE_COLOUR is not known, and does nothing."]


async def test_doctor_tells_it(desk: Desk) -> None:
    desk.set(THREADLINE_RIGHT="pay=everyone")

    ran = await desk.types("doctor")

    assert ran.line("THREADLINE_RIGHT ").endswith("Did you mean THREADLINE_RIGHTS?")
