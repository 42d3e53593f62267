"""Payments as people see and use them: cards, their buttons, and what the contact is asked for."""

from __future__ import annotations

from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.model import Member, Message
from bot.sandbox.textrequest.payments import Payment
from tests.e2e.asking import answered, press, settled, type_
from tests.e2e.office import MARIA, Office

PAY = "/pay"
ASKED = "Please pay $45.00 with this link:"
REMINDER = "Reminder: $45.00 is still open."


def cards(team: Office, root: str) -> list[Message]:
    """The payments' cards below a root card, oldest first."""
    return team.notices(root, "💳")


async def card(team: Office, root: str, words: str) -> Message:
    """The last card below the root, once it says this."""
    return await team.see(lambda: _with(team, root, words), f"a card with “{words}”")


def _with(team: Office, root: str, words: str) -> Message | None:
    shown = cards(team, root)
    return shown[-1] if shown and words in team.workspace.words(shown[-1]) else None


async def asked_for(team: Office, words: str = "45 Deposit", member: Member | None = None) -> str:
    """Somebody, or else Dana, asks Maria for a payment; the root of the thread once its card is there."""
    root = team.roots()[-1]["ts"] if team.roots() else await team.open()
    before = len(cards(team, root))
    await type_(team, f'"{MARIA}" {words}', PAY, member)
    await answered(team, "Ask Maria Lopez", member)
    await press(team, "Request", member)
    await team.see(lambda: len(cards(team, root)) > before, "a card")
    await settled(team, "Request", member)
    return root


def labels(shown: Message) -> list[str]:
    """What stands on a card's buttons."""
    return [element["text"]["text"] for element in elements_of(shown)]


async def click(team: Office, root: str, button: str, member: Member | None = None) -> None:
    """Somebody, or else Dana, clicks a button of the last card, as it was last seen."""
    ack = await team.workspace.click(
        team.sales, cards(team, root)[-1]["ts"], f"card:{button}", member or team.dana
    )
    assert ack.acked


def payments(team: Office) -> list[Payment]:
    """What the provider has."""
    return list(team.textrequest.payments.by_id.values())


def texts(team: Office) -> list[str]:
    """What Maria's phone shows, without the links."""
    return [words.partition(" http")[0] for words in team.phone()]


async def deed(team: Office, what: str, state: str) -> None:
    """Wait until the last deed of that word is so far."""
    await team.found("select id from deeds where what = :what and state = :state", what=what, state=state)
