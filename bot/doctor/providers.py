"""What the providers say: whether our keys are accepted, and how far our clocks are apart."""

from __future__ import annotations

from bot.capabilities import Provider, SendsTexts
from bot.doctor.findings import Finding, fine, look, wrong
from bot.doctor.parts import Parts
from bot.errors import CredentialsRefused, ProviderError
from bot.flows.webhooks import signed_fact
from bot.providers import PROVIDERS
from bot.providers.textrequest import TextRequest
from bot.settings import Signatures

# A signature older than 300 s is refused, so a clock that is almost that wrong loses webhooks.
# Source: https://github.com/textrequest/webhook-validation-example
SKEW_WRONG_S = 240.0
SKEW_LOOK_S = 60.0


async def credentials(parts: Parts) -> list[Finding]:
    """Every provider that is set up."""
    if not parts.providers:
        settings = [each.turned_on_by for each in PROVIDERS if SendsTexts in each.__mro__]
        return [wrong(f"Providers: none is set up. Set {' or '.join(settings)}.")]
    found: list[Finding] = []
    for provider in parts.providers.values():
        found += await _check(provider)
    return found


async def _check(provider: Provider) -> list[Finding]:
    try:
        facts = await provider.check()
    except CredentialsRefused as error:
        variables = provider.turned_on_by
        return [wrong(f"{provider.title}: our key is refused ({error.code}). Check {variables}.")]
    except ProviderError as error:
        return [wrong(f"{provider.title}: it could not be asked ({error.code}). {error}")]
    return [
        fine(f"{provider.title}: our key is accepted ({facts.description})."),
        *skew(provider, facts.clock_skew_s),
    ]


def skew(provider: Provider, skew_s: float | None) -> list[Finding]:
    """What to say of two clocks: nothing when they are near, or when theirs is not known. Pure."""
    if skew_s is None or abs(skew_s) <= SKEW_LOOK_S:
        return []
    words = f"Clock: {abs(skew_s):.0f} s {'behind' if skew_s > 0 else 'ahead of'} {provider.title}'s."
    if provider.name != TextRequest.name:  # nobody else signs
        return [look(f"{words} Set this machine's clock by NTP: times that are agreed on are missed by that.")]
    if abs(skew_s) <= SKEW_WRONG_S:
        return [look(f"{words} Set this machine's clock by NTP: from 300 s on signed webhooks are refused.")]
    return [wrong(f"{words} Set this machine's clock by NTP: signed webhooks are refused.")]


async def signatures(parts: Parts) -> list[Finding]:
    """Whether a webhook of Text Request must be signed. Raises `StorageUnavailable`."""
    store, settings = parts.opened.store, parts.settings
    if store is None or settings.threadline_public_url is None or TextRequest.name not in parts.providers:
        return []
    seen = await store.facts.find(signed_fact(TextRequest.name)) is not None
    return [fine(f"Webhook signatures: {said(settings.textrequest_signatures, seen=seen)}")]


def said(mode: Signatures, *, seen: bool) -> str:
    """What happens to a webhook without a signature. Pure."""
    match mode:
        case Signatures.REQUIRED:
            return "required, as TEXTREQUEST_SIGNATURES says."
        case Signatures.OFF:
            return "accepted without, as TEXTREQUEST_SIGNATURES says; the secret in the address proves the sender."
        case Signatures.AUTO if seen:
            return "required, since a valid one was seen."
        case Signatures.AUTO:
            return "accepted without until the first valid one is seen, and required from then on."
