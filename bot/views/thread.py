"""A conversation's thread: its root card, the contact's texts, and texts sent from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.markup import BLANK, escape, literal, shorten
from bot.model import Block, Conversation, Kind, Message, Post, Status
from bot.phone import display_number, last_four
from bot.views import rich

SHOWN = 10_000  # characters of one text; the rest stays in the database
QUOTED = 300
# Characters of a notification; Slack advises 4,000 at the most.
# Source: https://docs.slack.dev/reference/methods/chat.postMessage#truncating
FALLBACK = 3_000
NAME = 40  # characters of a contact's name
TEXT_ICON = ":iphone:"
ECHO_ICON = ":outbox_tray:"

_STATUS = {
    Status.NEW: "👋 New",
    Status.OPEN: "💬 Open",
    Status.WAITING: "⏳ Waiting for contact",
    Status.DONE: "✅ Done",
}
_HOW_TO = "Reply in this thread to text them. Start with // to keep it internal."


@dataclass(frozen=True, slots=True)
class Before:
    """What a new root card tells of the thread before it: where that was, and what was said last."""

    link: str
    messages: Sequence[Message]


def contact_label(conversation: Conversation) -> str:
    """The contact's name, or else the number, on one line."""
    return _one_line(conversation.contact_name) or display_number(conversation.contact)


def _one_line(name: str | None) -> str:
    """A name of somebody outside, short and on one line; '' when there is nothing to see."""
    shown = " ".join(literal(name or "").split())
    return "" if shown == BLANK else shorten(shown, NAME)


def root_card(conversation: Conversation, first_words: str, before: Before | None) -> Post:
    """The card that opens a thread. `first_words` is the contact's text that opened it, '' when there is none."""
    number = display_number(conversation.contact)
    named = contact_label(conversation) != number
    title = [*rich.said("📱 "), *rich.words(contact_label(conversation), bold=True)]
    title += rich.said(f" · {number}" if named else "")
    title += rich.said(f" → {conversation.line.name}")
    if conversation.opted_out is not None:
        title += rich.said("   ⛔ Opted out", bold=True)
    parts = [rich.section(*title)]
    if first_words.strip():
        parts.append(rich.quote(*rich.words(shorten(literal(first_words), QUOTED))))
    parts.append(_status_line(conversation))
    if before is not None:
        parts += _told_before(before)
    parts.append(rich.section(*rich.said(_HOW_TO, italic=True)))
    fallback = f"{contact_label(conversation)} → {conversation.line.name}"
    fallback += f": {shorten(literal(first_words), QUOTED)}" if first_words else ""
    return Post(text=escape(fallback), blocks=(rich.block(*parts),))


def _status_line(conversation: Conversation) -> Block:
    elements = rich.said(_STATUS[conversation.status])
    if conversation.first_text_at is not None:
        elements += [*rich.said(" · first text "), rich.when(conversation.first_text_at)]
    return rich.section(*elements)


def _told_before(before: Before) -> list[Block]:
    """The link to the thread before this one, and what was said there last."""
    parts = [rich.section(*rich.said("This continues "), rich.link(before.link, "an earlier thread"))]
    for message in before.messages:
        who = "They: " if message.kind == Kind.TEXT else "We: "
        parts.append(rich.quote(*rich.said(who, bold=True), *rich.words(shorten(message.body, QUOTED))))
    return parts


def text(conversation: Conversation, message: Message) -> Post:
    """A contact's text: their words and nothing else, under a name that no member can have."""
    label = f"{contact_label(conversation)} · text …{last_four(conversation.contact)}"
    return Post(
        text=_fallback(message),
        blocks=_body_blocks(message),
        username=label,
        icon_emoji=TEXT_ICON,
        broadcast=message.broadcast,
    )


def echo(conversation: Conversation, message: Message, provider_title: str) -> Post:
    """A text that somebody sent to the contact elsewhere."""
    who = _one_line(message.author) or "Somebody"
    label = f"{who} in {provider_title} · to …{last_four(conversation.contact)}"
    return Post(text=_fallback(message), blocks=_body_blocks(message), username=label, icon_emoji=ECHO_ICON)


def _fallback(message: Message) -> str:
    return escape(shorten(_shown_words(message), FALLBACK))


def _shown_words(message: Message) -> str:
    """The words, or what stands in for a text without any."""
    if message.body.strip():
        return literal(message.body)
    return "(a file)" if message.attachments else "(an empty text)"


def _body_blocks(message: Message) -> tuple[Block, ...]:
    """Literal words; a file is named with its link until it can be shown."""
    body = _shown_words(message)
    parts = [rich.section(*rich.said(body[:SHOWN]))]
    if len(body) > SHOWN:
        left = f"(… and {len(body) - SHOWN:,} more characters, kept in the database)"
        parts.append(rich.section(*rich.said(left, italic=True)))
    for number, attachment in enumerate(message.attachments, start=1):
        parts.append(_attachment(number, attachment.url, attachment.mime_type))
    return (rich.block(*parts),)


def _attachment(number: int, url: str, mime_type: str) -> Block:
    label = f"File {number}" + (f" ({literal(mime_type)[:60]})" if mime_type else "")
    if url.startswith(("https://", "http://")) and len(url) <= 2_000:
        return rich.section(*rich.said("📎 "), rich.link(url, label))
    return rich.section(*rich.said(f"📎 {label}"))
