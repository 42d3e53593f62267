"""Aranda, described for the contract."""

from bot.capabilities import Provider
from bot.errors import CredentialsRefused
from bot.model import AccountFacts, ProviderName, TicketCode, TicketReported
from bot.providers.asms import Asms
from tests.providers.case import ANY_STATUS, Case, Exchange, Operation, Refusal, Sample
from tests.providers.cases.asms.choices import CHOICES
from tests.providers.cases.asms.common import EMPTY_404, INSTANCE_URL, READ_REFUSALS, asms
from tests.providers.cases.asms.items import ITEMS
from tests.providers.cases.asms.knowledge import KNOWLEDGE
from tests.providers.cases.asms.notes_and_files import NOTES_AND_FILES
from tests.providers.cases.asms.tickets import TICKETS
from tests.providers.cases.common import KEY, WORDS, fixture
from tests.providers.far_end import Answer
from tests.providers.specs import ASMS as SPEC

__all__ = ["ASMS", "asms"]

CHECK: Operation[Asms] = Operation(
    Provider.check,
    lambda provider: provider.check(),
    (
        Exchange(
            "GET /connection", Answer(200, b"true", {"date": "Mon, 02 Mar 2026 15:05:30 GMT"}), means=ANY_STATUS
        ),
    ),
    AccountFacts("the adapter reaches the instance", 30.0),
    refusals=(*READ_REFUSALS, EMPTY_404, Refusal(Answer(200, b"false"), CredentialsRefused, "result_false")),
)

ASMS = Case(
    name="asms",
    of=Asms,
    build=asms,
    spec=SPEC,
    secrets=(KEY, INSTANCE_URL, WORDS, "4235550142"),
    operations=(CHECK, *TICKETS, *NOTES_AND_FILES, *CHOICES, *KNOWLEDGE, *ITEMS),
    samples=(
        Sample(
            "ticket",
            fixture("asms", "ticket_webhook.json"),
            TicketReported(ProviderName("asms"), TicketCode("RF-200")),
        ),
    ),
)
