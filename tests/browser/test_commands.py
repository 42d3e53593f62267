"""Every command as people give it: typed into the channel's box, its answer read, its buttons pressed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, served


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A demo without a story, so that nothing happens beside what is typed."""
    with served("bot", "demo", "--no-browser", "--empty", "--port", "0") as found:
        yield found


def _number(answer: Locator) -> str:
    """The first `#12` in an answer, without its sign."""
    found = re.search(r"#(\d+)", answer.inner_text())
    assert found is not None
    return found[1]


def _close(window: Locator) -> None:
    window.get_by_role("button", name="Close", exact=True).first.click()
    expect(window).to_have_count(0)


# --- /text --------------------------------------------------------------------------------------------------


@pytest.mark.verb("text", "open")
def test_text_alone_opens_a_window(desk: Desk) -> None:
    desk.types("/text")

    window = desk.window("New text")
    window.get_by_label("To", exact=True).fill("+14155550301")
    window.get_by_label("Text", exact=True).fill("Your order is ready")
    window.get_by_role("button", name="Send").click()

    answer = desk.window("New text")
    expect(answer).to_contain_text("On its way to +1 415 555 0301.")
    _close(answer)


@pytest.mark.verb("text", "send")
@pytest.mark.verb("text", "history")
@pytest.mark.verb("text", "inbox")
def test_text_is_sent_and_its_conversation_found(desk: Desk) -> None:
    number = desk.begin("Ada Lind")

    desk.asks(f"/text {number} See you at 3", "On its way to Ada Lind")

    expect(desk.bubble("See you at 3")).to_be_visible()
    desk.asks("/text history ada", "Ada Lind", "See you at 3", "Hello there")
    desk.asks("/text inbox all ada", "All conversations on Sales line", "Ada Lind")


@pytest.mark.verb("text", "archive")
@pytest.mark.verb("text", "unarchive")
@pytest.mark.verb("text", "locate")
def test_conversation_is_put_away_and_its_contact_asked_where_they_are(desk: Desk) -> None:
    desk.begin("Bea Ort")

    desk.asks("/text archive bea", "Archived Bea Ort")
    desk.asks("/text unarchive bea", "Bea Ort", "is not archived any more.")
    asked = desk.asks("/text locate bea Where are you?", "To Bea Ort", "Where are you?")
    desk.presses(asked, "Send", "On its way to Bea Ort")

    expect(desk.bubble("Where are you?")).to_be_visible()


# --- /contact and /group ------------------------------------------------------------------------------------


@pytest.mark.verb("contact", "help")
@pytest.mark.verb("contact", "show")
@pytest.mark.verb("contact", "find")
@pytest.mark.verb("contact", "save")
def test_contact_is_changed_shown_and_found(desk: Desk) -> None:
    desk.begin("Cleo Marsh")

    desk.asks("/contact", "/contact find [words]")
    desk.asks('/contact save cleo note="asks for Dana"', "Saved Cleo Marsh")
    card = desk.asks("/contact cleo", "Cleo Marsh", "asks for Dana")
    desk.asks("/contact find cleo", "Contacts on Sales line", "Cleo Marsh")
    card.get_by_role("button", name="Edit").click()

    window = desk.page.get_by_role("dialog")
    expect(window).to_contain_text("Cleo Marsh")
    expect(window.get_by_label("Note")).to_have_value("asks for Dana")
    _close(window)


@pytest.mark.verb("contact", "tags")
@pytest.mark.verb("contact", "fields")
@pytest.mark.verb("contact", "import")
@pytest.mark.verb("contact", "delete")
def test_contacts_are_kept(desk: Desk) -> None:
    desk.asks("/contact tags", "Tags on Sales line")
    desk.asks("/contact fields", "Custom fields on Sales line")
    desk.asks("/contact save +14155550302 name=Temp", "Saved Temp")
    asked = desk.asks("/contact delete temp", "Delete Temp", "at the provider?")
    desk.presses(asked, "Delete", "Deleted Temp")
    desk.types("/contact import")

    window = desk.page.get_by_role("dialog")
    expect(window).to_contain_text("A CSV file.")
    _close(window)


