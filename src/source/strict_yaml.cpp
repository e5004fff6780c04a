// src/source/strict_yaml.cpp
//
// The one file that knows yaml-cpp. Text goes through it in three steps:
//
//   check_text    bytes: the size, UTF-8, no control characters
//   Tape          yaml-cpp's parser calls it for everything it meets; it writes down what it hears and stops at the limits
//   TreeBuilder   plays the tape: measures places, builds the tree, and reports everything that a rulebook must not hold
//
// What yaml-cpp 0.7 does that one would not guess, and that is dealt with here:
//   - A mark counts bytes from 0, and its line and column are wrong at the end of the text; only its offset can be trusted.
//   - `null` and `~` come as the same event as an absent value, and the mark of an absent value is that of whatever comes next.
//   - U+0004 is taken for the end of the text, and the rest is dropped.
//   - A quote that is never closed is closed by the last line end of the text.
//   - Text in the column of a key, or left of it, is read on as part of that key's value: `cite` without its colon would be swallowed.
//   - A word alone on a line of a map is a key with nothing under it, as if it had its colon.
//   - What follows a finished document on the same line becomes a second document.
//   - An outermost [...] or {...} is cut into tokens to its very end before the first event comes out of it.
#include <leavingcare/source/read_yaml.hpp>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

namespace leavingcare::source {
namespace {

/// yaml-cpp holds some 240 bytes for each token it has looked ahead to; this bounds them, whatever the text.
constexpr std::size_t most_indicators = 1'000'000;

/// After so many problems in one file the rest are not worth a person's time, nor a machine's memory.
constexpr std::size_t most_problems = 1'000;

// --- Bytes ----------------------------------------------------------------------------------------------------

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Length of the UTF-8 character at `at`; 0 if there is none (overlong forms, surrogates and numbers past U+10FFFF are none).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (lead == 0xE0 && byte(1) < 0xA0) return 0;
  if (lead == 0xED && byte(1) > 0x9F) return 0;
  if (lead == 0xF0 && byte(1) < 0x90) return 0;
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

std::string in_hex(unsigned number, int digits) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string word;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) word += hex[(number >> shift) & 15U];
  return word;
}

// --- Places ---------------------------------------------------------------------------------------------------

/// Turns offsets into lines and columns. Offsets mostly rise, so it walks on from where it was last asked.
class Ruler {
 public:
  Ruler(std::shared_ptr<const SourceFile> file, std::string_view text)
      : file_(std::move(file)), text_(text) {}

  [[nodiscard]] Place at(std::size_t offset, std::size_t bytes = 1) {
    offset = std::min(offset, text_.size());
    if (offset < offset_) {
      offset_ = 0;
      line_ = 1;
      column_ = 1;
    }
    for (; offset_ < offset; ++offset_) {
      if (text_[offset_] == '\n') {
        ++line_;
        column_ = 1;
      } else if (!is_continuation(text_[offset_])) {
        ++column_;
      }
    }
    const auto stretch = text_.substr(offset, bytes);
    const auto length =
        std::count_if(stretch.begin(), stretch.end(), [](char byte) { return !is_continuation(byte); });
    return {file_, line_, column_, std::max(1, static_cast<int>(length))};
  }

  [[nodiscard]] Place whole_file() const { return {file_, 0, 0, 1}; }

 private:
  std::shared_ptr<const SourceFile> file_;
  std::string_view text_;
  std::size_t offset_ = 0;
  int line_ = 1;
  int column_ = 1;
};

// --- Step one: the bytes ----------------------------------------------------------------------------------------

