"""Binding a found text: only to the one it must be, and our own token decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.flows.lookups import only_one
from bot.model import Delivery, Number, ProviderName, SentText, TextSent
from bot.worker import backoff_s

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def found(text_id: str, token: str | None = None, delivery: Delivery | None = None) -> TextSent:
    """A text that the provider has."""
    return TextSent(
        provider=ProviderName("clicksend"),
        account="",
        line_number=Number("+14235550100"),
        contact=Number("+14155550134"),
        text_id=text_id,
        body="Yes",
        sent_at=AT,
        token=token,
        delivery=delivery,
    )


@pytest.mark.parametrize(
    ("candidates", "text_id"),
    [
        ([], None),
        ([found("1")], "1"),
        ([found("1"), found("1")], "1"),
        ([found("1"), found("2")], None),
        ([found("1"), found("2", token="ours")], "2"),
        ([found("1", token="ours"), found("2", token="ours")], None),
    ],
)
def test_text_is_bound_only_when_it_can_be_but_one(candidates: list[TextSent], text_id: str | None) -> None:
    bound = only_one(candidates)

    assert (None if bound is None else bound.text_id) == text_id


def test_bound_text_is_as_far_as_the_provider_says() -> None:
    assert only_one([found("1", delivery=Delivery.SENT)]) == SentText("1", Delivery.SENT)
    assert only_one([found("1")]) == SentText("1", Delivery.ACCEPTED)
    failed = replace(found("1", delivery=Delivery.FAILED), code="30003", why="No such number.")
    assert only_one([failed]) == SentText("1", Delivery.FAILED, "30003", "No such number.")


def test_back_off_doubles_up_to_five_minutes() -> None:
    waits = [backoff_s(attempts) for attempts in (0, 1, 2, 3, 4, 9, 10, 100, 10**9)]

    assert waits == [1, 1, 2, 4, 8, 256, 300, 300, 300]