@pytest.mark.verb("group", "all")
@pytest.mark.verb("group", "show")
@pytest.mark.verb("group", "new")
@pytest.mark.verb("group", "edit")
@pytest.mark.verb("group", "delete")
def test_group_is_made_renamed_and_deleted(desk: Desk) -> None:
    number = _number(desk.asks('/group new "Gold buyers" note="since May"', "Made Gold buyers"))

    desk.asks(f"/group edit {number} name=Platinum", "Changed Platinum")
    desk.asks("/group platinum", "Platinum", "since May")
    desk.asks("/group", "Groups on Sales line", "Platinum")
    asked = desk.asks(f"/group delete {number}", "Delete Platinum", "Its contacts stay.")

    desk.presses(asked, "Delete", "Deleted Platinum")


# --- /list and /send ----------------------------------------------------------------------------------------


@pytest.mark.verb("list", "all")
@pytest.mark.verb("list", "show")
@pytest.mark.verb("list", "find")
@pytest.mark.verb("list", "new")
@pytest.mark.verb("list", "delete")
@pytest.mark.verb("list", "add")
@pytest.mark.verb("list", "remove")
def test_list_is_made_filled_emptied_and_deleted(desk: Desk) -> None:
    desk.asks("/list new Spring sale", "Made Spring sale")
    desk.asks('/list add "Spring sale" +14155550303 Ana Ruiz', "Put Ana Ruiz")
    desk.asks('/list "Spring sale"', "Spring sale", "Ana Ruiz")
    desk.asks("/list find ana", "Lists and contacts with “ana”", "Ana Ruiz")
    desk.asks("/list", "Spring sale", "1 contact")
    asked = desk.asks('/list remove "Spring sale" "ana ruiz"', "Take Ana Ruiz")
    desk.presses(asked, "Remove", "Took Ana Ruiz")
    asked = desk.asks('/list delete "Spring sale"', "Delete Spring sale", "0 contacts?")

    desk.presses(asked, "Delete", "Deleted Spring sale")


@pytest.mark.verb("send", "help")
@pytest.mark.verb("send", "voice")
@pytest.mark.verb("send", "orders")
@pytest.mark.verb("send", "order")
@pytest.mark.verb("send", "check")
def test_call_is_ordered_and_followed(desk: Desk) -> None:
    desk.asks("/send", "/send postcard")
    asked = desk.asks("/send voice +14155550304 Your order is ready", "by ClickSend?", "Your order is ready")
    number = _number(desk.presses(asked, "Send", "Ordered: ", "Call to +1 415 555 0304"))

    desk.asks("/send orders", f"#{number}")
    desk.asks(f"/send order {number}", f"#{number}", "Your order is ready")
    desk.asks(f"/send check {number}", f"#{number}")


@pytest.mark.verb("send", "fax")
@pytest.mark.verb("send", "start")
def test_fax_is_ordered_by_its_number(desk: Desk) -> None:
    asked = desk.asks("/send fax +14155550305 https://b.example/x.pdf", "Fax to +1 415 555 0305", "by ClickSend?")
    desk.presses(asked, "Cancel", "Cancelled")

    desk.asks("/send start 99", "This order is not yours")


@pytest.mark.verb("send", "letter")
@pytest.mark.verb("send", "postcard")
def test_letter_and_postcard_open_windows(desk: Desk) -> None:
    for what in ("letter", "postcard"):
        desk.types(f"/send {what}")
        window = desk.page.get_by_role("dialog")
        expect(window).to_contain_text(re.compile(what, re.IGNORECASE))
        expect(window.get_by_label("City")).to_be_visible()
        _close(window)


# --- /pay ---------------------------------------------------------------------------------------------------


@pytest.mark.verb("pay", "help")
@pytest.mark.verb("pay", "request")
@pytest.mark.verb("pay", "list")
@pytest.mark.verb("pay", "show")
@pytest.mark.verb("pay", "remind")
@pytest.mark.verb("pay", "paid")
def test_payment_is_asked_for_reminded_of_and_paid(desk: Desk) -> None:
    number = desk.begin("Dev Rao")

    desk.asks("/pay", "/pay remind <id>")
    asked = desk.asks(f"/pay {number} 45 Deposit", "Ask Dev Rao", "$45.00 (Deposit)?")
    desk.presses(asked, "Request", "On its way")
    expect(desk.message("Deposit").first).to_contain_text("$45.00")
    payment = _number(desk.asks("/pay list", "Payments on Sales line", "$45.00 · Deposit"))
    desk.asks(f"/pay {payment}", "$45.00", "Reference tl-")
    asked = desk.asks(f"/pay remind {payment}", f"Remind of #{payment}")
    desk.presses(asked, "Remind", f"On its way: #{payment}")
    asked = desk.asks(f"/pay paid {payment}", f"Mark #{payment}")
    desk.presses(asked, "Mark paid", f"#{payment}")

    expect(desk.message("Deposit").first).to_contain_text("Marked as paid")