/// Everything about the bytes that keeps them from being looked at as YAML: the first place of it.
std::optional<Diagnostic> check_text(std::string_view text, Ruler& ruler) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0) {
      return error_at(Code::Y103, ruler.at(at), "the text holds a NUL byte, so it is not UTF-8",
                      "save the file as UTF-8; it may be UTF-16 now");
    }
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
      return error_at(Code::Y103, ruler.at(at), "the text holds the control character U+" + in_hex(byte, 4),
                      "delete it");
    }
    if (byte == '\r' && text.substr(at + 1, 1) != "\n") {
      return error_at(Code::Y103, ruler.at(at), "a line ends with a carriage return alone",
                      "save the file with line ends of Unix or Windows");
    }
    if (byte == '%' && at > 0 && text[at - 1] == '\n') {
      return error_at(Code::Y104, ruler.at(at), "a line that begins with '%' is lost without a word",
                      "indent it, or put the text into quotes");
    }
    const auto length = character_length(text, at);
    if (length == 0) {
      return error_at(Code::Y103, ruler.at(at), "the byte 0x" + in_hex(byte, 2) + " is not UTF-8 here",
                      "save the file as UTF-8");
    }
    if (text.substr(at, 3) == "\xEF\xBB\xBF") {
      return error_at(Code::Y103, ruler.at(at), "a byte order mark (U+FEFF) stands inside the text",
                      "delete it");
    }
    at += length;
  }
  return std::nullopt;
}

// --- Step two: the tape -----------------------------------------------------------------------------------------

enum class Heard : std::uint8_t { scalar, null, list, map, end_of_list, end_of_map, alias, anchor, tag };

struct Event {
  Heard heard{};
  bool quoted = false;  ///< scalar
  bool flow = false;    ///< list, map: written with brackets
  std::size_t offset = 0;
  std::string text;  ///< a scalar's text, an anchor's name, a tag
};

/// Why the parser did not come to the end.
struct Halt {
  Code code{};
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

/// Writes down what yaml-cpp says, and no more than the limits allow.
class Tape final : public YAML::EventHandler {
 public:
  Tape(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    // Only after --- or ... has another document been asked for.
    const auto at = offset(mark);
    if (text_.substr(at).starts_with("---") || text_.substr(0, at).find("\n...") != std::string_view::npos ||
        text_.starts_with("...")) {
      halt(Code::Y110, at, "a second document begins here",
           "a file is one document; put this one in a file of its own");
    }
    halt(Code::Y104, at, "this does not belong to what stands before it",
         "the document is already complete before it; check quotes and brackets");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    record({Heard::null, false, false, offset(mark), {}});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    record({Heard::alias, false, false, offset(mark), {}});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    record_tag(mark, tag, true);
    record({Heard::scalar, tag == "!", false, offset(mark), value});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value style) override {
    begin(Heard::list, mark, tag, style);
  }
  void OnSequenceEnd() override { end(Heard::end_of_list); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value style) override {
    begin(Heard::map, mark, tag, style);
  }
  void OnMapEnd() override { end(Heard::end_of_map); }

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    record({Heard::anchor, false, false, offset(mark), name});
  }

  /// Runs the parser over the text. Afterwards `events` holds what was heard, and `halted` why there is no more, if there is a reason.
  void run();

  std::vector<Event> events;
  std::optional<Halt> halted;

 private:
  /// Thrown through yaml-cpp to stop it.
  struct Stop {};

  [[noreturn]] void halt(Code code, std::size_t at, std::string message, std::string hint) {
    halted = Halt{code, at, std::move(message), std::move(hint)};
    throw Stop{};
  }

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return mark.pos < 0 ? 0 : std::min(static_cast<std::size_t>(mark.pos), text_.size());
  }

  void record(Event event) {
    if (event.heard != Heard::anchor && event.heard != Heard::tag && ++nodes_ > limits_.nodes)
      too_many_nodes(event.offset);
    events.push_back(std::move(event));
  }

  void begin(Heard heard, const YAML::Mark& mark, const std::string& tag, YAML::EmitterStyle::value style) {
    record_tag(mark, tag, false);
    record({heard, false, style == YAML::EmitterStyle::Flow, offset(mark), {}});
    if (++depth_ > limits_.depth) too_deep(offset(mark));
  }

  void end(Heard heard) {
    --depth_;
    events.push_back({heard, false, false, 0, {}});
  }

  /// "?" means that no tag was written, and so does "!" for a scalar that begins with its quote.
  void record_tag(const YAML::Mark& mark, const std::string& tag, bool may_be_quoted) {
    const auto at = offset(mark);
    if (tag.empty() || tag == "?" || (may_be_quoted && tag == "!" && text_.substr(at, 1) != "!")) return;
    record({Heard::tag, false, false, at, tag});
  }

  [[noreturn]] void too_deep(std::size_t at) {
    halt(Code::Y108, at, "nested deeper than " + std::to_string(limits_.depth) + " levels",
         "give inner parts names and refer to them");
  }
  [[noreturn]] void too_many_nodes(std::size_t at) {
    halt(Code::Y108, at, "more than " + std::to_string(limits_.nodes) + " keys and values in one file",
         "split the file");
  }

  void explain(const YAML::ParserException& problem);

  std::string_view text_;
  const Limits& limits_;
  std::size_t nodes_ = 0;
  std::size_t depth_ = 0;
  int documents_ = 0;
};

