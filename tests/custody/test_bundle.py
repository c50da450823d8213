"""A bundle is a bag, proves what it holds without Corrobora, and shows whatever was done to it."""

import ast
import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import copytree
from types import ModuleType
from typing import Any

import bagit
import pytest
from cryptography.hazmat.primitives import serialization

from corrobora import project, publish
from corrobora.errors import BadInput, Refused
from corrobora.model import Filter
from corrobora.preserve import Notary, der, timestamps
from corrobora.project import Project, Redact
from corrobora.publish import verify_bundle
from corrobora.publish.redaction import Shown, _needles, class_of

MUTATIONS = (
    "member_flip list_flip member_delete member_truncate member_add rehashed_original renamed_original rehashed_public"
    " field_drop events_swap proof_change checkpoint_flip key_flip row_change row_delete event_change event_delete"
    " stranger more_said said_twice row_hidden row_again export_hidden event_again checkpoint_words key_words link"
    " part_made_of_a_whole"
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
    assert "older, or cut" in told
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


def test_what_a_whole_bundle_withholds_is_told(bags: dict[str, Path], tmp_path: Path) -> None:
    bag = copytree(bags["whole"], tmp_path / "bag")
    path = bag / "data" / "record.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    shown = lines[0]["shown"]
    shown["withheld"].append(sha256(shown["disclosed"].pop().encode()).hexdigest())
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert "1 fields are withheld, and the bundle was made without redaction" in verify_bundle.verify(bag)[0]


def test_a_part_that_was_not_redacted_has_all_its_words_and_originals(bags: dict[str, Path], tmp_path: Path) -> None:
    bag = copytree(bags["part"], tmp_path / "bag")
    gone = next((bag / "data" / "originals").iterdir())
    gone.unlink()
    path = bag / "data" / "record.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["table"] == "decision":
            line["shown"]["withheld"] += [sha256(text.encode()).hexdigest() for text in line["shown"]["disclosed"]]
            line["shown"]["disclosed"] = []
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    faults = verify_bundle.verify(bag)[0]
    assert any(fault.startswith(f"originals/{gone.name}: the original of") for fault in faults)
    assert any("fields are withheld, and the bundle was made without redaction" in fault for fault in faults)


def test_a_part_may_be_redacted_further_by_whoever_has_it_and_still_holds(
    bags: dict[str, Path], tmp_path: Path
) -> None:
    bag = copytree(bags["redacted"], tmp_path / "bag")
    path = bag / "data" / "record.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        shown = line["shown"]
        shown["withheld"] += [sha256(text.encode()).hexdigest() for text in shown["disclosed"]]
        shown["disclosed"] = []
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert {fault.partition(":")[0] for fault in verify_bundle.verify(bag)[0]} == {
        "data/record.jsonl"
    }  # the bag's list


def test_words_with_marks_that_divide_lines_are_carried_whole(held: Project, tmp_path: Path) -> None:
    claim = held.record().readings[0].claim.id
    held.decide("accept", [claim], reason="one\u2028two\x85three\u2029four\x0bfive\x1csix", who="Mira Tolen")
    held.export("bundle", tmp_path / "bag")
    assert verify_bundle.verify(tmp_path / "bag")[0] == []


def test_no_word_of_a_bundle_makes_lines_or_moves_the_cursor(bags: dict[str, Path], tmp_path: Path) -> None:
    bag = copytree(bags["whole"], tmp_path / "bag")
    (bag / "data" / "originals" / "x\x1b[1A\x1b[2K\nEverything holds.\u202e").write_bytes(b"x")
    status, told = said(bag)
    assert status == 1
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "Everything holds." not in told.splitlines()
    assert r"x\x1b[1A\x1b[2K\nEverything holds.\u202e" in told


def test_a_value_that_was_shown_does_not_betray_the_one_that_took_its_place(held: Project) -> None:
    """Each salt goes with its value: who has the salt of an earlier export cannot try names against a later one."""
    (document, *_), _, _ = held.store.documents()[0], None, None
    [(key, before)] = [(k, t) for k, t in held.store.row_disclosures("document").items() if document.id in k]
    held.store._db.execute("UPDATE document SET body = json_set(body, '$.given.author', 'Jane Roe')")
    after = held.store.row_disclosures("document")[key]

    def field(texts: Sequence[str]) -> tuple[str, str]:
        return next((salt, str(value)) for salt, path, value in map(json.loads, texts) if path == "body/given/author")

    assert field(after)[1] == "Jane Roe"
    assert field(before)[0] != field(after)[0]
    unchanged = set(before) & set(after)
    assert len(unchanged) == len(before) - 1


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


# ---------------------------------------------------------------- time stamps


@pytest.fixture
def stamped(held: Project, good: Any, tmp_path: Path) -> tuple[Path, Path]:
    """Return a bundle with a token of an earlier head, and the certificate of its authority."""
    head = held.head()
    asked = timestamps.pending(head.size, head.note, "https://tsa.example", good.root)
    response = good.answer(bytes.fromhex(asked.request))
    judged = timestamps.judge(response, head.note, int(asked.nonce), good.root)
    assert judged.state == "verified"
    held.store.put_anchor(
        replace(
            asked,
            state=judged.state,
            response=response.hex(),
            normal=der.ordered(response).hex(),
            stamped=judged.stamped,
        )
    )
    held.export("bundle", tmp_path / "bag")
    (tmp_path / "root.pem").write_text(good.root)
    return tmp_path / "bag", tmp_path / "root.pem"


def test_a_token_is_verified_by_the_bundle_alone(stamped: tuple[Path, Path]) -> None:
    bag, roots = stamped
    status, told = said(bag, "--roots", roots)
    assert status == 0
    assert "verified: they stood at 20" in told
    assert "chain was not checked: give --roots" in said(bag)[1]


def test_a_token_by_another_authority_is_refused(stamped: tuple[Path, Path], authority: Any, keys: Any) -> None:
    bag, roots = stamped
    other = authority.certificate("Root", keys[1], "Root", keys[1], (-10, 10), stamps=False)
    roots.write_bytes(other.public_bytes(serialization.Encoding.PEM))
    status, told = said(bag, "--roots", roots)
    assert status == 1
    assert "WRONG time stamp by https://tsa.example" in told


def test_each_changed_bit_of_a_token_is_named(stamped: tuple[Path, Path]) -> None:
    bag, roots = stamped
    record = bag / "data/record.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if "tsa.example" in line)
    rng = Random(7)  # noqa: S311
    for _ in range(40):
        line = json.loads(lines[number])
        at = next(n for n, text in enumerate(line["shown"]["disclosed"]) if "body/response" in text)
        salt, path, token = json.loads(line["shown"]["disclosed"][at])
        changed = bytearray(bytes.fromhex(token))
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        line["shown"]["disclosed"][at] = json.dumps([salt, path, changed.hex()], separators=(",", ":"))
        record.write_text("\n".join([*lines[:number], json.dumps(line), *lines[number + 1 :]]) + "\n", encoding="utf-8")
        faults, _ = verify_bundle.verify(bag, roots=roots.read_text())
        assert any(fault.startswith(f"record.jsonl, line {number + 1}: ") for fault in faults)


def test_without_the_client_a_token_is_said_not_to_be_checked(
    stamped: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_name: str) -> None:
        raise ImportError

    monkeypatch.setattr(verify_bundle, "import_module", missing)
    faults, proved = verify_bundle.verify(stamped[0])
    assert faults == []
    assert any("rfc3161-client is not installed" in line for line in proved)


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