@pytest.mark.verb("pay", "cancel")
def test_payment_is_cancelled(desk: Desk) -> None:
    number = desk.begin("Eli Stone")
    asked = desk.asks(f"/pay {number} 12.50 Late fee", "Ask Eli Stone", "$12.50 (Late fee)?")
    desk.presses(asked, "Request", "On its way")
    expect(desk.message("Late fee").first).to_contain_text("$12.50")
    payment = _number(desk.asks("/pay list", "$12.50 · Late fee"))

    asked = desk.asks(f"/pay cancel {payment}", f"Cancel #{payment}", "tells the contact")
    desk.presses(asked, "Cancel payment", f"#{payment}")

    expect(desk.message("Late fee").first).to_contain_text("ancelled")


# --- /callback ----------------------------------------------------------------------------------------------


@pytest.mark.verb("callback", "open")
@pytest.mark.verb("callback", "queue")
@pytest.mark.verb("callback", "show")
@pytest.mark.verb("callback", "list")
@pytest.mark.verb("callback", "groups")
@pytest.mark.verb("callback", "types")
@pytest.mark.verb("callback", "states")
def test_callback_is_queued_and_followed(desk: Desk) -> None:
    number = desk.begin("Hal Berg")

    desk.asks("/callback groups", "Sales", "Support")
    desk.asks("/callback types", "Callback")
    desk.asks("/callback states", "states of events")
    desk.asks(f"/callback {number} group=Support About the offer", "Queueing a callback to Hal Berg")
    expect(desk.message("About the offer").first).to_contain_text("group Support")
    callback = _number(desk.asks("/callback list", "Callback #", "About the offer"))
    desk.asks(f"/callback {callback}", f"Callback #{callback}", "group Support")
    desk.types("/callback")

    window = desk.page.get_by_role("dialog")
    expect(window.get_by_label("Subject")).to_be_visible()
    _close(window)


# --- /dialler -----------------------------------------------------------------------------------------------


@pytest.mark.verb("dialler", "all")
@pytest.mark.verb("dialler", "show")
@pytest.mark.verb("dialler", "results")
@pytest.mark.verb("dialler", "contacts")
@pytest.mark.verb("dialler", "contact")
@pytest.mark.verb("dialler", "history")
def test_campaigns_and_who_they_call_are_shown(desk: Desk) -> None:
    desk.asks("/dialler", "Campaigns", "Spring offers", "Renewals")
    desk.asks("/dialler renewals", "Renewals (#")
    desk.asks('/dialler results "Spring offers"', "How calls of Spring offers")
    desk.asks('/dialler contacts "Spring offers"', "Contacts of Spring offers", "Okafor")
    desk.asks("/dialler contact data:crm-1001", "Okafor", "Last result: Completed")
    desk.asks("/dialler history data:crm-1001", "Calls: ", "Okafor")


@pytest.mark.verb("dialler", "clone")
@pytest.mark.verb("dialler", "add")
@pytest.mark.verb("dialler", "update")
@pytest.mark.verb("dialler", "lock")
@pytest.mark.verb("dialler", "unlock")
@pytest.mark.verb("dialler", "reset")
@pytest.mark.verb("dialler", "drop")
@pytest.mark.verb("dialler", "delete")
def test_campaign_is_copied_filled_and_deleted(desk: Desk) -> None:
    desk.asks("/dialler clone Renewals Autumn", "Copied Renewals", "to Autumn")
    contact = _number(desk.asks("/dialler add autumn Lopez 4155550306", "Added Lopez"))
    desk.asks(f"/dialler update {contact} city=Oslo", "Changed Lopez")
    desk.asks(f"/dialler lock {contact}", "Locked Lopez")
    desk.asks(f"/dialler unlock {contact}", "Unlocked Lopez")
    desk.presses(desk.asks(f"/dialler reset {contact}", "called anew?"), "Reset", "Reset Lopez")
    desk.presses(desk.asks(f"/dialler drop {contact}", "Delete Lopez"), "Delete", "Deleted Lopez")

    desk.presses(desk.asks("/dialler delete autumn", "Delete Autumn"), "Delete", "Deleted Autumn")


# --- /threadline, and what is said in a thread --------------------------------------------------------------


