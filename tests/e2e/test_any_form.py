"""Whatever is put into whatever form is answered: by what it becomes, or by a sentence, never by a surprise."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.commands.ask import Typed, ask
from bot.flows.forms.opening import Loading
from bot.flows.forms.registry import FORMS
from bot.model import Ask, ChannelId, MemberId
from bot.sandbox.slack.fields import Gesture, elements_of
from bot.sandbox.slack.files import MemberFile
from bot.sandbox.wire import Json
from bot.views.fields import FIELD
from handlers.windows import draw
from tests.e2e.desk import opens
from tests.e2e.office import MARIA, QUICK, SALES, Office, office
from tests.e2e.ordering import with_clicksend
from tests.e2e.tickets import new
from tests.e2e.windows import reads
from tests.test_grammar.typed import PIECES

EXAMPLES = 10
ANSWERED_S = 10.0
GROUP, TICKET = "1", "RF-200"
WORKING, SURPRISE = "Working on it …", "the reason is not known"

# What stands behind each form's name: what it is about.
ABOUT: Mapping[str, str] = {
    "form:assign": f'"{MARIA}"',
    "form:callback": "",
    "form:contact": f'"{MARIA}"',
    "form:contact_import": "",
    "form:fax": "",
    "form:group": "{group}",
    "form:letter": "",
    "form:line_delete": SALES,
    "form:line_rename": SALES,
    "form:line_settings": SALES,
    "form:new_text": "",
    "form:note": '"{channel} {note}"',
    "form:payment": "",
    "form:postcard": "",
    "form:ticket": "",
    "form:ticket_attach": "{card}",
    "form:ticket_files": "{ticket}",
    "form:ticket_move": "{card}",
    "form:ticket_note": "{card}",
    "form:voice": MARIA,
}

WORDS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map(" ".join),
    st.sampled_from([MARIA, "Maria", "maria lopez", "37402", "US", "https://b.example/x.pdf", " ", "x" * 3_000]),
)
FILES = st.builds(
    MemberFile,
    st.sampled_from(["a.pdf", "a.csv", "a.docx", "a", "ü.exe", "../../x.pdf"]),
    st.binary(max_size=100)
    | st.text(max_size=100).map(str.encode)
    | st.just(f"Number,Name\n{MARIA},Ana".encode()),
)


def text_of(element: Json, needed: bool) -> st.SearchStrategy[Json]:
    most = int(element.get("max_length", 3_000))
    return (
        WORDS.map(lambda words: words[:most]).filter(lambda words: bool(words) or not needed).map(_only("value"))
    )


def option_of(element: Json, needed: bool) -> st.SearchStrategy[Json]:
    options = st.sampled_from(element["options"]) if element.get("options") else st.none()
    return (options if needed else options | st.none()).map(_only("selected_option"))


def options_of(element: Json, needed: bool) -> st.SearchStrategy[Json]:
    if not element.get("options"):
        return st.just({"selected_options": []})
    some = st.lists(
        st.sampled_from(element["options"]), min_size=int(needed), unique_by=lambda each: each["value"]
    )
    return some.map(_only("selected_options"))


def member_of(element: Json, needed: bool) -> st.SearchStrategy[Json]:
    people = st.sampled_from(element["people"])
    return (people if needed else people | st.none()).map(_only("selected_user"))


def date_of(_: Json, needed: bool) -> st.SearchStrategy[Json]:
    days = st.dates(date(1970, 1, 1)).map(date.isoformat)
    return (days if needed else days | st.none()).map(_only("selected_date"))


def time_of(_: Json, needed: bool) -> st.SearchStrategy[Json]:
    times = st.times().map(lambda at: f"{at:%H:%M}")
    return (times if needed else times | st.none()).map(_only("selected_time"))


def files_of(element: Json, needed: bool) -> st.SearchStrategy[Json]:
    return st.lists(FILES, min_size=int(needed), max_size=int(element.get("max_files", 10))).map(_only("files"))


def _only(name: str) -> Callable[[Any], Json]:
    return lambda value: {name: value}


STRATEGIES: Mapping[str, Callable[[Json, bool], st.SearchStrategy[Json]]] = {
    "plain_text_input": text_of,
    "static_select": option_of,
    "external_select": option_of,
    "multi_static_select": options_of,
    "multi_external_select": options_of,
    "checkboxes": options_of,
    "users_select": member_of,
    "datepicker": date_of,
    "timepicker": time_of,
    "file_input": files_of,
}


TROUBLE = st.tuples(
    st.sampled_from(["garbage", "html", "status"]),
    st.sampled_from([400, 403, 404, 500]),
    st.sampled_from(["textrequest.*", "clicksend.*", "asms.*", "jtel.*", "files.info"]),
)


class Screen:
    """Dana's windows, one after the other."""

    def __init__(self, team: Office) -> None:
        self.team, self.number, self.root = team, 0, ""
        group = team.textrequest.labels.add_group(team.dashboard.id, "Buyers")
        self.people = [team.dana.id, team.eli.id, team.workspace.add_member("Gil", kind="guest").id]
        self.about = {"group": str(group.id), "ticket": opens(team, "No hot water").code}
        self.about["channel"] = team.sales.id
        team.jtel.queues.add_group("Support")

    async def open(self, name: str) -> Json:
        """Open a form; what is on the screen then."""
        team, self.number = self.team, self.number + 1
        assert team.running is not None
        bridge, dana = team.running.bridge, team.dana.id
        if name == "form:note":  # each can be sent once
            self.about["note"] = await self._note()
        wanted = Ask(name, ABOUT[name].format(**self.about))
        trigger = team.workspace.core.triggers.issue(dana)
        made = await ask(
            bridge, Typed(wanted, MemberId(dana), ChannelId(team.sales.id), f"form:{self.number}", trigger)
        )
        if isinstance(made, Loading):
            await draw(bridge, made)
        return team.workspace.views.by_id[team.workspace.views.stacks[dana][-1]]

    async def open_ticket(self) -> None:
        """A ticket in the contact's thread, with its card."""
        await new(self.team, self.root)
        self.about["card"] = (await self.team.rows("select uid from cards"))[0]["uid"]

    async def _note(self) -> str:
        """A note in the contact's thread; its ts."""
        ts = await self.team.say(self.root, "// Your order is ready")
        await self.team.found("select id from messages where key like :key", key=f"slack:%:{ts}%")
        return ts

    async def look(self, view: Json, element: Json, words: str) -> list[Json]:
        """Type into a menu; its options."""
        ack = await self.team.workspace.suggest(view, Gesture(FIELD, element["block_id"]), words, self.team.dana)
        assert ack.acked
        return list((ack.payload or {}).get("options", ()))

    async def send(self, view: Json, values: Mapping[str, Json]) -> str:
        """Send the form; what a person reads then, in it or beside its fields."""
        filled = {name: {FIELD: self._brought(value)} for name, value in values.items()}
        ack = await self.team.workspace.submit(view["id"], self.team.dana, filled)
        assert ack.acked
        if ack.payload and ack.payload["response_action"] == "errors":
            assert all(ack.payload["errors"].values())
            return "\n".join(ack.payload["errors"].values())
        shown = partial(self.team.workspace.views.by_id.get, view["id"])
        said = await self.team.see(lambda: _done(reads(shown())), "an answer", ANSWERED_S)
        await self.team.workspace.close_view(view["id"], self.team.dana)
        return said

    def _brought(self, value: Json) -> Json:
        if "files" not in value:
            return value
        files = self.team.workspace.core.files
        return {"files": [files.attach(self.team.dana, each) for each in value["files"]]}


