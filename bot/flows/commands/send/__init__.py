"""`/send`: voice calls, faxes, letters and postcards, and what became of them."""

from collections.abc import Mapping

from bot.flows.commands.send.following import check, every, show, start
from bot.flows.commands.send.ordering import fax, letter, postcard, voice
from bot.flows.commands.turn import Verb

SEND: Mapping[str, Verb] = {
    "voice": voice,
    "fax": fax,
    "letter": letter,
    "postcard": postcard,
    "start": start,
    "orders": every,
    "order": show,
    "check": check,
}
