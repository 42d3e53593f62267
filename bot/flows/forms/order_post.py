"""The windows of `/send letter` and `/send postcard`: to which address, from which, and what is printed."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import SendsLetters, SendsPostcards
from bot.flows.commands.provided import name_of, the_provider
from bot.flows.commands.send.ordering import LETTER as LETTER_NAME
from bot.flows.commands.send.ordering import POSTCARD as POSTCARD_NAME
from bot.flows.commands.send.ordering import new_token
from bot.flows.commands.send.question import question
from bot.flows.commands.turn import Turn
from bot.flows.forms.form import Form
from bot.flows.forms.order_fields import THEIRS, brought, check_post, returns_of, terms_for
from bot.model import AddressId, LetterOrder, PostcardOrder
from bot.model.kept_orders import NewOrder, OrderKind
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent
from bot.views.order_forms import (
    ADDRESSED,
    BACK,
    COLOUR,
    FILE,
    MORE,
    PRIORITY,
    RETURN,
    TWO_SIDED,
    address_of,
    letter_form,
    postcard_form,
)


async def _draw_letter(turn: Turn) -> Drawn:
    provider = the_provider(turn, SendsLetters)
    return letter_form(terms_for(provider, OrderKind.LETTER), await returns_of(provider))


async def _send_letter(turn: Turn, sent: Sent) -> Answer:
    provider = the_provider(turn, SendsLetters)
    what = LetterOrder(
        address_of(sent),
        AddressId(sent.text(RETURN)),
        file_url="",
        token=new_token(),
        in_colour=sent.has(MORE, COLOUR),
        two_sided=sent.has(MORE, TWO_SIDED),
        priority=sent.has(MORE, PRIORITY),
        address_page_in_file=sent.has(MORE, ADDRESSED),
    )
    file_id = sent.text(FILE)
    file = await brought(turn, provider, (FILE, file_id), OrderKind.LETTER)
    new = NewOrder(turn.given.member.id, name_of(provider), what, what.to.name, (file_id,))
    return await question(turn, new, hosted=replace(what, file_url=file.url), files=[file.name])


async def _draw_postcard(turn: Turn) -> Drawn:
    provider = the_provider(turn, SendsPostcards)
    return postcard_form(terms_for(provider, OrderKind.POSTCARD), await returns_of(provider))


async def _send_postcard(turn: Turn, sent: Sent) -> Answer:
    provider = the_provider(turn, SendsPostcards)
    what = PostcardOrder(address_of(sent), AddressId(sent.text(RETURN)), file_urls=(), token=new_token())
    sides = [(name, sent.text(name)) for name in (FILE, BACK) if sent.text(name)]
    files = [await brought(turn, provider, side, OrderKind.POSTCARD) for side in sides]
    ids = tuple(file_id for _, file_id in sides)
    new = NewOrder(turn.given.member.id, name_of(provider), what, what.to.name, ids)
    hosted = replace(what, file_urls=tuple(file.url for file in files))
    return await question(turn, new, hosted=hosted, files=[file.name for file in files])


LETTER = Form(
    LETTER_NAME, "Letter", ("send", "letter"), _draw_letter, _send_letter, check_post, waits=True, theirs=THEIRS
)
POSTCARD = Form(
    POSTCARD_NAME,
    "Postcard",
    ("send", "postcard"),
    _draw_postcard,
    _send_postcard,
    check_post,
    waits=True,
    theirs=THEIRS,
)
