"""Callbacks as people see and use them: cards, their buttons, and what the contact centre has."""

from __future__ import annotations

from bot.sandbox.slack.fields import elements_of
from bot.sandbox.slack.model import Member, Message
from bot.sandbox.wire import Json
from tests.e2e.asking import answered, type_
from tests.e2e.office import MARIA, Office

CALLBACK = "/callback"
CRM = "https://crm.example.com/17"


def furnished(team: Office) -> tuple[int, int]:
    """A centre with the groups Sales and Support, and the agent kim, where things move only when they are moved;
    the numbers of Support and of kim."""
    team.jtel.rules.steps = ()
    team.jtel.queues.add_group("Sales")
    return team.jtel.queues.add_group("Support"), team.jtel.queues.add_user("kim")


def events(team: Office) -> list[Json]:
    """What the contact centre has, oldest first."""
    return list(team.jtel.queues.events.values())


def cards(team: Office, root: str) -> list[Message]:
    """The callbacks' cards below a root card, oldest first."""
    return team.notices(root, "📞 Callback")


async def card(team: Office, root: str, words: str) -> Message:
    """The last card below the root, once it says this."""
    return await team.see(lambda: with_words(team, cards(team, root), words), f"a card with “{words}”")


def with_words(team: Office, shown: list[Message], words: str) -> Message | None:
    """The last of the messages, if it says this."""
    return shown[-1] if shown and words in team.workspace.words(shown[-1]) else None


async def asked_for(team: Office, words: str = "group=Support Offer", member: Member | None = None) -> str:
    """Somebody, or else Dana, has Maria called back; the root of her thread once the card is there."""
    root = team.roots()[-1]["ts"] if team.roots() else await team.open()
    before = len(cards(team, root))
    await type_(team, f'"{MARIA}" {words}', CALLBACK, member)
    await answered(team, "Queueing a callback to Maria Lopez", member)
    await team.see(lambda: len(cards(team, root)) > before, "a card")
    return str(root)


def labels(shown: Message) -> list[str]:
    """What stands on a card's buttons."""
    return [element["text"]["text"] for element in elements_of(shown)]


async def click(team: Office, root: str, button: str, member: Member | None = None) -> None:
    """Somebody, or else Dana, clicks a button of the last card, as it was last seen."""
    ack = await team.workspace.click(
        team.sales, cards(team, root)[-1]["ts"], f"card:{button}", member or team.dana
    )
    assert ack.acked