def _done(said: str) -> str:
    return "" if WORKING in said else said


@pytest.fixture(scope="module")
def run() -> Iterator[asyncio.Runner]:
    """A loop that outlives one example."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def screen(run: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """An office with every provider, whose admin is Dana; a contact has written to it."""
    entered = office(str(tmp_path_factory.mktemp("forms") / "threadline.db"))
    made = run.run(entered.__aenter__())
    run.run(made.bind())
    more = with_clicksend(made) | made.with_asms | made.with_jtel | {"asms_calls_per_minute": "0"}
    run.run(made.start(QUICK, **more))
    screen = Screen(made)
    screen.root = run.run(made.open())
    run.run(screen.open_ticket())
    yield screen
    run.run(entered.__aexit__(None, None, None))


def fill_in(run: asyncio.Runner, screen: Screen, view: Json, data: st.DataObject) -> str:
    """Put anything into a form and send it; what is read then."""
    optional = {block["block_id"]: bool(block.get("optional")) for block in view["blocks"]}
    values: dict[str, Json] = {}
    for element in elements_of(view):
        if element["type"].endswith("external_select"):
            options = run.run(screen.look(view, element, data.draw(WORDS)))
            element["options"] = options or run.run(screen.look(view, element, ""))
        element["people"] = screen.people
        strategy = STRATEGIES[element["type"]](element, not optional[element["block_id"]])
        values[element["block_id"]] = data.draw(strategy, label=element["block_id"])
    return run.run(screen.send(view, values))


@pytest.mark.parametrize("name", sorted(FORMS))
def test_anything_put_into_a_form_is_answered(name: str, run: asyncio.Runner, screen: Screen) -> None:
    @settings(max_examples=EXAMPLES)
    @given(data=st.data())
    def everything_is_answered(data: st.DataObject) -> None:
        said = fill_in(run, screen, run.run(screen.open(name)), data)

        assert len(said) > 10
        assert SURPRISE not in said

    everything_is_answered()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_form_that_meets_trouble_at_a_provider_is_answered(name: str, run: asyncio.Runner, screen: Screen) -> None:
    @settings(max_examples=EXAMPLES)
    @given(data=st.data())
    def everything_is_answered(data: st.DataObject) -> None:
        kind, status, where = data.draw(TROUBLE)
        view = run.run(screen.open(name))
        screen.team.fault(where, kind, status=status, times=3, after=data.draw(st.integers(0, 2)))
        try:
            said = fill_in(run, screen, view, data)
        finally:
            screen.team.trouble.clear()

        assert len(said) > 10
        assert SURPRISE not in said

    everything_is_answered()
