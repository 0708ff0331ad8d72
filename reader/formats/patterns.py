"""Regular expressions that are compiled when a text first needs them."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Compiles its expression with its first use, and then has the methods of what came of it."""

    def __init__(self, expression: Any, flags: int) -> None:
        self._arguments = (expression, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._arguments), name)
        setattr(self, name, value)  # so that this is not called for it again
        return value


def pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` returns, at no cost until it is used.

    A new Markdown article passes eighty expressions on its way to the first screen, of which it
    needs a few; to compile them all took 5 ms.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(expression, flags))
