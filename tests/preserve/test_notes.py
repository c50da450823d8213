"""Signed notes: the published examples hold, and one changed character of anything does not."""

from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.preserve import notes

# The example of the C2SP signed-note specification, and that of the package which the format comes from.
EXAMPLES = {
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k": (
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYN"
        "ZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    ),
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW": (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    ),
}
KEY = "5a" * 32
VERIFIER = notes.verifier_key(KEY)
HEAD = notes.Head(VERIFIER.partition("+")[0], 7, bytes(range(32)))


@pytest.mark.parametrize(("verifier", "note"), EXAMPLES.items())
def test_published_notes_hold(verifier: str, note: str) -> None:
    assert notes.open_note(note, verifier) == note.rpartition("\n\n")[0] + "\n"


@pytest.mark.parametrize(("verifier", "note"), EXAMPLES.items())
def test_published_notes_do_not_hold_for_another_key_or_text(verifier: str, note: str) -> None:
    with pytest.raises(BadInput):
        notes.open_note(note, VERIFIER)
    with pytest.raises(BadInput, match="does not hold"):
        notes.open_note("I" + note, verifier)


def test_signing_gives_the_published_bytes() -> None:
    # RFC 8032, section 7.1, test 1: the seed, its public key, and that both are used as they stand.
    seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert notes.verifier_key(seed).startswith(notes.origin(public))


def test_a_checkpoint_says_what_was_signed() -> None:
    note = notes.sign(HEAD, KEY)
    lines = note.splitlines()
    assert lines[:2] == [HEAD.origin, "7"]
    assert lines[3] == ""
    assert lines[4].startswith(f"— {HEAD.origin} ")
    assert notes.open_checkpoint(note, VERIFIER) == HEAD


@given(st.data())
def test_one_changed_character_of_a_checkpoint_is_refused(data: st.DataObject) -> None:
    note = notes.sign(HEAD, KEY)
    at = data.draw(st.integers(0, len(note) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != note[at]))
    changed = note[:at] + other + note[at + 1 :]
    try:
        found = notes.open_checkpoint(changed, VERIFIER)
    except BadInput:
        return
    # The spare bits of the last base64 digit carry nothing: what is signed is then the same, and so is the key.
    assert found == HEAD
    assert at >= len(HEAD.text())


@pytest.mark.parametrize("text", ["corrobora/x\nseven\nAAAA\n", "corrobora/x\n07\nAAAA\n", "one line\n", "a\n1\n*\n"])
def test_a_signed_note_that_is_no_checkpoint_is_refused(text: str) -> None:
    text = text.replace("corrobora/x", HEAD.origin)
    named = b64decode(notes.sign(HEAD, KEY).split()[-1])[:4]
    signature = b64encode(named + Ed25519PrivateKey.from_private_bytes(bytes.fromhex(KEY)).sign(text.encode())).decode()
    note = f"{text}\n— {HEAD.origin} {signature}\n"
    assert notes.open_note(note, VERIFIER) == text
    with pytest.raises(BadInput):
        notes.open_checkpoint(note, VERIFIER)


def test_signatures_of_others_are_let_be_and_a_false_one_of_ours_is_not() -> None:
    note = notes.sign(HEAD, KEY)
    witness = "— witness.example/w " + note.split()[-1] + "\n"
    assert notes.open_checkpoint(note + witness, VERIFIER) == HEAD
    false = note.splitlines()[-1][:-8] + "AAAAAAA=\n"
    with pytest.raises(BadInput):
        notes.open_checkpoint(note.rpartition("\n\n")[0] + "\n\n" + false, VERIFIER)


@pytest.mark.parametrize(
    "note", ["", "\n\n", "text\n", "text\n\n", "text\n\nno dash\n", "a\n\n— b !!!\n", "a\n\n— b QUJD"]
)
def test_what_is_no_note_is_refused_in_words(note: str) -> None:
    with pytest.raises(BadInput) as told:
        notes.open_checkpoint(note, VERIFIER)
    assert str(told.value)


def test_a_verifier_key_that_does_not_fit_its_name_is_refused() -> None:
    for bad in ("x", "a+b+c", VERIFIER.replace("corrobora", "another"), VERIFIER[:-4] + "AAA="):
        with pytest.raises(BadInput):
            notes.open_note(notes.sign(HEAD, KEY), bad)


def test_a_note_is_found_in_a_mail() -> None:
    note = notes.sign(HEAD, KEY)
    assert notes.find_note(f"Dear B.,\nkeep this:\n\n{note}\n█▀▀█ ▄▄\nRegards\n") == note
    assert notes.find_note(note.rstrip("\n")) == note
    assert notes.find_note("nothing") == "nothing"


def test_keys_are_new_each_time() -> None:
    assert notes.new_key() != notes.new_key()
    assert len(bytes.fromhex(notes.new_key())) == 32
