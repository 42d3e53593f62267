"""Files at Aranda: their names, and pages that are none."""

from __future__ import annotations

import pytest

from bot.errors import NotFound, Unreachable
from bot.model import File, safe_name
from bot.providers.asms.files import file_body, read_file
from tests.providers.test_asms.conftest import response


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("boiler.jpg", "boiler.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\boiler.jpg", "boiler.jpg"),
        ("bo\x00il\ner.jpg", "boiler.jpg"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('a:*?"<>|b.jpg', "a_b.jpg"),
        (". " * 60 + ".jpg", "jpg"),
        ("half \ud83d.jpg", "half .jpg"),
        ("..", "file"),
        (" ", "file"),
        ("", "file"),
        ("ñandú 1.jpg", "ñandú 1.jpg"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_when_a_file_has_a_name_then_nothing_harmful_is_in_it(given: str, kept: str) -> None:
    assert safe_name(given) == safe_name(kept) == kept
    assert file_body(File(given, "image/jpeg", b"x"))["fileName"] == kept


def test_when_a_download_names_its_file_twice_then_theirs_counts() -> None:
    answer = response(
        b"x",
        x_filename="bo%C3%B1.jpg",
        content_disposition="attachment; filename=a.jpg",
        content_type="image/JPEG",
    )

    assert read_file(answer) == File("boñ.jpg", "image/jpeg", b"x")


@pytest.mark.parametrize("kind", ["", "text", "image/jpeg\r\nx: y", "/", "a" * 99 + "/b"])
def test_when_a_download_has_no_kind_then_it_is_bytes(kind: str) -> None:
    assert read_file(response(b"x", content_type=kind)) == File("file", "application/octet-stream", b"x")


def test_when_a_page_has_a_name_then_it_is_a_file_and_else_it_is_a_proxys() -> None:
    page = b"<html>A saved mail</html>"

    assert read_file(response(page, x_filename="mail.html", content_type="text/html")).content == page
    with pytest.raises(Unreachable):
        read_file(response(page, content_type="text/html"))


def test_when_a_file_is_empty_then_there_is_none() -> None:
    with pytest.raises(NotFound):
        read_file(response(b"", x_filename="a.jpg"))