/// yaml-cpp's words for what it cannot read, and ours.
struct SyntaxProblem {
  std::string_view theirs;
  std::string_view ours;
  std::string_view hint;
};

constexpr std::string_view quote_it =
    "put a value in quotes if it holds ': ', ' #' or begins with a sign such as @ ` % & * ! [ {";

/// What to say for `theirs`; null if there is nothing better.
const SyntaxProblem* in_our_words(std::string_view theirs) {
  static const auto all = std::to_array<SyntaxProblem>({
      {YAML::ErrorMsg::END_OF_MAP, "this does not fit the map it stands in",
       "keys of one map stand in one column, and nothing follows a closing quote or bracket"},
      {YAML::ErrorMsg::END_OF_SEQ, "this does not fit the list it stands in",
       "items of one list begin with '- ' in one column"},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, "a '{' is not closed before this",
       "close it with '}', and separate its entries with commas"},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a '[' is not closed before this",
       "close it with ']', and separate its items with commas"},
      {YAML::ErrorMsg::FLOW_END, "this bracket closes nothing that is open",
       "a '[' is closed by ']' and a '{' by '}'"},
      {YAML::ErrorMsg::MAP_VALUE, "a ':' cannot stand here", quote_it},
      {YAML::ErrorMsg::MAP_KEY, "a key cannot begin here",
       "begin it on a line of its own, in the column of its neighbours"},
      {YAML::ErrorMsg::BLOCK_ENTRY, "a list item cannot begin here", "begin it on a line of its own"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "the file ends before a quote is closed", "close the quote"},
      {YAML::ErrorMsg::DOC_IN_SCALAR, "a quote is not closed before this", "close the quote"},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, "a value cannot begin with this sign", quote_it},
      {YAML::ErrorMsg::INVALID_ESCAPE, "this is not an escape that YAML knows",
       "within \"...\" write \\\\ for a backslash, or use '...'"},
      {YAML::ErrorMsg::INVALID_HEX, "this is not an escape that YAML knows",
       "within \"...\" write \\\\ for a backslash, or use '...'"},
      {YAML::ErrorMsg::INVALID_UNICODE, "this escape names no character", "write the character itself"},
      {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab stands where spaces are counted", "indent with spaces"},
      {YAML::ErrorMsg::CHAR_IN_BLOCK, "nothing but + - or a digit follows | or >",
       "begin the text on the next line"},
      {YAML::ErrorMsg::ALIAS_NOT_FOUND, "a value cannot begin with '*'", quote_it},
      {YAML::ErrorMsg::CHAR_IN_ALIAS, "a value cannot begin with '*'", quote_it},
      {YAML::ErrorMsg::ANCHOR_NOT_FOUND, "a value cannot begin with '&'", quote_it},
      {YAML::ErrorMsg::CHAR_IN_ANCHOR, "a value cannot begin with '&'", quote_it},
  });
  const auto* known =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return theirs.starts_with(one.theirs); });
  return known == all.end() ? nullptr : known;
}

/// True if the line of `at` has a tab before its first word.
bool tab_indents(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at).rfind('\n');
  const auto line = text.substr(before == std::string_view::npos ? 0 : before + 1);
  const auto word = line.find_first_not_of(" \t");
  return line.substr(0, word).find('\t') != std::string_view::npos;
}

/// True if the colon at `at` ends the first key of its line.
bool is_first_colon(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at).rfind('\n');
  return before != std::string_view::npos &&
         text.substr(before, at - before).find(": ") == std::string_view::npos;
}

