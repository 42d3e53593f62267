"""Voice calls at ClickSend: a number is called and some words are spoken.

Voice is not sold to new customers any more; an account that does not have it is refused.
Source: https://developers.clicksend.com/docs/messaging/voice-messaging
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from bot.capabilities import SendsVoice
from bot.errors import UsageError
from bot.http import Http, Response, Wire, Words, no_answer
from bot.model import Language, SentOrder, TextLimit, Voice, VoiceOrder
from bot.providers.clicksend.asking import SOURCE, phone_number, read_data
from bot.providers.clicksend.recipients import read_order
from bot.providers.reading import first_of, read_row
from bot.segments import fits

# Four units; what is longer is cut. Source: https://developers.clicksend.com/docs/messaging/voice-messaging
LIMIT = TextLimit(gsm=1200, ucs2=600)

_NO_WORDS = "A call needs words to speak. Write some."
_TOO_LONG = (
    "ClickSend speaks up to 1,200 characters, and half of that once there is an emoji or a letter of another "
    "alphabet. Write less, or call twice."
)
_NO_LANGUAGE = "A call needs a language, like en-us. Choose one."


class VoiceCalls(SendsVoice):
    """ClickSend's voice calls."""

    words_limit: ClassVar[int] = LIMIT.gsm
    _http: Http

    async def send_voice(self, order: VoiceOrder) -> SentOrder:
        """Call the number and speak; a key that is pressed comes with the receipt."""
        return read_order(await self._http.act("POST", "/voice/send", voice_body(order)), order.token)

    async def list_languages(self) -> Sequence[Language]:
        """What is spoken, and by which voices."""
        return read_languages(await self._http.read("/voice/lang"))


# --- What is asked ----------------------------------------------------------------------------------------


def voice_body(order: VoiceOrder) -> Mapping[str, object]:
    """The body of a call to one number. Raises `UsageError` for what they would refuse, or cut."""
    words, language = order.words.strip(), order.language.strip()
    if not words:
        raise UsageError(_NO_WORDS)
    if not fits(words, LIMIT):
        raise UsageError(_TOO_LONG)
    if not language:
        raise UsageError(_NO_LANGUAGE)
    message = {
        "to": phone_number(order.to),
        "body": words,
        "lang": language.lower(),
        "voice": order.voice.value,
        "require_input": int(order.asks_key),
        "machine_detection": int(order.finds_machine),
        "source": SOURCE,
        "custom_string": order.token,
    }
    return {"messages": [message]}


# --- What the answers mean --------------------------------------------------------------------------------


class LanguageWire(Wire):
    """A language. `gender` is one word where there is one voice, else a list."""

    code: Words | None = None
    country: Words | None = None
    gender: tuple[Words, ...] | Words | None = None

    def language(self) -> Language | None:
        """The same in the words of every provider; None without a code."""
        code = first_of(self.code)
        genders = (self.gender,) if isinstance(self.gender, str) else self.gender or ()
        spoken = {gender.strip().lower() for gender in genders}
        voices = frozenset(voice for voice in Voice if voice.value in spoken)
        return Language(code, first_of(self.country, code), voices) if code else None


def read_languages(response: Response) -> list[Language]:
    """The languages of an answer; one that cannot be read is left out."""
    rows = read_data(response)
    if not isinstance(rows, list):
        raise no_answer(response.call, "unreadable")
    found = [wire.language() for row in rows if (wire := read_row(LanguageWire, row)) is not None]
    return [language for language in found if language is not None]
