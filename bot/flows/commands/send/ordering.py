"""Ordering a call or a fax in one line, and the windows for everything."""

from __future__ import annotations

from uuid import uuid4

from bot.capabilities import SendsFaxes, SendsLetters, SendsPostcards, SendsVoice
from bot.errors import UsageError
from bot.flows.commands.provided import name_of, the_provider
from bot.flows.commands.send.question import question
from bot.flows.commands.turn import Turn
from bot.flows.commands.whom import anybody
from bot.flows.contacts import Whom
from bot.grammar import To, quote, with_word
from bot.markup import escape, inert
from bot.model import Ask, FaxOrder, Language, Number, Voice, VoiceOrder
from bot.model.kept_orders import NewOrder
from bot.views.answers import Answer

VOICE, FAX, LETTER, POSTCARD = "form:voice", "form:fax", "form:letter", "form:postcard"
LANGUAGE = "en-us"  # unless another one is asked for; every voice speaks it

_NO_LANGUAGE = "No voice speaks “{typed}”. Use lang= with one of {some}."
_ONE_VOICE = "“{language}” is spoken by the {voice} voice alone."
SOME = 8  # languages that are named


async def voice(turn: Turn) -> Answer | Ask:
    """`/send voice [<to> <words>]`: a window, or with both the question whether to call."""
    provider = the_provider(turn, SendsVoice)
    to, words = turn.asked.find("to", To), turn.asked.find("words", str)
    if words is None:
        return _window(VOICE, to)
    whom = await _whom(turn)
    language, speaker = await _speech(turn, provider)
    what = VoiceOrder(
        whom.number,
        words,
        language,
        speaker,
        new_token(),
        asks_key=turn.asked.has("require-input"),
        finds_machine=turn.asked.has("machine-detection"),
    )
    return await question(turn, NewOrder(turn.given.member.id, name_of(provider), what, whom.label), whom=whom)


async def fax(turn: Turn) -> Answer | Ask:
    """`/send fax [<to> <url>]`: a window, or with both the question whether to send it."""
    provider = the_provider(turn, SendsFaxes)
    to, url = turn.asked.find("to", To), turn.asked.find("url", str)
    if url is None:
        return _window(FAX, to)
    whom = await _whom(turn)
    what = FaxOrder(whom.number, url, new_token())
    return await question(turn, NewOrder(turn.given.member.id, name_of(provider), what, whom.label), whom=whom)


async def letter(turn: Turn) -> Answer | Ask:
    """`/send letter`: its window."""
    the_provider(turn, SendsLetters)
    return _window(LETTER, None)


async def postcard(turn: Turn) -> Answer | Ask:
    """`/send postcard`: its window."""
    the_provider(turn, SendsPostcards)
    return _window(POSTCARD, None)


def new_token() -> str:
    """Ours, by which a provider's history and reports are known again."""
    return uuid4().hex


def _window(form: str, to: To | None) -> Ask:
    return Ask(form, escape(quote(to.name)) if to else "")


async def _whom(turn: Turn) -> Whom:
    to, typed, verb = turn.asked.value("to", To), turn.given.ask.words, turn.asked.verb

    def again(number: Number) -> Ask:
        return turn.again(with_word(typed, verb, to.name, quote(number)))

    return await anybody(turn, to, again)


async def _speech(turn: Turn, provider: SendsVoice) -> tuple[str, Voice]:
    typed, wanted = turn.asked.find("lang", str), turn.asked.find("voice", str)
    speaker = Voice(wanted) if wanted else None
    if typed is None:
        return LANGUAGE, speaker or Voice.FEMALE
    languages = await provider.list_languages()
    meant = typed.strip().casefold()
    found = next((each for each in languages if meant in (each.code.casefold(), each.name.casefold())), None)
    if found is None:
        some = ", ".join(inert(each.code) for each in languages[:SOME])
        raise UsageError(_NO_LANGUAGE.format(typed=typed, some=some))
    return found.code, speaker_of(found, speaker)


def speaker_of(language: Language, wanted: Voice | None) -> Voice:
    """The voice that is wanted, or else one that speaks the language. Raises `UsageError` for one that does not.
    Pure."""
    if wanted is None:
        return Voice.FEMALE if Voice.FEMALE in language.voices or not language.voices else Voice.MALE
    if language.voices and wanted not in language.voices:
        other = next(iter(language.voices))
        raise UsageError(_ONE_VOICE.format(language=inert(language.name), voice=other))
    return wanted
