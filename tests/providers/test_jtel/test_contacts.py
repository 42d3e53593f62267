"""Contacts of jtel's dialler: what is its own, beside the contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.errors import Ambiguous, NotFound, NotOffered, Unreachable, UsageError
from bot.jtel_paths import read_paths
from bot.model import DiallerContactChange, DiallerContactId, Number
from bot.providers.jtel import Jtel
from bot.providers.jtel.fields import SHOWN, fields_body
from tests.providers.case import now
from tests.providers.cases.common import CONTACT
from tests.providers.cases.jtel.common import NO_SUCH_PATH, jt, server
from tests.providers.cases.jtel.contacts import ANA, BERG, CHANGE, DATA, ID, NUMBERS, REQUEST
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_jtel.conftest import PREFIX, asked, records, row

_FIND = "GET /dialler/contacts/contact"


async def test_when_the_path_by_data_is_not_there_then_the_one_for_many_is_asked(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(NO_SUCH_PATH, jt("contacts_many.json"))

    assert await provider.find_dialler_contacts(DATA) == [ANA]
    assert asked(far_end) == [_FIND, "POST /dialler/contacts"]
    assert json.loads(far_end.heard[1].body) == {"UserDataList": [DATA]}


async def test_when_neither_path_is_there_then_nothing_is_changed(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(NO_SUCH_PATH, NO_SUCH_PATH, jt("done.json"))

    with pytest.raises(NotOffered):
        await provider.delete_dialler_contact(DATA)

    assert asked(far_end) == [_FIND, "POST /dialler/contacts"]


async def test_when_the_server_ignores_what_is_looked_for_then_only_ours_is_changed(
    provider: Jtel, far_end: FarEnd
) -> None:
    others = [row("contact.json", ID=number, UserData=data) for number, data in ((1, None), (2, DATA.lower()))]
    far_end.will_answer(records(*others, row("contact.json")), jt("done.json"))

    await provider.lock_dialler_contact(DATA)

    assert asked(far_end)[1] == f"PATCH /dialler/contacts/contact/{ID}/lock"


async def test_when_the_server_ignores_it_and_ours_is_not_there_then_nobody_is_changed(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(records(row("contact.json", ID=1, UserData="another")), jt("done.json"))

    with pytest.raises(NotFound):
        await provider.delete_dialler_contact(DATA)

    assert asked(far_end) == [_FIND]


async def test_when_several_have_the_data_then_nobody_is_changed_and_all_are_told(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(jt("contacts_with_data.json"), jt("done.json"))

    with pytest.raises(Ambiguous) as caught:
        await provider.reset_dialler_contact(DATA)

    assert caught.value.candidates == (215395, 215401)
    assert asked(far_end) == [_FIND]


async def test_when_one_row_of_those_found_is_odd_then_nobody_is_changed(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(records(row("contact.json"), row("contact.json", ID=None)), jt("done.json"))

    with pytest.raises(Unreachable):
        await provider.delete_dialler_contact(DATA)

    assert asked(far_end) == [_FIND]


async def test_when_the_settings_name_other_paths_then_those_are_asked(far_end: FarEnd) -> None:
    paths = read_paths(
        "find=GET /d/find, update=POST /d/update, reset=PUT /d/{id}/reset, history=GET /d/{id}/calls, "
        "history-by-data=GET /d/calls"
    )
    provider = Jtel(replace(server(f"{far_end.url}{PREFIX}"), paths=paths), clock=now)
    found, done, history = jt("contact.json"), jt("done.json"), jt("history.json")
    far_end.will_answer(found, found, done, history, history)

    await provider.update_dialler_contact(DATA, CHANGE)
    await provider.reset_dialler_contact(ID)
    await provider.list_dialler_calls(ID)
    await provider.list_dialler_calls(DATA)
    await provider.close()

    assert asked(far_end) == [
        "GET /d/find",
        "POST /d/update",
        f"PUT /d/{ID}/reset",
        f"GET /d/{ID}/calls",
        "GET /d/calls",
    ]


async def test_when_nobody_is_asked_about_then_nothing_is_asked(provider: Jtel, far_end: FarEnd) -> None:
    assert await provider.read_dialler_contacts((), ()) == []
    assert far_end.heard == []


async def test_when_many_are_read_then_only_the_lists_with_something_go_out(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(jt("contacts_many.json"))

    assert await provider.read_dialler_contacts((BERG.id, DiallerContactId(9)), ()) == [BERG]
    assert json.loads(far_end.heard[0].body) == {"IDList": [215396, 9]}


@pytest.mark.parametrize("change", [DiallerContactChange(fields={"Name": "Ruiz Blanco"}), NUMBERS])
async def test_when_a_contact_is_changed_then_only_what_changes_is_sent(
    provider: Jtel, far_end: FarEnd, change: DiallerContactChange
) -> None:
    far_end.will_answer(jt("contact.json"))

    await provider.update_dialler_contact(ID, change)

    sent = json.loads(far_end.heard[0].body)
    assert sent.pop("ID") == ID
    assert sent.keys() == change.fields.keys() | {f"PhoneNumber{place}" for place in change.numbers}


async def test_when_the_import_finds_it_there_then_the_one_that_is_there_is_given(
    provider: Jtel, far_end: FarEnd
) -> None:
    far_end.will_answer(records(row("contact.json", ID=7, Name="Someone Else", PhoneNumber1="4512345678")))

    contact = await provider.import_dialler_contact(REQUEST, overwrite=False)

    assert (contact.id, contact.name, contact.numbers[0]) == (7, "Someone Else", "+4512345678")


async def test_when_a_contact_is_read_then_its_bank_account_is_not(provider: Jtel, far_end: FarEnd) -> None:
    far_end.will_answer(records(row("contact.json", AccountOwner="Ana Ruiz", AccountNumber="123456")))

    (contact,) = await provider.find_dialler_contacts(ID)

    assert not [name for name in (*contact.fields, *SHOWN) if name.startswith("Account")]
    assert "DE00123456780000000000" not in repr(contact)


async def test_when_a_number_cannot_be_read_then_the_others_are(provider: Jtel, far_end: FarEnd) -> None:
    odd = row("contact.json", PhoneNumber1="none", PhoneNumber2=14235550143, PhoneNumber6="+14235550142")
    far_end.will_answer(records(odd))

    (contact,) = await provider.find_dialler_contacts(ID)

    assert contact.numbers == (Number("+14235550143"), CONTACT)


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("FirstName", " Ana ", "Ana"),
        ("Comment", "x" * 5000, "x" * 5000),
        ("Salutation", "x" * 16, "x" * 16),
        ("Amount", "0.1", 0.1),
        ("Amount", "-3", -3.0),
        ("RandomSortOrder", "0", 0),
        ("FaxNumber", "+14235550144", "14235550144"),
        ("Email", "", ""),
    ],
)
def test_when_a_field_is_written_then_it_goes_as_they_take_it(name: str, value: str, sent: object) -> None:
    assert fields_body({name: value}) == {name: sent}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("Salutation", "x" * 17, "Salutation has room for 16 characters"),
        ("Nickname", "Ana", "no field Nickname"),
        ("bPhoneNumber1Invalid", "false", "no field"),
        ("DiallerCampaignsID", "7", "no field"),
        ("Amount", "", "Amount is a number"),
        ("RandomSortOrder", "²", "whole number"),
    ],
)
def test_when_a_field_cannot_be_written_then_the_sentence_names_it(name: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        fields_body({name: value})


async def test_when_a_list_is_long_then_no_row_is_read_before_it_is_wanted(
    provider: Jtel, far_end: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    far_end.will_answer(records(row("contact.json"), "words", row("contact.json", ID=7)))
    contacts = provider.list_dialler_contacts(None)

    first = await anext(contacts)
    logged_early = "is left out" in caplog.text
    second = await anext(contacts)

    assert (first.id, second.id, logged_early) == (ID, 7, False)
    assert caplog.text.count("is left out") == 1


async def test_when_a_list_is_longer_than_we_take_then_it_is_no_answer(
    provider: Jtel, far_end: FarEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.providers.jtel.contacts.MOST_BYTES", 100)
    far_end.will_answer(Answer(200, jt("contacts.json").body))

    with pytest.raises(Unreachable, match="no usable answer"):
        [each async for each in provider.list_dialler_contacts(None)]
