"""The providers as the contract needs them described: one `Case` each. Add yours to the list."""

from tests.providers.cases.asms import ASMS
from tests.providers.cases.asms_direct import ASMS_DIRECT
from tests.providers.cases.clicksend import CLICK_SEND
from tests.providers.cases.jtel import JTEL
from tests.providers.cases.textrequest import TEXT_REQUEST

CASES = (
    TEXT_REQUEST,
    CLICK_SEND,
    JTEL,
    ASMS,
    ASMS_DIRECT,
)
