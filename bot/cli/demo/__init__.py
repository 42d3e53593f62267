"""`threadline demo`: the bot itself, without a Slack workspace or an SMS account."""

from bot.cli.demo.command import run

__all__ = ["run"]
