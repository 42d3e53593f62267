"""What Slack says: tokens, scopes, and who is told when something goes wrong."""

from __future__ import annotations

from bot.doctor.findings import Finding, fine, look, wrong
from bot.doctor.parts import Parts
from bot.errors import SlackError
from bot.manifest import EVENTS_PATH, missing
from bot.model import ChannelId, MemberId, MemberKind
from bot.slack import Identity
from bot.startup import AUTH_ERRORS

_INSTALL = "Install the app again (OAuth & Permissions) and set SLACK_BOT_TOKEN to its bot token, xoxb-…"


async def bot_token(parts: Parts) -> list[Finding]:
    """The bot token and its scopes."""
    match parts.ours:
        case None:
            return [wrong("Bot token: SLACK_BOT_TOKEN is missing: the bot token (xoxb-…) of your Slack app.")]
        case Identity() as ours:
            return [fine(f"Bot token: accepted at {ours.url}"), scopes(ours)]
        case error:
            return [_refused(error)]


def _refused(error: SlackError) -> Finding:
    if error.code in AUTH_ERRORS:
        return wrong(f"Bot token: Slack refused it ({error.code}). {_INSTALL}")
    return wrong(f"Slack: no usable answer ({error.code}). Check the network and SLACK_API_URL.")


def scopes(ours: Identity) -> Finding:
    """What the token lacks. Pure."""
    lacking = missing(ours.scopes)
    if not lacking:
        return fine("Scopes: all there.")
    names = ", ".join(scope.name for scope in lacking)
    return wrong(f"Scopes: {names} missing. Add them as in manifest.yml, then reinstall the app.")


async def door(parts: Parts) -> list[Finding]:
    """How Slack reaches the bot: Socket Mode, or signed requests."""
    token, settings = parts.settings.slack_app_token, parts.settings
    if token is None and settings.slack_signing_secret is None:
        words = "SLACK_APP_TOKEN is missing: the app-level token (xapp-…) with connections:write."
        return [wrong(f"App token: {words} For HTTP mode set SLACK_SIGNING_SECRET instead.")]
    if token is None:
        return [_over_http(settings.threadline_public_url)]
    try:
        await parts.slack.open_socket_url(token.get_secret_value())
    except SlackError as error:
        return [_no_socket(error)]
    return [fine("App token: accepted, Socket Mode can be opened.")]


def _no_socket(error: SlackError) -> Finding:
    if error.code in ("ratelimited", "unreachable") or not error.certain:
        return look(f"App token: Slack could not be asked now ({error.code}). Try again in a minute.")
    return wrong(
        f"App token: Slack refused it ({error.code}). Make one under Basic Information, App-Level Tokens, with "
        "connections:write, switch Socket Mode on, and set SLACK_APP_TOKEN."
    )


def _over_http(public_url: str | None) -> Finding:
    if public_url is None:
        return wrong("HTTP mode: THREADLINE_PUBLIC_URL is missing, so Slack cannot reach the bot.")
    return fine(f"HTTP mode: Slack must post to {public_url.rstrip('/')}{EVENTS_PATH}")


# --- Who is told ----------------------------------------------------------------------------------------


async def alerts(parts: Parts) -> list[Finding]:
    """The admins, and where alerts go."""
    settings = parts.settings
    if not settings.admins and not settings.threadline_alert_channel:
        words = "nobody is told when something goes wrong. Set THREADLINE_ALERT_CHANNEL or THREADLINE_ADMINS."
        return [look(f"Alerts: {words}")]
    if not parts.connected:
        return []
    found = [await _admin(parts, admin) for admin in settings.admins]
    if settings.threadline_alert_channel:
        found.append(await channel(parts, "Alerts", ChannelId(settings.threadline_alert_channel)))
    return found


async def _admin(parts: Parts, admin: MemberId) -> Finding:
    try:
        member = await parts.slack.member(admin)
    except SlackError as error:
        return wrong(f"Admins: Slack does not know {admin} ({error.code}). THREADLINE_ADMINS takes user ids, U…")
    if member.kind is not MemberKind.MEMBER:
        return wrong(f"Admins: {admin} is no full member of this workspace. Change THREADLINE_ADMINS.")
    return fine(f"Admins: {member.name} is a member.")


async def channel(parts: Parts, whose: str, channel_id: ChannelId) -> Finding:
    """Whether the bot can post there; `whose` begins the line."""
    try:
        found = await parts.slack.channel(channel_id)
    except SlackError as error:
        return wrong(
            f"{whose}: Slack does not show channel {channel_id} ({error.code}). If it is private, invite the bot: "
            "/invite @Threadline"
        )
    if found.is_archived:
        return wrong(f"{whose}: #{found.name} is archived. Unarchive it, or choose another channel.")
    if not found.is_member:
        return wrong(f"{whose}: the bot is not in #{found.name}. Invite it there: /invite @Threadline")
    return fine(f"{whose}: #{found.name} is there, and the bot is in it.")
