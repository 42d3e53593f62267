"""A command's words once more, with one thing of them changed: what a button under its answer gives. Pure."""

from __future__ import annotations

from bot.grammar.lexer import read
from bot.grammar.nearest import folded
from bot.grammar.shapes import PAGE, Verb
from bot.markup import escape


def with_page(text: str, page: int) -> str:
    """The same list, another page of it."""
    return with_key(text, PAGE.name, str(page))


def with_key(text: str, name: str, value: str) -> str:
    """The same with that value of a key, whatever it was before. `value` is one word to type."""
    typed = read(text)
    kept, at = [], 0
    for word in typed.words:
        if folded(word.key) == name and not word.quoted:
            kept.append(typed.text[at : word.start].rstrip(" "))
            at = word.end
    rest = "".join([*kept, typed.text[at:]]).strip()
    return f"{escape(rest)} {name}={value}".lstrip()


def with_word(text: str, verb: Verb, typed: str, meant: str) -> str:
    """The same with `meant` for what was typed at a place, which is one word: a name."""
    whole = read(text)
    for word in whole.words[len(verb.word.split()) :]:
        if word.text.split() == typed.split():
            return escape(whole.text[: word.start]) + meant + escape(whole.text[word.end :])
    return text
