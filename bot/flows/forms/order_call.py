"""The windows of `/send voice` and `/send fax`: whom, and what."""

from __future__ import annotations

from dataclasses import replace

from bot.capabilities import SendsFaxes, SendsVoice
from bot.errors import UsageError
from bot.flows.commands.provided import name_of, the_provider, title_of
from bot.flows.commands.send.ordering import FAX as FAX_NAME
from bot.flows.commands.send.ordering import LANGUAGE as BEGIN
from bot.flows.commands.send.ordering import VOICE as VOICE_NAME
from bot.flows.commands.send.ordering import new_token, speaker_of
from bot.flows.commands.send.question import question
from bot.flows.commands.turn import Turn
from bot.flows.forms.addressed import anybody_typed
from bot.flows.forms.form import Form, Wrong, needed
from bot.flows.forms.order_fields import THEIRS, brought, terms_for
from bot.grammar import To, Verb
from bot.grammar.shapes import Kind, Parameter
from bot.model import FaxOrder, Language, Voice, VoiceOrder
from bot.model.kept_orders import NewOrder, OrderKind
from bot.views.answers import Answer
from bot.views.forms import Drawn, Sent
from bot.views.order_forms import (
    ASKS_KEY,
    FILE,
    FINDS_MACHINE,
    LANGUAGE,
    MORE,
    SPEAKER,
    TO,
    URL,
    WORDS,
    fax_form,
    voice_form,
)

_NO_WORDS = "A call needs words to speak."
_NO_LANGUAGE = "{title} lists no language to speak. Ask an admin whether the account has voice calls."
_NO_FILE = "Bring a file, or give its address below."
_BOTH = "Bring a file or give an address, not both."
_NO_ADDRESS = "Give an address that starts with https:// and that anybody can open."
_TAKES = Verb("", "", (Parameter("to", Kind.TO, optional=True),))


def _to(turn: Turn) -> str:
    to = turn.asked.find("to", To)
    return to.name if to else ""


# --- Voice ----------------------------------------------------------------------------------------------


async def _draw_voice(turn: Turn) -> Drawn:
    provider = the_provider(turn, SendsVoice)
    languages = await provider.list_languages()
    if not languages:
        raise UsageError(_NO_LANGUAGE.format(title=title_of(provider)))
    return voice_form(languages, BEGIN, _to(turn), provider.words_limit)


async def _check_voice(turn: Turn, sent: Sent) -> None:
    await anybody_typed(turn, sent.text(TO), TO)
    needed(sent, WORDS, _NO_WORDS)


async def _send_voice(turn: Turn, sent: Sent) -> Answer:
    provider = the_provider(turn, SendsVoice)
    whom = await anybody_typed(turn, sent.text(TO), TO)
    language = await _language(provider, sent.text(LANGUAGE))
    what = VoiceOrder(
        whom.number,
        sent.text(WORDS).strip(),
        language.code,
        _speaker(language, sent),
        new_token(),
        asks_key=sent.has(MORE, ASKS_KEY),
        finds_machine=sent.has(MORE, FINDS_MACHINE),
    )
    new = NewOrder(turn.given.member.id, name_of(provider), what, whom.label)
    try:
        return await question(turn, new, whom=whom)
    except UsageError as error:
        raise Wrong(WORDS, str(error)) from error


async def _language(provider: SendsVoice, code: str) -> Language:
    known = {each.code: each for each in await provider.list_languages()}
    return known.get(code) or Language(code, code, frozenset())


def _speaker(language: Language, sent: Sent) -> Voice:
    try:
        return speaker_of(language, Voice(sent.text(SPEAKER)))
    except UsageError as error:
        raise Wrong(SPEAKER, str(error)) from error


# --- Fax ------------------------------------------------------------------------------------------------


async def _draw_fax(turn: Turn) -> Drawn:
    provider = the_provider(turn, SendsFaxes)
    return fax_form(terms_for(provider, OrderKind.FAX), _to(turn))


async def _check_fax(turn: Turn, sent: Sent) -> None:
    await anybody_typed(turn, sent.text(TO), TO)
    file, url = sent.text(FILE), sent.text(URL).strip()
    if not file and not url:
        raise Wrong(FILE, _NO_FILE)
    if file and url:
        raise Wrong(URL, _BOTH)
    if url and not url.startswith(("https://", "http://")):
        raise Wrong(URL, _NO_ADDRESS)


async def _send_fax(turn: Turn, sent: Sent) -> Answer:
    provider = the_provider(turn, SendsFaxes)
    whom = await anybody_typed(turn, sent.text(TO), TO)
    file_id = sent.text(FILE)
    what = FaxOrder(whom.number, "" if file_id else sent.text(URL).strip(), new_token())
    new = NewOrder(turn.given.member.id, name_of(provider), what, whom.label)
    if not file_id:
        return await question(turn, new, whom=whom)
    file = await brought(turn, provider, (FILE, file_id), OrderKind.FAX)
    return await question(turn, replace(new, files=(file_id,)), whom=whom, files=[file.name])


VOICE = Form(
    VOICE_NAME,
    "Voice call",
    ("send", "voice"),
    _draw_voice,
    _send_voice,
    _check_voice,
    waits=True,
    takes=_TAKES,
    theirs=THEIRS,
)
FAX = Form(
    FAX_NAME, "Fax", ("send", "fax"), _draw_fax, _send_fax, _check_fax, waits=True, takes=_TAKES, theirs=THEIRS
)
