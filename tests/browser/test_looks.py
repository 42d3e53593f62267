"""The page on small and large screens, in the dark, without motion, and with hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import WIDE
from tests.browser.desk import Desk, opened

AUDIT = (Path(__file__).parent / "audit.js").read_text()
NARROW = {"width": 360, "height": 740}
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>document.title='taken'</script>",
    "*bold* _it_ <!here> <@U0SAND00003> &lt;b&gt; :tada: @channel",
    "javascript:alert(1) data:text/html,x",
    "\u202egnihtemos\u202c \u2066turned\u2069",
    "W" * 300,
    "{{7*7}} ${7*7} </textarea></div><h1>x",
)


@pytest.fixture
def small(browser: Browser, address: str) -> Iterator[Desk]:
    """A page on a small screen that is touched."""
    page, complaints = opened(browser, address, viewport=NARROW, has_touch=True, is_mobile=True)
    yield Desk(page)
    page.context.close()
    assert complaints == []


def audited(desk: Desk) -> list[str]:
    return list(desk.page.evaluate(AUDIT))


# --- Sizes --------------------------------------------------------------------------------------------


def test_small_screen_shows_one_thing_at_a_time(small: Desk) -> None:
    screens = small.page.locator(".screens")
    expect(small.slack).to_be_visible()
    expect(small.phone).to_be_hidden()

    screens.get_by_text("Phone").click()
    small.meet("Amy Tan")
    small.text("From a small screen")
    small.phone.get_by_role("button", name="Show in Slack").click()
    expect(small.message("From a small screen")).to_be_visible()
    small.reply("To a small screen")
    small.shows("To a small screen", "delivered")
    screens.get_by_text("Phone").click()

    expect(small.bubble("To a small screen")).to_be_visible()
    expect(small.slack).to_be_hidden()


def test_small_screen_leads_back_from_every_place(small: Desk) -> None:
    small.channel.locator(".thread-line").first.click()
    expect(small.thread).to_be_visible()

    small.thread.get_by_role("button", name="Back to the channel").click()
    small.channel.get_by_role("button", name="Channels").click()
    small.slack.get_by_role("navigation").get_by_role("button", name="general").click()
    expect(small.channel.get_by_role("heading", name="general")).to_be_visible()
    small.page.locator(".screens").get_by_text("Trouble").click()
    expect(small.trouble).to_be_visible()
    small.page.locator(".screens").get_by_text("Slack").click()

    expect(small.channel).to_be_visible()


def test_small_screen_shows_one_hint_at_a_time_and_then_that_it_was_the_last(small: Desk) -> None:
    hints = small.page.locator("#hints")
    small.page.locator(".screens").get_by_text("Phone").click()
    small.meet("Ann Lee")
    expect(hints).to_contain_text("Text the team from the phone", use_inner_text=True)

    small.text("Is it open?")
    expect(hints).to_contain_text("Answer in the contact's thread", use_inner_text=True)
    small.phone.get_by_role("button", name="Show in Slack").click()
    expect(small.message("Is it open?")).to_be_visible()
    small.reply("It is")
    expect(hints).to_contain_text("Break something in Trouble", use_inner_text=True)
    small.next_time("hook_twice")
    small.page.locator(".screens").get_by_text("Phone").click()
    small.text("Thanks")

    expect(hints).to_contain_text("That is it.", use_inner_text=True)


@pytest.mark.parametrize("width", [320, 360, 600, 768, 1000, 1280, 1440, 1920])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    page, _ = opened(browser, address, viewport={"width": width, "height": 760})

    wide = page.evaluate("document.documentElement.scrollWidth")
    for screen in ("phone", "slack", "trouble"):
        page.evaluate(
            "async (s) => (await import('/static/place.js')).go({screen: s, trouble: s === 'trouble'})", screen
        )
        wide = max(wide, page.evaluate("document.documentElement.scrollWidth"))

    page.context.close()
    assert wide <= width


def test_menu_at_the_edge_stays_on_the_screen(desk: Desk) -> None:
    desk.begin("Lin Park", "A menu, please")
    message = desk.message("A menu, please").first
    message.hover()

    message.get_by_role("button", name="More actions").click()

    box = desk.page.get_by_role("menu").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= WIDE["width"]


def test_thread_that_gets_less_room_still_shows_its_end(desk: Desk) -> None:
    desk.begin("Mo Said", "The first of many")
    for number in range(14):
        desk.reply(f"// note {number} with so many words that they wrap, and that more often where is less room")
    expect(desk.message("note 13")).to_be_in_viewport(ratio=1)

    desk.page.set_viewport_size({"width": WIDE["width"], "height": 620})
    desk.open_trouble()

    expect(desk.message("note 13")).to_be_in_viewport(ratio=1)


# --- Colours and motion -------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everything_is_named_and_legible(
    browser: Browser, address: str, scheme: Any, size: dict[str, int]
) -> None:
    page, _ = opened(browser, address, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    desk = Desk(page)
    found = audited(desk)
    for screen in ("phone", "trouble", "slack"):
        go = "async (s) => (await import('/static/place.js')).go({screen: s, trouble: s === 'trouble'})"
        page.evaluate(go, screen)
        found += [f"{screen}: {one}" for one in audited(desk)]

    page.context.close()
    assert found == []


def test_dark_mode_is_dark(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, viewport=WIDE, color_scheme="dark")

    colour = page.evaluate("getComputedStyle(document.querySelector('#slack')).backgroundColor")

    page.context.close()
    assert max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 64


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, viewport=WIDE, reduced_motion="reduce")

    moving = page.evaluate(
        "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length"
    )

    page.context.close()
    assert moving == 0


# --- Hostile words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_of_a_contact_stay_words(desk: Desk, words: str) -> None:
    title = desk.page.title()
    name = f"Eve{HOSTILE.index(words)} Adams"
    desk.meet(name)

    desk.text(words)
    desk.open_thread(name)

    # The bot takes the marks away that turn the direction of writing; a phone has them.
    begin = words.lstrip("\u202e")[:9]
    shown = desk.message(begin).first
    expect(shown).to_be_visible()
    assert shown.locator("img, script, h1, .mention, .emoji").count() == 0
    assert desk.bubble(begin).first.locator("img, script, h1, a[href^=javascript]").count() == 0
    assert desk.page.title() == title
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]


def test_hostile_name_of_a_contact_stays_words(desk: Desk) -> None:
    desk.begin("<b>Mallory</b> <!here>", "Hi from Mallory")

    expect(desk.phone.locator(".owner")).to_have_text("<b>Mallory</b> <!here>'s phone")
    expect(desk.channel.locator("article").filter(has_text="<b>Mallory</b>")).to_have_count(1)


def test_hostile_words_of_a_member_stay_words(desk: Desk) -> None:
    desk.begin("Nick Rau")

    desk.reply("<img src=x onerror=alert(1)> & <b>bold</b>")

    message = desk.message("<img src=x onerror=alert(1)> & <b>bold</b>").first
    expect(message).to_be_visible()
    assert message.locator("img, b").count() == 0


def test_page_asks_nobody_else_for_anything(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, viewport=WIDE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.reload()
    page.wait_for_selector("body[data-ready=true]")

    page.context.close()
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []


def test_chosen_phone_is_in_view_beside_the_button_for_another(small: Desk) -> None:
    last = "+14155550409"
    for name, number in (("Una Berg", "+14155550407"), ("Vera Dahl", "+14155550408"), ("Will Ek", last)):
        small.act("add_contact", name=name, number=number)
    expect(small.phone.locator(".phone-tab").filter(has_text="Will")).to_be_attached()
    look = "async (phone) => (await import('/static/place.js')).go({phone, touched: true})"
    small.page.evaluate(look, last)

    small.page.locator(".screens").get_by_text("Phone").click()

    edge = "(one) => [one.getBoundingClientRect().left, one.getBoundingClientRect().right]"
    left, right = small.phone.get_by_role("tab", name="Will", exact=True).evaluate(edge)
    add_left, add_right = small.phone.get_by_role("button", name="Add a contact").evaluate(edge)
    list_left, list_right = small.phone.evaluate(edge)
    assert list_left <= left < right <= add_left < add_right <= list_right
