"""Who may post to us: whoever knows the path's secret, and signs, once the provider was seen to sign."""

from __future__ import annotations

import json
import time

from bot.sandbox.textrequest import shapes
from tests.e2e.office import Office
from tests.e2e.test_webhooks import A_DAY, hook_url, kept, post, signed, webhook


async def test_unsigned_webhook_is_accepted_until_the_first_signed_one(team: Office) -> None:
    before = await post(team, webhook(team, "before"))
    body = webhook(team, "signed")
    first = await post(team, body, signed(team, body))

    after = await post(team, webhook(team, "after"))

    assert [answer.status for answer in (before, first, after)] == [200, 200, 403]
    assert await kept(team) == ["before", "signed"]


async def test_wrong_signature_does_not_make_signatures_required(team: Office) -> None:
    await post(team, webhook(team), shapes.signature_headers("another key", b"", int(time.time())))

    answer = await post(team, webhook(team, "unsigned"))

    assert answer.status == 200


async def test_unsigned_webhook_is_refused_when_signatures_are_required(closed: Office) -> None:
    await closed.start(textrequest_signatures="required")

    answer = await post(closed, webhook(closed))

    assert answer.status == 403
    assert await kept(closed) == []


async def test_unsigned_webhook_is_accepted_when_signatures_are_off(closed: Office) -> None:
    await closed.start(textrequest_signatures="off")
    body = webhook(closed, "signed")
    await post(closed, body, signed(closed, body))

    answer = await post(closed, webhook(closed, "unsigned"))

    assert answer.status == 200
    assert await kept(closed) == ["signed", "unsigned"]


async def test_report_on_one_text_needs_no_signature_but_its_token(closed: Office) -> None:
    closed.textrequest.rules.statuses = ()
    await closed.start(textrequest_signatures="required")
    root = await closed.open()
    ts = await closed.say(root, "Yes")
    text = (await closed.see(closed.textrequest.accepted, "a text"))[0]

    answer = await post(closed, json.dumps({"status": "delivered"}).encode(), url=text.callback)

    assert answer.status == 200
    await closed.reacts(ts, "white_check_mark")


async def test_old_secret_is_accepted_for_a_day_after_it_was_changed(team: Office) -> None:
    assert team.running is not None
    await team.running.bridge.store.secrets.rotate("textrequest")
    bodies = [webhook(team, words) for words in ("at once", "a day later")]

    at_once = await post(team, bodies[0], signed(team, bodies[0]))
    await team.let_pass(A_DAY)
    later = await post(team, bodies[1], signed(team, bodies[1]))

    assert (at_once.status, later.status) == (200, 404)


async def test_secret_of_the_settings_is_the_one_that_counts(closed: Office) -> None:
    closed.textrequest.hooks.clear()  # the bot registers them
    await closed.start(threadline_webhook_secret="chosen-by-an-admin")
    body = webhook(closed, "hello")

    answer = await post(closed, body, signed(closed, body))

    assert f"{closed.url}/webhooks/textrequest/chosen-by-an-admin?" in hook_url(closed)
    assert answer.status == 200
    assert await kept(closed) == ["hello"]
