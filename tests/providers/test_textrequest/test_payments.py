"""Payments at Text Request: what is its own, beside the contract."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.errors import Rejected, UsageError
from bot.model import SETTLED, Money, Payment, PaymentFilter, PaymentStatus
from bot.providers.textrequest import TextRequest
from tests.providers.case import everything
from tests.providers.cases.textrequest import TR_LINE, tr
from tests.providers.cases.textrequest.common import tr_refusal
from tests.providers.cases.textrequest.payments import ID, PAID, PAYMENT, REFERENCE, REQUEST
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import changed, page, rows


@pytest.mark.parametrize(
    ("minor", "dollars"), [(1, "0.01"), (10, "0.1"), (29, "0.29"), (22_050, "220.5"), (1_999_999_99, "1999999.99")]
)
async def test_when_an_amount_is_asked_for_then_it_goes_and_comes_to_the_cent(
    provider: TextRequest, far_end: FarEnd, minor: int, dollars: str
) -> None:
    far_end.will_answer(changed("payment.json", amount_requested=float(dollars)))

    payment = await provider.request_payment(TR_LINE, replace(REQUEST, amount=Money(minor, "USD")))

    assert f'"amount_requested": {dollars}' in far_end.heard[0].body.decode()
    assert payment.amount == Money(minor, "USD")


@pytest.mark.parametrize("raw", ["220.50", 220.5, "220.5"])
async def test_when_their_amount_is_a_number_or_its_text_then_it_is_the_same(
    provider: TextRequest, far_end: FarEnd, raw: object
) -> None:
    far_end.will_answer(changed("payment.json", amount_requested=raw))

    assert await provider.read_payment(TR_LINE, ID) == PAYMENT


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Sent", PaymentStatus.SENT),
        ("PastDue", PaymentStatus.PAST_DUE),
        ("Paid", PaymentStatus.PAID),
        ("MarkedAsPaid", PaymentStatus.MARKED_PAID),
        ("Cancelled", PaymentStatus.CANCELLED),
        ("Failed", PaymentStatus.FAILED),
        ("Unknown", PaymentStatus.UNKNOWN),
        ("InEscrow", PaymentStatus.UNKNOWN),
        (" paid ", PaymentStatus.PAID),
        (None, PaymentStatus.UNKNOWN),
    ],
)
async def test_when_a_status_is_read_then_their_word_stays_beside_ours(
    provider: TextRequest, far_end: FarEnd, word: str | None, status: PaymentStatus
) -> None:
    far_end.will_answer(changed("payment.json", textrequest_payment_status=word))

    payment = await provider.read_payment(TR_LINE, ID)

    assert (payment.status, payment.status_word) == (status, (word or "").strip())


def test_when_a_payment_is_not_open_any_more_then_it_is_settled() -> None:
    assert set(PaymentStatus) - SETTLED == {PaymentStatus.SENT, PaymentStatus.PAST_DUE, PaymentStatus.UNKNOWN}


async def test_when_a_step_is_refused_then_the_sentence_says_what_that_means(
    provider: TextRequest, far_end: FarEnd
) -> None:
    steps: tuple[tuple[Callable[[], Awaitable[Payment]], str], ...] = (
        (lambda: provider.request_payment(TR_LINE, REQUEST), "payments are switched on"),
        (lambda: provider.remind_payment(TR_LINE, ID), "reminds once"),
        (lambda: provider.cancel_payment(TR_LINE, ID), "open payments only"),
        (lambda: provider.mark_payment_paid(TR_LINE, ID), "open payments only"),
    )
    for step, words in steps:
        far_end.will_answer(tr_refusal("4001"))

        with pytest.raises(Rejected, match=words) as caught:
            await step()

        assert caught.value.code == "4001"


async def test_when_pages_are_smaller_than_asked_then_every_payment_comes_once(
    provider: TextRequest, far_end: FarEnd
) -> None:
    both = rows("payments.json")
    far_end.will_answer(page(both[:1], 2, size=1), page(both[1:], 2, size=1))

    assert await everything(provider.list_payments(TR_LINE, PaymentFilter())) == [PAYMENT, PAID]
    assert [heard.query["page"] for heard in far_end.heard] == ["0", "1"]


async def test_when_they_ignore_the_filter_then_others_are_left_out(
    provider: TextRequest, far_end: FarEnd
) -> None:
    for which in (PaymentFilter(reference=REFERENCE), PaymentFilter(contact=PAYMENT.contact)):
        far_end.will_answer(tr("payments.json"))

        assert await everything(provider.list_payments(TR_LINE, which)) == [PAYMENT]


async def test_when_a_row_is_no_payment_then_the_others_come_and_the_log_says_so(
    provider: TextRequest, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    good = rows("payments.json")
    far_end.will_answer(page([{"payment_id": {"a": good[0]}}, {**good[0], "customer_phone": None}, *good], 4))

    found = await everything(provider.list_payments(TR_LINE, PaymentFilter()))

    assert found == [PAYMENT, PAID]
    assert caplog.messages == ["textrequest: a row of a list cannot be read and is left out"]


async def test_when_the_list_never_ends_then_it_says_so(
    provider: TextRequest, far_end: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.providers.textrequest.asking.MOST_PAGES", 3)
    first, second = rows("payments.json")
    far_end.will_answer(*[page([first], 10**6, size=1), page([second], 10**6, size=1)] * 3)

    with pytest.raises(UsageError, match="longer than can be read"):
        await everything(provider.list_payments(TR_LINE, PaymentFilter()))

    assert len(far_end.heard) == 3


async def test_when_only_the_first_is_wanted_then_only_one_page_is_read(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(page(rows("payments.json"), 10**6, size=2))

    found = await anext(aiter(provider.list_payments(TR_LINE, PaymentFilter())))

    assert (found, len(far_end.heard)) == (PAYMENT, 1)


async def test_when_words_have_spaces_around_them_then_they_are_sent_without(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(201, tr("payment.json").body))

    await provider.request_payment(TR_LINE, replace(REQUEST, description=" Invoice \n", message="\tPay here: "))

    body = json.loads(far_end.heard[0].body)
    assert (body["description"], body["message"]) == ("Invoice", "Pay here:")
