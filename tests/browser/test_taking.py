"""Taking, resolving and reopening on a card, and App Home, as people see them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.desk import PATIENCE_MS, Desk


def card_of(desk: Desk, name: str) -> Locator:
    resolve = desk.page.get_by_role("button", name=re.compile("^(Resolve|Reopen)$"))
    return desk.channel.locator("article").filter(has_text=name).filter(has=resolve)


def test_conversation_is_taken_resolved_and_opened_again_by_a_text(desk: Desk) -> None:
    desk.begin("Ida Moe", "Is the flat still to let?")
    card = card_of(desk, "Ida Moe")

    card.get_by_role("button", name="Take", exact=True).click()
    expect(card).to_contain_text("💬 Open · Owner @Dana", timeout=PATIENCE_MS)
    expect(card.get_by_role("button", name="Assign")).to_be_visible()
    card.get_by_role("button", name="Resolve").click()
    expect(card).to_contain_text("✅ Done", timeout=PATIENCE_MS)
    expect(card.get_by_role("button", name="Reopen")).to_be_visible()
    desk.text("One more thing")

    expect(desk.message("One more thing").last).to_contain_text("For @Dana")
    expect(desk.thread).to_contain_text("Open again: Ida Moe texted.")
    expect(card).to_contain_text("💬 Open", timeout=PATIENCE_MS)


def test_conversation_is_handed_on_in_a_window(desk: Desk) -> None:
    desk.begin("Jon Day")
    card = card_of(desk, "Jon Day")
    card.get_by_role("button", name="Take", exact=True).click()

    card.get_by_role("button", name="Assign").click()
    window = desk.page.get_by_role("dialog")
    expect(window).to_contain_text("Choose nobody to leave Jon Day")
    window.get_by_label("Owner").click()
    desk.page.get_by_role("listbox").get_by_role("option", name="Sam").click()
    window.get_by_role("button", name="Assign").click()

    expect(window).to_contain_text("is Sam’s.")
    window.get_by_role("button", name="Close").last.click()
    expect(desk.thread).to_contain_text("assigned Jon Day to you.")
    expect(card).to_contain_text("Owner @Sam", timeout=PATIENCE_MS)


def test_home_shows_what_is_theirs_and_what_can_be_taken(desk: Desk) -> None:
    desk.begin("Kim Roy", "Do you have bikes?")

    desk.page.locator(".sidebar").get_by_role("button", name="Threadline").click()
    home = desk.page.locator(".home")
    expect(home).to_contain_text("Kim Roy → ", timeout=PATIENCE_MS)
    expect(home).to_contain_text("They: Do you have bikes?")
    row = home.get_by_role("button", name="Take", exact=True).first
    row.click()

    expect(home).to_contain_text("Kim Roy → Sales line · 💬 Open", timeout=PATIENCE_MS)


def test_home_is_there_in_a_tab_that_is_loaded_anew(desk: Desk) -> None:
    desk.begin("Lev Ost", "Do you have bells?")
    desk.become("Sam")
    desk.page.evaluate("async () => (await import('/static/place.js')).go({ channel: 'app', touched: true })")
    home = desk.page.locator(".home")
    expect(home).to_contain_text("shows nothing here yet")  # nobody told the app that Sam looks at it

    desk.page.reload()

    expect(home).to_contain_text("Lev Ost → ", timeout=PATIENCE_MS)
