"""Stories: what can be written, how they are played, and that the built-in one tells good bots from bad."""

from __future__ import annotations

import time

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.story.library import built_in, names
from bot.sandbox.story.player import Player
from bot.sandbox.story.screen import Screen, columns, width_of
from bot.sandbox.story.script import ScriptMistake, parse
from bot.sandbox.story.stage import Stage
from bot.sandbox.story.waiting import StoryFailed
from bot.sandbox.trouble import Fault
from tests.sandbox.toy import ToyBot

HELLO = '- contact: {name: Maria, number: "+14155550134", says: "Hi?"}\n'


class Watched:
    """A player with a toy bot, and the lines that people saw."""

    def __init__(self, sandbox: Sandbox, defect: str = "", patience_s: float = 8.0) -> None:
        self.lines: list[str] = []
        self.stage = Stage(sandbox)
        self.bot = ToyBot(self.stage, defect)
        screen = Screen(self.lines.append, width=80)
        self.player = Player(self.stage, self.bot, screen, patience_s=patience_s)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


# --- Scripts ------------------------------------------------------------------------------------------


def test_script_is_read_step_by_step() -> None:
    steps = parse(HELLO + "- kill_bot\n- chapter: The end\n")

    assert [(step.number, step.line, step.verb) for step in steps] == [
        (1, 1, "contact"),
        (2, 2, "kill_bot"),
        (3, 3, "chapter"),
    ]
    assert steps[2].text("title") == "The end"


def test_words_that_yaml_would_twist_stay_as_they_are() -> None:
    step = parse("- expect_reaction: {contact: No, on: Yes, shows: 0123}\n")[0]

    assert dict(step.fields) == {"contact": "No", "on": "Yes", "shows": "0123"}


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("contact: {}", "The script is a list of steps"),
        ("- contact: {name: [}", "The script is not YAML"),
        ("", "The script is a list of steps"),
        (
            "- expect_thred: {contact: M, has: x}",
            "Line 1: there is no step 'expect_thred'. Did you mean 'expect_thread'?",
        ),
        (
            "- kill_bot\n- contact: {nmae: M}",
            "Line 2: contact has no field 'nmae'. Did you mean 'name'? Put words with , : ? #",
        ),
        ("- contact: {says: Hi}", "Line 1: contact needs the field 'name'."),
        ("- member: {name: Dana, replies: a, edits: b}", "Line 1: member does exactly one of"),
        ("- hold: {what: breath}", "Line 1: hold one of: text, echo, receipt, answer, reply."),
        ("- contact: {name: M, says: [a, b]}", "Line 1: every field of contact is a line of text."),
        ("- {contact: {name: M}, kill_bot: {}}", "Line 1: a step is one verb with its fields"),
    ],
)
def test_mistake_in_a_script_names_its_line(script: str, sentence: str) -> None:
    with pytest.raises(ScriptMistake) as caught:
        parse(script)

    assert sentence in str(caught.value)


@pytest.mark.parametrize("name", names())
def test_built_in_story_can_be_read(name: str) -> None:
    steps = built_in(name)

    assert any(step.verb.startswith("expect") for step in steps)


# --- The screen ---------------------------------------------------------------------------------------


def test_columns_stay_straight_with_wide_characters() -> None:
    rows = columns("📱 " * 12, "right " * 10, 60)

    assert len(rows) > 1
    assert {width_of(row[: row.index("│")]) for row in rows} == {29}


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("📱", 2), ("é", 1), ("e\u0301", 1), ("漢字", 4)])
def test_width_is_what_a_terminal_gives(text: str, width: int) -> None:
    assert width_of(text) == width


# --- Playing ------------------------------------------------------------------------------------------


