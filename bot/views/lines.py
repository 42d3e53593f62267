"""Lines as people read of them: those that are mirrored, and those that are only at the provider."""

from __future__ import annotations

from bot.model import Dashboard, Line
from bot.phone import display_number
from bot.views.fields import Field, Option, beginning, boxes_field, text_field
from bot.views.forms import Drawn
from bot.views.phrases import dotted

NAME, SHOWS, BROADCASTS, TYPED = "name", "shows", "broadcasts", "typed"
LONGEST_NAME = 100


def line_about(line: Line | Dashboard) -> str:
    """How a line is called: `Sales · +1 423 555 0100`. Pure."""
    shown = display_number(line.number) if line.number else "no number"
    return shown if line.name == shown else dotted(line.name, shown)


def line_words(line: Line, channel: str) -> str:
    """A line that is mirrored, in a list. Pure."""
    return f"{line_about(line)}\nMirrored in {channel}"


def dashboard_words(dashboard: Dashboard) -> str:
    """A line that is not mirrored, in a list. Pure."""
    return f"{line_about(dashboard)}\nNot connected to a channel"


def line_facts(line: Line, channel: str, title: str) -> str:
    """Everything that is known of a line. Pure."""
    account = f", dashboard {line.account}" if line.account else ""
    also = (
        "Texts that nobody attends to are shown in the channel too."
        if line.broadcasts
        else "Texts are shown in their threads alone."
    )
    return f"Mirrored in {channel}\nAt {title}{account}\n{also}"


def settings_fields(line: Line) -> Drawn:
    """What a line has that can be set. Pure."""
    also = Option(BROADCASTS, "Show texts that nobody attends to in the channel too")
    hint = "What members call the line here. /line rename changes its name at the provider as well."
    return Drawn(
        (
            text_field(Field(NAME, "Name", hint), line.name, most=LONGEST_NAME),
            boxes_field(
                Field(SHOWS, "Being seen", optional=True), [also], [BROADCASTS] if line.broadcasts else []
            ),
        )
    )


def rename_fields(line: Line | Dashboard) -> Drawn:
    """Another name for a line. Pure."""
    return Drawn((text_field(Field(NAME, "Name"), line.name, most=LONGEST_NAME),), "Rename")


def named_to_delete(line: Line | Dashboard) -> str:
    """What is typed to delete a line: its number; its name where it has none. Pure."""
    return display_number(line.number) if line.number else beginning(line.name, most=LONGEST_NAME)


def delete_fields(line: Line | Dashboard, *, mirrored: bool) -> Drawn:
    """Deleting a line, once it is typed what is deleted. Pure."""
    wanted = named_to_delete(line)
    also = " Its mirror ends too; what was said stays in Slack." if mirrored else ""
    hint = (
        f"This deletes {line_about(line)} at the provider, with its contacts and conversations, for good.{also} "
        f"Type {wanted} to delete it."
    )
    label = "The line's number" if line.number else "The line's name"
    return Drawn((text_field(Field(TYPED, label, hint), most=LONGEST_NAME),), "Delete for good")
