// What a stranger writes first: load England, say something about one young person, ask.
#include <leavingcare/leavingcare.hpp>

#include <iostream>

int main() {
  using namespace leavingcare;
  const auto book = load_rulebook(RULES "/england").value_or_throw();

  PeopleBuilder builder;
  const auto birth = builder.add_table("date_of_birth", law::FactKind::day, {});
  const auto care = builder.add_table("care", law::FactKind::periods, {"legal_status"});
  const auto sam = builder.person("sam");
  builder.add(birth, sam, {day_of(2008, 3, 10), day_of(2008, 3, 10), 0, false, {}, {}});
  builder.add(care, sam, {day_of(2024, 1, 15), Day::end_of_time, 0, false, {"V2"}, {}});
  const auto people = builder.build();

  Options options;
  options.unrecorded = Unrecorded::none;
  const auto answers = evaluate(book, people, options);
  bool as_expected = false;
  for (std::size_t row = 0; row < answers.rows(); ++row) {
    const bool eligible = book.rules[answers.rule[row]].declared.name == "eligible_child";
    as_expected = as_expected || (eligible && answers.from[row] == day_of(2024, 4, 14));
    std::cout << book.rules[answers.rule[row]].declared.name << " from " << iso(answers.from[row]) << " until " << iso(answers.until[row]) << '\n';
  }
  return as_expected && !answers.obligations.empty() ? 0 : 1;
}
