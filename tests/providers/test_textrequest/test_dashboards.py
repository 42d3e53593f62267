"""Dashboards at Text Request: what is their own, beside the contract."""

from __future__ import annotations

import pytest

from bot.errors import NotFound, Rejected
from bot.model import Dashboard
from bot.providers.textrequest import TextRequest
from tests.providers.case import everything
from tests.providers.cases.common import OUR_NUMBER
from tests.providers.cases.textrequest.dashboards import DESK, GARAGE, ID
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import changed, page, rows


async def test_when_a_dashboard_is_gone_then_it_says_so(provider: TextRequest, far_end: FarEnd) -> None:
    for ask in (
        lambda: provider.read_dashboard(ID),
        lambda: provider.rename_dashboard(ID, "Desk"),
        lambda: provider.delete_dashboard(ID),
    ):
        far_end.will_answer(Answer(400), Answer(404))

        with pytest.raises(Rejected, match="does not know this dashboard"):
            await ask()
        with pytest.raises(NotFound):
            await ask()


async def test_when_a_number_has_a_dashboard_already_then_it_says_so(
    provider: TextRequest, far_end: FarEnd
) -> None:
    far_end.will_answer(Answer(400))

    with pytest.raises(Rejected, match="has one already"):
        await provider.create_dashboard("Front desk", OUR_NUMBER)


@pytest.mark.parametrize("phone", [None, "", " ", "(pending)"])
async def test_when_a_dashboard_has_no_number_yet_then_it_is_listed_without(
    provider: TextRequest, far_end: FarEnd, phone: str | None
) -> None:
    far_end.will_answer(changed("dashboard.json", phone=phone))

    assert await provider.read_dashboard(ID) == Dashboard(ID, "Front desk", None)


async def test_when_there_are_several_pages_then_every_dashboard_is_listed(
    provider: TextRequest, far_end: FarEnd
) -> None:
    desk, garage = rows("dashboards.json")
    far_end.will_answer(page([desk, {"id": None, "name": "x"}], 3, size=2), page([garage], 3, size=2))

    assert await everything(provider.list_dashboards()) == [DESK, GARAGE]
