"""ClickSend, described for the contract."""

from bot.providers.clicksend import ClickSend
from tests.providers.case import Case
from tests.providers.cases.clicksend.common import CS_LINE, click_send, cs, recipient
from tests.providers.cases.clicksend.contact_lists import CONTACT_LISTS
from tests.providers.cases.clicksend.faxes import FAXES
from tests.providers.cases.clicksend.history import HISTORY
from tests.providers.cases.clicksend.media import MEDIA
from tests.providers.cases.clicksend.post import POST
from tests.providers.cases.clicksend.prices import PRICES
from tests.providers.cases.clicksend.rules import RULES
from tests.providers.cases.clicksend.texts import CS_TEXT, TEXTS
from tests.providers.cases.clicksend.voice import VOICE
from tests.providers.cases.clicksend.webhooks import SAMPLES
from tests.providers.cases.common import KEY, WORDS
from tests.providers.specs import CLICK_SEND as SPEC

__all__ = ["CLICK_SEND", "CS_LINE", "CS_TEXT", "click_send", "cs", "recipient"]

CLICK_SEND = Case(
    name="clicksend",
    of=ClickSend,
    build=click_send,
    spec=SPEC,
    secrets=(
        KEY,
        WORDS,
        "4235550142",
        "4235550100",
        "Ana Ruiz",
        "ana@example.com",
        "1 Main St",
        "texts@example.com",
        "0F1E2D3C-KEY-OF-THE-ACCOUNT",
        "dGV4dHNAZXhhbXBsZS5jb206azN5LU9mLVRoZS1BY2NvdW50",
    ),
    operations=(
        *CONTACT_LISTS,
        *FAXES,
        *HISTORY,
        *MEDIA,
        *POST,
        *PRICES,
        *RULES,
        *TEXTS,
        *VOICE,
    ),
    samples=SAMPLES,
)
