"""A payment as people see it: asked for by a button, paid on the phone, and closed on its card."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.desk import PATIENCE_MS, Desk


def root_of(desk: Desk, name: str) -> Locator:
    """The card that opens the contact's thread."""
    request = desk.page.get_by_role("button", name="Request payment")
    return desk.channel.locator("article").filter(has_text=name).filter(has=request)


def ask(desk: Desk, name: str, amount: str, description: str) -> Locator:
    """Fill in the window behind *Request payment*; the payment's card."""
    root_of(desk, name).get_by_role("button", name="Request payment").click()
    window = desk.page.get_by_role("dialog")
    window.get_by_label("Amount").fill(amount)
    window.get_by_label("What for").fill(description)
    window.get_by_role("button", name="Request").click()
    expect(window).to_contain_text(f"Asking {name}")
    window.get_by_role("button", name="Close").last.click()
    card = desk.thread.locator("article").filter(has_text="💳").filter(has_text=description)
    expect(card).to_contain_text("· Sent", timeout=PATIENCE_MS)
    return card


def test_payment_is_asked_for_and_paid_on_the_phone(desk: Desk) -> None:
    desk.begin("Nora Berg", "How do I pay?")
    card = ask(desk, "Nora Berg", "45", "Deposit")
    expect(card.get_by_role("button", name="Remind")).to_be_visible()

    with desk.page.expect_popup() as opened:
        desk.bubble("Please pay $45.00 with this link:").get_by_role("link").click()
    expect(opened.value.get_by_role("heading")).to_have_text(re.compile(r"\$45\.00, Paid$"))

    expect(card).to_contain_text("✅ Paid", timeout=PATIENCE_MS)
    expect(card.get_by_role("button")).to_have_count(0)
    expect(desk.message("$45.00 · Deposit: paid.")).to_be_visible()


def test_payment_is_cancelled_after_a_question(desk: Desk) -> None:
    desk.begin("Olaf Lie")
    card = ask(desk, "Olaf Lie", "12,50", "Keys")

    card.get_by_role("button", name="Cancel").click()
    question = desk.page.get_by_role("dialog")
    expect(question).to_contain_text("tells the contact by text that they need not pay")
    question.get_by_role("button", name="Cancel").click()

    expect(card).to_contain_text("🚫 Cancelled", timeout=PATIENCE_MS)
    expect(desk.bubble("Your payment of $12.50 is cancelled.")).to_be_visible()
