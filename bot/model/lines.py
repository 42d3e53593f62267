"""Lines, and what hangs on a text."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.words import ChannelId, LineId, Number, ProviderName


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file of a text, at the provider."""

    url: str
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A number the business owns at a provider, mirrored in a Slack channel.

    `account` is the provider's id of the number's home (Text Request: dashboard id; ClickSend: empty).
    """

    id: LineId
    provider: ProviderName
    account: str
    number: Number
    channel: ChannelId
    name: str
    broadcasts: bool = True  # texts that nobody attends to are also sent to the channel
    removed: bool = False
