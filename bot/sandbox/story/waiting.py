"""How a story waits: for what a step expects, within a bound, and with a sentence for what did not come true."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.bell import Bell, NeverHappened
from bot.sandbox.story.script import Step


class StoryFailed(AssertionError):
    """A step did not come true."""

    def __init__(self, step: Step, expected: str, found: object) -> None:
        super().__init__(f"Failed at {step}\n  expected: {expected}\n  there is: {_listed(found)}")
        self.step, self.expected, self.found = step, expected, found


class Patience:
    """Waits for `bound_s` and no longer."""

    def __init__(self, bell: Bell, bound_s: float) -> None:
        self._bell, self._bound_s = bell, bound_s

    async def until(
        self, step: Step, holds: Callable[[], bool], expected: str, found: Callable[[], object]
    ) -> None:
        """Return when it holds. Raises `StoryFailed` with what is `found` instead."""
        try:
            await self._bell.wait_for(holds, self._bound_s, expected)
        except NeverHappened as error:
            raise StoryFailed(step, f"{expected} within {self._bound_s:g} s", found()) from error


def _listed(found: object) -> str:
    """The last few of what is there, one line each."""
    if not isinstance(found, list):
        return str(found)
    lines = [str(one).replace("\n", " / ") for one in found[-8:]]
    return "nothing" if not lines else "".join(f"\n    {line}" for line in lines)
