"""Everything the bot asks of Slack's Web API: one method, one call, unless its words say otherwise.

Promises: nothing that changes anything is retried here, whoever calls decides. Every failure is a `SlackError`
whose `certain` says whether it surely did not happen. Words of people, tokens and answers reach no log and no
traceback.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.model import ChannelId, File, Member, MemberId, Post, Ts
from bot.slack import answers
from bot.slack.answers import Channel, Identity, Json
from bot.slack.files import read_file, stage_file
from bot.slack.views import Views
from bot.slack.wire import Read, Wire, json_object


class Slack(Views):
    """One workspace, as one bot token sees it. `start` before the first call, `close` after the last."""

    def __init__(self, token: str, api_url: str, timeout_s: float = 10) -> None:
        self._wire = Wire(token, api_url, timeout_s)
        self._identity: Identity | None = None

    async def start(self) -> None:
        """Open the one session that every call shares; asks Slack nothing."""
        await self._wire.start()

    async def close(self) -> None:
        """Close the session; a second time, or without `start`, does no harm."""
        await self._wire.close()

    # --- Who we are -----------------------------------------------------------------------------------

    async def identify(self) -> Identity:
        """Ask who the token is; the answer is kept for the calls that need it."""
        response = await self._wire.response(self._wire.web.auth_test())
        scopes = response.headers.get("x-oauth-scopes", "")
        self._identity = answers.identity(json_object(response), scopes)
        return self._identity

    async def open_socket_url(self, app_token: str) -> str:
        """Ask once for a Socket Mode address: a fast check of the app token."""
        answer = await self._wire.ask(self._wire.web.apps_connections_open(app_token=app_token))
        return answers.text_at(answer, "url")

    # --- Messages -------------------------------------------------------------------------------------

    async def post(self, channel: ChannelId, post: Post, *, uid: str, thread_ts: Ts | None = None) -> Ts:
        """Post under our `uid`, by which `find_post` finds it again.

        Names and links in `post.text` are not looked for, and nothing is unfurled.
        Source: https://docs.slack.dev/reference/methods/chat.postMessage
        """
        answer = await self._wire.ask(
            self._wire.web.chat_postMessage(
                channel=channel,
                text=post.text,
                blocks=answers.post_blocks(post) or None,
                thread_ts=thread_ts,
                reply_broadcast=True if post.broadcast and thread_ts else None,
                username=post.username,
                icon_emoji=post.icon_emoji,
                metadata=answers.post_metadata(uid),
                parse="none",
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return Ts(answers.text_at(answer, "ts"))

    async def update(self, channel: ChannelId, ts: Ts, post: Post) -> None:
        """Replace the words and blocks of a post of ours; its uid stays.

        Slack removes blocks that are left out, forgets `parse` each time, and keeps metadata that is left out.
        Source: https://docs.slack.dev/reference/methods/chat.update
        """
        blocks = answers.post_blocks(post)
        await self._wire.ask(
            self._wire.web.chat_update(channel=channel, ts=ts, text=post.text, blocks=blocks, parse="none")
        )

    async def delete(self, channel: ChannelId, ts: Ts) -> None:
        """Delete a post of ours."""
        await self._wire.ask(self._wire.web.chat_delete(channel=channel, ts=ts))

    async def ephemeral(
        self, channel: ChannelId, member: MemberId, post: Post, thread_ts: Ts | None = None
    ) -> None:
        """Show something to one member alone; Slack keeps it nowhere.

        In a thread it is shown only if the thread has a reply already.
        Source: https://docs.slack.dev/reference/methods/chat.postEphemeral
        """
        await self._wire.ask(
            self._wire.web.chat_postEphemeral(
                channel=channel,
                user=member,
                text=post.text,
                blocks=answers.post_blocks(post) or None,
                thread_ts=thread_ts,
                parse="none",
            )
        )

    async def respond(self, response_url: str, post: Post, *, replace: bool) -> None:
        """Answer an interaction where it happened, for who acted alone; `replace` what they acted on.

        Slack takes five answers within half an hour. Source:
        https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
        """
        body = {
            "response_type": "ephemeral",
            "replace_original": replace,
            "text": post.text,
            "blocks": answers.post_blocks(post),
        }
        await self._wire.send_json(response_url, body)

    async def react(self, channel: ChannelId, ts: Ts, name: str) -> None:
        """Add our reaction `name`, without colons; that it is there already is fine."""
        call = self._wire.web.reactions_add(channel=channel, timestamp=ts, name=name)
        await self._wire.ask_unless("already_reacted", call)

    async def unreact(self, channel: ChannelId, ts: Ts, name: str) -> None:
        """Remove our reaction `name`, without colons; that it is not there is fine."""
        call = self._wire.web.reactions_remove(channel=channel, timestamp=ts, name=name)
        await self._wire.ask_unless("no_reaction", call)

    # --- Looking up -----------------------------------------------------------------------------------

    async def find_post(self, channel: ChannelId, uid: str, *, thread_ts: Ts | None, since: datetime) -> Ts | None:
        """Our post `uid` in the thread, or in the channel itself without `thread_ts`, from `since` on.

        A call for each page. None only when Slack showed every page and it was on none.
        """
        ours = (await self._known()).bot_id
        read: Read = partial(self._wire.web.conversations_history, channel=channel)
        if thread_ts is not None:
            read = partial(self._wire.web.conversations_replies, channel=channel, ts=thread_ts)
        async with aclosing(self._wire.messages(partial(read, oldest=answers.look_back(since)))) as messages:
            async for message in messages:
                if answers.our_uid(message, ours) == uid:
                    return Ts(answers.text_at(message, "ts"))
        return None

    async def thread_root(self, channel: ChannelId, ts: Ts) -> str | None:
        """The uid of the root `ts` if our bot posted it; None when somebody else did.

        Raises `SlackError` with the code `thread_not_found` when the root was deleted.
        """
        ours = (await self._known()).bot_id
        page = await self._wire.ask(
            self._wire.web.conversations_replies(channel=channel, ts=ts, limit=1, include_all_metadata=True)
        )
        return answers.root_uid(answers.objects_at(page, "messages"), ts, ours)

    async def replies(self, channel: ChannelId, ts: Ts, *, oldest: Ts | None) -> AsyncGenerator[Json, None]:
        """The messages of the thread after its root and after `oldest`, oldest first; a call for each page.

        Slack gives the earliest first, and the root whatever `oldest` says.
        Source: https://docs.slack.dev/reference/methods/conversations.replies
        """
        read = partial(self._wire.web.conversations_replies, channel=channel, ts=ts, oldest=oldest)
        async with aclosing(self._wire.messages(read)) as messages:
            async for message in messages:
                if message.get("ts") != ts:
                    yield message

    async def roots(self, channel: ChannelId, *, oldest: Ts) -> AsyncGenerator[tuple[Ts, Ts | None], None]:
        """The channel's messages from `oldest` on, each with its last reply's ts or None; a call for each page.

        Source: https://docs.slack.dev/reference/methods/conversations.history
        """
        read = partial(self._wire.web.conversations_history, channel=channel, oldest=oldest)
        async with aclosing(self._wire.messages(read)) as messages:
            async for message in messages:
                last_reply = message.get("latest_reply")
                ts = Ts(answers.text_at(message, "ts"))
                yield ts, Ts(last_reply) if isinstance(last_reply, str) else None

    # --- People and channels --------------------------------------------------------------------------

    async def member(self, member_id: MemberId) -> Member:
        """Who somebody in Slack is; only a sure full member of our workspace is `MemberKind.MEMBER`."""
        team_id = (await self._known()).team_id
        answer = await self._wire.ask(self._wire.web.users_info(user=member_id))
        return answers.member(answers.object_at(answer, "user"), team_id)

    async def members(self, circle: str) -> frozenset[MemberId]:
        """Everybody in a channel, or in a user group (S…); a call for each page of a channel.

        Source: https://docs.slack.dev/reference/methods/conversations.members and …/usergroups.users.list
        """
        if circle.startswith("S"):
            answer = await self._wire.ask(self._wire.web.usergroups_users_list(usergroup=circle))
            return frozenset(MemberId(each) for each in answers.texts_at(answer, "users"))
        found: set[MemberId] = set()
        async with aclosing(
            self._wire.pages(partial(self._wire.web.conversations_members, channel=circle))
        ) as pages:
            async for page in pages:
                found.update(MemberId(each) for each in answers.texts_at(page, "members"))
        return frozenset(found)

    async def open_dm(self, member_id: MemberId) -> ChannelId:
        """The direct message between the bot and a member, opened if need be."""
        answer = await self._wire.ask(self._wire.web.conversations_open(users=[member_id]))
        return ChannelId(answers.text_at(answers.object_at(answer, "channel"), "id"))

    async def channel(self, channel_id: ChannelId) -> Channel:
        """One channel; `channel_not_found` is Slack's word for a private one without the bot, too."""
        answer = await self._wire.ask(self._wire.web.conversations_info(channel=channel_id))
        return answers.channel(answers.object_at(answer, "channel"))

    async def channels(self) -> tuple[Channel, ...]:
        """Every public or private channel that the bot is in, archived ones too; a call for each page."""
        read = partial(self._wire.web.users_conversations, types="public_channel,private_channel")
        found: list[Channel] = []
        async with aclosing(self._wire.pages(read)) as pages:
            async for page in pages:
                found.extend(answers.channel(one) for one in answers.objects_at(page, "channels"))
        return tuple(replace(one, is_member=True) for one in found)

    # --- Files ----------------------------------------------------------------------------------------

    async def upload(self, channel: ChannelId, thread_ts: Ts | None, filename: str, content: bytes) -> str:
        """Bring a file to Slack and show it in the thread: `stage_file`, then `share_file`. Gives its id."""
        file_id = await self.stage_file(filename, content)
        await self.share_file(file_id, channel, thread_ts)
        return file_id

    async def stage_file(self, filename: str, content: bytes) -> str:
        """Bring a file to Slack where nobody sees it yet; gives its id. Two calls, whose failure is certain."""
        return await stage_file(self._wire, File(filename, "", content))

    async def show_files(self, channel: ChannelId, files: Sequence[File], comment: str) -> None:
        """Bring files to Slack and show them in one message below `comment`, which is mark-up. Two calls for each
        file, and one for all."""
        ids = [await stage_file(self._wire, file) for file in files]
        await self._wire.ask(
            self._wire.web.files_completeUploadExternal(
                files=[{"id": each} for each in ids], channel_id=channel, initial_comment=comment
            )
        )

    async def share_file(self, file_id: str, channel: ChannelId, thread_ts: Ts | None) -> None:
        """Show a staged file in the channel or thread; works once. The message comes a moment later.

        Keep the id before this call: in doubt `file_share` tells whether it happened.
        Source: https://docs.slack.dev/reference/methods/files.completeUploadExternal
        """
        await self._wire.ask(
            self._wire.web.files_completeUploadExternal(
                files=[{"id": file_id}], channel_id=channel, thread_ts=thread_ts
            )
        )

    async def file_share(self, file_id: str, channel: ChannelId) -> Ts | None:
        """The message that shows the file in `channel`; None while there is none."""
        answer = await self._wire.ask(self._wire.web.files_info(file=file_id))
        return answers.share_ts(answers.object_at(answer, "file"), channel)

    async def read_file(self, file_id: str, most_bytes: int) -> File:
        """A file that somebody brought, whole; `file_too_large` for more than `most_bytes`. Two calls."""
        return await read_file(self._wire, file_id, most_bytes)

    async def delete_file(self, file_id: str) -> None:
        """Delete a file of ours, wherever it is shown."""
        await self._wire.ask(self._wire.web.files_delete(file=file_id))

    async def _known(self) -> Identity:
        """Who we are, asked once."""
        return self._identity or await self.identify()
