// bench/peers/native.cpp
//
// The C++ side of the peers' job, asked by run.py:
//
//   native cohort PEOPLE SEED FOLDER [csv]        writes a seeded cohort as flat columns (cohort.py says which), and as CSV
//   native serve WHO FOLDER THREADS PEERS.YAML    WHO is engine, sweep or boost_icl: loads, says "ready", and then answers lines
//       timelines                                 does the job, says "done SECONDS CPU_SECONDS ROWS"
//       on DAY                                    the same for one day: the timelines, and who has which on that day
//       keep PREFIX                               writes the last answer as flat columns, says "kept"
#include "../cohort.hpp"
#include "boost_icl.hpp"

#include <leavingcare/leavingcare.hpp>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

namespace {

using namespace bench;
namespace fs = std::filesystem;

template <typename T>
void write_column(const fs::path& file, const std::vector<T>& values) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

template <typename T>
std::vector<T> read_column(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::vector<T> values(fs::file_size(file) / sizeof(T));
  in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
  return values;
}

void write_cohort(const Cohort& cohort, const fs::path& folder) {
  std::vector<Day> from, until;
  std::vector<std::uint8_t> short_break;
  for (const auto& episode : cohort.episodes) {
    from.push_back(episode.from);
    until.push_back(episode.until);
    short_break.push_back(episode.short_break);
  }
  fs::create_directories(folder);
  write_column(folder / "born.i32", cohort.born);
  write_column(folder / "offsets.i32", cohort.offsets);
  write_column(folder / "from.i32", from);
  write_column(folder / "until.i32", until);
  write_column(folder / "short_break.u8", short_break);
}

Cohort read_cohort(const fs::path& folder) {
  Cohort cohort;
  cohort.born = read_column<Day>(folder / "born.i32");
  cohort.offsets = read_column<std::uint32_t>(folder / "offsets.i32");
  const auto from = read_column<Day>(folder / "from.i32");
  const auto until = read_column<Day>(folder / "until.i32");
  const auto short_break = read_column<std::uint8_t>(folder / "short_break.u8");
  for (std::size_t i = 0; i < from.size(); ++i) cohort.episodes.push_back({from[i], until[i], short_break[i] != 0});
  return cohort;
}

/// Somebody who does the job again and again.
struct Peer {
  virtual ~Peer() = default;
  virtual void forget() = 0;  ///< the last answer, so that freeing it is not timed
  virtual std::size_t timelines() = 0;
  virtual void keep(const std::string& prefix) const = 0;
  virtual std::size_t on(Day day) = 0;
};

/// Who has which status on a day: a flag for each person and status.
using Flags = std::array<std::vector<std::uint8_t>, statuses>;

void keep_flags(const Flags& flags, const std::string& prefix) {
  for (std::size_t s = 0; s < statuses; ++s) write_column(prefix + "flags" + std::to_string(s) + ".u8", flags[s]);
}

/// One walk over a person after the other, the people split evenly over threads.
class ByPerson final : public Peer {
 public:
  using Walk = void (*)(const Cohort&, std::size_t, Swept&);
  ByPerson(Cohort cohort, Walk walk, unsigned threads) : cohort_(std::move(cohort)), walk_(walk), parts_(threads) {}

  void forget() override { parts_.assign(parts_.size(), {}); }

  std::size_t timelines() override {
    const auto part = [this](std::size_t i) {
      const std::size_t people = cohort_.born.size();
      Swept found;  // of this thread's own, so that no two threads write to one cache line
      for (std::size_t person = people * i / parts_.size(); person < people * (i + 1) / parts_.size(); ++person) walk_(cohort_, person, found);
      parts_[i] = std::move(found);
    };
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < parts_.size(); ++i) helpers.emplace_back(part, i);
    part(0);
    for (auto& helper : helpers) helper.join();
    std::size_t rows = 0;
    for (const auto& found : parts_) rows += found.status.size();
    return rows;
  }

  std::size_t on(Day day) override {
    timelines();
    flags_.fill(std::vector<std::uint8_t>(cohort_.born.size()));
    for (const auto& found : parts_) {
      for (std::size_t i = 0; i < found.status.size(); ++i) {
        if (found.from[i] <= day && day < found.until[i]) flags_[found.status[i]][found.person[i]] = 1;
      }
    }
    return cohort_.born.size();
  }

