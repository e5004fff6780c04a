// The table of codes is whole, and says something about each.
#include <leavingcare/diagnostics/codes.hpp>

#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leavingcare {
namespace {

/// How an enumerator is spelt in codes.hpp, as the compiler tells it.
template <Code code>
std::string_view spelling() {
  std::string_view words = __PRETTY_FUNCTION__;
  words = words.substr(words.find("Code::") + 6);
  return words.substr(0, words.find_first_of("];"));
}

template <std::size_t... i>
std::vector<std::string_view> all_spellings(std::index_sequence<i...>) {
  return {spelling<static_cast<Code>(i)>()...};
}

constexpr std::size_t how_many = static_cast<std::size_t>(Code::U101) + 1;

TEST(Codes, EveryCodeHasItsRowUnderItsOwnName) {
  const auto spellings = all_spellings(std::make_index_sequence<how_many>{});
  ASSERT_EQ(all_codes().size(), how_many);
  for (std::size_t i = 0; i < how_many; ++i) {
    EXPECT_EQ(all_codes()[i].code, static_cast<Code>(i));
    EXPECT_EQ(all_codes()[i].id, spellings[i]);
  }
}

TEST(Codes, NoTwoCodesShareAnIdOrAnExplanation) {
  std::set<std::string_view> ids;
  std::set<std::string_view> explanations;
  for (const auto& row : all_codes()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_TRUE(explanations.insert(row.explanation).second) << row.id;
  }
}

TEST(Codes, EveryTitleIsAFewWordsAndEveryExplanationAWholeSentence) {
  for (const auto& row : all_codes()) {
    EXPECT_GE(row.title.size(), 3U) << row.id;
    EXPECT_LE(row.title.size(), 50U) << row.id;
    EXPECT_FALSE(row.title.ends_with('.')) << row.id;
    EXPECT_GE(row.explanation.size(), 60U) << row.id;
    EXPECT_LE(row.explanation.size(), 320U) << row.id;
    EXPECT_TRUE(row.explanation.ends_with('.')) << row.id;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(row.explanation.front())) ||
                row.explanation.front() == '\'')
        << row.id;
    EXPECT_EQ(row.explanation.find("  "), std::string_view::npos) << row.id;
  }
}

TEST(Codes, AboutFindsTheRow) {
  EXPECT_EQ(about(Code::L104).id, "L104");
  EXPECT_EQ(about(Code::U101).id, "U101");
}

}  // namespace
}  // namespace leavingcare
