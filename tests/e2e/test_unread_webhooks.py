"""A webhook that nobody could read may be a customer's text: an admin is told. And what proves a report."""

from __future__ import annotations

import json

import pytest

from bot.model import Delivery
from tests.e2e.office import OMAR, Office
from tests.e2e.test_webhooks import hook_url, post

TICK = "white_check_mark"


async def test_webhook_that_cannot_be_read_is_told_to_the_admin_once(closed: Office) -> None:
    await closed.start(threadline_admins=closed.dana.id)
    direct = closed.workspace.direct_messages("Dana")

    for _ in range(2):
        await post(closed, b'{"conversation": {"consumerPhone', url=hook_url(closed))
    await closed.see(lambda: closed.workspace.messages(direct), "an alert")
    await closed.settled()

    (alert,) = closed.workspace.messages(direct)
    assert "could not be read" in closed.workspace.words(alert)


async def test_webhook_that_breaks_its_reader_is_kept_and_told_and_no_server_error(
    closed: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    await closed.start(threadline_admins=closed.dana.id)
    direct = closed.workspace.direct_messages("Dana")
    monkeypatch.setattr("bot.providers.textrequest.webhooks.parse", fail)

    answer = await post(closed, b'{"conversation": 1}', url=hook_url(closed))

    (row,) = await closed.rows("select body, reason from unread_webhooks")
    assert (answer.status, row["body"]) == (202, '{"conversation": 1}')
    assert f"{row['reason']}: ZeroDivisionError" in caplog.text
    (alert,) = await closed.see(lambda: closed.workspace.messages(direct), "an alert")
    assert "could not be read" in closed.workspace.words(alert)


@pytest.fixture
async def strict(closed: Office) -> Office:
    """An office that takes signed webhooks alone; its provider reports nothing by itself."""
    closed.textrequest.rules.statuses = ()
    await closed.start(textrequest_signatures="required")
    return closed


async def _sent(team: Office, words: str, number: str, name: str) -> str:
    """A text that was sent; where its reports go."""
    root = await team.open(number=number, name=name)
    sent = len(team.textrequest.accepted())
    await team.say(root, words)
    await team.see(lambda: len(team.textrequest.accepted()) > sent, "a text")
    await team.settled()
    return str(team.textrequest.accepted()[-1].callback)


async def _deliveries(team: Office) -> list[str]:
    rows = await team.rows("select delivery from messages where kind = 'reply' order by id")
    return [row["delivery"] for row in rows]


async def test_unsigned_report_without_a_token_is_refused(strict: Office) -> None:
    callback = await _sent(strict, "Yes", "+14155550134", "Maria Lopez")
    text_id = strict.textrequest.accepted()[-1].id
    body = json.dumps({"message_id": text_id, "status": "failed"}).encode()

    answer = await post(strict, body, url=callback.partition("&t=")[0])

    assert answer.status == 403
    assert await _deliveries(strict) == [Delivery.ACCEPTED]


async def test_unsigned_report_is_about_the_text_of_its_token_whatever_it_names(strict: Office) -> None:
    await _sent(strict, "Yes", "+14155550134", "Maria Lopez")
    other = strict.textrequest.accepted()[-1].id
    callback = await _sent(strict, "No", OMAR, "Omar Haddad")

    body = json.dumps({"message_id": other, "status": "delivered"}).encode()
    answer = await post(strict, body, url=callback)

    assert answer.status == 200
    assert await _deliveries(strict) == [Delivery.ACCEPTED, Delivery.DELIVERED]
