"""The stories that come with the sandbox: `bot/sandbox/stories/*.yml`."""

from __future__ import annotations

from importlib import resources

from bot.sandbox.story.script import Step, parse


def names() -> list[str]:
    """The built-in stories."""
    found = (resources.files("bot.sandbox") / "stories").iterdir()
    return sorted(one.name.removesuffix(".yml") for one in found if one.name.endswith(".yml"))


def built_in(name: str = "tour") -> tuple[Step, ...]:
    """The steps of a built-in story. Raises `FileNotFoundError` and `ScriptMistake`."""
    story = resources.files("bot.sandbox") / "stories" / f"{name}.yml"
    return parse(story.read_text(encoding="utf-8"))
