"""The process that draws: what it gets, what it gives, and that nobody waits for it for ever."""

from __future__ import annotations

import sys

import pytest

from bot.charts import process
from bot.charts.process import pictures
from bot.charts.wire import charts_of, charts_text, pictures_of, pictures_text
from bot.errors import ChartsFailed
from tests.charts.cases import ALL, COUNTS

# Answers with the names of all variables that it was given, as a picture.
TELLS = "import base64, json, os; print(json.dumps([base64.b64encode(' '.join(os.environ).encode()).decode()]))"


def _program(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_charts_and_pictures_are_the_same_on_the_other_side() -> None:
    assert charts_of(charts_text(ALL)) == ALL
    assert pictures_of(pictures_text([b"\x89PNG", b""])) == [b"\x89PNG", b""]


async def test_each_chart_becomes_a_picture() -> None:
    pytest.importorskip("matplotlib")

    (picture,) = await pictures([COUNTS])

    assert picture.startswith(b"\x89PNG\r\n")
    assert "bot.charts.drawing" not in process.__dict__


async def test_program_gets_no_setting_of_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "can_draw", lambda: True)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("TEXTREQUEST_API_KEY", "secret")

    (told,) = await pictures([COUNTS], _program(TELLS))

    names = set(told.decode().split())
    assert names <= {*process.KEPT, "PYTHONPATH", "LC_CTYPE"}
    assert "PATH" in names


@pytest.mark.parametrize(
    "command",
    [
        _program("raise SystemExit(1)"),
        _program("print('no pictures')"),
        _program("print('[\"%\"]')"),
        ("/nowhere/python",),
    ],
    ids=["fails", "says something else", "gives no picture", "is not there"],
)
async def test_program_that_fails_is_told_in_a_sentence(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "can_draw", lambda: True)

    with pytest.raises(ChartsFailed, match=r"^The charts could not be drawn\.$"):
        await pictures([COUNTS], command)


async def test_program_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "can_draw", lambda: True)
    monkeypatch.setattr(process, "TIMEOUT_S", 0.05)

    with pytest.raises(ChartsFailed):
        await pictures([COUNTS], _program("import threading; threading.Event().wait()"))


async def test_without_the_extra_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "can_draw", lambda: False)

    with pytest.raises(ChartsFailed, match="extra “charts”"):
        await pictures([COUNTS])
