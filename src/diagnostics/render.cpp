// src/diagnostics/render.cpp
//
// Diagnostics as text for people and as JSON for programs, and the guess at what a misspelt word was meant to be.
//
//   error[Y105] rules/england.yaml:9:5: the key 'summary' stands twice in one map
//    9 |     summary: again
//      |     ^^^^^^^ again here
//     rules/england.yaml:7:5: first here
//    7 |     summary: once
//      |     ^^^^^^^
//   hint: take one away
//
// A place whose file has no text (the readers of personal records keep none) is named and not quoted.
#include <leavingcare/diagnostics/diagnostic.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leavingcare {
namespace {

/// Of a long line, this many characters are shown, and this many of them at most before the caret.
constexpr std::size_t widest_excerpt = 100;
constexpr std::size_t most_before_caret = 40;

std::string_view in_words(Severity severity) {
  switch (severity) {
    case Severity::warning:
      return "warning";
    case Severity::repair:
      return "repair";
    case Severity::error:
      break;
  }
  return "error";
}

bool is_control(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return code < 0x20 || code == 0x7F;
}

/// Length in bytes of the UTF-8 character that `text` begins with; 1 for a byte that begins none.
std::size_t first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead >= 0xF0 && lead < 0xF8   ? 4
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xC0 && lead < 0xE0 ? 2
                                                           : 1;
  if (length > text.size()) return 1;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 1;
  }
  return length;
}

/// The characters of a line as they can be shown: tabs stay, other control characters and stray bytes become U+FFFD.
std::vector<std::string_view> characters(std::string_view line) {
  static constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::vector<std::string_view> all;
  all.reserve(line.size());
  while (!line.empty()) {
    const auto length = first_character(line);
    const bool stray = length == 1 && (static_cast<unsigned char>(line.front()) & 0x80) != 0;
    const bool hidden = line.front() != '\t' && is_control(line.front());
    all.push_back(stray || hidden ? replacement : line.substr(0, length));
    line.remove_prefix(length);
  }
  return all;
}

/// Words on one line of a terminal: what a rulebook or a table put into them cannot break the line or steer the terminal.
std::string on_one_line(std::string_view words) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string line;
  line.reserve(words.size());
  for (const char byte : words) {
    if (byte == '\n') {
      line += "\\n";
    } else if (byte == '\t') {
      line += "\\t";
    } else if (is_control(byte)) {
      const auto code = static_cast<unsigned char>(byte);
      line += "\\x";
      line += hex[code >> 4];
      line += hex[code & 15];
    } else {
      line += byte;
    }
  }
  return line;
}

/// "file:line:column", as much of it as there is; empty when it is nowhere.
std::string in_words(const Place& place) {
  if (!place.file) return {};
  auto words = on_one_line(place.file->name());
  if (place.line > 0) {
    words += ':' + std::to_string(place.line);
    if (place.column > 0) words += ':' + std::to_string(place.column);
  }
  return words;
}

bool can_be_quoted(const Place& place) { return place.file && !place.file->line(place.line).empty(); }

/// The source line with carets under the stretch, and `words` behind them.
std::string excerpt(const Place& place, std::size_t gutter, std::string_view words) {
  const auto line = characters(place.file->line(place.line));
  const auto number = std::to_string(place.line);
  const std::size_t column = place.column > 0 ? static_cast<std::size_t>(place.column) - 1 : 0;
  const std::size_t begin = std::min(column, line.size());

  // The part of the line that is shown.
  std::size_t from = 0;
  std::size_t until = line.size();
  if (line.size() > widest_excerpt) {
    from = begin > most_before_caret ? begin - most_before_caret : 0;
    from = std::min(from, line.size() - widest_excerpt);
    until = from + widest_excerpt;
  }
  const std::string_view cut_left = from > 0 ? "..." : "";
  const std::string_view cut_right = until < line.size() ? "..." : "";

  std::string text(1 + gutter - number.size(), ' ');
  text += number;
  text += " | ";
  text += cut_left;
  for (std::size_t i = from; i < until; ++i) text += line[i];
  text += cut_right;
  text += '\n';
  if (place.column <= 0) return text;

  text.append(1 + gutter, ' ');
  text += " | ";
  text.append(cut_left.size(), ' ');
  for (std::size_t i = from; i < begin; ++i) text += line[i] == "\t" ? '\t' : ' ';
  const std::size_t length = place.length > 0 ? static_cast<std::size_t>(place.length) : 1;
  const std::size_t room = until > begin ? until - begin : 1;
  text += std::string(std::min(length, room), '^');
  if (!words.empty()) text += ' ' + on_one_line(words);
  text += '\n';
  return text;
}

