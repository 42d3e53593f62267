"""What a business rule of Aranda posts: it names a ticket, in whatever shape, and nothing else is believed."""

from __future__ import annotations

import pytest

from bot.errors import WebhookUnreadable
from bot.model import Nothing, ProviderEvent, TicketCode, TicketReported, WebhookRequest
from bot.providers.asms.webhooks import parse
from bot.providers.asms.wire import NAME
from tests.providers.case import NOW


def read(body: bytes, event: str = "ticket") -> ProviderEvent:
    """What a webhook says."""
    return parse(WebhookRequest(event, {}, {}, body, NOW))


@pytest.mark.parametrize(
    "body",
    [
        b'{"idByProject":"RF-200"}',
        b'{"event": "case.updated",\n "idByProject" : " RF-200 ", "id": 1}',
        b'{"idByProject": "RF-200", "subject": "the "big" one"}',
        b'{"idByProject": "RF-200", "subject": "<p>line\nbreak</p>", ',
        b'{"idByProject": "RF-200", "subject": "", "idByProject": "RF-1"}',
        b'{"idByProject": "RF-200", "subject": "\xff"}',
    ],
)
def test_when_the_body_names_a_ticket_then_it_is_read_again_however_broken_the_rest(body: bytes) -> None:
    assert read(body) == TicketReported(NAME, TicketCode("RF-200"))


@pytest.mark.parametrize(
    "body",
    [b'{"idByProject": ""}', b'{"idByProject": null}', b'{"idByProject": "../RF-200"}', b'{"idByProject": 200}',
     b'{"idByProject": "' + b"R" * 100 + b'"}', b'{"id": 48213}', b'{"idByProject": "' * 50_000],
)  # fmt: skip
def test_when_no_ticket_is_named_then_it_is_unreadable(body: bytes) -> None:
    with pytest.raises(WebhookUnreadable):
        read(body)


def test_when_a_rule_calls_another_address_then_there_is_nothing_to_do() -> None:
    assert read(b'{"idByProject": "RF-200"}', "task") == Nothing(NAME, "task")
