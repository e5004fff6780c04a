"""Checks that the examples in rules/README.md are true.

    python3 tests/rules/check_readme.py --command build/leavingcare --readme rules/README.md

A ```yaml block whose first line is `# rulebook: NAME` is a whole rulebook: `leavingcare check` must accept it.
A ```yaml block whose first line is `# scenarios: NAME` holds its scenarios: `leavingcare test` must pass them all.
A ```yaml block whose first line is `# ledger: NAME` holds its ledger: `leavingcare check` must find it complete.
Other ```yaml blocks are fragments, and are left alone.

Besides, the examples must be complete. Every operator of the rule language must be written in some rulebook; every
operator that gives a condition must be written in one that has scenarios; and every key a rulebook or scenario
file may have must be written in some example. The operators are those that `leavingcare list --operators` prints;
the keys are read out of the sources that refuse any other. Sources that read another kind of file are named below, with
what they read; one that is neither read nor named is a failure.

The last line is "N passed, N failed". Exit 0 when nothing failed, 1 otherwise.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Which maps of a file a source means by "a fact", "a version" and so on: the way to them from the top, where * is any
# one step, [] any item of a list and ** any number of steps. A name the sources use and this table does not know is a failure.
RULE_SECTIONS = ("definitions", "statuses", "entitlements", "limits")
RULE_PLACES = [(section, "*") for section in RULE_SECTIONS]
RULEBOOK_MAPS = {
    "a rulebook file": [()],
    "a citation": [("**", "cite"), ("**", "cite", "*")],
    "a fact": [("facts", "*")],
    "a field": [("facts", "*", "fields", "*")],
    "doubtful": [("facts", "*", "doubtful", "*")],
    "a reading": [("readings", "*")],
    "a parameter": [("parameters", "*")],
    "a value": [("parameters", "*", "values", "*")],
    "a rule": RULE_PLACES,
    "a version": [place + ("versions", "*") for place in RULE_PLACES],
    "a duty": [("duties", "*")],
    "a version of a duty": [("duties", "*", "versions", "*")],
    "arises": [("duties", "**", "arises")],
    "with_each": [("duties", "**", "arises", "with_each"), ("duties", "**", "arises", "after_each")],
    "a step of 'due'": [("duties", "**", "due"), ("duties", "**", "due", "[]")],
    "an interval": [("duties", "**", "then_every", "[]")],
    "a field's test": [("**", "where", "*")],
    "in_force": [("**", "in_force")],
    "subject": [("subject",)],
    "team": [("subject", "team")],
    "begins_anew": [("subject", "begins_anew")],
    "conventions": [("conventions",)],
    "a category": [("categories", "*")],
    "cannot_express": [("cannot_express", "*")],
    "an indicator": [("indicators", "*")],
    "a version of an indicator": [("indicators", "*", "versions", "*")],
    "periods": [("indicators", "**", "periods")],
    "counted": [("indicators", "**", "counted")],
    "target": [("indicators", "**", "target")],
    "a document": [("documents", "*")],
    "lines without rules": [("documents", "*", "without_rules", "*")],
}
LEDGER_MAPS = {
    "a ledger file": [()],
    "an entry of the ledger": [("entries", "*")],
}
SCENARIO_MAPS = {
    "a scenario file": [()],
    "a scenario": [("scenarios", "*")],
    "a span of days": [("scenarios", "*", "expect", "*", "[]"), ("scenarios", "*", "expect", "*", "*", "[]")],
    "a span with an amount": [("scenarios", "*", "expect", "*", "[]")],
    "an obligation expected": [("scenarios", "*", "expect", "*", "[]")],
    "a period expected": [("scenarios", "*", "expect", "*", "[]")],
    "an expectation": [("scenarios", "*", "expect", "*")],
}
# Maps that stand in one place, told apart by what is in them.
TELL_APART = {
    "a span of days": lambda found: "amount" not in found and not found.keys().isdisjoint(("from", "until")),
    "a span with an amount": lambda found: "amount" in found,
    "an obligation expected": lambda found: found.keys().isdisjoint(("from", "until", "amount")),
    "a period expected": lambda found: not found.keys().isdisjoint(("numerator", "denominator", "value", "least", "met")),
}
READ = [(("src/law/read_declarations.cpp", "src/law/duty_reader.cpp", "src/law/indicator_reader.cpp", "src/law/document_reader.cpp", "src/rulebook/expression_reader.cpp"), RULEBOOK_MAPS),
        (("src/law/read_ledger.cpp",), LEDGER_MAPS),
        (("src/results/scenarios.cpp",), SCENARIO_MAPS)]
# What these read is neither a rulebook nor its scenarios, and the guide shows no whole example of it.
OTHER_FILES = {
    "src/law/read_calendar.cpp": "the lists of holidays in rules/calendars/",
    "src/people/ssda903_map.cpp": "the map of the SSDA903 return in rules/sources/",
    "src/people/extract_map.cpp": "the maps of the Standard Safeguarding Dataset and of Annex A in rules/sources/",
}


class Yaml:
    """Reads as much YAML as the examples use: maps and lists, in blocks or in braces, and plain, quoted or folded text.

    What is wrong with an example is for the command to say; this only has to find the words again.
    """

    def __init__(self, text):
        self.lines = []
        for line in text.splitlines():
            bare = re.sub(r"(^|\s)#.*$", "", line) if '"' not in line else line
            if bare.strip():
                self.lines.append((len(bare) - len(bare.lstrip()), bare.strip()))
        self.at = 0

    def read(self):
        return self.block(0)

    def block(self, least):
        if self.at >= len(self.lines) or self.lines[self.at][0] < least:
            return ""
        indent, text = self.lines[self.at]
        if text == "-" or text.startswith("- "):
            return self.block_list(indent)
        if self.key_of(text):
            return self.block_map(indent)
        return self.text(least)

    def block_list(self, indent):
        items = []
        while self.at < len(self.lines) and self.lines[self.at][0] == indent and re.match(r"-( |$)", self.lines[self.at][1]):
            rest = self.lines[self.at][1][1:]
            inner = indent + 1 + len(rest) - len(rest.lstrip())
            if rest.strip():
                self.lines[self.at] = (inner, rest.strip())
            else:
                self.at += 1
            items.append(self.block(indent + 1))
        return items

    def block_map(self, indent):
        made = {}
        while self.at < len(self.lines) and self.lines[self.at][0] == indent:
            found = self.key_of(self.lines[self.at][1])
            if not found:
                raise ValueError("expected a key: " + self.lines[self.at][1])
            key, rest = found
            if rest in ("", ">", ">-", "|", "|-"):
                self.at += 1
                made[key] = self.block(indent + 1) if rest == "" else self.folded(indent + 1)
            else:
                self.lines[self.at] = (indent + 1, rest)
                made[key] = self.text(indent + 1)
        return made

    def folded(self, least):
        words = []
        while self.at < len(self.lines) and self.lines[self.at][0] >= least:
            words.append(self.lines[self.at][1])
            self.at += 1
        return " ".join(words)

    def text(self, least):
        text = self.folded(least)
        return self.flow(text) if text[:1] in "{[" else text.strip("\"'")

    @staticmethod
    def key_of(text):
        if text[:1] in "{[\"'":
            return None
        found = re.match(r"([^:{}\[\],\"]+):(?: +(.*))?$", text)
        return (found[1], (found[2] or "").strip()) if found else None

    def flow(self, text):
        tokens = re.findall(r'"[^"]*"|[{}\[\],]|:(?=\s|$)|(?:[^{}\[\],":]|:(?!\s|$))+', text)
        self.tokens = [token.strip() for token in tokens if token.strip()]
        return self.flow_value()

    def flow_value(self):
        token = self.tokens.pop(0)
        if token == "[":
            items = []
            while self.tokens[0] != "]":
                items.append(self.flow_value())
                if self.tokens[0] == ",":
                    self.tokens.pop(0)
            self.tokens.pop(0)
            return items
        if token == "{":
            made = {}
            while self.tokens[0] != "}":
                key = self.tokens.pop(0)
                made[key] = ""
                if self.tokens[0] == ":":
                    self.tokens.pop(0)
                    made[key] = self.flow_value()
                if self.tokens[0] == ",":
                    self.tokens.pop(0)
            self.tokens.pop(0)
            return made
        return token.strip("\"'")


def blocks_of(readme):
    """The executable blocks: (what, name, line of the first text line, text)."""
    found = []
    block = None
    for number, line in enumerate(readme.splitlines(), 1):
        if block is None:
            if line.rstrip() == "```yaml":
                block = (number + 1, [])
        elif line.rstrip() == "```":
            first = block[1][0] if block[1] else ""
            marked = re.match(r"# (rulebook|scenarios|ledger): ([a-z0-9_]+)$", first.rstrip())
            if marked:
                found.append((marked[1], marked[2], block[0], "\n".join(block[1]) + "\n"))
            block = None
        else:
            block[1].append(line)
    if block is not None:
        raise SystemExit(f"the yaml block that begins on line {block[0]} has no end")
    return found


def operators_in(rulebook, known):
    """The operators written in a rulebook's rules, and not merely words that are spelled like one."""
    found = set()

    def walk(node):
        """An expression, and all that it is made of."""
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            operator = next(iter(node)) if len(node) == 1 else None
            if operator in known:
                found.add(operator)
            for key, value in node.items():
                if key == "where" or operator == "age":
                    continue  # fields and ages, not expressions
                walk(value)

    for section in RULE_SECTIONS:
        for rule in rulebook.get(section, {}).values():
            for version in [rule, *rule.get("versions", [])]:
                for key in ("when", "is", "amount"):
                    walk(version.get(key))
    for duty in rulebook.get("duties", {}).values():
        for version in [duty, *duty.get("versions", [])]:
            for key in ("only_if", "owed_while", "done_by", "waived_when"):
                walk(version.get(key))
            for key in ("when", "on_each", "at_end_of", "on"):
                walk(version.get("arises", {}).get(key))
            for step in as_list(version.get("due", [])):
                walk(step.get("by"))
                walk(step.get("before_next"))
            for interval in as_list(version.get("then_every", [])):
                walk(interval.get("while") if isinstance(interval, dict) else None)
    return found


