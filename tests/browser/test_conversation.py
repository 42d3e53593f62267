"""Texts and replies between a phone and a team, as people see them."""

from __future__ import annotations

import base64

from playwright.sync_api import FilePayload, Route, expect

from tests.browser.desk import PATIENCE_MS, Desk

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CAT: FilePayload = {"name": "cat.png", "mimeType": "image/png", "buffer": PNG}


def test_text_opens_a_thread_with_a_card(desk: Desk) -> None:
    desk.meet("Ana Silva")

    desk.text("Are you open on Sunday?")

    card = desk.channel.locator("article").filter(has_text="Ana Silva")
    expect(card).to_contain_text("Are you open on Sunday?")
    desk.open_thread("Ana Silva")
    expect(desk.message("Are you open on Sunday?")).to_have_count(1)
    expect(desk.bubble("Are you open on Sunday?")).to_contain_text("Delivered")


def test_reply_reaches_the_phone_and_is_ticked_after_its_receipt(desk: Desk) -> None:
    desk.begin("Bo Larsen")

    desk.turn("No delivery receipts")
    desk.reply("We are on our way :truck:")
    desk.shows("We are on our way", "accepted")
    expect(desk.bubble("We are on our way 🚚")).to_contain_text("Under way")
    desk.turn("No delivery receipts")
    desk.reply("And we are there")

    desk.shows("And we are there", "delivered")
    expect(desk.bubble("And we are there")).to_contain_text("Delivered")


def test_text_that_fails_is_retried_by_its_button(desk: Desk) -> None:
    desk.begin("Cem Aydin")
    desk.phone_menu("Switched off: texts fail")
    desk.reply("The door code is 4711")
    desk.shows("The door code is 4711", "failed")
    expect(desk.bubble("The door code is 4711")).to_contain_text("Did not arrive")

    desk.phone_menu("Switched off: texts fail")
    desk.thread.get_by_role("button", name="Retry").click()

    desk.shows("The door code is 4711", "delivered")
    expect(desk.phone.locator(".text:not(.failed)").filter(has_text="The door code is 4711")).to_have_count(1)
    expect(desk.thread.get_by_role("button", name="Retry")).to_have_count(0)


def test_note_stays_inside(desk: Desk) -> None:
    desk.begin("Dora Klein")

    desk.reply("// she was late last time")
    desk.shows("she was late last time", "internal")
    desk.reply("See you at 3")
    desk.shows("See you at 3", "delivered")

    expect(desk.bubble("See you at 3")).to_be_visible()
    expect(desk.bubble("late last time")).to_have_count(0)


def test_edit_after_sending_is_offered_as_a_correction(desk: Desk) -> None:
    desk.begin("Eva Novak")
    desk.reply("Come at 4 pm")
    desk.shows("Come at 4 pm", "delivered")

    desk.do("Come at 4 pm", "Edit message")
    desk.thread.get_by_label("Edit message").fill("Come at 5 pm")
    desk.thread.get_by_role("button", name="Save").click()
    expect(desk.thread).to_contain_text("still has the original text")
    expect(desk.bubble("5 pm")).to_have_count(0)
    desk.thread.get_by_role("button", name="Send correction").click()

    expect(desk.bubble("Come at 5 pm")).to_contain_text("Delivered")
    expect(desk.bubble("Come at 4 pm")).to_have_count(1)
    expect(desk.thread).to_contain_text("(edited)")


def test_deleted_reply_is_said_to_be_on_the_phone_still(desk: Desk) -> None:
    desk.begin("Fay Wong")
    desk.reply("Wrong person")
    desk.shows("Wrong person", "delivered")

    desk.do("Wrong person", "Delete message")
    desk.page.get_by_role("dialog").get_by_role("button", name="Delete").click()

    expect(desk.thread).to_contain_text("still has the text that was deleted here")
    expect(desk.bubble("Wrong person")).to_be_visible()


def test_who_opted_out_is_left_alone_until_they_opt_in(desk: Desk) -> None:
    desk.begin("Gil Roth")
    desk.phone_menu("Text STOP")
    expect(desk.message("STOP")).to_be_visible()

    desk.reply("One last thing")
    desk.shows("One last thing", "not sent")
    expect(desk.thread).to_contain_text("opted out of texts")
    desk.phone_menu("Text START")
    expect(desk.message("START").first).to_be_visible()
    desk.reply("Welcome back")

    desk.shows("Welcome back", "delivered")
    expect(desk.bubble("One last thing")).to_have_count(0)


def test_guest_texts_nobody(desk: Desk) -> None:
    desk.begin("Hana Sato")

    desk.become("Gus")
    desk.reply("May I?")

    desk.shows("May I?", "not sent")
    expect(desk.thread).to_contain_text("guests cannot text contacts")
    expect(desk.bubble("May I?")).to_have_count(0)


def test_picture_of_a_contact_is_on_both_sides(desk: Desk) -> None:
    desk.begin("Ivo Maric")

    with desk.page.expect_file_chooser() as chooser:
        desk.phone.get_by_role("button", name="Attach a picture").click()
    chooser.value.set_files([CAT])
    expect(desk.phone.locator(".attached")).to_contain_text("cat.png")
    desk.text("My cat")

    shown = desk.bubble("My cat").locator("img")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 1
    link = desk.message("My cat").get_by_role("link")
    expect(link).to_be_visible()
    assert desk.page.request.get(str(link.evaluate("link => link.href"))).body() == PNG


