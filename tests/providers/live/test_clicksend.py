"""A real ClickSend account, when `CLICKSEND_USERNAME` and `CLICKSEND_API_KEY` are in the environment:
`pytest -m live tests/providers/live/test_clicksend.py`.

Promise: it only reads, unless `THREADLINE_LIVE_SEND` names a phone of your own: that one gets a text, from the
number that `THREADLINE_LIVE_LINE` names. No answer is printed, because it holds people's names and numbers.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from bot.errors import NotFound, Rejected
from bot.model import (
    Address,
    AddressId,
    ChannelId,
    ContactListId,
    FaxOrder,
    LetterOrder,
    Line,
    LineId,
    MediaOrder,
    Number,
    OutgoingText,
    PostcardOrder,
    Voice,
    VoiceOrder,
)
from bot.phone import parse_number
from bot.providers.clicksend import ClickSend
from bot.settings import Settings
from bot.startup import build_providers

pytestmark = pytest.mark.live

VARIABLES = ("CLICKSEND_USERNAME", "CLICKSEND_API_KEY", "CLICKSEND_API_URL")
# Nobody has it, and nothing that goes there costs anything.
# Source: https://developers.clicksend.com/docs/ (test numbers)
NOBODY = Number("+61411111111")
NO_ID = ContactListId(999_999_999)
ENOUGH = 250  # rows: more than two pages have
TOKEN = "threadline-live"
CALL = VoiceOrder(NOBODY, "Threadline's own test.", "en-us", Voice.FEMALE, TOKEN)
FILE_URL = "https://example.com/letter.pdf"  # Source: https://www.rfc-editor.org/rfc/rfc2606 (nobody's)
NOWHERE = Address("Threadline's own test", "1 Nowhere St", "Nowhere", "TN", "11111", "US")

T = TypeVar("T")


@pytest.fixture
async def provider() -> AsyncIterator[ClickSend]:
    """As the bot builds it; skipped without its key."""
    given = {name.lower(): os.environ[name] for name in VARIABLES if os.environ.get(name)}
    built = build_providers(Settings.explicit(given)).get(ClickSend.name)
    if not isinstance(built, ClickSend):
        pytest.skip("needs CLICKSEND_USERNAME and CLICKSEND_API_KEY of a real account")
    yield built
    await built.close()


@pytest.fixture
def line() -> Line:
    """A number of the account, as a line."""
    number = os.environ.get("THREADLINE_LIVE_LINE")
    if not number:
        pytest.skip("needs THREADLINE_LIVE_LINE, a number of the account")
    return Line(LineId(1), ClickSend.name, "", parse_number(number), ChannelId("C1"), "Live")


def text(line: Line, to: Number, words: str) -> OutgoingText:
    return OutgoingText(line, to, words, "Threadline", TOKEN, None)


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def some(rows: AsyncIterator[T]) -> list[T]:
    """The first rows of a list, of several pages where there are several."""
    found: list[T] = []
    async for row in rows:
        found.append(row)
        if len(found) == ENOUGH:
            break
    return found


async def test_when_the_key_is_asked_for_then_it_is_accepted_and_our_clocks_agree(provider: ClickSend) -> None:
    facts = await provider.check()

    assert facts.description.startswith("balance ")
    assert facts.clock_skew_s is None or abs(facts.clock_skew_s) < 60


async def test_when_languages_are_listed_then_each_has_a_voice(
    provider: ClickSend, caplog: pytest.LogCaptureFixture
) -> None:
    languages = await provider.list_languages()

    assert "en-us" in [language.code for language in languages]
    assert [language.code for language in languages if not language.voices] == []
    assert caplog.messages == []


async def test_when_lists_are_listed_then_every_row_is_read_and_the_first_is_found_again(
    provider: ClickSend, caplog: pytest.LogCaptureFixture
) -> None:
    lists = await some(provider.list_contact_lists())

    for one in lists[:1]:
        hits = await some(provider.search_contact_lists(one.name))
        assert one.id in [hit.id for hit in hits if hit.is_list]
        contacts = await some(provider.list_listed_contacts(one.id))
        assert {contact.list_id for contact in contacts} <= {one.id}
    assert caplog.messages == []


async def test_when_return_addresses_are_listed_then_every_row_is_read(
    provider: ClickSend, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        addresses = await provider.list_return_addresses()
    except Rejected as error:
        pytest.skip(f"this account has no post ({error.code})")

    assert all(each.address.country for each in addresses)
    assert caplog.messages == []


async def test_when_a_call_is_quoted_then_it_has_a_price_in_a_currency(provider: ClickSend) -> None:
    try:
        quote = await provider.quote_voice(CALL)
    except Rejected as error:
        pytest.skip(f"this account cannot call the test number ({error.code})")

    assert (quote.units, len(quote.total.currency)) == (1, 3)


async def test_when_orders_that_nobody_made_are_looked_for_then_none_is_found(
    provider: ClickSend, caplog: pytest.LogCaptureFixture
) -> None:
    letter = LetterOrder(NOWHERE, AddressId("1"), FILE_URL, TOKEN)
    postcard = PostcardOrder(NOWHERE, AddressId("1"), (FILE_URL,), TOKEN)

    try:
        found = [
            *await provider.find_voice(CALL, just_now()),
            *await provider.find_fax(FaxOrder(NOBODY, FILE_URL, TOKEN), just_now()),
            *await provider.find_letter(letter, just_now()),
            *await provider.find_postcard(postcard, just_now()),
        ]
    except Rejected as error:
        pytest.skip(f"this account lacks calls, faxes or post ({error.code})")

    assert found == []
    assert caplog.messages == []


async def test_when_hooks_and_the_last_days_texts_are_listed_then_they_are_read(
    provider: ClickSend, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    texts = await some(provider.list_texts(line, datetime.now(UTC) - timedelta(days=1)))
    hooks = await provider.list_hooks(line)
    pictures = await provider.find_media(MediaOrder(text(line, NOBODY, ""), (FILE_URL,), "Map"), just_now())

    assert [each.sent_at for each in texts] == sorted(each.sent_at for each in texts)
    assert all(hook.url.startswith("http") for hook in hooks)
    assert pictures == []
    assert caplog.messages == []


async def test_when_a_text_is_quoted_then_it_has_a_price_and_is_not_sent(provider: ClickSend, line: Line) -> None:
    quiet = text(line, NOBODY, "Threadline asks for a price")

    try:
        quote = await provider.quote_text(quiet)
    except Rejected as error:
        pytest.skip(f"this account cannot text the test number ({error.code})")

    assert quote.units == 1
    assert await provider.find_texts(quiet, just_now()) == []


async def test_when_a_list_is_not_there_then_they_say_so(provider: ClickSend) -> None:
    with pytest.raises(NotFound):
        await some(provider.list_listed_contacts(NO_ID))


async def test_when_a_text_goes_to_your_own_phone_then_it_is_found_by_our_token(
    provider: ClickSend, line: Line
) -> None:
    to = os.environ.get("THREADLINE_LIVE_SEND")
    if not to:
        pytest.skip("needs THREADLINE_LIVE_SEND, a phone of your own, which gets a text")
    since = just_now()
    mine = text(line, parse_number(to), f"Threadline's own test, {since:%H:%M:%S}")

    sent = await provider.send_text(mine)

    assert sent.text_id in [each.text_id for each in await provider.find_texts(mine, since)]