std::string render(const Diagnostic& one) {
  std::size_t gutter = 1;
  for (const auto& label : one.labels) {
    if (can_be_quoted(label.place)) gutter = std::max(gutter, std::to_string(label.place.line).size());
  }

  std::string text{in_words(one.severity)};
  text += '[';
  text += about(one.code).id;
  text += "] ";
  const auto where = one.labels.empty() ? std::string{} : in_words(one.labels.front().place);
  if (!where.empty()) text += where + ": ";
  text += on_one_line(one.message) + '\n';

  for (std::size_t i = 0; i < one.labels.size(); ++i) {
    const auto& [place, words] = one.labels[i];
    const bool quoted = can_be_quoted(place);
    if (i > 0) {
      const auto further = in_words(place);
      if (further.empty() && words.empty()) continue;
      text += "  " + further;
      if (!further.empty() && !words.empty()) text += ": ";
      text += on_one_line(words) + '\n';
    } else if (!words.empty() && (!quoted || place.column <= 0)) {
      text += "  " + on_one_line(words) + '\n';
    }
    if (quoted) text += excerpt(place, gutter, i == 0 ? std::string_view{words} : std::string_view{});
  }
  if (!one.hint.empty()) text += "hint: " + on_one_line(one.hint) + '\n';
  return text;
}

}  // namespace

std::string render_text(const Diagnostics& diagnostics) {
  std::string text;
  for (const auto& one : diagnostics) text += render(one);
  return text;
}

std::string render_json(const Diagnostics& diagnostics) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  for (const auto& one : diagnostics) {
    Json places = Json::array();
    for (const auto& [place, words] : one.labels) {
      if (!place.file && words.empty()) continue;
      places.push_back({{"file", place.file ? Json(place.file->name()) : Json(nullptr)},
                        {"line", place.line},
                        {"column", place.column},
                        {"length", place.length},
                        {"words", words}});
    }
    all.push_back({{"code", about(one.code).id},
                   {"severity", in_words(one.severity)},
                   {"message", one.message},
                   {"places", std::move(places)},
                   {"hint", one.hint}});
  }
  // A file name or a message may hold bytes that are not UTF-8; JSON may not.
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

// --- The guess ------------------------------------------------------------------------------------------------

namespace {

/// No name people write is longer; a slip in something longer is not guessed at.
constexpr std::size_t longest_word = 80;

/// What people do not mean to tell apart: case, and how words are joined. "lookedAfter" and "Looked-after" are looked_after.
std::string folded(std::string_view word) {
  std::string result;
  bool after_small = false;
  for (const char c : word) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && after_small) result += '_';
    result += capital ? static_cast<char>(c - 'A' + 'a') : c == '-' || c == ' ' ? '_' : c;
    after_small = c >= 'a' && c <= 'z';
  }
  return result;
}

/// How many slips of the finger lie between two words: a letter added, left out, changed, or swapped with its neighbour.
std::size_t slips_between(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_word + 1>;
  Row before_last{};
  Row last{};
  Row now{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = now;
  }
  return last[b.size()];
}

}  // namespace

std::string suggest(const std::string& written, const std::vector<std::string>& known) {
  const auto word = folded(written);
  if (word.empty() || word.size() > longest_word) return {};
  // One slip in three letters, three at most; a word of one or two letters is only recognised by its case.
  const std::size_t allowed =
      word.size() < 3 ? 0 : std::min<std::size_t>(3, std::max<std::size_t>(1, word.size() / 3));

  const std::string* best = nullptr;
  std::size_t fewest = allowed + 1;
  for (const auto& candidate : known) {
    const auto other = folded(candidate);
    if (candidate == written || other.size() > longest_word) continue;
    const std::size_t difference =
        word.size() > other.size() ? word.size() - other.size() : other.size() - word.size();
    if (difference >= fewest) continue;
    const auto slips = slips_between(word, other);
    if (slips < fewest) {
      fewest = slips;
      best = &candidate;
    }
  }
  return best ? "did you mean '" + *best + "'?" : std::string{};
}

}  // namespace leavingcare
