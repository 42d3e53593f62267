"""Commands as people give them, and the answers as they read them."""

from __future__ import annotations

from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.model import Member, Message
from tests.e2e.office import Office


async def type_(team: Office, text: str, command: str = "/text", member: Member | None = None) -> None:
    """Somebody, or else Dana, types a command in #sales."""
    ack = await team.workspace.slash(team.sales, member or team.dana, command, text)
    assert ack.acked


async def answered(team: Office, words: str, member: Member | None = None) -> str:
    """What they were answered, once it has these words in it."""
    await team.told(member or team.dana, words)
    return next(said for said in reversed(team.whispers(member or team.dana)) if words in said)


async def press(team: Office, label: str, member: Member | None = None) -> None:
    """Press the button, or choose the option, of that label in the latest answer to somebody that has it."""
    who = member or team.dana
    shown = next(
        each["message"]
        for each in reversed(team.workspace.ephemerals(who))
        if label in str(each["message"].get("blocks"))
    )
    ack = await team.workspace.click(team.sales, shown["ts"], gesture(shown, label), who)
    assert ack.acked


async def settled(team: Office, label: str, member: Member | None = None) -> None:
    """Wait until no answer to somebody offers this button any more: the next one to do so is a new one."""
    who = member or team.dana
    await team.see(lambda: f"[ {label} ]" not in " ".join(team.whispers(who)), f"no [ {label} ]")


def gesture(message: Message, label: str) -> Gesture:
    for element in elements_of(message):
        if element.get("text", {}).get("text") == label:
            return Gesture(element["action_id"])
        for option in element.get("options", ()):
            if option["text"]["text"] == label:
                return Gesture(element["action_id"], chosen={"selected_option": option})
    raise AssertionError(label)
