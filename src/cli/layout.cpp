// src/cli/layout.cpp
#include "layout.hpp"

#include <iostream>
#include <string>

namespace leavingcare::cli {
namespace {

/// Characters, not bytes: those that continue a character do not count.
int wide(std::string_view text) {
  int count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? 0 : 1;
  return count;
}

}  // namespace

void print_wrapped(std::string_view label, std::string_view words, int indent) {
  const int hanging = indent + wide(label);
  std::cout << std::string(static_cast<std::size_t>(indent), ' ') << label;
  int at = hanging;
  bool first = true;
  while (!words.empty()) {
    const auto begins = words.find_first_not_of(" \n\t");
    if (begins == std::string_view::npos) break;
    words.remove_prefix(begins);
    const auto word = words.substr(0, words.find_first_of(" \n\t"));
    words.remove_prefix(word.size());
    if (!first && at + 1 + wide(word) > widest) {
      std::cout << '\n' << std::string(static_cast<std::size_t>(hanging), ' ');
      at = hanging;
      first = true;
    }
    std::cout << (first ? "" : " ") << word;
    at += wide(word) + (first ? 0 : 1);
    first = false;
  }
  std::cout << '\n';
}

}  // namespace leavingcare::cli
