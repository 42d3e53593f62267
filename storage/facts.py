"""Small things worth remembering: path secrets, what was seen once, who a member is, what nobody could read."""

from __future__ import annotations

import hmac
import secrets as random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import Member, MemberId, MemberKind
from storage.database import Database, Tx, instant, micros
from storage.lately import Lately

UNREAD_BODY = 64 * 1024  # characters kept of a webhook that could not be read
UNREAD_ROWS = 1_000
UNREAD_FOR = timedelta(days=30)
OLD_SECRET_FOR = timedelta(hours=24)


class Facts:
    """The table `facts`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lately: Lately[str] = Lately()

    async def note(self, name: str, value: str) -> None:
        """Remember, or remember anew."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """insert into facts (name, value, noted_at) values (:name, :value, :now)
                on conflict (name) do update set value = excluded.value, noted_at = excluded.noted_at""",
                name=name,
                value=value,
            )

        await self._database.write(unit)

    async def find(self, name: str) -> str | None:
        """What was remembered, or None."""

        async def unit(tx: Tx) -> str | None:
            row = await tx.row("select value from facts where name = :name", name=name)
            return None if row is None else str(row["value"])

        return await self._database.read(unit)

    async def find_lately(self, name: str) -> str | None:
        """As `find`; what was there a second ago may be gone since."""
        known = self._lately.find(name)
        if known is not None:
            return known
        found = await self.find(name)
        return None if found is None else self._lately.note(name, found)

    async def forget(self, name: str) -> None:
        """Remember no more."""

        async def unit(tx: Tx) -> None:
            await tx.run("delete from facts where name = :name", name=name)

        await self._database.write(unit)

    async def named(self, prefix: str) -> dict[str, str]:
        """What was remembered under names that begin so, without that beginning."""

        async def unit(tx: Tx) -> dict[str, str]:
            rows = await tx.rows(
                "select name, value from facts where name >= :first and name < :last",
                first=prefix,
                last=f"{prefix}~",
            )
            return {str(row["name"])[len(prefix) :]: str(row["value"]) for row in rows}

        return await self._database.read(unit)

    async def note_time(self, name: str, at: datetime) -> None:
        """Remember an instant."""
        await self.note(name, str(micros(at)))

    async def find_time(self, name: str) -> datetime | None:
        """The instant that was remembered, or None."""
        value = await self.find(name)
        return None if value is None else instant(int(value))


class Secrets:
    """Path secrets of the webhooks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lately: Lately[str] = Lately()

    async def present(self, provider: str) -> str:
        """The provider's present secret; made of 32 random bytes when there is none."""

        async def unit(tx: Tx) -> str:
            row = await tx.row(
                "select secret from secrets where provider = :provider and accepted_until is null",
                provider=provider,
            )
            return str(row["secret"]) if row else await _make(tx, provider)

        return await self._database.write(unit)

    async def find(self, provider: str) -> str | None:
        """The provider's present secret, or None; makes nothing."""

        async def unit(tx: Tx) -> str | None:
            row = await tx.row(
                "select secret from secrets where provider = :provider and accepted_until is null",
                provider=provider,
            )
            return None if row is None else str(row["secret"])

        return await self._database.read(unit)

    async def rotate(self, provider: str) -> tuple[str | None, str]:
        """Make a new secret; the old one is accepted for 24 h more. Returns both."""

        async def unit(tx: Tx) -> tuple[str | None, str]:
            row = await tx.row(
                """update secrets set accepted_until = :now + :grace
                where provider = :provider and accepted_until is null returning secret""",
                provider=provider,
                grace=OLD_SECRET_FOR // timedelta(microseconds=1),
            )
            return (str(row["secret"]) if row else None), await _make(tx, provider)

        return await self._database.write(unit)

    async def accepts(self, provider: str, secret: str) -> bool:
        """Whether a request may carry this secret now. Compared in constant time."""
        present = self._lately.find(provider)
        if present is not None and _among([present], secret):  # it holds for a day at the least
            return True

        async def unit(tx: Tx) -> tuple[str, list[str]]:
            rows = await tx.rows(
                """select secret, accepted_until from secrets where provider = :provider
                and (accepted_until is null or accepted_until > :now)""",
                provider=provider,
            )
            lasting = [str(row["secret"]) for row in rows if row["accepted_until"] is None]
            return "".join(lasting), [str(row["secret"]) for row in rows]

        present, known = await self._database.read(unit)
        if present:
            self._lately.note(provider, present)
        return _among(known, secret)


def _among(known: Sequence[str], secret: str) -> bool:
    return sum(hmac.compare_digest(secret.encode(), each.encode()) for each in known) > 0


async def _make(tx: Tx, provider: str) -> str:
    secret = random.token_urlsafe(32)
    await tx.run(
        "insert into secrets (provider, secret, created_at) values (:provider, :secret, :now)",
        provider=provider,
        secret=secret,
    )
    return secret


class Members:
    """Who a member is, as Slack said last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, member: MemberId, max_age_s: float) -> Member | None:
        """The member as known, if that is no older than `max_age_s`."""

        return await self._database.read(lambda tx: known_member(tx, member, max_age_s))

    async def note(self, member: Member) -> None:
        """Remember who a member is."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """insert into members (id, name, kind, zone, checked_at) values (:id, :name, :kind, :zone, :now)
                on conflict (id) do update set name = excluded.name, kind = excluded.kind,
                  zone = excluded.zone, checked_at = excluded.checked_at""",
                id=member.id,
                name=member.name,
                kind=member.kind,
                zone=member.zone,
            )

        await self._database.write(unit)


async def known_member(tx: Tx, member: MemberId, max_age_s: float) -> Member | None:
    """The member as known, if that is no older than `max_age_s`."""
    row = await tx.row(
        "select name, kind, zone from members where id = :id and checked_at > :now - :age",
        id=member,
        age=int(max_age_s * 1_000_000),
    )
    return None if row is None else Member(member, row["name"], MemberKind(row["kind"]), row["zone"])


class UnreadWebhooks:
    """What came with the right secret and could not be read, kept for a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, provider: str, event: str, reason: str, body: bytes) -> None:
        """Keep one, and drop what is too old or too many."""

        async def unit(tx: Tx) -> None:
            await tx.run(
                """insert into unread_webhooks (provider, event, reason, body, created_at)
                values (:provider, :event, :reason, :body, :now)""",
                provider=provider,
                event=event[:100],
                reason=reason,
                body=body[:UNREAD_BODY].decode("utf-8", "replace").replace("\x00", "\ufffd"),
            )
            await _drop_old(tx)

        await self._database.write(unit, order="unread")  # one after the other, so that the count holds

    async def forget_old(self) -> None:
        """Drop what nobody looked at in time: it may hold a contact's words."""
        await self._database.write(_drop_old, order="unread")

    async def count(self) -> int:
        """How many there are."""

        async def unit(tx: Tx) -> int:
            row = await tx.row("select count(*) as n from unread_webhooks")
            return int(row["n"]) if row else 0

        return await self._database.read(unit)


async def _drop_old(tx: Tx) -> None:
    """Too old, or too many."""
    await tx.run(
        """delete from unread_webhooks where created_at < :now - :age or id <= (
          select max(id) from unread_webhooks) - :rows""",
        age=UNREAD_FOR // timedelta(microseconds=1),
        rows=UNREAD_ROWS,
    )
