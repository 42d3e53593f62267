"""Text Request, described for the contract."""

from bot.providers.textrequest import TextRequest
from tests.providers.case import Case
from tests.providers.cases.common import KEY, WORDS
from tests.providers.cases.textrequest.common import TR_LINE, text_request, tr
from tests.providers.cases.textrequest.contacts import CONTACTS
from tests.providers.cases.textrequest.conversations import CONVERSATIONS
from tests.providers.cases.textrequest.dashboards import DASHBOARDS
from tests.providers.cases.textrequest.groups import GROUPS
from tests.providers.cases.textrequest.labels import LABELS
from tests.providers.cases.textrequest.media import MEDIA
from tests.providers.cases.textrequest.payments import PAYMENTS
from tests.providers.cases.textrequest.texts import STATUS_CALLBACK, TEXTS, TR_TEXT
from tests.providers.cases.textrequest.webhooks import SAMPLES, tr_sign
from tests.providers.specs import TEXT_REQUEST as SPEC

__all__ = ["STATUS_CALLBACK", "TEXT_REQUEST", "TR_LINE", "TR_TEXT", "text_request", "tr"]

TEXT_REQUEST = Case(
    name="textrequest",
    of=TextRequest,
    build=text_request,
    spec=SPEC,
    secrets=(KEY, WORDS, "4235550142", "4235550100", "s3cret"),
    operations=(
        *TEXTS,
        *CONTACTS,
        *CONVERSATIONS,
        *DASHBOARDS,
        *GROUPS,
        *LABELS,
        *MEDIA,
        *PAYMENTS,
    ),
    samples=SAMPLES,
    sign=tr_sign,
)
