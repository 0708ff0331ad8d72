"""Draws faults and prints which the tests miss: ``python -m tests.mutation --seed 7``."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.faults import Fault, compiles, faults
from tests.mutation.tests_by_line import RecordedTests, recorded
from tests.mutation.trying import Outcome, copy_tree, try_fault

TOP = Path(__file__).parents[2]
FOLDER = TOP / ".mutants"
"""Where it is kept which tests run which lines; recorded again when the program or a test changes."""


def main() -> int:
    """Try faults and print what survived; 0, whatever did."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, help="draw the same faults again")
    parser.add_argument("--number", type=int, default=200, help="how many faults")
    parser.add_argument(
        "--package", action="append", help="only this package, as core or formats/pdf; repeatable"
    )
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    with tempfile.TemporaryDirectory(prefix="margin-mutants-") as scratch:
        trees = [Path(scratch) / str(number) for number in range(options.processes)]
        for tree in trees:
            copy_tree(TOP, tree)
        drawn = draw(trees[0], options.number, seed, options.package or ())
        print(f"{len(drawn)} faults, seed {seed}", flush=True)
        tests = recorded(trees[0], FOLDER, options.processes)
        outcomes = try_all(drawn, trees, tests, seed)
    print_table(outcomes)
    return 0


def draw(top: Path, number: int, seed: int, packages: Sequence[str] = ()) -> list[Fault]:
    """Draw faults, each as likely as any other; the same for the same tree and seed.

    Args:
        top: The project.
        number: How many; all, where there are fewer.
        seed: For the choice.
        packages: Paths inside ``reader``, of which one has to hold the module; none for all.
    """
    sources = {
        str(path.relative_to(top)): path.read_bytes()
        for path in sorted((top / "reader").rglob("*.py"))
        if not packages or any(_is_in(path, top / "reader" / name) for name in packages)
    }
    everything = [fault for path, source in sources.items() for fault in faults(path, source)]
    random.Random(seed).shuffle(everything)
    drawn: list[Fault] = []
    for fault in everything:
        if len(drawn) == number:
            break
        if compiles(fault.apply(sources[fault.path])):
            drawn.append(fault)
    return drawn


def try_all(
    drawn: Sequence[Fault], trees: Sequence[Path], tests: RecordedTests, seed: int
) -> list[tuple[Fault, Outcome]]:
    """Try faults, as many at a time as there are trees; print each that survives."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def attempt(fault: Fault) -> Outcome:
        tree = free.get()
        try:
            chosen = tests.choose(fault)
            seconds = sum(tests.seconds[name] for name in chosen)
            outcome = try_fault(fault, tree, chosen, seconds, seed=seed)
            if outcome == "survived":
                source = (tree / fault.path).read_bytes()
                ran = f"{len(chosen)} tests passed" if tests.is_run(fault) else "no test runs it"
                print(f"survived: {fault.describe(source)} ({ran})", flush=True)
            return outcome
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(zip(drawn, pool.map(attempt, drawn), strict=True))


def print_table(outcomes: Sequence[tuple[Fault, Outcome]]) -> None:
    """Print how many were caught, by package and by kind."""
    for title, name in (("package", _package), ("kind", lambda fault: fault.kind)):
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for fault, outcome in outcomes:
            groups[name(fault)].append(outcome)
        print(f"\n{title:<14}{'faults':>8}{'caught':>8}{'share':>8}")
        for group, results in (*sorted(groups.items()), ("all", [each for _, each in outcomes])):
            print(_row(group, results))


def _row(name: str, results: Sequence[Outcome]) -> str:
    caught = sum(result != "survived" for result in results)
    return f"{name:<14}{len(results):>8}{caught:>8}{caught / max(len(results), 1):>8.0%}"


def _package(fault: Fault) -> str:
    parts = Path(fault.path).parts
    return "/".join(parts[1:3] if parts[1] == "formats" and len(parts) > 3 else parts[1:2])


def _is_in(path: Path, place: Path) -> bool:
    return path.is_relative_to(place) or path == place.with_suffix(".py")


if __name__ == "__main__":
    sys.exit(main())
