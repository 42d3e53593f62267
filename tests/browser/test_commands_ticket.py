"""`/ticket` as people type it, and the windows and cards of tickets as they use them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, served

PLACE = "project=Facilities service=Heating category=Boilers"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A demo without a story, so that nothing happens beside what is typed."""
    with served("bot", "demo", "--no-browser", "--empty", "--port", "0") as found:
        yield found


def _code(words: Locator) -> str:
    """The first ticket's code in something."""
    found = re.search(r"RF-\d+", words.inner_text())
    assert found is not None
    return found[0]


def _choose(window: Locator, menu: str, option: str) -> None:
    window.get_by_label(menu, exact=True).click()
    window.page.get_by_role("option", name=option, exact=True).click()


def _close(window: Locator) -> None:
    window.get_by_role("button", name="Close", exact=True).first.click()
    expect(window).to_have_count(0)


@pytest.mark.verb("ticket", "open")
def test_ticket_is_opened_in_a_window_whose_menus_follow_each_other(desk: Desk) -> None:
    desk.types("/ticket")
    window = desk.window("New ticket")
    window.get_by_label("Subject", exact=True).fill("Radiator leaks")
    expect(window.get_by_label("Service", exact=True)).to_have_count(0)

    _choose(window, "Project", "Facilities")
    _choose(window, "Service", "Heating")
    _choose(window, "Category", "Radiators")
    expect(window.get_by_label("Urgency")).to_be_visible()
    expect(window.get_by_label("Subject", exact=True)).to_have_value("Radiator leaks")
    window.get_by_role("button", name="Open", exact=True).click()

    answer = desk.window("New ticket")
    expect(answer).to_contain_text("· Radiator leaks.")
    _close(answer)
    expect(desk.channel.locator("article").filter(has_text="Radiator leaks · Open")).to_be_visible()


@pytest.mark.verb("ticket", "help")
@pytest.mark.verb("ticket", "new")
@pytest.mark.verb("ticket", "show")
@pytest.mark.verb("ticket", "find")
@pytest.mark.verb("ticket", "note")
@pytest.mark.verb("ticket", "update")
@pytest.mark.verb("ticket", "history")
def test_ticket_is_opened_shown_found_noted_and_changed(desk: Desk) -> None:
    number = desk.begin("Ida Holm")

    desk.asks("/ticket help", "/ticket new <subject>")
    desk.asks(f'/ticket new Window broken {PLACE} to="{number}"', "Opening “Window broken”.")
    card = desk.message("Window broken").first
    expect(card).to_contain_text("Open")
    code = _code(card)
    desk.asks(f"/ticket {code}", f"{code} · Window broken", "incident")
    desk.asks("/ticket find window", "Tickets", code)
    desk.asks(f"/ticket note {code} Second floor", f"Added the note to {code}.")
    desk.asks(f'/ticket update {code} state="In progress"', f"Changed {code}")
    desk.asks(f"/ticket history {code}", f"History of {code}", "Second floor")

    card.get_by_role("button", name="Refresh").click()
    expect(card).to_contain_text("In progress")
    expect(desk.message("Open → In progress.")).to_be_visible()


def test_ticket_is_noted_from_its_thread_and_its_card(desk: Desk) -> None:
    number = desk.begin("Jon Falk")
    desk.asks(f'/ticket new Door stuck {PLACE} to="{number}"', "Opening “Door stuck”.")
    card = desk.message("Door stuck").first
    expect(card).to_contain_text("Open")

    desk.reply("ticket: bring oil")
    expect(desk.message("📝 Your note is on")).to_be_visible()
    desk.shows("ticket: bring oil", "internal")
    card.get_by_role("button", name="Change state").click()
    window = desk.window("Change state")
    _choose(window, "State", "Resolved")
    _choose(window, "Reason (optional)", "Repaired")
    window.get_by_role("button", name="Change", exact=True).click()

    _close(desk.window("Change state"))
    expect(desk.message("Open → Resolved.")).to_be_visible()
    assert desk.bubble("bring oil").count() == 0


@pytest.mark.verb("ticket", "files")
@pytest.mark.verb("ticket", "file")
@pytest.mark.verb("ticket", "attach")
def test_file_of_a_ticket_is_listed_fetched_and_one_brought(desk: Desk) -> None:
    listed = desk.asks("/ticket files RF-200", "boiler-plan.txt")
    found = re.search(r"#(\d+)", listed.inner_text())
    assert found is not None

    desk.asks(f"/ticket file RF-200 {found[1]}", "“boiler-plan.txt” is in your direct messages")
    desk.types("/ticket attach RF-200")

    window = desk.window("Attach files")
    expect(window).to_contain_text("Files for RF-200")
    _close(window)


@pytest.mark.verb("ticket", "queue")
def test_ticket_is_queued_for_the_agents(desk: Desk) -> None:
    desk.asks("/ticket queue Lost keys group=Support", "Queueing “Lost keys” for Support.")

    expect(desk.channel.locator("article").filter(has_text="for Support").last).to_contain_text("Lost keys")


@pytest.mark.verb("ticket", "kb")
@pytest.mark.verb("ticket", "kb file")
@pytest.mark.verb("ticket", "ci find")
@pytest.mark.verb("ticket", "ci show")
@pytest.mark.verb("ticket", "ci new")
@pytest.mark.verb("ticket", "ci update")
def test_articles_and_things_are_found_and_things_kept(desk: Desk) -> None:
    article = desk.asks("/ticket kb radiator project=Facilities", "How to bleed a radiator")
    found = re.search(r"#(\d+)", article.inner_text())
    assert found is not None
    desk.asks(f"/ticket kb file {found[1]} 1", "Aranda does not know this id or name.")
    desk.asks("/ticket ci find boiler", "Boiler 4B")
    made = desk.asks(
        "/ticket ci new Boiler 5C category=Boilers responsible=77 project=Facilities", "Made Boiler 5C"
    )
    found = re.search(r"#(\d+)", made.inner_text())
    assert found is not None

    desk.asks(f"/ticket ci update {found[1]} serial=BX-2", "Changed Boiler 5C")
    desk.asks(f"/ticket ci show {found[1]}", "Boiler 5C", "serial BX-2")
