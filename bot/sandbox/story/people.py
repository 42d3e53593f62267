"""What people do in a story: contacts at their phones, the provider's staff, members and guests in Slack.

Members use the doors that everybody has: they write, edit, delete, and press the buttons that they see.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.sandbox.slack.model import Kind, Message
from bot.sandbox.slack.reading import buttons_of, label_of
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.script import ACTS, Step
from bot.sandbox.story.stage import Stage
from bot.sandbox.story.waiting import Patience, StoryFailed


class People:
    """Does what people do on a stage."""

    def __init__(self, stage: Stage, screen: Screen, patience: Patience) -> None:
        self._stage, self._screen, self._patience = stage, screen, patience
        self._workspace: Workspace = stage.workspace
        self._member_acts: Mapping[str, Callable[[Step], Awaitable[None]]] = {
            "replies": self._reply,
            "edits": self._edit,
            "deletes": self._delete,
            "clicks": self._click,
            "confirms": self._confirm,
        }

    async def contact(self, step: Step) -> None:
        """A contact texts, or opens the link of a payment."""
        number = self._stage.meet(step.text("name"), step.text("number"))
        if step.text("says"):
            await self._stage.provider.contact_texts(number, step.text("says"), name=step.text("name"))
        if step.text("pays"):
            await self._pay(step, step.text("name"), step.text("pays"))

    async def staff(self, step: Step) -> None:
        """Somebody texts from the provider's own site."""
        number = self._stage.meet(step.text("to"), "")
        await self._stage.provider.staff_texts(number, step.text("texts"), step.text("name"))

    async def member(self, step: Step) -> None:
        """A member does one of `ACTS`."""
        act = next(name for name in ACTS if name in step.fields)
        self._stage.person(step.text("name"))
        await self._member_acts[act](step)

    async def guest(self, step: Step) -> None:
        """A guest writes in a thread."""
        self._stage.person(step.text("name"), Kind.GUEST)
        await self._reply(step)

    async def _pay(self, step: Step, contact: str, description: str) -> None:
        """Open the link that the contact was texted, which pays."""
        stage = self._stage
        await self._patience.until(
            step,
            lambda: stage.token(contact, description) is not None,
            f"a link for {description!r} on {contact}'s phone",
            lambda: stage.phone(contact),
        )
        self._screen.remark(f"{contact} opens the link and pays")
        stage.provider.payments.open_link(stage.token(contact, description) or "")

    async def _reply(self, step: Step) -> None:
        contact = step.text("to")
        await self._patience.until(
            step, lambda: bool(self._stage.thread(contact)), f"a thread of {contact}", self._roots
        )
        root = self._stage.thread(contact)[0]
        how = {"thread_ts": root["ts"], "broadcast": step.text("broadcast") == "true"}
        await self._workspace.say(self._stage.channel, step.text("name"), step.text("replies"), **how)

    async def _edit(self, step: Step) -> None:
        message = self._mine(step, step.text("edits"))
        await self._workspace.edit(self._stage.channel, message["ts"], step.text("into"))

    async def _delete(self, step: Step) -> None:
        message = self._mine(step, step.text("deletes"))
        await self._workspace.delete(self._stage.channel, message["ts"])

    def _mine(self, step: Step, words: str) -> Message:
        message = self._stage.written(step.text("to"), words)
        if message is None:
            raise StoryFailed(step, f"a message with {words!r}", self._stage.lines(step.text("to")))
        return message

    async def _click(self, step: Step) -> None:
        """A button of the contact's thread."""
        contact = step.text("to")
        where = f"{contact}'s thread"
        await self._press(step, step.text("clicks"), lambda: self._stage.thread(contact), where)

    async def _confirm(self, step: Step) -> None:
        """A button of an answer that only they see."""
        name = step.text("name")
        where = f"what only {name} sees"
        await self._press(step, step.text("confirms"), lambda: self._stage.whispers(name), where)

    async def _press(self, step: Step, label: str, seen: Callable[[], list[Message]], where: str) -> None:
        await expect_button(self._patience, step, label, seen, where)
        message, action_id = button_in(seen(), label) or ({}, "")
        ack = await self._workspace.click(self._stage.channel, message["ts"], action_id, step.text("name"))
        if not ack.acked:
            raise StoryFailed(step, "an answer to the click within 3 s", "no answer")

    def _roots(self) -> list[str]:
        return [self._workspace.words(message) for message in self._workspace.messages(self._stage.channel)]


async def expect_button(
    patience: Patience, step: Step, label: str, seen: Callable[[], list[Message]], where: str
) -> None:
    """Return when one of the messages has the button. Raises `StoryFailed`."""
    await patience.until(
        step,
        lambda: button_in(seen(), label) is not None,
        f"a button {label!r} in {where}",
        lambda: [label_of(one) for message in seen() for one in buttons_of(message)],
    )


def button_in(messages: list[Message], label: str) -> tuple[Message, str] | None:
    """The newest message that has such a button, and the button's id. Pure."""
    for message in reversed(messages):
        for button in buttons_of(message):
            if label in label_of(button):
                return message, str(button["action_id"])
    return None
