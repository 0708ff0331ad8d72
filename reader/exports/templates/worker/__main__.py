"""Renders one template for the process that started it, and can do nothing else.

Standard input brings messages of JSON, each after its length in four bytes: first the folder and
the name of the template, then the values of each text. Every message is answered by one: the text,
or the fault. The first argument is the path of Python's modules, the second the most bytes of
memory.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

if __name__ == "__main__":
    sys.path[:] = json.loads(sys.argv[1])


def main() -> None:
    """Answer messages until there is no more."""
    limit(int(sys.argv[2]))
    from pathlib import Path  # noqa: PLC0415  (the path of modules is set above)

    from reader.exports.templates.worker.engine import Engine, FaultError  # noqa: PLC0415  (as above)

    engine: Engine | None = None
    while (message := received()) is not None:
        try:
            if engine is None:
                engine = Engine(Path(message["folder"]), message["name"])
                answer: dict[str, Any] = {"text": ""}
            else:
                answer = {"text": engine.render(message["values"], message["most"])}
        except FaultError as fault:
            answer = {"fault": fault.record}
        except MemoryError:
            answer = {"fault": {"message": "it needs more memory than Margin gives to a template"}}
        send(answer)


def limit(memory: int) -> None:
    """Let the process write no file, and take no more than so many bytes of memory."""
    import resource  # noqa: PLC0415  (as above)

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # some systems know no such limit
            resource.setrlimit(kind, (most, most))


def received() -> dict[str, Any] | None:
    """Return the next message; None after the last."""
    size = sys.stdin.buffer.read(4)
    if len(size) < 4:
        return None
    message: dict[str, Any] = json.loads(sys.stdin.buffer.read(int.from_bytes(size, "big")))
    return message


def send(answer: dict[str, Any]) -> None:
    """Answer a message."""
    data = json.dumps(answer).encode("ascii")
    sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
