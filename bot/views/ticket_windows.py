"""The forms of a ticket's card: a note, another state, files of the thread. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Block, SharedFile
from bot.model import Choice as MenuLine
from bot.views.fields import Field, Option, choice_field, choices_field, file_field, text_field
from bot.views.forms import Drawn

WORDS, STATE, REASON, SOLUTION, SHARED, BROUGHT = "words", "state", "reason", "solution", "shared", "brought"
LONGEST_SOLUTION = 1_000
MOST_BROUGHT = 10
_NOTE_HINT = "The service desk reads it with your name. At most {most} characters."
_SOLUTION_HINT = "What was done. Some states want one."
_BROUGHT_HINT = "Of {most} MB each at the most."


def note_form(most: int) -> Drawn:
    """A note of so many characters."""
    field = text_field(Field(WORDS, "Note", _NOTE_HINT.format(most=most)), lines=True, most=most)
    return Drawn((field,), "Add")


def move_form(states: Sequence[MenuLine], chosen: int | None, reasons: Sequence[MenuLine], solution: str) -> Drawn:
    """Which state, one at least; the reasons are those that the chosen state has."""
    begin = "" if chosen is None else str(chosen)
    fields = [choice_field(Field(STATE, "State", redraws=True), _options(states), begin)]
    if reasons:
        fields.append(choice_field(Field(reason_name(chosen), "Reason", optional=True), _options(reasons)))
    words = Field(SOLUTION, "Solution", _SOLUTION_HINT, optional=True)
    return Drawn((*fields, text_field(words, solution, lines=True, most=LONGEST_SOLUTION)), "Change")


def reason_name(state: int | None) -> str:
    """What the menu of a state's reasons is called."""
    return f"{REASON}.{state}"


def attach_form(shared: Sequence[SharedFile], most_bytes: int) -> Drawn:
    """Files of the thread, the newest first, and others."""
    options = [Option(file.id, file.name or file.id) for file in shared]
    of_thread: list[Block] = []
    if options:
        of_thread = [choices_field(Field(SHARED, "Files of this thread", optional=True), options)]
    field = Field(BROUGHT, "Other files" if options else "Files", _hint(most_bytes), optional=bool(options))
    return Drawn((*of_thread, file_field(field, most=MOST_BROUGHT)), "Attach")


def _hint(most_bytes: int) -> str:
    return _BROUGHT_HINT.format(most=most_bytes // 1024 // 1024)


def _options(lines: Sequence[MenuLine]) -> list[Option]:
    return [Option(str(each.id), each.name or f"#{each.id}") for each in lines]
