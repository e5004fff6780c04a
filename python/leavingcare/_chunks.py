"""Who was in an earlier chunk, in ten bytes a person."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_KEY = 10  # bytes of a digest that are kept; two more choose its shelf, so that among ten million people no two are taken for one


class EarlierChunks:
    """The people met so far. A set of ids would take ten times as much, and grow as large as the answers that it watches over."""

    def __init__(self) -> None:
        self._shelves: dict[bytes, bytearray] = {}

    def add(self, ids: Iterable[str]) -> int:
        """Remembers the people of a chunk; how many of them were met before."""
        again = 0
        for person in ids:
            digest = blake2b(person.encode(), digest_size=2 + _KEY).digest()
            shelf = self._shelves.setdefault(digest[:2], bytearray())
            key = digest[2:]
            if _stands_in(shelf, key):
                again += 1
            else:
                shelf += key
        return again


def _stands_in(shelf: bytearray, key: bytes) -> bool:
    place = shelf.find(key)
    while place != -1 and place % _KEY:  # across two keys: not one of them
        place = shelf.find(key, place + 1)
    return place != -1
