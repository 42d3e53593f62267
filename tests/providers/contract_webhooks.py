"""What every provider that posts to us must do with what is posted. `Case` and its like are in `case.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.capabilities import ReadsWebhooks
from bot.errors import WebhookRefused, WebhookUnreadable
from bot.model import Nothing, Signature, TextReceived, TextSent, WebhookReading, WebhookRequest
from tests.providers.case import NOW, NOWHERE, Case, Sample
from tests.providers.mangle import Path, places, put, without

JSON_VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def read(provider: ReadsWebhooks, request: WebhookRequest) -> WebhookReading | None:
    """The reading, or None when it was refused or unreadable. Everything else is a failure of the test."""
    with suppress(WebhookRefused, WebhookUnreadable):
        return provider.read_webhook(request)
    return None


def json_samples(case: Case) -> list[Sample]:
    """The samples whose body is JSON."""
    return [sample for sample in case.samples if sample.body.lstrip().startswith(b"{")]


class WebhookContract:
    """Reading webhooks: pure, and safe from whatever is posted."""

    def test_when_it_is_good_then_it_says_what_happened(self, case: Case) -> None:
        provider = case.build(NOWHERE)

        for sample in case.samples:
            unsigned = Signature.UNSUPPORTED if case.sign is None else Signature.ABSENT
            assert provider.read_webhook(sample.request()) == WebhookReading(sample.events, unsigned)

    def test_when_it_comes_twice_then_it_says_the_same(self, case: Case) -> None:
        provider = case.build(NOWHERE)

        for sample in case.samples:
            later = replace(sample.request(), received_at=NOW + timedelta(minutes=10))
            assert provider.read_webhook(sample.request()) == provider.read_webhook(later)

    def test_when_the_event_is_unknown_then_there_is_nothing_to_do(self, case: Case) -> None:
        provider = case.build(NOWHERE)

        for event in ("", "location_received", "+14235550142", "a" * 5000, "\x00\n"):
            request = replace(case.samples[0].request(), event=event)
            (only,) = provider.read_webhook(request).events
            assert isinstance(only, Nothing)
            assert only.what == (event if event == "location_received" else "unknown")

    @pytest.mark.parametrize(
        "body",
        [b"", b"   ", b"not json", b"null", b"[]", b"3", b'"words"', b"{", b'{"a": 1}', b"[" * 100_000,
         b'{"a":' * 100_000, b"\xff\xfe\x00", b"\xef\xbb\xbf", b"%ff=%fe", b"&" * 1000, b"a=1&" * 1000],
    )  # fmt: skip
    def test_when_the_body_is_something_else_then_it_is_unreadable_and_says_no_content(
        self, case: Case, body: bytes
    ) -> None:
        provider = case.build(NOWHERE)

        for sample in case.samples:
            with pytest.raises(WebhookUnreadable) as caught:
                provider.read_webhook(replace(sample.request(), body=body))

            assert len(str(caught.value)) < 200
            assert "words" not in str(caught.value)

    def test_when_a_field_is_missing_or_null_then_it_is_read_or_unreadable(self, case: Case) -> None:
        provider = case.build(NOWHERE)
        outcomes = set()

        for sample in json_samples(case):
            whole = json.loads(sample.body)
            for path in list(places(whole))[1:]:
                for changed in (without(whole, path), put(whole, path, None), put(whole, path, "")):
                    body = json.dumps(changed).encode()
                    outcomes.add(read(provider, replace(sample.request(), body=body)) is not None)

        assert outcomes == {True, False}

    def test_when_anything_is_posted_then_nothing_else_is_raised(self, case: Case) -> None:
        provider = case.build(NOWHERE)
        events = st.sampled_from([sample.event for sample in case.samples]) | st.text(max_size=20)
        bodies = st.binary(max_size=300) | JSON_VALUES.map(json.dumps).map(str.encode)
        headers = st.dictionaries(st.sampled_from(sorted(_header_names(case))), st.text(max_size=20))

        @settings(max_examples=200)
        @given(event=events, body=bodies, header=headers, query=st.dictionaries(st.text(), st.text(), max_size=3))
        def check(event: str, body: bytes, header: dict[str, str], query: dict[str, str]) -> None:
            read(provider, WebhookRequest(event, header, query, body, NOW))

        check()

    def test_when_any_part_is_anything_else_then_nothing_else_is_raised(self, case: Case) -> None:
        provider = case.build(NOWHERE)
        samples = json_samples(case)
        every_place = [(sample, path) for sample in samples for path in places(json.loads(sample.body))]

        @settings(max_examples=300)
        @given(place=st.sampled_from(every_place), other=JSON_VALUES)
        def check(place: tuple[Sample, Path], other: object) -> None:
            sample, path = place
            body = json.dumps(put(json.loads(sample.body), path, other)).encode()
            read(provider, replace(sample.request(), body=body))

        check()


def _header_names(case: Case) -> set[str]:
    return {"content-type", *(case.sign(b"", NOW) if case.sign else {})}


class TextWebhookContract:
    """Texts in webhooks: every character arrives."""

    @pytest.mark.parametrize("odd", [b"\\ud83d", b"\xff"])
    def test_when_the_words_hold_what_is_no_character_then_the_rest_is_read(self, case: Case, odd: bytes) -> None:
        provider = case.build(NOWHERE)
        texts = [each for each in json_samples(case) if isinstance(each.says, TextReceived | TextSent)]

        for sample in texts:
            assert isinstance(sample.says, TextReceived | TextSent)
            words = sample.says.body
            body = sample.body.replace(words.encode(), words.encode() + odd).replace(b"{", b'{"\\ud83d": 1, ', 1)
            (event,) = provider.read_webhook(replace(sample.request(), body=body)).events
            assert event == replace(sample.says, body=f"{words}\ufffd")
        assert texts

    def test_when_it_is_very_long_then_nothing_is_cut(self, case: Case) -> None:
        provider = case.build(NOWHERE)
        words = "é" * 50_000

        found = []
        for sample in json_samples(case):
            whole = json.loads(sample.body)
            for path in list(places(whole))[1:]:
                body = json.dumps(put(whole, path, words)).encode()
                reading = read(provider, replace(sample.request(), body=body))
                found += [getattr(event, "body", "") for event in (reading.events if reading else ())]

        assert words in found


def sign(case: Case, sample: Sample, age_s: int = 0) -> dict[str, str]:
    """The headers that sign a sample; `age_s` is how long before now that was."""
    assert case.sign is not None
    return case.sign(sample.body, NOW - timedelta(seconds=age_s))


class SignatureContract:
    """The proof that a webhook comes from the provider, for those who give one."""

    def test_when_the_signature_is_right_then_it_is_valid(self, case: Case) -> None:
        provider = case.build(NOWHERE)

        for sample in case.samples:
            reading = provider.read_webhook(sample.request(sign(case, sample)))
            assert reading == WebhookReading(sample.events, Signature.VALID)

    def test_when_one_byte_changed_then_it_is_refused(self, case: Case) -> None:
        provider, sample = case.build(NOWHERE), case.samples[0]
        headers = sign(case, sample)

        for place in range(0, len(sample.body), 7):
            body = bytearray(sample.body)
            body[place] ^= 1
            _assert_refused(provider, replace(sample.request(headers), body=bytes(body)))

    def test_when_the_signature_is_wrong_or_half_there_then_it_is_refused(self, case: Case) -> None:
        provider, sample = case.build(NOWHERE), case.samples[0]
        right = sign(case, sample)

        for name, value in right.items():
            rest = {other: kept for other, kept in right.items() if other != name}
            for wrong in ("", "0", value[:-1], f"{value}0", "é\udcff", f" {value}", "-1", "1e9", "٣" * 10):
                _assert_refused(provider, sample.request({**rest, name: wrong}))
            _assert_refused(provider, sample.request(rest))

    @pytest.mark.parametrize("age_s", [301, -301, 86_400])
    def test_when_it_is_stale_then_it_is_refused(self, case: Case, age_s: int) -> None:
        sample = case.samples[0]

        request = sample.request(sign(case, sample, age_s))

        _assert_refused(case.build(NOWHERE), request)

    @pytest.mark.parametrize("age_s", [300, -300])
    def test_when_it_is_five_minutes_off_then_it_is_valid(self, case: Case, age_s: int) -> None:
        sample = case.samples[0]

        reading = case.build(NOWHERE).read_webhook(sample.request(sign(case, sample, age_s)))

        assert reading.signature is Signature.VALID


def _assert_refused(provider: ReadsWebhooks, request: WebhookRequest) -> None:
    with pytest.raises(WebhookRefused) as caught:
        provider.read_webhook(request)
    assert caught.value.status == 403
    assert _shows_nothing_of(request.headers, str(caught.value))


def _shows_nothing_of(headers: Mapping[str, str], sentence: str) -> bool:
    return not [value for value in headers.values() if len(value) > 3 and value in sentence]
