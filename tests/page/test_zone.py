"""The demo's people are in the time zone of the machine that it runs on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.demo.zone import local_zone


@pytest.mark.parametrize(
    ("leads_to", "zone"),
    [
        ("usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
        ("var/db/timezone/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("usr/share/zoneinfo/UTC", "UTC"),
        ("usr/share/zoneinfo/Nowhere/Land", "UTC"),
        ("usr/share/zoneinfo/", "UTC"),
        ("etc/a-copy", "UTC"),
    ],
)
def test_zone_is_where_the_link_of_the_clock_leads(tmp_path: Path, leads_to: str, zone: str) -> None:
    link = tmp_path / "localtime"
    link.symlink_to(tmp_path / leads_to)

    assert local_zone(link) == zone


def test_machine_without_a_link_is_in_utc(tmp_path: Path) -> None:
    assert local_zone(tmp_path / "localtime") == "UTC"
