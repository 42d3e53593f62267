"""The only Slack out: post, update, react, look up, upload. Every failure is a `SlackError`."""

from bot.slack.answers import Channel, Identity
from bot.slack.client import Slack

__all__ = ["Channel", "Identity", "Slack"]
