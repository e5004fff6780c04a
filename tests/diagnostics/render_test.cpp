// How problems look to people and to programs, and what a misspelt word is taken for.
#include <leavingcare/diagnostics/checked.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace leavingcare {
namespace {

std::shared_ptr<const SourceFile> file(std::string name, std::string text) {
  return std::make_shared<const SourceFile>(std::move(name), std::move(text));
}

const auto rules = file("rules/england.yaml",
                        "statuses:\n  eligible_child:\n    summary: Aged 16 or 17\n    cited: reg. "
                        "40\n\n\n\n\n\n\tnöte: später 1\n  eligible_child:\n");

/// A problem that has no place yet.
Diagnostic problem(Severity severity, Code code, std::string message, std::string hint = {}) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = severity;
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

void add(Diagnostic& diagnostic, Place place, std::string words) {
  Label label;
  label.place = std::move(place);
  label.words = std::move(words);
  diagnostic.labels.push_back(std::move(label));
}

// --- For people -----------------------------------------------------------------------------------------------------

TEST(RenderText, ShowsTheLineWithACaretUnderTheText) {
  EXPECT_EQ(
      render_text({error_at(Code::L101, {rules, 4, 5, 5}, "unknown key 'cited'", "did you mean 'cite'?")}),
      "error[L101] rules/england.yaml:4:5: unknown key 'cited'\n"
      " 4 |     cited: reg. 40\n"
      "   |     ^^^^^\n"
      "hint: did you mean 'cite'?\n");
}

TEST(RenderText, ShowsEveryLabelWithItsWordsAndOneGutter) {
  const auto council = file("rules/council.yaml", "extends: england\n");
  auto diagnostic =
      problem(Severity::error, Code::L108, "two statuses are called 'eligible_child'", "rename one of them");
  add(diagnostic, {rules, 11, 3, 14}, "again here");
  add(diagnostic, {rules, 2, 3, 14}, "first here");
  add(diagnostic, {council, 1, 1, 7}, "used from here");
  EXPECT_EQ(render_text({diagnostic}),
            "error[L108] rules/england.yaml:11:3: two statuses are called 'eligible_child'\n"
            " 11 |   eligible_child:\n"
            "    |   ^^^^^^^^^^^^^^ again here\n"
            "  rules/england.yaml:2:3: first here\n"
            "  2 |   eligible_child:\n"
            "    |   ^^^^^^^^^^^^^^\n"
            "  rules/council.yaml:1:1: used from here\n"
            "  1 | extends: england\n"
            "    | ^^^^^^^\n"
            "hint: rename one of them\n");
}

TEST(RenderText, CountsCharactersAndKeepsTabs) {
  EXPECT_EQ(render_text({error_at(Code::L112, {rules, 10, 8, 6}, "no such word")}),
            "error[L112] rules/england.yaml:10:8: no such word\n"
            " 10 | \tnöte: später 1\n"
            "    | \t      ^^^^^^\n");
}

TEST(RenderText, SaysWarningAndRepair) {
  const auto table = file("care.csv", "");
  Diagnostics remarks;
  remarks.push_back(problem(Severity::repair, Code::P203, "episode counted once"));
  add(remarks.back(), {table, 7, 0, 1}, "row 7");
  remarks.push_back(problem(Severity::warning, Code::P206, "a child is missing"));
  EXPECT_EQ(render_text(remarks),
            "repair[P203] care.csv:7: episode counted once\n"
            "  row 7\n"
            "warning[P206] a child is missing\n");
  EXPECT_FALSE(has_errors(remarks));
}

TEST(RenderText, NamesButDoesNotQuoteAFileWhoseTextWasNotKept) {
  EXPECT_EQ(render_text({error_at(Code::P105, {file("care.csv", ""), 12, 3, 1}, "'from' is not a date")}),
            "error[P105] care.csv:12:3: 'from' is not a date\n");
}

TEST(RenderText, PrintsJustTheFileForLineZeroAndJustTheMessageForNowhere) {
  EXPECT_EQ(render_text({error_at(Code::Y102, {rules, 0, 0, 1}, "too large")}),
            "error[Y102] rules/england.yaml: too large\n");
  EXPECT_EQ(render_text({error_at(Code::U101, {}, "no rulebook 'englnd'", "did you mean 'england'?")}),
            "error[U101] no rulebook 'englnd'\nhint: did you mean 'england'?\n");
  EXPECT_EQ(render_text({}), "");
}

TEST(RenderText, CutsALongLineAroundTheCaret) {
  const auto long_line = file("a.yaml", std::string(200, 'a') + "bcd" + std::string(200, 'e'));
  EXPECT_EQ(render_text({error_at(Code::L101, {long_line, 1, 201, 3}, "here")}),
            "error[L101] a.yaml:1:201: here\n"
            " 1 | ..." +
                std::string(40, 'a') + "bcd" + std::string(57, 'e') +
                "...\n"
                "   |    " +
                std::string(40, ' ') + "^^^\n");
  EXPECT_EQ(render_text({error_at(Code::L101, {long_line, 1, 1, 400}, "all of it")}),
            "error[L101] a.yaml:1:1: all of it\n"
            " 1 | " +
                std::string(100, 'a') +
                "...\n"
                "   | " +
                std::string(100, '^') + "\n");
  EXPECT_EQ(render_text({error_at(Code::L101, {long_line, 1, 404, 1}, "after the end")}),
            "error[L101] a.yaml:1:404: after the end\n"
            " 1 | ..." +
                std::string(100, 'e') +
                "\n"
                "   |    " +
                std::string(100, ' ') + "^\n");
}

TEST(RenderText, APlaceBeyondItsLineOrFileDoesNoHarm) {
  EXPECT_EQ(render_text({error_at(Code::L101, {rules, 1, 500, 9}, "m")}),
            "error[L101] rules/england.yaml:1:500: m\n 1 | statuses:\n   |          ^\n");
  EXPECT_EQ(render_text({error_at(Code::L101, {rules, 900, 1, 1}, "m")}),
            "error[L101] rules/england.yaml:900:1: m\n");
  EXPECT_EQ(render_text({error_at(Code::L101, {rules, -1, -1, -1}, "m")}),
            "error[L101] rules/england.yaml: m\n");
  EXPECT_EQ(render_text({error_at(Code::L101, {rules, 1, 1, -5}, "m")}),
            "error[L101] rules/england.yaml:1:1: m\n 1 | statuses:\n   | ^\n");
}

TEST(RenderText, WhatARulebookHoldsCannotSteerATerminal) {
  const auto hostile = file("a\x1b[2J.yaml", "key: \x1b[31mred\xff\n");
  EXPECT_EQ(render_text({error_at(Code::L101, {hostile, 1, 1, 3}, "unknown key 'a\nb\x1b[0m'")}),
            "error[L101] a\\x1b[2J.yaml:1:1: unknown key 'a\\nb\\x1b[0m'\n"
            " 1 | key: \xEF\xBF\xBD[31mred\xEF\xBF\xBD\n"
            "   | ^^^\n");
}

TEST(RenderText, IsWhatNotSoundSays) {
  auto refused = Checked<int>::refused({error_at(Code::U101, {}, "'x' is not a date")});
  try {
    (void)std::move(refused).value_or_throw();
    FAIL() << "nothing was thrown";
  } catch (const NotSound& problem) {
    EXPECT_STREQ(problem.what(), "error[U101] 'x' is not a date\n");
    EXPECT_EQ(problem.diagnostics().size(), 1U);
  }
}

TEST(Checked, HoldsAValueUnlessARemarkIsAnError) {
  const Checked<int> sound(3, {problem(Severity::repair, Code::P203, "m")});
  ASSERT_TRUE(sound);
  EXPECT_EQ(sound.value(), 3);
  EXPECT_EQ(sound.diagnostics().size(), 1U);
  EXPECT_FALSE(Checked<int>(3, {error_at(Code::U101, {}, "m")}));
}

// --- For programs ---------------------------------------------------------------------------------------------------

TEST(RenderJson, HoldsEverythingADiagnosticHolds) {
  auto diagnostic = problem(Severity::warning, Code::L108, "two of one name", "rename one");
  add(diagnostic, {rules, 11, 3, 14}, "again");
  add(diagnostic, {rules, 2, 3, 14}, "");
  const auto json = nlohmann::json::parse(render_json({diagnostic}));
  EXPECT_EQ(
      json,
      nlohmann::json::parse(
          R"([{"code": "L108", "severity": "warning", "message": "two of one name", "hint": "rename one", "places": [
      {"file": "rules/england.yaml", "line": 11, "column": 3, "length": 14, "words": "again"},
      {"file": "rules/england.yaml", "line": 2, "column": 3, "length": 14, "words": ""}]}])"));
}

