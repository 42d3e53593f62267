"""What the cards of queued tickets say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.model.callbacks import AgentGroupId, SplitGroup
from bot.model.cards import Says


@dataclass(frozen=True, slots=True)
class QueuedTicketTerms:
    """What a ticket is queued with. `data` is the key by which the contact centre finds it again; `status_word` is
    how far it got, for people."""

    subject: str
    sender: str
    group: AgentGroupId | SplitGroup
    group_name: str
    data: str
    link: str = ""
    status_word: str = ""
    added: bool = False  # to one that was there
    other: str = ""  # where the card of that one stands, if it has one

    @classmethod
    def read(cls, says: Says) -> Self:
        """From the card's own words."""
        ids = [AgentGroupId(each) for each in says["group"]]
        return cls(
            subject=str(says["subject"]),
            sender=str(says["sender"]),
            group=ids[0] if len(ids) == 1 else SplitGroup(*ids),
            group_name=str(says["group_name"]),
            data=str(says["data"]),
            link=str(says["link"]),
            status_word=str(says["status_word"]),
            added=bool(says["added"]),
            other=str(says["other"]),
        )

    def says(self) -> Says:
        """For the card."""
        group = self.group
        ids = [group.configuration, group.agents] if isinstance(group, SplitGroup) else [group]
        return {
            "subject": self.subject,
            "sender": self.sender,
            "group": ids,
            "group_name": self.group_name,
            "data": self.data,
            "link": self.link,
            "status_word": self.status_word,
            "added": self.added,
            "other": self.other,
        }
