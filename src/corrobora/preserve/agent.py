"""Holds the key of an unlocked project for a while, in the memory of a process of its own, as ssh-agent does.

It answers on a socket that this user alone can reach, and ends when nobody has asked for so many minutes, or when it is
told to forget. The key is in no file, no argument and no environment.
"""

import contextlib
import ctypes
import os
import resource
import socket
import subprocess
import sys
import warnings
from hashlib import sha256
from pathlib import Path
from time import monotonic

from platformdirs import user_runtime_path

ASK, FORGET, PEEK = b"ask", b"forget", b"peek"  # peek does not put off the end


def address(project: Path) -> Path:
    """Return the socket of a project's agent: short, since a socket's name may have some hundred bytes."""
    with warnings.catch_warnings(action="ignore"):  # where no session has made one, a folder of this user's is as good
        folder = user_runtime_path("corrobora", ensure_exists=True)
    folder.chmod(0o700)
    return folder / sha256(os.fsencode(project.resolve())).hexdigest()[:24]


def hold(project: Path, key: bytes, minutes: float) -> None:
    """Start an agent for `project`, in the place of one that there may be."""
    forget(project)
    code = f"from corrobora.preserve.agent import serve; serve({str(address(project))!r}, {minutes * 60!r})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(  # noqa: S603  our own interpreter
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, env=environment, cwd="/",
    )  # fmt: skip
    process.communicate(key)
    process.returncode = 0  # it lives on, and is nobody's to wait for


def ask(project: Path, *, peek: bool = False) -> bytes:
    """Return the key of `project`, b'' where no agent holds it. `peek` does not put off its end."""
    return _say(project, PEEK if peek else ASK)


def forget(project: Path) -> bool:
    """Have the agent of `project` end; say whether there was one."""
    return bool(_say(project, FORGET))


def _say(project: Path, what: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
        line.settimeout(5)
        line.connect(str(address(project)))
        line.sendall(what)
        return line.recv(64)
    return b""


def serve(name: str, seconds: float) -> None:
    """The life of an agent. The key comes by standard input; a line goes out when it listens."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE: no other process of this user reads its memory
    key = sys.stdin.buffer.read()
    os.umask(0o177)
    Path(name).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        inode = Path(name).stat().st_ino
        listening.listen()
        if os.fork():  # the caller waits until there is something to ask
            os._exit(0)
        sys.stdout.close()
        os.close(1)
        _answer(listening, key, seconds)
        with contextlib.suppress(OSError):
            if Path(name).stat().st_ino == inode:  # else another agent has taken its place
                Path(name).unlink()


def _answer(listening: socket.socket, key: bytes, seconds: float) -> None:
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        listening.settimeout(left)
        try:
            line, _ = listening.accept()
            with line:
                line.settimeout(5)
                what = line.recv(16)
                line.sendall(key if what in {ASK, PEEK} else b"forgotten")
        except OSError:  # its time is over, or the other side is gone
            continue
        if what == FORGET:
            return
        until = monotonic() + seconds if what == ASK else until
