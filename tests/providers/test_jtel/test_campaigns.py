"""jtel's campaigns: what is its own, beside the contract."""

from __future__ import annotations

import json

import pytest

from bot.errors import Ambiguous
from bot.model import ResultKind
from bot.providers.jtel import Jtel
from bot.providers.jtel.campaigns import read_result_code
from tests.providers.cases.jtel.campaigns import ID, NAME
from tests.providers.cases.jtel.common import jt
from tests.providers.far_end import FarEnd
from tests.providers.test_jtel.conftest import asked, records, row


async def test_when_two_have_the_name_then_neither_is_deleted_and_both_are_told(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(records(row("campaign.json"), row("campaign.json", ID=540)), jt("done.json"))

    with pytest.raises(Ambiguous) as caught:
        await provider.delete_campaign_named(NAME)

    assert caught.value.candidates == (538, 540)
    assert asked(far_end) == ["GET /dialler/campaigns/campaign"]


async def test_when_others_only_begin_with_the_name_then_the_exact_one_goes_by_its_id(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(jt("campaigns.json"), jt("done.json"))

    await provider.delete_campaign_named(f" {NAME} ")

    assert asked(far_end)[1] == f"DELETE /dialler/campaigns/campaign/{ID}"
    assert far_end.heard[1].query == {}


async def test_when_a_copy_has_no_data_then_none_is_sent(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(jt("campaign_cloned.json"))

    await provider.clone_campaign(NAME, " My New Campaign ", " ")

    assert json.loads(far_end.heard[0].body) == {"source": NAME, "destination": "My New Campaign"}


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        ({"bDone": True, "bAppointment": True}, ResultKind.DONE),
        ({"bAborted": 1}, ResultKind.ABORTED),
        ({"bDelay": True, "bAppointment": True}, ResultKind.APPOINTMENT),
        ({"bDelay": "true"}, ResultKind.LATER),
        ({"bDone": None, "bDelay": ""}, ResultKind.UNKNOWN),
        ({}, ResultKind.UNKNOWN),
    ],
)
def test_when_a_result_has_flags_then_they_say_what_it_means_and_not_its_label(
    flags: dict[str, object], kind: ResultKind
) -> None:
    code = read_result_code({"ID": 1, "Content": "Done", **flags})

    assert code is not None
    assert code.kind is kind


def test_when_a_result_has_no_label_then_its_export_key_is_shown() -> None:
    code = read_result_code({"ID": 1, "Content": " ", "ExportKey": "ABG"})

    assert code is not None
    assert code.label == "ABG"