void Tape::explain(const YAML::ParserException& problem) {
  const auto at = offset(problem.mark);
  const std::string_view theirs = problem.msg;
  if (dynamic_cast<const YAML::DeepRecursion*>(&problem) != nullptr) {
    halted =
        Halt{Code::Y108, at, "nested deeper than can be read", "give inner parts names and refer to them"};
    return;
  }
  // An alias whose anchor does not exist is an alias all the same.
  if (theirs == YAML::ErrorMsg::UNKNOWN_ANCHOR) {
    events.push_back({Heard::alias, false, false, at, {}});
    halted = Halt{};
    return;
  }
  halted = Halt{Code::Y104, at, "this is not YAML: " + std::string(theirs), {}};
  if (const auto* known = in_our_words(theirs)) {
    halted->message = known->ours;
    halted->hint = known->hint;
  }
  if (theirs == YAML::ErrorMsg::MAP_VALUE && is_first_colon(text_, at))
    halted->hint = "is this line indented rightly, and has the line above its ':'?";
  if (at < text_.size() && text_[at] == '?') {
    halted->message = "within brackets a value ends at a '?'";
    halted->hint = "put the value in quotes";
  }
  if (tab_indents(text_, at))
    halted->hint = "indent with spaces; there is a tab before the first word of this line";
}

void Tape::run() {
  const auto is_indicator = [](char c) {
    return std::string_view("[]{},:?\"'&*!").find(c) != std::string_view::npos;
  };
  const auto indicators = static_cast<std::size_t>(std::count_if(text_.begin(), text_.end(), is_indicator));
  try {
    if (indicators > std::max(most_indicators, 2 * limits_.nodes)) too_many_nodes(0);
    std::istringstream stream{std::string(text_)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(*this)) {
    }
  } catch (const Stop&) {
    // `halted` says why.
  } catch (const YAML::ParserException& problem) {
    explain(problem);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& problem) {
    halted = Halt{Code::Y104, text_.size(), "this is not YAML: " + std::string(problem.what()), {}};
  }
}

// --- Step three: the tree -----------------------------------------------------------------------------------------

