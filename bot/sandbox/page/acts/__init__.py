"""What people do on the page, by name."""

from bot.sandbox.page.acts.phones import PHONE_ACTS
from bot.sandbox.page.acts.screens import SCREEN_ACTS
from bot.sandbox.page.acts.trouble import TROUBLE_ACTS
from bot.sandbox.page.acts.workspace import WORKSPACE_ACTS

ACTS = {**WORKSPACE_ACTS, **SCREEN_ACTS, **PHONE_ACTS, **TROUBLE_ACTS}

__all__ = ["ACTS"]