def as_list(node):
    return node if isinstance(node, list) else [node]


def maps_at(node, way):
    """The maps at the end of a way from the top."""
    if not way:
        return [node] if isinstance(node, dict) else []
    step, rest = way[0], way[1:]
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else []
    found = maps_at(node, rest) if step == "**" else []
    for key, value in inner:
        if step == "**":
            found += maps_at(value, way)
        elif step in ("*", key) or (step == "[]" and isinstance(node, list)):
            found += maps_at(value, rest)
    return found


def key_calls(source):
    """How often a source asks for a list of keys; the one that is declared with its types is no such call."""
    return len(re.findall(r"\bkeys\((?!const )", source))


def key_lists(source):
    """The lists of keys a source allows: [(what, [key, ...])]."""
    lists = re.findall(r'keys\(\s*[^,"]+,\s*("[^"]*"|in_words\(kind\)),\s*\{([^{}]*)\}\s*\)', source)
    return [("a rule" if what[0] != '"' else what.strip('"'), re.findall(r'"([^"]*)"', keys)) for what, keys in lists]


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def that(self, good, claim, why=""):
        if good:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED: {claim}")
        for line in why.rstrip().splitlines():
            print("    " + line)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--command", type=Path, required=True, help="the program leavingcare")
    arguments.add_argument("--readme", type=Path, default=ROOT / "rules" / "README.md")
    given = arguments.parse_args()
    command = str(given.command.resolve())
    readme = given.readme.resolve()
    environment = dict(os.environ, LEAVINGCARE_RULES=str(readme.parent))
    checks = Checks()

    def run(*words):
        done = subprocess.run([command, *words], env=environment, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    blocks = blocks_of(readme.read_text(encoding="utf-8"))
    rulebooks, scenarios, ledgers = {}, {}, {}
    for what, name, line, text in blocks:
        into = {"rulebook": rulebooks, "scenarios": scenarios, "ledger": ledgers}[what]
        checks.that(name not in into, f"{readme.name}:{line}: '{name}' has one block of this sort only")
        checks.that(what == "rulebook" or name in rulebooks, f"{readme.name}:{line}: the {what} of '{name}' stands after its rulebook")
        into[name] = (line, text)
    checks.that(bool(rulebooks), f"{readme.name} has examples")

    parsed, lives, accounts = {}, {}, {}
    with tempfile.TemporaryDirectory(prefix="readme_rules_") as folder:
        for name, (line, text) in rulebooks.items():
            # Each in a folder of its own, so that none can be found by another by accident.
            file = Path(folder, name, name + ".yaml")
            file.parent.mkdir()
            file.write_text(text, encoding="utf-8")
            if name in ledgers:
                file.with_suffix(".ledger.yaml").write_text(ledgers[name][1], encoding="utf-8")
                accounts[name] = Yaml(ledgers[name][1]).read()
            status, said = run("check", str(file))
            if name in ledgers:
                count = len(accounts[name].get("entries", []))
                checks.that(count > 0 and f"{count} entries account for every line" in said, f"{readme.name}:{ledgers[name][0]}: the ledger of '{name}' is complete", said)
            checks.that(status == 0, f"{readme.name}:{line}: '{name}' is accepted by leavingcare check", said)
            parsed[name] = Yaml(text).read()
            checks.that(parsed[name].get("rulebook") == name, f"{readme.name}:{line}: '{name}' calls itself so")
            if name not in scenarios:
                continue
            line, text = scenarios[name]
            file.with_suffix(".scenarios.yaml").write_text(text, encoding="utf-8")
            status, said = run("test", str(file))
            lives[name] = Yaml(text).read()
            count = len(lives[name].get("scenarios", []))
            checks.that(status == 0, f"{readme.name}:{line}: the scenarios of '{name}' pass", said)
            checks.that(count > 0 and re.search(rf"\b{count} scenario", said) is not None,
                        f"{readme.name}:{line}: all {count} scenarios of '{name}' are run", said)

    status, said = run("list", "--operators")
    operators = dict(re.findall(r"^(\w+) -> (\w+):", said, re.M))
    checks.that(status == 0 and len(operators) > 20, "leavingcare list --operators names the operators", said)
    written = {name: operators_in(book, operators) for name, book in parsed.items()}
    for operator, gives in operators.items():
        books = [name for name in parsed if operator in written[name]]
        checks.that(bool(books), f"operator '{operator}' is written in an example rulebook")
        if gives == "condition" and books:
            checks.that(any(name in lives for name in books), f"operator '{operator}' is written in an example with scenarios")

    used_by = {str(file.relative_to(ROOT)): key_calls(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "src").rglob("*.cpp"))}
    used_by = {source: calls for source, calls in used_by.items() if calls}
    known = {source for sources, _ in READ for source in sources} | set(OTHER_FILES)
    checks.that(set(used_by) == known, "this script knows every source that allows keys", f"they differ in {sorted(set(used_by) ^ known)}")
    for (sources, maps), examples in zip(READ, (parsed, accounts, lives)):
        lists = []
        for source in sources:
            found = key_lists((ROOT / source).read_text(encoding="utf-8"))
            calls = used_by.get(source, 0)
            checks.that(len(found) == calls, f"all {calls} lists of keys in {source} are understood", f"only {len(found)} were found")
            lists += found
        named = {what for what, _ in lists}
        checks.that(named == set(maps), f"{', '.join(sources)} and this script know the same maps", f"they differ in {sorted(named ^ set(maps))}")
        for what, keys in lists:
            fits = TELL_APART.get(what, lambda found: True)
            found = [one for book in examples.values() for way in maps.get(what, []) for one in maps_at(book, way) if fits(one)]
            used = {key for one in found for key in one}
            for key in keys:
                checks.that(key in used, f"'{key}' in {what} is written in an example")

    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed or not checks.passed else 0


if __name__ == "__main__":
    sys.exit(main())