class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, Ruler ruler) : text_(text), ruler_(std::move(ruler)) {}

  /// Plays the tape.
  [[nodiscard]] Checked<Node> build(const Tape& tape) {
    const auto& events = tape.events;
    const auto shared = shared_with_next(events);
    for (std::size_t i = 0; i < events.size() && problems_.size() < most_problems; ++i)
      play(events[i], shared[i]);
    if (problems_.size() >= most_problems) {
      problems_.push_back(
          error_at(Code::Y108, ruler_.whole_file(), "so many problems that the rest are not listed"));
    } else if (tape.halted) {
      if (!tape.halted->message.empty()) report_halt(*tape.halted);
    } else if (!root_) {
      problems_.push_back(
          error_at(Code::Y110, ruler_.whole_file(),
                   "the file holds no document; there is nothing in it but blank lines and remarks"));
    }
    if (!has_errors(problems_)) return {std::move(*root_)};
    std::stable_sort(problems_.begin(), problems_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      const Place& left = a.labels.front().place;
      const Place& right = b.labels.front().place;
      return std::pair(left.line, left.column) < std::pair(right.line, right.column);
    });
    return Checked<Node>::refused(std::move(problems_));
  }

 private:
  /// Offsets [begin, end).
  struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// A list or map whose end has not come yet.
  struct Open {
    Node node;
    std::size_t offset = 0;
    bool flow = false;
    // Of a map: the key whose value comes next, and the keys so far.
    bool has_key = false;
    std::optional<std::string> key;  ///< empty if the key could not be used
    Place key_place;
    Stretch key_stretch;
    std::map<std::string, Place, std::less<>> keys;
  };

  /// For each event, whether what is heard next is at the same offset.
  static std::vector<bool> shared_with_next(const std::vector<Event>& events) {
    std::vector<bool> shared(events.size(), false);
    std::optional<std::size_t> next;
    for (std::size_t i = events.size(); i-- > 0;) {
      if (events[i].heard == Heard::end_of_list || events[i].heard == Heard::end_of_map) continue;
      shared[i] = next == events[i].offset;
      next = events[i].offset;
    }
    return shared;
  }

  /// Whether a null event means that nothing was written. The mark of an absent value is that of what comes next, which may be a key that is
  /// itself called null, or that of its own key; `null` and `~` in the text have an offset to themselves.
  [[nodiscard]] bool is_absent(const Event& event, bool shared) const {
    if (written_null(event.offset).empty()) return true;
    if (open_.empty() || open_.back().node.is_list()) return shared;
    return open_.back().has_key && (shared || open_.back().key_stretch.begin == event.offset);
  }

  /// The plain word for nothing that stands at `at`; empty if there is none.
  [[nodiscard]] std::string_view written_null(std::size_t at) const {
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (!text_.substr(at).starts_with(word)) continue;
      const auto after = text_.substr(at + word.size());
      if (after.empty() || std::string_view(" \t\n,]}:").find(after.front()) != std::string_view::npos)
        return word;
    }
    return {};
  }

  void play(const Event& event, bool shared) {
    switch (event.heard) {
      case Heard::anchor:
        return report_anchor(event);
      case Heard::tag:
        problems_.push_back(error_at(Code::Y109, ruler_.at(event.offset, word_length(event.offset)),
                                     "a tag cannot stand in this file",
                                     "take it away; put the value in quotes if it must be text"));
        return;
      case Heard::alias:
        problems_.push_back(error_at(Code::Y106, ruler_.at(event.offset, word_length(event.offset)),
                                     "an alias cannot stand in this file",
                                     "write out what it stands for, or put the value in quotes"));
        return deliver(std::nullopt, ruler_.at(event.offset));
      case Heard::scalar: {
        last_quote_ = event.quoted && is_quote(event.offset) ? std::optional(event.offset) : std::nullopt;
        if (last_quote_ && length_to_closing_quote(text_.substr(event.offset)) == 0)
          report_unclosed(event.offset);
        Node node{NodeKind::scalar,
                  ruler_.at(event.offset, written_length(event)),
                  event.text,
                  event.quoted,
                  {},
                  {}};
        const auto place = node.place;
        check_indentation(event.offset, false);
        if (!event.quoted && !text_.substr(event.offset).starts_with(event.text)) check_further_lines(event);
        last_ = {event.offset, event.offset + written_length(event)};
        return deliver(std::move(node), place);
      }
      case Heard::null:
        return is_absent(event, shared) ? deliver_nothing(event) : deliver_written_null(event);
      case Heard::list:
      case Heard::map:
        return open(event);
      case Heard::end_of_list:
      case Heard::end_of_map:
        return close();
    }
  }

  void report_unclosed(std::size_t at) {
    problems_.push_back(
        error_at(Code::Y104, ruler_.at(at), "this quote is never closed", "close it where the value ends"));
  }

  void report_anchor(const Event& event) {
    const bool at_the_sign = text_.substr(event.offset, 1) == "&";
    problems_.push_back(error_at(Code::Y106, ruler_.at(event.offset, at_the_sign ? event.text.size() + 1 : 1),
                                 "the anchor '&" + event.text + "' cannot stand in this file",
                                 "write the text out where it is needed, or put the value in quotes"));
  }

  void open(const Event& event) {
    check_indentation(event.offset, event.heard == Heard::list && !event.flow);
    last_ = {event.offset, event.offset};
    Open part;
    part.node.kind = event.heard == Heard::list ? NodeKind::list : NodeKind::map;
    part.node.place = ruler_.at(event.offset);
    part.offset = event.offset;
    part.flow = event.flow;
    open_.push_back(std::move(part));
  }

  void close() {
    Open part = std::move(open_.back());
    open_.pop_back();
    const auto place = part.node.place;
    deliver(std::move(part.node), place);
  }

  /// In a block, what belongs to a key or a dash is indented further than it; a list may stand in the column of its key.
  void check_indentation(std::size_t offset, bool block_list) {
    if (open_.empty() || open_.back().flow) return;
    const Open& parent = open_.back();
    const auto begin = line_begin(offset);
    const bool own_line = text_.find_first_not_of(" -", begin) >= offset;
    const bool later_line =
        parent.node.is_map() ? parent.has_key && begin > parent.key_stretch.begin : begin > parent.offset;
    const auto least = column_of(parent.offset) + (block_list && parent.node.is_map() ? 0 : 1);
    if (own_line && later_line && offset - begin < least) report_indentation(offset);
  }

  /// The same for the further lines of plain text.
  void check_further_lines(const Event& event) {
    if (open_.empty() || std::any_of(open_.begin(), open_.end(), [](const Open& part) { return part.flow; }))
      return;
    const auto indentation = column_of(open_.back().offset);
    std::size_t at = event.offset;
    bool new_line = false;
    for (const char c : event.text) {
      if (c == ' ' || c == '\t' || c == '\n') continue;
      for (; at < text_.size() && (text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\n'); ++at)
        new_line = new_line || text_[at] == '\n';
      if (at >= text_.size() || text_[at] != c) return;
      if (new_line && column_of(at) <= indentation) return report_indentation(at);
      new_line = false;
      ++at;
    }
  }

  void report_indentation(std::size_t at) {
    problems_.push_back(error_at(
        Code::Y104, ruler_.at(at, word_length(at)), "this is not indented, and it is not a key either",
        "write a ':' after it if it is a key; indent it if it belongs to the key above"));
  }

  [[nodiscard]] std::size_t line_begin(std::size_t at) const {
    const auto end = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return end == std::string_view::npos ? 0 : end + 1;
  }

  [[nodiscard]] std::size_t column_of(std::size_t at) const { return at - line_begin(at); }

  /// Hands a finished node to the part it stands in; nothing for one that has been refused already.
  void deliver(std::optional<Node> node, const Place& place) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_list()) {
      if (node) parent.node.items.push_back(std::move(*node));
    } else if (!parent.has_key) {
      parent.has_key = true;
      parent.key_place = place;
      parent.key_stretch = last_;
      parent.key = node ? accept_key(parent, *node) : std::nullopt;
    } else {
      parent.has_key = false;
      if (node && parent.key)
        parent.node.entries.push_back({std::move(*parent.key), parent.key_place, std::move(*node)});
    }
  }

  /// The text of a key that may stand here.
  std::optional<std::string> accept_key(Open& map, Node& node) {
    if (!node.is_scalar()) {
      problems_.push_back(error_at(
          Code::Y110, node.place, "a key must be plain text, and this is " + std::string(in_words(node.kind)),
          "write a word before the colon; put text with brackets in quotes"));
      return std::nullopt;
    }
    if (node.text == "<<" && !node.quoted) {
      problems_.push_back(error_at(Code::Y107, node.place, "the merge key '<<' cannot stand in this file",
                                   "write the keys out"));
      return std::nullopt;
    }
    const auto [first, is_new] = map.keys.try_emplace(node.text, node.place);
    if (!is_new) {
      problems_.push_back({Code::Y105,
                           Severity::error,
                           "the key '" + node.text + "' stands twice in one map",
                           {{node.place, "again here"}, {first->second, "first here"}},
                           "take one away, or give it its own name"});
      return std::nullopt;
    }
    return std::move(node.text);
  }

  /// `null` and `~` are the text that was written.
  void deliver_written_null(const Event& event) {
    const auto word = written_null(event.offset);
    Node node{NodeKind::scalar, ruler_.at(event.offset, word.size()), std::string(word), false, {}, {}};
    const auto place = node.place;
    check_indentation(event.offset, false);
    last_ = {event.offset, event.offset + word.size()};
    deliver(std::move(node), place);
  }

  /// An absent value is shown at its key, an absent item at its dash: what comes next may be many lines away.
  void deliver_nothing(const Event& event) {
    if (open_.empty()) return;  // `---` and nothing after it
    Node node;
    const Open& parent = open_.back();
    if (parent.node.is_map() && parent.has_key) {
      node.place = parent.key_place;
      if (!parent.flow) check_colon(parent);
    } else if (parent.node.is_list() && !parent.flow) {
      node.place = ruler_.at(dash_before(event.offset, parent));
    } else {
      node.place = ruler_.at(event.offset);
      if (parent.node.is_list())
        problems_.push_back(
            error_at(Code::Y104, node.place, "nothing stands before this comma", "take the comma away"));
    }
    const auto place = node.place;
    deliver(std::move(node), place);
  }

  /// A key of a block with nothing under it must still have its colon, unless it was written with a question mark.
  void check_colon(const Open& map) {
    const auto [begin, end] = map.key_stretch;
    if (end == begin) return;
    const auto after = text_.find_first_not_of(" \t", end);
    if (after != std::string_view::npos && text_[after] == ':') return;
    const auto before = text_.substr(0, begin).find_last_not_of(" \t");
    if (before != std::string_view::npos && text_[before] == '?') return;
    problems_.push_back(error_at(Code::Y104, ruler_.at(begin, end - begin), "a ':' is missing after this key",
                                 "write a ':' after it; if it belongs to the line above, indent it further"));
  }

  /// The dash of the list that stands last before `offset`: in the list's column, with nothing but remarks and blank lines after it.
  [[nodiscard]] std::size_t dash_before(std::size_t offset, const Open& list) const {
    const std::size_t column = column_of(list.offset);
    for (std::size_t begin = line_begin(offset);; begin = line_begin(begin - 1)) {
      const std::size_t at = begin + column;
      if (at < offset && at < text_.size() && text_[at] == '-' &&
          text_[text_.find_first_not_of(" \n", begin)] != '#')
        return at;
      if (begin <= list.offset) return list.offset;
    }
  }

  /// How many bytes of the line a scalar takes up, quotes included. Of a scalar of several lines, the part on the first.
  [[nodiscard]] std::size_t written_length(const Event& event) const {
    const auto rest = text_.substr(event.offset);
    if (rest.empty()) return 1;
    const char first = rest.front();
    if (first == '&' || first == '!') return word_length(event.offset);
    if (!event.quoted) return rest.starts_with(event.text) ? event.text.size() : line_length(rest);
    if (first == '|' || first == '>') return word_length(event.offset);
    const auto closed = length_to_closing_quote(rest);
    return rest.substr(0, closed).find('\n') == std::string_view::npos && closed > 0 ? closed
                                                                                     : line_length(rest);
  }

  /// Bytes from the quote that `rest` begins with to the one that closes it; 0 if none does.
  static std::size_t length_to_closing_quote(std::string_view rest) {
    const char quote = rest.front();
    for (std::size_t i = 1; i < rest.size(); ++i) {
      if (quote == '"' && rest[i] == '\\') {
        ++i;
      } else if (rest[i] == quote) {
        if (quote == '"' || rest.substr(i + 1, 1) != "'") return i + 1;
        ++i;
      }
    }
    return 0;
  }

  static std::size_t line_length(std::string_view rest) {
    const auto line = rest.substr(0, rest.find('\n'));
    return line.find_last_not_of(" \t") + 1;
  }

  [[nodiscard]] std::size_t word_length(std::size_t at) const {
    const auto end = std::min(text_.find_first_of(" \t\n,[]{}", at), text_.size());
    return end - std::min(at, end);
  }

  void report_halt(const Halt& halt) {
    auto problem = error_at(halt.code, ruler_.at(halt.offset), halt.message, halt.hint);
    if (halt.code == Code::Y104) add_beginning(problem, halt.offset);
    problems_.push_back(std::move(problem));
  }

  /// What is not closed is noticed far below; show where it was opened.
  void add_beginning(Diagnostic& problem, std::size_t offset) {
    const auto last_open =
        std::find_if(open_.rbegin(), open_.rend(), [](const Open& part) { return part.flow; });
    if (const auto quote = offset < text_.size() ? std::nullopt : unclosed_quote()) {
      problem.labels.push_back({ruler_.at(*quote), "the quote was opened here"});
    } else if (last_open != open_.rend()) {
      problem.labels.push_back({ruler_.at(last_open->offset), "the innermost bracket that is open"});
    } else if (last_quote_ &&
               text_.substr(*last_quote_, length_to_closing_quote(text_.substr(*last_quote_))).find('\n') !=
                   std::string_view::npos) {
      problem.labels.push_back({ruler_.at(*last_quote_), "is this quote closed where it should be?"});
    }
  }

  [[nodiscard]] bool is_quote(std::size_t at) const { return text_[at] == '"' || text_[at] == '\''; }

  /// A quote that opens and never closes; looks at the text as a person would, line by line from the top.
  [[nodiscard]] std::optional<std::size_t> unclosed_quote() const {
    char before = '\n';
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      const bool begins = std::string_view(" \t\n[{,:").find(before) != std::string_view::npos;
      if (c == '#' && begins) {
        i = std::min(text_.find('\n', i), text_.size());
        before = '\n';
        continue;
      }
      if ((c == '"' || c == '\'') && begins) {
        const auto opened = i;
        for (++i; i < text_.size() && text_[i] != c; ++i) {
          if (c == '"' && text_[i] == '\\') ++i;
        }
        if (i >= text_.size()) return opened;
      }
      before = text_[std::min(i, text_.size() - 1)];
    }
    return std::nullopt;
  }

  std::string_view text_;
  Ruler ruler_;
  std::vector<Open> open_;
  std::optional<Node> root_;
  Stretch last_;                           ///< the last scalar on its line, or the beginning of a list or map
  std::optional<std::size_t> last_quote_;  ///< where the last scalar began, if it was quoted
  Diagnostics problems_;
};

}  // namespace

