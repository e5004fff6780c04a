"""Checks that the sources include each other only in the order data flows.

    python3 tests/scripts/check_include_order.py [ROOT]

What it holds the tree to:
  * a stage (a folder of include/leavingcare/, and its twin under src/) includes only
    itself, the stages it is allowed below, and the foundations;
  * the foundations include no stage;
  * nothing but a host, a test or a bench includes the umbrella leavingcare.hpp;
  * no header includes itself in the end;
  * yaml-cpp is included by exactly one .cpp file, under src/source/;
  * pybind11 is included only under bindings/;
  * a public header has at most 300 lines.

Every problem is listed as path:line: text. Exit 0 when there is none, 1 otherwise.
"""

import re
import sys
from pathlib import Path

FOUNDATIONS = {"calendar", "diagnostics"}

# Read a line as "evaluate may include ...". People's records know nothing of law: the
# same records are evaluated under any rulebook.
MAY_INCLUDE = {
    "calendar": set(),
    "diagnostics": set(),
    "source": set(),
    "law": {"source"},
    "rulebook": {"source", "law"},
    "people": {"source", "law"},
    "evaluate": {"source", "law", "rulebook", "people"},
    "results": {"source", "law", "rulebook", "people", "evaluate"},
}

UMBRELLA = "leavingcare.hpp"  # includes every stage
LEAVES = {"version.hpp"}  # included by anyone, includes nothing of ours
HOST_FOLDERS = {"cli"}  # under src/: the program, which may include every stage
LINES_AT_MOST = 300

CODE = {".hpp", ".h", ".cpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def includes_of(path):
    """Yields (line number, is quoted, name) for each #include of a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] == '"', found[2]


def code_files(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in CODE)


class Tree:
    def __init__(self, root):
        self.root = root
        self.headers = root / "include" / "leavingcare"
        self.sources = root / "src"
        self.problems = []

    def problem(self, path, line, text):
        self.problems.append(f"{path.relative_to(self.root)}:{line}: {text}")

    def stage_of(self, path):
        """The stage a file belongs to; '' for a file of ours in no stage; None if not ours."""
        for base in (self.headers, self.sources):
            if path.is_relative_to(base):
                inside = path.relative_to(base).parts
                return inside[0] if len(inside) > 1 else ""
        return None

    def resolve(self, path, quoted, name):
        """The file of ours that an #include names, or None."""
        places = [self.root / "include", self.sources]
        for place in ([path.parent] if quoted else []) + places:
            target = (place / name).resolve()
            if target.is_file() and self.stage_of(target) is not None:
                return target
        if name.startswith("leavingcare/"):
            return (self.root / "include" / name).resolve()
        return None

    def check_stages(self):
        graph = {}
        for path in code_files(self.headers) + code_files(self.sources):
            stage = self.stage_of(path)
            if stage not in MAY_INCLUDE and stage not in HOST_FOLDERS and stage != "":
                self.problem(path, 1, f"'{stage}' is not a stage; stages: {', '.join(MAY_INCLUDE)}")
                continue
            if stage == "" and path.name not in LEAVES | {UMBRELLA}:
                self.problem(path, 1, "belongs in the folder of a stage")
                continue
            for line, quoted, name in includes_of(path):
                target = self.resolve(path, quoted, name)
                if target is None:
                    continue
                if not target.is_file():
                    self.problem(path, line, f"includes {name}, which does not exist")
                    continue
                graph.setdefault(path, []).append((line, target))
                self.check_edge(path, line, stage, target)
        self.check_cycles(graph)

    def check_edge(self, path, line, stage, target):
        other = self.stage_of(target)
        if stage in HOST_FOLDERS or path.name == UMBRELLA:
            return
        if path.name in LEAVES and stage == "":
            self.problem(path, line, "may include nothing of ours")
        elif other in HOST_FOLDERS:
            self.problem(path, line, f"includes the program ({target.name})")
        elif other == "":
            if target.name == UMBRELLA:
                self.problem(path, line, f"includes the umbrella {UMBRELLA}; name the header meant")
        elif other != stage and other not in FOUNDATIONS | MAY_INCLUDE[stage]:
            allowed = sorted((MAY_INCLUDE[stage] | FOUNDATIONS) - {stage})
            self.problem(path, line, f"{stage} includes {other}; it may include {', '.join(allowed)}")

    def check_cycles(self, graph):
        done, open_now = set(), []

        def visit(path):
            open_now.append(path)
            for line, target in graph.get(path, []):
                if target in open_now:
                    names = [step.name for step in open_now[open_now.index(target) :]]
                    self.problem(path, line, "includes in a circle: " + " > ".join([*names, target.name]))
                elif target not in done:
                    visit(target)
            done.add(open_now.pop())

        for path in sorted(graph):
            if path not in done:
                visit(path)

    def check_doors(self):
        yaml_readers = set()
        for folder in ("include", "src", "bindings", "tests", "bench"):
            for path in code_files(self.root / folder):
                for line, _, name in includes_of(path):
                    if name.startswith("yaml-cpp/"):
                        yaml_readers.add(path)
                        if path.suffix != ".cpp" or not path.is_relative_to(self.sources / "source"):
                            self.problem(path, line, "yaml-cpp is for one .cpp file under src/source/")
                    if name.startswith("pybind11/") and folder != "bindings":
                        self.problem(path, line, "pybind11 is for bindings/")
        if len(yaml_readers) > 1:
            for path in sorted(yaml_readers):
                self.problem(path, 1, f"yaml-cpp is included by {len(yaml_readers)} files; one is allowed")
        if not yaml_readers and any((self.sources / "source").rglob("*.cpp")):
            self.problem(self.sources / "source", 1, "no file includes yaml-cpp; one was expected")

    def check_lengths(self):
        for path in code_files(self.headers):
            count = len(path.read_text(encoding="utf-8").splitlines())
            if count > LINES_AT_MOST:
                self.problem(path, count, f"{count} lines; a public header has at most {LINES_AT_MOST}")


def problems_of(root):
    tree = Tree(Path(root).resolve())
    tree.check_stages()
    tree.check_doors()
    tree.check_lengths()
    return tree.problems


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    if not (root / "include" / "leavingcare").is_dir():
        print(f"{root}: has no include/leavingcare folder, so there is nothing to check")
        return 1
    problems = problems_of(root)
    for problem in problems:
        print(problem)
    print(f"include order: {len(problems)} problem(s)" if problems else "include order: sound")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
