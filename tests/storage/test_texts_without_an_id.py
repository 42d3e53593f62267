"""A listing may give a text without its id, and the text's webhook with it, in either order: it is one text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Accepted, Number, TextReceived, Wish
from storage.database import instant
from tests.storage.scene import CONTACT, LINE, OUR_NUMBER, PROVIDER, Scene

OFF = [timedelta(0), timedelta(microseconds=-890_000), timedelta(microseconds=999_999)]


def told(scene: Scene, words: str = "hi", text_id: str = "") -> TextReceived:
    """A text of now."""
    return TextReceived(
        provider=PROVIDER,
        account="7",
        line_number=OUR_NUMBER,
        contact=CONTACT,
        text_id=text_id,
        body=words,
        sent_at=instant(scene.clock()),
    )


async def taken(scene: Scene, *events: TextReceived) -> list[Accepted]:
    """What becomes of each, one after the other."""
    return [await scene.store.texts.accept(event, Wish.NONE) for event in events]


@pytest.mark.parametrize("off", OFF)
async def test_text_listed_without_its_id_after_its_webhook_is_known(scene: Scene, off: timedelta) -> None:
    text = told(scene, text_id="in-1")

    answers = await taken(scene, text, replace(text, text_id="", sent_at=text.sent_at + off))

    assert answers == [Accepted.NEW, Accepted.KNOWN]


@pytest.mark.parametrize("off", OFF)
async def test_webhook_of_a_text_listed_without_its_id_is_known_and_gives_the_id(
    scene: Scene, off: timedelta
) -> None:
    text = told(scene)
    named = replace(text, text_id="in-1", sent_at=text.sent_at + off)

    answers = await taken(scene, text, named, named, text)

    assert answers == [Accepted.NEW, Accepted.KNOWN, Accepted.KNOWN, Accepted.KNOWN]
    rows = await scene.rows("select key from messages where kind = 'text'")
    assert [row["key"] for row in rows] == ["textrequest:in-1"]


async def test_text_listed_without_an_id_twice_is_known(scene: Scene) -> None:
    assert await taken(scene, told(scene), told(scene)) == [Accepted.NEW, Accepted.KNOWN]


@pytest.mark.parametrize(
    "other",
    [
        {"body": "hi!"},
        {"contact": Number("+14155550177")},
        {"sent_at": timedelta(seconds=2)},
        {"sent_at": timedelta(seconds=-2)},
    ],
)
@pytest.mark.parametrize(("first", "second"), [("", "in-2"), ("in-1", ""), ("", "")])
async def test_another_text_stays_another_text(
    scene: Scene, other: dict[str, object], first: str, second: str
) -> None:
    text = told(scene, text_id=first)
    off = other.get("sent_at")
    changed = {**other, "sent_at": text.sent_at + off} if isinstance(off, timedelta) else other

    answers = await taken(scene, text, replace(text, **{**changed, "text_id": second}))  # type: ignore[arg-type]  # fields by name

    assert answers == [Accepted.NEW, Accepted.NEW]


async def test_two_texts_with_ids_of_their_own_are_two_whatever_they_say(scene: Scene) -> None:
    answers = await taken(scene, told(scene, text_id="in-1"), told(scene, text_id="in-2"))

    assert answers == [Accepted.NEW, Accepted.NEW]


async def test_texts_without_an_id_for_an_unbound_number_are_all_kept(scene: Scene) -> None:
    unbound = Number("+14235550199")
    texts = [replace(told(scene, words), line_number=unbound) for words in ("one", "two", "one")]

    answers = await taken(scene, *texts)
    await scene.store.lines.add(replace(LINE, number=unbound))
    adopted = await taken(scene, *await scene.store.texts.unbound(10))

    assert answers == [Accepted.UNBOUND, Accepted.UNBOUND, Accepted.KNOWN]
    assert adopted == [Accepted.NEW, Accepted.NEW]
    assert await scene.store.texts.unbound(10) == []
