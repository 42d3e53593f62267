"""Edits and deletions: before a text left they simply count; later the thread says what the contact has."""

from __future__ import annotations

from tests.e2e.office import Office

TICK, INTERNAL = "white_check_mark", "mute"
ORIGINAL = "Maria Lopez still has the original text."
DELETED = "Maria Lopez still has the text that was deleted here."


async def sent(team: Office, words: str = "At tree") -> tuple[str, str]:
    """A reply that was delivered: its root and its ts."""
    root = await team.open()
    ts = await team.say(root, words)
    await team.reacts(ts, TICK)
    return root, ts


async def under_way(team: Office, words: str = "At tree") -> tuple[str, str]:
    """A reply that the provider has not answered yet: its root and its ts."""
    root = await team.open()
    team.fault("textrequest.send", "hold")
    ts = await team.say(root, words)
    await team.see(lambda: team.trouble.held, "a send under way")
    return root, ts


# --- Before it leaves ---------------------------------------------------------------------------------------


async def test_edit_before_it_leaves_changes_the_text(team: Office) -> None:
    root, _ = await under_way(team, "first")
    ts = await team.say(root, "At tree")

    await team.workspace.edit(team.sales, ts, "At three")
    await team.settled_but_held()
    team.trouble.release()

    await team.gets("first", "At three")
    await team.reacts(ts, TICK)
    assert team.notices(root, "still has") == []


async def test_deletion_before_it_leaves_cancels_the_text(team: Office) -> None:
    root, _ = await under_way(team, "first")
    ts = await team.say(root, "Oops")
    await team.say(root, "last")

    await team.workspace.delete(team.sales, ts)
    await team.settled_but_held()
    team.trouble.release()

    await team.gets("first", "last")
    assert team.notices(root, "still has") == []


async def test_edit_into_a_note_before_it_leaves_keeps_it_inside(team: Office) -> None:
    root, _ = await under_way(team, "first")
    ts = await team.say(root, "She is difficult")

    await team.workspace.edit(team.sales, ts, "// She is difficult")
    await team.reacts(ts, INTERNAL)
    team.trouble.release()
    await team.say(root, "last")

    await team.gets("first", "last")


async def overtaken(team: Office, root: str) -> str:
    """A message whose event is held back; its ts. What is told of it next overtakes it."""
    await team.settled()
    team.fault("event.message", "hold")
    ts = await team.say(root, "At tree")
    await team.see(lambda: team.trouble.held, "the event held back")
    return ts


async def test_edit_that_overtakes_its_message_counts(team: Office) -> None:
    root = await team.open()
    ts = await overtaken(team, root)
    acks = len(team.workspace.feed.acks)

    await team.workspace.edit(team.sales, ts, "At three")
    await team.see(lambda: len(team.workspace.feed.acks) > acks, "the edit taken")
    team.trouble.release()

    await team.gets("At three")


async def test_deletion_that_overtakes_its_message_counts(team: Office) -> None:
    root = await team.open()
    ts = await overtaken(team, root)
    acks = len(team.workspace.feed.acks)

    await team.workspace.delete(team.sales, ts)
    await team.see(lambda: len(team.workspace.feed.acks) > acks, "the deletion taken")
    team.trouble.release()
    await team.settled()
    await team.say(root, "last")

    await team.gets("last")


# --- While it leaves ----------------------------------------------------------------------------------------


async def test_edit_while_it_leaves_is_told_once(team: Office) -> None:
    root, ts = await under_way(team)

    await team.workspace.edit(team.sales, ts, "At three")
    await team.settled_but_held()
    team.trouble.release()

    await team.notice(root, ORIGINAL)
    await team.settled()
    assert (team.phone(), len(team.notices(root, "still has"))) == (["At tree"], 1)


async def test_edit_while_a_try_fails_goes_out_with_the_next(team: Office) -> None:
    root = await team.open()
    team.fault("textrequest.send", "status", status=429, retry_after_s=1)
    ts = await team.say(root, "At tree")
    await team.struck("textrequest.send")

    await team.workspace.edit(team.sales, ts, "At three")

    await team.gets("At three")
    assert team.notices(root, "still has") == []


async def test_deletion_while_it_leaves_is_told(team: Office) -> None:
    root, ts = await under_way(team)

    await team.workspace.delete(team.sales, ts)
    await team.settled_but_held()
    team.trouble.release()

    await team.notice(root, DELETED)
    assert team.phone() == ["At tree"]


# --- After it left ------------------------------------------------------------------------------------------


async def test_edit_after_it_left_is_told_with_the_new_words(team: Office) -> None:
    root, ts = await sent(team)

    await team.workspace.edit(team.sales, ts, "At three")

    notice = await team.notice(root, ORIGINAL)
    assert team.workspace.words(notice) == f"@Dana {ORIGINAL}\nAt three\n[ Send correction ]"
    assert team.phone() == ["At tree"]


