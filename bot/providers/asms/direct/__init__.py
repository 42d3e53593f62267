"""Aranda's own API, of version 9, without the adapter: the service desk's tickets and nothing else."""

from bot.providers.asms.direct.provider import AsmsDirect, Login, OwnInstance

__all__ = ["AsmsDirect", "Login", "OwnInstance"]
