"""What a provider posts: 200 only for what is on disk, a refusal for what proves nothing, never a 500."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from bot.sandbox.textrequest import shapes
from bot.sandbox.texts import Text
from tests.e2e.office import MARIA, SALES, Office

FIVE_MINUTES = 5 * 60
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Answer:
    """What the bot answered."""

    status: int
    headers: dict[str, str]


async def post(team: Office, body: bytes, headers: dict[str, str] | None = None, url: str = "") -> Answer:
    """Post to the hook for texts, as the provider does."""
    sent = io.BytesIO(body)  # aiohttp warns of large bodies that are bytes
    async with team.session.post(url or hook_url(team), data=sent, headers=headers or {}) as answer:
        await answer.read()
        return Answer(answer.status, dict(answer.headers))


def hook_url(team: Office, event: str = "msg_received") -> str:
    """Where the provider was told to post an event."""
    return next(hook.url for hook in team.textrequest.hooks.values() if hook.event == event)


def webhook(team: Office, words: str = "hello", **conversation: Any) -> bytes:
    """The body of a webhook about a text that came in."""
    text = Text(id=str(uuid4()), line=SALES, contact=MARIA, words=words, outbound=False)
    contact = team.textrequest.contact(team.dashboard, MARIA)
    payload = shapes.text_payload(text, team.dashboard, contact)
    payload["conversation"] |= conversation
    return json.dumps(payload).encode()


def signed(team: Office, body: bytes, age_s: int = 0) -> dict[str, str]:
    """The headers that prove where a body comes from."""
    return shapes.signature_headers(team.textrequest.api_key, body, int(time.time()) - age_s)


async def kept(team: Office) -> list[str]:
    """The texts that are on disk."""
    return [row["body"] for row in await team.rows("select body from messages where kind = 'text' order by id")]


async def unread(team: Office) -> list[str]:
    """What nobody could read."""
    return [row["body"] for row in await team.rows("select body from unread_webhooks order by id")]


# --- What is accepted ---------------------------------------------------------------------------------------


async def test_answer_is_200_when_the_text_is_on_disk(team: Office) -> None:
    body = webhook(team, "hello")

    answer = await post(team, body, signed(team, body))

    assert answer.status == 200
    assert await kept(team) == ["hello"]


async def test_webhook_that_comes_twice_is_one_text(team: Office) -> None:
    body = webhook(team, "hello")

    answers = [await post(team, body, signed(team, body)) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert await kept(team) == ["hello"]


async def test_event_in_the_path_counts_like_one_in_the_query(team: Office) -> None:
    body = webhook(team, "hello")
    base = hook_url(team).partition("?")[0]

    answer = await post(team, body, signed(team, body), f"{base}/msg_received")

    assert answer.status == 200
    assert await kept(team) == ["hello"]


async def test_unknown_event_is_accepted_and_means_nothing(team: Office) -> None:
    body = webhook(team, "hello")
    base = hook_url(team).partition("?")[0]

    answer = await post(team, body, signed(team, body), f"{base}?e=location_received")

    assert answer.status == 200
    assert await kept(team) == await unread(team) == []


async def test_event_that_nobody_waits_for_is_kept_for_a_person(team: Office) -> None:
    body, base = b'{"lat": 35, "lng": -85}', hook_url(team).partition("?")[0]

    answer = await post(team, body, signed(team, body), f"{base}?e=location&t=tok")

    assert answer.status == 202
    assert await unread(team) == [body.decode()]


async def test_payment_that_was_asked_for_elsewhere_is_nobodys(team: Office) -> None:
    body, base = b'{"payment_id": 2510}', hook_url(team).partition("?")[0]

    answer = await post(team, body, signed(team, body), f"{base}?e=payment_status_updated&d=121")

    assert answer.status == 200
    assert await unread(team) == []


async def test_unsigned_location_proves_itself_by_its_token(team: Office) -> None:
    base, text, body = hook_url(team).partition("?")[0], webhook(team), b'{"lat": 35, "lng": -85}'
    await post(team, text, signed(team, text))  # from now on they sign

    with_token = await post(team, body, url=f"{base}?e=location&t=tok")
    payment = await post(team, b'{"payment_id": 2510}', url=f"{base}?e=payment_status_updated&t=tok")

    assert (with_token.status, payment.status) == (202, 403)
    assert await unread(team) == [body.decode()]


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["textrequest/wrong", "unknown/wrong", "clicksend/wrong", "textrequest/%FF%00"])
async def test_wrong_secret_is_answered_404(team: Office, path: str) -> None:
    body = webhook(team)

    answer = await post(team, body, signed(team, body), f"{team.url}/webhooks/{path}?e=msg_received")

    assert answer.status == 404
    assert await kept(team) == await unread(team) == []


async def test_path_of_no_known_encoding_is_answered_with_a_refusal(team: Office) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", team.port)

    writer.write(b"POST /webhooks/textrequest/\xff\xfe?e=\xff HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
    status = (await reader.readline()).split()[1]

    assert status in (b"400", b"404")
    writer.close()
    await writer.wait_closed()


async def test_one_changed_byte_is_answered_403(team: Office) -> None:
    body = webhook(team, "pay 45")
    headers = signed(team, body)

    answer = await post(team, body.replace(b"45", b"46"), headers)

    assert answer.status == 403
    assert await kept(team) == await unread(team) == []


async def test_signature_with_another_key_is_answered_403(team: Office) -> None:
    body = webhook(team)

    answer = await post(team, body, shapes.signature_headers("another key", body, int(time.time())))

    assert answer.status == 403
    assert await kept(team) == []


@pytest.mark.parametrize("left_out", ["x-tr-webhook-timestamp", "x-tr-webhook-signature"])
async def test_half_a_signature_is_answered_403(team: Office, left_out: str) -> None:
    body = webhook(team)
    headers = signed(team, body)
    del headers[left_out]

    assert (await post(team, body, headers)).status == 403
    assert await kept(team) == []


@pytest.mark.parametrize("age_s", [FIVE_MINUTES + 2, -FIVE_MINUTES - 2])
async def test_webhook_replayed_after_five_minutes_is_answered_403(team: Office, age_s: int) -> None:
    body = webhook(team)

    assert (await post(team, body, signed(team, body, age_s))).status == 403
    assert await kept(team) == []


async def test_body_of_ten_megabytes_is_answered_413(team: Office) -> None:
    body = webhook(team, "x" * 10_000_000)

    assert (await post(team, body, signed(team, body))).status == 413
    assert await kept(team) == await unread(team) == []


async def test_body_that_cannot_be_unpacked_is_answered_400(team: Office) -> None:
    body = webhook(team)

    answer = await post(team, body, signed(team, body) | {"Content-Encoding": "gzip"})

    assert answer.status == 400
    assert await kept(team) == []


async def test_method_that_no_provider_uses_is_answered_405(team: Office) -> None:
    async with team.session.get(hook_url(team)) as answer:
        assert answer.status == 405


# --- What cannot be read ------------------------------------------------------------------------------------


def without(body: bytes, name: str) -> bytes:
    """A webhook that lacks a field."""
    payload = json.loads(body)
    del payload[name]
    return json.dumps(payload).encode()


BROKEN: dict[str, Callable[[Office], bytes]] = {
    "empty": lambda _: b"",
    "no UTF-8": lambda _: b'{"conversation": "\xff\xfe"}',
    "no JSON": lambda _: b"{'conversation':",
    "a list": lambda _: b"[]",
    "null": lambda _: b"null",
    "an empty object": lambda _: b"{}",
    "deeply nested": lambda _: b"[" * 5_000 + b"]" * 5_000,
    "no id": lambda team: without(webhook(team), "messageUniqueIdentifier"),
    "no line": lambda team: without(webhook(team), "yourPhoneNumber"),
    "no conversation": lambda team: without(webhook(team), "conversation"),
    "a number that is none": lambda team: webhook(team, consumerPhoneNumber="+1 ???"),
    "a number of another type": lambda team: webhook(team, consumerPhoneNumber={"a": 1}),
    "a date that is none": lambda team: webhook(team, date="soon"),
    "an absurd date": lambda team: webhook(team, date="0001-01-01T00:00:00"),
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_what_cannot_be_read_is_kept_for_a_person(team: Office, broken: str) -> None:
    body = BROKEN[broken](team)

    answer = await post(team, body, signed(team, body))

    assert answer.status == 202
    assert await unread(team) == [body.decode("utf-8", "replace")]
    assert await kept(team) == []


@pytest.mark.parametrize("where", ["message", "consumerFriendlyName"])
async def test_null_character_does_not_lose_the_text(each_team: Office, where: str) -> None:
    body = webhook(each_team, **{"message": "ab", where: "a\x00b"})

    answer = await post(each_team, body, signed(each_team, body))

    assert answer.status == 200
    thread = await each_team.see(lambda: each_team.mirrored(MARIA), "a thread")
    assert each_team.workspace.words(thread[1]) == "ab"


async def test_half_a_character_is_never_a_server_error(each_team: Office) -> None:
    body = webhook(each_team, "a\ud83d")

    answer = await post(each_team, body, signed(each_team, body))

    assert answer.status in (200, 202)
    assert len(await kept(each_team)) + len(await unread(each_team)) == 1


# --- A database in trouble ----------------------------------------------------------------------------------


async def test_text_that_cannot_be_kept_is_answered_503_and_taken_later(team: Office) -> None:
    root = await team.open("one")
    body = webhook(team, "two")
    with contextlib.closing(sqlite3.connect(team.database, isolation_level=None)) as outside:
        outside.execute("alter table conversations rename to gone")
        refused = await post(team, body, signed(team, body))
        outside.execute("alter table gone rename to conversations")

    accepted = await post(team, body, signed(team, body))

    assert (refused.status, refused.headers["Retry-After"], accepted.status) == (503, "30", 200)
    await team.reads(root, "one", "two")
