"""Plays a story: does each step, and waits for what it expects.

Every wait is bounded. A step that fails names itself, what was expected and what is there instead. The bot is
given as an object with `start` and `kill`; it is started before the first step and killed after the last.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.sandbox.story.people import People, expect_button
from bot.sandbox.story.screen import Screen
from bot.sandbox.story.script import FAULT_FIELDS, PLACES, SHOWS, Step
from bot.sandbox.story.stage import Stage
from bot.sandbox.story.waiting import Patience, StoryFailed
from bot.sandbox.trouble import Fault, FaultKind

PATIENCE_S = 8.0


class Bot(Protocol):
    """The bot under test."""

    async def start(self) -> None:
        """Come up; return when connected to Slack and reachable for the provider."""

    async def kill(self) -> None:
        """End at once, as by `kill -9`; harmless when it is dead."""


class Player:
    """Plays steps on a stage."""

    def __init__(self, stage: Stage, bot: Bot, screen: Screen, *, patience_s: float = PATIENCE_S) -> None:
        self._stage, self._bot, self._screen = stage, bot, screen
        self._sandbox, self._workspace = stage.sandbox, stage.workspace
        self._faults: list[Fault] = []
        self._patience = Patience(self._sandbox.bell, patience_s)
        people = People(stage, screen, self._patience)
        self._acts: dict[str, Callable[[Step], Awaitable[None]]] = {
            "chapter": self._chapter,
            "contact": people.contact,
            "staff": people.staff,
            "member": people.member,
            "guest": people.guest,
            "expect_thread": self._expect_thread,
            "expect_card": self._expect_card,
            "expect_phone": self._expect_phone,
            "expect_no_text": self._expect_no_text,
            "expect_reaction": self._expect_reaction,
            "expect_button": self._expect_button,
            "expect_report": self._expect_report,
            "expect_whisper": self._expect_whisper,
            "fail": self._fail,
            "heal": self._heal,
            "opt_out": self._opt_out,
            "twice": self._twice,
            "hold": self._hold,
            "release": self._release,
            "trouble": self._trouble,
            "kill_bot": self._kill_bot,
            "start_bot": self._start_bot,
            "pause": self._pause,
        }

    async def play(self, steps: Sequence[Step]) -> None:
        """Start the bot, play everything, kill it. Raises `StoryFailed` at the first step that fails."""
        try:
            await self._bot.start()
            await self.perform(steps)
        finally:
            await self._bot.kill()

    async def perform(self, steps: Sequence[Step]) -> None:
        """Play everything with the bot that runs, and leave it running. Raises `StoryFailed`."""
        self._screen.watch(self._workspace, self._stage.names)
        self._sandbox.bell.watchers.append(self._screen.tell)
        try:
            for step in steps:
                await self._play_one(step)
        finally:
            self._sandbox.bell.watchers.remove(self._screen.tell)
            for fault in self._faults:  # its own: whoever watches may have made trouble, too
                self._sandbox.trouble.withdraw(fault)

    async def _play_one(self, step: Step) -> None:
        try:
            await self._acts[step.verb](step)
        except LookupError as error:
            raise StoryFailed(step, "something that is there", str(error)) from error

    async def _chapter(self, step: Step) -> None:
        self._screen.title(step.text("title"))

    # --- What is expected -----------------------------------------------------------------------------

    async def _expect_thread(self, step: Step) -> None:
        """Below the root: what the card itself quotes does not count."""
        await self._expect_words(step, "thread", lambda: self._stage.lines(step.text("contact"))[1:])

    async def _expect_card(self, step: Step) -> None:
        await self._expect_words(step, "card", lambda: self._stage.lines(step.text("contact"))[:1])

    async def _expect_phone(self, step: Step) -> None:
        await self._expect_words(step, "phone", lambda: self._stage.phone(step.text("contact")))

    async def _expect_words(self, step: Step, where: str, lines: Callable[[], list[str]]) -> None:
        words, times = step.text("has"), step.fields.get("times")

        def count() -> int:
            return sum(words in line for line in lines())

        place = f"{step.text('contact')}'s {where}"
        await self._patience.until(step, lambda: count() >= int(times or 1), f"{words!r} in {place}", lines)
        if times is not None and count() != int(times):
            raise StoryFailed(step, f"{words!r} in {place} {times} times", lines())

    async def _expect_no_text(self, step: Step) -> None:
        phone = self._stage.phone(step.text("contact"))
        if any(step.text("has") in line for line in phone):
            raise StoryFailed(step, f"nothing with {step.text('has')!r} on the phone", phone)

    async def _expect_reaction(self, step: Step) -> None:
        contact, words = step.text("contact"), step.text("on")
        name = SHOWS.get(step.text("shows"), step.text("shows"))

        def shown() -> list[str]:
            message = self._stage.written(contact, words)
            return self._workspace.reactions(self._stage.channel, message["ts"]) if message else []

        await self._patience.until(step, lambda: shown() == [name], f"only {name} on {words!r}", shown)

    async def _expect_button(self, step: Step) -> None:
        contact = step.text("contact")
        where = f"{contact}'s thread"
        await expect_button(self._patience, step, step.text("button"), lambda: self._stage.thread(contact), where)

    async def _expect_report(self, step: Step) -> None:
        """The provider has reported this, and the bot has been told."""

        def reported() -> list[str]:
            return self._stage.reports(step.text("contact"), step.text("on"))

        says = step.text("says")
        await self._patience.until(
            step,
            lambda: says in reported() and self._sandbox.pusher.idle,
            f"the report {says!r} about {step.text('on')!r}",
            reported,
        )

    async def _expect_whisper(self, step: Step) -> None:
        def whispers() -> list[str]:
            return [self._workspace.words(one) for one in self._stage.whispers(step.text("member"))]

        words = step.text("has")
        await self._patience.until(step, lambda: any(words in one for one in whispers()), repr(words), whispers)

    # --- What goes wrong ------------------------------------------------------------------------------

    async def _fail(self, step: Step) -> None:
        self._stage.provider.fail(self._stage.meet(step.text("contact"), ""))

    async def _heal(self, step: Step) -> None:
        self._stage.provider.fail(self._stage.meet(step.text("contact"), ""), "")

    async def _opt_out(self, step: Step) -> None:
        self._stage.provider.set_opt_out(self._stage.meet(step.text("contact"), ""), opted_out=True)

    async def _twice(self, step: Step) -> None:
        self._screen.remark(f"the next {step.text('what')} is delivered twice")
        self._fault(Fault(where=PLACES[step.text("what")], kind=FaultKind.TWICE))

    async def _hold(self, step: Step) -> None:
        self._screen.remark(f"the next {step.text('what')} is held back")
        where = PLACES[step.text("what")]
        kind = FaultKind.HOLD_AFTER if step.text("what") == "answer" else FaultKind.HOLD
        self._fault(Fault(where=where, kind=kind))

    async def _release(self, step: Step) -> None:
        where = PLACES[step.text("what")]
        await self._patience.until(
            step,
            lambda: where in self._sandbox.trouble.held,
            f"a held {step.text('what')}",
            lambda: self._sandbox.trouble.held,
        )
        self._screen.remark(f"the held {step.text('what')} is let go")
        self._sandbox.trouble.release(where)

    async def _trouble(self, step: Step) -> None:
        self._screen.remark(f"trouble: {step.text('kind')} at {step.text('where')}")
        self._fault(_fault(step))

    def _fault(self, fault: Fault) -> None:
        self._faults.append(fault)
        self._sandbox.trouble.add(fault)

    async def _kill_bot(self, _step: Step) -> None:
        await self._bot.kill()
        self._screen.remark("the bot is killed")

    async def _start_bot(self, _step: Step) -> None:
        self._screen.remark("the bot starts again")
        await self._bot.start()

    async def _pause(self, step: Step) -> None:
        await asyncio.sleep(float(step.text("seconds")))


def _fault(step: Step) -> Fault:
    more = {name: read(step.text(name)) for name, read in FAULT_FIELDS.items() if name in step.fields}
    return Fault(where=step.text("where"), kind=step.text("kind"), **more)  # type: ignore[arg-type]  # by the table
