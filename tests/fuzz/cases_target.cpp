// People written by hand in YAML, of any text.
#include "input_files.hpp"

#include <leavingcare/leavingcare.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leavingcare;
  static const auto england = load_rulebook("england").value_or_throw();
  static fuzz::Scratch scratch;
  scratch.fill(data, size, "case.yaml");
  static_cast<void>(read_case(scratch.folder() / "case.yaml", england.vocabulary, england.subject.born));
  return 0;
}
