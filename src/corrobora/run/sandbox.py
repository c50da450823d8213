"""Shuts a process in before it opens what a stranger sent: no network, no program, no process, no file but its own.

Three layers, each used where the system has it, and each told by `measures`:

- bubblewrap: the worker starts in a file system that holds Python alone, read-only, in namespaces of its own;
- the kernel's own filters, which need no program and no right (Linux): seccomp refuses the system calls that make
  sockets, programs, processes or signals; Landlock (ABI 1 and later) refuses every file outside the installation;
- limits of memory, processor time, file size and processes (every POSIX system).

Numbers of system calls: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux 6.
"""

import ctypes
import os
import resource
import shutil
import struct
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/opt")
SCRATCH = "/tmp"  # noqa: S108  in bubblewrap an empty folder in memory, which is gone with the worker
# socket, connect, bind, socketpair, execve, execveat, clone, clone3, ptrace, kill, tkill, tgkill, pidfd_send_signal,
# process_vm_readv, process_vm_writev, io_uring_setup, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_open, pidfd_getfd,
# process_madvise, kcmp, unshare, setns, mount, pivot_root, chroot, bpf, perf_event_open, userfaultfd, add_key,
# request_key, keyctl, shmget; on x86-64 fork and vfork too.
_CALLS = {
    "x86_64": (0xC000003E, (
        41, 42, 49, 53, 59, 322, 56, 435, 101, 62, 200, 234, 424, 310, 311, 425, 129, 297, 434, 438, 440, 312, 272, 308,
        165, 155, 161, 321, 298, 323, 248, 249, 250, 29, 57, 58,
    )),
    "aarch64": (0xC00000B7, (
        198, 203, 200, 199, 221, 281, 220, 435, 117, 129, 130, 131, 424, 270, 271, 425, 138, 240, 434, 438, 440, 272,
        97, 268, 40, 41, 51, 280, 241, 282, 217, 218, 219, 194,
    )),
}  # fmt: skip
_PRLIMIT = {"x86_64": 302, "aarch64": 261}  # which changes limits of other processes too: refused but for one's own
_NO_NEW_PRIVILEGES, _DIE_WITH_PARENT, _SECCOMP, _FILTER = 38, 1, 22, 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # refuse: errno EPERM
_CREATE_RULESET, _ADD_RULE, _RESTRICT = 444, 445, 446
_READ = 0b1101  # LANDLOCK_ACCESS_FS: execute (libraries are mapped so), read a file, read a folder
_FILES = {1: 13, 2: 14, 3: 15, 4: 15}  # how many file rights each Landlock ABI knows; later ones know 16
_taken: list[str] = []


def measures() -> str:
    """Return what this process is shut in by, in words; '' where it is not.

    >>> measures()
    ''
    """
    return ", ".join(_taken)


def roots(*more: Path) -> tuple[Path, ...]:
    """Return the folders that Python and this package are read from, which a shut-in worker may read."""
    own = Path(__file__).resolve().parents[2]
    found = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    paths = {own, Path(sys.executable).resolve().parent.parent, *more, *map(Path, found)}
    return tuple(sorted(path for path in paths if path.exists()))


@cache
def bubblewrap() -> str:
    """Return the path of bubblewrap where it is installed and this user may use it, else ''."""
    path = shutil.which("bwrap")
    if not path or sys.platform != "linux":
        return ""
    trial = [path, "--ro-bind", "/", "/", "--unshare-all", "--die-with-parent", "true"]
    try:
        done = subprocess.run(trial, capture_output=True, timeout=10, check=False)  # noqa: S603  a fixed command
    except (OSError, subprocess.SubprocessError):
        return ""
    return path if done.returncode == 0 else ""


def command(readable: Iterable[Path]) -> list[str]:
    """Return what to put before a worker's command, so that it starts in bubblewrap; nothing where that cannot be."""
    path = bubblewrap()
    if not path:
        return []
    words = [path, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--tmpfs", SCRATCH]
    for place in SYSTEM:
        if Path(place).is_symlink():
            words += ["--symlink", str(Path(place).readlink()), place]
        elif Path(place).exists():
            words += ["--ro-bind", place, place]
    for root in _outermost(readable):
        words += ["--ro-bind", str(root), str(root)]
    return [*words, "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/", "--chdir", "/", "--"]


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths, and what they are links to, without those that lie inside another of them."""
    found: list[Path] = []
    for path in sorted({place for given in paths for place in (given, given.resolve())}):
        if not any(path.is_relative_to(outer) for outer in found):
            found.append(path)
    return found


def limit(memory_mb: int | None) -> None:
    """Cap the memory of this process, and let it leave no image of its memory behind when it crashes."""
    if memory_mb is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def held_mb() -> int:
    """Return the most memory that this process has held so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most >> 20 if sys.platform == "darwin" else most >> 10


def allow_seconds(seconds: float) -> None:
    """End this process when it has used so many more seconds of processor time: a second line behind its parent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


def shut(readable: Iterable[Path], *, within: bool) -> None:
    """Shut this process in for good. `within` says that it runs in bubblewrap. What cannot be done is left out."""
    _taken[:] = ["bubblewrap"] if within else []

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        library.prctl(_DIE_WITH_PARENT, 9, 0, 0, 0)
        _taken.extend(["Landlock"] * _landlock(library, [*map(Path, SYSTEM), *readable]))
        _taken.extend(["seccomp"] * _seccomp(library))
    for which in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(which, (0, 0))
    _taken.append("rlimits")


def _seccomp(library: ctypes.CDLL) -> bool:
    """Refuse the calls of _CALLS from now on; a call in the manner of another architecture ends the process."""
    if os.uname().machine not in _CALLS:
        return False
    architecture, calls = _CALLS[os.uname().machine]
    count = len(calls)
    # load the architecture; else kill; load the number; refuse x32; refuse each of the calls; allow the others, but of
    # prlimit64 only one whose first argument, the process, is 0
    program = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, _KILL), (0x20, 0, 0, 0)]
    program.append((0x35, count + 4, 0, 0x40000000))
    program += [(0x15, count + 3 - number, 0, call) for number, call in enumerate(calls)]
    program += [(0x15, 0, 2, _PRLIMIT[os.uname().machine]), (0x20, 0, 0, 16), (0x15, 0, 1, 0)]
    program += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _REFUSE)]
    packed = b"".join(struct.pack("=HBBI", *step) for step in program)
    code = ctypes.create_string_buffer(packed, len(packed))
    whole = ctypes.create_string_buffer(struct.pack("@HxxxxxxP", len(program), ctypes.addressof(code)))
    return bool(library.prctl(_SECCOMP, _FILTER, whole, 0, 0) == 0)


def _landlock(library: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    """Refuse every file and folder but those below `readable`, and these for reading alone."""
    version = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        return False
    rights = (1 << _FILES.get(version, 16)) - 1
    ruleset = library.syscall(_CREATE_RULESET, struct.pack("=Q", rights), ctypes.c_size_t(8), ctypes.c_uint(0))
    if ruleset < 0:
        return False
    for path in readable:
        if path.exists():
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = _READ if path.is_dir() else 0b101
            rule = struct.pack("=Qi", allowed, folder)
            library.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0))
            os.close(folder)
    done = library.syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0))
    os.close(ruleset)
    return bool(done == 0)
