"""Pictures and files at ClickSend: what is their own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import File, FileUse
from bot.providers.clicksend import ClickSend
from tests.providers.case import NOW
from tests.providers.cases.clicksend.common import cs
from tests.providers.cases.clicksend.media import HOSTED, ORDER, PICTURE
from tests.providers.cases.clicksend.texts import CS_TEXT
from tests.providers.far_end import FarEnd
from tests.providers.test_clicksend.conftest import changed


@pytest.mark.parametrize(
    ("kind", "size", "use"),
    [
        ("image/png", 250_000, FileUse.MEDIA),
        ("IMAGE/JPEG; charset=binary", 10, FileUse.MEDIA),
        ("image/gif", 100_000, FileUse.MEDIA),
        ("application/pdf", 4_000_000, FileUse.FAX),
        ("text/rtf", 10, FileUse.FAX),
        ("application/pdf", 10, FileUse.LETTER),
        ("application/msword", 10, FileUse.POSTCARD),
        ("whatever/this-is", 10, FileUse.TABLE),
    ],
)
async def test_when_a_file_is_as_large_as_it_may_be_then_it_is_taken(
    provider: ClickSend, far_end: FarEnd, kind: str, size: int, use: FileUse
) -> None:
    far_end.will_answer(cs("uploaded.json"))

    assert await provider.convert_file(File("f", kind, b"x" * size), use) == HOSTED
    assert far_end.heard[0].query == {"convert": use.value}


@pytest.mark.parametrize("told", ["", None, "soon", 0])
async def test_when_they_do_not_say_how_long_they_keep_a_file_then_it_is_ten_minutes(
    provider: ClickSend, far_end: FarEnd, told: object
) -> None:
    far_end.will_answer(changed("uploaded.json", ("data",), date_delete=told))

    hosted = await provider.upload_media(PICTURE)

    assert hosted.expires_at == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("words", ["", "a" * 1500, "ж" * 500])
async def test_when_a_picture_is_sent_then_its_words_may_be_empty_or_long(
    provider: ClickSend, far_end: FarEnd, words: str
) -> None:
    far_end.will_answer(cs("mms_sent.json"))

    await provider.send_media(replace(ORDER, text=replace(CS_TEXT, body=words), subject=" Twenty characters ok "))

    message = json.loads(far_end.heard[0].body)["messages"][0]
    assert (message["body"], message["subject"]) == (words, "Twenty characters ok")
