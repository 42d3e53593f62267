"""`threadline doctor` and jtel: what is set, and which paths are there."""

from __future__ import annotations

import pytest

from bot.doctor.findings import Mark
from bot.doctor.jtel import half_set, paths_findings
from bot.doctor.providers import skew
from bot.jtel_paths import JTEL_PATHS
from bot.model import ProviderName
from bot.sandbox.trouble import Fault
from bot.settings import Settings
from bot.startup import build_providers
from tests.cli.conftest import Desk

ALL_SET = {"jtel_api_url": "https://acd.example.com/rest/v1.0", "jtel_clients_id": "1", "jtel_token": "t"}


@pytest.fixture
def jtel(desk: Desk) -> Desk:
    """A desk with jtel as well."""
    desk.set(**desk.sandbox.jtel_addresses())
    return desk


async def test_jtel_in_place_is_all_well_and_nothing_is_changed_there(jtel: Desk) -> None:
    await jtel.adds_line()
    jtel.trouble.traffic.on = True

    ran = await jtel.types("doctor")

    assert ran.code == 0
    assert ran.line("jtel: our key") == "✓ jtel: our key is accepted (7 kinds of events)."
    assert ran.line("are there") == "✓ jtel: its paths find, history, history-by-data are there."
    assert ran.line("not tried") == "✓ jtel: not tried, as they change something: update, reset."
    asked = {passage.where for passage in jtel.trouble.traffic.passages if passage.where.startswith("jtel.")}
    assert asked == {"jtel.types", "jtel.find_contacts", "jtel.history", "jtel.history_by_data"}


async def test_path_that_the_server_does_not_have_is_named_with_what_to_set(jtel: Desk) -> None:
    jtel.sandbox.jtel.rules.missing = ("find_contacts",)

    ran = await jtel.types("doctor")

    told = ran.line("has no")
    assert told.startswith("! jtel: its server has no GET /dialler/contacts/contact.")
    assert "JTEL_PATHS=find=GET" in told
    assert "history, history-by-data are there" in ran.out


async def test_path_that_was_set_is_the_one_that_is_tried(jtel: Desk) -> None:
    jtel.set(JTEL_PATHS="find=GET /dialler/by-data")

    ran = await jtel.types("doctor")

    assert ran.line("has no").startswith("! jtel: its server has no GET /dialler/by-data.")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"JTEL_TOKEN": "another"}, "http_401"), ({"JTEL_API_URL": "http://127.0.0.1:9/rest/v1.0"}, "no_connection")],
)
async def test_jtel_that_cannot_be_asked_is_told_and_its_paths_are_not_guessed(
    jtel: Desk, change: dict[str, str], code: str
) -> None:
    jtel.set(**change)

    ran = await jtel.types("doctor")

    assert ran.code == 1
    assert code in ran.line("✗ jtel:")
    assert ran.line("could not be tried").endswith(f"({code}).")
    assert "are there" not in ran.out


async def test_refused_key_of_jtel_names_its_variables(jtel: Desk) -> None:
    jtel.set(JTEL_CLIENTS_ID="2")

    ran = await jtel.types("doctor")

    assert ran.line("our key is refused").endswith("Check JTEL_API_URL, JTEL_CLIENTS_ID and JTEL_TOKEN.")


async def test_path_without_an_answer_is_no_missing_one(jtel: Desk) -> None:
    jtel.trouble.add(Fault(where="jtel.history", kind="status", status=503))

    ran = await jtel.types("doctor")

    assert ran.line("could not be tried") == "! jtel: its paths could not be tried (http_503)."
    assert "has no" not in ran.out


async def test_zone_that_is_not_set_is_told(jtel: Desk) -> None:
    jtel.set(JTEL_TIME_ZONE="")

    ran = await jtel.types("doctor")

    assert ran.line("JTEL_TIME_ZONE").startswith("! jtel: JTEL_TIME_ZONE is not set")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (("jtel_token",), "because JTEL_TOKEN is not set."),
        (("jtel_api_url", "jtel_clients_id"), "because JTEL_API_URL and JTEL_CLIENTS_ID are not set."),
    ],
)
def test_jtel_that_is_half_set_names_what_is_missing(missing: tuple[str, ...], words: str) -> None:
    found = half_set(Settings.explicit({name: value for name, value in ALL_SET.items() if name not in missing}))

    assert [finding.mark for finding in found] == [Mark.WRONG]
    assert found[0].words.endswith(words)


@pytest.mark.parametrize("values", [ALL_SET, {}])
def test_jtel_that_is_set_or_not_used_has_nothing_missing(values: dict[str, str]) -> None:
    assert half_set(Settings.explicit(values)) == []


def test_server_without_any_of_the_paths_gets_a_line_for_each() -> None:
    found = paths_findings(JTEL_PATHS, {"find": False, "history": False})

    assert [finding.mark for finding in found] == [Mark.LOOK, Mark.LOOK]
    assert "/dialler/contacts/contact/{id}/history" in found[1].words


async def test_clock_that_differs_from_jtels_says_nothing_of_signatures() -> None:
    provider = build_providers(Settings.explicit(ALL_SET))[ProviderName("jtel")]

    near, far = skew(provider, 60.0), skew(provider, 4000.0)
    await provider.close()

    assert near == []
    assert [finding.mark for finding in far] == [Mark.LOOK]
    assert "sign" not in far[0].words
