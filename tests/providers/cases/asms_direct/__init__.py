"""Aranda's own API, described for the contract."""

from dataclasses import replace

from bot.capabilities import Provider
from bot.model import AccountFacts, ProviderName, TicketReported
from bot.providers.asms.direct import AsmsDirect
from tests.providers.case import Case, Operation, Sample
from tests.providers.cases.asms.common import READ_REFUSALS
from tests.providers.cases.asms_direct.choices import CHOICES
from tests.providers.cases.asms_direct.common import CODE, PROJECTS, direct
from tests.providers.cases.asms_direct.files import FILES_OF_TICKETS
from tests.providers.cases.asms_direct.tickets import TICKETS
from tests.providers.cases.common import KEY, WORDS
from tests.providers.specs import ASMS_DIRECT as SPEC

__all__ = ["ASMS_DIRECT"]

WEBHOOK = b'{"event": "case.updated", "idByProject": "RF-48213", "id": 48213}'
CHECK: Operation[AsmsDirect] = Operation(
    Provider.check,
    lambda provider: provider.check(),
    (replace(PROJECTS, answer=replace(PROJECTS.answer, headers={"date": "Mon, 02 Mar 2026 15:05:30 GMT"})),),
    AccountFacts("the instance answers", 30.0),
    refusals=READ_REFUSALS,
)

ASMS_DIRECT = Case(
    name="asms",
    of=AsmsDirect,
    build=direct,
    spec=SPEC,
    secrets=(KEY, WORDS, "4235550142"),
    operations=(CHECK, *TICKETS, *FILES_OF_TICKETS, *CHOICES),
    samples=(Sample("ticket", WEBHOOK, TicketReported(ProviderName("asms"), CODE)),),
)
