"""Is everything in place, and what to do where it is not: asked by `threadline doctor`, and from Slack.

Promise: nothing is changed, at nobody's.
"""

from bot.doctor.examine import examine, examine_running

__all__ = ["examine", "examine_running"]
