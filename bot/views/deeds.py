"""A line of the log of what people did, as a list shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from bot.model import Deed
from bot.phone import display_number
from bot.views.phrases import dotted, moment

_SAID: Mapping[str, str] = {
    "text": "started a text",
    "retried": "sent a failed text again",
    "sent_again": "sent a text again whose outcome was unknown",
    "sent": "sent a text that had waited",
    "kept": "kept a late reply internal",
    "note_sent": "sent a note as a text",
    "arrived": "said that a text arrived",
    "corrected": "sent a correction",
    "location_asked": "asked where somebody is",
    "taken": "took a conversation",
    "assigned": "assigned a conversation",
    "unassigned": "left a conversation to whoever takes it",
    "resolved": "resolved a conversation",
    "reopened": "reopened a conversation",
    "archived": "archived a conversation",
    "unarchived": "brought a conversation back",
    "contact_saved": "changed a contact",
    "contact_blocked": "blocked a contact",
    "contact_unblocked": "unblocked a contact",
    "contacts_imported": "imported contacts",
    "contact_deleted": "deleted a contact",
    "group_made": "made a group",
    "group_changed": "changed a group",
    "group_deleted": "deleted a group",
    "callback_create": "queued a callback",
    "callback_again": "had a callback queued again",
    "callback_happened": "said that a callback was queued",
    "callback_dropped": "let a callback be",
    "campaign_copied": "copied a campaign",
    "campaign_deleted": "deleted a campaign",
    "dialler_added": "added a contact to a campaign",
    "dialler_changed": "changed a contact of the dialler",
    "dialler_dropped": "deleted a contact of the dialler",
    "dialler_locked": "locked a contact of the dialler",
    "dialler_reset": "had a contact of the dialler called anew",
    "dialler_unlocked": "unlocked a contact of the dialler",
    "line_made": "made a line",
    "line_renamed": "renamed a line",
    "line_deleted": "deleted a line at its provider",
    "line_connected": "connected a line to a channel",
    "line_disconnected": "disconnected a line from its channel",
    "line_set": "changed the settings of a line",
    "list_made": "made a list",
    "list_deleted": "deleted a list and who was on it",
    "listed": "put a contact on a list",
    "unlisted": "took a contact off a list",
    "ordered_voice": "ordered a call",
    "ordered_fax": "ordered a fax",
    "ordered_letter": "ordered a letter",
    "ordered_postcard": "ordered a postcard",
    "order_found": "found out that an order went out",
    "order_went_out": "said that an order went out",
    "order_again": "ordered again what nobody knew of",
    "payment_create": "asked for a payment",
    "payment_remind": "reminded of a payment",
    "payment_cancel": "cancelled a payment",
    "payment_mark_paid": "marked a payment as paid",
    "payment_approved": "approved a payment",
    "payment_again": "had a payment's step tried again",
    "payment_happened": "said that a payment's step happened",
    "payment_dropped": "let a payment's step be",
    "ticket_changed": "changed a ticket",
    "ticket_noted": "added a note to a ticket",
    "ticket_file_added": "attached a file to a ticket",
    "queued_ticket_create": "queued a ticket",
    "queued_ticket_again": "had a ticket queued again",
    "queued_ticket_happened": "said that a ticket was queued",
    "queued_ticket_dropped": "let a ticket for the agents be",
    "ticket_create": "opened a ticket",
    "ticket_note": "added a note to a ticket",
    "ticket_move": "changed a ticket's state",
    "ticket_attach": "attached a file to a ticket",
    "ticket_again": "had a ticket's step tried again",
    "ticket_happened": "said that a ticket's step happened",
    "ticket_dropped": "let a ticket's step be",
    "item_made": "made a configuration item",
    "item_changed": "changed a configuration item",
}


def deed_line(deed: Deed, who: str, zone: tzinfo) -> str:
    """Who did what for whom and when, in the reader's zone; the result when it was not as wanted. Pure."""
    what = _SAID.get(deed.what, deed.what)
    whom = deed.contact_name or display_number(deed.contact) if deed.contact else ""
    done = dotted(f"{who or 'Somebody'} {what}", deed.about, whom, deed.result)
    return f"{done}\n{moment(deed.at, zone)}"
