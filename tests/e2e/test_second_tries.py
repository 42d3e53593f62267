"""A text that failed and was sent again: the failed try, which the provider goes on listing, is nobody else's."""

from __future__ import annotations

from dataclasses import replace

from tests.e2e.office import MARIA, QUICK, Office


async def test_failed_try_that_is_listed_again_is_not_shown_as_sent_elsewhere(closed: Office) -> None:
    await closed.start(replace(QUICK, backstop_s=0.1), threadline_public_url="")
    await closed.text("Hi")
    root = (await closed.see(lambda: closed.mirrored(MARIA), "a thread"))[0]["ts"]
    closed.textrequest.fail(MARIA)
    await closed.say(root, "Yes")
    notice = await closed.notice(root, "did not reach")
    closed.textrequest.fail(MARIA, "")
    await closed.click(notice, "retry")
    await closed.gets("Yes")

    closed.fault("textrequest.messages", "slow", times=0)  # to see that the line is read
    await closed.struck("textrequest.messages", 5)
    await closed.let_pass(31)
    await closed.found("select 1 as done where not exists (select id from reports where due_at <= :now)")
    await closed.settled()

    said = closed.thread(root)
    assert (len(said), closed.notices(root, "Text Request")) == (3, [])
