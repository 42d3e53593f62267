"""One folder for each provider, and the list of them."""

from bot.capabilities import Provider
from bot.providers.asms import Asms
from bot.providers.asms.direct import AsmsDirect
from bot.providers.clicksend import ClickSend
from bot.providers.jtel import Jtel
from bot.providers.textrequest import TextRequest

PROVIDERS: tuple[type[Provider], ...] = (
    Asms,
    AsmsDirect,
    ClickSend,
    Jtel,
    TextRequest,
)


def turned_on_by(name: str) -> str:
    """The settings that turn a provider on, in every way there is."""
    return " or ".join(provider.turned_on_by for provider in PROVIDERS if provider.name == name)


def title_of(name: str) -> str:
    """What people call a provider, whether it is set up or not; a name that is not known here as it is."""
    return next((provider.title for provider in PROVIDERS if provider.name == name), name)


__all__ = ["PROVIDERS", "title_of", "turned_on_by"]
