"""`threadline doctor`: is everything in place, and what to do where it is not."""

from bot.cli.doctor.command import run

__all__ = ["run"]
