"""The bot's Text Request at the stand-in: what is asked there is done there, and what is there is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.errors import ContactOptedOut, NotFound, Rejected
from bot.model import (
    ChannelId,
    ContactChange,
    ContactFilter,
    CorrespondenceFilter,
    DashboardId,
    FieldId,
    FieldValue,
    File,
    GroupId,
    Line,
    LineId,
    MediaOrder,
    Money,
    Number,
    OutgoingText,
    PaymentFilter,
    PaymentRequest,
    PaymentSort,
    PaymentStatus,
    Span,
    TagId,
)
from bot.providers.textrequest import TextRequest
from bot.sandbox.server import Sandbox
from bot.sandbox.textrequest.account import Account
from bot.sandbox.textrequest.shapes import Dashboard
from tests.providers.case import everything
from tests.sandbox.conftest import MARIA as MARIAS_NUMBER

MARIA, BEN = Number(MARIAS_NUMBER), Number("+14155550135")
ORDER = PaymentRequest(MARIA, Money(22050, "USD"), "Invoice 1009", "Please pay here:", "tt-1")


@pytest.fixture
def line(desk: Dashboard) -> Line:
    """The dashboard as the bot knows it."""
    return Line(LineId(1), TextRequest.name, str(desk.id), Number(desk.number), ChannelId("C1"), desk.name)


@pytest.fixture
async def provider(sandbox: Sandbox, account: Account) -> AsyncIterator[TextRequest]:
    """The bot's Text Request."""
    built = TextRequest(
        api_key=SecretStr(account.api_key), api_url=sandbox.textrequest_api_url, clock=lambda: datetime.now(UTC)
    )
    yield built
    await built.close()


def text(line: Line, words: str) -> OutgoingText:
    """A text to Maria."""
    return OutgoingText(line, MARIA, words, "Dana", "tok", None)


async def test_contact_is_saved_found_labelled_and_deleted(
    provider: TextRequest, account: Account, line: Line, desk: Dashboard
) -> None:
    tag, field = TagId(account.labels.add_tag(desk.id, "vip").id), account.labels.add_field(desk.id, "Car")
    value = FieldValue(FieldId(field.id), "Red")
    group = await provider.create_group(line, "Regulars", "Every week")

    saved = await provider.save_contact(line, MARIA, ContactChange(first_name="Maria", tags=(tag,)))
    await provider.set_group(line, MARIA, group.id, member=True)
    await provider.set_field(line, MARIA, value)
    await provider.set_tag(line, MARIA, tag, tagged=False)
    read = await provider.read_contact(line, MARIA)
    await provider.delete_contact(line, MARIA)

    assert (saved.first_name, saved.tags) == ("Maria", (tag,))
    assert (read.tags, read.groups, read.fields) == ((), (group.id,), (value,))
    with pytest.raises(NotFound):
        await provider.read_contact(line, MARIA)


