"""The page as a person uses it: phone on the left, workspace on the right, by what is seen and not by its code."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE_MS = 15_000
READY = "body[data-ready=true]"
REACTIONS = {
    "waiting": "hourglass_flowing_sand",
    "accepted": "incoming_envelope",
    "delivered": "white_check_mark",
    "failed": "warning",
    "unknown": "grey_question",
    "internal": "mute",
    "not sent": "no_entry_sign",
}
_numbers = itertools.count(200)


def browser_path() -> str | None:
    """An installed Chromium; None when there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def served(*command: str) -> Iterator[str]:
    """The address of a page that `python -m …` prints on its first line, until the block ends."""
    process = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None, "The page did not come up."
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


class Desk:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.phone = page.locator(".phones")
        self.slack = page.locator("#slack")
        self.thread = page.locator(".thread-panel")
        self.channel = page.locator(".channel-panel")
        self.trouble = page.locator(".trouble")

    # --- The phone ------------------------------------------------------------------------------------

    def act(self, name: str, /, **fields: object) -> None:
        """Do something without looking for its button."""
        script = "async ([name, fields]) => (await import('/static/store.js')).act(name, fields)"
        self.page.evaluate(script, [name, fields])

    def meet(self, name: str) -> str:
        """A new contact, whose phone is shown; returns their number."""
        number = f"+1415555{next(_numbers):04d}"
        self.act("add_contact", name=name, number=number)
        self.phone.get_by_role("tab", name=name.partition(" ")[0], exact=True).click()
        return number

    def text(self, words: str) -> None:
        """The contact on the phone texts."""
        field = self.phone.get_by_label("Text message")
        field.fill(words)
        field.press("Enter")

    def bubble(self, words: str) -> Locator:
        """The texts on the phone with these words."""
        return self.phone.locator(".text").filter(has_text=words)

    def phone_menu(self, item: str) -> None:
        """Choose something of the phone's menu."""
        self.phone.locator(".phone-head [aria-haspopup=menu]").click()
        self.page.get_by_role("menu").get_by_text(item).click()

    # --- The thread -----------------------------------------------------------------------------------

    def after_the_story(self) -> None:
        """Wait until the opening story is over: what it still had to say would come in between."""
        card = self.channel.locator("article").filter(has_text="Rosa Diaz")
        expect(card).to_contain_text("✅ Done", timeout=PATIENCE_MS)

    def begin(self, name: str, words: str = "Hello there") -> str:
        """A new contact texts, and their thread is opened; returns their number."""
        number = self.meet(name)
        self.text(words)
        self.open_thread(name)
        expect(self.message(words)).to_be_visible()
        return number

    def open_thread(self, name: str) -> None:
        """Open the thread of a contact's card."""
        card = self.channel.locator("article").filter(has_text=name)
        card.locator(".thread-line").click()

    def reply(self, words: str) -> None:
        """Answer in the open thread."""
        field = self.thread.get_by_label("Reply", exact=True)
        field.fill(words)
        field.press("Enter")

    def message(self, words: str) -> Locator:
        """The replies of the open thread with these words; not the card that quotes the first of them."""
        return self.thread.locator("article:not(:first-child)").filter(has_text=words)

    def shows(self, words: str, sign: str) -> None:
        """Expect one reaction on a message, and no other."""
        reactions = self.message(words).first.locator(".reactions")
        expect(reactions).to_have_attribute("data-names", REACTIONS[sign], timeout=PATIENCE_MS)

    def do(self, words: str, item: str) -> None:
        """Choose something of a message's own menu."""
        message = self.message(words).first
        message.hover()
        message.get_by_role("button", name="More actions").click()
        self.page.get_by_role("menu").get_by_text(item).click()

    # --- Commands -------------------------------------------------------------------------------------

    def types(self, words: str) -> None:
        """Write in the channel's own box and press Enter."""
        field = self.channel.locator("textarea")
        field.fill(words)
        field.press("Escape")  # whatever is suggested for the last word
        field.press("Enter")

    def asks(self, command: str, *answer: str) -> Locator:
        """Type a command, and expect a new answer that only this person sees, with all of these words in it."""
        answers = self._answers(answer)
        before = answers.count()
        self.types(command)
        expect(answers).to_have_count(before + 1)
        return self._this(answers.last)

    def presses(self, answer: Locator, label: str, *then: str) -> Locator:
        """Press a button of an answer, or choose from its first menu that has this; expect what it becomes."""
        button = answer.get_by_role("button", name=label, exact=True)
        if button.count():
            button.first.click()
        else:
            answer.get_by_role("button", name="More actions").last.click()
            self.page.get_by_role("menu").get_by_text(label, exact=True).click()
        became = self._answers(then).last
        expect(became).to_be_visible()
        return self._this(became)

    def _answers(self, words: Sequence[str]) -> Locator:
        answers = self.channel.locator("article.whisper")
        for each in words:
            answers = answers.filter(has_text=each)
        return answers

    def _this(self, answer: Locator) -> Locator:
        """The same answer, whatever it says by then."""
        return self.channel.locator(f"article.whisper[data-ts='{answer.get_attribute('data-ts')}']")

    def window(self, title: str) -> Locator:
        """The window of that title, once it is open."""
        window = self.page.get_by_role("dialog", name=title)
        expect(window).to_be_visible()
        return window

    def become(self, name: str) -> None:
        """Act as somebody else."""
        select = self.slack.get_by_label("You act as")
        select.select_option(select.locator("option").filter(has_text=name).get_attribute("value"))

    # --- Trouble --------------------------------------------------------------------------------------

    def open_trouble(self) -> None:
        """Open the panel, unless it is open."""
        if not self.trouble.is_visible():
            self.page.locator("#open-trouble").click()

    def turn(self, title: str) -> None:
        """Switch a lever."""
        self.open_trouble()
        self.trouble.get_by_role("switch", name=title, exact=True).first.click()

    def next_time(self, lever: str) -> None:
        """Let something happen the next time only."""
        self.act("once", lever=lever)


def _is_complaint(line: ConsoleMessage) -> bool:
    """Every error but an act's refusal, which the page shows to whoever tried."""
    return line.type == "error" and "status of 400" not in line.text


def opened(browser: Browser, address: str, **context: object) -> tuple[Page, list[str]]:
    """A page in a context of its own, and what its console complains of, now and later."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]  # the caller's own words
    page.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector(READY)
    return page, complaints
