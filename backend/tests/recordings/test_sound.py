"""What a recording's file says: its kind by its first bytes, its length, the shape of its loudness."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.interactions.sound import (
    MOST_PEAKS,
    Shape,
    a_law_loudness,
    kind_of,
    mu_law_loudness,
    shape_of,
)
from tests.recordings.wav import A_LAW, MU_LAW, pcm, steps, wav


def shape(content: bytes) -> Shape:
    return shape_of(io.BytesIO(content), len(content))


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (wav(pcm(1)), "audio/wav"),
        (b"OggS" + bytes(20), "audio/ogg"),
        (b"ID3\x04" + bytes(20), "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(20), "audio/mpeg"),
        (b"fLaC" + bytes(20), "audio/flac"),
        (b"#!AMR\n" + bytes(20), "audio/amr"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "audio/mp4"),
        (b"RIFF\x00\x00\x00\x00AVI " + bytes(20), None),
        (b"<html><script>alert(1)</script>", None),
        (b"%PDF-1.7 " + bytes(20), None),
        (b"\xff\xff\xff\xff" + bytes(20), None),
        (b"", None),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(head: bytes, kind: str | None) -> None:
    assert kind_of(head[:16]) == kind


def test_length_and_peaks_of_sixteen_bits() -> None:
    found = shape(wav(steps([0, 8192, 16384, 32767], seconds=4)))
    assert found.seconds == 4
    assert len(found.peaks) == MOST_PEAKS
    assert [found.peaks[at] for at in (0, 150, 250, 399)] == [0, 25, 50, 100]


def test_the_louder_side_of_a_stereo_recording_counts() -> None:
    sound = pcm(*([100, -16384] * 8000))
    found = shape(wav(sound, channels=2))
    assert found.seconds == 1
    assert set(found.peaks) == {50}


@pytest.mark.parametrize(
    ("bits", "silence", "loud"),
    [(8, b"\x80", b"\x00"), (24, b"\0\0\0", b"\x00\x00\x80"), (32, b"\0\0\0\0", b"\x00\x00\x00\x80")],
)
def test_other_widths(bits: int, silence: bytes, loud: bytes) -> None:
    found = shape(wav(silence * 4000 + loud * 4000, bits=bits))
    assert found.seconds == 1
    assert (found.peaks[0], found.peaks[-1]) == (0, 100)


def test_telephone_codes_by_the_table_of_the_recommendation() -> None:
    """ITU-T G.711: the ends and the middle of both laws."""
    assert [mu_law_loudness(code) for code in (0xFF, 0x7F, 0x80, 0x00, 0xEF)] == [0, 0, 32124, 32124, 132]
    assert [a_law_loudness(code) for code in (0xD5, 0x55, 0xAA, 0x2A)] == [8, 8, 32256, 32256]


@pytest.mark.parametrize(("code", "silence", "loud"), [(MU_LAW, 0xFF, 0x00), (A_LAW, 0xD5, 0x2A)])
def test_telephone_codes(code: int, silence: int, loud: int) -> None:
    found = shape(wav(bytes([silence] * 8000 + [loud] * 8000), code=code, bits=8))
    assert found.seconds == 2
    assert (found.peaks[0], found.peaks[-1]) == (0, 100)


def test_a_recorder_that_was_cut_off_wrote_no_length() -> None:
    content = wav(steps([16384], seconds=3))
    at = content.index(b"data") + 4
    cut = content[:at] + b"\0\0\0\0" + content[at + 4 :]
    assert shape(cut).seconds == 3


def test_what_cannot_be_told_is_empty() -> None:
    assert shape(b"OggS" + bytes(100)) == Shape()
    assert shape(wav(b"")) == Shape()
    unknown = shape(wav(bytes(8000), code=49, bits=8))
    assert (unknown.seconds, unknown.peaks) == (1, ())


@given(st.binary(max_size=200), st.integers(0, 60))
def test_broken_files_are_survived(noise: bytes, at: int) -> None:
    content = wav(pcm(1, 2, 3))
    broken = content[:at] + noise + content[at:]
    found = shape(broken)
    assert len(found.peaks) <= MOST_PEAKS
    assert all(0 <= peak <= 100 for peak in found.peaks)
