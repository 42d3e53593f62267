"""Fields of a form. Pure.

A field's block id is its name, by which Slack shows an error beside it and gives its value back; its action id is
`value`, whatever it is.
Source: https://docs.slack.dev/reference/block-kit/blocks/input-block and …/block-kit/block-elements
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.markup import clean, first_part, one_line, shorten
from bot.model import Block
from bot.views.answers import plain
from bot.views.menus import offered

# Source: https://docs.slack.dev/reference/block-kit/composition-objects/option-object
LONGEST_OPTION = 75
LONGEST_VALUE = 150
# Source: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
LONGEST_TEXT = 3_000
# Source: https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
MOST_BOXES = 10
LONGEST_LABEL = 2_000  # and of a hint
FIELD = "value"  # every field's action id
NOTHING = "-"  # the value of an option that only says something
_NUMBER = re.compile(r"[0-9]{1,20}")
ABOUT = "about"  # the block id of what a form is about
MISTAKE = "mistake"  # the block id of what is said above the fields; of what is said below one, with its name


@dataclass(frozen=True, slots=True)
class Field:
    """What every field has. `hint` stands below it. Until one that is not optional is filled in, Slack does not
    send the form. `redraws`: the form is drawn anew with every choice there."""

    name: str
    label: str
    hint: str = ""
    optional: bool = False
    redraws: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One of a menu. `value` is an id, of 150 characters at the most."""

    value: str
    words: str


def text_field(field: Field, begin: str = "", *, lines: bool = False, most: int = LONGEST_TEXT) -> Block:
    """Words to type, on several lines or on one."""
    element: dict[str, object] = {"type": "plain_text_input", "multiline": lines, "max_length": most}
    return _input(field, element | _begin("initial_value", beginning(begin, lines=lines, most=most)))


def beginning(words: str, *, lines: bool = False, most: int = LONGEST_TEXT) -> str:
    """What of the words a text field begins with; left as it is, this comes back and not the words. Pure."""
    return first_part(clean(words) if lines else " ".join(clean(words).split()), most)


def about(words: str) -> Block:
    """What a form is about, above its fields."""
    return {"type": "section", "block_id": ABOUT, "text": plain(_said(words))}


def choice_field(field: Field, options: Sequence[Option], begin: str = "") -> Block:
    """A menu of fixed options, one at least; the value `begin` is chosen."""
    shown = options_of(options)
    chosen = next((option for option in shown if option["value"] == begin), None)
    return _input(field, {"type": "static_select", **offered(shown)} | _begin("initial_option", chosen))


def choices_field(field: Field, options: Sequence[Option], begin: Sequence[str] = ()) -> Block:
    """The same, of which several can be chosen."""
    shown = options_of(options)
    chosen = [option for option in shown if option["value"] in begin]
    return _input(field, {"type": "multi_static_select", **offered(shown)} | _begin("initial_options", chosen))


def boxes_field(field: Field, options: Sequence[Option], begin: Sequence[str] = ()) -> Block:
    """Boxes to tick, ten at the most."""
    shown = options_of(options[:MOST_BOXES])
    chosen = [option for option in shown if option["value"] in begin]
    return _input(field, {"type": "checkboxes", "options": shown} | _begin("initial_options", chosen))


def member_field(field: Field, begin: str | None = None) -> Block:
    """A menu of everybody in the workspace; its value is a member's id.

    Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#users_select
    """
    return _input(field, {"type": "users_select"} | _begin("initial_user", begin))


def search_field(field: Field, begin: Option | None = None) -> Block:
    """A menu whose options the form finds while somebody types, from the first look on.

    Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
    """
    chosen = options_of([begin])[0] if begin else None
    return _input(field, {"type": "external_select", "min_query_length": 0} | _begin("initial_option", chosen))


def searches_field(field: Field, begin: Sequence[Option] = ()) -> Block:
    """The same, of which several can be chosen."""
    chosen = options_of(begin)
    element: dict[str, object] = {"type": "multi_external_select", "min_query_length": 0}
    return _input(field, element | _begin("initial_options", chosen))


def date_field(field: Field, begin: date | None = None) -> Block:
    """A day; its value is like 2026-12-24."""
    return _input(field, {"type": "datepicker"} | _begin("initial_date", begin and begin.isoformat()))


def time_field(field: Field, begin: time | None = None) -> Block:
    """A time of day; its value is like 18:05."""
    return _input(field, {"type": "timepicker"} | _begin("initial_time", begin and f"{begin:%H:%M}"))


def file_field(field: Field, kinds: Sequence[str] = (), most: int = 1) -> Block:
    """Files to bring, ten at the most, with these endings or with any; its values are their ids.

    Source: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
    """
    return _input(field, {"type": "file_input", "max_files": most} | _begin("filetypes", list(kinds)))


def options_of(options: Sequence[Option]) -> list[dict[str, object]]:
    """Options as a menu has them; several that read alike have their numbers behind them."""
    shown = [one_line(option.words, LONGEST_OPTION) for option in options]
    times = Counter(shown)
    return [
        {"text": plain(words if times[words] == 1 else _numbered(words, option.value)), "value": option.value}
        for words, option in zip(shown, options, strict=True)
    ]


def _numbered(words: str, value: str) -> str:
    number = f" (#{value})" if _NUMBER.fullmatch(value) else ""
    return shorten(words, LONGEST_OPTION - len(number)) + number


def _begin(name: str, value: object) -> dict[str, object]:
    """Slack refuses an empty beginning."""
    return {name: value} if value else {}


def _said(words: str) -> str:
    """Source: https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    return one_line(words, LONGEST_LABEL)


def _input(field: Field, element: Block) -> Block:
    block: dict[str, object] = {
        "type": "input",
        "block_id": field.name,
        "label": plain(_said(field.label)),
        "optional": field.optional,
        "element": {**element, "action_id": FIELD},
    }
    # Source: https://docs.slack.dev/reference/block-kit/blocks/input-block (dispatch_action)
    dispatching = {"dispatch_action": True} if field.redraws else {}
    return {**block, **dispatching, **({"hint": plain(_said(field.hint))} if field.hint else {})}


# --- A form that comes back ------------------------------------------------------------------------------------

State = Mapping[str, Mapping[str, Mapping[str, object]]]  # block id → action id → what Slack says of it

# Element type → where its value stands, and where it begins. What is not here cannot begin with anything.
# Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
_BEGINS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}


def filled_in(blocks: Sequence[Block], state: State) -> Iterator[Block]:
    """The same fields, each beginning with what was put into it."""
    for block in blocks:
        element = block.get("element")
        begins = _BEGINS.get(str(element.get("type"))) if isinstance(element, Mapping) else None
        if not isinstance(element, Mapping) or begins is None:
            yield block
            continue
        value_name, begin_name = begins
        value = state.get(str(block.get("block_id")), {}).get(FIELD, {}).get(value_name)
        kept = {name: each for name, each in element.items() if name != begin_name}
        yield {**block, "element": kept | _begin(begin_name, value)}


def with_mistakes(blocks: Sequence[Block], mistakes: Mapping[str, str]) -> Iterator[Block]:
    """The same fields, each mistake below its field."""
    for block in blocks:
        name = str(block.get("block_id", ""))
        if name.partition(":")[0] == MISTAKE:  # of a former time
            continue
        yield block
        if name in mistakes:
            words = plain(_said(f"⚠️ {mistakes[name]}"))
            yield {"type": "context", "block_id": f"{MISTAKE}:{name}", "elements": [words]}
