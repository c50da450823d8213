"""What a shut-in worker cannot do, tried from inside; and that it still does its work."""

import contextlib
import ctypes
import errno
import io
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corrobora import run
from corrobora.errors import BadInput, CorroboraError, Refused
from corrobora.run import sandbox
from corrobora.run.workers import _Worker

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="seccomp and Landlock are of Linux")
SHUT = run.Limit(memory_mb=700, seconds=20, shut=True)


def attempt(what: str) -> str:
    """Do something that a hostile file would have its reader do; say what came of it."""
    verb, _, argument = what.partition(" ")
    try:
        return TRICKS[verb](argument)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        return f"refused: {type(error).__name__}"


def connect(address: str) -> str:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=3):
        return "connected"


def read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def write(path: str) -> str:
    Path(path).write_text("taken", encoding="utf-8")
    return "written"


def signalled(process: str) -> str:
    os.kill(int(process), signal.SIGTERM)
    return "signalled"


def program(_: str) -> str:
    return subprocess.run([sys.executable, "-c", "print('ran')"], capture_output=True, check=True, text=True).stdout


def thread(_: str) -> str:
    other = threading.Thread(target=time.sleep, args=(0,))
    other.start()
    other.join()
    return "threaded"


def ring(_: str) -> str:
    """io_uring makes sockets without the call that makes sockets."""
    library = ctypes.CDLL(None, use_errno=True)
    made = library.syscall(425, 8, ctypes.create_string_buffer(256))
    return "made" if made >= 0 else f"refused: {errno.errorcode[ctypes.get_errno()]}"


def called(words: str) -> str:
    """Make a system call by its number: what no library of Python's offers, a process that was taken over can do."""
    number, *arguments = map(int, words.split())
    library = ctypes.CDLL(None, use_errno=True)
    made = library.syscall(
        number, *(ctypes.c_long(a) if a >= 0 else ctypes.create_string_buffer(256) for a in arguments)
    )
    return "made" if made >= 0 else f"refused: {errno.errorcode[ctypes.get_errno()]}"


def own_limit(_: str) -> str:
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (1000, hard))
    return str(resource.getrlimit(resource.RLIMIT_CPU)[0])


def fork(_: str) -> str:
    if not (child := os.fork()):
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


def listing(path: str) -> str:
    return " ".join(os.listdir(path))  # noqa: PTH208  a string is what is wanted


def work(_: str) -> str:
    """What extraction needs: modules imported late, compression, memory files."""
    import html.parser  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    found: list[str] = []
    parser = html.parser.HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign,assignment]
    parser.feed(zlib.decompress(zlib.compress(b"<p>words</p>")).decode())
    return io.StringIO("".join(found)).read()


def environment(name: str) -> str:
    return os.environ.get(name, "not there")


def core(_: str) -> str:
    return str(resource.getrlimit(resource.RLIMIT_CORE))


TRICKS: dict[str, Callable[[str], str]] = {
    "connect": connect, "read": read, "write": write, "signal": signalled, "program": program, "thread": thread,
    "ring": ring, "call": called, "limit": own_limit, "fork": fork, "list": listing, "work": work,
    "environment": environment, "core": core,
    "measures": lambda _: run.measures(), "eat": lambda size: str(len(bytearray(int(size)))),
}  # fmt: skip


def tricks() -> Callable[[str], str]:
    return attempt


def tried(*what: str, limit: run.Limit = SHUT) -> list[str]:
    results = dict(run.workers(tricks, what, 1, limit))
    return [str(results[item]) for item in what]


