"""What a picture file says besides its picture: where and when it was taken, with what, by whom. All of it goes.

The files are taken apart, not drawn anew: nothing of the picture is lost, and a file that is clean already stays as it
is, byte for byte. What is kept is named here, so that what nobody has thought of goes as well.
"""

import re

# JPEG (ITU T.81, annex B): a marker is FF and a code; data of the picture holds FF only before 00 and D0 to D7.
JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
JPEG_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
JPEG_SCAN, JPEG_COMMENT, JPEG_APPLICATIONS = 0xDA, 0xFE, range(0xE0, 0xF0)
# Density and kind of colours; the rest that applications write into a file is metadata.
JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"IDAT", b"IEND"]

WEBP_KEPT = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"]
WEBP_SAYS_METADATA = 0b1100  # in the flags of VP8X: Exif, XMP


def without_metadata(content, kind):
    """The bytes of a file of a kind ("jpg", "png", "webp") without metadata; ValueError if it is not of that kind."""
    return b"".join({"jpg": jpeg_parts, "png": png_parts, "webp": webp_parts}[kind](content))


def jpeg_parts(content):
    """What is kept of a JPEG file. Anything behind its end goes: phones put films there."""
    if not content.startswith(JPEG_START):
        raise ValueError("no JPEG file")
    yield JPEG_START
    position, in_scan = 2, False
    while marker := JPEG_MARKER.search(content, position):
        if in_scan:
            yield content[position : marker.start()]
        if marker[0] == JPEG_END:
            yield JPEG_END
            return
        start = marker.end()
        position = start + int.from_bytes(content[start : start + 2])
        if is_kept_in_jpeg(marker[1][0], content[start + 2 : position]):
            yield content[marker.start() : position]
        in_scan = marker[1][0] == JPEG_SCAN
    raise ValueError("a JPEG file without an end")


def is_kept_in_jpeg(code, segment):
    if code in JPEG_APPLICATIONS:
        return code in JPEG_KEPT and segment.startswith(JPEG_KEPT[code])
    return code != JPEG_COMMENT


def png_parts(content):
    """What is kept of a PNG file, up to its end."""
    if not content.startswith(PNG_START):
        raise ValueError("no PNG file")
    yield PNG_START
    position = len(PNG_START)
    while position + 12 <= len(content):
        end = position + 12 + int.from_bytes(content[position : position + 4])
        kind = content[position + 4 : position + 8]
        if kind in PNG_KEPT:
            yield content[position:end]
        if kind == b"IEND":
            return
        position = end
    raise ValueError("a PNG file without an end")


def webp_parts(content):
    """What is kept of a WebP file, whose header says how much that is."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("no WebP file")
    kept = b"".join(webp_chunks(content[: 8 + int.from_bytes(content[4:8], "little")]))
    yield b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WEBP"
    yield kept


def webp_chunks(content):
    position = 12
    while position + 8 <= len(content):
        kind, length = content[position : position + 4], content[position + 4 : position + 8]
        end = position + 8 + (size := int.from_bytes(length, "little")) + size % 2
        if kind == b"VP8X":
            flags = bytes([content[position + 8] & ~WEBP_SAYS_METADATA])
            yield kind + length + flags + content[position + 9 : end]
        elif kind in WEBP_KEPT:
            yield content[position:end]
        position = end