def test_file_of_a_member_is_shown_and_said_not_to_be_sent(desk: Desk) -> None:
    desk.begin("Jan Dvorak")

    with desk.page.expect_file_chooser() as chooser:
        desk.thread.get_by_role("button", name="Attach files").click()
    chooser.value.set_files([CAT])
    desk.reply("Our menu")

    desk.shows("Our menu", "not sent")
    expect(desk.message("Our menu").first.locator("img")).to_be_visible()


def test_reply_sent_to_the_channel_as_well_stands_in_both(desk: Desk) -> None:
    desk.begin("Kim Park")

    desk.thread.get_by_label("Also send to #sales-line").check()
    desk.reply("Kim gets a discount")

    expect(desk.channel.locator("article").filter(has_text="Kim gets a discount")).to_contain_text("replied to")
    expect(desk.message("Kim gets a discount")).to_contain_text("Also sent to the channel")
    expect(desk.thread.get_by_label("Also send to #sales-line")).not_to_be_checked()


def test_members_react_and_take_it_back(desk: Desk) -> None:
    desk.begin("Lea Brun", "I am at the door")
    message = desk.message("I am at the door").first

    message.hover()
    message.get_by_role("button", name="React with eyes").click()
    desk.become("Sam")
    message.locator("[data-reaction=eyes]").click()
    expect(message.locator("[data-reaction=eyes]")).to_contain_text("2")
    message.locator("[data-reaction=eyes]").click()

    expect(message.locator("[data-reaction=eyes]")).to_contain_text("1")
    expect(message.locator("[data-reaction=eyes]")).to_have_attribute("aria-pressed", "false")


def test_emoji_is_found_by_its_name(desk: Desk) -> None:
    desk.begin("Mia Rossi", "Thank you!")
    message = desk.message("Thank you!").first

    message.hover()
    message.get_by_role("button", name="Add a reaction").first.click()
    desk.page.get_by_label("Search emoji").fill("hugging")
    desk.page.get_by_role("option", name="hugging face", exact=True).click()

    expect(message.locator("[data-reaction=hugging_face]")).to_be_visible()


def test_second_page_shows_the_same(desk: Desk) -> None:
    number = desk.begin("Nia Obi")
    other = desk.page.context.new_page()
    other.goto(desk.page.url)

    desk.reply("Both of us see this")

    expect(other.locator(".thread-panel")).to_contain_text("Both of us see this", timeout=PATIENCE_MS)
    expect(other.locator(".phone-tab[aria-selected=true]")).to_have_attribute(
        "title", f"Nia Obi · +1 415 555 {number[-4:]}"
    )


def test_page_that_is_loaded_again_is_where_it_was(desk: Desk) -> None:
    desk.begin("Ole Berg", "Remember me")

    desk.page.reload()

    expect(desk.message("Remember me")).to_be_visible()
    expect(desk.bubble("Remember me")).to_be_visible()


def test_number_that_nobody_can_text_is_refused_beside_its_field(desk: Desk) -> None:
    desk.phone.get_by_role("button", name="Add a contact").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Pia Lund")
    dialog.get_by_label("Number").fill("12")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog).to_contain_text("no number this provider can text")

    dialog.get_by_label("Number").fill("(415) 555-0250")
    dialog.get_by_role("button", name="Add").click()

    expect(desk.phone.get_by_role("tab", name="Pia")).to_have_attribute("aria-selected", "true")
    expect(desk.phone).to_contain_text("Write to Sales line below")


def test_app_that_takes_no_messages_says_so(desk: Desk) -> None:
    desk.slack.get_by_role("navigation").get_by_role("button", name="Threadline").click()

    app = desk.slack.locator(".app-panel")
    app.get_by_role("tab", name="Messages").click()
    expect(app).to_contain_text("Sending messages to this app has been turned off.")
    expect(app.locator("textarea")).to_have_count(0)


def test_channel_without_messages_says_where_one_is(desk: Desk) -> None:
    desk.slack.get_by_role("navigation").get_by_role("button", name="general").click()

    expect(desk.channel.get_by_text("This is the very beginning of #general.")).to_be_visible()


def test_words_typed_while_others_are_sent_are_kept(desk: Desk) -> None:
    desk.begin("Otto Roth")
    field = desk.thread.get_by_label("Reply", exact=True)

    held: list[Route] = []
    desk.page.route("**/act/say", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks it

    with desk.page.expect_request("**/act/say"):
        desk.reply("// the first note")
    field.fill("half a sentence")
    held[0].continue_()

    expect(desk.message("the first note")).to_have_count(1)
    expect(field).to_have_value("half a sentence")


def test_words_that_cannot_be_sent_come_back(desk: Desk) -> None:
    desk.begin("Quinn Rey")
    field = desk.thread.get_by_label("Reply", exact=True)

    desk.reply("/text somebody")

    expect(desk.page.locator("#toast")).to_have_text(
        "Slash commands do not work in threads. Use the channel's own box."
    )
    expect(field).to_have_value("/text somebody")
