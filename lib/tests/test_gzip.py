"""Unpacking: what is whole and small enough, and nothing that costs more than it may."""

import gzip
import tracemalloc
import zlib

import pytest

from lib.gzip import BadGzip, inflate
from lib.problems import BodyTooLarge

MOST = 1024 * 1024


@pytest.mark.parametrize("size", [0, 1, 1000, MOST - 1, MOST])
def test_what_was_packed_comes_out(size):
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

    assert inflate(gzip.compress(plain), most=MOST) == plain


@pytest.mark.parametrize("size", [MOST + 1, 2 * MOST, 100 * MOST])
def test_what_is_larger_unpacked_is_refused(size):
    with pytest.raises(BodyTooLarge):
        inflate(gzip.compress(b"0" * size), most=MOST)


def test_a_bomb_takes_no_more_memory_than_what_may_come_out():
    bomb = gzip.compress(b"0" * 200 * MOST)
    assert len(bomb) < MOST  # it would come in

    tracemalloc.start()
    try:
        with pytest.raises(BodyTooLarge):
            inflate(bomb, most=MOST)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 4 * MOST


WHOLE = gzip.compress(b'{"name": "a"}', mtime=0)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x1f",
        b"\x1f\x8b",
        b'{"name": "a"}',
        WHOLE[:-1],
        WHOLE[:-8],
        WHOLE[:12],
        WHOLE + b"x",
        WHOLE + b"\0" * 8,
        WHOLE + WHOLE,
        WHOLE[:-8] + b"\0" * 8,
        WHOLE[:10] + b"\xff" + WHOLE[11:],
        zlib.compress(b'{"name": "a"}'),
        zlib.compress(b'{"name": "a"}')[2:-4],
        gzip.compress(b"") * 1000,
    ],
)
def test_what_is_not_one_whole_member_is_refused(packed):
    with pytest.raises(BadGzip):
        inflate(packed, most=MOST)
