"""What each way of failing becomes: first the map alone, then over real HTTP."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator
from ssl import SSLCertVerificationError

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.test_utils import unused_port

from bot.errors import SlackError
from bot.model import ChannelId, Post
from bot.slack import Slack
from bot.slack.failures import from_answer, slack_error
from tests.slack_stub import TOKEN, Answer, Reply, SlackStub, Trouble, connected, mute_server

CHANNEL = ChannelId("C1")
WORDS = "Ring me on 0134"
POST = Post(text=WORDS)
KEY = ConnectionKey("slack.test", 443, True, True, None, None, None)


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with SlackStub() as stub:
        yield stub


@pytest.fixture
async def slack(stub: SlackStub) -> AsyncIterator[Slack]:
    async with connected(stub.url) as slack:
        yield slack


async def _fail(slack: Slack) -> SlackError:
    with pytest.raises(SlackError) as caught:
        await slack.post(CHANNEL, POST, uid="m1")
    return caught.value


def _refusal(word: str) -> dict[str, object]:
    return {"ok": False, "error": word}


# --- The map alone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "body", "code", "certain"),
    [
        (200, _refusal("channel_not_found"), "channel_not_found", True),
        (200, _refusal("invalid_blocks"), "invalid_blocks", True),
        (200, _refusal("internal_error"), "internal_error", False),
        (200, _refusal("fatal_error"), "fatal_error", False),
        (200, _refusal("service_unavailable"), "service_unavailable", False),
        (200, _refusal("request_timeout"), "request_timeout", False),
        (200, _refusal("ratelimited"), "ratelimited", True),
        (200, _refusal("rate_limited"), "ratelimited", True),
        (200, {"ok": False}, "no_answer", False),
        (200, {"ok": "no", "error": "channel_not_found"}, "no_answer", False),
        (200, {"error": "channel_not_found"}, "no_answer", False),
        (200, {}, "no_answer", False),
        (200, None, "no_answer", False),
        (200, b"zip", "no_answer", False),
        (204, None, "http_204", False),
        (400, _refusal("invalid_auth"), "invalid_auth", True),
        (404, None, "http_404", True),
        (408, None, "http_408", False),
        (429, None, "ratelimited", True),
        (429, _refusal("internal_error"), "ratelimited", True),
        (500, None, "http_500", False),
        (503, _refusal("service_unavailable"), "service_unavailable", False),
        (503, _refusal("channel_not_found"), "channel_not_found", False),
    ],
)
def test_answer_that_is_no_success_becomes_code_and_certainty(
    status: int, body: object, code: str, certain: bool
) -> None:
    error = from_answer(status, {}, body)

    assert (error.code, error.certain, error.retry_after_s) == (code, certain, None)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_not_at_all(header: str, seconds: float | None) -> None:
    error = from_answer(429, {"Retry-After": header}, None)

    assert error.retry_after_s == seconds


@pytest.mark.parametrize(
    ("failure", "code", "certain"),
    [
        (aiohttp.ClientConnectorError(KEY, OSError(111, "refused")), "unreachable", True),
        (aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "unknown name")), "unreachable", True),
        (aiohttp.ClientConnectorCertificateError(KEY, SSLCertVerificationError()), "unreachable", True),
        (aiohttp.ConnectionTimeoutError(), "unreachable", True),
        (aiohttp.ServerDisconnectedError(), "no_answer", False),
        (aiohttp.SocketTimeoutError(), "no_answer", False),
        (aiohttp.ClientOSError(104, "reset"), "no_answer", False),
        (aiohttp.ClientPayloadError(), "no_answer", False),
        (TimeoutError(), "no_answer", False),
    ],
)
def test_failure_is_certain_only_when_nothing_left(failure: Exception, code: str, certain: bool) -> None:
    error = slack_error(failure)

    assert (error.code, error.certain) == (code, certain)


# --- Over HTTP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "code", "certain"),
    [
        (_refusal("not_in_channel"), "not_in_channel", True),
        (_refusal("fatal_error"), "fatal_error", False),
        (_refusal("ratelimited"), "ratelimited", True),
        ({}, "no_answer", False),
        ({"ok": True}, "no_answer", False),
        (Answer(None), "no_answer", False),
        (Answer([1]), "no_answer", False),
        (Answer(b"<html>502</html>", status=500, content_type="text/html"), "http_500", False),
        (Answer(b"<html>sign in</html>", content_type="text/html"), "no_answer", False),
        (Answer(b"<html>not JSON</html>"), "no_answer", False),
        (Answer(b"sign in", content_type="text/plain"), "no_answer", False),
        (Answer(b'{"ok": "\xff"}'), "no_answer", False),
        (Answer(b"\x1f\x8b", content_type="application/gzip"), "no_answer", False),
        (Answer(b"slow down", status=429, content_type="text/plain"), "ratelimited", True),
        (Answer(b"slow down", status=429), "ratelimited", True),
        (Answer(b"{", headers={"Content-Encoding": "deflate"}), "no_answer", False),
        (Trouble.DROP_UNREAD, "no_answer", False),
        (Trouble.DROP_READ, "no_answer", False),
    ],
)
async def test_post_that_fails_says_whether_it_can_have_happened(
    slack: Slack, stub: SlackStub, reply: Reply, code: str, certain: bool
) -> None:
    stub.answers("chat.postMessage", reply)

    error = await _fail(slack)

    assert (error.code, error.certain) == (code, certain)


@pytest.mark.parametrize(
    "reply",
    [Trouble.DROP_UNREAD, Trouble.DROP_READ, Answer(status=500), Answer(status=429, headers={"Retry-After": "0"})],
)
async def test_post_that_fails_is_not_tried_again(slack: Slack, stub: SlackStub, reply: Reply) -> None:
    stub.answers("chat.postMessage", reply, {"ok": True, "ts": "2.0"})

    await _fail(slack)

    assert stub.arrived["chat.postMessage"] == 1


async def test_post_on_a_used_connection_that_breaks_is_not_tried_again(slack: Slack, stub: SlackStub) -> None:
    stub.answers("chat.postMessage", {"ok": True, "ts": "1.0"}, Trouble.DROP_READ, {"ok": True, "ts": "2.0"})
    await slack.post(CHANNEL, POST, uid="m0")

    error = await _fail(slack)

    assert not error.certain
    assert stub.arrived["chat.postMessage"] == 2


@pytest.mark.parametrize(
    "reply",
    [
        Answer(_refusal("ratelimited"), status=429, headers={"Retry-After": "30"}),
        Answer(b"<html>", status=429, headers={"Retry-After": "30"}, content_type="text/html"),
        Answer(b"not JSON", status=429, headers={"Retry-After": "30"}),
        Answer(_refusal("ratelimited"), headers={"Retry-After": "30"}),
    ],
)
async def test_throttled_post_says_when_to_come_back(slack: Slack, stub: SlackStub, reply: Reply) -> None:
    stub.answers("chat.postMessage", reply)

    error = await _fail(slack)

    assert (error.code, error.certain, error.retry_after_s) == ("ratelimited", True, 30.0)


async def test_post_without_an_answer_in_time_may_have_happened(stub: SlackStub) -> None:
    stub.answers("chat.postMessage", Trouble.SILENCE)

    async with connected(stub.url, timeout_s=0.2) as slack:
        error = await _fail(slack)

    assert (error.code, error.certain) == ("no_answer", False)
    assert stub.arrived["chat.postMessage"] == 1


async def test_refused_connection_is_certain_and_names_its_cause() -> None:
    async with connected(f"http://127.0.0.1:{unused_port()}/api/") as slack:
        error = await _fail(slack)

    assert (error.code, error.certain) == ("unreachable", True)
    assert isinstance(error.__cause__, aiohttp.ClientConnectorError)


async def test_failed_tls_is_certain(stub: SlackStub) -> None:
    async with connected(f"https://127.0.0.1:{stub.port}/api/") as slack:
        error = await _fail(slack)

    assert (error.code, error.certain) == ("unreachable", True)
    assert stub.arrived["chat.postMessage"] == 0


async def test_connection_that_takes_too_long_is_certain() -> None:
    async with mute_server() as port, connected(f"https://127.0.0.1:{port}/api/", timeout_s=0.2) as slack:
        error = await _fail(slack)

    assert (error.code, error.certain) == ("unreachable", True)


async def test_redirect_is_not_followed(slack: Slack, stub: SlackStub) -> None:
    stub.answers("chat.postMessage", Answer(status=307, headers={"Location": "/api/elsewhere"}))

    error = await _fail(slack)

    assert (error.code, error.certain) == ("no_answer", False)
    assert stub.arrived["elsewhere"] == 0


# --- What must not be seen ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": [WORDS]}},
        Answer(WORDS.encode()),
        Answer(WORDS.encode(), content_type="text/plain"),
        Trouble.DROP_READ,
    ],
)
async def test_failed_post_shows_neither_words_nor_token(
    slack: Slack, stub: SlackStub, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    stub.answers("chat.postMessage", reply)

    error = await _fail(slack)

    seen = caplog.text + "".join(traceback.format_exception(error))
    assert error.code in seen
    assert WORDS not in seen
    assert TOKEN not in seen


async def test_post_at_debug_level_logs_neither_words_nor_token(
    slack: Slack, stub: SlackStub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    await slack.post(CHANNEL, POST, uid="m1")

    assert stub.arrived["chat.postMessage"] == 1
    assert WORDS not in caplog.text
    assert TOKEN not in caplog.text
