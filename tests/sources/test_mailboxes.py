"""Messages of a mailbox, attachments of a message."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from corrobora.sources.mailboxes import attachments, messages


def mail(subject: str, body: str = "words") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "jane@example.org"
    message.set_content(body)
    return message


def test_messages_of_a_mailbox_that_another_program_wrote(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "x.mbox")
    for number in range(3):
        box.add(mail(f"number {number}", "first line\n\nFrom Kartov six men fled.\n"))
    box.flush()
    box.close()
    found = list(messages((tmp_path / "x.mbox").read_bytes()))
    assert [member.name for member in found] == ["1.eml", "2.eml", "3.eml"]
    assert all(f"number {n}".encode() in (member.data or b"") for n, member in enumerate(found))
    assert b"\nFrom Kartov six men" in (found[0].data or b"")


@pytest.mark.parametrize(("data", "problem"), [(b"hello\n", "no message found"), (b"", "")])
def test_a_mailbox_without_messages(data: bytes, problem: str) -> None:
    assert [member.problem.partition(":")[0] for member in messages(data)] == ([problem] if problem else [])


def test_attachments_are_documents_and_bodies_are_not() -> None:
    message = mail("x")
    message.add_alternative("<p>words</p>", subtype="html")
    message.add_attachment("attached", filename="a.txt")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf")
    message.add_attachment("again", filename="a.txt")
    message.add_attachment(mail("forwarded", "inner words"))
    found = list(attachments(message.as_bytes()))
    assert [member.name for member in found] == ["a.txt", "part2.pdf", "a~2.txt", "part4.eml"]
    assert found[1].data == b"%PDF-1.4"
    assert b"inner words" in (found[3].data or b"")


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x", "C:\\temp\\x", "/x"])
def test_names_are_cut_to_their_last_part_and_said(name: str) -> None:
    message = mail("x")
    message.add_attachment("attached", filename=name)
    (member,) = attachments(message.as_bytes())
    assert member.name == "x"
    assert "in the message" in member.problem


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: message/rfc822\n\n--B--",
        b"Content-Type: application/x\nContent-Disposition: attachment; filename*=bad''%ff\n\nx",
        b'Content-Type: application/x\nContent-Disposition: attachment; filename="=?none-9?q?a?="\n\nx',
        b"Content-Type: application/x\nContent-Transfer-Encoding: base64\n\n!!!",
    ],
)
def test_broken_messages_are_survived(raw: bytes) -> None:
    assert all(bool(member.data) or bool(member.problem) for member in attachments(raw))


def test_a_message_of_endless_parts_is_cut_with_a_word() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=B\n\n" + b"--B\nContent-Type: a/b\n\nx\n" * 1200 + b"--B--"
    found = list(attachments(raw))
    assert len(found) <= 1001
    assert "more than 1,000 parts" in found[-1].problem


def test_a_note_in_plain_text_is_the_senders_and_no_other_attachment() -> None:
    message = mail("x")
    del message["From"]
    message["From"] = "Press Office of the Osk Front <press@front.example>"
    message.add_attachment("We hold four.", filename="note.txt")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    note, paper = attachments(message.as_bytes())
    assert (note.given.author, note.given.outlet) == ("Press Office of the Osk Front", "front.example")
    assert (paper.given.author, paper.given.outlet) == ("", "")


@pytest.mark.parametrize("sender", ["", "nobody", "=?none-9?q?a?= <a@b.example>", "<@>"])
def test_a_note_of_any_sender_is_kept(sender: str) -> None:
    raw = f"From: {sender}\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nWe hold four."
    (note,) = attachments(raw.encode())
    assert note.data == b"We hold four."
    assert "@" not in note.given.outlet
