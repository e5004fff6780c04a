// A folder of fact tables of any text, read with England's vocabulary, and evaluated if it can be read.
#include "input_files.hpp"

#include <leavingcare/leavingcare.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leavingcare;
  static const auto england = load_rulebook("england").value_or_throw();
  static fuzz::Scratch scratch;
  scratch.fill(data, size, "date_of_birth.csv");
  const auto people = read_facts(scratch.folder(), england.vocabulary, england.subject.born);
  if (!people || people.value().size() > 50) return 0;
  Options options;
  options.rules = {"eligible_child", "relevant_child", "former_relevant_child"};
  static_cast<void>(evaluate(england, people.value(), options));
  return 0;
}
