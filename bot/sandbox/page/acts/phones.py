"""What contacts do, and what happens to their phones."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.page.acts.given import Act, Given, Mistake
from bot.sandbox.page.scene import Scene
from bot.sandbox.texts import Picture
from bot.sandbox.wire import Json

LONGEST = 10_000


async def _text(scene: Scene, given: Given) -> Json:
    """A contact texts the line."""
    number = _number(scene, given)
    pictures = [Picture(*file) for file in given.files()]
    words = given.text("words").strip()
    if not words and not pictures:
        raise Mistake("There is nothing to send.")
    if len(words) > LONGEST:
        raise Mistake(f"No phone sends more than {LONGEST:,} characters.")
    name = scene.contacts()[number]
    named = {} if name == number else {"name": name}
    text = await scene.sandbox.textrequest.contact_texts(number, words, pictures=pictures, **named)
    return {"id": text.id}


async def _add_contact(scene: Scene, given: Given) -> Json:
    return {"number": scene.add_contact(given.text("name"), given.need("number"))}


async def _phone(scene: Scene, given: Given) -> Json:
    """A phone that is off (`failing`), a number that cannot be texted (`refused`), or neither."""
    number, provider = _number(scene, given), scene.sandbox.textrequest
    provider.fail(number, "" if not given.flag("failing") else "2001")
    if given.flag("refused"):
        provider.refuse(number)
    else:
        provider.refused.discard(number)
    scene.sandbox.bell.ring()
    return {}


async def _opt_out(scene: Scene, given: Given) -> Json:
    """The provider itself opts a contact out or in again."""
    scene.sandbox.textrequest.set_opt_out(_number(scene, given), opted_out=given.flag("on"))
    return {}


def _number(scene: Scene, given: Given) -> str:
    number = given.need("number")
    if number not in scene.contacts():
        raise Mistake("Nobody here has this number.")
    return number


PHONE_ACTS: Mapping[str, Act] = {
    "add_contact": _add_contact,
    "opt_out": _opt_out,
    "phone": _phone,
    "text": _text,
}
