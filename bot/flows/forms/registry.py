"""Every form, one line each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.forms.assign import ASSIGN
from bot.flows.forms.callback import CALLBACK
from bot.flows.forms.contact import CONTACT
from bot.flows.forms.contact_import import CONTACT_IMPORT
from bot.flows.forms.form import Form
from bot.flows.forms.group import GROUP
from bot.flows.forms.lines import LINE_DELETE, LINE_RENAME, LINE_SETTINGS
from bot.flows.forms.new_text import NEW_TEXT
from bot.flows.forms.note import NOTE
from bot.flows.forms.order_call import FAX, VOICE
from bot.flows.forms.order_post import LETTER, POSTCARD
from bot.flows.forms.payment import PAYMENT
from bot.flows.forms.ticket import TICKET
from bot.flows.forms.ticket_card import TICKET_ATTACH, TICKET_MOVE, TICKET_NOTE
from bot.flows.forms.ticket_files import TICKET_FILES

_ALL = (
    ASSIGN,
    CALLBACK,
    CONTACT,
    CONTACT_IMPORT,
    FAX,
    GROUP,
    LETTER,
    LINE_DELETE,
    LINE_RENAME,
    LINE_SETTINGS,
    NEW_TEXT,
    POSTCARD,
    NOTE,
    PAYMENT,
    TICKET,
    TICKET_ATTACH,
    TICKET_MOVE,
    TICKET_NOTE,
    TICKET_FILES,
    VOICE,
)
FORMS: Mapping[str, Form] = {form.name: form for form in _ALL}
