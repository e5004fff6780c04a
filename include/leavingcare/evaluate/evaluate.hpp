// leavingcare/evaluate/evaluate.hpp
//
// The verb: a rulebook, people, and the answers for all days.
//
// People are taken a few hundred at a time; each instruction is one pass over such a batch, so one person costs the
// same code as a million. The answers do not depend on the size of a batch or the number of threads.
#pragma once

#include <leavingcare/evaluate/answer_writer.hpp>
#include <leavingcare/evaluate/kernels.hpp>
#include <leavingcare/evaluate/lives.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace leavingcare {

/// Evaluates some people after others with memory that is used again. One for each thread; the plan and what it is bound to must outlive it.
class Evaluator {
 public:
  explicit Evaluator(const Plan& plan) : plan_(plan), space_(plan), writer_(plan, space_) {}

  /// Adds the answers for the people [first, last), one batch, to `part`.
  void add(std::size_t first, std::size_t last, AnswerPart& part) {
    begin_batch(plan_, first, last, space_);
    run(plan_, space_);
    writer_.write(part);
  }

 private:
  const Plan& plan_;
  Workspace space_;
  detail::AnswerWriter writer_;
};

namespace detail {

/// Where each batch begins, and the end of the last. Fewer people than asked for where they have very many records: the values of a batch
/// are to stay in memory near the processor.
[[nodiscard]] inline std::vector<std::size_t> batches(const Plan& plan, std::size_t people_at_a_time) {
  constexpr std::size_t records_at_a_time = 16384;
  const std::size_t people = plan.people->size();
  std::vector<std::size_t> begins{0};
  while (begins.back() < people) {
    const std::size_t first = begins.back();
    std::size_t last = std::min(first + people_at_a_time, people);
    while (last - first > 1 && plan.records_of(first, last) > records_at_a_time) last = first + (last - first) / 2;
    begins.push_back(last);
  }
  return begins;
}

/// How many parts the people are cut into for so many threads: enough for threads to finish together, and one for one thread.
[[nodiscard]] inline std::size_t parts_for(std::size_t batches, std::size_t threads) { return std::min(batches, threads == 1 ? 1 : 16 * threads); }

}  // namespace detail

/// All answers of a rulebook for a population, on all days. Throws std::invalid_argument for an option that does not exist.
[[nodiscard]] inline Answers evaluate(const Rulebook& book, const People& people, const Options& options = {}) {
  const Plan plan = make_plan(book, people, options);
  const auto begins = detail::batches(plan, std::max<std::size_t>(options.people_at_a_time, 1));
  const std::size_t batches = begins.size() - 1;
  const std::size_t wanted = options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads;
  const std::size_t threads = std::max<std::size_t>(1, std::min(wanted, batches));
  std::vector<AnswerPart> parts(detail::parts_for(batches, threads));
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::size_t done = 0;
  std::exception_ptr failed;
  std::mutex telling;
  const auto fill = [&](Evaluator& evaluator, std::size_t part) {
    const std::size_t first_batch = part * batches / parts.size();
    const std::size_t end_batch = (part + 1) * batches / parts.size();
    AnswerPart filled;  // of this thread, until it is whole: threads do not write side by side
    for (std::size_t batch = first_batch; batch < end_batch && !stop; ++batch) {
      evaluator.add(begins[batch], begins[batch + 1], filled);
      if (batch == first_batch) {
        const auto expected = [&](std::size_t count) { return count * (end_batch - first_batch) * 17 / 16; };
        detail::reserve(filled.answers, expected(filled.answers.rows()), expected(filled.answers.obligations.size()));
      }
      if (options.progress) {
        const std::lock_guard lock(telling);
        options.progress(done += begins[batch + 1] - begins[batch]);
      }
    }
    parts[part] = std::move(filled);
  };
  const auto work = [&] {
    try {
      Evaluator evaluator(plan);
      for (std::size_t part = next++; part < parts.size() && !stop; part = next++) fill(evaluator, part);
    } catch (...) {
      const std::lock_guard lock(telling);
      failed = std::current_exception();
      stop = true;
    }
  };
  {
    std::vector<std::jthread> helpers;  // joined at the end of this block
    try {
      for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(work);
    } catch (const std::system_error&) {
      // The machine gives no more threads; those there are, and this one, do the work.
    }
    work();
  }
  if (failed) std::rethrow_exception(failed);
  return detail::joined(plan, std::move(parts), threads);
}

}  // namespace leavingcare
