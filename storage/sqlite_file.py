"""The SQLite file itself: who may read it, where it may be, and who holds it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import SettingsError

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "glusterfs"})


def touch_private(path: Path) -> None:
    """Make the file with mode 0600 before SQLite does with a wider one; its -wal and -shm copy that mode."""
    require_folder(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def require_folder(path: Path) -> None:
    """Raises `SettingsError` when the file's folder is not there."""
    if not path.parent.is_dir():
        raise SettingsError(f"THREADLINE_DATABASE: the folder {path.parent} does not exist.")


def file_id(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_network_file_system(path: Path) -> None:
    """Raises `SettingsError` where SQLite's locks are known not to hold.

    Source: https://www.sqlite.org/wal.html#overview (all processes must be on the same host).
    """
    kind = _file_system(path.resolve().parent)
    if kind in NETWORK_FILE_SYSTEMS:
        raise SettingsError(f"THREADLINE_DATABASE: {path} is on a network file system ({kind}); use a local disk.")


def _file_system(folder: Path) -> str:
    """The type of the file system that holds `folder`; empty where the system does not say (macOS)."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best = ("", "")
    for entry in mounts.read_text(errors="replace").splitlines():
        fields = entry.split()
        if len(fields) > 2 and folder.is_relative_to(fields[1]) and len(fields[1]) >= len(best[0]):
            best = (fields[1], fields[2])
    return best[1]


def hold(path: Path) -> int:
    """Take `<database>.lock` until the process ends; returns the open file.

    The kernel drops the lock with the process, so a crash leaves nothing behind. Raises `SettingsError`
    when another process has it.
    """
    require_folder(path)
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = type(error).__name__
        raise SettingsError(f"THREADLINE_DATABASE: {path}.lock cannot be opened ({reason}).") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise SettingsError(
            f"Another Threadline runs on {path}. One file serves one bot; to run several, "
            "set THREADLINE_DATABASE to a PostgreSQL address (postgresql://…)."
        ) from None
    return lock
