"""Texts and conversations at Text Request's API."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.sandbox.routes import Asked, Route
from bot.sandbox.textrequest import shapes
from bot.sandbox.textrequest.account import LOCATION_TAG, Account
from bot.sandbox.textrequest.answers import (
    OPTED_OUT,
    Refusal,
    commas,
    dashboard_of,
    flag,
    instant,
    no_content,
    number_of,
    page_asked,
    paged,
    required,
)
from bot.sandbox.textrequest.shapes import Dashboard, Known
from bot.sandbox.texts import Picture, Text
from bot.sandbox.wire import json_answer

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_BYTES_OF_A_PDF = MEGABYTE
MOST_FILES = 3
KINDS = frozenset({
    "image/jpeg", "image/png", "image/gif", "video/mp4", "application/pdf", "text/csv", "text/plain", "text/vcard",
    "text/x-vcard", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip


class TextsDoor:
    """Sends texts, lists them, and archives conversations."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def routes(self) -> list[Route]:
        """Its addresses."""
        line, who = "dashboards/{}", "dashboards/{}/contacts/{}"
        return [
            Route("send", "POST", f"{who}/messages", self._send),
            Route("contact_messages", "GET", f"{who}/messages", self._contact_messages),
            Route("messages", "GET", f"{line}/messages", self._messages),
            Route("upload", "POST", "mms", self._upload),
            Route("conversations", "GET", f"{line}/conversations", self._conversations),
            Route("archive", "PUT", f"{who}/conversations/archive", self._archive),
            Route("unarchive", "PUT", f"{who}/conversations/unarchive", self._unarchive),
        ]

    def _who(self, asked: Asked) -> tuple[Dashboard, str]:
        return dashboard_of(self._account, asked), number_of(asked.ids[1])

    def _send(self, asked: Asked) -> web.Response:
        dashboard, number = self._who(asked)
        media = self._media_of(asked)
        required(asked, "sender_name", *([] if media else ["body"]))
        if "location_callback" in asked.body and LOCATION_TAG not in asked.field("body"):
            raise Refusal(400, "The location_callback needs the location tag.")
        if number in self._account.refused:
            raise Refusal(400, "The phone number cannot be texted.")
        contact = self._account.contact(dashboard, number)
        if contact.opted_out_at is not None:
            raise Refusal(400, "The contact has opted out.", OPTED_OUT)
        return json_answer(shapes.message(self._account.accept(dashboard, contact, asked.body)))

    def _media_of(self, asked: Asked) -> list[object]:
        """The files of a text: a few of those that were uploaded here."""
        media = asked.body.get("mms_media") or [] if isinstance(asked.body, dict) else []
        home = f"{self._account.base_url}/media/"
        if not isinstance(media, list) or not all(isinstance(url, str) and url.startswith(home) for url in media):
            raise Refusal(400, "The mms_media are not ours.")
        if len(media) > MOST_FILES:
            raise Refusal(400, "The mms_media are too many.")
        return media

    def _upload(self, asked: Asked) -> web.Response:
        """Its refusals have a message alone."""
        file = asked.body
        if not isinstance(file, Picture) or file.mimetype not in KINDS:
            return json_answer({"message": "The file type is not valid."}, 400)
        if len(file.content) > (MOST_BYTES_OF_A_PDF if file.mimetype == "application/pdf" else MOST_BYTES):
            return json_answer({"message": "The file is too large."}, 400)
        return json_answer({"mime_type": file.mimetype, "url": self._account.keep(file)})

    def _contact_messages(self, asked: Asked) -> web.Response:
        """Newest first: the real order is undocumented, so nothing may rest on it."""
        dashboard, number = self._who(asked)
        texts = [one for one in self._account.log.of_contact(number) if one.line == dashboard.number]
        if not texts:
            return no_content()
        self._account.listed(texts)
        return paged([shapes.message(text) for text in reversed(texts)], asked)

    def _messages(self, asked: Asked) -> web.Response:
        dashboard = dashboard_of(self._account, asked)
        texts = _chosen(self._account.log.of_line(dashboard.number), asked)
        meta, page = shapes.page_of(texts, *page_asked(asked))
        self._account.listed(page)
        items = [shapes.listed_message(one, self._account.contact(dashboard, one.contact)) for one in page]
        return json_answer({"meta": meta, "items": items})

    # --- Conversations --------------------------------------------------------------------------------

    def _conversations(self, asked: Asked) -> web.Response:
        """The last one to have a text comes first. Both flags are true when they are left out, as the connector's
        file says."""
        known = self._account.known(dashboard_of(self._account, asked))
        unresolved = flag(asked, "show_unresolved_only", default=True)
        archived = flag(asked, "include_archived", default=True)
        chosen = [
            each
            for each in known
            if each.texts
            and (archived or not each.contact.is_archived)
            and not (unresolved and each.contact.is_resolved)
            and _is_looked_for(each, asked)
        ]
        if not chosen:
            return no_content()
        chosen.sort(key=lambda each: each.texts[-1].at, reverse=True)
        return paged([shapes.conversation_json(each) for each in chosen], asked)

    def _archive(self, asked: Asked) -> web.Response:
        return self._set_archived(asked, archived=True)

    def _unarchive(self, asked: Asked) -> web.Response:
        return self._set_archived(asked, archived=False)

    def _set_archived(self, asked: Asked, *, archived: bool) -> web.Response:
        dashboard, number = self._who(asked)
        contact = self._account.contacts.get((dashboard.id, number))
        if contact is None:
            raise Refusal(404, "The contact does not exist.")
        if contact.is_archived != archived:
            contact.is_archived = archived
            self._account.updated(dashboard, contact)
        return json_answer("The conversation is archived." if archived else "The conversation is unarchived.")


def _is_looked_for(known: Known, asked: Asked) -> bool:
    search, tags = asked.query.get("search", "").casefold(), commas(asked, "tags")
    name_or_number = f"{known.contact.name}\n{shapes.digits(known.contact.number)}".casefold()
    return search in name_or_number and (not tags or bool(tags & set(known.contact.tags)))


def _chosen(texts: Sequence[Text], asked: Asked) -> Sequence[Text]:
    """The texts that the query's filters leave, in its order. Raises `Refusal` for a bad value."""
    direction, sort = asked.query.get("message_direction", ""), asked.query.get("sort", "asc")
    if direction not in {"", "R", "S"} or sort not in {"asc", "desc"}:
        raise Refusal(400, "A filter's value is not valid.")
    start, end = instant(asked, "start_date"), instant(asked, "end_date")
    chosen = [
        text
        for text in texts
        if (not direction or text.outbound == (direction == "S"))
        and (start is None or text.at >= start)
        and (end is None or text.at <= end)
    ]
    return chosen[::-1] if sort == "desc" else chosen
