"""Every block, element, modal and command, with an app that uses all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, served
from tests.browser.test_conversation import CAT
from tests.browser.test_looks import audited


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served("tests.browser.gallery") as found:
        yield found


def heard(desk: Desk, what: str) -> dict[str, Any]:
    """What the app posted last about something it heard."""
    found = desk.channel.locator(".content").filter(has_text=f"heard: {what} ").last
    expect(found).to_be_visible()
    return dict(json.loads(found.inner_text().partition(f"heard: {what} ")[2]))


def command(desk: Desk, words: str) -> None:
    field = desk.channel.get_by_label("Message #sales-line")
    field.fill(words)
    field.press("Enter")


def modal(desk: Desk) -> Locator:
    """The modal, opened by a button."""
    desk.channel.get_by_role("button", name="Open a modal").click()
    dialog = desk.page.get_by_role("dialog", name="Every input")
    expect(dialog).to_be_visible()
    return dialog


# --- Looking ------------------------------------------------------------------------------------------


def test_rich_text_shows_every_part(desk: Desk) -> None:
    shown = desk.channel.locator("article").first

    for tag, words in {
        "strong": "bold ",
        "em": "italic ",
        "s": "struck ",
        "u": "underlined ",
        "code": "code",
        "mark": " marked ",
        "blockquote": "said somebody",
        "pre": "if (a < b) {",
        "ul li": "a point",
        "ul.indent-1 li": "below it",
    }.items():
        expect(shown.locator(tag).filter(has_text=words).first).to_be_visible()
    for words in ("@Dana", "#sales-line", "@here", "@S0GROUP", "T0TEAM", "#2a9d8f", ":no_such_emoji:", "2023"):
        expect(shown).to_contain_text(words)
    expect(shown.locator("ol")).to_have_attribute("start", "3")
    expect(shown.get_by_role("img", name="wave")).to_have_text("👋🏼")
    expect(shown.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.com/")
    expect(shown.get_by_text("a trap")).to_be_visible()
    expect(shown.get_by_role("link", name="a trap")).to_have_count(0)


def test_layout_shows_every_block(desk: Desk) -> None:
    shown = desk.channel.locator("article").nth(1)

    expect(shown.get_by_role("heading", name="A header sparkles")).to_be_visible()
    expect(shown.locator(".block-section").first).to_contain_text("bold italic struck code a link @Dana")
    expect(shown.locator(".block-section").first).to_contain_text("🎉 <b>")
    expect(shown.locator("blockquote")).to_have_text("quoted")
    expect(shown.locator(".block-fields")).to_contain_text("2023-11-14")
    expect(shown.locator(".block-divider hr")).to_have_count(1)
    expect(shown.locator(".block-context strong")).to_have_text("weight")
    expect(shown.locator(".block-image")).to_contain_text("a cat")
    expect(shown.get_by_role("heading", name="A heading")).to_be_visible()
    expect(shown.get_by_role("cell", name="$45")).to_be_visible()


def test_block_the_page_does_not_know_is_shown_as_such(desk: Desk) -> None:
    unknown = desk.channel.locator("article").nth(1).locator(".unknown")

    expect(unknown).to_contain_text("A block this page does not draw: video")
    expect(unknown).to_contain_text('"video_url": "https://example.com/v"')


def test_gallery_is_named_and_legible(desk: Desk) -> None:
    found = audited(desk)
    modal(desk)
    found += audited(desk)

    desk.page.keyboard.press("Escape")
    assert found == []


# --- Using --------------------------------------------------------------------------------------------


def test_button_asks_before_it_acts(desk: Desk) -> None:
    button = desk.channel.get_by_role("button", name="Refund")
    button.click()
    question = desk.page.get_by_role("dialog", name="Refund $45.00?")
    expect(question).to_contain_text("Maria gets all of it back.")
    question.get_by_role("button", name="Keep it").click()
    expect(question).to_have_count(0)

    button.click()
    question.get_by_role("button", name="Refund").click()

    assert heard(desk, "refund") == {"value": "17"}


def test_overflow_menu_and_selects_tell_the_app(desk: Desk) -> None:
    desk.channel.locator("[data-focus='plain_buttons more']").click()
    desk.page.get_by_role("menuitem", name="Second").click()
    assert heard(desk, "more")["selected_option"]["value"] == "second"

    for mark, choice in (("one", "Third"), ("person", "Gus"), ("channel", "#sales-line")):
        desk.channel.locator(f"[data-focus='menus {mark}']").click()
        desk.page.locator(".popup").get_by_role("option", name=choice).click()
        assert heard(desk, mark)
        expect(desk.channel.locator(f"[data-focus='menus {mark}']")).to_contain_text(choice)


def test_select_asks_the_app_for_its_options(desk: Desk) -> None:
    desk.channel.locator("[data-focus='menus external']").click()
    expect(desk.page.get_by_text("Type at least 1 characters.")).to_be_visible()
    desk.page.get_by_label("Search options").fill("order")
    desk.page.get_by_role("option", name="order 2").click()

    assert heard(desk, "external")["selected_option"]["text"]["text"] == "order 2"


def test_dates_boxes_and_radios_tell_the_app(desk: Desk) -> None:
    desk.channel.locator("[data-focus='menus day']").fill("2026-12-24")
    assert heard(desk, "day") == {"selected_date": "2026-12-24"}
    desk.channel.locator("[data-focus='menus hour']").fill("10:15")
    assert heard(desk, "hour") == {"selected_time": "10:15"}
    desk.channel.get_by_role("checkbox", name="Third").check()
    assert [one["value"] for one in heard(desk, "boxes")["selected_options"]] == ["first", "third"]
    desk.channel.get_by_role("radio", name="First").check()
    assert heard(desk, "radios")["selected_option"]["value"] == "first"


def test_click_without_an_answer_is_refused_as_at_slack(desk: Desk) -> None:
    desk.channel.get_by_role("button", name="Never answered").click()

    expect(desk.channel.locator(".refusal")).to_have_text(
        "Operation timed out. Apps need to respond within 3 seconds."
    )


# --- Commands and shortcuts ---------------------------------------------------------------------------


def test_command_is_suggested_and_answered_to_one_person(desk: Desk) -> None:
    field = desk.channel.get_by_label("Message #sales-line")
    field.press_sequentially("/ec")
    desk.page.get_by_role("option").filter(has_text="/echo").click()
    field.press_sequentially("hello")
    field.press("Enter")

    answer = desk.channel.locator(".whisper").filter(has_text="You said: hello").last
    expect(answer).to_contain_text("Only visible to you")
    desk.become("Gus")
    expect(desk.channel.locator(".whisper")).to_have_count(0)
    desk.become("Dana")
    answer.get_by_role("button", name="Done").click()
    expect(desk.channel.locator(".whisper").filter(has_text="All done.")).to_be_visible()
    desk.channel.get_by_role("button", name="Dismiss message").last.click()
    expect(desk.channel.locator(".whisper").filter(has_text="All done.")).to_have_count(0)


def test_command_that_is_not_answered_fails_as_at_slack(desk: Desk) -> None:
    command(desk, "/late")

    expect(desk.channel.locator(".whisper").last).to_contain_text(
        '/late failed with the error "operation_timeout"'
    )


def test_command_in_a_thread_is_refused(desk: Desk) -> None:
    desk.channel.get_by_label("Message #sales-line").fill("A root")
    desk.page.keyboard.press("Enter")
    root = desk.channel.locator("article").filter(has_text="A root").last
    root.hover()
    root.get_by_role("button", name="Reply in thread").click()

    desk.reply("/echo hello")

    expect(desk.page.locator("#toast")).to_contain_text("Slash commands do not work in threads")


def test_global_shortcut_opens_the_modal(desk: Desk) -> None:
    desk.channel.get_by_role("button", name="Shortcuts").click()
    desk.page.get_by_role("menuitem", name="Open the modal").click()

    expect(desk.page.get_by_role("dialog", name="Every input")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def test_message_shortcut_knows_its_message(desk: Desk) -> None:
    command(desk, "What about this?")
    message = desk.channel.locator("article").filter(has_text="What about this?").last
    message.hover()
    message.get_by_role("button", name="More actions").click()
    desk.page.get_by_role("menuitem", name="About this").click()

    dialog = desk.page.get_by_role("dialog", name="About this")
    expect(dialog).to_contain_text("It says: What about this?")
    dialog.get_by_role("button", name="Close").last.click()


# --- Modals -------------------------------------------------------------------------------------------


def test_modal_says_what_is_wrong_beside_the_field(desk: Desk) -> None:
    dialog = modal(desk)
    dialog.get_by_label("Mail").fill("nobody")
    dialog.get_by_label("Number").fill("0")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_contain_text("Please complete this required field.")
    expect(dialog).to_contain_text("Enter a valid email address")
    expect(dialog).to_contain_text("Must be at least 1.")
    expect(dialog.get_by_label("Words")).to_be_focused()

    dialog.get_by_label("Mail").fill("")
    dialog.get_by_label("Number").fill("")
    dialog.get_by_label("Words").fill("wrong")
    dialog.get_by_label("Words").press("Enter")

    expect(dialog).to_contain_text("That word is wrong.")
    expect(dialog.get_by_label("Words")).to_have_value("wrong")
    desk.page.keyboard.press("Escape")


def test_modal_sends_what_was_chosen(desk: Desk) -> None:
    dialog = modal(desk)
    dialog.get_by_label("Words").fill("All of it")
    for mark, choices in (("many", ["First", "Third"]), ("people", ["Dana"]), ("place", ["#sales-line"])):
        dialog.locator(f"[data-focus='{mark} {mark}']").click()
        for choice in choices:
            dialog.get_by_role("option", name=choice).click()
        if mark != "place":
            desk.page.keyboard.press("Escape")
    dialog.get_by_label("Day").fill("2026-12-24")
    dialog.get_by_label("Moment").fill("2026-12-24T18:00")
    dialog.get_by_role("checkbox", name="Second").check()
    dialog.get_by_role("radio", name="Third").check()
    dialog.get_by_label("Rich").fill("Rich words")
    dialog.get_by_label("Files").set_input_files([CAT])
    expect(dialog.get_by_text("cat.png", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Send").click()

    values = heard(desk, "submit")["values"]
    assert values["words"]["words"]["value"] == "All of it"
    assert values["long"]["long"]["value"] == "As it began"
    assert [one["value"] for one in values["many"]["many"]["selected_options"]] == ["first", "third"]
    assert len(values["people"]["people"]["selected_users"]) == 1
    assert values["place"]["place"]["selected_conversation"].startswith("C")
    assert values["day"]["day"]["selected_date"] == "2026-12-24"
    assert values["moment"]["moment"]["selected_date_time"] > 1_790_000_000
    assert values["boxes"]["boxes"]["selected_options"][0]["value"] == "second"
    assert values["radios"]["radios"]["selected_option"]["value"] == "third"
    assert values["rich"]["rich"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "Rich words"
    assert values["files"]["files"]["files"][0]["name"] == "cat.png"
    expect(dialog).to_have_count(0)


def test_modal_is_changed_by_the_app(desk: Desk) -> None:
    dialog = modal(desk)
    dialog.get_by_label("Words").fill("update")
    dialog.get_by_role("button", name="Send").click()

    changed = desk.page.get_by_role("dialog", name="Updated")
    expect(changed).to_contain_text("It changed.")
    changed.get_by_role("button", name="Close").last.click()
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def test_modal_above_a_modal_leads_back_with_everything_in_it(desk: Desk) -> None:
    dialog = modal(desk)
    dialog.get_by_label("Words").fill("push")
    dialog.get_by_role("button", name="Send").click()
    above = desk.page.get_by_role("dialog", name="Pushed")
    expect(above).to_contain_text("One above the other.")

    above.get_by_role("button", name="Back").last.click()

    expect(desk.page.get_by_role("dialog", name="Every input")).to_be_visible()
    expect(desk.page.get_by_label("Words")).to_have_value("push")
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def test_home_is_drawn_and_its_button_works(desk: Desk) -> None:
    desk.slack.get_by_role("navigation").get_by_role("button", name="Threadline").click()
    expect(desk.slack.get_by_role("heading", name="At home")).to_be_visible()

    desk.slack.get_by_role("button", name="Press").click()
    desk.slack.get_by_role("navigation").get_by_role("button", name="sales-line").click()

    assert heard(desk, "home_button") == {}
