"""A callback as people see it: asked for by a button for a time, followed on its card to its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.browser.desk import PATIENCE_MS, Desk


def window_for(desk: Desk, name: str) -> Locator:
    """The window behind *Call back* on the card that opens the contact's thread."""
    button = desk.page.get_by_role("button", name="Call back")
    root = desk.channel.locator("article").filter(has_text=name).filter(has=button)
    root.get_by_role("button", name="Call back").click()
    window = desk.page.get_by_role("dialog", name="Call back")
    expect(window.get_by_label("Subject")).to_be_visible()
    return window


def choose(desk: Desk, window: Locator, field: str, typed: str, option: str) -> None:
    """Type into a menu of the window, and choose what the contact centre has for it."""
    window.get_by_role("button", name=field).click()
    desk.page.get_by_label("Search options").fill(typed)
    desk.page.get_by_role("option", name=option).click()


def test_callback_is_queued_by_the_button_and_followed_to_its_end(desk: Desk) -> None:
    desk.begin("Ivo Dahl", "Please call me")
    window = window_for(desk, "Ivo Dahl")
    choose(desk, window, "Group of agents", "sup", "Support")
    window.get_by_label("Subject").fill("About the lease")

    window.get_by_role("button", name="Queue").click()
    expect(window).to_contain_text("Queueing a callback to Ivo Dahl")
    window.get_by_role("button", name="Close").last.click()

    card = desk.message("📞 Callback · About the lease").first
    expect(card).to_contain_text("group Support")
    expect(card).to_contain_text("asked by")
    card.get_by_role("button", name="Refresh").click()
    expect(card).to_contain_text("✅ Done", timeout=2 * PATIENCE_MS)
    expect(desk.message("Callback · About the lease: done.")).to_be_visible()


def test_callback_for_a_time_shows_it_on_both_clocks(desk: Desk) -> None:
    desk.begin("Kim Lund")
    window = window_for(desk, "Kim Lund")
    choose(desk, window, "Group of agents", "", "Sales")
    day = datetime.now(UTC).date() + timedelta(days=2)
    window.get_by_label("Day").fill(day.isoformat())
    window.get_by_role("button", name="Queue").click()
    expect(window).to_contain_text("Choose a time as well, or leave both empty for now.")

    window.get_by_label("Time").fill("10:00")
    choose(desk, window, "Agent (optional)", "kim", "kim")
    window.get_by_role("button", name="Queue").click()

    expect(window).to_contain_text("for them), at group Sales, for agent kim.")
    card = desk.message("📞 Callback · Call back Kim Lund").first
    expect(card).to_contain_text("for them) · group Sales · agent kim")
