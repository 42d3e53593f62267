"""Notices: a sentence, what to do, the buttons for it, and what was decided. Every reason there is has words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.model import Kind, MemberId
from bot.views import notices
from bot.views.buttons import Action
from tests.views.cases import conversation, leaves, message, notice, texts, words
from tests.views.check_blocks import check_post
from tests.views.test_thread import HOSTILE, NAMES

ROOT = Path(__file__).parents[2]
REASONS = sorted(notices.SAID)
DECISIONS = sorted(notices._SETTLED)
BUTTONS = {
    "failed": "[Retry]",
    "gave_up": "[Retry]",
    "uncertain": "[Check]\n[Send again]\n[It arrived]",
    "offered": "[Send it]\n[Keep internal]",
    "edited": "[Send correction]",
}


# --- What is said -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", REASONS)
def test_notice_mentions_the_author_and_says_what_happened(reason: str) -> None:
    post = notices.notice(conversation(), notice(reason, "the reason."))

    assert words(post).startswith("@U1 ")
    assert not re.search(r"[{}]", words(post))
    check_post(post)


@pytest.mark.parametrize("reason", REASONS)
def test_notice_has_the_buttons_of_its_reason(reason: str) -> None:
    shown = [
        line for line in words(notices.notice(conversation(), notice(reason, "x"))).split("\n") if "[" in line
    ]

    assert "\n".join(shown) == BUTTONS.get(reason, "")


def test_who_is_assigned_something_reads_by_whom() -> None:
    assert words(notices.notice(conversation(), notice("assigned", "@Eli"))) == (
        "@U1 👋 @Eli assigned Maria Lopez to you."
    )


def test_failure_says_why_and_ends_with_the_providers_code() -> None:
    post = notices.notice(conversation(), notice("failed", "The number cannot be texted.", code="30003"))

    assert words(post) == (
        "@U1 ⚠️ This text did not reach Maria Lopez. The number cannot be texted. (error 30003)\n[Retry]"
    )


def test_failure_without_a_reason_says_that() -> None:
    assert "The provider gave no reason." in words(notices.notice(conversation(), notice("failed")))


def test_edit_is_quoted_while_nobody_acted() -> None:
    post = notices.notice(conversation(), notice("edited", "At three"))

    assert words(post) == "@U1 Maria Lopez still has the original text.\nAt three\n[Send correction]"


def test_notice_about_a_bots_post_mentions_nobody() -> None:
    post = notices.notice(conversation(), notice("offered", author="B2"))

    assert {leaf["type"] for leaf in leaves(post)} == {"text"}


def test_reason_of_another_version_is_shown_in_its_own_words() -> None:
    post = notices.notice(conversation(), notice("a reason of tomorrow", "Something happened."))

    assert words(post) == "@U1 Something happened."
    check_post(post)


# --- What was decided ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", REASONS)
def test_decided_notice_says_who_decided_and_has_no_buttons(reason: str) -> None:
    for how in DECISIONS:
        post = notices.notice(conversation(), notice(reason, "x", settled_how=how, settled_by=MemberId("U2")))

        shown = words(post).split("\n")
        assert shown[-1].endswith(notices._SETTLED[how].format(member="@U2"))
        assert [block["type"] for block in post.blocks] == ["rich_text"]
        check_post(post)


def test_notice_that_the_provider_settled_names_nobody() -> None:
    post = notices.notice(conversation(), notice("uncertain", settled_how="found", settled_by=None))

    assert words(post).endswith("The provider has it: it was sent.")


# --- Whatever is in it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", REASONS)
def test_notice_with_any_name_is_one_that_slack_takes(reason: str) -> None:
    for name in NAMES:
        check_post(notices.notice(conversation(contact_name=name), notice(reason, "x")))


@pytest.mark.parametrize("reason", REASONS)
def test_notice_with_any_words_is_one_that_slack_takes(reason: str) -> None:
    for body in HOSTILE:
        check_post(notices.notice(conversation(), notice(reason, body, code="<!here>")))


# --- Clicks and alerts --------------------------------------------------------------------------------------


def test_second_click_is_told_who_was_first() -> None:
    assert notices.already(MemberId("U2"), "retried") == "This was decided already, by <@U2>."


def test_second_click_after_a_report_is_told_that() -> None:
    assert notices.already(None, "reported") == "This was decided already, by the provider's report."


def test_click_for_a_deleted_message_is_told_that() -> None:
    assert notices.already(None, "cancelled").startswith("Its message was deleted, so it is not sent.")


def test_click_on_what_nobody_knows_any_more_is_told_that() -> None:
    assert notices.already(None, "") == "This button is too old to be used."


@pytest.mark.parametrize("body", [body for body in HOSTILE if body.strip()])
def test_alert_of_any_words_is_one_that_slack_takes(body: str) -> None:
    check_post(notices.alert(message(body, Kind.ALERT)))


def test_alert_names_the_channel() -> None:
    post = notices.alert(message("“Sales” lost its channel <#C0SALES>: it was archived.", Kind.ALERT))

    assert [leaf["type"] for leaf in leaves(post)] == ["text", "channel", "text"]
    assert words(post) == post.text == "“Sales” lost its channel #C0SALES: it was archived."
    check_post(post)


def test_alert_that_concerns_somebody_mentions_them_and_quotes_others_literally() -> None:
    post = notices.alert(message("📝 RF-200 · <#C0SALES>: <@U2> & co", Kind.ALERT, author="U1"))

    assert [leaf["type"] for leaf in leaves(post)] == ["user", "text", "text"]
    assert words(post) == "@U1 📝 RF-200 · <#C0SALES>: <@U2> & co"
    check_post(post)


def test_reason_of_a_failure_stays_on_one_line() -> None:
    post = notices.notice(conversation(), notice("failed", "Blocked\r\n\u202e✅ It\x00 arrived"))

    assert words(post).splitlines()[0] == "@U1 ⚠️ This text did not reach Maria Lopez. Blocked ✅ It arrived"


def test_notice_for_the_channel_as_well_is_posted_there() -> None:
    assert notices.notice(conversation(), message("Late.", Kind.NOTICE, broadcast=True)).broadcast


# --- Tables -------------------------------------------------------------------------------------------------


def used(pattern: str) -> set[str]:
    """The words that code writes in a place of its own."""
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]
    return {word for file in files for word in re.findall(pattern, file.read_text())}


def test_every_reason_that_is_ever_noticed_has_words() -> None:
    reasons = used(r'NewNotice\(\s*reason="(\w+)"') | used(r'Refusal\("(\w+)"') | used(r'Verdict\.REFUSE, "(\w+)"')

    assert len(reasons) > 5
    assert reasons <= set(notices.SAID)


def test_every_button_is_offered_by_some_notice() -> None:
    offered = {action for said in notices.SAID.values() for action in said.actions}

    assert offered == set(Action)


def test_texts_of_a_decision_are_in_italics() -> None:
    post = notices.notice(conversation(), notice("failed", "x", settled_how="retried", settled_by=MemberId("U2")))

    assert texts(post)[-2:] == ["Sent again by ", "."]
    assert [leaf.get("style") for leaf in leaves(post)[-3:]] == [{"italic": True}, None, {"italic": True}]
