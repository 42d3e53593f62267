"""What goes wrong on request, and what people see of it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.desk import Desk


def test_bot_that_is_killed_loses_nothing(desk: Desk) -> None:
    desk.begin("Ada Reyes")
    desk.open_trouble()
    desk.trouble.get_by_role("button", name="Kill the bot").click()
    expect(desk.trouble).to_contain_text("The bot is down")

    desk.text("Is there a lift?")
    desk.reply("Take the stairs on the left")
    expect(desk.bubble("Is there a lift?")).to_contain_text("not confirmed yet")
    desk.trouble.get_by_role("button", name="Start the bot").click()
    expect(desk.trouble).to_contain_text("The bot is running")

    desk.shows("Take the stairs on the left", "delivered")
    expect(desk.bubble("Take the stairs on the left")).to_have_count(1)
    expect(desk.message("Is there a lift?")).to_have_count(1)
    expect(desk.bubble("Is there a lift?")).to_contain_text("Delivered")


def test_bot_that_is_killed_and_started_again_goes_on(desk: Desk) -> None:
    desk.begin("Ben Haas")
    desk.open_trouble()

    desk.trouble.get_by_role("button", name="Kill and start again").click()
    desk.reply("Still with you")

    desk.shows("Still with you", "delivered")
    expect(desk.bubble("Still with you")).to_have_count(1)


def test_provider_that_cannot_be_reached_gets_the_reply_later(desk: Desk) -> None:
    desk.begin("Cora Lind")
    desk.turn("Cannot be reached")

    desk.reply("Can you hear us?")
    desk.shows("Can you hear us?", "waiting")
    expect(desk.bubble("Can you hear us?")).to_have_count(0)
    desk.turn("Cannot be reached")

    desk.shows("Can you hear us?", "delivered")
    expect(desk.bubble("Can you hear us?")).to_have_count(1)


def test_answer_that_gets_lost_never_sends_a_text_twice(desk: Desk) -> None:
    desk.begin("Dan Ito")
    desk.next_time("provider_drop")

    desk.reply("Only once, please")

    desk.shows("Only once, please", "delivered")
    expect(desk.bubble("Only once, please")).to_have_count(1)


def test_server_error_leaves_the_decision_to_a_person(desk: Desk) -> None:
    desk.begin("Elsa Bay")
    desk.next_time("provider_500")
    desk.reply("Did this go out?")
    desk.shows("Did this go out?", "unknown")

    desk.thread.get_by_role("button", name="Send again").click()
    question = desk.page.get_by_role("dialog")
    expect(question).to_contain_text("they get it twice")
    question.get_by_role("button", name="Send again").click()

    desk.shows("Did this go out?", "delivered")
    expect(desk.bubble("Did this go out?")).to_have_count(1)


def test_order_in_doubt_is_checked_and_ordered_again_by_a_person(desk: Desk) -> None:
    number = desk.begin("Gita Rao")
    desk.next_time("order_500")
    asked = desk.asks(f"/send voice {number} Your boiler is mended", "by ClickSend?")
    desk.presses(asked, "Send", "Ordered: ")
    doubtful = desk.message("It is not known whether this went out")
    expect(doubtful).to_be_visible()
    order = desk.thread.locator(f"article[data-ts='{doubtful.get_attribute('data-ts')}']")

    order.get_by_role("button", name="Check").click()
    expect(desk.thread.locator("article.whisper")).to_contain_text("has no trace of it yet")
    order.get_by_role("button", name="Order again").click()
    question = desk.page.get_by_role("dialog")
    expect(question).to_contain_text("it happens twice")
    question.get_by_role("button", name="Order again").click()

    expect(order).to_contain_text("ordered it again")
    expect(order).not_to_contain_text("It is not known")
    expect(order.get_by_role("button", name="Order again")).to_have_count(0)


def test_confirm_dialog_that_is_declined_does_nothing(desk: Desk) -> None:
    desk.begin("Finn Abel")
    desk.next_time("provider_500")
    desk.reply("Wait with this")
    desk.shows("Wait with this", "unknown")

    desk.thread.get_by_role("button", name="Send again").click()
    desk.page.keyboard.press("Escape")

    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    expect(desk.thread.get_by_role("button", name="Send again")).to_be_focused()
    desk.shows("Wait with this", "unknown")


def test_webhook_and_event_that_come_twice_are_shown_once(desk: Desk) -> None:
    desk.begin("Gwen Ott")
    desk.next_time("hook_twice")
    desk.next_time("event_twice")

    desk.text("Once in Slack")
    expect(desk.message("Once in Slack")).to_have_count(1)
    desk.reply("Once on the phone")
    desk.shows("Once on the phone", "delivered")

    expect(desk.message("Once in Slack")).to_have_count(1)
    expect(desk.bubble("Once on the phone")).to_have_count(1)


def test_post_whose_answer_is_lost_is_shown_once(desk: Desk) -> None:
    desk.begin("Hugo Paz")
    desk.next_time("slack_drop")

    desk.text("Posted, but unanswered")
    desk.text("And one behind it")

    expect(desk.message("And one behind it")).to_have_count(1)
    expect(desk.message("Posted, but unanswered")).to_have_count(1)


def test_webhook_that_is_lost_is_found_again(desk: Desk) -> None:
    desk.begin("Ines Ruiz")
    desk.next_time("hook_lost")

    desk.text("Lost on its way")

    expect(desk.message("Lost on its way")).to_have_count(1, timeout=30_000)


def test_click_without_an_answer_shows_what_slack_shows(desk: Desk) -> None:
    desk.begin("Jon Vik")
    desk.next_time("provider_500")
    desk.reply("A click is coming")
    desk.shows("A click is coming", "unknown")
    desk.next_time("no_acks")

    desk.thread.get_by_role("button", name="It arrived").click()

    expect(desk.thread).to_contain_text("Operation timed out. Apps need to respond within 3 seconds.")


def test_refused_number_is_told_at_once(desk: Desk) -> None:
    desk.begin("Kai Moser")
    desk.phone_menu("Number refused by the provider")

    desk.reply("To a landline")

    desk.shows("To a landline", "failed")
    expect(desk.bubble("To a landline")).to_have_count(0)


def test_cut_connections_come_back(desk: Desk) -> None:
    desk.begin("Lars Holm")
    desk.open_trouble()

    desk.trouble.get_by_role("button", name="Cut", exact=True).click()
    desk.reply("Are you back?")

    desk.shows("Are you back?", "delivered")


def test_what_the_bot_does_is_listed_without_words(desk: Desk) -> None:
    desk.begin("Max Bauer", "A secret of Max")
    desk.open_trouble()

    desk.trouble.get_by_role("tab", name="What the bot does").click()

    expect(desk.trouble.locator(".wire li").filter(has_text="chat.postMessage").first).to_be_visible()
    expect(desk.trouble.locator(".wire")).not_to_contain_text("secret")


def test_all_levers_are_switched_off_together(desk: Desk) -> None:
    desk.turn("Cannot be reached")
    desk.next_time("slack_429")
    expect(desk.page.locator("#open-trouble .count")).to_have_text("2")

    desk.trouble.get_by_role("button", name="Switch all off").click()

    expect(desk.page.locator("#open-trouble .count")).to_have_count(0)
    expect(desk.trouble).to_contain_text("Everything works.")
