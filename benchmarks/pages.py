"""How long pages take: ``python benchmarks/pages.py --data DIR``, over a release that is published there.

Starts a service of its own on a copy, which keeps no answer and no page, and asks it for one page after the
other as a browser does: things of the graph, each once, and each list and vocabulary page several times. With
``--other CHECKOUT`` another version of clipgraph is measured beside this, in turn with it.

Of each page there are the time that the service says it took (Server-Timing: from the head of the request to
that of the answer, compressing included) and the CPU time of its process and of the workers, in milliseconds.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from addresses import LISTS, apart, kind_of, things
from processes import used
from services import ROOT, Service, copied, serving

_SETTINGS = {"cache": "0", "rate": ""}
_BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "Accept-Encoding": "gzip"}
_WARM = 5  # pages that are not counted: a program's first are slower
_FEWEST = 5  # of a kind, to have a line of their own
_OK = 200


@dataclass(frozen=True)
class Taken:
    """What one page took: milliseconds in all at the service, of CPU there and in workers; bytes sent."""

    total: float
    web: float
    workers: float
    size: int


class Reader:
    """Asks one service over one connection."""

    def __init__(self, service: Service) -> None:
        self._service = service
        address = urlsplit(service.url)
        self._connection = HTTPConnection(address.hostname or "", address.port)

    def read(self, path: str) -> Taken:
        """Return what a page took; raises RuntimeError where it does not come."""
        before = used(self._service.process)
        self._connection.request("GET", path, headers=_BROWSER)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != _OK:
            raise RuntimeError(f"{path} answers {answer.status}")
        spent = used(self._service.process).since(before)
        total = _total(answer.getheader("Server-Timing", ""))
        return Taken(total, spent.own * 1000, spent.children * 1000, len(body))


def _total(header: str) -> float:
    """Return the milliseconds that a service says it took."""
    parts = (part.strip().partition(";dur=") for part in header.split(","))
    return next(float(duration) for name, _, duration in parts if name == "total")


def measure(
    readers: Sequence[Reader], count: int, rounds: int, url: str
) -> Iterator[tuple[str, list[Taken]]]:
    """Yield each page's name and what it took each reader, who take turns in who is first."""
    chosen = things(url, count + _WARM)
    for number, path in enumerate(chosen):
        taken = _in_turn(readers, path, number)
        if number >= _WARM:
            yield path, taken
    for number in range(rounds + 1):
        for path in LISTS:
            taken = _in_turn(readers, apart(path, number), number)
            if number:  # the first of all reads what is read once for each release
                yield path, taken


def _in_turn(readers: Sequence[Reader], path: str, number: int) -> list[Taken]:
    order = range(len(readers)) if number % 2 else reversed(range(len(readers)))
    taken = {place: readers[place].read(path) for place in order}
    return [taken[place] for place in range(len(readers))]


def named(taken: Sequence[tuple[str, list[Taken]]]) -> dict[str, list[list[Taken]]]:
    """Return what was taken by lines of the table: all things, each kind that has enough, each list page."""
    lines: dict[str, list[list[Taken]]] = defaultdict(list)
    for path, each in taken:
        if path.startswith("/doc/"):
            lines["all things"].append(each)
            lines[kind_of(path)].append(each)
        else:
            lines[path].append(each)
    return {name: each for name, each in lines.items() if name.startswith("/") or len(each) >= _FEWEST}


def table(lines: dict[str, list[list[Taken]]]) -> list[str]:
    """Return the lines of the table."""
    head = f"{'':44}{'pages':>6}{'total':>9}{'p90':>8}{'CPU':>8}{'web':>8}{'workers':>9}{'KiB':>7}"
    told = [head + (f"{'ratio total':>14}{'CPU':>7}" if len(next(iter(lines.values()))[0]) > 1 else "")]
    for name, pages in sorted(lines.items(), key=_order):
        ours = [each[0] for each in pages]
        line = f"{name[:43]:44}{len(ours):6}{_median(ours, 'total'):9.1f}{_last_tenth(ours):8.1f}"
        line += f"{median(_cpu(each) for each in ours):8.1f}{_median(ours, 'web'):8.1f}"
        line += f"{_median(ours, 'workers'):9.1f}{median(each.size for each in ours) / 1024:7.1f}"
        if len(pages[0]) > 1:
            line += f"{median(one.total / other.total for one, other in pages):14.2f}"
            line += f"{median(_cpu(one) / _cpu(other) for one, other in pages):7.2f}"
        told.append(line)
    return told


def _order(line: tuple[str, list[list[Taken]]]) -> tuple[bool, bool, int]:
    name, pages = line
    return name.startswith("/"), name != "all things", -len(pages)


def _cpu(each: Taken) -> float:
    return each.web + each.workers


def _median(taken: Sequence[Taken], name: str) -> float:
    return median(float(getattr(each, name)) for each in taken)


def _last_tenth(taken: Sequence[Taken]) -> float:
    """Return the time that nine tenths of the pages stay below."""
    totals = [each.total for each in taken]
    return quantiles(totals, n=10)[-1] if len(totals) > 1 else totals[0]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="folder of releases (var/)")
    parser.add_argument("--things", type=int, default=400, help="how many things are asked for (400)")
    parser.add_argument("--rounds", type=int, default=15, help="how often each list page is (15)")
    parser.add_argument(
        "--other", type=Path, help="a checkout of another version, to be measured beside this"
    )
    parser.add_argument("--json", type=Path, help="file for all figures")
    given = parser.parse_args()
    began = time.monotonic()
    with ExitStack() as stack:
        data = stack.enter_context(copied(given.data))
        checkouts = [ROOT, given.other] if given.other else [ROOT]
        services = [stack.enter_context(serving(each.resolve(), data, _SETTINGS)) for each in checkouts]
        readers = [Reader(service) for service in services]
        taken = list(measure(readers, given.things, given.rounds, services[0].url))
    sys.stdout.write("\n".join(table(named(taken))) + f"\n{time.monotonic() - began:.0f} s in all\n")
    if given.json:
        rows = [{"page": path, "taken": [asdict(each) for each in every]} for path, every in taken]
        given.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
