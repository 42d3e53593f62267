"""Logging in by name and password, where an instance has no tokens."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.errors import CredentialsRefused, Unreachable
from bot.model import MenuContext, TicketRole
from bot.providers.asms.direct import AsmsDirect, Login, OwnInstance
from bot.providers.asms.direct.session import RESTS, bearer
from tests.providers.case import NOW
from tests.providers.far_end import Answer, FarEnd, Trouble
from tests.providers.test_asms_direct.conftest import paths, says

PASSWORD = "pässw0rd"
MENU = says({"content": [{"id": 1, "name": "Low"}]})
SESSION = says({"token": "t-1", "renewToken": "r-1"})


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(far_end: FarEnd, clock: Clock) -> AsyncIterator[AsmsDirect]:
    key = Login("desk", SecretStr(PASSWORD))
    built = AsmsDirect(OwnInstance(far_end.url, key, "elm"), clock=clock)  # type: ignore[arg-type]
    yield built
    await built.close()


async def urgencies(desk: AsmsDirect) -> list[str]:
    return [each.name for each in await desk.list_choices(TicketRole.URGENCY, MenuContext())]


async def test_when_a_session_is_wanted_then_one_login_brings_it_and_stopping_ends_it(
    desk: AsmsDirect, far_end: FarEnd
) -> None:
    far_end.will_answer(SESSION, MENU, MENU, Answer(200))

    assert await urgencies(desk) == await urgencies(desk) == ["Low"]
    await desk.close()

    assert paths(far_end) == [
        "POST authentication/",
        "GET catalog/urgency",
        "GET catalog/urgency",
        "POST authentication/logout",
    ]
    assert json.loads(far_end.heard[0].body) == {
        "consoleType": 1,
        "userName": "desk",
        "password": PASSWORD,
        "providerId": 0,
    }
    assert "x-authorization" not in far_end.heard[0].headers
    assert [each.headers["x-authorization"] for each in far_end.heard[1:]] == ["Bearer t-1"] * 3
    assert {each.headers["x-aranda-tenant-alias"] for each in far_end.heard} == {"elm"}


async def test_when_the_session_has_ended_then_a_new_one_is_had(desk: AsmsDirect, far_end: FarEnd) -> None:
    far_end.will_answer(SESSION, Answer(401, b"<html>IIS</html>"), says({"token": "t-2"}), MENU)

    assert await urgencies(desk) == ["Low"]

    assert far_end.heard[-1].headers["x-authorization"] == "Bearer t-2"


async def test_when_the_password_is_wrong_then_it_is_not_tried_again_for_a_while(
    desk: AsmsDirect, far_end: FarEnd, clock: Clock
) -> None:
    far_end.will_answer(Answer(400, b'{"message": "InvalidUser"}'), SESSION, MENU)
    for _ in range(2):
        with pytest.raises(CredentialsRefused) as caught:
            await urgencies(desk)
        assert PASSWORD not in repr(caught.value.__cause__)
    assert len(far_end.heard) == 1

    clock.now += RESTS + timedelta(seconds=1)

    assert await urgencies(desk) == ["Low"]


@pytest.mark.parametrize("answer", [Answer(trouble=Trouble.CUT), Answer(503), Answer(200, b"{}")])
async def test_when_nobody_answers_the_login_then_nothing_was_done(
    desk: AsmsDirect, far_end: FarEnd, answer: Answer
) -> None:
    far_end.will_answer(answer, answer)

    with pytest.raises(Unreachable):
        await urgencies(desk)


@pytest.mark.parametrize(
    ("token", "header"),
    [
        ("abc", "Bearer abc"),
        (" Bearer abc ", "Bearer abc"),
        ("bearer  abc", "Bearer abc"),
        ("bearer", "Bearer bearer"),
    ],
)
def test_when_a_token_is_copied_with_its_word_then_it_has_that_once(token: str, header: str) -> None:
    assert bearer(token) == header
