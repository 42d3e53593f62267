"""What every form can do, with one that has a field of every kind and does what a test tells it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

import pytest

from bot.errors import BotError, FieldRefused, OutcomeUnknown, Rejected
from bot.flows.commands.ask import VERBS
from bot.flows.commands.turn import Turn
from bot.flows.commands.whom import whom
from bot.flows.forms.form import Form, Wrong
from bot.flows.forms.registry import FORMS
from bot.grammar import To, Verb
from bot.grammar.shapes import LINE, Kind, Parameter
from bot.model import Ask, File
from bot.sandbox.slack.files import MemberFile
from bot.views.answers import Answer, Choice
from bot.views.fields import (
    Field,
    Option,
    boxes_field,
    choice_field,
    choices_field,
    date_field,
    file_field,
    search_field,
    searches_field,
    text_field,
    time_field,
)
from bot.views.forms import Drawn, Sent
from tests.e2e.asking import answered, press, type_
from tests.e2e.office import MARIA, OMAR, Office
from tests.e2e.windows import look, opened, press_there, reads, send, window

_COLOURS = (Option("r", "Red"), Option("g", "Green"))


@dataclass
class Trial:
    """A form that does as it is told, and remembers what it was sent."""

    sent: list[Sent] = field(default_factory=list)
    fails: BotError | Wrong | None = None  # when it is done
    drawing: asyncio.Event = field(default_factory=asyncio.Event)
    sending: asyncio.Event = field(default_factory=asyncio.Event)
    looking: asyncio.Event = field(default_factory=asyncio.Event)
    found: Sequence[Option] = ()
    file: File | None = None
    undrawn: BotError | None = None
    straight: bool = False  # opened by the verb, not by a button

    async def draw(self, turn: Turn) -> Drawn:
        await self.drawing.wait()
        if self.undrawn is not None:
            raise self.undrawn
        to = await whom(turn, turn.lines[0], turn.asked.value("to", To), turn.again)
        return Drawn(
            (
                text_field(Field("name", f"Name of {to.number}"), "Maria"),
                text_field(Field("note", "Note", "Nobody else reads it.", optional=True), lines=True),
                choice_field(Field("one", "Colour", optional=True), _COLOURS, "g"),
                choices_field(Field("some", "Colours", optional=True), _COLOURS, ["r"]),
                boxes_field(Field("boxes", "Boxes", optional=True), _COLOURS),
                date_field(Field("day", "Day", optional=True), date(2026, 12, 24)),
                time_field(Field("at", "At", optional=True), time(18, 5)),
                search_field(Field("tag", "Tag", optional=True), Option("7", "VIP")),
                searches_field(Field("tags", "Tags", optional=True)),
                file_field(Field("file", "File", optional=True), ["csv"]),
            )
        )

    async def check(self, _: Turn, sent: Sent) -> None:
        if sent.text("name") == "Nobody":
            raise Wrong("name", "Somebody has a name.")

    async def send(self, turn: Turn, sent: Sent) -> Answer:
        self.sent.append(sent)
        await self.sending.wait()
        if self.fails is not None:
            raise self.fails
        for each in sent.many("file"):
            self.file = await turn.bridge.slack.read_file(each, 1_000)
        return Answer(f"Saved {sent.text('name')}.", choices=(Choice("Again", turn.given.ask),))

    async def find(self, _: Turn, typed: str) -> Sequence[Option]:
        await self.looking.wait()
        return [option for option in self.found if typed in option.words]


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> Trial:
    """The form, with a button that opens it under the answer to `/text history <to>`."""
    made = Trial()
    for event in (made.drawing, made.sending, made.looking):
        event.set()
    trying = Form(
        "form:trial",
        "Trial",
        ("text", "send"),
        made.draw,
        made.send,
        made.check,
        waits=True,
        takes=Verb("", "", (Parameter("to", Kind.TO),), (LINE,)),
        find={"tag": made.find, "tags": made.find},
        theirs={"full_name": "name"},
    )

    async def history(turn: Turn) -> Answer | Ask:
        wanted = Ask(trying.name, turn.given.ask.words.removeprefix("history "))
        return wanted if made.straight else Answer("Here", choices=(Choice("Edit", wanted),))

    monkeypatch.setitem(VERBS["text"], "history", history)
    monkeypatch.setitem(FORMS, trying.name, trying)
    return made


async def _open(team: Office, whom: str = MARIA) -> None:
    await type_(team, f"history {whom}")
    await answered(team, "Here")
    await press(team, "Edit")


async def test_button_under_an_answer_opens_a_form_that_holds_an_id_alone(team: Office, trial: Trial) -> None:
    await _open(team)

    view = await opened(team, f"Name of {MARIA}")
    assert len(view["private_metadata"]) == 32
    assert MARIA.lstrip("+") not in view["private_metadata"]


async def test_everything_that_is_filled_in_arrives(team: Office, trial: Trial) -> None:
    trial.found = (Option("8", "Gold"), Option("9", "Silver"))
    await _open(team)
    await opened(team, "Name of")
    assert await look(team, "tags", "il") == ["Silver"]
    file = team.workspace.core.files.attach(team.dana, MemberFile("a.csv", b"one,two"))
    await send(team, {"name": "Ann", "note": "x", "boxes": ["Green"], "tags": ["Silver"], "file": [file]})

    await opened(team, "Saved Ann.")
    (sent,) = trial.sent
    assert sent.values == {
        "name": ("Ann",),
        "note": ("x",),
        "one": ("g",),
        "some": ("r",),
        "boxes": ("g",),
        "day": ("2026-12-24",),
        "at": ("18:05",),
        "tag": ("7",),
        "tags": ("9",),
        "file": (file["id"],),
    }
    assert trial.file == File("a.csv", "text/csv", b"one,two")


async def test_slow_form_is_opened_in_time_and_drawn_later(team: Office, trial: Trial) -> None:
    trial.drawing.clear()
    await _open(team)
    await opened(team, "One moment …")

    trial.drawing.set()

    await opened(team, "Name of")
    assert "Here" in team.whispers(team.dana)[-1]


async def test_slow_form_that_cannot_be_drawn_says_why(team: Office, trial: Trial) -> None:
    trial.drawing.clear()
    await _open(team)
    await opened(team, "One moment …")

    trial.undrawn = Rejected("Text Request does not know this.", provider="x")
    trial.drawing.set()

    await opened(team, "Text Request does not know this.")


async def test_form_that_cannot_be_drawn_is_told_where_it_was_asked_for(team: Office, trial: Trial) -> None:
    trial.undrawn = Rejected("Text Request does not know this.", provider="x")

    await _open(team)

    await answered(team, "Text Request does not know this.")
    assert window(team) is None


async def test_form_that_waits_says_so_and_becomes_the_answer(team: Office, trial: Trial) -> None:
    trial.sending.clear()
    await _open(team)
    await opened(team, "Name of")
    await send(team, {"name": "Ann"})
    await opened(team, "Working on it …")

    trial.sending.set()

    await opened(team, "Saved Ann.")


async def test_button_in_a_window_works_there(team: Office, trial: Trial) -> None:
    await _open(team)
    await opened(team, "Name of")
    await send(team, {"name": "Ann"})
    await opened(team, "Saved Ann.")

    await press_there(team, "Again")

    await opened(team, "Name of")
    assert len(team.workspace.views.stacks[team.dana.id]) == 1


async def test_mistake_that_needs_no_provider_stands_beside_its_field_at_once(team: Office, trial: Trial) -> None:
    await _open(team)
    await opened(team, "Name of")

    ack = await send(team, {"name": "Nobody"})

    assert ack.payload == {"response_action": "errors", "errors": {"name": "Somebody has a name."}}
    assert trial.sent == []


@pytest.mark.parametrize(
    ("fails", "below"),
    [
        (Wrong("name", "Taken."), "name"),
        (FieldRefused("Taken.", provider="x", field="full_name"), "name"),
        (FieldRefused("Taken.", provider="x", field="who knows"), ""),
        (Rejected("Taken.", provider="x"), ""),
    ],
)
async def test_form_that_was_refused_comes_back_filled_in_and_can_be_sent_again(
    team: Office, trial: Trial, fails: BotError | Wrong, below: str
) -> None:
    trial.fails = fails
    await _open(team)
    await opened(team, "Name of")
    await send(team, {"name": "Ann", "boxes": ["Green"], "day": None})
    view = await opened(team, "⚠️ Taken.")
    ids = [block["block_id"] for block in view["blocks"]]
    assert ids.index(f"mistake:{below}") == ids.index(below) + 1 if below else ids[0] == "mistake"

    trial.fails = None
    await send(team)

    assert "Taken." not in reads(await opened(team, "Saved Ann."))
    first, second = (dict(each.values) for each in trial.sent)
    assert first == second


async def test_form_comes_back_filled_in_while_slack_does_not_say_who_may(team: Office, trial: Trial) -> None:
    await _open(team)
    await opened(team, "Name of")
    team.fault("conversations.members", "status", status=429, retry_after_s=1)
    await team.change("delete from circles")
    await send(team, {"name": "Ann"})
    await opened(team, "⚠️ Slack answered: ratelimited.")

    await send(team)

    await opened(team, "Saved Ann.")
    assert len(trial.sent) == 1


async def test_what_may_have_happened_is_not_offered_again(team: Office, trial: Trial) -> None:
    trial.fails = OutcomeUnknown("It may have been saved.", provider="x")
    await _open(team)
    await opened(team, "Name of")

    await send(team, {"name": "Ann"})

    assert "submit" not in await opened(team, "It may have been saved.")


async def test_form_sent_twice_is_done_once(team: Office, trial: Trial) -> None:
    trial.sending.clear()
    await _open(team)
    await opened(team, "Name of")
    team.fault("interactive.view_submission", "twice")

    await send(team, {"name": "Ann"})
    trial.sending.set()

    await team.settled_but_held()
    assert len(trial.sent) == 1


async def test_answer_finds_who_closed_the_window(team: Office, trial: Trial) -> None:
    trial.sending.clear()
    await _open(team)
    await opened(team, "Name of")
    await send(team, {"name": "Ann"})
    await team.workspace.close_view((await opened(team, "Working"))["id"], team.dana)

    trial.sending.set()

    await answered(team, "Saved Ann.")
    assert window(team) is None


async def test_options_come_in_time_though_nobody_finds_them(team: Office, trial: Trial) -> None:
    await _open(team)
    await opened(team, "Name of")
    trial.looking.clear()

    assert await look(team, "tag", "x") == ["This takes too long. Type on to look again."]
    assert team.workspace.feed.acks[-1].latency_s is not None


async def test_hundred_options_are_shown_at_most(team: Office, trial: Trial) -> None:
    trial.found = [Option(str(number), f"{number} {'x' * 90}") for number in range(150)]
    await _open(team)
    await opened(team, "Name of")

    assert len(await look(team, "tag")) == 100


async def test_option_that_only_says_something_means_nothing(team: Office, trial: Trial) -> None:
    await _open(team)
    await opened(team, "Name of")
    trial.looking.clear()
    (said,) = await look(team, "tag", "x")

    await send(team, {"tag": said})

    await opened(team, "Saved Maria.")
    assert trial.sent[0].many("tag") == ()


async def test_form_of_somebody_else_is_refused(team: Office, trial: Trial) -> None:
    await _open(team)
    view = await opened(team, "Name of")
    team.workspace.views.stacks[team.eli.id] = [view["id"]]

    await send(team, {"name": "Ann"}, team.eli)

    await opened(team, "This window is too old.", team.eli)
    assert trial.sent == []


async def test_who_may_not_any_more_is_told_in_the_window(team: Office, trial: Trial) -> None:
    await _open(team)
    await opened(team, "Name of")
    await team.change("update members set kind = 'guest'")

    await send(team, {"name": "Ann"})

    await opened(team, "Only full members of this workspace may use this.")
    assert trial.sent == []


async def test_form_asked_for_in_a_thread_opens_by_a_button(team: Office, trial: Trial) -> None:
    trial.straight = True
    root = await team.open(number=OMAR, name="Omar")
    await team.say(root, f"<@{team.workspace.bot.id}> history")
    await team.told(team.dana, "This is done in a window.")

    await press(team, "Open it")

    await opened(team, f"Name of {OMAR}")


async def test_name_of_several_is_asked_before_the_form_opens(team: Office, trial: Trial) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.open(number=OMAR, name="Maria Santos")
    await _open(team, "Maria")
    await answered(team, "Which “Maria”?")
    assert window(team) is None

    await press(team, "Maria Santos · +1 415 555 0177")

    await opened(team, f"Name of {OMAR}")


async def test_name_of_several_is_asked_in_a_window_that_is_open(team: Office, trial: Trial) -> None:
    await team.open(number=MARIA, name="Maria Lopez")
    await team.open(number=OMAR, name="Maria Santos")
    trial.drawing.clear()
    await _open(team, "Maria")
    await opened(team, "One moment …")
    trial.drawing.set()

    await press_there(team, "Maria Santos · +1 415 555 0177")

    await opened(team, f"Name of {OMAR}")
