"""Groups, tags and custom fields of the dashboards. No I/O."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.textrequest.shapes import stamp
from bot.sandbox.wire import Json


@dataclass(slots=True)
class Group:
    """Contacts that may be texted together."""

    id: int
    dashboard_id: int
    name: str
    notes: str = ""
    is_keyword: bool = False
    last_text_at: datetime | None = None

    def json(self, members: int) -> Json:
        """As the API returns it."""
        return {
            "id": self.id,
            "group_member_count": members,
            "is_keyword": self.is_keyword,
            "name": self.name,
            "notes": self.notes or None,
            "last_message_sent_utc": stamp(self.last_text_at),
        }


@dataclass(slots=True)
class Tag:
    """A coloured word."""

    id: str
    dashboard_id: int
    name: str
    colour: str

    def json(self) -> Json:
        """As the API returns it."""
        return {"id": self.id, "tag_color": self.colour, "tag": self.name}


@dataclass(slots=True)
class CustomField:
    """A field that the team added."""

    id: str
    dashboard_id: int
    name: str

    def json(self) -> Json:
        """As the API returns it."""
        return {"id": self.id, "name": self.name}


class Labels:
    """What contacts can be sorted by. Each belongs to one dashboard."""

    def __init__(self) -> None:
        self.groups: dict[int, Group] = {}
        self.tags: dict[str, Tag] = {}
        self.fields: dict[str, CustomField] = {}
        self._numbers = itertools.count(40472)

    def add_group(self, dashboard_id: int, name: str, notes: str = "", *, is_keyword: bool = False) -> Group:
        """A new group; a keyword's is filled by those who text it."""
        group = Group(next(self._numbers), dashboard_id, name, notes, is_keyword)
        self.groups[group.id] = group
        return group

    def add_tag(self, dashboard_id: int, name: str, colour: str = "#FF8800") -> Tag:
        """A new tag."""
        tag = Tag(str(uuid.uuid4()), dashboard_id, name, colour)
        self.tags[tag.id] = tag
        return tag

    def add_field(self, dashboard_id: int, name: str) -> CustomField:
        """A new custom field."""
        field = CustomField(str(uuid.uuid4()), dashboard_id, name)
        self.fields[field.id] = field
        return field

    def forget(self, dashboard_id: int) -> None:
        """The dashboard is gone, and with it what was its own."""
        self.groups = {id_: each for id_, each in self.groups.items() if each.dashboard_id != dashboard_id}
        self.tags = {id_: each for id_, each in self.tags.items() if each.dashboard_id != dashboard_id}
        self.fields = {id_: each for id_, each in self.fields.items() if each.dashboard_id != dashboard_id}
