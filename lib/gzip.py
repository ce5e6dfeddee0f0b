"""Unpacking what a program sent compressed, at a cost that whoever sent it cannot choose."""

import zlib  # noqa: TID251  what is unpacked here is no checksum

from lib.problems import BodyTooLarge, InvalidInput

GZIP = 16 + zlib.MAX_WBITS  # with the header and trailer of RFC 1952, and nothing else


class BadGzip(InvalidInput):
    code = "bad_gzip"
    message = "The body is not what Content-Encoding says: send it as one complete gzip stream, or uncompressed."


def inflate(packed: bytes, *, most: int) -> bytes:
    """What was packed, if that is at most `most` bytes. Raises BodyTooLarge, BadGzip.

    Never more than `most` + 1 bytes are unpacked. One member only: thousands of empty ones would cost time and say
    nothing, and no client sends several.
    """
    unpacking = zlib.decompressobj(GZIP)
    try:
        plain = unpacking.decompress(packed, most + 1)
    except zlib.error:
        raise BadGzip from None
    if len(plain) > most:
        raise BodyTooLarge(most)
    if not unpacking.eof or unpacking.unused_data:
        raise BadGzip
    return plain
