// SSDA903 returns of any text: tables in CSV, or the whole return in XML.
#include "input_files.hpp"

#include <leavingcare/leavingcare.hpp>

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leavingcare;
  static const auto england = load_rulebook("england").value_or_throw();
  static fuzz::Scratch scratch;
  const bool is_xml = std::string_view(reinterpret_cast<const char*>(data), size).starts_with('<');
  scratch.fill(data, size, is_xml ? "return.xml" : "episodes.csv");
  static_cast<void>(read_ssda903({scratch.folder()}, LEAVINGCARE_RULES_FOLDER "/sources/ssda903.yaml", england.vocabulary));
  return 0;
}
