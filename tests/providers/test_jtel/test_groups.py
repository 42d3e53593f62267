"""jtel's groups and searches: what is its own, beside the contract."""

from __future__ import annotations

import json

import pytest

from bot.errors import ProviderError, Unreachable
from bot.providers.jtel import Jtel
from tests.providers.cases.jtel.common import NOT_THERE, NOTHING, jt_refusal
from tests.providers.cases.jtel.events import GROUP, SUPPORT
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_jtel.conftest import records, row


@pytest.mark.parametrize("answer", [NOT_THERE, NOTHING, jt_refusal(404, http=200)])
async def test_when_a_search_finds_nothing_then_it_is_empty_however_they_say_it(
    provider: Jtel, far_end: FarEnd, answer: Answer
) -> None:
    far_end.will_answer(answer)

    assert await provider.find_agent_groups("Nobody") == []


@pytest.mark.parametrize("name", ["Müller & Söhne", "50% #1", "a+b=c", "x'y\"z"])
async def test_when_a_name_has_marks_then_it_arrives_as_it_is(provider: Jtel, far_end: FarEnd, name: str) -> None:
    far_end.will_answer(records(row("group.json")))

    await provider.find_agent_groups(name)

    assert far_end.heard[0].query == {"name": name}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (jt_refusal(500, http=200), "http_500"),
        (Answer(200, b'{"records": [], "count": 7, "status": 200}'), "unreadable"),
        (Answer(200, b'{"records": {"ID": 235}, "count": 1, "status": 200}'), "unreadable"),
    ],
)
async def test_when_an_answer_contradicts_itself_then_it_is_none(
    provider: Jtel, far_end: FarEnd, answer: Answer, code: str
) -> None:
    far_end.will_answer(answer)

    with pytest.raises(Unreachable) as caught:
        await provider.read_agent_group(GROUP)

    assert caught.value.code == code


@pytest.mark.parametrize("status", [None, "", 200, "200", 204])
async def test_when_the_status_inside_is_missing_or_good_then_the_one_outside_counts(
    provider: Jtel, far_end: FarEnd, status: object
) -> None:
    body = records(row("group.json")).body.replace(b'"status": 200', f'"status": {json.dumps(status)}'.encode())
    far_end.will_answer(Answer(200, body))

    assert await provider.read_agent_group(GROUP) == SUPPORT


async def test_when_they_refuse_then_nothing_of_their_prose_is_shown(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(400, b'{"status": 400, "error": "Ana Ruiz has no group"}'))

    with pytest.raises(ProviderError) as caught:
        await provider.list_agents()

    assert "Ana" not in f"{caught.value!s} {caught.value.args} {caught.value.__cause__}"
