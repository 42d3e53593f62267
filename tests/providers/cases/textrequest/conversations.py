"""Text Request's conversations, described for the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.capabilities import ListsConversations
from bot.errors import Rejected
from bot.model import (
    Attachment,
    Correspondence,
    CorrespondenceFilter,
    Delivery,
    Number,
    ProviderName,
    TagId,
    TextReceived,
    TextSent,
)
from bot.providers.textrequest import TextRequest
from tests.providers.case import ANY_STATUS, EMPTY_LIST, Exchange, Impossible, Operation, everything
from tests.providers.cases.common import CONTACT, OUR_NUMBER, WORDS
from tests.providers.cases.textrequest.common import ABROAD, TR_LINE, TR_PAGE, TR_REFUSALS, tr
from tests.providers.far_end import Answer

EVERY_FILTER = CorrespondenceFilter(
    words=" Ruiz", tags=(TagId("t1"), TagId("t2")), unresolved_only=True, with_archived=True
)
BEN = Number("+14235550143")

_NAME = ProviderName("textrequest")
_CONVERSATION = "/dashboards/121/contacts/14235550142"


def _sent(number: int, body: str, sent_at: datetime, delivery: Delivery) -> TextSent:
    return TextSent(
        provider=_NAME,
        account="121",
        line_number=OUR_NUMBER,
        contact=CONTACT,
        text_id=f"11111111-0000-4000-8000-00000000000{number}",
        body=body,
        sent_at=sent_at,
        author="Dana (Slack)",
        delivery=delivery,
    )


HISTORY = [
    _sent(1, WORDS, datetime(2026, 2, 1, 10, tzinfo=UTC), Delivery.DELIVERED),
    TextReceived(
        provider=_NAME,
        account="121",
        line_number=OUR_NUMBER,
        contact=CONTACT,
        text_id="11111111-0000-4000-8000-000000000002",
        body=WORDS,
        sent_at=datetime(2026, 3, 2, 15, 4, 6, tzinfo=UTC),
    ),
    _sent(3, "Your  order is ready.", datetime(2026, 3, 2, 15, 4, 5, 120_000, tzinfo=UTC), Delivery.SENT),
    _sent(4, "See you at five.", datetime(2026, 3, 2, 15, 4, 7, tzinfo=UTC), Delivery.SENT),
]
FOUND = [
    Correspondence(
        CONTACT,
        TextSent(
            provider=_NAME,
            account="121",
            line_number=OUR_NUMBER,
            contact=CONTACT,
            text_id="22222222-0000-4000-8000-000000000002",
            body="It is.",
            sent_at=datetime(2026, 3, 2, 15, 4, tzinfo=UTC),
            author="Kim",
            delivery=Delivery.DELIVERED,
        ),
    ),
    Correspondence(
        BEN,
        TextReceived(
            provider=_NAME,
            account="121",
            line_number=OUR_NUMBER,
            contact=BEN,
            text_id="",
            body="Hello?",
            sent_at=datetime(2026, 3, 2, 15, 3, 30, tzinfo=UTC),
            attachments=(Attachment("https://media.example.com/photo.jpg"),),
        ),
    ),
    Correspondence(Number("+14235550144"), None),
]

CONVERSATIONS: tuple[Operation[TextRequest], ...] = (
    Operation(
        ListsConversations.list_conversations,
        lambda provider: everything(provider.list_conversations(TR_LINE, CorrespondenceFilter())),
        (
            Exchange(
                "GET /dashboards/121/conversations",
                tr("conversations.json"),
                {**TR_PAGE, "show_unresolved_only": "false", "include_archived": "false"},
                means=EMPTY_LIST,
            ),
        ),
        FOUND,
        refusals=TR_REFUSALS,
    ),
    Operation(
        ListsConversations.list_conversations,
        lambda provider: everything(provider.list_conversations(TR_LINE, EVERY_FILTER)),
        (
            Exchange(
                "GET /dashboards/121/conversations",
                tr("conversations.json"),
                {
                    **TR_PAGE,
                    "show_unresolved_only": "true",
                    "include_archived": "true",
                    "tags": "t1,t2",
                    "search": "Ruiz",
                },
                means=EMPTY_LIST,
            ),
        ),
        FOUND,
        note="filtered",
    ),
    Operation(
        ListsConversations.list_history,
        lambda provider: everything(provider.list_history(TR_LINE, CONTACT)),
        (Exchange(f"GET {_CONVERSATION}/messages", tr("conversation.json"), TR_PAGE, means=EMPTY_LIST),),
        HISTORY,
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: everything(provider.list_history(TR_LINE, ABROAD)), Rejected),),
        picks=True,
    ),
    Operation(
        ListsConversations.archive_conversation,
        lambda provider: provider.archive_conversation(TR_LINE, CONTACT),
        (Exchange(f"PUT {_CONVERSATION}/conversations/archive", Answer(200), effect=True, means=ANY_STATUS),),
        None,
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: provider.archive_conversation(TR_LINE, ABROAD), Rejected),),
    ),
    Operation(
        ListsConversations.unarchive_conversation,
        lambda provider: provider.unarchive_conversation(TR_LINE, CONTACT),
        (
            Exchange(
                f"PUT {_CONVERSATION}/conversations/unarchive",
                Answer(200, b'"Unarchived"'),
                effect=True,
                means=ANY_STATUS,
            ),
        ),
        None,
        refusals=TR_REFUSALS,
        impossible=(Impossible(lambda provider: provider.unarchive_conversation(TR_LINE, ABROAD), Rejected),),
    ),
)
