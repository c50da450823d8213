"""Sets of a response are put in order, and nothing else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from corrobora.preserve.der import ordered


def value(tag: int, content: bytes) -> bytes:
    """Return a value in DER."""
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(content).to_bytes(size, "big") + content


def response(certificates: list[bytes], infos: list[bytes] | None = None) -> bytes:
    """Return a response with these values for certificates."""
    signed = (
        value(2, b"\3")
        + value(0x31, value(0x30, b"sha"))
        + value(0x30, b"content")
        + value(0xA0, b"".join(certificates))
        + value(0x31, b"".join(infos or [value(0x30, b"signer")]))
    )
    token = value(0x30, value(6, b"oid") + value(0xA0, value(0x30, signed)))
    return value(0x30, value(0x30, value(2, b"\0")) + token)


CERTIFICATES = st.lists(st.binary(max_size=200).map(lambda content: value(0x30, content)), min_size=1, max_size=4)


@given(CERTIFICATES, CERTIFICATES)
def test_sets_are_put_in_order_and_the_rest_stays(certificates: list[bytes], infos: list[bytes]) -> None:
    found = ordered(response(certificates, infos))
    assert found == response(sorted(certificates), sorted(infos))
    assert ordered(found) == found
    assert len(found) == len(response(certificates, infos))


@given(CERTIFICATES)
def test_what_is_in_order_is_left_alone(certificates: list[bytes]) -> None:
    good = response(sorted(certificates))
    assert ordered(good) == good


@given(st.binary(max_size=300))
def test_what_is_no_response_comes_back_as_it_is(content: bytes) -> None:
    assert sorted(ordered(content)) == sorted(content)


@given(CERTIFICATES, st.data())
def test_a_response_that_is_cut_or_spoilt_does_not_crash(certificates: list[bytes], data: st.DataObject) -> None:
    good = response(certificates)
    at = data.draw(st.integers(0, len(good) - 1))
    assert isinstance(ordered(good[:at]), bytes)
    assert isinstance(ordered(good[:at] + bytes([good[at] ^ 0x80]) + good[at + 1 :]), bytes)


def test_lengths_without_an_end_are_not_read() -> None:
    endless = b"\x30\x80\x30\x03\x02\x01\x00\0\0"
    assert ordered(endless) == endless