TEST(RenderJson, APlaceThatIsNowhereIsLeftOut) {
  const auto json = nlohmann::json::parse(render_json({error_at(Code::U101, {}, "no such rulebook")}));
  EXPECT_EQ(json[0]["places"], nlohmann::json::array());
  EXPECT_EQ(nlohmann::json::parse(render_json({})), nlohmann::json::array());
}

TEST(RenderJson, IsJsonEvenWhenAMessageIsNotUtf8) {
  EXPECT_EQ(nlohmann::json::parse(render_json({error_at(Code::P105, {}, "a\xff")}))[0]["message"],
            "a\xEF\xBF\xBD");
}

// --- Any line at all --------------------------------------------------------------------------------------------------

TEST(RenderText, NoLineAndNoPlaceBringItDown) {
  for (unsigned seed = 0; seed < 5'000; ++seed) {
    std::mt19937 random(seed);
    std::string text(random() % 300, '\0');
    for (char& byte : text) byte = static_cast<char>(random() % 256);
    const Place place{file("f", text), static_cast<int>(random() % 4), static_cast<int>(random() % 320),
                      static_cast<int>(random() % 320)};
    const auto rendered = render_text({error_at(Code::L101, place, text)});
    ASSERT_TRUE(rendered.ends_with('\n')) << "seed " << seed;
    ASSERT_LT(rendered.size(), 3'000U) << "seed " << seed;
  }
}

// --- The guess ------------------------------------------------------------------------------------------------------

struct Slip {
  std::string written;
  std::string meant;  ///< empty: no guess
};
void PrintTo(const Slip& slip, std::ostream* out) { *out << slip.written << " -> " << slip.meant; }

class Suggest : public testing::TestWithParam<Slip> {};

TEST_P(Suggest, RecognisesASlipAndNothingElse) {
  static const std::vector<std::string> known{
      "summary",        "cite", "note", "versions", "looked_after", "former_relevant_child",
      "relevant_child", "any",  "all",  "of",       "V2",           "former_foster_child"};
  const auto& [written, meant] = GetParam();
  EXPECT_EQ(suggest(written, known), meant.empty() ? "" : "did you mean '" + meant + "'?");
}

INSTANTIATE_TEST_SUITE_P(
    Words, Suggest,
    testing::Values(Slip{"sumary", "summary"}, Slip{"sumamry", "summary"}, Slip{"summery", "summary"},
                    Slip{"cites", "cite"}, Slip{"Cite", "cite"}, Slip{"version", "versions"},
                    Slip{"looked-after", "looked_after"}, Slip{"lookedAfter", "looked_after"},
                    Slip{"looked after", "looked_after"}, Slip{"loked_aftre", "looked_after"},
                    Slip{"relevent_child", "relevant_child"},
                    Slip{"former_relevent_child", "former_relevant_child"}, Slip{"al", ""},
                    Slip{"alll", "all"}, Slip{"v2", "V2"}, Slip{"if", ""}, Slip{"when", ""}, Slip{"hope", ""},
                    Slip{"", ""}, Slip{"entitlement", ""}, Slip{"looked_after", ""},
                    Slip{std::string(10'000, 'a'), ""}));

TEST(Suggest, PrefersTheNearestAndThenTheFirst) {
  EXPECT_EQ(suggest("dates", {"gates", "date", "dates_of"}), "did you mean 'gates'?");
  EXPECT_EQ(suggest("birthdy", {"birthdays", "birthday"}), "did you mean 'birthday'?");
  EXPECT_EQ(suggest("anything", {}), "");
}

}  // namespace
}  // namespace leavingcare
