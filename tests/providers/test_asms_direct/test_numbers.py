"""Tickets are known by number there, by code here."""

from __future__ import annotations

import pytest

from bot.errors import NotFound
from bot.model import TicketCode
from bot.providers.asms.direct import AsmsDirect
from bot.providers.asms.direct.numbers import numbers_in
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_asms_direct.conftest import paths, says

pytestmark = pytest.mark.within

ITEM = {"id": 84411, "idByProject": "IM-84411-19-100866", "itemType": 1, "subject": "Printer"}
NO_FILES = says({"content": []})
PROJECTS = says({"content": [{"id": 19, "name": "IT"}]})


@pytest.mark.parametrize(
    ("code", "numbers"),
    [("RF-59557", (59557,)), ("IM-84411-19-100866", (100866, 84411)), ("7-7", (7,)), ("RF", ()), ("RF-0", ())],
)
def test_when_a_code_has_numbers_then_the_last_and_the_first_may_be_the_tickets(
    code: str, numbers: tuple[int, ...]
) -> None:
    assert numbers_in(TicketCode(code)) == numbers


async def test_when_another_ticket_has_the_number_then_it_is_not_taken_for_this_one(
    aranda: AsmsDirect, far_end: FarEnd
) -> None:
    other = {"id": 100866, "idByProject": "IM-100866-3-7", "itemType": 1}
    far_end.will_answer(says(other), says(ITEM), NO_FILES)

    ticket = await aranda.read_ticket(TicketCode("IM-84411-19-100866"))

    assert (ticket.subject, paths(far_end)[:2]) == ("Printer", ["GET item/100866", "GET item/84411"])


async def test_when_a_code_is_typed_in_small_letters_then_it_is_the_same_ticket(
    aranda: AsmsDirect, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(404), says(ITEM), NO_FILES)

    assert (await aranda.read_ticket(TicketCode("im-84411-19-100866"))).code == "IM-84411-19-100866"


async def test_when_a_ticket_was_read_then_its_number_is_remembered(aranda: AsmsDirect, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(404), says(ITEM), NO_FILES, says(ITEM), NO_FILES)
    for _ in range(2):
        await aranda.read_ticket(TicketCode("IM-84411-19-100866"))

    assert paths(far_end)[3:] == ["GET item/84411", "GET item/84411/files"]


async def test_when_the_code_does_not_tell_the_number_then_it_is_looked_for(
    aranda: AsmsDirect, far_end: FarEnd
) -> None:
    item = {**ITEM, "idByProject": "HELP-200"}
    page = {"content": [{"id": 84412, "idByProject": "HELP-2000"}, item], "totalItems": 2}
    far_end.will_answer(Answer(404), PROJECTS, says(page), says(item), NO_FILES)

    ticket = await aranda.read_ticket(TicketCode("HELP-200"))

    assert ticket.id == 84411
    assert paths(far_end)[:4] == ["GET item/200", "POST user/projects", "POST item/search", "GET item/84411"]
    assert b'"filterText": "HELP-200"' in far_end.heard[2].body


async def test_when_nobody_has_the_code_then_the_ticket_is_not_found(aranda: AsmsDirect, far_end: FarEnd) -> None:
    far_end.will_answer(Answer(404), PROJECTS, says({"content": [], "totalItems": 0}))

    with pytest.raises(NotFound):
        await aranda.read_ticket(TicketCode("HELP-200"))