// --- The doors ------------------------------------------------------------------------------------------------------

Checked<Node> read_yaml_text(std::string name, std::string text, Limits limits) {
  if (text.size() > limits.bytes) {
    auto file = std::make_shared<const SourceFile>(std::move(name), std::string{});
    return Checked<Node>::refused({error_at(Code::Y102, {std::move(file), 0, 0, 1},
                                            "larger than " + std::to_string(limits.bytes) + " bytes")});
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto file = std::make_shared<const SourceFile>(std::move(name), std::move(text));

  Ruler whole(file, file->text());
  if (auto problem = check_text(file->text(), whole)) return Checked<Node>::refused({std::move(*problem)});

  // Lines and columns are the same without the carriage returns of Windows, and yaml-cpp would keep some of them.
  std::string without_returns;
  std::string_view plain = file->text();
  if (plain.find('\r') != std::string_view::npos) {
    without_returns = plain;
    std::erase(without_returns, '\r');
    plain = without_returns;
  }
  Tape tape(plain, limits);
  tape.run();
  return TreeBuilder(plain, Ruler(file, plain)).build(tape);
}

Checked<Node> read_yaml_file(const std::filesystem::path& path, Limits limits) {
  auto text = read_file(path, limits.bytes);
  if (!text) return Checked<Node>::refused(text.diagnostics());
  return read_yaml_text(path.string(), std::move(text).value(), limits);
}

Checked<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  const auto refuse = [&](Code code, std::string message) {
    auto file = std::make_shared<const SourceFile>(path.string(), std::string{});
    return Checked<std::string>::refused({error_at(code, {std::move(file), 0, 0, 1}, std::move(message))});
  };
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown))
    return refuse(Code::Y101, "this is a folder, and a file was expected");
  // A pipe that lies in a folder would be waited for for ever; one that the shell opened (/dev/fd) has somebody who writes.
  if (std::filesystem::is_fifo(path, unknown) && !path.string().starts_with("/dev/"))
    return refuse(Code::Y101, "this is a pipe, and a file was expected");
  const auto too_large = [limit] { return "larger than " + std::to_string(limit) + " bytes, which is the limit"; };
  const auto size = std::filesystem::file_size(path, unknown);
  const bool known = !unknown;
  if (known && size > limit) return refuse(Code::Y102, too_large());
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    return refuse(Code::Y101,
                  "cannot be opened: " + std::generic_category().message(errno == 0 ? EIO : errno));

  // In one piece as far as its size is known; a file may be longer by now, and a pipe has no size.
  std::string text(known ? size : 0, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  std::array<char, 64 * 1024> block;
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())), stream.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    if (text.size() > limit) return refuse(Code::Y102, too_large());
  }
  if (stream.bad()) return refuse(Code::Y101, "cannot be read to its end");
  return text;
}

}  // namespace leavingcare::source
