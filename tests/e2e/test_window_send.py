"""The windows of `/send` from end to end: filled in, asked about, sent; what is wrong stands beside its field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.asking import answered, type_
from tests.e2e.office import MARIA, OMAR, Office
from tests.e2e.ordering import (
    ADDRESS,
    PDF,
    SEND,
    agree,
    at_clicksend,
    ended,
    file_of,
    fill_in,
    open_shop,
    sent,
    told,
)
from tests.e2e.windows import opened, reads, send


@pytest.fixture
async def shop(closed: Office) -> Office:
    """A team that can order at ClickSend; Dana is its admin."""
    await open_shop(closed)
    return closed


def errors(ack: Any) -> dict[str, str]:
    """What stands beside the fields of a form that was not taken."""
    assert ack.payload["response_action"] == "errors"
    return dict(ack.payload["errors"])


async def asked(team: Office) -> str:
    """The question that the window becomes."""
    return reads(await opened(team, "by ClickSend?"))


@pytest.mark.verb("send", "voice")
async def test_call_is_made_as_its_window_says(shop: Office) -> None:
    at_clicksend(shop).presses(MARIA, "2")
    await fill_in(
        shop,
        f"voice {MARIA}",
        "What is said",
        {
            "words": "Press 2, please",
            "language": "German, Germany (de-de)",
            "voice": "Male",
            "more": ["Wait for a key, and say which one it was"],
        },
    )

    question = await asked(shop)
    await agree(shop)

    assert "“Press 2, please”\nde-de, male voice · asks for a key" in question
    assert "It costs $0.07." in question
    await told(shop, "They pressed 2.")
    (call,) = sent(shop, "voice")
    assert (call.to, call.row["machine_detection"]) == (MARIA, 0)


@pytest.mark.verb("send", "fax")
async def test_file_is_faxed(shop: Office) -> None:
    await fill_in(shop, "fax", "Or its address on the web", {"to": MARIA, "file": file_of(shop)})

    question = await asked(shop)
    await agree(shop)

    assert "a.pdf" in question
    await told(shop, "ClickSend has it.")
    (fax,) = sent(shop, "fax")
    upload = shop.sandbox.clicksend.uploads.find(fax.row["_file_url"])
    assert upload is not None
    assert upload.picture.content == PDF


@pytest.mark.verb("send", "fax")
async def test_file_of_the_web_is_faxed(shop: Office) -> None:
    values = {"to": MARIA, "url": "https://b.example/x.pdf"}
    await fill_in(shop, "fax", "Or its address on the web", values)
    await asked(shop)

    await agree(shop)

    await told(shop, "ClickSend has it.")
    assert sent(shop, "fax")[0].row["_file_url"] == "https://b.example/x.pdf"


@pytest.mark.verb("send", "letter")
async def test_letter_is_printed_as_its_window_says_and_posted(shop: Office) -> None:
    more = ["In colour", "On both sides", "Priority mail"]
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop), "more": more})

    question = await asked(shop)
    await agree(shop)

    assert "✉️ Letter to Ana Ruiz, by ClickSend?" in question
    assert "Ana Ruiz, 1 Main St, Flat 3, 37402 Chattanooga TN, US" in question
    assert "in colour · both sides · priority" in question
    assert "a.pdf" in question
    assert "It costs $1.26." in question
    await told(shop, "ClickSend has it.")
    (letter,) = sent(shop, "letters")
    parts = ("address_name", "address_line_2", "address_country", "return_address_id")
    assert [letter.row[part] for part in parts] == ["Ana Ruiz", "Flat 3", "US", 77]
    assert [letter.row[flag] for flag in ("colour", "duplex", "priority_post")] == [1, 1, 1]


@pytest.mark.verb("send", "letter")
async def test_file_is_brought_again_when_the_letter_goes_out_later(shop: Office) -> None:
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop)})
    await asked(shop)
    shop.sandbox.clicksend.uploads.all.clear()  # ten minutes pass

    await agree(shop)

    await told(shop, "ClickSend has it.")
    assert len(sent(shop, "letters")) == 1


@pytest.mark.verb("send", "postcard")
async def test_postcard_with_two_sides_is_posted(shop: Office) -> None:
    sides = {"file": file_of(shop, "front.pdf"), "back": file_of(shop, "back.pdf")}
    await fill_in(shop, "postcard", "Front", {**ADDRESS, **sides})

    question = await asked(shop)
    await agree(shop)

    assert "front.pdf, back.pdf" in question
    assert "ClickSend names no price for this before." in question
    assert "$1.71" in shop.workspace.words(await told(shop, "ClickSend has it."))
    (postcard,) = sent(shop, "postcards")
    assert postcard.row["address_city"] == "Chattanooga"
    await ended(shop, "postcards")


@pytest.mark.parametrize(
    ("verb", "values", "field", "sentence"),
    [
        ("voice", {"to": "Zoe", "words": "Hi"}, "to", "Nobody on a line is called “Zoe”."),
        ("voice", {"to": "Maria", "words": "Hi"}, "to", "Several are called so: Maria"),
        ("voice", {"to": MARIA, "words": "  "}, "words", "A call needs words to speak."),
        ("fax", {"to": MARIA}, "file", "Bring a file, or give its address below."),
        ("fax", {"to": MARIA, "url": "x.pdf"}, "url", "Give an address that starts with https://"),
        ("letter", {**ADDRESS, "city": " "}, "city", "Fill this in"),
        ("letter", {**ADDRESS, "country": "U1"}, "country", "two letters"),
        ("letter", {**ADDRESS, "country": "UK"}, "country", "No country is written so."),
        ("postcard", {**ADDRESS, "name": " "}, "name", "Fill this in"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(
    shop: Office, verb: str, values: dict[str, str], field: str, sentence: str
) -> None:
    await shop.open(number=MARIA, name="Maria Lopez")
    await shop.open(number=OMAR, name="Maria Santos")
    await type_(shop, verb, SEND)
    await opened(shop, "To")
    files = {} if verb in ("voice", "fax") else {"file": file_of(shop)}

    ack = await send(shop, {**values, **files})

    assert sentence in errors(ack)[field]
    assert await shop.rows("select id from orders") == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", b"\x89PNG", "ClickSend prints a PDF or a Word file of up to 10 MB."),
        ("a.pdf", b"%" * 10_000_001, "ClickSend prints a PDF or a Word file of up to 10 MB."),
    ],
    ids=["kind", "size"],
)
@pytest.mark.verb("send", "letter")
async def test_file_that_is_not_printed_brings_the_form_back(
    shop: Office, name: str, content: bytes, says: str
) -> None:
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop, name, content)})

    assert says in reads(await opened(shop, "⚠️"))
    assert await shop.rows("select id from orders") == []


@pytest.mark.verb("send", "voice")
async def test_language_without_that_voice_brings_the_form_back(shop: Office) -> None:
    language = {"language": "Swedish, Sweden (sv-se)", "voice": "Male"}
    await fill_in(shop, f"voice {MARIA}", "What is said", {"words": "Hej", **language})

    await opened(shop, "⚠️ “Swedish, Sweden” is spoken by the female voice alone.")


@pytest.mark.verb("send", "letter")
async def test_without_a_price_the_letter_is_asked_about_all_the_same(shop: Office) -> None:
    shop.fault("clicksend.letters_price", "status", status=503, times=9)

    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": file_of(shop)})

    assert "What it costs is not known: " in await asked(shop)


@pytest.mark.verb("send", "letter")
async def test_account_without_a_return_address_is_told_to_make_one(shop: Office) -> None:
    at_clicksend(shop).return_addresses.clear()

    await type_(shop, "letter", SEND)

    await answered(shop, "ClickSend keeps no return address yet. Make one in its dashboard")


@pytest.mark.verb("send", "letter")
async def test_file_that_is_gone_when_the_letter_goes_out_is_said(shop: Office) -> None:
    files = file_of(shop)
    await fill_in(shop, "letter", "Return address", {**ADDRESS, "file": files})
    await asked(shop)
    shop.workspace.core.files.delete(files[0]["id"])

    await agree(shop)

    await told(shop, "⚠️ It was not sent: Its file cannot be read in Slack any more")
    assert sent(shop, "letters") == []
