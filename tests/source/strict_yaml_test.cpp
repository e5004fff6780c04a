// What the strict reader gives back, what it refuses, and that no text brings it down.
#include <leavingcare/source/read_yaml.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace leavingcare::source {
namespace {

using std::filesystem::path;

const path bad_folder = path(LEAVINGCARE_TESTS_FOLDER) / "source" / "bad";

Checked<Node> read(std::string text, Limits limits = {}) {
  return read_yaml_text("rules.yaml", std::move(text), limits);
}

std::string where(const Place& place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column) + "+" + std::to_string(place.length);
}

/// The tree on one line, with places: {key@1:1+3 = value@1:6+5}.
std::string written_out(const Node& node) {
  switch (node.kind) {
    case NodeKind::empty:
      return "nothing@" + where(node.place);
    case NodeKind::scalar:
      return (node.quoted ? "'" + node.text + "'" : node.text) + "@" + where(node.place);
    case NodeKind::list: {
      std::string text = "[";
      for (const auto& item : node.items) text += (text.size() > 1 ? ", " : "") + written_out(item);
      return text + "]@" + where(node.place);
    }
    case NodeKind::map:
      break;
  }
  std::string text = "{";
  for (const auto& entry : node.entries) {
    text += (text.size() > 1 ? ", " : "") + entry.key + "@" + where(entry.key_place) + " = " +
            written_out(entry.value);
  }
  return text + "}@" + where(node.place);
}

std::string codes(const Diagnostics& diagnostics) {
  std::string text;
  for (const auto& one : diagnostics) {
    if (!text.empty()) text += ' ';
    text += about(one.code).id;
  }
  return text;
}

