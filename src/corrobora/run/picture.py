"""A picture of a page as it is kept: an installed Chromium draws the preserved bytes, and nothing else.

The page comes as MHTML, a file in which a browser runs no script and which it fetches nothing for: what is not kept is
not in the picture, and no stranger's program runs. In bubblewrap the kernel gives it no network besides, no file of the
user's, and a disk in memory that ends with it. Elsewhere Chromium's own sandbox stands, with names that lead nowhere.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corrobora.run import sandbox

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 60.0
MOST_BYTES = 50_000_000  # of a picture
SIZE = (1280, 4096)  # pixels: the width of a common screen, and as far down as an article goes
FLAGS = (
    "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-crash-reporter",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--force-device-scale-factor=1",
    f"--window-size={SIZE[0]},{SIZE[1]}",
)  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
NONE = "no picture of the page was taken"


def browser() -> str:
    """Return the path of an installed Chromium, '' where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def photograph(page: bytes, *, disk: bool) -> tuple[bytes, str]:
    """Return a PNG of a page in MHTML, b'' where there is none, and in words how it was made or why it was not.

    Without `disk` no word of the page may lie on one, even for a while: then bubblewrap must be there.
    """
    program = browser()
    if not program:
        return b"", f"{NONE}: no browser (Chromium) is installed"
    boxed = sandbox.bubblewrap()
    if not boxed and (not disk or os.geteuid() == 0):  # Chromium has no sandbox of its own for root
        return b"", f"{NONE}: a browser opens a stranger's page only in bubblewrap here, which cannot be used"
    try:
        found = _boxed(boxed, program, page) if boxed else _beside(program, page)
        made_by = _run([program, "--version"], b"").decode(errors="replace").strip()[:80]
    except subprocess.TimeoutExpired:
        return b"", f"{NONE}: the browser took longer than {SECONDS:g} s"
    except OSError as error:
        return b"", f"{NONE}: the browser could not be started: {error.strerror}"
    if not found.startswith(_PNG) or len(found) > MOST_BYTES:
        return b"", f"{NONE}: the browser gave none"
    shut = "in bubblewrap, " if boxed else ""
    return found, f"a picture of the page as it is kept here, by {made_by}, {shut}without scripts and network"


def _boxed(wrapper: str, program: str, page: bytes) -> bytes:
    """The picture by a browser in bubblewrap: the page goes in by a pipe, the picture comes out by another."""
    words = [wrapper, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    for place in ("/bin", "/sbin", *sandbox.SYSTEM, "/etc/fonts", "/etc/chromium.d"):
        if Path(place).is_symlink():
            words += ["--symlink", str(Path(place).readlink()), place]
        else:
            words += ["--ro-bind-try", place, place]
    words += ["--tmpfs", sandbox.SCRATCH, "--proc", "/proc", "--dev", "/dev", "--setenv", "HOME", sandbox.SCRATCH]
    words += ["--setenv", "PATH", os.defpath, "--chdir", sandbox.SCRATCH, "--"]
    draw = 'cat > page.mhtml && "$@" >&2 && cat page.png'
    flags = ("--no-sandbox", *FLAGS, *_places(Path(sandbox.SCRATCH)))  # bubblewrap is the sandbox
    return _run([*words, "sh", "-c", draw, "sh", program, *flags], page)


def _beside(program: str, page: bytes) -> bytes:
    """The picture by a browser in its own sandbox, from a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="page-") as name:
        folder = Path(name)
        (folder / "page.mhtml").write_bytes(page)
        _run([program, *FLAGS, *_places(folder)], b"")
        picture = folder / "page.png"
        return picture.read_bytes() if picture.exists() else b""


def _places(folder: Path) -> tuple[str, ...]:
    return f"--user-data-dir={folder}/profile", f"--screenshot={folder}/page.png", f"file://{folder}/page.mhtml"


def _run(command: list[str], given: bytes) -> bytes:
    """What a program says. It gets nothing of this process's surroundings but a place to look for programs."""
    surroundings = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603  our own words, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings,
        start_new_session=True,
    ) as started:  # fmt: skip
        try:
            return started.communicate(given, timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            raise
