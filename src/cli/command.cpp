// src/cli/command.cpp
#include "command.hpp"

#include "progress.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>

namespace leavingcare::cli {

void Inputs::add_to(CLI::App& command) {
  command.add_option("--rules", rules, "Rulebook: a name (england) or a path")->capture_default_str();
  auto* facts_option = command.add_option("--facts", facts, "Folder of fact tables, one CSV per fact");
  auto* returns_option = command.add_option("--ssda903", returns, "Folders of SSDA903 returns, one or more collection years");
  auto* ssd_option = command.add_option("--ssd", ssd, "Folders or CSV files of the Standard Safeguarding Dataset");
  auto* annex_option = command.add_option("--annex-a", annex_a, "CSV files of Annex A, lists 8 and 9");
  command.add_option("--map", map, "With --ssd or --annex-a: a map of the council's own words, added to the one that is shipped")->check(not_empty);
  auto* case_option = command.add_option("--case", case_file, "YAML file with one person, or several");
  facts_option->excludes(returns_option)->excludes(case_option);
  returns_option->excludes(case_option);
  for (auto* option : {ssd_option, annex_option}) option->excludes(facts_option)->excludes(returns_option)->excludes(case_option);
  ssd_option->excludes(annex_option);
  command.add_option("--as-at", as_at, "The day the data were drawn, YYYY-MM-DD; later days are a projection")->check(not_empty);
  command.add_option("--reading", readings, "NAME=OPTION; choose a reading of the law (see: leavingcare list --readings)");
  command.add_option("--parameter", parameters, "NAME=FIGURE; give a figure, for all days, in place of the rulebook's or where it has none (see: leavingcare list --parameters)");
  command.add_option("--unrecorded", unrecorded, "Facts the source does not hold: unknown, or none (assume there were none)")
      ->check(CLI::IsMember({"unknown", "none"}))
      ->capture_default_str();
  command.add_option("--format", format, "How to print: text, or json for programs")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command.add_option("--threads", threads, "How many threads; 0: as many as the machine has")->capture_default_str();
  command.add_flag("--verbose", verbose, "Tell every repair of the data, not only how many there were");
  command.add_flag("--quiet", quiet, "Tell no repairs and show no progress");
}

std::string not_empty(const std::string& text) { return text.empty() ? "must not be empty" : ""; }

Day read_day_option(const std::string& option, const std::string& text) {
  if (const auto day = read_iso_day(text)) return *day;
  std::string words = option + ": '" + text + "' is not a date; write YYYY-MM-DD";
  if (const auto uk = read_uk_day(text)) words += ", here " + iso(*uk);
  throw WrongUsage{words};
}

LegalPeriod read_period_option(const std::string& option, const std::string& text) {
  auto words = text;
  if (words.ends_with("d") && words.find(' ') == std::string::npos) words = words.substr(0, words.size() - 1) + " days";
  const auto period = read_legal_period(words);
  if (!period || period->unit == PeriodUnit::working_days) throw WrongUsage{option + ": '" + text + "' is not a period; write 90d or \"3 months\""};
  return *period;
}

void write_whole(const std::string& file, const std::string& text) {
  namespace fs = std::filesystem;
  const fs::path place = file;
  std::error_code none;
  if (const auto there = fs::status(place, none); fs::exists(there) && !fs::is_regular_file(there)) {
    // A pipe or a device is written to, not replaced.
    std::ofstream out(place, std::ios::binary);
    out << text;
    out.close();
    if (out) return;
    throw std::runtime_error("cannot write " + file + ": is it a folder, or full?");
  }
  const fs::path waiting = place.parent_path() / ("." + place.filename().string() + ".unfinished");
  std::ofstream out(waiting, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  std::error_code failed;
  if (out) fs::rename(waiting, place, failed);
  if (out && !failed) return;
  std::error_code ignored;
  fs::remove(waiting, ignored);
  throw std::runtime_error("cannot write " + file + ": is the folder there, may it be written to, is the disk full?");
}

void tell(const Diagnostics& diagnostics, const std::string& format, bool verbose) {
  if (format == "json") {
    if (!diagnostics.empty()) std::cerr << render_json(diagnostics) << '\n';
    return;
  }
  Diagnostics shown;
  std::map<Code, std::size_t> in_short;
  std::size_t errors = 0;
  for (const auto& one : diagnostics) {
    errors += one.severity == Severity::error ? 1 : 0;
    if (verbose || one.severity == Severity::error) shown.push_back(one);
    else ++in_short[one.code];
  }
  std::cerr << render_text(shown);
  if (!in_short.empty()) {
    std::cerr << "The data needed mending or reading with care (each is told with --verbose):\n";
    for (const auto& [code, count] : in_short) std::cerr << "  " << count << " x " << about(code).id << ' ' << about(code).title << '\n';
  }
  if (errors > 0) std::cerr << errors << (errors == 1 ? " problem" : " problems") << '\n';
}

std::shared_ptr<const Rulebook> load_rules(const std::string& name_or_path, const std::string& format, const GivenParameters& given) {
  auto book = load_rulebook(name_or_path, given);
  if (!book) {
    tell(book.diagnostics(), format);
    const auto first = book.diagnostics().front().code;
    const bool no_such = first == Code::U101 || first == Code::R115;
    throw Stop{no_such ? wrong_usage : not_sound};
  }
  return std::make_shared<const Rulebook>(std::move(book).value());
}

namespace {

/// An extract of a case system, by the map of that name.
Checked<Extract> read_extract_of(const std::string& name, const std::vector<std::string>& paths, const Inputs& inputs, const Rulebook& book,
                                 std::optional<Day> as_at) {
  ExtractSources sources;
  for (const auto& path : paths) {
    const auto ending = std::filesystem::path(path).extension().string();
    if (ending.starts_with(".xls") || ending.starts_with(".XLS")) {
      throw WrongUsage{"'" + path + "' is a workbook; save each list as 'CSV UTF-8', or read it in Python: leavingcare.read_annex_a reads .xlsx"};
    }
    sources.paths.emplace_back(path);
  }
  std::vector<std::filesystem::path> maps{source_map(name)};
  if (!inputs.map.empty()) maps.emplace_back(inputs.map);
  return read_extract(sources, maps, book.vocabulary, as_at);
}

}  // namespace

Loaded load(const Inputs& inputs) {
  Loaded loaded;
  GivenParameters given;
  for (const auto& one : inputs.parameters) {
    const auto equals = one.find('=');
    if (equals == std::string::npos) throw WrongUsage{"--parameter: '" + one + "' is not NAME=FIGURE"};
    if (!given.emplace(one.substr(0, equals), one.substr(equals + 1)).second) throw WrongUsage{"--parameter: '" + one.substr(0, equals) + "' is given twice"};
  }
  loaded.book = load_rules(inputs.rules, inputs.format, given);
  const auto& book = *loaded.book;
  if (!inputs.as_at.empty()) loaded.options.as_at = read_day_option("--as-at", inputs.as_at);
  loaded.options.unrecorded = inputs.unrecorded == "none" ? Unrecorded::none : Unrecorded::unknown;
  loaded.options.threads = inputs.threads;
  for (const auto& given : inputs.readings) {
    const auto equals = given.find('=');
    if (equals == std::string::npos) throw WrongUsage{"--reading: '" + given + "' is not NAME=OPTION"};
    const auto name = given.substr(0, equals);
    if (book.find_reading(name) == none) {
      std::vector<std::string> known;
      for (const auto& reading : book.readings) known.push_back(reading.name);
      const auto hint = suggest(name, known);
      throw WrongUsage{"--reading: the rulebook has no reading '" + name + "'" + (hint.empty() ? "" : "; " + hint)};
    }
    if (!loaded.options.readings.emplace(name, given.substr(equals + 1)).second) throw WrongUsage{"--reading: '" + name + "' is given twice"};
  }
  try {
    const People nobody;
    (void)make_plan(book, nobody, loaded.options);
  } catch (const std::invalid_argument& wrong) {
    throw WrongUsage{std::string("--reading: ") + wrong.what()};
  }

  const auto keep = [&](auto checked) {
    if (!inputs.quiet || !checked) tell(checked.diagnostics(), inputs.format, inputs.verbose || !checked);
    if (!checked) throw Stop{not_sound};
    return std::move(checked).value();
  };
  if (!inputs.map.empty() && inputs.ssd.empty() && inputs.annex_a.empty()) throw WrongUsage{"--map goes with --ssd or --annex-a"};
  if (!inputs.ssd.empty() || !inputs.annex_a.empty()) {
    const bool ssd = !inputs.ssd.empty();
    auto extract = keep(read_extract_of(ssd ? "ssd" : "annex_a", ssd ? inputs.ssd : inputs.annex_a, inputs, book, loaded.options.as_at));
    if (!loaded.options.as_at) loaded.options.as_at = extract.drawn;
    loaded.people = std::make_shared<const People>(std::move(extract.people));
  } else if (!inputs.returns.empty()) {
    std::vector<std::filesystem::path> folders(inputs.returns.begin(), inputs.returns.end());
    auto returns = keep(read_ssda903(folders, source_map("ssda903"), book.vocabulary));
    if (!loaded.options.as_at) loaded.options.as_at = returns.drawn;
    loaded.people = std::make_shared<const People>(std::move(returns.people));
  } else if (!inputs.case_file.empty()) {
    loaded.people = std::make_shared<const People>(keep(read_case(inputs.case_file, book.vocabulary, book.subject.born)));
  } else if (!inputs.facts.empty()) {
    loaded.people = std::make_shared<const People>(keep(read_facts(inputs.facts, book.vocabulary, book.subject.born)));
  } else {
    throw WrongUsage{"say where the people are: --facts DIR, --ssda903 DIR ..., --ssd DIR, --annex-a FILE ... or --case FILE"};
  }
  if (!inputs.quiet) loaded.options.progress = progress_bar("evaluating", loaded.people->size());
  return loaded;
}

}  // namespace leavingcare::cli
