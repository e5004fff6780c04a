// For the tests of readers: a folder that is gone afterwards, a small vocabulary, and what a reader complained of in short.
#pragma once

#include <leavingcare/calendar/day.hpp>
#include <leavingcare/diagnostics/checked.hpp>
#include <leavingcare/law/facts.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace leavingcare::testing_people {

/// A new folder with the files given; removed with all it holds at the end.
class Folder {
 public:
  explicit Folder(const std::vector<std::pair<std::string, std::string>>& files = {}) {
    static std::atomic<int> count{0};
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ =
        std::filesystem::path(::testing::TempDir()) / ("leavingcare_" + std::string(test->test_suite_name()) +
                                                       "_" + test->name() + "_" + std::to_string(count++));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
    for (const auto& [name, text] : files) write(name, text);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Facts of every kind: `born` a day, stays with fields, moves (events), visits (events with a field that must be there), pay.
inline law::Vocabulary small_vocabulary() {
  const auto field = [](std::string name, std::vector<std::string> one_of, bool required,
                        std::string when_absent) {
    return law::Field{std::move(name), "", std::move(one_of), "", required, std::move(when_absent), {}};
  };
  const auto fact = [](std::string name, law::FactKind kind, std::vector<law::Field> fields = {}) {
    law::Fact one;
    one.name = std::move(name);
    one.kind = kind;
    one.fields = std::move(fields);
    return one;
  };
  law::Vocabulary vocabulary;
  vocabulary.facts = {
      fact("born", law::FactKind::day),
      fact("stays", law::FactKind::periods,
           {field("kind", {"home", "hostel", "hospital"}, true, ""),
            field("short", {"yes", "no"}, false, "no"), field("place", {}, false, "")}),
      fact("moves", law::FactKind::events, {field("reason", {}, false, "")}),
      fact("visits", law::FactKind::events, {field("by", {"adviser", "other"}, true, "")}),
      fact("pay", law::FactKind::numbers),
      fact("settled", law::FactKind::day),
  };
  return vocabulary;
}

/// "P105 stays.csv:3:7" for each diagnostic, in order.
inline std::vector<std::string> in_short(const Diagnostics& diagnostics) {
  std::vector<std::string> all;
  for (const auto& one : diagnostics) {
    std::string text(about(one.code).id);
    const auto& place = one.labels.at(0).place;
    if (place.file) text += " " + std::filesystem::path(place.file->name()).filename().string();
    if (place.line > 0) text += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    all.push_back(text);
  }
  return all;
}

inline Day day(const char* text) {
  return read_iso_day(text).value();
}

}  // namespace leavingcare::testing_people
