// src/source/side_by_side.hpp
//
// Work of which the parts do not need each other, several at the same time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <future>
#include <thread>
#include <utility>

namespace leavingcare {

/// In a thread of its own; by whoever asks for the result where the machine gives no more threads.
inline constexpr auto meanwhile = std::launch::async | std::launch::deferred;

/// Gives `take` what `make` makes of 0, 1 ... `count` - 1, in that order, while up to `threads` threads (0: as many as the machine has) make what comes next.
template <class Make, class Take>
void side_by_side(std::size_t count, unsigned threads, Make make, Take take) {
  const std::size_t most = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
  if (most == 1 || count < 2) {
    for (std::size_t i = 0; i < count; ++i) take(make(i));
    return;
  }
  std::deque<std::future<decltype(make(std::size_t{}))>> coming;
  for (std::size_t next = 0; next < count || !coming.empty();) {
    for (; next < count && coming.size() < most; ++next) coming.push_back(std::async(meanwhile, [&make, next] { return make(next); }));
    auto made = coming.front().get();
    coming.pop_front();
    take(std::move(made));
  }
}

}  // namespace leavingcare
