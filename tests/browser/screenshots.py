"""Pictures of the page, for the README and to be looked at: `python -m tests.browser.screenshots [FOLDER]`.

The story's cards, App Home and charts, one conversation with every reaction in it, the panel Trouble, every block
and a modal; in both colours and at both widths where that makes a difference. Without a folder those of the
repository are made anew.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.desk import ARGUMENTS, PATIENCE_MS, Desk, browser_path, opened, served

HERE = Path(__file__).with_name("screenshots")
NEEDS = "This needs an installed Chromium or Chrome, and a font with emoji in colour (fonts-noto-color-emoji).\n"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
COLOURS = 256
PRIYA = "+14155550148"  # whose thread has most cards
LONG, TALL = {"width": 1440, "height": 1240}, {"width": 360, "height": 1560}  # a whole conversation


def every_reaction(desk: Desk) -> None:
    """A conversation in which each reaction stands once."""
    expect(desk.message("bring my dog")).to_be_visible()
    number = desk.begin("Ana Silva", "Hi! Is the flat still to let?")
    desk.reply("It is! Would you like to see it? :house:")
    desk.shows("Would you like to see it?", "delivered")
    desk.text("Yes, tomorrow at 5?")
    expect(desk.message("tomorrow at 5")).to_be_visible()
    desk.reply("// second visit, she liked the balcony")
    desk.shows("liked the balcony", "internal")
    desk.act("phone", number=number, failing=True)
    desk.reply("5 is perfect. The door code is 4711")
    desk.shows("The door code is 4711", "failed")
    desk.act("phone", number=number)
    desk.next_time("provider_500")
    desk.reply("Ring twice if nobody opens")
    desk.shows("Ring twice", "unknown")
    desk.become("Gus")
    desk.reply("Shall I bring the contract?")
    desk.shows("Shall I bring", "not sent")
    desk.become("Dana")
    desk.act("turn", lever="no_receipts", on=True)
    desk.reply("Please have your passport with you")
    desk.shows("your passport", "accepted")
    desk.act("turn", lever="no_receipts", on=False)
    desk.act("turn", lever="provider_unreachable", on=True)
    desk.reply("See you tomorrow!")
    desk.shows("See you tomorrow!", "waiting")


def tidy(page: Page) -> None:
    """Nothing blinks, nothing is under the pointer."""
    page.mouse.move(2, 2)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.fonts.ready")


def shoot(page: Page, folder: Path, name: str) -> None:
    """Write one picture, in as many colours as a page has that is looked at and not measured."""
    tidy(page)
    file = folder / f"{name}.png"
    shown = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    few = shown.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    print(f"{file} {file.stat().st_size:,} bytes")  # noqa: T201  # a command line


def page_of(browser: Browser, address: str, size: dict[str, int], scheme: Any = "light") -> Page:
    """A page of this size and colour, ready."""
    page, _ = opened(browser, address, viewport=size, color_scheme=scheme, reduced_motion="reduce", locale="en-US")
    go(page, hints=False)
    return page


def go(page: Page, **where: object) -> None:
    """Look at something else of the page."""
    page.evaluate("async (where) => (await import('/static/place.js')).go(where)", where)


def has_emoji(browser: Browser) -> bool:
    """Whether the browser draws emoji in colour; without a font for them it draws empty boxes."""
    page = browser.new_page()
    found = page.evaluate("""() => {
      const canvas = document.createElement("canvas").getContext("2d");
      canvas.font = "32px sans-serif";
      canvas.fillText("\u2705", 0, 32);
      const { data } = canvas.getImageData(0, 0, 48, 48);
      return data.some((part, at) => at % 4 === 1 && part > data[at - 1] + 40);
    }""")
    page.close()
    return bool(found)


def conversation(browser: Browser, folder: Path) -> None:
    """The real bot, both widths, both colours, and Trouble."""
    with served("bot", "demo", "--no-browser", "--port", "0") as address:
        first = page_of(browser, address, LONG)
        every_reaction(Desk(first))
        shoot(first, folder, "conversation-1440-light")
        state = first.evaluate("sessionStorage.getItem('threadline-demo')")
        for name, size, scheme in (
            ("conversation-1440-dark", LONG, "dark"),
            ("conversation-360-light", TALL, "light"),
            ("conversation-360-dark", TALL, "dark"),
        ):
            page = page_of(browser, address, size, scheme)
            page.evaluate("(kept) => sessionStorage.setItem('threadline-demo', kept)", state)
            page.reload()
            expect(Desk(page).message("See you tomorrow!")).to_be_visible()
            shoot(page, folder, name)
            if size is TALL:
                page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
                page.locator(".screens").get_by_text("Phone").click()
                shoot(page, folder, name.replace("conversation", "phone"))
        first.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
        Desk(first).open_trouble()
        shoot(first, folder, "trouble-1440-light")


def story(browser: Browser, folder: Path) -> None:
    """What the demo's story leaves behind: cards in a thread, App Home, and a chart of its figures."""
    with served("bot", "demo", "--no-browser", "--port", "0") as address:
        desks = {
            "1440-light": Desk(page_of(browser, address, WIDE)),
            "1440-dark": Desk(page_of(browser, address, WIDE, "dark")),
            "360-light": Desk(page_of(browser, address, NARROW)),
            "360-dark": Desk(page_of(browser, address, NARROW, "dark")),
        }
        told = desks["1440-light"]
        expect(told.message("bring my dog")).to_be_visible()
        told.after_the_story()
        for name, desk in desks.items():
            cards_of(desk, folder, f"cards-{name}")
            home_of(desk, folder, f"home-{name}")
        charts_of(told, desks["360-light"], folder)


