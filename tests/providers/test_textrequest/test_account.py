"""Opting out, the account, and the hooks."""

from __future__ import annotations

import json

import pytest

from bot.model import Hook, Number
from bot.providers.textrequest import TextRequest
from tests.providers.cases.common import CONTACT, fixture
from tests.providers.cases.textrequest import TR_LINE, tr
from tests.providers.far_end import Answer, FarEnd
from tests.providers.test_textrequest.conftest import asked, page

BASE = "https://bot.example.com/webhooks/textrequest/s3cret"


@pytest.mark.parametrize(
    ("answer", "opted_out"),
    [
        (tr("contact.json"), True),
        (Answer(200, b'{"phone_number": "14235550142", "opted_out_utc": null}'), False),
        (Answer(200, b'{"phone_number": "14235550142", "opted_out_utc": ""}'), False),
        (Answer(200, b'{"phone_number": "14235550142"}'), None),
        (Answer(204), None),
    ],
)
async def test_when_a_contact_is_read_then_it_says_whether_it_opted_out(
    provider: TextRequest, far_end: FarEnd, answer: Answer, opted_out: bool | None
) -> None:
    far_end.will_answer(answer)

    assert await provider.read_opt_out(TR_LINE, CONTACT) is opted_out
    assert asked(far_end) == ["GET /dashboards/121/contacts/14235550142"]


async def test_when_a_number_is_not_theirs_then_they_cannot_say(provider: TextRequest, far_end: FarEnd) -> None:
    assert await provider.read_opt_out(TR_LINE, Number("+442079460000")) is None
    assert far_end.heard == []


async def test_when_the_key_is_checked_then_dashboards_and_clocks_are_known(
    provider: TextRequest, far_end: FarEnd
) -> None:
    body = fixture("textrequest", "dashboards.json")
    far_end.will_answer(Answer(200, body, {"date": "Mon, 02 Mar 2026 15:04:58 GMT"}))

    facts = await provider.check()

    assert (facts.description, facts.clock_skew_s) == ("2 dashboards", -2.0)


async def test_when_hooks_are_connected_then_each_is_kept_reconnected_or_made(
    provider: TextRequest, far_end: FarEnd
) -> None:
    made = Answer(201, fixture("textrequest", "hook_made.json"))
    far_end.will_answer(tr("hooks.json"), Answer(204), made, made, made)

    ours = await provider.connect_hooks(TR_LINE, BASE)

    assert [(hook.event, hook.connected) for hook in ours] == [
        ("msg_received", True),
        ("msg_sent", True),
        *[("msg_status_updated", True)] * 3,
    ]
    assert asked(far_end) == [
        "GET /dashboards/121/hooks",
        "PUT /dashboards/121/hooks/18",
        *["POST /dashboards/121/hooks"] * 3,
    ]
    assert [json.loads(heard.body) for heard in far_end.heard[2:]] == [
        {"target_url": f"{BASE}?e=msg_status_updated", "event": "msg_status_updated", "httpVerb": "POST"},
        {"target_url": f"{BASE}?e=contact_updated&d=121", "event": "contact_updated", "httpVerb": "POST"},
        {
            "target_url": f"{BASE}?e=payment_status_updated&d=121",
            "event": "payment_status_updated",
            "httpVerb": "POST",
        },
    ]


async def test_when_somebody_made_the_hook_meanwhile_then_theirs_is_taken(
    provider: TextRequest, far_end: FarEnd
) -> None:
    hooks = json.loads(fixture("textrequest", "hooks.json"))["items"]
    urls = {
        "msg_status_updated": f"{BASE}?e=msg_status_updated",
        "contact_updated": f"{BASE}?e=contact_updated&d=121",
        "payment_status_updated": f"{BASE}?e=payment_status_updated&d=121",
    }
    others = [
        {**hooks[0], "id": n, "event": event, "target_url": url} for n, (event, url) in enumerate(urls.items())
    ]
    connected = [{**hook, "is_connected": None} for hook in hooks]
    far_end.will_answer(
        page(connected, 3),
        *[Answer(409), page([*connected, *others], 6)] * 3,
    )

    ours = await provider.connect_hooks(TR_LINE, BASE)

    assert [hook.id for hook in ours] == ["17", "18", "0", "1", "2"]


async def test_when_there_are_many_hooks_then_every_page_is_read(provider: TextRequest, far_end: FarEnd) -> None:
    hooks = json.loads(fixture("textrequest", "hooks.json"))["items"]
    far_end.will_answer(page(hooks[:2], 3, size=2), page([*hooks[2:], {"id": None}], 3, size=2))

    listed = await provider.list_hooks(TR_LINE)

    assert [hook.id for hook in listed] == ["17", "18", "19"]
    assert listed[2] == Hook("19", "msg_received", "https://crm.example.com/texts", connected=True)


async def test_when_hooks_are_removed_then_only_ours_go(provider: TextRequest, far_end: FarEnd) -> None:
    hooks = json.loads(fixture("textrequest", "hooks.json"))["items"]
    alike = {**hooks[0], "id": 21, "target_url": f"{BASE}2?e=msg_received"}
    far_end.will_answer(page([*hooks, alike], 4), Answer(204), Answer(404))

    removed = await provider.remove_hooks(TR_LINE, BASE)

    assert removed == 1
    assert asked(far_end)[1:] == ["DELETE /dashboards/121/hooks/17", "DELETE /dashboards/121/hooks/18"]


@pytest.mark.parametrize("odd", ["", " ", None, "17/../../121", "words", "²", -1])
async def test_when_a_hook_has_no_number_then_nothing_is_asked_about_it(
    provider: TextRequest, far_end: FarEnd, odd: object
) -> None:
    hooks = json.loads(fixture("textrequest", "hooks.json"))["items"]
    far_end.will_answer(page([{**hooks[0], "id": odd}, hooks[1]], 2), Answer(204))

    assert await provider.remove_hooks(TR_LINE, BASE) == 1
    assert asked(far_end)[1:] == ["DELETE /dashboards/121/hooks/18"]
