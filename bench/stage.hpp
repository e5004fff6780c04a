// bench/stage.hpp
//
// What the benches of all stages share: answers are checked before anything is timed, and times are told for one item.
#pragma once

#include <leavingcare/rulebook/rulebook.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace bench {

/// Each bench defines this: it compares answers with a decision made in another way, and throws where they differ. Nothing is timed then.
void check();

/// Throws, and so refuses to time anything, unless the answers agree.
inline void must(bool agree, const std::string& what) {
  if (!agree) throw std::runtime_error(what);
}

/// Shows the time for one of the `count` items that each round goes through, as per_<item>.
inline void per(benchmark::State& state, const std::string& item, std::size_t count) {
  state.counters["per_" + item] = benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// The small rulebook: the four statuses of bench/README.md.
inline leavingcare::Rulebook peers() { return leavingcare::load_rulebook(LEAVINGCARE_BENCH_FOLDER "/peers.yaml").value_or_throw(); }

/// The whole statutory rulebook, of this tree and not of an installed one.
inline leavingcare::Rulebook england() { return leavingcare::load_rulebook(LEAVINGCARE_RULES_FOLDER "/england").value_or_throw(); }

/// An empty folder for the files of one check, gone when this is.
class Scratch {
 public:
  explicit Scratch(const std::string& name) : folder_(std::filesystem::path(LEAVINGCARE_BENCH_BUILD_FOLDER) / ("scratch_" + name)) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Scratch() {
    std::error_code left_there;  // a folder that cannot be removed does no harm, and a destructor must not throw
    std::filesystem::remove_all(folder_, left_there);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace bench
