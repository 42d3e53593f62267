"""A conversation's thread: its root card, the contact's texts, and texts sent from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from bot.markup import BLANK, escape, first_part, literal, one_line, shorten
from bot.model import Block, Conversation, Kind, Line, MemberId, Message, Post, Status, TextReceived, TextSent
from bot.phone import display_number, last_four
from bot.views import rich
from bot.views.places import map_link, place_words

SHOWN = 10_000  # characters of one text; the rest stays in the database
QUOTED = 300
# Characters of a notification; Slack advises 4,000 at the most.
# Source: https://docs.slack.dev/reference/methods/chat.postMessage#truncating
FALLBACK = 3_000
LATE = timedelta(minutes=5)
LONGEST_ADDRESS = 2_000
NAME = 40  # characters of a contact's name
LINE_NAME = 100
TEXT_ICON = ":iphone:"
ECHO_ICON = ":outbox_tray:"

_STATUS = {
    Status.NEW: "👋 New",
    Status.OPEN: "💬 Open",
    Status.WAITING: "⏳ Waiting for contact",
    Status.DONE: "✅ Done",
}
_MIME_TYPE = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,40}", re.ASCII)
# What stands for itself in an address; everything else is written as %20 is.
# Source: https://www.rfc-editor.org/rfc/rfc3986#section-2
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~"
_HOW_TO = "Reply in this thread to text them. Start with // to keep it internal."


@dataclass(frozen=True, slots=True)
class Before:
    """What a new root card tells of the thread before it: where that was, and what was said last."""

    link: str
    messages: Sequence[Message]


def status_words(status: Status) -> str:
    """Where a conversation stands, as cards say it. Pure."""
    return _STATUS[status]


def contact_label(conversation: Conversation) -> str:
    """The contact's name, or else the number, on one line."""
    return _short(conversation.contact_name) or display_number(conversation.contact)


def line_label(line: Line) -> str:
    """The line's name, short and on one line: it may be one that the provider had."""
    return _short(line.name, LINE_NAME) or display_number(line.number)


def _short(name: str | None, most: int = NAME) -> str:
    """A name of somebody outside, short and on one line; '' when there is nothing to see."""
    shown = one_line(name or "", most)
    return "" if shown == BLANK else shown


def root_card(conversation: Conversation, first_words: str, before: Before | None) -> Post:
    """The card that opens a thread. `first_words` is the contact's text that opened it, '' when there is none."""
    number = display_number(conversation.contact)
    named = contact_label(conversation) != number
    title = [*rich.said("📱 "), *rich.words(contact_label(conversation), bold=True)]
    title += rich.said(f" · {number}" if named else "")
    title += rich.said(f" → {line_label(conversation.line)}")
    if conversation.opted_out is not None:
        title += rich.said("   ⛔ Opted out", bold=True)
    if conversation.blocked:
        title += rich.said("   🚫 Blocked", bold=True)
    parts = [rich.section(*title)]
    first = shorten(literal(first_words), QUOTED)
    if first != BLANK:
        parts.append(rich.quote(*rich.said(first)))
    parts.append(_status_line(conversation))
    if before is not None:
        parts += _told_before(before)
    parts.append(rich.section(*rich.said(_HOW_TO, italic=True)))
    fallback = f"{contact_label(conversation)} → {line_label(conversation.line)}"
    fallback += f": {first}" if first != BLANK else ""
    return Post(text=escape(fallback), blocks=(rich.block(*parts),))


def _status_line(conversation: Conversation) -> Block:
    elements = rich.said(f"{_STATUS[conversation.status]} · Owner ")
    elements += rich.said("—") if conversation.owner is None else [rich.member(conversation.owner)]
    if conversation.first_text_at is not None:
        elements += [*rich.said(" · first text "), rich.when(conversation.first_text_at)]
    return rich.section(*elements)


def _told_before(before: Before) -> list[Block]:
    """The link to the thread before this one, and what was said there last."""
    parts = [rich.section(*rich.said("This continues "), rich.link(before.link, "an earlier thread"))]
    for message in before.messages:
        who = "They: " if message.kind in (Kind.TEXT, Kind.LOCATION) else "We: "
        said = place_words(message.body) if message.kind == Kind.LOCATION else message.body
        parts.append(rich.quote(*rich.said(who, bold=True), *rich.words(shorten(said, QUOTED))))
    return parts


def theirs(conversation: Conversation, message: Message) -> Post:
    """What the contact sent: a text, or where they are."""
    view = location if message.kind == Kind.LOCATION else text
    return view(conversation, message)


def text(conversation: Conversation, message: Message) -> Post:
    """A contact's text: their words and nothing else, under a name that no member can have. Its owner is
    mentioned below."""
    label = f"{contact_label(conversation)} · text …{last_four(conversation.contact)}"
    return Post(
        text=_fallback(message),
        blocks=(*_body_blocks(message), *_for_owner(conversation)),
        username=label,
        icon_emoji=TEXT_ICON,
        broadcast=message.broadcast,
    )


