"""Texts with files and questions for a location at Text Request: what is their own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

import pytest

from bot.errors import UsageError
from bot.model import HostedFile
from bot.providers.textrequest import TextRequest
from tests.providers.cases.textrequest import TR_TEXT, tr
from tests.providers.cases.textrequest.media import LOCATION_CALLBACK, ORDER, PHOTO, URL
from tests.providers.far_end import Answer, FarEnd, Heard


def form(heard: Heard) -> list[Message]:
    """The parts of a form."""
    head = f"content-type: {heard.headers['content-type']}\r\n\r\n".encode()
    whole = message_from_bytes(head + heard.body)
    return [part for part in whole.walk() if part is not whole]


async def test_when_a_file_is_uploaded_then_it_is_the_only_part_of_a_form(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(tr("mms.json"))

    await provider.upload_media(replace(PHOTO, mime_type="Image/JPEG; q=1"))

    (part,) = form(far_end.heard[0])
    assert part.get_param("name", header="content-disposition") == "file"
    assert (part.get_filename(), part.get_content_type()) == ("photo.jpg", "image/jpeg")
    assert part.get_payload(decode=True) == PHOTO.content


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("image/jpeg", 5),
        ("image/png", 5),
        ("image/gif", 5),
        ("video/mp4", 5),
        ("text/csv", 5),
        ("text/plain", 5),
        ("text/vcard", 5),
        ("text/x-vcard", 5),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 5),
        ("application/pdf", 1),
    ],
)
async def test_when_a_file_is_as_large_as_may_be_then_it_goes_and_one_byte_more_does_not(
    provider: TextRequest, far_end: FarEnd, kind: str, most: int
) -> None:
    largest = replace(PHOTO, mime_type=kind, content=bytes(most * 1024 * 1024))
    far_end.will_answer(tr("mms.json"))

    await provider.upload_media(largest)
    with pytest.raises(UsageError, match=f"up to {most} MB"):
        await provider.upload_media(replace(largest, content=largest.content + b"x"))

    assert len(far_end.heard) == 1


async def test_when_they_do_not_say_what_a_file_is_then_its_address_is_enough(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(201, json.dumps({"url": f" {URL}"}).encode()))

    assert await provider.upload_media(PHOTO) == HostedFile(URL, "")


async def test_when_there_are_only_pictures_then_the_text_has_no_words(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(tr("sent.json"))

    await provider.send_media(replace(ORDER, text=replace(TR_TEXT, body=""), media=(URL, URL, URL)))

    body = json.loads(far_end.heard[0].body)
    assert (body["body"], body["mms_media"]) == ("", [URL] * 3)


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("Where are you?", "Where are you? [LocationRequest]"),
        ("Tap [LocationRequest], please.", "Tap [LocationRequest], please."),
        ("", "[LocationRequest]"),
    ],
)
async def test_when_a_location_is_asked_for_then_the_words_have_the_tag_once(
    provider: TextRequest, far_end: FarEnd, words: str, sent: str
) -> None:
    far_end.will_answer(tr("sent.json"))

    await provider.ask_location(replace(TR_TEXT, body=words), LOCATION_CALLBACK)

    assert json.loads(far_end.heard[0].body)["body"] == sent


@pytest.mark.parametrize("letter", ["x", "ж"])
async def test_when_words_have_the_length_for_a_location_then_they_go_and_longer_ones_do_not(
    provider: TextRequest, far_end: FarEnd, letter: str
) -> None:
    limit = TextRequest.location_limit
    most = limit.gsm if letter == "x" else limit.ucs2
    far_end.will_answer(tr("sent.json"))

    await provider.ask_location(replace(TR_TEXT, body=letter * most), LOCATION_CALLBACK)
    with pytest.raises(UsageError):
        await provider.ask_location(replace(TR_TEXT, body=letter * (most + 1)), LOCATION_CALLBACK)
