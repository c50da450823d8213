"""From what a user named to kept documents: each input ends in a recorded state."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corrobora import preserve, run, sources, text
from corrobora.errors import CorroboraError
from corrobora.model import Document, Input, Reference, Source
from corrobora.project.reading import shut_in
from corrobora.settings import Settings
from corrobora.store import Store

SIDECAR = "application/x-corrobora-sidecar"
BATCH = 256  # documents to a transaction


class Intake:
    """Keeps the bytes of references and decides what is new: the same input a second time changes nothing."""

    def __init__(self, store: Store, originals: Path) -> None:
        self.store = store
        self.originals = originals
        self.known = {document.id: (document, state, reason) for document, state, reason in store.documents()}
        self.by_bytes: dict[str, list[Document]] = {}
        for document, _, _ in self.known.values():
            self.by_bytes.setdefault(document.sha256, []).append(document)
        self.recorded = {given.address: given for given in store.inputs()}
        self.inputs: dict[str, Input] = {}
        self.fresh: list[tuple[Document, Input]] = []
        self.copies: list[tuple[Document, Input]] = []
        self.others: list[Input] = []

    def take(self, reference: Reference) -> None:
        """Keep one reference and note what became of it."""
        if reference.container:
            self._opened(reference)
        if reference.data is None:
            given = _input(reference, "", reference.state, reference.problem)
            if self.recorded.get(reference.address) != given:
                self.others.append(given)
            self.inputs[reference.address] = given
            return
        document = preserve.keep(reference, self.originals)
        same = self.known.get(document.id)
        if same:  # what was said once of a file is not taken back by not saying it again
            document = replace(document, defaults=document.defaults.filled(same[0].defaults))
        if same and (same[0].given, same[0].defaults) == (document.given, document.defaults):
            self.inputs[reference.address] = _input(reference, document.id, same[1], same[2])
            return
        twin = next((d for d in self.by_bytes.get(document.sha256, ()) if _same_report(d, document)), None)
        if twin and document.media_type != SIDECAR:
            self._again(reference, document, twin)
            return
        given = _first_state(document, reference)
        self.inputs[reference.address] = given
        self.fresh.append((document, given))
        self.known[document.id] = (document, given.state, given.reason)
        self.by_bytes.setdefault(document.sha256, []).append(document)
        if len(self.fresh) >= BATCH:
            self.flush()

    def _again(self, reference: Reference, document: Document, twin: Document) -> None:
        """Note that bytes already kept, with the same metadata, stand at another address as well."""
        given = _input(reference, twin.id, "duplicate", f"the same bytes as {twin.file}")
        if self.recorded.get(reference.address) != given:
            self.copies.append((replace(document, id=twin.id), given))
        self.inputs[reference.address] = given

    def _opened(self, member: Reference) -> None:
        """Say of an archive, table or mailbox that it was opened: its members have states of their own."""
        inside = len(member.file) - len(member.container)  # '!/name' or '#row' stands at the end of both
        address = member.address[:-inside]
        given = self.inputs.get(address)
        if given and given.state == "kept":
            self.flush()
            self.inputs[address] = replace(given, state="container", reason="")
            self.store.set_states([self.inputs[address]])

    def flush(self) -> None:
        """Write what was taken since the last time."""
        if self.fresh:
            self.store.put_documents(self.fresh)
        if self.copies:
            self.store.put_occurrences(self.copies)
        if self.others:
            self.store.put_inputs(self.others)
        self.fresh, self.copies, self.others = [], [], []


def add(
    store: Store,
    originals: Path,
    named: Sequence[Source],
    settings: Settings,
    progress: Callable[[str, int, int], None],
) -> tuple[Input, ...]:
    """Keep everything that `named` leads to; return what became of each input, in the order found."""
    intake = Intake(store, originals)
    opener: run.Opener[sources.Opened, Reference] = run.Opener(_openers, shut_in(settings))

    def opened(container: sources.Opened) -> Iterator[Reference]:
        """What the worker finds in a container; where it fails, the container is kept, and says why."""
        known = False
        for found in opener.each(container):
            if isinstance(found, CorroboraError):
                yield _unopened(container[0], found, known=known)
            else:
                known = True
                yield found

    try:
        with preserve.writing(originals):
            found = sources.find(named, settings.limits, opened, _pictured(originals))
            for number, reference in enumerate(found, 1):
                intake.take(reference)
                progress("Keeping", number, 0)
            intake.flush()
    finally:
        opener.close()
    return tuple(intake.inputs.values())


def _pictured(originals: Path) -> sources.Pictured:
    """Draws a page; of a locked project nothing may lie on a disk that is not encrypted."""
    disk = not isinstance(originals, preserve.Sealed)
    return lambda page: run.photograph(page, disk=disk)


def _openers() -> Callable[[sources.Opened], Iterator[Reference]]:
    return sources.inside


def _unopened(container: Reference, error: CorroboraError, *, known: bool) -> Reference:
    """The container where it could not be opened at all, else a member that stands for all that could not be had."""
    problem = f"{error}: not opened further"
    if not known:
        return replace(container, problem=problem, state="refused")
    file, address = f"{container.file}!/", f"{container.address}!/"
    return Reference(file, address, None, container.media_type, container=container.file, problem=problem)


def _same_report(a: Document, b: Document) -> bool:
    return a.file != b.file and (a.given, a.defaults) == (b.given, b.defaults) and a.media_type == b.media_type


def _input(reference: Reference, document: str, state: str, reason: str) -> Input:
    return Input(reference.file, document, state, reason, reference.address)


def _first_state(document: Document, reference: Reference) -> Input:
    if document.media_type == SIDECAR:
        return _input(reference, document.id, "metadata", "says what is known of the report beside it")
    if text.readable(document.media_type):
        return _input(reference, document.id, "waiting", reference.problem)
    return _input(reference, document.id, "kept", reference.problem or f"no reader for {document.media_type}")
