"""The same team over ClickSend: unsigned webhooks, refusals inside an answer of 200, our token in receipts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.model import ProviderName
from bot.sandbox.server import Sandbox
from bot.sandbox.texts import Text
from storage.store import Store
from tests.e2e.asking import answered, type_
from tests.e2e.office import MARIA, SALES, Office
from tests.e2e.premises import set_up

TICK, FAILED = "white_check_mark", "warning"
UNKNOWN, REFUSED = "grey_question", "no_entry_sign"
ECHO_WAIT_S = 31


class ClickSendOffice(Office):
    """One team that texts over ClickSend."""

    provider = ProviderName("clicksend")
    hooks_wanted = 2

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, database: str) -> None:
        super().__init__(sandbox, session, database)
        self.account = ""
        self.clicksend = sandbox.clicksend
        self.clicksend.add_number(SALES)
        self.clicksend.rules.retry_delays_s = ()

    def values(self, **more: str) -> dict[str, str]:
        addresses = {name.lower(): value for name, value in self.sandbox.clicksend_addresses().items()}
        without = {"textrequest_api_key": "", "clicksend_calls_per_minute": "0"}
        return super().values(**{**addresses, **without, **more})

    async def connect(self, store: Store) -> None:
        """The bot registers both rules."""

    def hooks(self) -> list[str]:
        return [rule.kind for rule in self.clicksend.automations.values() if rule.active]

    async def text(self, words: str, number: str = MARIA, name: str = "") -> Text:
        return await self.clicksend.contact_texts(number, words, SALES)

    def phone(self, number: str = MARIA) -> list[str]:
        return [text.words for text in self.clicksend.texts_to(number)]


@pytest.fixture
async def team(sqlite_url: str) -> AsyncIterator[ClickSendOffice]:
    """A team whose bot runs."""
    async with set_up(ClickSendOffice, sqlite_url) as made:
        await made.bind()
        await made.start()
        yield made


async def test_text_opens_a_thread_and_the_reply_reaches_the_phone(team: ClickSendOffice) -> None:
    root = await team.open("Is the slot free?")

    ts = await team.say(root, "Yes")

    await team.gets("Yes")
    await team.reacts(ts, TICK)
    assert team.thread(root) == ["Is the slot free?", "Yes"]
    assert team.card(root).startswith("📱 +1 415 555 0134 → Sales\nIs the slot free?")


async def test_webhook_that_comes_twice_is_one_text(team: ClickSendOffice) -> None:
    root = await team.open("one")
    team.fault("clicksend.hook.inbound", "twice")

    await team.text("two")
    await team.text("three")

    await team.reads(root, "one", "two", "three")


async def test_refusal_inside_an_answer_of_200_is_a_failure(team: ClickSendOffice) -> None:
    root = await team.open()
    team.clicksend.refuse(MARIA, "INVALID_RECIPIENT")

    ts = await team.say(root, "Yes")

    await team.reacts(ts, FAILED)
    await team.notice(root, "(error INVALID_RECIPIENT)")
    assert team.phone() == []


async def test_failed_receipt_is_shown_with_a_retry_that_works(team: ClickSendOffice) -> None:
    root = await team.open()
    team.clicksend.fail(MARIA)
    ts = await team.say(root, "Yes")
    await team.reacts(ts, FAILED)
    notice = await team.notice(root, "⚠️ This text did not reach")
    team.clicksend.failing.clear()

    await team.click(notice, "retry")

    await team.reacts(ts, TICK)
    assert team.phone() == ["Yes"]


async def test_receipt_that_overtakes_the_answer_counts(team: ClickSendOffice) -> None:
    root = await team.open()
    team.fault("clicksend.send", "hold_after")
    ts = await team.say(root, "Yes")
    await team.see(lambda: team.sandbox.pusher.answers["clicksend.hook.receipt 200"] == 2, "both receipts")

    team.trouble.release()

    await team.reacts(ts, TICK)


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "html"])
async def test_text_whose_answer_is_lost_is_found_by_our_token(team: ClickSendOffice, kind: str) -> None:
    team.clicksend.rules.statuses = ()
    root = await team.open()
    await team.clicksend.staff_texts(MARIA, "Yes", SALES)  # the same words, by somebody else
    team.fault("clicksend.send", kind)

    ts = await team.say(root, "Yes")

    await team.is_accepted(ts)
    assert team.phone() == ["Yes", "Yes"]


async def test_text_that_cannot_be_found_is_shown_as_unknown(team: ClickSendOffice) -> None:
    root = await team.open()
    team.fault("clicksend.send", "drop")

    ts = await team.say(root, "Yes")

    await team.reacts(ts, UNKNOWN)
    await team.notice(root, "[ Check ]  [ Send again ]  [ It arrived ]")
    assert team.phone() == []


async def test_throttled_reply_waits_and_keeps_its_place(team: ClickSendOffice) -> None:
    root = await team.open()
    team.fault("clicksend.send", "status", status=429, retry_after_s=1)

    await team.say(root, "one")
    await team.struck("clicksend.send")
    await team.say(root, "two")
    await team.found("select id from messages where body = 'one' and state = 'queued'")
    await team.let_pass(1)

    await team.gets("one", "two")


async def test_stop_refuses_replies(team: ClickSendOffice) -> None:
    root = await team.open()
    await team.text("STOP")
    await team.see(lambda: "⛔ Opted out" in team.card(root), "the mark")

    ts = await team.say(root, "One more thing")

    await team.reacts(ts, REFUSED)
    assert team.clicksend.accepted() == []


async def test_start_lifts_what_this_provider_refused_for_it_never_says_who_opted_out(
    team: ClickSendOffice,
) -> None:
    root = await team.open()
    team.clicksend.refuse(MARIA, team.clicksend.rules.opt_out_status)
    await team.reacts(await team.say(root, "Hello"), REFUSED)
    await team.text("START")
    await team.see(lambda: "START" in team.thread(root), "the text")

    await team.say(root, "Welcome back")

    await team.gets("Welcome back")


async def test_text_whose_webhook_is_lost_is_read_from_the_history(team: ClickSendOffice) -> None:
    root = await team.open("one")
    team.fault("clicksend.hook.inbound", "lose")
    await team.text("two")
    await team.settled()

    await team.let_pass(300)

    await team.reads(root, "one", "two")


async def test_text_that_staff_sent_elsewhere_is_mirrored(team: ClickSendOffice) -> None:
    root = await team.open("one")
    await team.clicksend.staff_texts(MARIA, "Called her", SALES)
    await team.let_pass(300)
    await team.found("select id from reports where text_id <> ''")

    await team.let_pass(ECHO_WAIT_S)

    await team.reads(root, "one", "Called her")


async def test_wrong_secret_is_answered_404(team: ClickSendOffice) -> None:
    address = f"{team.url}/webhooks/clicksend/wrong/inbound"

    async with team.session.post(address, data={"from": MARIA, "to": SALES, "body": "Hi"}) as answer:
        assert answer.status == 404


async def test_receipt_of_a_call_that_nobody_ordered_here_is_taken_and_changes_nothing(
    team: ClickSendOffice,
) -> None:
    rules = team.clicksend.automations.values()
    inbound = next(str(rule.body["action_address"]) for rule in rules if rule.kind == "inbound")
    call = {"message_type": "voice", "message_id": "c1", "status_code": "201", "digits": "1"}

    async with team.session.post(f"{inbound.removesuffix('inbound')}voice", data=call) as answer:
        assert answer.status == 200
    assert await team.rows("select event from unread_webhooks") == []
    assert await team.rows("select id from orders") == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{}", b"from=%2B1", b"message_id=1&from=???&to=1"])
async def test_what_cannot_be_read_is_kept_for_a_person(team: ClickSendOffice, body: bytes) -> None:
    rules = team.clicksend.automations.values()
    address = next(str(rule.body["action_address"]) for rule in rules if rule.kind == "inbound")

    async with team.session.post(address, data=body) as answer:
        assert answer.status == 202
    assert len(await team.rows("select id from unread_webhooks")) == 1


async def test_number_that_no_list_has_is_connected_as_it_was_typed(sqlite_url: str) -> None:
    async with set_up(ClickSendOffice, sqlite_url) as team:
        await team.bind()
        team.clicksend.add_number("+14235550177")
        await team.start(threadline_admins=team.dana.id)

        await type_(team, f"connect +14235550177 <#{team.sales.id}>", "/line")

        await answered(team, "+1 423 555 0177 is mirrored in #sales from now on.")
        await type_(team, "rename +14235550177 Till", "/line")
        await answered(team, "This needs Text Request, which is not set up here.")
