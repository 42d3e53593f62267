"""A whole round with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.desk import REACTIONS, Desk


def tab_to(page: Page, label: str, presses: int = 80) -> None:
    """Press Tab until the thing with this name has the focus."""
    name = (
        "() => { const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent.trim(); }"
    )
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(name) == label:
            return
    raise AssertionError(f"{label!r} cannot be reached with Tab.")


def focus_is_visible(page: Page) -> bool:
    script = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none'; }"
    return bool(page.evaluate(script))


def test_text_reply_and_reaction_without_a_mouse(desk: Desk) -> None:
    page, keys = desk.page, desk.page.keyboard
    desk.after_the_story()
    tab_to(page, "Add a contact")
    assert focus_is_visible(page)
    keys.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    keys.type("Ann Keys")
    keys.press("Tab")
    keys.type("(415) 555-0290")
    keys.press("Enter")
    expect(desk.phone.get_by_role("tab", name="Ann")).to_have_attribute("aria-selected", "true")
    tab_to(page, "Text message")
    keys.type("No mouse here")
    keys.press("Enter")
    expect(desk.bubble("No mouse here")).to_contain_text("Delivered")

    tab_to(page, "Messages of the channel")
    keys.press("End")
    expect(page.locator("article:focus")).to_contain_text("Ann Keys")
    keys.press("t")
    expect(desk.message("No mouse here")).to_be_visible()
    tab_to(page, "Reply")
    keys.type("None here either :che")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    keys.press("Enter")
    keys.press("Enter")

    reactions = desk.message("None here either").first.locator(".reactions")
    expect(reactions).to_have_attribute("data-names", REACTIONS["delivered"])
    expect(desk.bubble("None here either")).to_contain_text("Delivered")


def test_messages_are_walked_with_arrows_and_answered_with_keys(desk: Desk) -> None:
    desk.begin("Ida Keys", "The first one")
    desk.reply("Fix this")
    desk.shows("Fix this", "delivered")
    page = desk.page

    desk.thread.get_by_role("log").focus()
    page.keyboard.press("End")
    expect(page.locator("article:focus")).to_contain_text("Fix this")
    page.keyboard.press("ArrowUp")
    expect(page.locator("article:focus")).to_contain_text("The first one")
    page.keyboard.press("r")
    expect(page.get_by_label("Search emoji")).to_be_focused()
    page.keyboard.type("eyes")
    page.keyboard.press("Enter")
    expect(desk.message("The first one").first.locator("[data-reaction=eyes]")).to_be_visible()
    desk.thread.get_by_role("log").focus()
    page.keyboard.press("End")
    page.keyboard.press("e")
    expect(desk.thread.get_by_label("Edit message")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("article:focus")).to_contain_text("Fix this")


def test_last_message_is_edited_with_the_arrow_up(desk: Desk) -> None:
    desk.begin("Joy Keys")
    desk.reply("A typo hree")
    desk.shows("A typo hree", "delivered")

    desk.thread.get_by_label("Reply", exact=True).press("ArrowUp")
    desk.thread.get_by_label("Edit message").press("End")
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type("A typo here")
    desk.page.keyboard.press("Enter")

    expect(desk.message("A typo here").first).to_contain_text("(edited)")


def test_escape_closes_what_is_open(desk: Desk) -> None:
    desk.begin("Leo Keys")
    page = desk.page
    desk.open_trouble()
    expect(page.get_by_role("button", name="Close Trouble")).to_be_focused()

    page.keyboard.press("Escape")
    expect(desk.trouble).to_be_hidden()
    expect(page.locator("#open-trouble")).to_be_focused()
    desk.thread.get_by_label("Reply", exact=True).press("Escape")

    expect(desk.thread).to_be_hidden()
    expect(desk.channel.get_by_label("Message #sales-line")).to_be_focused()


def test_menu_is_walked_with_arrows(desk: Desk) -> None:
    desk.meet("Mel Keys")
    button = desk.phone.locator(".phone-head [aria-haspopup=menu]")

    button.press("Enter")
    expect(desk.page.get_by_role("menuitemcheckbox", name="Switched off: texts fail")).to_be_focused()
    desk.page.keyboard.press("ArrowUp")
    expect(desk.page.get_by_role("menuitem", name="Text START")).to_be_focused()
    desk.page.keyboard.press("Escape")

    expect(button).to_be_focused()


def test_lever_is_turned_with_the_space_bar(desk: Desk) -> None:
    desk.open_trouble()
    switch = desk.trouble.get_by_role("switch", name="Receipts come twice")

    switch.press(" ")
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(switch).to_be_focused()
    switch.press(" ")

    expect(switch).to_have_attribute("aria-checked", "false")