def _for_owner(conversation: Conversation) -> tuple[Block, ...]:
    """A mention, so that Slack tells them."""
    if conversation.owner is None:
        return ()
    return (rich.block(rich.section(*rich.said("For ", italic=True), rich.member(conversation.owner))),)


def location(conversation: Conversation, message: Message) -> Post:
    """Where a contact is, with a map behind it."""
    label = f"{contact_label(conversation)} · location …{last_four(conversation.contact)}"
    place = place_words(message.body)
    line = [*rich.said(f"{place} · "), rich.link(map_link(message.body), "Open the map")]
    return Post(
        text=place,
        blocks=(rich.block(rich.section(*line)), *_for_owner(conversation)),
        username=label,
        icon_emoji=TEXT_ICON,
        broadcast=message.broadcast,
    )


def echo(conversation: Conversation, message: Message, provider_title: str) -> Post:
    """A text that was sent to the contact elsewhere: by somebody, or by the provider, as for a payment."""
    who = _short(message.author)
    where = f"{who} in {provider_title}" if who else f"Sent by {provider_title}"
    label = f"{where} · to …{last_four(conversation.contact)}"
    return Post(text=_fallback(message), blocks=_body_blocks(message), username=label, icon_emoji=ECHO_ICON)


def said(conversation: Conversation, message: Message) -> Post:
    """A text that a member started outside the thread; its reactions stand here."""
    to = f" to {contact_label(conversation)}:"
    heading = rich.section(*rich.said("📤 "), rich.member(MemberId(message.author)), *rich.said(to))
    blocks = (rich.block(heading, rich.quote(*rich.words(first_part(message.body, SHOWN)))),)
    return Post(text=_fallback(message), blocks=blocks)


_STAND_INS: Mapping[Kind, str] = {
    Kind.ROOT: "This is the conversation with {who}. Slack does not take its card.",
    Kind.TEXT: "A text of {who} cannot be shown here: Slack does not take it.",
    Kind.LOCATION: "Where {who} is cannot be shown here: Slack does not take it.",
    Kind.SAID: "A text to {who} that was started elsewhere cannot be shown here: Slack does not take it.",
    Kind.ECHO: "A text that was sent to {who} in {provider} cannot be shown here: Slack does not take it.",
}
_OURS = "Something that Threadline had to tell about {who} cannot be shown here: Slack does not take it."
_KEPT = " It is kept in Threadline’s database (message {id}), and the conversation can be read in {provider}."


def stand_in(conversation: Conversation, message: Message, provider_title: str) -> Post:
    """What stands in the place of a message that Slack takes in no form. No word of anybody else is in it."""
    sentence = _STAND_INS.get(message.kind, _OURS) + _KEPT
    who = display_number(conversation.contact)
    said = sentence.format(who=who, provider=provider_title, id=message.id)
    return Post(text=escape(said), broadcast=message.broadcast)


def _fallback(message: Message) -> str:
    return escape(shorten(shown_words(message), FALLBACK))


def shown_words(text: Message | TextReceived | TextSent) -> str:
    """The words, or what stands in for a text without any. Pure."""
    words = literal(text.body)
    if words != BLANK:
        return words
    return "(a file)" if text.attachments else "(an empty text)"


def _body_blocks(message: Message) -> tuple[Block, ...]:
    """Literal words; a file is named with its link until it can be shown."""
    body = shown_words(message)
    shown = first_part(body, SHOWN)
    parts = [rich.section(*rich.said(shown))]
    if _is_late(message):
        parts.insert(0, rich.section(*rich.said("Sent ", italic=True), rich.when(message.occurred_at)))
    if len(body) > len(shown):
        left = f"(… and {len(body) - len(shown):,} more characters, kept in the database)"
        parts.append(rich.section(*rich.said(left, italic=True)))
    for number, attachment in enumerate(message.attachments, start=1):
        parts.append(_attachment(number, attachment.url, attachment.mime_type))
    return (rich.block(*parts),)


def _is_late(message: Message) -> bool:
    """Whether it is posted so long after it was sent that Slack's own time beside it would mislead."""
    return message.claimed_at is not None and message.claimed_at - message.occurred_at > LATE


def _attachment(number: int, url: str, mime_type: str) -> Block:
    kind = literal(mime_type)
    label = f"File {number}" + (f" ({kind})" if _MIME_TYPE.fullmatch(kind) else "")
    address = quote(url, safe=_IN_ADDRESSES, errors="replace")
    if address.lower().startswith(("https://", "http://")) and len(address) <= LONGEST_ADDRESS:
        return rich.section(*rich.said("📎 "), rich.link(address, label))
    return rich.section(*rich.said(f"📎 {label}"))
