"""Articles of a knowledge base, and configuration items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from bot.model.tickets import AdditionalField, Choice, TicketFile

ArticleId = NewType("ArticleId", int)
ItemId = NewType("ItemId", int)


class ItemRole(StrEnum):
    """What a configuration item points at, as far as there are menus of it."""

    CATEGORY = "category"
    BRAND = "brand"
    MODEL = "model"
    RISK = "risk"
    IMPACT = "impact"
    UNIT = "unit"
    MANUFACTURER = "manufacturer"
    PROVIDER = "provider"
    COST_CENTER = "cost center"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the knowledge base, in plain words."""

    id: ArticleId
    title: str
    description: str
    content: str
    url: str
    kind: Choice | None
    changed_at: datetime | None
    files: tuple[TicketFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSearch:
    """Which articles of a project. `words` are three characters at least."""

    project: int
    words: str
    folder: int | None = None
    kind: int | None = None


@dataclass(frozen=True, slots=True)
class ConfigurationItem:
    """A thing that the service desk keeps track of. `details` are further fields, by its names, as words."""

    id: ItemId
    name: str
    description: str = ""
    serial: str = ""
    asset_tag: str = ""
    state: str = ""
    category: Choice | None = None
    responsible: str = ""
    changed_at: datetime | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    additional: tuple[AdditionalField, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What to set on a configuration item, by the service desk's names; what is not there stays."""

    words: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)
    moments: Mapping[str, datetime] = field(default_factory=dict)
    price: Decimal | None = None
    additional: tuple[AdditionalField, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRequest:
    """A configuration item to create; `more` are its further fields."""

    name: str
    project: int
    category: int
    responsible: int
    more: ItemChange = ItemChange()
