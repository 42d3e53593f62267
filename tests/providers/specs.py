"""The providers' OpenAPI files as the tests need them: what they leave out, and what is wrong in them.

Text Request, ClickSend and Aranda are Microsoft's connectors in OpenAPI 3 with the providers' own hosts; jtel's
file is written from its pages.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors
Source: https://wiki.jtel.de/display/JPW/Dialler+REST+API+-+Dialler+Contact+Functions
"""

from __future__ import annotations

from tests.providers.spec import METHODS, Json, Spec


def _all_events(document: Json) -> None:
    """The file lists two events; the live API has these too.

    Source: https://github.com/dfilter/text-request-ts-contracts/blob/main/src/lib/zod/webhook.schemas.ts
    """
    post = document["paths"]["/dashboards/{dashboard_id}/hooks"]["post"]
    event = post["requestBody"]["content"]["application/json"]["schema"]["properties"]["event"]
    event["enum"] += ["msg_status_updated", "contact_updated", "payment_status_updated"]


TEXT_REQUEST = Spec(
    file="textrequest.openapi3.json",
    host="https://api.textrequest.com",
    prefix="/api/v3",
    beyond=(
        ("GET", r"/dashboards/\d+/messages"),
        ("PATCH", r"/dashboards/\d+/contacts/\d+"),
        ("POST", r"/mms"),
        ("GET", r"/dashboards/\d+/hooks"),
        ("PUT", r"/dashboards/\d+/hooks/\d+"),
        ("DELETE", r"/dashboards/\d+/hooks/\d+"),
    ),
    correct=_all_events,
    looks={"phone_number": "14235550142", "customer_phone": "14235550142"},
)

CLICK_SEND = Spec(
    file="clicksend.openapi3.json",
    host="https://rest.clicksend.com",
    prefix="/v3",
    beyond=(
        ("GET", r"/account"),
        ("POST", r"/(sms|mms|voice|post/letters)/price"),
        ("GET", r"/(sms|mms|voice|fax|post/letters|post/postcards)/history"),
        ("GET", r"/automations/(sms/inbound|(sms|voice)/receipts)"),
        ("POST", r"/automations/(sms|voice)/receipts"),
        ("PUT", r"/automations/(sms/inbound|(sms|voice)/receipts)/\d+"),
        ("DELETE", r"/automations/(sms|voice)/receipts/\d+"),
    ),
    # The connector's own doors to the same things, with the same bodies.
    same_as={
        "/automations/sms/inbound": "/ms-flow/automations/sms/inbound",
        "/post/return-addresses": "/ms-flow/post/return-addresses",
    },
    looks={
        "http_code": 200,
        "status": "SUCCESS",
        "custom_string": "tok-8f3c",
        "_url": "https://media.example.com/1.jpg",
    },
)

JTEL = Spec(
    file="jtel.yaml",
    host="https://jtel-rest-api-server:443",
    prefix="/rest/v1.0/1",
    # Source: https://wiki.jtel.de/display/JPW/Master+Data+REST+API+-+Users+Functions
    beyond=(("GET", r"/users"),),
)


def _answers_in_json(document: Json) -> None:
    """The file says of no answer what it is written in. Their pages show JSON.

    Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/get_history_case.html
    """
    for operations in document["paths"].values():
        for method in METHODS & operations.keys():
            content = operations[method]["responses"]["200"].get("content", {})
            if content and content["*/*"]["schema"].get("format") != "binary":
                content["application/json"] = content.pop("*/*")


ASMS_DIRECT = Spec(
    file="asms_direct.yaml",
    host="https://desk.example.com",
    prefix="/ASMSAPI",
    looks={"idByProject": "RF-48213"},
)


ASMS = Spec(
    file="asms.openapi3.json",
    host="https://automate.arandasoft.com",
    prefix="/asmsadapter/api",
    # Of a later connector; its pages name the actions, not the paths.
    # Source: https://docs.arandasoft.com/connectors/en/pages/power_automate/search_ci.html
    beyond=(
        ("POST", r"/cmdb/ci/list"),
        ("GET", r"/cmdb/ci/\d+"),
        ("PATCH", r"/cmdb/ci/\d+"),
    ),
    correct=_answers_in_json,
)
