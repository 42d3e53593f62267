"""A real Text Request account, when `TEXTREQUEST_API_KEY` is in the environment:
`pytest -m live tests/providers/live/test_textrequest.py`.

Promise: it only reads, on the account's first dashboard, unless `THREADLINE_LIVE_SEND` names a phone of your own:
that one gets a text. No answer is printed, because it holds people's names and numbers.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from bot.errors import NotFound, Rejected
from bot.model import (
    ChannelId,
    ContactFilter,
    CorrespondenceFilter,
    DashboardId,
    GroupId,
    Line,
    LineId,
    Number,
    OutgoingText,
    PaymentFilter,
    PaymentId,
    PaymentSort,
)
from bot.phone import parse_number
from bot.providers.textrequest import TextRequest
from bot.settings import Settings
from bot.startup import build_providers

pytestmark = pytest.mark.live

VARIABLES = ("TEXTREQUEST_API_KEY", "TEXTREQUEST_API_URL")
NOBODY = Number("+14235550142")  # Source: https://www.nanpa.com (555-01xx is for fiction)
NO_ID = "999999999"
ENOUGH = 250  # rows: more than one page has

T = TypeVar("T")


@pytest.fixture
async def provider() -> AsyncIterator[TextRequest]:
    """As the bot builds it; skipped without its key."""
    given = {name.lower(): os.environ[name] for name in VARIABLES if os.environ.get(name)}
    built = build_providers(Settings.explicit(given)).get(TextRequest.name)
    if not isinstance(built, TextRequest):
        pytest.skip("needs TEXTREQUEST_API_KEY of a real account")
    yield built
    await built.close()


@pytest.fixture
async def line(provider: TextRequest) -> Line:
    """The account's first dashboard, as a line."""
    async for dashboard in provider.list_dashboards():
        if dashboard.number is not None:
            assert await provider.read_dashboard(dashboard.id) == dashboard
            account = str(dashboard.id)
            return Line(LineId(1), TextRequest.name, account, dashboard.number, ChannelId("C1"), dashboard.name)
    pytest.skip("needs an account with a dashboard that has a number")


async def some(rows: AsyncIterator[T]) -> list[T]:
    """The first rows of a list, of two pages where there are two."""
    found: list[T] = []
    async for row in rows:
        found.append(row)
        if len(found) == ENOUGH:
            break
    return found


async def test_when_the_key_is_asked_for_then_it_is_accepted_and_our_clocks_agree(provider: TextRequest) -> None:
    facts = await provider.check()

    assert facts.clock_skew_s is None or abs(facts.clock_skew_s) < 60


async def test_when_contacts_are_listed_then_every_row_is_read_and_the_first_is_found_again(
    provider: TextRequest, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    contacts = await some(provider.list_contacts(line, ContactFilter()))

    assert len({contact.number for contact in contacts}) == len(contacts)
    for contact in contacts[:1]:
        assert (await provider.read_contact(line, contact.number)).number == contact.number
        same = await some(provider.list_contacts(line, ContactFilter(number=contact.number)))
        assert [each.number for each in same] == [contact.number]
        await some(provider.list_history(line, contact.number))
    assert caplog.messages == []


async def test_when_conversations_are_listed_then_every_row_is_read(
    provider: TextRequest, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    found = await some(provider.list_conversations(line, CorrespondenceFilter(with_archived=True)))

    assert [each for each in found if each.last is None] == []
    assert caplog.messages == []


async def test_when_groups_tags_and_fields_are_listed_then_every_row_is_read(
    provider: TextRequest, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    for group in (await some(provider.list_groups(line)))[:1]:
        assert await provider.read_group(line, group.id) == group
    assert all(tag.name for tag in await some(provider.list_tags(line)))
    assert all(field.name for field in await provider.list_custom_fields(line))
    assert caplog.messages == []


async def test_when_payments_are_listed_then_they_come_in_the_order_that_was_asked_for(
    provider: TextRequest, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    which = PaymentFilter(sort=PaymentSort.AMOUNT, descending=False)

    try:
        payments = await some(provider.list_payments(line, which))
    except Rejected as error:
        pytest.skip(f"payments are not enabled on this dashboard ({error.code})")

    amounts = [payment.amount.minor for payment in payments]
    assert amounts == sorted(amounts)
    for payment in payments[:1]:
        assert await provider.read_payment(line, payment.id) == payment
    assert caplog.messages == []


async def test_when_hooks_and_the_last_days_texts_are_listed_then_they_are_read(
    provider: TextRequest, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    texts = await some(provider.list_texts(line, datetime.now(UTC) - timedelta(days=1)))
    hooks = await provider.list_hooks(line)

    assert [text.sent_at for text in texts] == sorted(text.sent_at for text in texts)
    assert all(hook.url.startswith("http") for hook in hooks)
    assert caplog.messages == []


async def test_when_nobody_has_it_then_they_say_so(provider: TextRequest, line: Line) -> None:
    with pytest.raises(NotFound):
        await provider.read_group(line, GroupId(NO_ID))
    with pytest.raises(Rejected):
        await provider.read_payment(line, PaymentId(NO_ID))
    with pytest.raises(Rejected):
        await provider.read_dashboard(DashboardId(NO_ID))
    assert await some(provider.list_contacts(line, ContactFilter(number=NOBODY))) == []


async def test_when_a_text_goes_to_your_own_phone_then_it_is_found_by_its_words(
    provider: TextRequest, line: Line
) -> None:
    to = os.environ.get("THREADLINE_LIVE_SEND")
    if not to:
        pytest.skip("needs THREADLINE_LIVE_SEND, a phone of your own, which gets a text")
    since = datetime.now(UTC) - timedelta(minutes=1)
    words = f"Threadline's own test, {since:%H:%M:%S}"
    text = OutgoingText(line, parse_number(to), words, "Threadline", "live", None)

    sent = await provider.send_text(text)

    assert sent.text_id in [each.text_id for each in await provider.find_texts(text, since)]
