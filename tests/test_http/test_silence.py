"""What is never shown: keys, numbers, words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.errors import OutcomeUnknown, SettingsError, Unreachable
from bot.http import Http, Unreadable, quiet_logs
from tests.providers.far_end import Answer, FarEnd, Trouble
from tests.test_http.conftest import EFFECT, KEY, READ, WORDS, Row, http, response

# --- Silence ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["two\nlines", "clé", "tab\there", "\x00"])
def test_when_a_key_cannot_be_one_then_it_says_so_without_showing_it(key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        http("http://127.0.0.1", key)

    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"id": null}',
        b'{"id": ["Your order is ready."]}',
        b'{"id": "1", "count": "Your order is ready."}',
        b'{"Your order is ready.',
        b"[" * 100_000,
        b"\xffYour order is ready.",
    ],
)
def test_when_a_body_is_something_else_then_no_error_drags_its_content_along(body: bytes) -> None:
    with pytest.raises(OutcomeUnknown) as effect:
        response(EFFECT, 200, body).parse(Row)
    with pytest.raises(Unreachable) as read:
        response(READ, 200, body).parse(Row)
    with pytest.raises(Unreadable) as wire:
        Row.read(body)

    for error in (effect.value, read.value, wire.value):
        assert WORDS not in "".join(_everything(error))


def test_when_plain_json_is_something_else_then_no_error_drags_its_content_along() -> None:
    for body in (b"", b'{"Your order is ready.', b"\xffYour order is ready.", b"[" * 100_000):
        with pytest.raises(OutcomeUnknown) as caught:
            response(EFFECT, 200, body).json()

        assert WORDS not in "".join(_everything(caught.value))


def _everything(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{error!s} {error!r} {error.args!r} {vars(error)!r}"
        if isinstance(error, json.JSONDecodeError):
            yield error.doc
        assert not hasattr(error, "errors"), "a pydantic error holds its input"
        error = error.__cause__ or error.__context__


def test_when_words_hold_a_nul_then_it_is_gone() -> None:
    assert Row.read(b'{"id": "a\\u0000b", "else": 1}') == Row(id="ab")


@pytest.mark.parametrize(
    ("body", "row"),
    [
        (b'{"id": "Bye \\ud83d"}', Row(id="Bye \ufffd")),
        (b'{"id": "\\uDE00 and \\ud83d\\ude00"}', Row(id="\ufffd and 😀")),
        (b'{"id": "a\xffb"}', Row(id="a\ufffdb")),
        (b'{"id": "two\nlines"}', Row(id="two\nlines")),
        (b'{"\\ud83d": 1, "id": "1"}', Row(id="1")),
        (b'{"else": [{"\\ud83d": "\\udc00"}], "id": "1"}', Row(id="1")),
    ],
)
def test_when_words_hold_what_is_no_character_then_it_is_replaced(body: bytes, row: Row) -> None:
    assert Row.read(body) == row


def test_when_plain_json_holds_half_a_pair_then_it_can_be_written_again() -> None:
    plain = response(READ, 200, b'{"\\ud83d": ["\\udc00", 1, null, "\\\\ud83d"]}').json()

    assert plain == {"\ufffd": ["\ufffd", 1, None, "\\ud83d"]}


def test_when_a_response_is_shown_then_its_body_and_headers_are_not() -> None:
    shown = repr(response(READ, 200, WORDS.encode(), {"set-cookie": KEY}))

    assert WORDS not in shown
    assert KEY not in shown


async def _talk(example: Http, far_end: FarEnd) -> None:
    far_end.will_answer(
        Answer(200, b"{}", {"set-cookie": "session=c00kie"}), Answer(trouble=Trouble.CUT), Answer(429)
    )
    await example.act("POST", "/contacts/14235550142/texts", {"body": WORDS})
    await example.read("/texts", {"q": "to:+14235550142"})


async def test_when_logs_are_quiet_then_no_line_shows_what_was_sent(
    example: Http, far_end: FarEnd, loud: pytest.LogCaptureFixture
) -> None:
    quiet_logs()

    await _talk(example, far_end)

    assert len(far_end.heard) == 3
    assert not [secret for secret in (KEY, WORDS, "4235550142", "c00kie") if secret in loud.text]


async def test_when_logs_are_not_quiet_then_they_do_show_it(
    example: Http, far_end: FarEnd, loud: pytest.LogCaptureFixture
) -> None:
    await _talk(example, far_end)

    assert "4235550142" in loud.text
    assert "c00kie" in loud.text
