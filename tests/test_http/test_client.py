"""What leaves, what comes back, and what it means when nothing does."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import httpx
import pytest

from bot.errors import Conflict, OutcomeUnknown, Unreachable
from bot.http import Api, Http, Response, Upload, client, raise_for_status
from bot.http.client import NOT_SENT, failure
from tests.providers.far_end import Answer, FarEnd, Trouble
from tests.test_http.conftest import EFFECT, KEY, NOW, READ, Row, http

# --- From failure to class --------------------------------------------------------------------------------


def every_failure() -> Iterator[type[httpx.RequestError]]:
    """Every class that httpx raises for a request that went wrong."""
    waiting = [httpx.RequestError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield kind


def test_when_httpx_fails_then_only_these_mean_that_nothing_left() -> None:
    not_sent = {kind.__name__ for kind in every_failure() if isinstance(failure(EFFECT, kind("")), Unreachable)}

    assert not_sent == {
        "ConnectError",
        "ConnectTimeout",
        "LocalProtocolError",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
    }


@pytest.mark.parametrize("kind", [*every_failure(), TimeoutError])
def test_when_a_call_fails_then_an_effect_is_unknown_unless_it_cannot_have_left(kind: type[Exception]) -> None:
    effect, read = failure(EFFECT, kind("")), failure(READ, kind(""))

    assert effect.certain == (kind in NOT_SENT)
    assert (read.certain, read.retryable) == (True, True)


@pytest.mark.parametrize("url", ["nothing://example.com", "no address"])
async def test_when_the_address_is_wrong_then_nothing_left(url: str) -> None:
    example = http(url)

    with pytest.raises(Unreachable) as caught:
        await example.act("POST", "/texts", {})
    await example.close()

    assert caught.value.code == "no_connection"


# --- Over a real connection -------------------------------------------------------------------------------


async def test_when_it_is_answered_then_headers_are_lower_case_and_the_body_is_whole(
    example: Http, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(201, b'{"id": 7}', {"X-Their-Header": "Yes"}))

    answer = await example.act("POST", "/texts", {"body": "Zoë 🎉 \ud83d", "n": 1})

    assert (answer.status, answer.headers["x-their-header"], answer.received_at) == (201, "Yes", NOW)
    assert answer.parse(Row) == Row(id="7")
    assert answer.json() == {"id": 7}
    assert json.loads(far_end.heard[0].body) == {"body": "Zoë 🎉 \ud83d", "n": 1}
    assert far_end.heard[0].headers["content-type"] == "application/json"
    assert far_end.heard[0].headers["x-api-key"] == KEY


async def test_when_a_query_holds_a_plus_then_it_arrives_as_one(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(204))

    answer = await example.read("/texts", {"q": "to:+14235550142", "page": 0})

    assert far_end.heard[0].query == {"q": "to:+14235550142", "page": "0"}
    assert answer.body == b""


async def test_when_they_point_elsewhere_then_it_is_not_followed(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(307, b"", {"location": "/elsewhere"}), Answer(200))

    answer = await example.act("POST", "/texts", {})

    assert answer.status == 307
    assert len(far_end.heard) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, b" " * (client.MAX_BODY_BYTES + 1)), "too_long"),
        (Answer(200, gzip.compress(b" " * (client.MAX_BODY_BYTES + 1)), {"content-encoding": "gzip"}), "too_long"),
        (Answer(200, b"not gzip", {"content-encoding": "gzip"}), "broken"),
        (Answer(trouble=Trouble.CUT), "broken"),
        (Answer(trouble=Trouble.CUT_INSIDE), "broken"),
    ],
    ids=["long", "long when unpacked", "not packed", "cut", "cut inside"],
)
async def test_when_the_answer_cannot_be_taken_then_it_may_have_been_done(
    example: Http, far_end: FarEnd, answer: Answer, code: str
) -> None:
    far_end.will_answer(answer, Answer(200))

    with pytest.raises(OutcomeUnknown) as caught:
        await example.act("POST", "/texts", {})

    assert caught.value.code == code
    assert len(far_end.heard) == 1


async def test_when_the_answer_is_as_long_as_we_take_then_it_is_taken(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(200, b" " * client.MAX_BODY_BYTES))

    answer = await example.read("/texts")

    assert len(answer.body) == client.MAX_BODY_BYTES


@pytest.mark.parametrize("trouble", [Trouble.HANGS, Trouble.HANGS_INSIDE])
@pytest.mark.parametrize("bound", ["READ_S", "TOTAL_S"])
async def test_when_no_answer_comes_in_time_then_it_may_have_been_done(
    far_end: FarEnd, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, bound: str
) -> None:
    monkeypatch.setattr(client, bound, 0.1)
    example = http(far_end.url)
    far_end.will_answer(Answer(trouble=trouble))

    with pytest.raises(OutcomeUnknown) as caught:
        await example.act("POST", "/texts", {})
    await example.close()

    assert caught.value.code == "timeout"


async def test_when_a_read_times_out_then_it_is_not_repeated(
    far_end: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "READ_S", 0.1)
    example = http(far_end.url)
    far_end.will_answer(Answer(trouble=Trouble.HANGS), Answer(200))

    with pytest.raises(Unreachable):
        await example.read("/texts")
    await example.close()

    assert len(far_end.heard) == 1


async def test_when_a_read_breaks_twice_then_it_gives_up(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(trouble=Trouble.CUT), Answer(trouble=Trouble.CUT_INSIDE), Answer(200))

    with pytest.raises(Unreachable) as caught:
        await example.read("/texts")

    assert len(far_end.heard) == 2
    assert caught.value.code == "broken"


def test_when_a_stand_in_is_on_this_machine_then_the_proxy_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")

    assert [_proxied(url) for url in ("http://127.0.0.1:1", "http://localhost:1", "https://api.example.com")] == [
        False,
        False,
        True,
    ]


def _proxied(url: str) -> bool:
    transport = http(url)._client._transport_for_url(httpx.URL(url))
    return "Proxy" in type(transport._pool).__name__  # type: ignore[attr-defined]  # httpx shows it nowhere else


def test_when_a_call_lasts_as_long_as_it_may_then_connecting_was_over_before() -> None:
    assert 3 * client.CONNECT_S < client.TOTAL_S


# --- Bodies, queries, bounds --------------------------------------------------------------------------------


async def test_when_an_act_has_a_query_and_a_list_then_both_arrive(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(200, b"[]"))

    await example.act("PATCH", "/contacts", [{"n": 1}], query={"userData": "a&b +#", "overwrite": True})

    heard = far_end.heard[0]
    assert (heard.method, json.loads(heard.body)) == ("PATCH", [{"n": 1}])
    assert heard.query == {"userData": "a&b +#", "overwrite": "true"}


async def test_when_a_file_is_uploaded_then_it_is_one_part_of_a_form(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(200))

    await example.act("POST", "/mms", Upload("file", "photo.jpg", "image/jpeg", b"\xff\xd8\x00picture"))

    heard = far_end.heard[0]
    assert heard.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="photo.jpg"' in heard.body
    assert b"\xff\xd8\x00picture" in heard.body


async def test_when_a_search_breaks_then_it_is_repeated_as_a_read(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(trouble=Trouble.CUT), Answer(200, b"[1]"))

    answer = await example.search("/list", {"words": "boiler"})

    assert answer.json() == [1]
    assert far_end.heard[0] == far_end.heard[1]
    assert (far_end.heard[0].method, answer.call.effect) == ("POST", False)


async def test_when_a_file_is_longer_than_its_bound_then_it_is_not_kept(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(200, b"x" * 11), Answer(200, b"x" * 10))

    with pytest.raises(Unreachable) as caught:
        await example.read("/file", most_bytes=10)
    answer = await example.read("/file", most_bytes=10)

    assert (caught.value.code, len(answer.body)) == ("too_long", 10)


async def test_when_a_list_is_long_then_a_larger_bound_takes_it(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(200, b" " * (client.MAX_BODY_BYTES + 1)))

    answer = await example.read("/list", most_bytes=2 * client.MAX_BODY_BYTES)

    assert len(answer.body) == client.MAX_BODY_BYTES + 1


async def test_when_a_refusal_is_inside_a_200_then_the_judge_raises_it(far_end: FarEnd) -> None:
    def judge(response: Response) -> None:
        raise_for_status(response, status=409, code="taken", sentence="That name is taken. Choose another one.")

    judged = Http(Api("example", "Example", far_end.url, {}, judge=judge), clock=lambda: NOW)
    far_end.will_answer(Answer(200), Answer(200))

    for ask in (judged.read("/list"), judged.act("POST", "/list", {})):
        with pytest.raises(Conflict, match="Choose another one") as caught:
            await ask
        assert (caught.value.provider, caught.value.code) == ("example", "taken")
    await judged.close()