async def test_edit_that_mentions_a_colleague_is_shown_with_the_name(team: Office) -> None:
    root, ts = await sent(team)

    await team.workspace.edit(team.sales, ts, "Ask for @Eli")

    notice = await team.notice(root, ORIGINAL)
    assert "\nAsk for @Eli\n" in team.workspace.words(notice)


async def test_correction_is_sent_and_its_ticks_stand_on_the_notice(team: Office) -> None:
    root, ts = await sent(team)
    await team.workspace.edit(team.sales, ts, "At three")
    notice = await team.notice(root, ORIGINAL)

    await team.click(notice, "correct")

    await team.gets("At tree", "At three")
    await team.reacts(notice["ts"], TICK)
    await team.notice(root, "Correction sent by @Dana.")


async def test_second_edit_before_anybody_acted_changes_the_same_notice(team: Office) -> None:
    root, ts = await sent(team)
    await team.workspace.edit(team.sales, ts, "At three")
    notice = await team.notice(root, ORIGINAL)
    await team.workspace.edit(team.sales, ts, "At three sharp")
    await team.settled()

    await team.click(notice, "correct")

    await team.gets("At tree", "At three sharp")
    assert len(team.notices(root, "still has")) == 1


async def test_edit_after_a_correction_is_told_anew(team: Office) -> None:
    root, ts = await sent(team)
    await team.workspace.edit(team.sales, ts, "At three")
    await team.click(await team.notice(root, ORIGINAL), "correct")
    await team.gets("At tree", "At three")

    await team.workspace.edit(team.sales, ts, "At four")

    await team.notice(root, "At four")


async def test_edit_that_slack_tells_twice_is_told_once(team: Office) -> None:
    root, ts = await sent(team)
    team.fault("event.message", "twice")

    await team.workspace.edit(team.sales, ts, "At three")

    await team.notice(root, ORIGINAL)
    await team.settled()
    assert len(team.notices(root, "still has")) == 1


async def test_deletion_after_it_left_is_told(team: Office) -> None:
    root, ts = await sent(team)

    await team.workspace.delete(team.sales, ts)

    await team.notice(root, f"@Dana {DELETED}")


async def test_preview_of_a_link_is_no_edit(team: Office) -> None:
    root, ts = await sent(team, "See https://example.com")

    await team.workspace.unfurl(team.sales, ts)
    await team.say(root, "last")

    await team.gets("See https://example.com", "last")
    assert team.notices(root, "still has") == []


async def test_note_that_is_edited_stays_inside(team: Office) -> None:
    root = await team.open()
    ts = await team.say(root, "// tell her no")
    await team.reacts(ts, INTERNAL)

    await team.workspace.edit(team.sales, ts, "tell her no")
    await team.say(root, "last")

    await team.gets("last")


async def test_second_click_is_told_who_was_first(team: Office) -> None:
    root, ts = await sent(team)
    await team.workspace.edit(team.sales, ts, "At three")
    notice = await team.notice(root, ORIGINAL)
    team.fault("chat.update", "hold", times=0)

    await team.click(notice, "correct", team.eli)
    await team.found("select id from messages where settled_how = 'corrected'")  # Slack is asked who he is first
    await team.click(notice, "correct", team.dana)

    await team.told(team.dana, "This was decided already, by @Eli.")
    team.trouble.release()
    await team.gets("At tree", "At three")


async def test_guest_decides_nothing(team: Office) -> None:
    gil = team.workspace.add_member("Gil", kind="guest")
    await team.workspace.join(team.sales, gil)
    root, ts = await sent(team)
    await team.workspace.edit(team.sales, ts, "At three")

    await team.click(await team.notice(root, ORIGINAL), "correct", gil)

    await team.told(gil, "Only full members of this workspace decide about texts.")
    await team.settled()
    assert team.phone() == ["At tree"]


async def test_edit_into_a_note_while_a_try_fails_keeps_it_inside(team: Office) -> None:
    root = await team.open()
    team.fault("users.info", "hold")
    team.fault("textrequest.send", "status", status=429, retry_after_s=1)
    ts = await team.say(root, "She is difficult")
    await team.see(lambda: team.trouble.held, "a send under way")

    await team.workspace.edit(team.sales, ts, "// She is difficult")
    await team.settled_but_held()
    team.trouble.release()
    await team.found("select id from messages where kind = 'reply' and state <> 'sending'")
    await team.let_pass(2)

    await team.reacts(ts, INTERNAL)
    assert team.phone() == []


async def test_retry_of_a_reply_that_was_deleted_meanwhile_is_refused(team: Office) -> None:
    team.textrequest.fail("+14155550134")
    root = await team.open()
    ts = await team.say(root, "Oops")
    notice = await team.notice(root, "did not reach Maria Lopez")
    await team.workspace.delete(team.sales, ts)
    await team.settled()

    await team.click(notice, "retry")

    await team.told(team.dana, "Its message was deleted, so it is not sent.")
    await team.settled()
    assert len(team.textrequest.accepted()) == 1
