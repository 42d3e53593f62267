"""What is found is what was looked for, whatever the search there brings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Compare, Condition, Search
from bot.providers.asms.direct import AsmsDirect
from bot.providers.asms.direct.searching import MOST_PAGES, PAGE_SIZE, meets
from bot.providers.asms.tickets import FIELDS
from tests.providers.cases.asms_direct.common import LIMA
from tests.providers.far_end import FarEnd
from tests.providers.test_asms_direct.conftest import says

ROW = {
    "id": 1,
    "idByProject": "RF-1",
    "subject": "No Hot Water",
    "description": "<p>Reported by <b>SMS</b></p>",
    "itemType": 4,
    "itemTypeName": "Requerimiento",
    "stateId": 18,
    "stateName": "In progress",
    "openedDate": 1772464800000,  # 2026-03-02 15:20 UTC
}


def is_met(*conditions: tuple[str, Compare, str], any_of: bool = False) -> bool:
    return meets(ROW, Search(tuple(Condition(*each) for each in conditions), any_of=any_of), LIMA)


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (("Subject", Compare.LIKE, "hot water"), True),
        (("Subject", Compare.EQUAL, "no hot water"), True),
        (("Subject", Compare.EQUAL, "hot water"), False),
        (("Description", Compare.LIKE, "by SMS"), True),
        (("Description", Compare.LIKE, "<b>"), False),
        (("ItemTypeName", Compare.LIKE, "Call"), True),
        (("ItemTypeName", Compare.LIKE, "Incident"), False),
        (("StateId", Compare.EQUAL, "18"), True),
        (("StateId", Compare.NOT_EQUAL, "18"), False),
        (("GroupName", Compare.LIKE, "plumb"), False),
        (("OpenedDate", Compare.AT_LEAST, "2026-03-02T10:20"), True),  # in the instance's zone
        (("OpenedDate", Compare.ABOVE, "2026-03-02T10:20"), False),
        (("OpenedDate", Compare.BELOW, "2026-03-02T15:21+00:00"), True),
        (("OpenedDate", Compare.AT_MOST, "2026-03-02T15:19Z"), False),
    ],
)
def test_when_a_condition_is_looked_at_here_then_it_means_what_it_says(
    condition: tuple[str, Compare, str], met: bool
) -> None:
    assert is_met(condition) is met


def test_when_any_condition_is_enough_then_one_is() -> None:
    right, wrong = ("StateId", Compare.EQUAL, "18"), ("StateId", Compare.EQUAL, "19")

    assert is_met(right, wrong, any_of=True)
    assert not is_met(right, wrong)


ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.integers())
)
IN_ROWS = st.sampled_from([*ROW, "stateName", "groupName", "closedDate", "descriptionNoHtml"])


@given(row=st.dictionaries(IN_ROWS, ODD), field=st.sampled_from(sorted(FIELDS)), compare=st.sampled_from(Compare))
def test_when_a_row_is_odd_then_it_is_looked_at_all_the_same(
    row: dict[str, Any], field: str, compare: Compare
) -> None:
    value = "2026-03-02" if field.endswith("Date") else "18"
    if field.endswith("Date") and compare is Compare.LIKE:
        return

    assert meets(row, Search((Condition(field, compare, value),)), None) in (True, False)


@pytest.mark.within
async def test_when_there_are_pages_then_they_are_read_until_the_last_and_cut_where_that_is_far(
    aranda: AsmsDirect, far_end: FarEnd
) -> None:
    rows = [{**ROW, "id": number, "idByProject": f"RF-{number}"} for number in range(1, PAGE_SIZE + 1)]
    full = says({"content": rows, "totalItems": 10_000})
    search = Search((Condition("ProjectId", Compare.EQUAL, "12"), Condition("Subject", Compare.LIKE, "hot")))
    last = says({"content": rows[:1], "totalItems": PAGE_SIZE + 1})
    far_end.will_answer(says({"content": rows, "totalItems": PAGE_SIZE + 1}), last)
    rows[0]["projectId"] = 12

    few = await aranda.find_tickets(search)
    asked = [json.loads(heard.body)["pageIndex"] for heard in far_end.heard]
    far_end.will_answer(*[full] * (MOST_PAGES + 1))
    far_end.heard.clear()
    many = await aranda.find_tickets(search)

    assert (asked, few.cut) == ([0, 1], False)
    assert (len(far_end.heard), many.cut) == (MOST_PAGES, True)
