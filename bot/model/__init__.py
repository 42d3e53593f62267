"""The nouns and ids of the bot. Frozen values only; no I/O, no rules.

Instants are aware datetimes in UTC. Phone numbers are E.164 (`+14235550142`), or bare digits for a short code.
"""

from bot.model.asked import AccountFacts, Hook, OutgoingText, SentText, TextLimit
from bot.model.kept import Accepted, Claim, Conversation, Decided, Message, Status, Thread, Wish
from bot.model.lines import Attachment, Line
from bot.model.reported import (
    DeliveryReported,
    Nothing,
    OptOutReported,
    ProviderEvent,
    Signature,
    TextReceived,
    TextSent,
    WebhookReading,
    WebhookRequest,
)
from bot.model.slack import Block, Change, Member, MemberKind, Post, Reply, Verdict
from bot.model.words import (
    DELIVERY_RANK,
    ChannelId,
    ConversationId,
    Delivery,
    Direction,
    Kind,
    LineId,
    MemberId,
    MessageId,
    Number,
    OptOut,
    ProviderName,
    State,
    Ts,
)

__all__ = [
    "DELIVERY_RANK",
    "Accepted",
    "AccountFacts",
    "Attachment",
    "Block",
    "Change",
    "ChannelId",
    "Claim",
    "Conversation",
    "ConversationId",
    "Decided",
    "Delivery",
    "DeliveryReported",
    "Direction",
    "Hook",
    "Kind",
    "Line",
    "LineId",
    "Member",
    "MemberId",
    "MemberKind",
    "Message",
    "MessageId",
    "Nothing",
    "Number",
    "OptOut",
    "OptOutReported",
    "OutgoingText",
    "Post",
    "ProviderEvent",
    "ProviderName",
    "Reply",
    "SentText",
    "Signature",
    "State",
    "Status",
    "TextLimit",
    "TextReceived",
    "TextSent",
    "Thread",
    "Ts",
    "Verdict",
    "WebhookReading",
    "WebhookRequest",
    "Wish",
]