@pytest.mark.verb("text", "help")
@pytest.mark.verb("group", "help")
@pytest.mark.verb("list", "help")
@pytest.mark.verb("line", "help")
@pytest.mark.verb("callback", "help")
@pytest.mark.verb("dialler", "help")
def test_commands_that_do_something_alone_answer_help(desk: Desk) -> None:
    desk.asks("/text help", "/text history <to>", "Shows a conversation, newest first.")
    desk.asks("/group help", "/group new <name>")
    desk.asks("/list help", "/list find <words>")
    desk.asks("/line help", "/line settings <line>")
    desk.asks("/callback help", "/callback groups")
    desk.asks("/dialler help", "/dialler clone <from> <to>")


@pytest.mark.verb("threadline", "help")
@pytest.mark.verb("threadline", "doctor")
@pytest.mark.verb("threadline", "audit")
def test_bot_tells_of_itself(desk: Desk) -> None:
    desk.asks("/group new Audited", "Made Audited")

    desk.asks("/threadline", "What I do", "/dialler")
    desk.asks("/threadline doctor", "Text Request: our key is accepted")
    desk.asks("/threadline audit by=@dana", "Dana made a group", "Audited")
    desk.asks("/threadline audti", "Did you mean /threadline audit?")


@pytest.mark.verb("threadline", "stats")
def test_figures_come_with_charts(desk: Desk) -> None:
    desk.begin("Fay Moss", "How much is it?")
    desk.reply("Twelve dollars")
    desk.shows("Twelve dollars", "delivered")

    desk.asks("/threadline stats 7", "Texts: ", "Dana: ", "The charts are in your direct messages")

    desk.slack.get_by_role("navigation").get_by_role("button", name="Threadline").click()
    desk.slack.get_by_role("tab", name="Messages").click()
    pictures = desk.slack.locator("article img")
    expect(pictures).to_have_count(3)
    expect(pictures.first).to_have_attribute("alt", re.compile("^Texts in/out a day, 7 days to .*: [0-9]+ in"))
    assert pictures.first.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200


@pytest.mark.verb("thread", "take")
@pytest.mark.verb("thread", "assign")
@pytest.mark.verb("thread", "resolve")
@pytest.mark.verb("thread", "reopen")
@pytest.mark.verb("thread", "block")
@pytest.mark.verb("thread", "unblock")
def test_what_is_said_to_the_bot_in_a_thread_is_done(desk: Desk) -> None:
    desk.begin("Gus Vega")
    card = desk.thread.locator("article").first

    for words, shown in [
        ("take", "Dana"),
        ("assign @sam ", "Sam"),
        ("resolve", "Done"),
        ("reopen", "Sam"),
    ]:
        desk.reply(f"@Threadline {words}")
        expect(card).to_contain_text(shown)
    desk.reply("@Threadline block")
    whispers = desk.thread.locator("article.whisper")
    whispers.filter(has_text="Block Gus Vega").get_by_role("button", name="Block").click()
    expect(whispers.filter(has_text="Blocked Gus Vega")).to_be_visible()
    desk.reply("@Threadline unblock")

    expect(whispers.filter(has_text="is not blocked on Sales line any more.")).to_be_visible()


# --- /line: last, for it adds a line to the channel and takes it away again ---------------------------------


@pytest.mark.verb("line", "all")
@pytest.mark.verb("line", "show")
@pytest.mark.verb("line", "new")
@pytest.mark.verb("line", "connect")
@pytest.mark.verb("line", "settings")
@pytest.mark.verb("line", "rename")
@pytest.mark.verb("line", "disconnect")
@pytest.mark.verb("line", "delete-dashboard")
def test_line_is_made_connected_renamed_and_deleted(desk: Desk) -> None:
    desk.asks("/line", "Lines", "Sales line", "Mirrored in #sales-line")
    asked = desk.asks('/line new "Night shift" +14235550166', "Make the line Night shift")
    desk.presses(asked, "Make it", "Made Night shift")
    desk.asks('/line connect "Night shift" #sales-line', "Night shift", "is mirrored in #sales-line from now on.")
    desk.types('/line settings "Night shift"')
    _close(desk.window("Line settings"))
    desk.asks('/line rename "Night shift" Late', "is called Late now")
    desk.asks("/line disconnect late", "Late", "is not mirrored any more.")
    desk.asks("/line late", "Late", "Not connected")
    desk.types("/line delete-dashboard late")
    window = desk.page.get_by_role("dialog")
    window.get_by_role("textbox").fill("+14235550166")
    window.get_by_role("button", name="Delete").click()

    expect(window).to_contain_text("Deleted Late")
    _close(window)
