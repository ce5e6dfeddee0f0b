"""What the kernel knows: the CPU a tree of processes has used, and which of them holds a connection."""

from __future__ import annotations

import os
import platform
import socket
from pathlib import Path

PROC = Path("/proc")


def cpu(*roots: int) -> float:
    """Seconds of CPU that these processes and all below them have used so far."""
    return sum(_used(pid) for root in roots for pid in tree(root))


def tree(root: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def holders(root: int, port: int, connections: list[socket.socket]) -> list[int]:
    """Which process of the tree holds the server's end of each connection to that port of 127.0.0.1; 0: none yet."""
    inodes = _inodes(port)
    owner = {inode: pid for pid in tree(root) for inode in _sockets(pid)}
    return [owner.get(inodes.get(connection.getsockname()[1], ""), 0) for connection in connections]


def description() -> str:
    """The kind of machine, without its name."""
    model = next((line for line in _lines("cpuinfo") if line.startswith("model name")), ": unknown processor")
    memory = next((line.split()[1] for line in _lines("meminfo") if line.startswith("MemTotal")), "0")
    system = f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({model.partition(': ')[2]}), {int(memory) // 2**20} GB, {system}"


def _used(pid: int) -> float:
    """To the nanosecond, thread by thread; the clock ticks of /proc/PID/stat are too coarse for half a second."""
    total = 0
    for task in (PROC / str(pid) / "task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except OSError:
            continue  # the thread has ended
    return total / 1e9


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _inodes(port: int) -> dict[int, str]:
    """The server's sockets of established connections to the port, by the port of the client."""
    found = {}
    for line in _lines("net/tcp")[1:]:
        local, remote, inode = line.split()[1], line.split()[2], line.split()[9]
        if int(local.partition(":")[2], 16) == port:
            found[int(remote.partition(":")[2], 16)] = inode
    return found


def _sockets(pid: int) -> list[str]:
    found = []
    for entry in (PROC / str(pid) / "fd").glob("*"):
        try:
            found.append(os.readlink(entry).removeprefix("socket:[").removesuffix("]"))
        except OSError:
            continue
    return found


def _lines(name: str) -> list[str]:
    return (PROC / name).read_text().splitlines()