@pytest.fixture(params=["bubblewrap", "kernel"])
def layer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With bubblewrap, and as on a machine that has none."""
    if request.param == "kernel":
        monkeypatch.setattr(sandbox, "bubblewrap", lambda: "")
    elif not sandbox.bubblewrap():
        pytest.skip("bubblewrap is not installed, or this user may not use it")
    return str(request.param)


@pytest.fixture
def listening() -> Iterator[str]:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@LINUX
def test_a_shut_in_worker_works_and_can_do_nothing_else(
    layer: str, listening: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORROBORA_SECRET", "canary")
    secret, written = tmp_path / "secret.txt", tmp_path / "written.txt"
    secret.write_text("canary", encoding="utf-8")
    open_worker = tried(f"read {secret}", f"connect {listening}", "program", limit=run.Limit())
    assert open_worker == ["canary", "connected", "ran\n"], "the tricks do what they say where nothing hinders them"
    shut = tried(
        "work", f"read {secret}", f"connect {listening}", f"write {written}", "program", "fork", "thread", "ring",
        f"signal {os.getpid()}", f"list {tmp_path}", "list /root", "environment CORROBORA_SECRET", "core", "measures",
    )  # fmt: skip
    assert shut[0] == "words"
    assert shut[-1].startswith("bubblewrap" if layer == "bubblewrap" else "Landlock")
    assert shut[-2] == "(0, 0)"
    assert shut[-3] == "not there"
    assert [answer.partition(":")[0] for answer in shut[1:-3]] == ["refused"] * 10
    assert not written.exists()


# Of x86-64; the least it takes to have each do harm, or to show that it is let through.
CALLS = {
    "prlimit64, of another process": "302 {parent} 4 0 -1",
    "rt_sigqueueinfo, a signal": "129 {parent} 0 -1",
    "rt_tgsigqueueinfo, a signal": "297 {parent} {parent} 0 -1",
    "pidfd_open": "434 {parent} 0",
    "kcmp": "312 {parent} {parent} 0 0 0",
    "unshare": "272 0",
    "shmget": "29 0 4096 950",
    "add_key": "248 -1 -1 -1 1 -4",
    "perf_event_open": "298 -1 0 -1 -1 0",
    "userfaultfd": "323 1",
    "bpf": "321 0 -1 128",
    "x32, a number with its mark": "1073741863",
}


@LINUX
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers are of x86-64")
def test_no_call_reaches_other_processes_or_deep_into_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: "")
    asked = [f"call {words.format(parent=os.getpid())}" for words in CALLS.values()]
    answers = tried(*asked, "limit", "call 302 0 4 0 -1")
    assert dict(zip(CALLS, answers, strict=False)) == dict.fromkeys(CALLS, "refused: EPERM")
    assert answers[-2:] == ["1000", "made"], "of its own limits it may read and lower each"


@pytest.mark.parametrize("machine", sorted(sandbox._CALLS))
def test_each_list_of_calls_is_whole_and_names_none_twice(machine: str) -> None:
    _, calls = sandbox._CALLS[machine]
    assert len(set(calls)) == len(calls) == {"x86_64": 36, "aarch64": 34}[machine]
    assert sandbox._PRLIMIT[machine] not in calls


@LINUX
def test_memory_is_capped_for_each_document(layer: str) -> None:
    assert layer
    (refusal, small) = tried(f"eat {2 << 30}", "eat 1000")
    assert "more memory than it may have" in refusal
    assert small == "1000"


@LINUX
def test_each_layer_says_that_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: "")
    (told,) = tried("measures")
    assert told.split(", ")[-1] == "rlimits"
    if os.uname().machine in sandbox._CALLS:
        assert "seccomp" in told


def test_an_open_worker_says_that_it_is_not_shut_in() -> None:
    assert tried("measures", limit=run.Limit()) == [""]


def test_where_bubblewrap_fails_it_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox.bubblewrap.cache_clear()
    try:
        assert sandbox.bubblewrap() == ""
        assert sandbox.command([tmp_path]) == []
        broken.unlink()
        sandbox.bubblewrap.cache_clear()
        assert sandbox.bubblewrap() == ""
    finally:
        sandbox.bubblewrap.cache_clear()


def test_bubblewrap_shows_no_home_and_no_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: "/usr/bin/bwrap")
    words = sandbox.command(sandbox.roots())
    assert words[0] == "/usr/bin/bwrap"
    assert "--unshare-all" in words
    assert "--bind" not in words, "nothing may be written to"
    shown = [Path(words[n + 1]) for n, word in enumerate(words) if word == "--ro-bind"]
    assert not any(tmp_path.is_relative_to(path) for path in shown)
    assert Path("/") not in shown
    assert Path("/home") not in shown


def test_a_bubblewrap_that_cannot_start_a_worker_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "command", lambda _: [sys.executable, "-c", "raise SystemExit(1)"])
    assert tried("work", "measures")[0] == "words"


def test_folders_inside_others_and_links_are_bound_once(tmp_path: Path) -> None:
    (tmp_path / "a" / "inner").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "link").symlink_to(tmp_path / "b")
    found = sandbox._outermost([tmp_path / "a" / "link", tmp_path / "a" / "inner", tmp_path / "a"])
    assert found == [tmp_path / "a", tmp_path / "b"]


# ------------------------------------------------------------ what a crash costs


def fragile() -> Callable[[str], str]:
    """A room that crashes at its third item: what came before is to blame, not the item."""
    seen: list[str] = []

    def read(item: str) -> str:
        seen.append(item)
        if len(seen) == 3 or item == "always":
            os._exit(9)
        return f"{item}{len(seen)}"

    return read


def test_an_item_that_others_made_crash_is_read_in_a_worker_of_its_own() -> None:
    results = dict(run.workers(fragile, ["a", "b", "c", "always", "d"], 1))
    assert results["c"] == "c1"
    assert isinstance(results["always"], BadInput)
    assert isinstance(results["d"], str)


def test_what_cannot_be_loaded_costs_itself_alone() -> None:
    def load(item: str) -> str:
        if item in "bd":
            raise BadInput(f"no {item}")
        return item * 2

    results = dict(run.workers(fragile, list("abd"), 2, load=load))
    assert results["a"] == "aa1"
    assert [str(results[item]) for item in "bd"] == ["no b", "no d"]


def growing() -> Callable[[int], int]:
    kept: list[bytearray] = []

    def grow(size: int) -> int:
        kept.append(bytearray(b"x") * (size << 20))
        return sum(map(len, kept)) >> 20

    return grow


def test_a_worker_that_has_grown_makes_room_for_a_new_one() -> None:
    """Each item keeps 40 MB; without an end they would add up."""
    items = [40] * 8
    added = [result for _, result in run.workers(growing, items, 1)]
    assert added == [40 * n for n in range(1, 9)]
    kept = [result for _, result in run.workers(growing, items, 1, run.Limit(retire_mb=90))]
    assert len(kept) == 8
    assert all(isinstance(size, int) and size <= 160 for size in kept), kept


def slow_to_start() -> Callable[[str], str]:
    time.sleep(1.5)
    return str.upper


@pytest.mark.parametrize("limit", [run.Limit(), run.Limit(seconds=0.5)])
def test_a_worker_that_starts_slowly_is_no_items_fault(limit: run.Limit) -> None:
    assert dict(run.workers(slow_to_start, ["a", "b"], 1, limit)) == {"a": "A", "b": "B"}


def test_a_worker_that_never_starts_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["corrobora.run.workers"], "START", 0.3)
    with pytest.raises(BadInput, match="did not start"):
        list(run.workers(slow_to_start, ["a"], 1))


def counting() -> Callable[[str], Iterator[int]]:
    def count(item: str) -> Iterator[int]:
        yield from range(int(item.rstrip("!?*")))
        if item.endswith("!"):
            os._exit(3)
        if item.endswith("?"):
            raise Refused("enough")
        if item.endswith("*"):
            time.sleep(60)

    return count


def test_an_opener_gives_several_results_and_ends_at_a_fault() -> None:
    opener: run.Opener[str, int] = run.Opener(counting, run.Limit(seconds=0.5))
    try:
        assert list(opener.each("3")) == [0, 1, 2]
        assert list(opener.each("0")) == []
        for item, fault in (("2?", "enough"), ("2!", "crashed"), ("1*", "longer than 0.5 s")):
            *numbers, last = opener.each(item)
            assert numbers == list(range(int(item[0])))
            assert isinstance(last, CorroboraError)
            assert fault in str(last)
        assert list(opener.each("2")) == [0, 1], "a new worker has taken its place"
    finally:
        opener.close()
    opener.close()


def test_a_worker_ends_with_its_caller() -> None:
    worker = _Worker(tricks, SHUT)
    while not worker.warm:
        worker.ready()
        time.sleep(0.05)
    process = worker.process
    worker.stop()
    assert process.poll() is not None


@LINUX
def test_a_worker_whose_parent_is_killed_does_not_live_on(tmp_path: Path) -> None:
    code = (
        "import time, pathlib\nfrom corrobora.run.workers import _Worker, Limit\n"
        "from corrobora.errors import CorroboraError as room\n"
        "w = _Worker(lambda: 0, Limit()) if 0 else _Worker(dict, Limit(shut=True))\n"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(w.process.pid))\n"
        "while not w.warm: w.ready()\n"
        "print('ready', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        worker = int((tmp_path / "pid").read_text())
        parent.kill()
    for _ in range(100):
        if not alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker lives on")


def alive(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False
