"""Forms: modals to fill in, what stands in one when it is sent, and what it becomes. Pure.

Source: https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/reference/views/modal-views
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.markup import literal, one_line, shorten
from bot.model import Block, Post
from bot.views.answers import Answer, answer, plain, sentence
from bot.views.fields import MISTAKE, State, filled_in, with_mistakes

LONGEST_TITLE = 24
MOST_BLOCKS = 100
LONGEST_SECTION = 3_000
_LOADING = "One moment …"
_WORKING = "Working on it …"

View = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form to fill in: its fields, and the word on its button."""

    fields: tuple[Block, ...]
    submit: str = "Save"


@dataclass(frozen=True, slots=True)
class Opened:
    """A form on somebody's screen. `form` is its name in the registry, `uid` of the question that holds what it is
    about: nothing else stands in it."""

    form: str
    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as somebody sent it. `values` by the fields' names; of an untouched field there are none."""

    opened: Opened
    view_id: str
    values: Mapping[str, tuple[str, ...]]
    drawn: Drawn  # its fields with what was put into them

    def text(self, name: str) -> str:
        """What stands in a field with one value; '' for nothing."""
        return next(iter(self.many(name)), "")

    def many(self, name: str) -> tuple[str, ...]:
        """What stands in a field with several."""
        return self.values.get(name, ())

    def has(self, name: str, box: str) -> bool:
        """Whether a box is ticked."""
        return box in self.many(name)


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong, by field; Slack shows each sentence beside its field."""

    sentences: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a form becomes; `post` says it where the form is not open any more."""

    view: View
    post: Post


def form(opened: Opened, drawn: Drawn) -> View:
    """A form to fill in."""
    return {
        "type": "modal",
        "callback_id": opened.form,
        "private_metadata": opened.uid,
        "title": _title(opened.title),
        "submit": plain(drawn.submit),
        "close": plain("Cancel"),
        "blocks": list(drawn.fields[:MOST_BLOCKS]),
    }


def again(opened: Opened, drawn: Drawn, mistakes: Mapping[str, str], above: str = "") -> Told:
    """The form once more with what was typed: each mistake below its field, and `above` them all what else is
    wrong. (Beside a field Slack shows a mistake only in its answer to a form that was sent.)"""
    names = {str(block.get("block_id")) for block in drawn.fields}
    rest = [above, *(sentence for name, sentence in mistakes.items() if name not in names)]
    general = " ".join(filter(None, rest))
    head = [{"type": "section", "block_id": MISTAKE, "text": plain(_words(f"⚠️ {general}"))}] if general else []
    fields = tuple(with_mistakes(drawn.fields, mistakes))
    beside = [sentence for name, sentence in mistakes.items() if name in names]
    post = answer(Answer(" ".join(filter(None, [general, *beside]))), "")
    return Told(form(opened, Drawn((*head, *fields), drawn.submit)), post)


def typed_in(blocks: Sequence[Block], state: State, submit: str) -> Drawn:
    """A form's fields with what was put into them, and nothing that was said of mistakes."""
    return Drawn(tuple(with_mistakes(tuple(filled_in(blocks, state)), {})), submit)


def told(title: str, post: Post) -> Told:
    """An answer in a window; its buttons do there what they do elsewhere."""
    blocks = list(post.blocks) or [{"type": "section", "text": plain(_words(post.text))}]
    return Told({"type": "modal", "title": _title(title), "close": plain("Close"), "blocks": blocks}, post)


def said(title: str, words: str) -> Told:
    """A sentence in a window."""
    return told(title, sentence(words))


def loading(title: str) -> View:
    """A form that is still to be drawn."""
    return said(title, _LOADING).view


def working(title: str, mark: str) -> View:
    """A form that was sent, while it is done. By its `mark` it is found to say what became of it."""
    return {**said(title, _WORKING).view, "external_id": mark}


def _title(words: str) -> Block:
    return plain(one_line(words, LONGEST_TITLE))


def _words(said: str) -> str:
    return shorten(literal(said), LONGEST_SECTION)
