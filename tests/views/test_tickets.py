"""Tickets, articles and configuration items in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.model import (
    AdditionalField,
    Article,
    ArticleId,
    Choice,
    ConfigurationItem,
    ItemId,
    Ticket,
    TicketCode,
    TicketFile,
    TicketFileId,
    TicketId,
    TicketKind,
    TicketRole,
    TicketStep,
)
from bot.sandbox.slack.modals import check_view
from bot.views.answers import Answer, Item, answer
from bot.views.forms import Opened, form
from bot.views.knowledge import article_words, item_card, item_words
from bot.views.ticket_files import ticket_files
from bot.views.tickets import step_line, ticket_card, ticket_words
from tests.views.check_blocks import check_post
from tests.views.test_thread import HOSTILE

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
COLD = Ticket(
    code=TicketCode("RF-200"),
    id=TicketId(48213),
    kind=TicketKind.SERVICE_CALL,
    kind_word="Llamada",
    subject="No hot water",
    description="Ana wrote:\nit is cold",
    solution="Reset",
    state=Choice(18, "In progress"),
    project=Choice(12, "Facilities"),
    roles={
        TicketRole.GROUP: Choice(5, "Plumbers"),
        TicketRole.RESPONSIBLE: Choice(77, "M. Torres"),
        TicketRole.CONFIGURATION_ITEM: Choice(991, "Boiler 4B"),
        TicketRole.UNIT: Choice(3, ""),
    },
    opened_at=AT,
    closed_at=AT,
    is_closed=True,
    files=(TicketFile(TicketFileId(902), "boiler.jpg"), TicketFile(TicketFileId(903), "quote.pdf")),
    additional=(
        AdditionalField("317", ("4B", "4C"), "Flat"),
        AdditionalField("9", ("x",)),
        AdditionalField("1", ()),
    ),
)
BARE = Ticket(TicketCode("RF-1"), None, TicketKind.UNKNOWN, "", "", "", "", None, None, {}, None, None, None)
BOILER = ConfigurationItem(
    id=ItemId(991),
    name="Boiler 4B",
    description="In the cellar",
    serial="BX-1009",
    asset_tag="A-77",
    state="In use",
    category=Choice(55, "Boilers"),
    responsible="M. Torres",
    changed_at=AT,
    details={"costCenterName": "House"},
    additional=(AdditionalField("9", ("x",), "Floor"),),
)
ARTICLE = Article(
    ArticleId(7), "Bleed a radiator", "", "Close the valve.", "https://kb.example.com/7", Choice(2, "How-to"), AT
)


def test_ticket_in_a_list_says_what_it_is_how_it_stands_and_who_has_it() -> None:
    assert ticket_words(COLD, BERLIN).splitlines() == [
        "RF-200 · No hot water",
        "In progress · service call · Facilities",
        "M. Torres · opened 04 Mar 2026, 15:30",
    ]


def test_ticket_that_nobody_has_shows_its_group() -> None:
    waiting = replace(COLD, roles={TicketRole.GROUP: Choice(5, "Plumbers")})

    assert "Plumbers · opened" in ticket_words(waiting, BERLIN)
    assert "Group: " not in ticket_card(waiting, BERLIN)


def test_ticket_of_which_little_is_known_is_its_code() -> None:
    assert (ticket_words(BARE, BERLIN), ticket_card(BARE, BERLIN)) == ("RF-1", "")


def test_kind_that_we_have_no_word_for_is_theirs() -> None:
    assert "In progress · Tarea" in ticket_words(replace(COLD, kind=TicketKind.UNKNOWN, kind_word="Tarea"), BERLIN)


def test_ticket_alone_has_everything_that_has_a_value() -> None:
    assert ticket_card(COLD, BERLIN).splitlines() == [
        "In progress · service call · Facilities",
        "M. Torres · opened 04 Mar 2026, 15:30",
        "Closed: 04 Mar 2026, 15:30",
        "Group: Plumbers",
        "Configuration item: Boiler 4B",
        "Flat: 4B, 4C",
        "Field 9: x",
        "Files: boiler.jpg, quote.pdf",
        "Ana wrote:",
        "it is cold",
        "Solution: Reset",
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (TicketStep("Created", "Ana", AT), "Opened · Ana · 04 Mar 2026, 15:30"),
        (
            TicketStep("Modified", "Ana", AT, "State", "Open", "Done"),
            "Changed · Ana · 04 Mar 2026, 15:30\nState: Open → Done",
        ),
        (
            TicketStep("Modified", "Ana", AT, "State", "", "Done"),
            "Changed · Ana · 04 Mar 2026, 15:30\nState: Done",
        ),
        (TicketStep("AddedFile", "", None, new="a.jpg"), "Added a file · at a time that is not known\na.jpg"),
        (
            TicketStep("Note", "Ana", AT, new="Psst", private=True),
            "Note · Ana · 04 Mar 2026, 15:30 · for the team alone\nPsst",
        ),
        (TicketStep("Escalado", "Ana", AT), "Escalado · Ana · 04 Mar 2026, 15:30"),
        (TicketStep("", "Ana", AT), "Changed · Ana · 04 Mar 2026, 15:30"),
    ],
)
def test_step_says_who_did_what_and_when(step: TicketStep, words: str) -> None:
    assert step_line(step, BERLIN) == words


def test_article_shows_its_beginning_and_where_all_of_it_is() -> None:
    assert article_words(ARTICLE, BERLIN).splitlines() == [
        "Bleed a radiator (#7) · How-to · as of 04 Mar 2026, 15:30",
        "Close the valve.",
        "https://kb.example.com/7",
    ]
    assert (
        article_words(replace(ARTICLE, content="", description="In short"), BERLIN).splitlines()[1] == "In short"
    )
    assert len(article_words(replace(ARTICLE, content="x" * 9_000), BERLIN)) < 1_000


def test_item_shows_which_one_it_is_and_alone_everything() -> None:
    assert item_words(BOILER).splitlines() == [
        "Boiler 4B (#991)",
        "In use · Boilers",
        "serial BX-1009 · tag A-77 · M. Torres",
    ]
    assert item_card(BOILER, BERLIN).splitlines()[2:] == [
        "Changed: 04 Mar 2026, 15:30",
        "Floor: x",
        "Cost center name: House",
        "In the cellar",
    ]
    nameless = ConfigurationItem(ItemId(1), "")
    assert (item_words(nameless), item_card(nameless, BERLIN)) == ("Without a name (#1)", "")


@pytest.mark.parametrize("hostile", [*HOSTILE, "x" * 5_000, ""])
def test_whatever_people_wrote_there_slack_takes(hostile: str) -> None:
    field = AdditionalField(hostile, (hostile,), hostile)
    ticket = replace(COLD, subject=hostile, description=hostile, solution=hostile, additional=(field,) * 9)
    item = replace(BOILER, name=hostile, description=hostile, details={hostile: hostile})
    article = replace(ARTICLE, title=hostile, content=hostile, url=hostile)
    step = TicketStep(hostile, hostile, AT, hostile, hostile, hostile)
    words = [ticket_card(ticket, UTC), item_card(item, UTC), article_words(article, UTC), step_line(step, UTC)]

    check_post(answer(Answer(hostile or "-", tuple(Item(each) for each in words)), ""))


def test_window_for_files_is_one_that_slack_takes() -> None:
    view: Any = form(
        Opened("form:ticket_files", "0" * 32, "Attach files"), ticket_files(COLD.code, 10 * 1024 * 1024)
    )

    check_view(view)
    assert "10 MB" in str(view["blocks"])
    assert "filetypes" not in view["blocks"][0]["element"]
