"""Who does the peers' job, and how each is started and asked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tokenize
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = "# --- What the bench needs"  # what stands below it in a peer's file is not user code


@dataclass(frozen=True)
class Peer:
    name: str  # of its file, or of what `native serve` calls it
    title: str
    jobs: tuple[str, ...]  # timelines, one_date, months (the first of each)
    cores: tuple[int, ...] = (1,)
    kind: str = "python"  # python, native, or module: the Python that has our package
    size: str = "people"  # which of the sizes of run.py it is given
    lines_of: tuple[str, ...] = field(default=())  # files of user code, where it is not its own


PEERS = (
    Peer("engine", "leavingcare, C++", ("timelines", "one_date"), (1, 2), "native", lines_of=("../peers.yaml",)),
    Peer("leavingcare_frames", "leavingcare, Python, frames in and out", ("timelines",), (1, 2), "module", lines_of=("leavingcare_frames.py", "../peers.yaml")),
    Peer("sweep", "hand-written C++ sweep", ("timelines", "one_date"), (1, 2), "native", lines_of=("../cohort.hpp",)),
    Peer("boost_icl", "Boost.ICL", ("timelines", "one_date"), (1, 2), "native", lines_of=("boost_icl.hpp",)),
    Peer("numpy_expert", "NumPy, expert", ("timelines", "one_date")),
    Peer("polars_lazy", "polars", ("timelines", "one_date"), (1, 2)),
    Peer("duckdb_best", "DuckDB, best SQL", ("timelines", "one_date"), (1, 2)),
    Peer("duckdb_textbook", "DuckDB, textbook SQL", ("timelines", "one_date"), (1, 2)),
    Peer("pandas_groupby", "pandas groupby", ("timelines", "one_date")),
    Peer("openfisca_expert", "OpenFisca-Core, expert", ("one_date",)),
    Peer("openfisca_expert", "OpenFisca-Core, expert", ("months",), size="openfisca_people"),
    Peer("openfisca_plain", "OpenFisca-Core, as packages are written", ("one_date",), lines_of=("openfisca_plain.py", "openfisca_expert.py")),
    Peer("openfisca_plain", "OpenFisca-Core, as packages are written", ("months",), size="openfisca_people", lines_of=("openfisca_plain.py", "openfisca_expert.py")),
    Peer("zen_loop", "ZEN engine, one call for all", ("one_date",), size="zen_people", lines_of=("zen_loop.py", "zen_decision.py", "numpy_expert.py")),
    Peer("zen_decision", "ZEN engine, a call a person", ("one_date",), size="zen_people", lines_of=("zen_decision.py", "numpy_expert.py")),
)


def lines_of_user_code(peer: Peer) -> int:
    """Lines that are neither blank nor comment nor docstring, above the mark; of the sweep, its one function and what it appends to."""
    return sum(_lines(HERE / name) for name in peer.lines_of or (f"{peer.name}.py",))


def _lines(file: Path) -> int:
    text = file.read_text(encoding="utf-8").split(MARK)[0]
    if file.suffix == ".py":
        skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
        used, begins = set(), True
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            docstring = token.type == tokenize.STRING and begins
            if token.type not in skipped and not docstring:
                used.update(range(token.start[0], token.end[0] + 1))
            begins = token.type in skipped and (begins or token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT))
        return len(used)
    if file.name == "cohort.hpp":
        text = text[text.index("/// What an expert writes") : text.index("}  // namespace bench")]
    comment = "#" if file.suffix == ".yaml" else "//"
    return sum(bool(line.strip()) and not line.strip().startswith(comment) for line in text.splitlines())


class Worker:
    """A peer in a process of its own, on its own cores."""

    def __init__(self, peer: Peer, folder: Path, cores: int, programs) -> None:
        self.peer, self.cores = peer, cores
        if peer.kind == "native":
            command = [programs.native, "serve", peer.name, folder, cores, HERE.parent / "peers.yaml"]
        else:
            python = programs.module if peer.kind == "module" else sys.executable
            command = [python, "-B", HERE / "worker.py", peer.name, folder, cores]
        first = sorted(os.sched_getaffinity(0))[:cores]
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, first),
            env=os.environ | {"PYTHONHASHSEED": "0"},
        )
        self._expect("ready")
        self.loaded_mib = self._memory("VmRSS")

    def run(self, *job) -> tuple[float, float]:
        """Does a job: seconds by the clock on the wall, and of processor time in all its threads."""
        _, seconds, cpu_seconds, _ = self._ask(*job).split()
        return float(seconds), float(cpu_seconds)

    def keep(self, prefix: Path) -> None:
        self._ask("keep", prefix)

    def peak_of(self, *job) -> float:
        """Does a job: the most memory the process held meanwhile, in MiB."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        self.run(*job)
        return self._memory("VmHWM")

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()

    def _ask(self, *words) -> str:
        self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self.process.stdin.flush()
        return self._expect("")

    def _expect(self, beginning: str) -> str:
        line = self.process.stdout.readline()
        if not line or not line.startswith(beginning):
            raise SystemExit(f"{self.peer.title} stopped (exit status {self.process.wait()})")
        return line

    def _memory(self, name: str) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        return float("nan")
