"""E-mail: headers as parts, the right body, faults survived."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from corrobora.errors import BadInput
from corrobora.model import Text
from corrobora.text.draft import covers

Extract = Callable[..., Text]
MAIL = "message/rfc822"


def message(body: str = "", html: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Six killed at Kartov – café"
    mail["From"] = "Jane Doe <jane@desk.example.org>"
    mail["Date"] = "Sat, 14 Jun 2025 09:30:00 +0100"
    if body:
        mail.set_content(body)
    if html and body:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    return mail


def kinds(text: Text) -> list[tuple[str, str]]:
    return [(s.kind, text.text[s.start : s.end]) for s in text.segments]


def test_headers_are_title_byline_date_and_metadata(extract: Extract) -> None:
    text = extract(message("Six people were killed in the market.\n\nMore will follow.").as_bytes(), MAIL)
    assert covers(text.text, text.segments)
    assert kinds(text)[:3] == [
        ("title", "Six killed at Kartov – café"),
        ("byline", "From: Jane Doe <jane@desk.example.org>"),
        ("date", "Date: Sat, 14 Jun 2025 09:30:00 +0100"),
    ]
    about = text.metadata
    assert (about.title, about.author, about.outlet) == ("Six killed at Kartov – café", "Jane Doe", "desk.example.org")
    assert about.published == "2025-06-14T09:30:00+01:00"


def test_the_text_part_goes_before_the_html_part(extract: Extract) -> None:
    text = extract(message("Six people were killed.", "<p>Other words.</p>").as_bytes(), MAIL)
    assert "Six people" in text.text
    assert "Other words" not in text.text


def test_the_html_part_is_read_as_a_page(extract: Extract) -> None:
    text = extract(
        message(html="<p>Six people were killed.</p><p style='display:none'>hidden words</p>").as_bytes(), MAIL
    )
    assert ("paragraph", "Six people were killed.") in kinds(text)
    assert [s.flags for s in text.segments][-1] == ("hidden",)


def test_quoted_lines_are_flagged(extract: Extract) -> None:
    text = extract(
        message("I confirm it.\n\nOn 13 June Jane Doe wrote:\n\n> Six people were killed.\n> In Kartov.").as_bytes(),
        MAIL,
    )
    assert text.segments[-1].flags == ("quoted",)
    assert text.text.endswith("Six people were killed.\n\nIn Kartov.")
    assert ("note", "On 13 June Jane Doe wrote:") in kinds(text)


def test_attachments_are_no_part_of_the_text(extract: Extract) -> None:
    mail = message("See the file.")
    mail.add_attachment("attached words", filename="a.txt")
    mail.add_attachment(message("forwarded words"))
    text = extract(mail.as_bytes(), MAIL)
    assert "attached words" not in text.text
    assert "forwarded words" not in text.text


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: =?utf-8?b?//8=?= x\n\nbody words\n",
        b"Subject: =?nonexistent-9?q?abc?=\n\nbody words\n",
        b"Subject: =?utf-8?b?!!!?=\n\nbody words\n",
        b"Subject: x\nContent-Type: text/plain; charset=none-9\nContent-Transfer-Encoding: base64\n\n!!!body words",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nbody words\n",
        b"Subject: x\nContent-Type: multipart/mixed\n\nbody words\n",
        b"Subject: \xff\xfe caf\xe9\n\nbody words\n",
        b"Date: not a date\nSubject: x\n\nbody words\n",
    ],
)
def test_faulty_headers_and_encodings_are_survived(extract: Extract, raw: bytes) -> None:
    text = extract(raw, MAIL)
    assert covers(text.text, text.segments)


def test_a_message_without_words_says_so(extract: Extract) -> None:
    with pytest.raises(BadInput, match="no words in it"):
        extract(b"\n\n", MAIL)


def test_deep_nesting_is_survived(extract: Extract) -> None:
    raw = "Content-Type: text/plain\n\nhello deep\n"
    for n in range(60):
        raw = f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n{raw}\n--b{n}--\n'
    assert "hello deep" in extract("Subject: x\n" + raw, MAIL).text


def alternatives(plain: str, html: str) -> bytes:
    mail = message(plain)
    mail.add_alternative(html, subtype="html")
    return mail.as_bytes()


def test_a_message_whose_two_forms_differ_says_so(extract: Extract) -> None:
    """Most programs show the HTML form; the plain one is read."""
    text = extract(alternatives("Two people were killed.", "<p>Forty <b>27</b> people were killed."), MAIL)
    assert "Two people" in text.text
    assert "Forty" not in text.text
    assert [p for p in text.problems if "other words than its plain form (Forty 27 …)" in p]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Two people were <i>killed</i>.",
        "<p>Two people were killed. <a href='https://example.org/9'>More</a> https://example.org/17/8",
        "<p>Two people were killed.<p style='display:none'>40 more words that nobody is shown in this form of it",
    ],
)
def test_forms_that_say_the_same_are_no_news(extract: Extract, html: str) -> None:
    text = extract(alternatives("Two people were killed.", html), MAIL)
    assert not [p for p in text.problems if "other words" in p]
