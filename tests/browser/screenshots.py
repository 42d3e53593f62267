"""Pictures of the page for the README: `python -m tests.browser.screenshots OUT_DIR`.

One conversation with every reaction in it, in both colours and at both widths, a modal, and the panel Trouble.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.desk import ARGUMENTS, Desk, browser_path, opened, served
from tests.browser.png import smaller

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
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
    """Write one picture, as small as it gets without losing anything."""
    tidy(page)
    file = folder / f"{name}.png"
    file.write_bytes(smaller(page.screenshot(animations="disabled")))
    print(f"{file} {file.stat().st_size:,} bytes")  # noqa: T201  # a command line


def page_of(browser: Browser, address: str, size: dict[str, int], scheme: Any = "light") -> Page:
    """A page of this size and colour, ready."""
    page, _ = opened(browser, address, viewport=size, color_scheme=scheme, reduced_motion="reduce", locale="en-US")
    page.evaluate("async () => (await import('/static/place.js')).go({hints: false})")
    return page


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
    if len(sys.argv) != 2 or browser_path() is None:
        sys.stderr.write("python -m tests.browser.screenshots OUT_DIR, with an installed Chromium or Chrome\n")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(ARGUMENTS))
        conversation(browser, folder)
        blocks(browser, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
