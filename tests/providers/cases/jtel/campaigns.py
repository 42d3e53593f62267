"""jtel's campaigns, described for the contract."""

from __future__ import annotations

from bot.capabilities import RunsCampaigns
from bot.errors import Ambiguous, NotFound, UsageError
from bot.model import Campaign, CampaignId, ResultCode, ResultKind
from bot.providers.jtel import Jtel
from tests.providers.case import Exchange, Impossible, Operation, Refusal
from tests.providers.cases.common import fixture
from tests.providers.cases.jtel.common import (
    NO_MADE_ROW,
    NO_ROW,
    NO_ROWS,
    NOT_THERE,
    NOTHING,
    OF_ONE,
    OF_SEARCHES,
    REFUSALS,
    jt,
)
from tests.providers.far_end import Answer

ID = CampaignId(538)
NAME = "Campaign 1000"
CAMPAIGN = Campaign(ID, NAME)
SPRING = Campaign(CampaignId(541), "Campaign 1000 spring")

_PATH = "/dialler/campaigns/campaign/538"
_TWINS = Answer(200, fixture("jtel", "campaigns.json").replace(b" spring", b""))
_ANOTHER = Answer(200, fixture("jtel", "campaign.json").replace(b"Campaign 1000", b"campaign 1000"))
_FIND = Exchange("GET /dialler/campaigns/campaign", jt("campaigns.json"), {"name": NAME}, wrong=NO_ROWS)


CAMPAIGNS: tuple[Operation[Jtel], ...] = (
    Operation(
        RunsCampaigns.list_campaigns,
        lambda provider: provider.list_campaigns(),
        (Exchange("GET /dialler/campaigns", jt("campaigns.json"), wrong=NO_ROWS),),
        [CAMPAIGN, SPRING],
        refusals=REFUSALS,
    ),
    Operation(
        RunsCampaigns.read_campaign,
        lambda provider: provider.read_campaign(ID),
        (Exchange("GET /dialler/campaigns/538", jt("campaign.json"), wrong=NO_ROW),),
        CAMPAIGN,
        refusals=OF_ONE,
        impossible=(Impossible(lambda provider: provider.read_campaign(CampaignId(0)), UsageError),),
    ),
    Operation(
        RunsCampaigns.find_campaigns,
        lambda provider: provider.find_campaigns(NAME),
        (_FIND,),
        [CAMPAIGN, SPRING],
        refusals=OF_SEARCHES,
        impossible=(Impossible(lambda provider: provider.find_campaigns(""), UsageError),),
    ),
    Operation(
        RunsCampaigns.list_result_codes,
        lambda provider: provider.list_result_codes(ID, 2),
        (Exchange(f"GET {_PATH}/resultCodes", jt("result_codes.json"), {"languagesID": "2"}, wrong=NO_ROWS),),
        [
            ResultCode(2695, "Abgeschlossen", ResultKind.DONE),
            ResultCode(2698, "Aufleger", ResultKind.ABORTED),
            ResultCode(2699, "Besetzt", ResultKind.LATER),
            ResultCode(2700, "Termin", ResultKind.APPOINTMENT),
        ],
        refusals=REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.list_result_codes(ID, 3), UsageError),
            Impossible(lambda provider: provider.list_result_codes(CampaignId(-1), 1), UsageError),
        ),
    ),
    Operation(
        RunsCampaigns.clone_campaign,
        lambda provider: provider.clone_campaign(NAME, "My New Campaign", "spring"),
        (
            Exchange(
                "POST /dialler/campaigns/clone",
                jt("campaign_cloned.json"),
                body={"source": NAME, "destination": "My New Campaign", "userData": "spring"},
                effect=True,
                wrong=NO_MADE_ROW,
            ),
        ),
        Campaign(CampaignId(611), "My New Campaign", "spring"),
        refusals=REFUSALS,
        impossible=(
            Impossible(lambda provider: provider.clone_campaign(" ", "New", ""), UsageError),
            Impossible(lambda provider: provider.clone_campaign(NAME, "", ""), UsageError),
            Impossible(lambda provider: provider.clone_campaign(NAME, "n" * 65, ""), UsageError),
        ),
    ),
    Operation(
        RunsCampaigns.delete_campaign,
        lambda provider: provider.delete_campaign(ID),
        (Exchange(f"DELETE {_PATH}", jt("done.json"), effect=True, wrong=({"status": 500},)),),
        None,
        refusals=REFUSALS,
        impossible=(Impossible(lambda provider: provider.delete_campaign(CampaignId(0)), UsageError),),
    ),
    Operation(
        RunsCampaigns.delete_campaign_named,
        lambda provider: provider.delete_campaign_named(NAME),
        (_FIND, Exchange(f"DELETE {_PATH}", jt("done.json"), effect=True, wrong=({"status": 500},))),
        None,
        refusals=(
            *REFUSALS,
            Refusal(NOTHING, NotFound, "nothing", at=0),
            Refusal(NOT_THERE, NotFound, "nothing", at=0),
            Refusal(_ANOTHER, NotFound, "nothing", at=0),
            Refusal(_TWINS, Ambiguous, "ambiguous", at=0),
        ),
        impossible=(Impossible(lambda provider: provider.delete_campaign_named(" "), UsageError),),
    ),
)