async def test_contacts_are_imported_and_filtered_to_the_second(
    provider: TextRequest, account: Account, line: Line
) -> None:
    await provider.import_contacts(line, {MARIA: ContactChange(), BEN: ContactChange(blocked=True)})
    text_in = await account.contact_texts(MARIA, "Hi")
    at, second = text_in.at.replace(microsecond=text_in.at.microsecond // 1000 * 1000), timedelta(seconds=1)

    async def found(which: ContactFilter) -> list[Number]:
        return [each.number for each in await everything(provider.list_contacts(line, which))]

    assert await found(ContactFilter()) == [MARIA, BEN]
    assert await found(ContactFilter(blocked=True)) == [BEN]
    assert await found(ContactFilter(last_in=Span(after=at, before=at))) == [MARIA]
    assert await found(ContactFilter(last_in=Span(after=at + second))) == []
    assert await found(ContactFilter(last_in=Span(before=at - second))) == []


async def test_groups_tags_and_fields_are_listed(
    provider: TextRequest, account: Account, line: Line, desk: Dashboard
) -> None:
    account.labels.add_tag(desk.id, "vip", "#00FF00")
    account.labels.add_field(desk.id, "Car")
    made = await provider.create_group(line, "Regulars", "")

    changed = await provider.update_group(line, made.id, "Friends", "Weekly")

    assert (changed.name, changed.note) == ("Friends", "Weekly")
    assert await everything(provider.list_groups(line)) == [changed] == [await provider.read_group(line, made.id)]
    assert [tag.colour for tag in await everything(provider.list_tags(line))] == ["#00FF00"]
    assert [field.name for field in await provider.list_custom_fields(line)] == ["Car"]
    await provider.delete_group(line, made.id)
    with pytest.raises(Rejected, match="list of groups"):
        await provider.update_group(line, GroupId("7"), "Friends", "")


async def test_payment_is_asked_for_reminded_once_and_paid_by_the_contact(
    provider: TextRequest, account: Account, line: Line
) -> None:
    asked = await provider.request_payment(line, ORDER)
    reminded = await provider.remind_payment(line, asked.id)
    with pytest.raises(Rejected, match="reminds once"):
        await provider.remind_payment(line, asked.id)

    account.payments.open_link(account.payments.by_id[int(asked.id)].token)
    paid = await provider.read_payment(line, asked.id)

    assert (asked.status, asked.amount, reminded.reminded) == (PaymentStatus.SENT, ORDER.amount, True)
    assert (paid.status, paid.transaction_word) == (PaymentStatus.PAID, "Approved")
    with pytest.raises(Rejected, match="open payments only"):
        await provider.cancel_payment(line, asked.id)


async def test_payments_are_listed_cancelled_and_marked(
    provider: TextRequest, account: Account, line: Line
) -> None:
    first, second = await provider.request_payment(line, ORDER), await provider.request_payment(line, ORDER)
    await provider.cancel_payment(line, first.id)
    await provider.mark_payment_paid(line, second.id)
    which = PaymentFilter(MARIA, ORDER.reference, PaymentSort.DATE, descending=False)

    found = await everything(provider.list_payments(line, which))

    assert [each.status for each in found] == [PaymentStatus.CANCELLED, PaymentStatus.MARKED_PAID]
    assert await everything(provider.list_payments(line, PaymentFilter(contact=BEN))) == []
    account.set_opt_out(MARIA, opted_out=True)
    with pytest.raises(ContactOptedOut):
        await provider.request_payment(line, ORDER)


async def test_conversation_is_listed_read_archived_and_brought_back(
    provider: TextRequest, account: Account, line: Line
) -> None:
    await account.contact_texts(MARIA, "Is my order ready?", name="Maria Lopez")
    await provider.send_text(text(line, "Yes!"))

    async def words(which: CorrespondenceFilter) -> list[str]:
        found = await everything(provider.list_conversations(line, which))
        return [each.last.body for each in found if each.last is not None]

    history = await everything(provider.list_history(line, MARIA))
    await provider.archive_conversation(line, MARIA)
    hidden = await words(CorrespondenceFilter())
    shown = await words(CorrespondenceFilter(words="(415) 555", with_archived=True))
    await provider.unarchive_conversation(line, MARIA)

    assert sorted(each.body for each in history) == ["Is my order ready?", "Yes!"]
    assert (hidden, shown) == ([], ["Yes!"])
    assert await words(CorrespondenceFilter(words="maria", unresolved_only=True)) == ["Yes!"]


async def test_picture_is_uploaded_and_sent(provider: TextRequest, account: Account, line: Line) -> None:
    hosted = await provider.upload_media(File("cat.jpg", "image/jpeg", b"JPG"))

    sent = await provider.send_media(MediaOrder(text(line, ""), (hosted.url,)))

    assert [(one.id, one.media) for one in account.texts_to(MARIA)] == [(sent.text_id, (hosted.url,))]
    assert [picture.content for picture in account.media.values()] == [b"JPG"]


async def test_question_for_a_location_goes_out_as_a_link(
    provider: TextRequest, account: Account, line: Line
) -> None:
    await provider.ask_location(text(line, "Where are you?"), "http://127.0.0.1:9/location")

    (asked,) = account.texts_to(MARIA)
    assert asked.words.startswith(f"Where are you? {account.base_url}/where/")
    assert list(account.questions.values()) == [(asked, "http://127.0.0.1:9/location")]


async def test_dashboard_is_made_renamed_and_deleted(provider: TextRequest, desk: Dashboard) -> None:
    made = await provider.create_dashboard("Sales", Number("+14155550101"))
    renamed = await provider.rename_dashboard(made.id, "Sales line")

    assert renamed == await provider.read_dashboard(made.id)
    assert [each.name for each in await everything(provider.list_dashboards())] == [desk.name, "Sales line"]
    await provider.delete_dashboard(made.id)
    assert [each.id for each in await everything(provider.list_dashboards())] == [DashboardId(str(desk.id))]
    with pytest.raises(Rejected, match="does not know this dashboard"):
        await provider.read_dashboard(made.id)
    with pytest.raises(Rejected, match="has one already"):
        await provider.create_dashboard("Desk", Number(desk.number))
