"""Items of JSON that hold a digest of what Margin wrote, so that a person's edits are not lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reader.core.annotation import Annotation
from reader.digests import digest_of_text
from reader.exports.json_text import json_document
from reader.safe_text import safe_json

Item = dict[str, Any]


class SignedItems(NamedTuple):
    """Where the items of a format hold their digest, and what makes them Margin's."""

    items: str
    """The name of the list of items in a file; empty where each line is one."""
    digest: Sequence[str]
    """The names that lead from an item to its digest."""
    own: Sequence[str]
    """The names that lead from an item to what Margin knows its own files by."""
    copy: str
    """The last of these names in a copy."""
    length: int = 12
    """The hexadecimal digits of a digest, which is the beginning of a SHA-256."""
    beside: Sequence[str] = ()
    """The names of properties beside the list that Margin writes, and the items do not decide."""
    has_unsigned: bool = False
    """Whether earlier versions of Margin wrote items without a digest, of which edits are not
    known."""

    def sign(self, item: Item) -> Item:
        """Give an item its digest, and return it.

        Args:
            item: The item, with everything but the digest.
        """
        *path, name = self.digest
        _at(item, path)[name] = self._digest_of(item)
        return item

    def is_as_written(self, text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG002
        """Tell whether no item of a file was edited.

        Args:
            text: A file of Margin's.
            annotations: The annotations by id, which the digests make unnecessary.
        """
        *path, name = self.digest
        for item in self._items(text):
            written = _at(item, path).pop(name, None)
            if not (written is None and self.has_unsigned) and written != self._digest_of(item):
                return False
        return True

    def written_digest(self, text: str) -> str:
        """Return the digests that a file has of what Margin wrote, and what it has beside them."""
        *path, name = self.digest
        digests = (_at(item, path).get(name) for item in self._items(text))
        page = json.loads(text) if self.beside and text.strip() else {}
        beside = {each: page[each] for each in self.beside if each in page}
        return " ".join([*(str(each) for each in digests if each), safe_json(beside)])

    def as_copy(self, text: str, new: str) -> str:  # noqa: ARG002
        """Return a file of Margin's that no export takes for its own; an import still reads it.

        Args:
            text: The file.
            new: What replaces it.
        """
        *path, name = self.own
        copies = [*self._items(text)]
        for item in copies:
            holder = _at(item, path)
            holder[self.copy] = holder.pop(name)
        if self.items:
            return json_document({**json.loads(text), self.items: copies})
        return "".join(safe_json(item) + "\n" for item in copies)

    def _items(self, text: str) -> Iterator[Item]:
        if self.items:
            yield from json.loads(text)[self.items] if text.strip() else ()
        else:
            yield from (json.loads(line) for line in text.split("\n") if line.strip())

    def _digest_of(self, item: Item) -> str:
        return digest_of_text(safe_json(item))[: self.length]


def _at(item: Item, path: Sequence[str]) -> Item:
    """Return the object that some names lead to; an empty one that is no part of it where none."""
    for name in path:
        value = item.get(name)
        item = value if isinstance(value, dict) else {}
    return item