std::string contents(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

// --- What is read -------------------------------------------------------------------------------------------------

struct Sound {
  std::string claim;
  std::string text;
  std::string tree;
};
void PrintTo(const Sound& sound, std::ostream* out) { *out << sound.claim; }

class SoundText : public testing::TestWithParam<Sound> {};

TEST_P(SoundText, IsReadAsWrittenAndInPlace) {
  const auto node = read(GetParam().text);
  ASSERT_TRUE(node) << render_text(node.diagnostics());
  EXPECT_TRUE(node.diagnostics().empty());
  EXPECT_EQ(written_out(node.value()), GetParam().tree);
}

INSTANTIATE_TEST_SUITE_P(
    StrictYaml, SoundText,
    testing::Values(
        Sound{"AScalarIsTheTextThatWasWritten", "a: 3.10\nb: NO\nc: 2018-04-01\n",
              "{a@1:1+1 = 3.10@1:4+4, b@2:1+1 = NO@2:4+2, c@3:1+1 = 2018-04-01@3:4+10}@1:1+1"},
        Sound{"QuotedTextIsMarkedAndItsLengthCountsTheQuotes", "a: \"x \\\" y\"\n'b': 'it''s' # remark\n",
              "{a@1:1+1 = 'x \" y'@1:4+8, b@2:1+3 = 'it's'@2:6+7}@1:1+1"},
        Sound{"QuotedNumbersAreTextAndPlainOnesAreNot", "[\"1\", 1]", "['1'@1:2+3, 1@1:7+1]@1:1+1"},
        Sound{"ABlockIsTextAndItsPlaceIsItsSign", "a: >-\n  one\n  two\nb: |\n  x\n  y\n",
              "{a@1:1+1 = 'one two'@1:4+2, b@4:1+1 = 'x\ny\n'@4:4+1}@1:1+1"},
        Sound{"ColumnsCountCharactersAndNotBytes", "é: {ü: b, \"ö\": d}\n",
              "{é@1:1+1 = {ü@1:5+1 = b@1:8+1, ö@1:11+3 = d@1:16+1}@1:4+1}@1:1+1"},
        Sound{"LengthsCountCharactersAndNotBytes", "a: Jürgen\n", "{a@1:1+1 = Jürgen@1:4+6}@1:1+1"},
        Sound{"AByteOrderMarkIsDroppedAndTakesNoColumn",
              "\xEF\xBB\xBF"
              "a: 1\n",
              "{a@1:1+1 = 1@1:4+1}@1:1+1"},
        Sound{
            "LineEndsOfWindowsChangeNothing", "a: 1\r\nb: |\r\n  x\r\n  y\r\nc: \"q\r\n  r\"\r\n\r\nd: p\r\n",
            "{a@1:1+1 = 1@1:4+1, b@2:1+1 = 'x\ny\n'@2:4+1, c@5:1+1 = 'q r'@5:4+2, d@8:1+1 = p@8:4+1}@1:1+1"},
        Sound{"NullAndTildeAreTheTextThatWasWritten", "a: null\nb: ~\nc: [NULL, Null]\n",
              "{a@1:1+1 = null@1:4+4, b@2:1+1 = ~@2:4+1, c@3:1+1 = [NULL@3:5+4, Null@3:11+4]@3:4+1}@1:1+1"},
        Sound{"AnAbsentValueIsNothingAndStandsAtItsKey", "a:\n\n# remark\nb:\n",
              "{a@1:1+1 = nothing@1:1+1, b@4:1+1 = nothing@4:1+1}@1:1+1"},
        Sound{"AnAbsentValueBeforeAKeyCalledNullIsStillNothing",
              "a:\nnull: 1\nx:\n  y:\n~: 2\nz:\nnull x: 3\n",
              "{a@1:1+1 = nothing@1:1+1, null@2:1+4 = 1@2:7+1, x@3:1+1 = {y@4:3+1 = nothing@4:3+1}@4:3+1, "
              "~@5:1+1 = 2@5:4+1, "
              "z@6:1+1 = nothing@6:1+1, "
              "null x@7:1+6 = 3@7:9+1}@1:1+1"},
        Sound{"NullAtTheEndOfAMapIsStillText", "x:\n  - null\ny: {z: null}\nw: null",
              "{x@1:1+1 = [null@2:5+4]@2:3+1, y@3:1+1 = {z@3:5+1 = null@3:8+4}@3:4+1, w@4:1+1 = "
              "null@4:4+4}@1:1+1"},
        Sound{"AbsentItemsStandAtTheirDashes", "-\n# - remark\n-\n\n- x\n- - -\n  -\n-",
              "[nothing@1:1+1, nothing@3:1+1, x@5:3+1, [[nothing@6:5+1]@6:5+1, nothing@7:3+1]@6:3+1, "
              "nothing@8:1+1]@1:1+1"},
        Sound{"AbsentValuesWithinBracketsStandAtTheirKeys", "{a: , b, c: [x,]}",
              "{a@1:2+1 = nothing@1:2+1, b@1:7+1 = nothing@1:7+1, c@1:10+1 = [x@1:14+1]@1:13+1}@1:1+1"},
        Sound{"AListMayStandInTheColumnOfItsKey", "a:\n- x\n-\n  y\nb:\n  z\n",
              "{a@1:1+1 = [x@2:3+1, y@4:3+1]@2:1+1, b@5:1+1 = z@6:3+1}@1:1+1"},
        Sound{"AnExplicitKeyNeedsNoColon", "? a\n? b\n: c\n",
              "{a@1:3+1 = nothing@1:3+1, b@2:3+1 = c@3:3+1}@1:1+1"},
        Sound{"TextOverSeveralLinesIsOneScalar", "a: one\n  two\nb: \"three\n  four\"\n",
              "{a@1:1+1 = one two@1:4+3, b@3:1+1 = 'three four'@3:4+6}@1:1+1"},
        Sound{"ADocumentMayBeginWithDashesAndEndWithDots", "---\na: 1\n...\n", "{a@2:1+1 = 1@2:4+1}@2:1+1"},
        Sound{"MapsInListsStandAtTheirFirstKey", "- a: 1\n  b: 2\n- c: 3\n",
              "[{a@1:3+1 = 1@1:6+1, b@2:3+1 = 2@2:6+1}@1:3+1, {c@3:3+1 = 3@3:6+1}@3:3+1]@1:1+1"},
        Sound{"EmptyBracketsAreAnEmptyListAndAnEmptyMap", "a: []\nb: {}\n",
              "{a@1:1+1 = []@1:4+1, b@2:1+1 = {}@2:4+1}@1:1+1"},
        Sound{"EmptyQuotesAreTextOfNoLength", "a: \"\"\n", "{a@1:1+1 = ''@1:4+2}@1:1+1"},
        Sound{"SignsOfRefusedThingsAreOrdinaryWithinQuotes", "\"<<\": \"&a *b !c\"\n",
              "{<<@1:1+4 = '&a *b !c'@1:7+10}@1:1+1"},
        Sound{"ADocumentMayBeOneScalar", "England\n", "England@1:1+7"}),
    [](const auto& info) { return info.param.claim; });

TEST(StrictYaml, KeepsTheOrderOfKeysAndFindsThemByName) {
  const auto read_back = read("z: 1\na: 2\nm: 3\n");
  ASSERT_TRUE(read_back);
  const Node& map = read_back.value();
  ASSERT_EQ(map.entries.size(), 3U);
  EXPECT_EQ(map.entries[0].key, "z");
  EXPECT_EQ(map.entries[2].key, "m");
  ASSERT_NE(map.find("a"), nullptr);
  EXPECT_EQ(map.find("a")->text, "2");
  EXPECT_EQ(map.find("b"), nullptr);
}

// --- What is refused ----------------------------------------------------------------------------------------------

std::vector<path> bad_files() {
  std::set<path> files;
  for (const auto& entry : std::filesystem::directory_iterator(bad_folder)) {
    if (entry.path().extension() == ".yaml") files.insert(entry.path());
  }
  return {files.begin(), files.end()};
}

class BadFile : public testing::TestWithParam<path> {};

/// The recorded output lies beside the file. To record anew: LEAVINGCARE_RECORD=1, then read the difference.
TEST_P(BadFile, IsRefusedInTheRecordedWords) {
  Limits limits;
  if (GetParam().filename().string().starts_with("Y102")) limits.bytes = 64;
  const auto refused = read_yaml_text(GetParam().filename().string(), contents(GetParam()), limits);
  ASSERT_FALSE(refused);
  ASSERT_TRUE(has_errors(refused.diagnostics()));

  const auto code = GetParam().filename().string().substr(0, 4);
  if (code.front() == 'Y') {
    for (const auto& one : refused.diagnostics()) EXPECT_EQ(about(one.code).id, code);
  }
  auto recorded = GetParam();
  recorded.replace_extension(".txt");
  const auto rendered = render_text(refused.diagnostics());
  if (std::getenv("LEAVINGCARE_RECORD") != nullptr) std::ofstream(recorded, std::ios::binary) << rendered;
  EXPECT_EQ(rendered, contents(recorded));
}

INSTANTIATE_TEST_SUITE_P(StrictYaml, BadFile, testing::ValuesIn(bad_files()),
                         [](const auto& info) { return info.param.stem().string(); });

TEST(StrictYaml, EveryCodeOfYamlTextIsProvoked) {
  std::set<std::string> provoked{"Y101"};  // below: a file that is not there is not a file
  for (const auto& file : bad_files()) provoked.insert(file.filename().string().substr(0, 4));
  for (const auto& row : all_codes()) {
    EXPECT_TRUE(row.id.front() != 'Y' || provoked.contains(std::string(row.id)))
        << row.id << " has no file in tests/source/bad";
  }
}

TEST(StrictYaml, AFileThatIsNotThereIsAProblemLikeAnyOther) {
  const auto refused = read_yaml_file(bad_folder / "nobody_wrote_this.yaml");
  ASSERT_EQ(codes(refused.diagnostics()), "Y101");
  EXPECT_NE(refused.diagnostics()[0].message.find("No such file"), std::string::npos);
}

TEST(StrictYaml, AFolderIsNotAFile) { EXPECT_EQ(codes(read_yaml_file(bad_folder).diagnostics()), "Y101"); }

TEST(StrictYaml, AFileThatIsTooLargeIsNotReadToItsEnd) {
  const auto file = bad_folder / "Y105_duplicate_key.yaml";
  const auto size = static_cast<std::size_t>(std::filesystem::file_size(file));
  EXPECT_EQ(codes(read_file(file, size - 1).diagnostics()), "Y102");
  ASSERT_TRUE(read_file(file, size));
  EXPECT_EQ(read_file(file, size).value().size(), size);
  EXPECT_EQ(codes(read_yaml_file("/dev/zero").diagnostics()), "Y102");
}

TEST(StrictYaml, AFileIsReadUnderTheNameItWasGiven) {
  const auto refused = read_yaml_file(bad_folder / "Y105_duplicate_key.yaml");
  ASSERT_EQ(codes(refused.diagnostics()), "Y105");
  EXPECT_EQ(refused.diagnostics()[0].labels[0].place.file->name(),
            (bad_folder / "Y105_duplicate_key.yaml").string());
}

TEST(StrictYaml, ADuplicateKeyShowsBothPlaces) {
  const auto refused = read("a:\n  b: 1\n  \"b\": 2\nc: {b: 3}\n");
  ASSERT_EQ(codes(refused.diagnostics()), "Y105");
  const auto& labels = refused.diagnostics()[0].labels;
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(where(labels[0].place), "3:3+3");
  EXPECT_EQ(where(labels[1].place), "2:3+1");
}

TEST(StrictYaml, ProblemsBeforeASyntaxErrorAreToldToo) {
  EXPECT_EQ(codes(read("a: 1\na: 2\nb: &x 3\nc: d: e\na: 4\n").diagnostics()), "Y105 Y106 Y104");
}

struct Refused {
  std::string text;
  std::string codes;
};
void PrintTo(const Refused& refused, std::ostream* out) { *out << testing::PrintToString(refused.text); }

class RefusedText : public testing::TestWithParam<Refused> {};

TEST_P(RefusedText, HasTheseCodes) {
  EXPECT_EQ(codes(read(GetParam().text).diagnostics()), GetParam().codes);
}

INSTANTIATE_TEST_SUITE_P(
    StrictYaml, RefusedText,
    testing::Values(Refused{"", "Y110"}, Refused{"\n\n", "Y110"}, Refused{"---\n", "Y110"},
                    Refused{"---\n---\na: 1\n", "Y110"}, Refused{"a: 1\n...\nb: 2\n", "Y110"},
                    Refused{"\"a\" \"b\"", "Y104"}, Refused{": x\n", "Y110"}, Refused{"? [a]\n: b\n", "Y110"},
                    Refused{"&a a: &b b\n", "Y106 Y106"}, Refused{"a: *b\n", "Y106"},
                    Refused{"a: &b {c: *b}\n", "Y106 Y106"}, Refused{"*a : b\n", "Y106"},
                    Refused{"!a b: ! c\n", "Y109 Y109"}, Refused{"- !<tag:x> {}\n- !!seq []\n", "Y109 Y109"},
                    Refused{"a: &b !!str c\n", "Y106 Y109"}, Refused{"a\rb: 1\n", "Y103"},
                    Refused{"a: \xED\xA0\x80\n", "Y103"}, Refused{"a: \xC0\x80\n", "Y103"},
                    Refused{"a: \xF5\x80\x80\x80\n", "Y103"}, Refused{"a: \xE2\x82", "Y103"},
                    Refused{"\xEF\xBB\xBF\xEF\xBB\xBF"
                            "a: 1",
                            "Y103"},
                    Refused{std::string("a\0:\0 \0b\0", 8), "Y103"}, Refused{"a: \"\\q\"\n", "Y104"},
                    Refused{"a: \"\\ud800\"\n", "Y104"}, Refused{"%YAML 3.0\n---\na: 1\n", "Y104"},
                    Refused{"[a, b]]\n", "Y104"}, Refused{"[a, b}\n", "Y104"}, Refused{"a: 'b\n", "Y104"},
                    Refused{"a: \"b\n", "Y104"}, Refused{"[a, , b]\n", "Y104"}, Refused{"a: b\nc\n", "Y104"},
                    Refused{"a: b\n\nc\nd: e\n", "Y104"}, Refused{"a: \"b\"\nc\nd: e\n", "Y104"},
                    Refused{"a:\nb\n", "Y104"}, Refused{"q: r\n  \ns\n", "Y104"},
                    Refused{"- a\n- b\n \nc\n", "Y104"}, Refused{"a:\n~\n", "Y104"},
                    Refused{"a: \"b\"\n~ c\n", "Y104"}, Refused{"a:\n  b: c\n  d\n", "Y104"},
                    Refused{"- a:\n  b\n", "Y104"}, Refused{"a: b\n- c\n", "Y104"},
                    Refused{"- a\nb\n", "Y104"}));

// --- Limits -------------------------------------------------------------------------------------------------------

TEST(StrictYaml, DepthIsLimitedExactly) {
  Limits limits;
  limits.depth = 3;
  EXPECT_TRUE(read("[[[x]]]", limits));
  EXPECT_EQ(codes(read("[[[[x]]]]", limits).diagnostics()), "Y108");
  EXPECT_TRUE(read("a:\n  b:\n    c: 1\n", limits));
  EXPECT_EQ(codes(read("a:\n  b:\n    c:\n      d: 1\n", limits).diagnostics()), "Y108");
}

TEST(StrictYaml, KeysAndValuesAreLimitedExactly) {
  Limits limits;
  limits.nodes = 5;
  EXPECT_TRUE(read("a: 1\nb: 2\n", limits));
  EXPECT_EQ(codes(read("a: 1\nb: [2]\n", limits).diagnostics()), "Y108");
}

TEST(StrictYaml, BytesAreLimitedExactly) {
  Limits limits;
  limits.bytes = 4;
  EXPECT_TRUE(read("a: 1", limits));
  EXPECT_EQ(codes(read("a: 12", limits).diagnostics()), "Y102");
}

TEST(StrictYaml, AHighDepthLimitIsStillBoundedByWhatTheParserCanBear) {
  Limits limits;
  limits.depth = 1'000'000;
  EXPECT_EQ(codes(read(std::string(100'000, '['), limits).diagnostics()), "Y108");
}

TEST(StrictYaml, ManyProblemsAreListedUpToABound) {
  std::string text = "a: 0\n";
  for (int i = 0; i < 5'000; ++i) text += "a: 1\n";
  const auto refused = read(text);
  EXPECT_EQ(refused.diagnostics().size(), 1'001U);
  EXPECT_EQ(about(refused.diagnostics().front().code).id, "Y108");
}

/// A hundred thousand of anything that opens or repeats: refused or read, but neither a crash nor a long wait.
TEST(StrictYaml, NestingWithoutEndIsRefusedWithoutHarm) {
  using Clock = std::chrono::steady_clock;
  for (const std::string opener :
       {"[",     "{",    "- ",  "? ", "[a: ", "{a: ", "{? ", "[? ", "&a ", "!a ",    "*a ",
        "a: ",   ": ",   "[[{", "'",  "\"",   "|",    ">",   "%",   "#",   "---\n",  "...\n",
        "- -\n", "a:\n", "\t",  "\n", "[]",   "{}",   ",",   "[,",  "-\n", "- &a\n", "? a\n"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += opener;
    const auto begin = Clock::now();
    const auto result = read(text);
    EXPECT_NE(static_cast<bool>(result), has_errors(result.diagnostics())) << opener;
    EXPECT_LT(std::chrono::duration<double>(Clock::now() - begin).count(), 20.0) << opener;
  }
  EXPECT_EQ(codes(read(std::string(100'000, '[')).diagnostics()), "Y108");
}

TEST(StrictYaml, AFileFullOfBracketsIsRefusedBeforeItFillsTheMemory) {
  EXPECT_EQ(codes(read(std::string(4 * 1024 * 1024, '[')).diagnostics()), "Y108");
}

TEST(StrictYaml, OneVeryLongLineIsReadInTime) {
  std::string text = "[";
  for (int i = 0; i < 100'000; ++i) text += "é, ";
  text += "x]";
  const auto list = read(text);
  ASSERT_TRUE(list);
  EXPECT_EQ(list.value().items.size(), 100'001U);
  EXPECT_EQ(list.value().items.back().place.column, 300'002);
}

// --- Any bytes at all -----------------------------------------------------------------------------------------------

/// Whatever came out of random bytes: a tree or at least one error, and every problem can be rendered.
void expect_an_answer(const std::string& text, unsigned seed) {
  const auto result = read(text);
  ASSERT_NE(static_cast<bool>(result), has_errors(result.diagnostics())) << "seed " << seed;
  if (result) {
    ASSERT_FALSE(written_out(result.value()).empty());
    return;
  }
  ASSERT_FALSE(render_text(result.diagnostics()).empty());
  ASSERT_FALSE(render_json(result.diagnostics()).empty());
  for (const auto& one : result.diagnostics()) {
    for (const auto& [place, words] : one.labels) ASSERT_GE(place.length, 1) << "seed " << seed;
  }
}

TEST(StrictYaml, NoBytesBringItDown) {
  for (unsigned seed = 0; seed < 3'000; ++seed) {
    std::mt19937 random(seed);
    std::string text(random() % 200, '\0');
    for (char& byte : text) byte = static_cast<char>(random() % 256);
    expect_an_answer(text, seed);
  }
}

TEST(StrictYaml, NoMixtureOfYamlSignsBringsItDown) {
  const std::vector<std::string> pieces{
      "a",  "b: ", "null", "~",  "- ",  "\n",  "  ", "\n  ", "\n    ", "[",  "]",  "{",
      "}",  ", ",  ": ",   "? ", "\"",  "'",   "|",  ">",    "#",      " #", "&a", "*a",
      "!!", "!x ", "<<: ", "%",  "---", "...", "\t", "é",    "\r\n",   "\\", ":",  ","};
  for (unsigned seed = 0; seed < 10'000; ++seed) {
    std::mt19937 random(seed);
    std::string text;
    for (auto left = random() % 40; left > 0; --left) text += pieces[random() % pieces.size()];
    expect_an_answer(text, seed);
  }
}

TEST(StrictYaml, NoDamageToASoundTextBringsItDown) {
  const std::string sound =
      "rulebook: england\nstatuses:\n  eligible_child:\n    summary: \"Aged 16 or 17\"\n    versions:\n      "
      "- in_force: {from: "
      "2011-04-01}\n        cite:\n"
      "          - {instrument: SI 2010/959, provision: 'reg. 40'}\n        when:\n          all:\n          "
      "  - age: {from: 16 years}\n   "
      "         - >-\n"
      "              looked\n              after\n";
  for (unsigned seed = 0; seed < 5'000; ++seed) {
    std::mt19937 random(seed);
    std::string text = sound;
    for (auto left = 1 + random() % 4; left > 0; --left) {
      const auto at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text.erase(at, 1 + random() % 5);
          break;
        case 1:
          text.insert(at, 1, static_cast<char>(random() % 128));
          break;
        default:
          text[at] = text[random() % text.size()];
      }
      if (text.empty()) text += 'x';
    }
    expect_an_answer(text, seed);
  }
}

}  // namespace
}  // namespace leavingcare::source
