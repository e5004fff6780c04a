// src/law/read_ledger.cpp
#include <leavingcare/law/ledger.hpp>

#include <leavingcare/source/read_yaml.hpp>

#include "document_reader.hpp"
#include "node_reader.hpp"

#include <algorithm>
#include <map>

namespace leavingcare::law {
namespace {

using source::Node;
using source::NodeKind;

class LedgerReader {
 public:
  LedgerReader(Ledger& into, Diagnostics& problems) : into_(into), problems_(problems), read_(problems) {}

  void file(const Node& root) {
    if (!read_.keys(root, "a ledger file", {"document", "entries"})) return;
    std::string document;
    if (const auto* named = read_.need(root, "document", "a ledger file")) {
      document = read_.text(*named, "document");
      if (named->is_scalar()) into_.documents.push_back({document, named->place});
    }
    const auto* entries = read_.need(root, "entries", "a ledger file");
    if (entries == nullptr || !read_.is(*entries, NodeKind::map, "entries")) return;
    for (const auto& one : entries->entries) {
      const auto [other, is_new] = seen_.emplace(one.key, one.key_place);
      if (!is_new) {
        Diagnostic twice = error_at(Code::D104, one.key_place, "entry '" + one.key + "' stands in the ledger twice", "give one of them another name");
        twice.labels.push_back({other->second, "it stands here first"});
        problems_.push_back(std::move(twice));
      }
      entry(one, document);
    }
  }

 private:
  void entry(const source::Entry& written, const std::string& document) {
    const auto& node = written.value;
    const auto what = "entry '" + written.key + "'";
    if (!read_.keys(node, "an entry of the ledger", {"lines", "says", "kind", "state", "rules", "not_computable", "needs", "reads", "law", "against"})) return;
    LedgerEntry entry;
    entry.id = written.key;
    entry.document = document;
    entry.place = entry.lines_place = written.key_place;
    if (const auto* lines = read_.need(node, "lines", what)) {
      entry.lines = lines_of(*lines, what, read_);
      entry.lines_place = lines->place;
    }
    if (const auto* says = read_.need(node, "says", what, Code::L104)) entry.says = read_.text(*says, "says");
    if (const auto* kind = read_.need(node, "kind", what)) {
      entry.kind = static_cast<EntryKind>(read_.choice(*kind, "kind", {std::begin(entry_kind_words), std::end(entry_kind_words)}).value_or(0));
    }
    if (const auto* state = read_.need(node, "state", what)) {
      entry.state = static_cast<EntryState>(read_.choice(*state, "state", {std::begin(entry_state_keys), std::end(entry_state_keys)}).value_or(0));
    }
    const auto* rules = node.find("rules");
    const auto* reason = node.find("not_computable");
    const auto says_nothing = [](const Node* value) { return value == nullptr || value->kind == NodeKind::empty || (value->is_list() && value->items.empty()); };
    if (says_nothing(rules) && says_nothing(reason)) {
      read_.report(Code::D105, written.key_place, what + " names no rule, and no reason why there is none", "rules: [a_rule], or: not_computable: Why no machine can decide it");
    } else if (rules != nullptr && reason != nullptr) {
      read_.report(Code::D105, reason->place, what + " has rules, and says that it is not computable", "make two entries of it: one for what the rules say, one for the rest");
    }
    if (rules != nullptr && rules->kind != NodeKind::empty) entry.rules = names(*rules, "rules");
    if (reason != nullptr && reason->kind != NodeKind::empty) entry.not_computable = read_.text(*reason, "not_computable");
    if (const auto* needs = node.find("needs")) entry.needs = names(*needs, "needs");
    entry.reads = read_.text_of(node, "reads", what);
    entry.law = read_.text_of(node, "law", what);
    if (const auto* against = node.find("against")) entry.against = read_.words(*against, "against");
    into_.entries.push_back(std::move(entry));
  }

  std::vector<Named> names(const Node& node, std::string_view what) {
    std::vector<Named> found;
    const auto one = [&](const Node& item) {
      if (read_.is(item, NodeKind::scalar, what)) found.push_back({item.text, item.place});
    };
    if (node.is_scalar()) {
      one(node);
    } else if (read_.is(node, NodeKind::list, what)) {
      for (const auto& item : node.items) one(item);
    }
    return found;
  }

  Ledger& into_;
  Diagnostics& problems_;
  NodeReader read_;
  std::map<std::string, Place> seen_;
};

}  // namespace

std::vector<std::filesystem::path> ledger_files(const std::filesystem::path& file_or_folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  std::error_code failed;
  if (fs::is_directory(file_or_folder, failed)) {
    for (const auto& entry : fs::directory_iterator(file_or_folder / "ledger", failed)) {
      if (entry.path().extension() == ".yaml" && entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    auto beside = file_or_folder;
    beside.replace_extension(".ledger.yaml");
    if (fs::exists(beside, failed)) files.push_back(beside);
  }
  return files;
}

Ledger read_ledger(const std::vector<std::filesystem::path>& files, Diagnostics& problems) {
  Ledger ledger;
  LedgerReader reader(ledger, problems);
  for (const auto& file : files) {
    auto tree = source::read_yaml_file(file);
    problems.insert(problems.end(), tree.diagnostics().begin(), tree.diagnostics().end());
    if (tree) reader.file(tree.value());
  }
  return ledger;
}

}  // namespace leavingcare::law
