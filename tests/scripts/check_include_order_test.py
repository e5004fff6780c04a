"""Proves that check_include_order.py finds what it says it finds.

A checker that has gone blind passes every tree, so each rule is broken once here.
Run: cd tests/scripts && python3 -m unittest check_include_order_test
"""

import tempfile
import unittest
from pathlib import Path

from check_include_order import problems_of

SOUND = {
    "include/leavingcare/leavingcare.hpp": "#include <leavingcare/results/r.hpp>\n",
    "include/leavingcare/version.hpp": "",
    "include/leavingcare/calendar/day.hpp": "#include <vector>\n",
    "include/leavingcare/diagnostics/place.hpp": "#include <leavingcare/calendar/day.hpp>\n",
    "include/leavingcare/source/node.hpp": "#include <leavingcare/diagnostics/place.hpp>\n",
    "include/leavingcare/law/l.hpp": "#include <leavingcare/source/node.hpp>\n",
    "include/leavingcare/rulebook/b.hpp": "#include <leavingcare/law/l.hpp>\n",
    "include/leavingcare/people/p.hpp": "#include <leavingcare/source/node.hpp>\n",
    "include/leavingcare/evaluate/e.hpp": (
        "#include <leavingcare/rulebook/b.hpp>\n#include <leavingcare/people/p.hpp>\n"
    ),
    "include/leavingcare/results/r.hpp": "#include <leavingcare/evaluate/e.hpp>\n",
    "src/source/read.cpp": '#include <yaml-cpp/yaml.h>\n#include "leavingcare/source/node.hpp"\n',
    "src/cli/main.cpp": "#include <leavingcare/leavingcare.hpp>\n",
    "bindings/python/core.cpp": "#include <pybind11/pybind11.h>\n",
    "tests/calendar/day_test.cpp": "#include <leavingcare/leavingcare.hpp>\n",
}


class IncludeOrder(unittest.TestCase):
    def problems(self, files=None):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**SOUND, **(files or {})}.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return problems_of(folder)

    def assert_found(self, files, place, words):
        problems = self.problems(files)
        self.assertTrue(
            any(problem.startswith(place) and words in problem for problem in problems), problems
        )

    def test_a_sound_tree_has_no_problem(self):
        self.assertEqual(self.problems(), [])

    def test_an_earlier_stage_may_not_include_a_later_one(self):
        header = "include/leavingcare/law/l.hpp"
        self.assert_found(
            {header: "\n#include <leavingcare/rulebook/b.hpp>\n"}, f"{header}:2:", "law includes rulebook"
        )

    def test_the_twin_under_src_follows_the_same_order(self):
        source = "src/law/l.cpp"
        self.assert_found(
            {source: '#include "leavingcare/results/r.hpp"\n'}, f"{source}:1:", "law includes results"
        )

    def test_people_may_not_include_the_rulebook(self):
        header = "include/leavingcare/people/p.hpp"
        self.assert_found({header: "#include <leavingcare/rulebook/b.hpp>\n"}, header, "people includes rulebook")

    def test_a_relative_include_is_followed(self):
        header = "include/leavingcare/people/p.hpp"
        self.assert_found({header: '#include "../rulebook/b.hpp"\n'}, header, "people includes rulebook")

    def test_a_foundation_may_not_include_a_stage(self):
        header = "include/leavingcare/calendar/day.hpp"
        self.assert_found({header: "# include <leavingcare/source/node.hpp>\n"}, header, "calendar includes source")

    def test_a_stage_may_not_include_the_umbrella(self):
        source = "src/results/r.cpp"
        self.assert_found({source: "#include <leavingcare/leavingcare.hpp>\n"}, source, "umbrella")

    def test_a_stage_may_not_include_the_program(self):
        self.assert_found(
            {"src/cli/ask.hpp": "", "src/results/r.cpp": '#include "../cli/ask.hpp"\n'},
            "src/results/r.cpp",
            "includes the program",
        )

    def test_a_circle_is_found(self):
        day = "include/leavingcare/calendar/day.hpp"
        self.assert_found({day: "#include <leavingcare/diagnostics/place.hpp>\n"}, "include/", "circle")

    def test_a_header_that_does_not_exist_is_found(self):
        header = "include/leavingcare/law/l.hpp"
        self.assert_found({header: "#include <leavingcare/law/gone.hpp>\n"}, header, "does not exist")

    def test_an_unknown_stage_is_found(self):
        self.assert_found({"include/leavingcare/utils/u.hpp": ""}, "include/leavingcare/utils/", "not a stage")

    def test_a_header_outside_the_stages_is_found(self):
        self.assert_found({"include/leavingcare/misc.hpp": ""}, "include/leavingcare/misc.hpp", "folder of a stage")

    def test_a_second_reader_of_yaml_is_found(self):
        self.assert_found({"src/source/too.cpp": "#include <yaml-cpp/yaml.h>\n"}, "src/source/too.cpp", "2 files")

    def test_yaml_outside_source_is_found(self):
        self.assert_found({"src/law/l.cpp": "#include <yaml-cpp/yaml.h>\n"}, "src/law/l.cpp", "one .cpp file")

    def test_pybind11_outside_bindings_is_found(self):
        self.assert_found({"src/people/p.cpp": "#include <pybind11/numpy.h>\n"}, "src/people/p.cpp", "bindings/")

    def test_a_long_header_is_found(self):
        header = "include/leavingcare/law/l.hpp"
        self.assert_found({header: "\n" * 301}, header, "301 lines")


if __name__ == "__main__":
    unittest.main()