  void keep(const std::string& prefix) const override {
    Swept all;
    for (const auto& found : parts_) {
      all.person.insert(all.person.end(), found.person.begin(), found.person.end());
      all.status.insert(all.status.end(), found.status.begin(), found.status.end());
      all.from.insert(all.from.end(), found.from.begin(), found.from.end());
      all.until.insert(all.until.end(), found.until.begin(), found.until.end());
    }
    write_column(prefix + "person.i32", all.person);
    write_column(prefix + "status.u8", all.status);
    write_column(prefix + "from.i32", all.from);
    write_column(prefix + "until.i32", all.until);
    keep_flags(flags_, prefix);
  }

 private:
  Cohort cohort_;
  Walk walk_;
  std::vector<Swept> parts_;
  Flags flags_;
};

/// Ours: rules read from the file, evaluated over all people.
class Engine final : public Peer {
 public:
  Engine(const Cohort& cohort, const std::string& rules, unsigned threads) : people_(as_people(cohort)), book_(leavingcare::load_rulebook(rules).value_or_throw()) {
    options_.threads = threads;
    const std::array<std::string, statuses> names = {"eligible", "relevant", "former_relevant", "qualifying"};
    for (const auto& rule : book_.rules) number_.push_back(static_cast<std::uint8_t>(std::find(names.begin(), names.end(), rule.declared.name) - names.begin()));
  }

  void forget() override { answers_ = {}; }

  std::size_t timelines() override {
    answers_ = leavingcare::evaluate(book_, people_, options_);
    return answers_.rows();
  }

  std::size_t on(Day day) override {
    timelines();
    flags_.fill(std::vector<std::uint8_t>(people_.size()));
    for (std::size_t i = 0; i < answers_.rows(); ++i) {
      if (answers_.from[i] <= day && day < answers_.until[i]) flags_[number_[answers_.rule[i]]][answers_.person[i]] = 1;
    }
    return people_.size();
  }

  void keep(const std::string& prefix) const override {
    std::vector<std::uint8_t> status;
    for (std::size_t i = 0; i < answers_.rows(); ++i) {
      if (answers_.truth[i] != leavingcare::Truth::yes) throw std::runtime_error("an answer is unknown, and every fact is known");
      status.push_back(number_[answers_.rule[i]]);
    }
    write_column(prefix + "person.i32", std::vector<std::uint32_t>(answers_.person.begin(), answers_.person.end()));
    write_column(prefix + "status.u8", status);
    write_column(prefix + "from.i32", std::vector<Day>(answers_.from.begin(), answers_.from.end()));
    write_column(prefix + "until.i32", std::vector<Day>(answers_.until.begin(), answers_.until.end()));
    keep_flags(flags_, prefix);
  }

 private:
  leavingcare::People people_;
  leavingcare::Rulebook book_;
  leavingcare::Options options_;
  std::vector<std::uint8_t> number_;
  leavingcare::Answers answers_;
  Flags flags_;
};

std::unique_ptr<Peer> peer(const std::string& who, const fs::path& folder, unsigned threads, const std::string& rules) {
  if (who == "engine") return std::make_unique<Engine>(read_cohort(folder), rules, threads);
  if (who == "sweep") return std::make_unique<ByPerson>(read_cohort(folder), sweep, threads);
  if (who == "boost_icl") return std::make_unique<ByPerson>(read_cohort(folder), with_boost_icl, threads);
  throw std::runtime_error("nobody is called " + who);
}

void serve(Peer& who) {
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string what, rest;
    words >> what >> rest;
    if (what == "keep") {
      who.keep(rest);
      std::cout << "kept" << std::endl;
      continue;
    }
    who.forget();
    const std::clock_t cpu_begin = std::clock();  // of all threads
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t rows = what == "on" ? who.on(Day{std::stoi(rest)}) : who.timelines();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    std::cout << "done " << took.count() << ' ' << cpu << ' ' << rows << std::endl;
  }
}

}  // namespace

int main(int count, char** words) try {
  const std::vector<std::string> arguments(words + 1, words + count);
  if (arguments.size() >= 4 && arguments[0] == "cohort") {
    const auto cohort = make_cohort(std::stoul(arguments[1]), std::stoull(arguments[2]));
    write_cohort(cohort, arguments[3]);
    if (arguments.size() == 5) write_fact_tables(cohort, arguments[3]);
    return 0;
  }
  if (arguments.size() == 5 && arguments[0] == "serve") {
    const auto who = peer(arguments[1], arguments[2], static_cast<unsigned>(std::stoul(arguments[3])), arguments[4]);
    serve(*who);
    return 0;
  }
  std::fputs("native cohort PEOPLE SEED FOLDER [csv] | native serve WHO FOLDER THREADS PEERS.YAML\n", stderr);
  return 2;
} catch (const std::exception& problem) {
  std::fprintf(stderr, "native: %s\n", problem.what());
  return 1;
}
