"""`threadline demo` as it is typed: the page comes up, and nothing is left behind when it ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.cli.demo.browser import Surroundings, surroundings, tunnel, wanted
from bot.cli.demo.process import log_of, waiting_bot
from bot.cli.parser import build_parser
from tests.page.conftest import Stream

READY_S = 20.0
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)  \(ready after ([\d.]+) s\)")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="finds the demo's child in /proc")


@asynccontextmanager
async def demo(
    *arguments: str, environment: dict[str, str] | None = None
) -> AsyncIterator[tuple[Process, str, str]]:
    """A running demo: its process, its first line and its address."""
    command = (sys.executable, "-m", "bot", "demo", "--port", "0", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT, env=environment or {})
    try:
        assert process.stdout is not None
        async with asyncio.timeout(READY_S):
            line = (await process.stdout.readline()).decode()
        found = ADDRESS.search(line)
        yield process, line, found[1] if found else ""
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def children(process: Process) -> list[Path]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [Path(f"/proc/{pid}") for pid in listed]


def lives(process: Path) -> bool:
    """Whether it runs; a zombie that nobody has waited for does not."""
    try:
        return "State:\tZ" not in (process / "status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


async def until_dead(process: Path) -> None:
    """Wait for a process that is no child of ours."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    handle = os.pidfd_open(int(process.name))
    loop.add_reader(handle, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), READY_S)
    finally:
        loop.remove_reader(handle)
        os.close(handle)


async def rest_of(process: Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(READY_S):
        said = (await process.stdout.read()).decode()
        await process.wait()
    return said


async def rows(address: str, key: str) -> dict[str, object]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/events") as answer:
        stream = Stream(answer)
        await stream.until(key)
        return stream.rows


async def test_page_comes_up_with_a_running_bot() -> None:
    async with demo("--empty") as (_, line, address):
        found = await rows(address, "bot")

    assert ADDRESS.search(line)
    assert found["bot"]["state"] == "running"  # type: ignore[index]  # JSON
    assert not [key for key in found if key.startswith(("contact/", "message/", "text/"))]


@on_linux
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_signal_ends_the_demo_and_its_bot(name: signal.Signals) -> None:
    async with demo("--empty") as (process, _, _):
        bots = children(process)

        process.send_signal(name)
        said = await rest_of(process)

    assert process.returncode == 0
    assert "everything it kept is gone" in said
    assert "Traceback" not in said
    assert len(bots) == 1
    assert not lives(bots[0])


@on_linux
async def test_demo_ends_while_somebody_watches_it() -> None:
    async with demo("--empty") as (process, _, address), aiohttp.ClientSession() as session:
        answer = await session.get(f"{address}/events")
        await answer.content.readline()

        process.send_signal(signal.SIGINT)
        said = await rest_of(process)

    assert process.returncode == 0
    assert "Traceback" not in said


@on_linux
async def test_demo_that_is_killed_leaves_no_bot_behind() -> None:
    async with demo("--empty") as (process, _, _):
        bots = children(process)
        process.kill()
        await process.wait()

        await until_dead(bots[0])

    assert len(bots) == 1


async def test_bot_that_is_told_nothing_ends_without_a_word(tmp_path: Path) -> None:
    process = await waiting_bot(tmp_path)

    async with asyncio.timeout(READY_S):
        await process.communicate(b"")

    assert (process.returncode, log_of(tmp_path).read_text()) == (0, "")


async def test_port_that_is_taken_ends_the_demo_with_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        async with demo("--port", str(port)) as (process, line, _):
            await rest_of(process)

    assert line == f"Port {port} is taken. Choose another one with --port.\n"
    assert process.returncode == 1


async def test_over_ssh_the_demo_says_how_to_reach_it() -> None:
    environment = {"SSH_CONNECTION": "203.0.113.7 50000 198.51.100.2 22"}
    async with demo("--empty", "--no-browser", environment=environment) as (process, _, address):
        process.send_signal(signal.SIGINT)
        said = await rest_of(process)

    port = address.rpartition(":")[2]
    assert f"ssh -L {port}:127.0.0.1:{port} 198.51.100.2" in said


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Surroundings(terminal=True, screen=True, ssh=""), True),
        (Surroundings(terminal=False, screen=True, ssh=""), False),
        (Surroundings(terminal=True, screen=False, ssh=""), False),
        (Surroundings(terminal=True, screen=True, ssh="203.0.113.7 1 198.51.100.2 22"), False),
    ],
)
def test_browser_is_opened_only_for_somebody_before_this_screen(where: Surroundings, expected: bool) -> None:
    assert wanted(where) is expected


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS always has a screen")
@pytest.mark.parametrize(
    ("environment", "screen"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_screen_is_known_by_its_variable(environment: dict[str, str], screen: bool) -> None:
    assert surroundings(environment).screen is screen


def test_tunnel_keeps_the_port_of_ssh() -> None:
    assert tunnel("http://127.0.0.1:8765", "203.0.113.7 50000 198.51.100.2 2222") == (
        "ssh -p 2222 -L 8765:127.0.0.1:8765 198.51.100.2"
    )


@pytest.mark.parametrize(
    "arguments", [["--empty", "--terminal"], ["--terminal", "--script", "x"], ["--port", "x"]]
)
def test_arguments_that_contradict_each_other_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["demo", *arguments])

    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
