"""jtel, described for the contract."""

from bot.providers.jtel import Jtel
from tests.providers.case import Case
from tests.providers.cases.common import KEY, WORDS
from tests.providers.cases.jtel.callbacks import CALLBACKS
from tests.providers.cases.jtel.campaigns import CAMPAIGNS
from tests.providers.cases.jtel.common import jt, jtel
from tests.providers.cases.jtel.contacts import CONTACTS
from tests.providers.cases.jtel.events import EVENTS, GROUPS
from tests.providers.specs import JTEL as SPEC

__all__ = ["JTEL", "jt", "jtel"]

JTEL = Case(
    name="jtel",
    of=Jtel,
    build=jtel,
    spec=SPEC,
    secrets=(KEY, WORDS, "4235550142", "4235550100", "4235550143"),
    operations=(*EVENTS, *GROUPS, *CALLBACKS, *CAMPAIGNS, *CONTACTS),
)
