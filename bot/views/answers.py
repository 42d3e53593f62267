"""What a command answers: a heading, items, words below them, buttons. Only the person who asked sees it.

Whatever somebody else wrote stands literally, as plain text. A button carries the uid of its question and its own
number, nothing else; what it asks for is kept under that uid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.markup import escape, literal, one_line, shorten
from bot.model import Ask, Block, Post
from bot.views import rich
from bot.views.menus import offered

# Source: https://docs.slack.dev/reference/block-kit/blocks/section-block, …/composition-objects/option-object and
# …/block-elements (a button's words, an overflow menu's and a select menu's options)
LONGEST_SECTION = 3_000
LONGEST_LABEL = 75
MOST_OVERFLOW = 5
MOST_BUTTONS = 5  # a row of more is hard to read: they become a menu
FALLBACK = 3_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, and what it asks for. `style`: '', 'primary' or 'danger'."""

    label: str
    ask: Ask
    style: str = ""


CANCEL = Choice("Cancel", Ask("", ""))  # asks for nothing


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list, and what can be done with it."""

    words: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `once`: the first click on one of its buttons decides, and they are gone then."""

    heading: str
    items: tuple[Item, ...] = ()
    below: str = ""
    link: tuple[str, str] | None = None  # address and words, behind the heading
    choices: tuple[Choice, ...] = ()
    once: bool = False
    rows: tuple[Block, ...] = ()  # buttons that whoever may presses, as long as the message stands

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What its buttons ask for, by their numbers."""
        of_items = [choice.ask for item in self.items for choice in item.choices]
        return (*of_items, *(choice.ask for choice in self.choices))


def pages(page: int, of: Callable[[int], Ask], *, more: bool) -> tuple[Choice, ...]:
    """The buttons that turn the pages of a list, newest first. Pure."""
    newer = (Choice("Newer", of(page - 1)),) if page > 1 else ()
    return (*newer, Choice("Older", of(page + 1))) if more else newer


def answer(made: Answer, uid: str) -> Post:
    """An answer whose buttons belong to the question `uid`. Pure."""
    return Post(text=escape(shorten(literal(made.heading), FALLBACK)), blocks=tuple(_blocks(made, uid)))


def sentence(words: str) -> Post:
    """A sentence alone, of ours but with whatever was typed: only `<@U…>` and `<#C…>` in it take effect. Pure."""
    shown = shorten(literal(words), LONGEST_SECTION)
    return Post(rich.sentence_text(shown), (rich.block(rich.section(*rich.sentence(shown))),))


def _blocks(made: Answer, uid: str) -> Iterator[Block]:
    heading = rich.words(shorten(made.heading, LONGEST_SECTION))
    link = [*rich.said(" "), rich.link(*made.link)] if made.link else []
    yield rich.block(rich.section(*heading, *link))
    number = 0
    for item in made.items:
        yield _item(item, uid, number)
        number += len(item.choices)
    if made.below:
        yield {"type": "context", "elements": [plain(shorten(literal(made.below), LONGEST_SECTION))]}
    if made.choices:
        yield {"type": "actions", "block_id": f"ask:{uid}", "elements": _elements(made.choices, uid, number)}
    yield from made.rows


def _item(item: Item, uid: str, first: int) -> Block:
    section: dict[str, object] = {
        "type": "section",
        "text": plain(shorten(literal(item.words), LONGEST_SECTION)),
    }
    if len(item.choices) == 1:
        section["accessory"] = _button(item.choices[0], uid, first)
    elif item.choices:
        kind = "overflow" if len(item.choices) <= MOST_OVERFLOW else "static_select"
        options = offered(_options(item.choices, uid, first))
        section["accessory"] = {"type": kind, "action_id": f"ask:{first}", **options}
    return section


def _elements(choices: Sequence[Choice], uid: str, first: int) -> list[Block]:
    if len(choices) <= MOST_BUTTONS:
        return [_button(choice, uid, first + number) for number, choice in enumerate(choices)]
    return [
        {
            "type": "static_select",
            "action_id": f"ask:{first}",
            "placeholder": plain("Choose …"),
            **offered(_options(choices, uid, first)),
        }
    ]


def _button(choice: Choice, uid: str, number: int) -> Block:
    button: dict[str, object] = {
        "type": "button",
        "action_id": f"ask:{number}",
        "text": plain(_label(choice)),
        "value": f"{uid}:{number}",
    }
    if choice.style:
        button["style"] = choice.style
    return button


def _options(choices: Sequence[Choice], uid: str, first: int) -> list[Block]:
    return [
        {"text": plain(_label(choice)), "value": f"{uid}:{first + number}"}
        for number, choice in enumerate(choices)
    ]


def _label(choice: Choice) -> str:
    return one_line(choice.label, LONGEST_LABEL)


def plain(words: str) -> Block:
    """Plain text shows what stands there: no mention, mark-up or `:emoji:` in it takes effect."""
    return {"type": "plain_text", "text": words, "emoji": False}
