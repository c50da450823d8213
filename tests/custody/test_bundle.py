"""A bundle is a bag, proves what it holds without Corrobora, and shows whatever was done to it."""

import ast
import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import copytree
from types import ModuleType

import bagit
import pytest

from corrobora import project, publish
from corrobora.errors import BadInput, Refused
from corrobora.model import Filter
from corrobora.preserve import Notary
from corrobora.project import Project, Redact
from corrobora.publish import verify_bundle
from corrobora.publish.redaction import Shown, _needles, class_of

MUTATIONS = (
    "member_flip list_flip member_delete member_truncate member_add rehashed_original renamed_original rehashed_public"
    " field_drop events_swap proof_change checkpoint_flip key_flip row_change row_delete event_change event_delete"
).split()


@pytest.fixture(scope="module")
def bags(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Return a whole bundle, a redacted one, one of a part, and heads from before and after."""
    place = tmp_path_factory.mktemp("bags")
    held = project.open_project(copytree(built, place / "project"))
    (place / "early").write_text(held.head().note, encoding="utf-8")
    held.export("bundle", place / "whole")
    (place / "head").write_text(held.head().note, encoding="utf-8")
    held.export("bundle", place / "redacted", redact=Redact())
    held.export("bundle", place / "part", Filter(place="Eskadir"))
    (place / "late").write_text(held.head().note, encoding="utf-8")
    yield {path.name: path for path in place.iterdir()}
    held.store.close()


def said(bag: Path, *words: object) -> tuple[int, str]:
    """Return the status and the words of the bag's own verifier, run without Corrobora in sight."""
    done = subprocess.run(
        [sys.executable, "-I", bag / "verify_bundle.py", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", ["whole", "redacted", "part"])
def test_a_bundle_is_a_bag_and_holds(bags: dict[str, Path], name: str) -> None:
    assert bagit.Bag(str(bags[name])).validate()
    status, told = said(bags[name])
    assert status == 0, told
    assert "Everything holds." in told


def test_it_holds_against_a_head_from_before_and_no_other(bags: dict[str, Path], tmp_path: Path) -> None:
    assert said(bags["whole"], "--head", bags["early"])[0] == 0
    assert said(bags["whole"], "--head", bags["head"])[0] == 0
    status, told = said(bags["whole"], "--head", bags["late"])
    assert status == 1
    assert "it is older, or was cut" in told
    key = Notary().new_key()
    (tmp_path / "other").write_text(Notary().sign(key, 0, (), ["00" * 32])[1], encoding="utf-8")
    assert "not a head that this bundle's key signed" in said(bags["whole"], "--head", tmp_path / "other")[1]


def test_the_verifier_needs_nothing_of_corrobora() -> None:
    tree = ast.parse(Path(verify_bundle.__file__).read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {n.split(".")[0] for n in names} <= {*sys.stdlib_module_names, "cryptography"}


def test_the_whole_has_everything(bags: dict[str, Path], held: Project) -> None:
    lines = [
        json.loads(line) for line in (bags["whole"] / "data/record.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert sorted({line["table"] for line in lines}) == ["anchor", "decision", "document", "reading", "text"]
    assert not any(line["shown"]["withheld"] for line in lines)
    assert len(list((bags["whole"] / "data/originals").iterdir())) == 4
    public = (bags["whole"] / "data/public/claims.jsonl").read_text(encoding="utf-8")
    assert json.loads(public.splitlines()[0])["claim"] in {r.claim.id for r in held.record().readings}


def test_a_part_has_what_was_asked_and_its_proof(bags: dict[str, Path]) -> None:
    text = (bags["part"] / "data/record.jsonl").read_text(encoding="utf-8")
    assert "Eskadir" in text
    assert "in Talmera" not in text
    assert len(list((bags["part"] / "data/originals").iterdir())) == 2


@pytest.mark.parametrize("name", MUTATIONS)
def test_whatever_is_done_to_it_is_found_and_named(name: str, bags: dict[str, Path], tmp_path: Path) -> None:
    from importlib.util import module_from_spec, spec_from_file_location  # noqa: PLC0415

    spec = spec_from_file_location("bundle_mutations", Path(__file__).with_name("bundle_mutations.py"))
    assert spec
    assert spec.loader
    mutations = module_from_spec(spec)
    spec.loader.exec_module(mutations)
    assert set(mutations.MUTATIONS) == set(MUTATIONS)
    kinds = ["whole"] if "original" in name or "public" in name else ["whole", "redacted"]  # a redacted one has none
    for seed in range(4):
        for kind in kinds:
            bag = copytree(bags[kind], tmp_path / f"{kind}{seed}")
            needle = mutations.MUTATIONS[name](bag, Random(seed))  # noqa: S311
            faults, _ = verify_bundle.verify(bag)
            assert any(needle in fault for fault in faults), (seed, kind, needle, faults)


def test_written_anew_with_another_key_it_does_not_hold_against_the_head(
    bags: dict[str, Path], built: Path, mutations: ModuleType, tmp_path: Path
) -> None:
    forged = copytree(built, tmp_path / "forged")
    mutations.rehash_everything(forged, Random(3))  # noqa: S311
    held = project.open_project(forged)
    held.export("bundle", tmp_path / "bag")
    held.store.close()
    assert said(tmp_path / "bag")[0] == 0  # in itself it is whole
    status, told = said(tmp_path / "bag", "--head", bags["early"])
    assert status == 1
    assert "an event from 0 to" in told


def test_a_bundle_is_written_whole_or_not_at_all(
    held: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_text("x")
    with pytest.raises(BadInput, match="other files"):
        held.export("bundle", tmp_path / "taken")
    monkeypatch.setattr("corrobora.publish.bundle._tags", fails)
    with pytest.raises(OSError, match="No space"):
        held.export("bundle", tmp_path / "bag")
    assert not [p for p in tmp_path.iterdir() if "bag" in p.name]


# ---------------------------------------------------------------- redaction

CANARIES = ("Selma Orrin", "Jovan Petrel", "Mira Tolen", "Ida Quill")


def forms(name: str) -> Iterator[bytes]:
    """Yield a name as it could lie in a file: UTF-8, UTF-16 and base64 of both, at each alignment."""
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        said = name.encode(code)
        yield said
        for before in range(3):
            yield b64encode(bytes(before) + said)[4:-4]


def holding(bag: Path, name: str) -> list[str]:
    return [
        f"{path.name} {form!r}"
        for path in bag.rglob("*")
        for form in forms(name)
        if path.is_file() and (form in path.read_bytes() or form in path.as_posix().encode())
    ]


@pytest.mark.parametrize("name", CANARIES)
def test_a_canary_is_in_the_whole_bundle_and_in_no_redacted_one(bags: dict[str, Path], name: str) -> None:
    assert holding(bags["whole"], name)
    assert not holding(bags["redacted"], name)


@pytest.mark.parametrize("reveal", [["place"], ["accused"], ["source"], ["place", "accused", "source"]])
def test_names_stay_withheld_wherever_they_stand(held: Project, tmp_path: Path, reveal: list[str]) -> None:
    held.export("bundle", tmp_path / "bag", redact=Redact(reveal))
    for name in CANARIES:
        assert not holding(tmp_path / "bag", name), name
    faults, proved = verify_bundle.verify(tmp_path / "bag")
    assert faults == []
    assert "withheld" in proved[0]


def test_what_is_revealed_is_shown_and_proved(held: Project, tmp_path: Path) -> None:
    held.export("bundle", tmp_path / "bag", redact=Redact(["witness", "place"]))
    assert holding(tmp_path / "bag", "Selma Orrin")
    assert holding(tmp_path / "bag", "Dorvan")
    assert not holding(tmp_path / "bag", "Mira Tolen")
    assert verify_bundle.verify(tmp_path / "bag")[0] == []


def test_words_are_shown_but_where_they_hold_a_withheld_name(held: Project, tmp_path: Path) -> None:
    held.export("bundle", tmp_path / "bag", redact=Redact(["words", "place", "victim"]))
    text = (tmp_path / "bag/data/record.jsonl").read_text(encoding="utf-8")
    assert "Two nurses were killed in Dorvan" in text
    assert "the ministry" not in text
    for name in CANARIES:
        assert not holding(tmp_path / "bag", name), name


def test_names_of_a_persons_own_list_may_stand_nowhere(held: Project, tmp_path: Path) -> None:
    held.export("bundle", tmp_path / "bag", redact=Redact(["place"], ["Eskadir"]))
    assert not holding(tmp_path / "bag", "Eskadir")
    assert holding(tmp_path / "bag", "Dorvan")


def test_nothing_is_written_where_a_withheld_name_would_be(
    held: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(_self: object, _table: str, texts: Sequence[str], _extra: object = None) -> Shown:
        return Shown(tuple(texts), ())

    monkeypatch.setattr(publish.Redaction, "show", careless)
    with pytest.raises(Refused, match="withheld name"):
        held.export("bundle", tmp_path / "bag", redact=Redact())
    assert not (tmp_path / "bag").exists()


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", range(4))
def test_the_scan_finds_a_name_in_each_form(code: str, before: int) -> None:
    plain = b"x" * before + "Selma Orrin".encode(code) + b" yy"
    for content in (plain, b64encode(plain)) if code != "utf-16-be" else (plain,):
        with pytest.raises(Refused):
            publish.scan({"a": content}, {"selma orrin"}, [])
    publish.scan({"a": b"Selma walked to Orrin"}, {"selma orrin"}, ["nothing"])
    assert _needles("selma orrin")


def test_the_scan_finds_a_single_name_in_what_is_shown_and_in_file_names() -> None:
    for files, values in (({"a": b""}, ["killed Petrel"]), ({"petrel.txt": b""}, [])):
        with pytest.raises(Refused):
            publish.scan(files, {"petrel"}, values)


def test_a_field_on_no_list_is_never_shown() -> None:
    everything = publish.Redaction(frozenset({"witness", "victim", "accused", "staff", "place", "source", "words"}))
    shown = everything.show("reading", ['["00","body/claim/act","shelling"]', '["00","body/new_field","Selma"]'])
    assert shown.disclosed == ('["00","body/claim/act","shelling"]',)
    assert shown.withheld == (sha256(b'["00","body/new_field","Selma"]').hexdigest(),)
    assert class_of("reading", "body/new_field") == ""
    assert class_of("unknown", "id") == ""


def test_what_cannot_be_revealed_or_redacted_is_refused_in_words(held: Project, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no class of fields"):
        held.export("bundle", tmp_path / "bag", redact=Redact(["everything"]))
    with pytest.raises(BadInput, match="only a bundle"):
        held.export("csv", tmp_path / "bag", redact=Redact())
    assert not (tmp_path / "bag").exists()
