// The figures of entitlements: that there is none is something known, and names no fact, whoever else is asked about.
#include <leavingcare/leavingcare.hpp>

#include "../people/folder_of_files.hpp"

#include <gtest/gtest.h>

namespace leavingcare {
namespace {

constexpr const char* rules = R"(rulebook: sample
summary: An amount that is a figure until 2018 and then adds up records
subject: {name: person, born: born}
conventions: {birthday_on_29_february: leap_birthday}
facts:
  born: {kind: day, summary: Birth}
  income: {kind: numbers, summary: Income, unit: pounds}
  gifts: {kind: events, summary: A gift, fields: {size: {summary: How much, unit: pounds}}}
readings:
  leap_birthday:
    question: When is a birthday on 29 February in a common year?
    options: {1_march: On 1 March, 28_february: On 28 February}
    default: 1_march
    cite: {document: Example, lines: 1}
definitions:
  means:
    summary: Means
    unit: pounds
    versions:
      - {in_force: {until: 2018-01-01}, cite: {document: Example, lines: 2}, is: {number: income}}
      - {in_force: {from: 2018-01-01}, cite: {document: Example, lines: 3}, is: {sum_of: {fact: gifts, field: size, within: 4 weeks}}}
entitlements:
  help: {summary: Help, unit: pounds, in_force: {from: 2010-01-01}, cite: {document: Example, lines: 4}, when: always, amount: means}
)";

/// Nobody has an income. The first got a gift of a size that nobody wrote down; the other got none.
People two_people() {
  PeopleBuilder builder;
  const auto births = builder.add_table("born", law::FactKind::day, {});
  builder.add_table("income", law::FactKind::numbers, {});
  const auto gifts = builder.add_table("gifts", law::FactKind::events, {"size"});
  const Day born = day_of(2000, 1, 1);
  for (const char* id : {"first", "other"}) builder.add(births, builder.person(id), {born, born, 0, false, {}, {}});
  const Day gift = day_of(2018, 3, 1);
  builder.add(gifts, builder.person("first"), {gift, gift + 1, 0, false, {""}, {}});
  return builder.build();
}

struct Row {
  std::string person;
  Day from;
  double amount;
  std::vector<std::string> depends_on;
};

TEST(Amounts, ThatThereIsNoneIsKnownThoughAnotherOfTheSameColumnIsNot) {
  const testing_people::Folder folder;
  folder.write("sample.yaml", rules);
  const auto book = load_rulebook((folder.path() / "sample.yaml").string()).value_or_throw();
  const auto people = two_people();
  const auto answers = evaluate(book, people);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < answers.rows(); ++i) {
    Row row{people.ids()[answers.person[i]], answers.from[i], answers.amount[i], {}};
    for (const auto fact : answers.fact_sets[answers.depends_on[i]]) row.depends_on.push_back(book.fact_name(fact));
    rows.push_back(row);
  }
  // Four weeks from 1 March 2018 end on the 28th.
  const std::vector<Row> expected = {
      {"first", day_of(2010, 1, 1), absent, {}}, {"first", day_of(2018, 1, 1), 0, {}}, {"first", day_of(2018, 3, 1), absent, {"gifts"}},
      {"first", day_of(2018, 3, 29), 0, {}},     {"other", day_of(2010, 1, 1), absent, {}}, {"other", day_of(2018, 1, 1), 0, {}}};
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].person, expected[i].person) << i;
    EXPECT_EQ(rows[i].from, expected[i].from) << i;
    EXPECT_TRUE(rows[i].amount == expected[i].amount || (is_absent(rows[i].amount) && is_absent(expected[i].amount))) << i;
    EXPECT_EQ(rows[i].depends_on, expected[i].depends_on) << i;
  }
}

}  // namespace
}  // namespace leavingcare