async def test_built_in_story_comes_true_with_a_good_bot(sandbox: Sandbox) -> None:
    watched = Watched(sandbox)
    started = time.monotonic()

    await watched.player.play(built_in("tour"))

    assert time.monotonic() - started < 20
    assert watched.bot.starts == 2
    assert "== A question and its answer" in watched.lines
    assert any("Maria Lopez > Hi, is the 3 pm" in line for line in watched.lines)
    assert "\x1b" not in watched.text


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        ("mirrors_twice", "Can I bring my dog?"),
        ("texts_twice", "Dogs are welcome"),
        ("steps_back", "See you at 3"),
        ("texts_notes", "late last time"),
        ("retries_nothing", "The door code is 4711"),
        ("silent_edits", "still has the original"),
        ("resends", "The lift is broken"),
        ("forgets", "Is there a lift?"),
        ("asks_nobody", "expect_no_text {contact: Maria Lopez, has: $45.00}"),
        ("asks_twice", "$45.00 with this link"),
        ("settles_nothing", "✅ Paid"),
    ],
)
async def test_built_in_story_fails_with_a_bot_that_breaks_a_promise(
    sandbox: Sandbox, defect: str, words: str
) -> None:
    watched = Watched(sandbox, defect, patience_s=1.0)

    with pytest.raises(StoryFailed) as caught:
        await watched.player.play(built_in("tour"))

    assert words in str(caught.value.step)


async def test_failing_step_says_what_was_expected_and_what_is_there(sandbox: Sandbox) -> None:
    watched = Watched(sandbox, patience_s=0.2)

    with pytest.raises(StoryFailed) as caught:
        await watched.player.play(parse(HELLO + "- expect_thread: {contact: Maria, has: Goodbye}"))

    assert str(caught.value) == (
        "Failed at step 2 (line 2): expect_thread {contact: Maria, has: Goodbye}\n"
        "  expected: 'Goodbye' in Maria's thread within 0.2 s\n"
        "  there is: \n    Hi?"
    )


async def test_contact_without_a_number_is_asked_for(sandbox: Sandbox) -> None:
    watched = Watched(sandbox)

    with pytest.raises(StoryFailed, match="Give the number of Maria where they first appear"):
        await watched.player.play(parse("- contact: {name: Maria, says: Hi}"))


async def test_contact_whose_number_is_none_fails_the_story(sandbox: Sandbox) -> None:
    watched = Watched(sandbox)

    with pytest.raises(StoryFailed, match="The number of Maria is none of North America"):
        await watched.player.play(parse("- contact: {name: Maria, number: '12', says: Hi}"))


async def test_trouble_ends_with_the_story(sandbox: Sandbox) -> None:
    watched = Watched(sandbox)

    await watched.player.play(
        parse("- trouble: {where: auth.test, kind: status, status: 503, times: 0}\n- hold: text")
    )

    assert sandbox.trouble.take("auth.test", frozenset({"status"})) is None  # type: ignore[arg-type]  # as typed
    assert sandbox.bell.watchers == []


async def test_trouble_of_whoever_watches_stays(sandbox: Sandbox) -> None:
    mine = Fault(where="auth.test", kind="status", status=503, times=0)
    sandbox.trouble.add(mine)

    await Watched(sandbox).player.perform(parse("- hold: text"))

    assert sandbox.trouble.armed(mine)


async def test_card_and_thread_are_read_apart(sandbox: Sandbox) -> None:
    watched = Watched(sandbox, patience_s=0.2)
    script = HELLO + "- expect_card: {contact: Maria, has: Thread of, times: 1}\n"
    await watched.player.play(parse(script))

    with pytest.raises(StoryFailed, match="'Thread of' in Maria's thread"):
        await watched.player.play(parse("- expect_thread: {contact: Maria, has: Thread of}"))


async def test_guest_staff_and_whispers_can_be_told(sandbox: Sandbox) -> None:
    watched = Watched(sandbox)
    workspace = watched.stage.workspace
    script = HELLO + (
        "- guest: {name: Gus, replies: May I, to: Maria}\n"
        "- staff: {name: Pat, texts: From the web, to: Maria}\n"
        "- expect_phone: {contact: Maria, has: From the web, times: 1}\n"
        "- opt_out: Maria\n"
        "- member: {name: Dana, replies: Too late, to: Maria}\n"
        "- expect_reaction: {contact: Maria, on: Too late, shows: not sent}\n"
        "- member: {name: Dana, deletes: Too late, to: Maria}\n"
    )

    await watched.player.play(parse(script))

    assert workspace.member("Gus").kind == "guest"
    assert "Too late" not in " ".join(watched.stage.lines("Maria"))
    assert "Dana (deleted): Too late" in watched.text
