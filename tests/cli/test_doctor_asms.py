"""`threadline doctor` and Aranda: what is set, and what its adapter offers."""

from __future__ import annotations

import pytest

from bot.doctor.asms import half_set
from bot.doctor.findings import Mark
from bot.doctor.providers import skew
from bot.providers.asms import Asms
from bot.sandbox.trouble import Fault
from bot.settings import Settings
from bot.startup import build_providers
from tests.cli.conftest import PUBLIC, Desk

INSTANCE_URL = "https://asms.example.com/ASMSapi/"
ALL_SET = {
    "asms_api_url": "https://adapter.example.com/api",
    "asms_token": "t",
    "asms_instance_url": INSTANCE_URL,
}
WITHOUT_ADAPTER = {"asms_token": "t", "asms_instance_url": INSTANCE_URL}
WITH_A_PASSWORD = {"asms_username": "desk", "asms_password": "p", "asms_instance_url": INSTANCE_URL}


@pytest.fixture
def aranda(desk: Desk) -> Desk:
    """A desk with Aranda as well."""
    desk.set(**desk.sandbox.asms_addresses())
    return desk


async def test_aranda_in_place_is_all_well_and_nothing_is_changed_there(aranda: Desk) -> None:
    await aranda.adds_line()
    aranda.trouble.traffic.on = True

    ran = await aranda.types("doctor")

    assert ran.code == 0
    assert ran.line("Aranda: our key") == "✓ Aranda: our key is accepted (the adapter reaches the instance)."
    assert ran.line("pass through") == "✓ Aranda: its token and tickets pass through 127.0.0.1."
    assert ran.line("configuration items") == "✓ Aranda: its configuration items can be searched."
    asked = {passage.where for passage in aranda.trouble.traffic.passages if passage.where.startswith("asms.")}
    assert asked == {"asms.connection", "asms.find_items"}


async def test_instance_asked_itself_is_told_with_what_needs_the_adapter(desk: Desk) -> None:
    desk.set(**desk.sandbox.asms_own_addresses())
    await desk.adds_line()

    ran = await desk.types("doctor")

    assert ran.code == 0
    assert ran.line("Aranda: our key").startswith("✓ Aranda: our key is accepted")
    assert ran.line("is asked itself").startswith("✓ Aranda: your instance is asked itself.")
    assert ran.line("is asked itself").endswith("need the adapter: ASMS_API_URL.")
    assert "pass through" not in ran.out


async def test_adapter_without_configuration_items_and_a_zone_that_is_not_set_are_told(aranda: Desk) -> None:
    aranda.sandbox.asms.rules.missing = ("find_items",)
    aranda.set(ASMS_TIME_ZONE="")

    ran = await aranda.types("doctor")

    assert ran.line("configuration items").startswith("! Aranda: its adapter has no configuration items")
    assert ran.line("ASMS_TIME_ZONE").startswith("! Aranda:")


@pytest.mark.parametrize(
    ("public", "said"),
    [
        ("", "as there is no THREADLINE_PUBLIC_URL."),
        (PUBLIC, "`threadline lines webhook asms` prints its address."),
    ],
)
async def test_how_changes_of_tickets_come_is_told(aranda: Desk, public: str, said: str) -> None:
    aranda.set(THREADLINE_PUBLIC_URL=public)

    ran = await aranda.types("doctor")

    assert ran.line("changes of tickets").startswith("✓ Aranda: changes of tickets are looked for")
    assert ran.line("changes of tickets").endswith(said)


async def test_address_for_its_business_rule_is_printed_and_stays_the_same(aranda: Desk) -> None:
    aranda.set(THREADLINE_PUBLIC_URL=PUBLIC)
    first, second = [await aranda.types("lines", "webhook", "asms") for _ in range(2)]

    assert first.code == 0
    assert f"URL     {PUBLIC}/webhooks/asms/" in first.out
    assert first.out == second.out
    assert '{"idByProject":' in first.out


async def test_address_is_refused_where_nothing_can_be_posted(aranda: Desk) -> None:
    ran = await aranda.types("lines", "webhook", "asms")

    assert ran.code == 1
    assert "THREADLINE_PUBLIC_URL is not set" in ran.err


async def test_address_is_refused_without_a_service_desk(desk: Desk) -> None:
    ran = await desk.types("lines", "webhook", "asms")

    assert ran.code == 1
    assert "asms is not set up here" in ran.err


async def test_refused_token_names_its_variables(aranda: Desk) -> None:
    aranda.set(ASMS_TOKEN="another")

    ran = await aranda.types("doctor")

    assert ran.code == 1
    assert ran.line("our key is refused").endswith("Check ASMS_API_URL, ASMS_TOKEN and ASMS_INSTANCE_URL.")
    assert (
        ran.line("could not be searched") == "! Aranda: its configuration items could not be searched (http_401)."
    )


async def test_search_without_an_answer_is_no_missing_one(aranda: Desk) -> None:
    aranda.trouble.add(Fault(where="asms.find_items", kind="status", status=503))

    ran = await aranda.types("doctor")

    assert ran.line("could not be searched").endswith("(http_503).")


@pytest.mark.parametrize("missing", [("asms_token",), ("asms_instance_url",), ("asms_instance_url", "asms_token")])
def test_aranda_that_is_half_set_names_what_is_missing(missing: tuple[str, ...]) -> None:
    found = half_set(Settings.explicit({name: value for name, value in ALL_SET.items() if name not in missing}))

    assert [finding.mark for finding in found] == [Mark.WRONG]
    assert f"Set {' and '.join(missing).upper().replace(' AND ', ' and ')} as well." in found[0].words


def test_login_that_is_half_set_names_what_is_missing() -> None:
    found = half_set(Settings.explicit({"asms_instance_url": INSTANCE_URL, "asms_username": "desk"}))

    assert [finding.words for finding in found] == [
        "Aranda: it is not asked for anything. Set ASMS_PASSWORD as well."
    ]


@pytest.mark.parametrize("values", [ALL_SET, WITHOUT_ADAPTER, WITH_A_PASSWORD, {}])
def test_aranda_that_is_set_or_not_used_has_nothing_missing(values: dict[str, str]) -> None:
    assert half_set(Settings.explicit(values)) == []


async def test_clock_that_differs_from_arandas_says_nothing_of_signatures() -> None:
    provider = build_providers(Settings.explicit(ALL_SET))[Asms.name]

    far = skew(provider, 4000.0)
    await provider.close()

    assert [finding.mark for finding in far] == [Mark.LOOK]
    assert "sign" not in far[0].words
