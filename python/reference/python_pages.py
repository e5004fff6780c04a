"""The Python package, by pdoc: pages from its docstrings, with the signatures of the stub where the code is C++."""

from __future__ import annotations

import re
import types
import warnings
from pathlib import Path

import leavingcare as lc
import pdoc
from leavingcare import pictures, spark

MODULES = (lc, pictures, spark)


def write(out: Path) -> None:
    """A page for each module, an index, and what pdoc's search looks in."""
    pdoc.render.configure(docformat="markdown", footer_text=f"leavingcare {lc.__version__}", show_source=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that are imported as private cannot be resolved in annotations
        modules = {module.__name__: pdoc.doc.Module(module) for module in MODULES}
        for module in modules.values():
            for member in module.members.values():
                if isinstance(member, pdoc.doc.Class):
                    _mend(member)
                    for own in member.members.values():
                        own.docstring = _with_list(own.docstring)
                member.docstring = _with_list(member.docstring)
        for name, module in modules.items():
            file = out / (name.replace(".", "/") + ".html")
            file.parent.mkdir(parents=True, exist_ok=True)
            up = "../" * (name.count(".") + 1)
            page = pdoc.render.html_module(module, modules)
            home = f'<nav class="pdoc"><p style="padding:1rem 1rem 0"><a href="{up}index.html">All pages</a></p>'
            file.write_text(page.replace('<nav class="pdoc">', home, 1), encoding="utf-8")
        (out / "search.js").write_text(pdoc.render.search_index(modules), encoding="utf-8")


def _with_list(docstring: str) -> str:
    """Lines such as "since, until: the first and the last day", with what belongs to them, as items of a list in Markdown."""
    lines: list[str] = []
    within = False  # an item, whose further lines are set in
    for line in docstring.splitlines():
        item = re.match(r"((?:[a-z]\w*, )*[a-z]\w*): (?=\S)", line)
        if item and (within or not lines or not lines[-1].strip()):
            names = ", ".join(f"`{name}`" for name in item[1].split(", "))
            line = f"- {names}: {line[item.end() :]}"
            within = True
        elif not line.strip():
            within = False
        elif within:
            line = "  " + line.strip()
        lines.append(line)
    return "\n".join(lines)


def _stub() -> pdoc.doc.Module:
    """The stub of the C++ module, run as if it were code."""
    text = (Path(lc.__file__).parent / "_core.pyi").read_text(encoding="utf-8")
    module = types.ModuleType("leavingcare._core")
    module.__package__ = "leavingcare"
    exec(compile("from __future__ import annotations\n" + text, "_core.pyi", "exec"), module.__dict__)
    return pdoc.doc.Module(module)


def _mend(shown: pdoc.doc.Class) -> None:
    """C++ gives its properties' own docstrings, and writes signatures into those of methods: put both where pdoc looks."""
    stub = _stub().get(shown.name)
    for member in shown.members.values():
        own = shown.obj.__dict__.get(member.name)
        if isinstance(own, property) and own.__doc__:
            member.docstring = own.__doc__
        elif isinstance(member, pdoc.doc.Function) and re.match(rf"{member.name}\(self: ", member.docstring):
            member.docstring = member.docstring.partition("\n")[2].strip()
            if isinstance(stub, pdoc.doc.Class) and isinstance(known := stub.get(member.name), pdoc.doc.Function):
                member.signature = known.signature
    made_by_us = shown.members.get("__init__")
    if made_by_us is not None and "*args" in str(getattr(made_by_us, "signature", "")):
        del shown.members["__init__"]  # no class of the C++ module is made by calling it
        shown.bases = []  # pybind11's own tells nobody anything
    if made_by_us is not None and made_by_us.docstring.startswith("Create new instance of"):
        made_by_us.docstring = ""
