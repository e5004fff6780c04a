// A rulebook of any text: refused with problems, or loaded, and then evaluated over a few lives, whole and unrecorded.
#include "input_files.hpp"

#include <leavingcare/leavingcare.hpp>

#include <cstdint>
#include <map>

namespace {

using namespace leavingcare;

/// Two people with a record of everything that the vocabulary knows, one of them born on a leap day, and one with nothing.
People a_few_people(const Rulebook& book) {
  PeopleBuilder builder;
  const std::uint32_t people[] = {builder.person("a"), builder.person("b"), builder.person("c")};
  const Day births[] = {day_of(2008, 2, 29), day_of(2005, 7, 1)};
  bool born_has_table = false;
  for (const auto& fact : book.vocabulary.facts) {
    std::vector<std::string> fields;
    std::vector<std::string> words;
    if (fact.kind == law::FactKind::periods || fact.kind == law::FactKind::events) {
      for (const auto& field : fact.fields) {
        fields.push_back(field.name);
        words.push_back(field.one_of.empty() ? "12" : field.one_of.front());
      }
    }
    const auto table = builder.add_table(fact.name, fact.kind, fields);
    born_has_table = born_has_table || fact.name == book.subject.born;
    for (int i = 0; i < 2; ++i) {
      const Day begin = births[i] + 14 * 365 + 100 * i;
      Record record;
      record.from = fact.name == book.subject.born ? births[i] : begin;
      record.until = fact.kind == law::FactKind::day ? record.from : i == 0 ? Day::end_of_time : begin + 91;
      record.value = 40;
      record.doubtful = i == 1;
      record.fields = words;
      builder.add(table, people[i], record);
    }
  }
  if (!born_has_table && !book.subject.born.empty()) {
    const auto table = builder.add_table(book.subject.born, law::FactKind::day, {});
    for (int i = 0; i < 2; ++i) builder.add(table, people[i], {births[i], births[i], 0, false, {}, {}});
  }
  return builder.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::Scratch scratch;
  scratch.fill(data, size, "fuzzed.yaml");
  const auto loaded = load_rulebook((scratch.folder() / "fuzzed.yaml").string());
  if (!loaded) return 0;
  const auto people = a_few_people(loaded.value());
  for (const auto unrecorded : {Unrecorded::unknown, Unrecorded::none}) {
    Options options;
    options.unrecorded = unrecorded;
    options.as_at = day_of(2024, 3, 31);
    try {
      static_cast<void>(evaluate(loaded.value(), people, options));
    } catch (const std::length_error&) {
      // a duty that would arise on more days than it may: the documented end of such a rulebook
    }
  }
  return 0;
}
