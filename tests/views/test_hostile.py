"""What others wrote, wherever it is shown: Slack takes it, nothing in it takes effect, and a line stays a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.markup import inert
from bot.model import (
    AgentGroup,
    AgentGroupId,
    AgentId,
    Ask,
    Attachment,
    Campaign,
    CampaignId,
    ChannelId,
    Choice,
    ContactList,
    ContactListId,
    CustomField,
    Dashboard,
    DashboardId,
    Deed,
    DiallerCall,
    Failure,
    FieldId,
    Group,
    GroupId,
    Kind,
    ListedContact,
    ListedContactId,
    ListHit,
    MemberId,
    Number,
    PaymentStatus,
    Post,
    ResultCode,
    ResultKind,
    SharedFile,
    Tag,
    TagId,
    TicketCode,
    TicketRole,
    TicketStep,
    Ts,
)
from bot.model.cards import CREATE, DeedState
from bot.model.home import HomeCard, HomeConversation, HomeSend
from bot.model.imports import FailedRow
from bot.model.kept_orders import OrderState
from bot.sandbox.slack.blocks import check_blocks
from bot.sandbox.slack.modals import check_view
from bot.views import (
    contact_lists,
    contacts,
    deeds,
    dialler,
    groups,
    history,
    imports,
    inbox,
    knowledge,
    lines,
    notices,
    orders,
    payments,
    queues,
    stats,
    thread,
    ticket_form,
    ticket_windows,
    tickets,
)
from bot.views.answers import Answer, Item, answer, sentence
from bot.views.answers import Choice as Button
from bot.views.assign_form import assign_form
from bot.views.callback_form import callback_form
from bot.views.card_parts import Keeper
from bot.views.cards import draw
from bot.views.contact_form import contact_form
from bot.views.fields import Option
from bot.views.forms import Drawn, Opened, again, form, told
from bot.views.group_form import group_form
from bot.views.home import home_view
from bot.views.note_form import note_form
from bot.views.payment_form import payment_form
from bot.views.ticket_files import ticket_files
from tests.views import (
    card_cases,
    test_callback_card,
    test_contact_lists,
    test_contacts,
    test_dialler,
    test_inbox,
    test_orders,
    test_payments,
    test_queued_ticket_card,
    test_queues,
    test_stats,
    test_ticket_card,
    test_tickets,
)
from tests.views.cases import AT, LINE, conversation, message, notice
from tests.views.check_blocks import check_post
from tests.views.test_home import health, home, link, part

# --- What others write --------------------------------------------------------------------------------------

PIECES = [
    *("<!channel>", "<!here|here>", "<@U0EVIL>", "<#C0EVIL>", "<!subteam^S0EVIL>", "@here", "&lt;!channel&gt;"),
    *("<https://evil.example|https://bank.example>", "https://evil.example/?a=1&b=2", "javascript:alert(1)"),
    *("\n", "\r\n", "\x0b", "\x85", "\u2028", "\u2029", "\x00", "\x1b[31m", "\ud800", "\udfff"),
    *("\u202e", "\u2066", "\u200b", "\u2060", "\ufeff", "\ue000U0EVIL\ue001", "\uffff", "e" + "\u0301" * 60),
    *("👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇸", ":tada:", "*bold*", "`code`", "> quote", "{who} {0} %s", "", " ", "x", "../../etc"),
    *("x" * 60, "x" * 4_000, "👩‍👩‍👧‍👦" * 400, "é\n" * 1_500),
]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
OURS = ("https://a.slack.com/", "https://www.openstreetmap.org/")
FILE = re.compile(r"File \d+( \([\w.+-]+/[\w.+-]+\))?")
# What holds no words: numbers, ids, and what was checked when it was typed.
KEPT = frozenset(
    {"number", "numbers", "fax", "contact", "sender", "uid", "account", "channel", "provider", "currency"}
    | {"id", "field", "fields", "groups", "tags", "link", "other", "language", "token", "member"}
)
LONG = frozenset(
    {"note", "description", "solution", "comment", "content", "body", "old", "new", "message", "words"}
)


def hostile(thing: Any, words: str, kept: frozenset[str]) -> Any:
    """The same thing with `words` in every field that holds plain words, but for those that are `kept`."""
    if type(thing) is str:
        return words
    if isinstance(thing, tuple):
        return tuple(hostile(each, words, kept) for each in thing)
    if isinstance(thing, Mapping):
        return {name: hostile(each, words, kept) for name, each in thing.items()}
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changing = [each.name for each in fields(thing) if each.name not in kept]
    return replace(thing, **{name: hostile(getattr(thing, name), words, kept) for name in changing})


Made = Post | Mapping[str, Any]


@dataclass(frozen=True)
class Pen:
    """Whoever writes. Where lines are counted, what may have some is left as it is."""

    words: str
    counts: bool = False

    def __call__(self, thing: Any) -> Any:
        return hostile(thing, self.words, KEPT | LONG if self.counts else KEPT)

    @property
    def text(self) -> str:
        """Words that may have lines."""
        return "x" if self.counts else self.words


# --- Wherever it is shown -----------------------------------------------------------------------------------

UID = "0" * 32
OPENED = Opened("form:trial", UID, "Trial")
KEEPER = Keeper("Aranda")
DANA = MemberId("U1")
HAS = {TicketRole.GROUP: Choice(5, "Plumbers"), TicketRole.RESPONSIBLE: Choice(77, "M. Torres")}
REASONS = [*notices.SAID, "card"]


def item(words: str) -> Post:
    """Words in a list."""
    return answer(Answer("Found", (Item(words, (Button(words, Ask("text", words)),)),), below=words), UID)


def window(*fields_: Any) -> Mapping[str, Any]:
    """Fields in a window."""
    return form(OPENED, Drawn(fields_))


def in_cards(pen: Pen) -> Iterator[Made]:
    """Cards of every kind, with a deed that failed and with one in doubt."""
    payment = card_cases.terms(description="Rent", status_word="New")
    callback = test_callback_card.terms(agent=AgentId(3), agent_name="kim")
    queued = test_queued_ticket_card.terms()
    ticket = test_ticket_card.terms(has=HAS)
    for state in (DeedState.FAILED, DeedState.UNCERTAIN):
        deed = card_cases.deed(state, CREATE, reason=pen.words)
        shown: dict[str, Any] = {"title": pen.words, "state": "new"}
        yield draw(card_cases.card(deed, says=pen(payment).says(), **shown), KEEPER)
        yield draw(replace(test_callback_card.card(deed, says=pen(callback)), **shown), KEEPER)
        yield draw(replace(test_queued_ticket_card.card(deed, says=pen(queued)), **shown), KEEPER)
        code = pen.words or None
        yield draw(replace(test_ticket_card.card(deed, says=pen(ticket)), provider_id=code, **shown), KEEPER)


def in_threads(pen: Pen) -> Iterator[Made]:
    """Root cards, texts, and what is said about them."""
    theirs = conversation(contact_name=pen.words, line=replace(LINE, name=pen.words))
    files = (Attachment(pen.words, pen.words), Attachment(f"https://evil.example/{pen.words}", pen.words))
    text = message(pen.text, attachments=files)
    earlier = thread.Before("https://a.slack.com/archives/C1/p1", [text, message(pen.text, Kind.REPLY)])
    yield thread.root_card(theirs, pen.text, earlier)
    yield thread.text(theirs, text)
    yield thread.echo(theirs, replace(text, author=pen.words), "Text Request")
    yield thread.said(theirs, replace(text, author=DANA))
    yield thread.stand_in(theirs, text, "Text Request")
    for reason in REASONS:
        yield notices.notice(theirs, notice(reason, pen.text if reason in ("edited", "card") else pen.words))
    yield notices.alert(message(pen.text, Kind.ALERT, author=DANA))
    yield notices.alert(message(f"“{inert(pen.words)}” lost its channel <#C1>.", Kind.ALERT))


def in_home(pen: Pen) -> Iterator[Made]:
    """App Home."""
    theirs = conversation(contact_name=pen.words, line=replace(LINE, name=pen.words))
    kept = HomeConversation(theirs, message(pen.words))
    sends = [
        HomeSend(notice(reason, pen.words, uid=f"{at:032}"), theirs, pen.text)
        for at, reason in enumerate(("failed", "uncertain"))
    ]
    due = [HomeCard(pen.words, "sent", theirs, ChannelId("C1"), ts) for ts in (None, Ts("1.1"))]
    line = health(line=replace(LINE, name=pen.words), channel=pen.words, reading=pen.words, webhooks=pen.words)
    shown = {"mine": part(kept), "unclaimed": part(kept), "sends": part(*sends), "due": part(*due)}
    yield home_view(home(**shown, lines=part(line)), link)


def in_answers(pen: Pen) -> Iterator[Made]:
    """What commands answer."""
    words = pen.words
    yield sentence(f"No line is called “{inert(words)}”.")
    yield told(words, item(pen.text)).view
    for piece in listed(pen):
        yield item(piece)
    order = pen(replace(test_orders.CALL, why="No credit.", state=OrderState.FAILED))
    yield orders.order_card(orders.order_answer(order, "ClickSend"), DANA)
    yield orders.bad_news(order, "ClickSend")
    yield answer(orders.order_details(order, "ClickSend", UTC), UID)
    failures = (Failure("failed", "", words, 2),)
    yield answer(stats.stats_answer(test_stats._shown(failures=failures, names={DANA: words}), ""), UID)


def listed(pen: Pen) -> Iterator[str]:
    """One thing of each list."""
    yield from _listed_people(pen)
    yield from _listed_work(pen)


def _listed_people(pen: Pen) -> Iterator[str]:
    words, ana = pen.words, pen(test_contacts.ANA)
    labels = contacts.Labels({GroupId("12"): words}, {TagId("t1"): words}, {FieldId("f1"): words})
    yield contacts.contact_words(ana, UTC)
    yield from contacts.contact_details(ana, labels, UTC)
    yield contacts.tag_words(pen(Tag(TagId("1"), "lead", "#123456")))
    yield contacts.field_words(pen(CustomField(FieldId("1"), "Town")))
    yield groups.group_words(pen(Group(GroupId("1"), "VIP", "note", 3, by_keyword=True)))
    listing = ContactListId(428)
    yield contact_lists.list_words(pen(ContactList(listing, "Spring", 2)))
    yield contact_lists.listed_words(pen(ListedContact(ListedContactId(7), listing, test_contact_lists.DETAILS)))
    yield contact_lists.hit_words(pen(ListHit(7, "Ana", False, Number("+14155550134"), None)))
    yield inbox.correspondence_words(words, pen(test_inbox.sent("Dana")), UTC)
    yield history.said_line(message(pen.text), UTC)
    yield deeds.deed_line(pen(Deed(AT, DANA, "text", None, "Ana", "not sent", "about")), words, UTC)


def _listed_work(pen: Pen) -> Iterator[str]:
    words = pen.words
    yield payments.payment_words(pen(test_payments.payment(status=PaymentStatus.UNKNOWN)), UTC)
    yield queues.event_words(replace(pen(test_queues.CALLBACK), sender=words), words, words, UTC)
    yield queues.agent_group_about(pen(AgentGroup(AgentGroupId(1), "Support")))
    yield dialler.campaign_words(pen(Campaign(CampaignId(1), "Spring", "key")))
    yield dialler.contact_card(pen(test_dialler.ANA), words, words, UTC)
    yield dialler.call_line(pen(DiallerCall(None, AT, True, "Busy")), words, UTC)
    yield dialler.result_line(ResultCode(1, words, ResultKind.DONE))
    yield lines.line_about(replace(LINE, name=words))
    yield lines.dashboard_words(pen(Dashboard(DashboardId("1"), "Sales", None)))
    yield tickets.ticket_words(pen(test_tickets.COLD), UTC)
    yield tickets.ticket_card(pen(test_tickets.COLD), UTC)
    yield tickets.step_line(pen(TicketStep("Note", "M. Torres", AT, "Subject", "old", "new")), UTC)
    yield knowledge.article_words(pen(test_tickets.ARTICLE), UTC)
    yield knowledge.item_card(pen(test_tickets.BOILER), UTC)
    yield knowledge.item_words(pen(test_tickets.BOILER))
    yield from imports.plan_words(words, words, [words], rows=3, new=1)
    yield imports.few_words([FailedRow(2, (words,), words)])


def in_windows(pen: Pen) -> Iterator[Made]:
    """Windows."""
    words = pen.words
    named, line = [Choice(at, words) for at in (7, 8)], replace(LINE, name=words)
    ana, custom = pen(test_contacts.ANA), [CustomField(FieldId("f1"), words)]
    labels = contacts.Labels({GroupId("12"): words}, {TagId("t1"): words})
    menus = [ticket_form.menu_field(menu, menu.key, named, 7) for menu in ticket_form.MENUS]
    yield form(OPENED, contact_form(ana, labels, custom, words))
    yield form(OPENED, group_form(pen(Group(GroupId("1"), "VIP", "note"))))
    yield form(OPENED, note_form(conversation(contact_name=words, line=line), pen.text))
    yield form(OPENED, assign_form(words, DANA))
    yield form(OPENED, lines.settings_fields(line))
    yield form(OPENED, lines.delete_fields(line, mirrored=True))
    yield form(OPENED, payment_form([line, line], line, words, message=words))
    yield form(OPENED, callback_form([line], line, words, Option("7", words), hint=words))
    yield form(OPENED, ticket_files(TicketCode(words), 10))
    yield form(OPENED, ticket_windows.move_form(named, 7, named, pen.text))
    yield form(OPENED, ticket_windows.attach_form([SharedFile("F1", words, 1)], 10))
    yield window(ticket_form.subject_field(words), ticket_form.description_field(pen.text), *menus)
    yield window(ticket_form.additional_field("317", words, words), ticket_form.unknown_field(words))
    yield again(
        OPENED, Drawn((ticket_form.subject_field("x"),)), {"subject": pen.text, "elsewhere": pen.text}, pen.text
    ).view


PLACES = [in_cards, in_threads, in_home, in_answers, in_windows]

# --- What holds ---------------------------------------------------------------------------------------------


def objects(thing: Any) -> Iterator[Mapping[str, Any]]:
    """Every JSON object in it."""
    if isinstance(thing, Post):
        yield from objects(thing.blocks)
    elif isinstance(thing, Mapping):
        yield thing
        yield from objects(tuple(thing.values()))
    elif isinstance(thing, list | tuple):
        for each in thing:
            yield from objects(each)


def effects(made: Made) -> Iterator[Mapping[str, Any]]:
    """Whatever takes effect and is not ours."""
    for each in objects(made):
        kind, url, text = each.get("type"), str(each.get("url")), str(each.get("text"))
        is_theirs = not url.startswith(OURS) and not FILE.fullmatch(text)
        if kind in ("mrkdwn", "broadcast", "usergroup", "emoji") or (kind == "link" and text != url and is_theirs):
            yield each
        if "EVIL" in f"{each.get('user_id')} {each.get('channel_id')}":
            yield each


def refused(made: Made) -> list[str]:
    """What Slack would not take."""
    if isinstance(made, Post):
        check_post(made)
        return check_blocks(list(made.blocks))
    return check_view(json.loads(json.dumps(made)))


def encoded(made: Made) -> bytes:
    """It as Slack gets it. Raises `UnicodeEncodeError` for what no UTF-8 can write."""
    shown = [made.text, made.username, made.blocks] if isinstance(made, Post) else made
    return json.dumps(shown, ensure_ascii=False).encode()


def line_breaks(made: Made) -> int:
    """How many there are in all that is read."""
    shown = [each["text"] for each in objects(made) if isinstance(each.get("text"), str)]
    shown += [each["initial_value"] for each in objects(made) if "initial_value" in each and not each["multiline"]]
    shown += [made.username or ""] if isinstance(made, Post) else []
    return sum(len(f"{words}.".splitlines()) - 1 for words in shown)


BARE = {place: [line_breaks(made) for made in place(Pen("x", counts=True))] for place in PLACES}


@settings(max_examples=5)
@given(HOSTILE)
@example("\ud800\x00")
@example("<!channel><@U0EVIL>\n<#C0EVIL>\u2028@here\x85")
@example("<https://evil.example|https://bank.example>\r\n\u202e")
@example("https://bank.example/")
@example("x" * 4_000)
@example("\u200b")
@example("")
def test_whatever_others_write_is_shown_as_words(words: str) -> None:
    for place in PLACES:
        for made in place(Pen(words)):
            assert (refused(made), list(effects(made))) == ([], [])
            assert encoded(made)
        counted = [line_breaks(made) for made in place(Pen(words, counts=True))]
        assert [most for most, bare in zip(counted, BARE[place], strict=True) if most > bare] == []