def cards_of(desk: Desk, folder: Path, name: str) -> None:
    """A thread with a ticket and a payment in it."""
    go(desk.page, thread="", phone=PRIYA, screen="slack", touched=True)
    desk.open_thread("Priya Shah")
    expect(desk.message("💳 $12.50")).to_be_visible()
    shoot(desk.page, folder, name)


def home_of(desk: Desk, folder: Path, name: str) -> None:
    """What is to be done, on the app's own page."""
    go(desk.page, channel="app", thread="", sidebar=False)
    desk.act("open_home", member=desk.slack.get_by_label("You act as").input_value(), tab="home")
    expect(desk.page.locator(".home")).to_contain_text("Second key")
    shoot(desk.page, folder, name)


def charts_of(asking: Desk, seeing: Desk, folder: Path) -> None:
    """The charts that a member asked for, on a small screen."""
    asking.page.locator(".sidebar").get_by_role("button", name="sales-line").click()
    asking.asks("/threadline stats 7", "The charts are in your direct messages")
    seeing.page.get_by_role("tab", name="Messages").click()
    expect(seeing.page.locator("#slack img").last).to_be_visible()
    shoot(seeing.page, folder, "charts-360-light")


def blocks(browser: Browser, folder: Path) -> None:
    """A modal, and the blocks that an app may post."""
    with served("tests.browser.gallery") as address:
        for name, size in (("1440", WIDE), ("360", NARROW)):
            page = page_of(browser, address, size)
            page.locator("article").nth(1).evaluate("one => one.scrollIntoView({block: 'start'})")
            shoot(page, folder, f"blocks-{name}-light")
            page.get_by_role("button", name="Open a modal").click()
            dialog = page.get_by_role("dialog", name="Every input")
            dialog.get_by_label("Number").fill("0")
            dialog.get_by_role("button", name="Send").click()
            expect(dialog.get_by_label("Words")).to_be_focused()
            shoot(page, folder, f"modal-{name}-light")
            page.keyboard.press("Escape")


def main() -> int:
    """The command line."""
    path = browser_path()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = path and playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        if not browser or not has_emoji(browser):
            sys.stderr.write(NEEDS)
            return 2
        story(browser, folder)
        conversation(browser, folder)
        blocks(browser, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
