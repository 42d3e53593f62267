"""Dashboards (the provider's side of a line) and the conversations they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from bot.model.contacts import TagId
from bot.model.reported import TextReceived, TextSent
from bot.model.words import Number

DashboardId = NewType("DashboardId", str)  # `Line.account` of the line it is


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A number's home at the provider, mirrored or not."""

    id: DashboardId
    name: str
    number: Number | None  # None when the provider sent none that can be read


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A conversation as the provider lists it: with whom, and the last text."""

    contact: Number
    last: TextReceived | TextSent | None


@dataclass(frozen=True, slots=True)
class CorrespondenceFilter:
    """Which conversations of a line."""

    words: str = ""  # part of a number or of a name
    tags: tuple[TagId, ...] = ()
    unresolved_only: bool = False
    with_archived: bool = False
