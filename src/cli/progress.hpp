// src/cli/progress.hpp
//
// A progress bar on standard error, on a terminal only, and only once the work has lasted a moment.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

namespace leavingcare::cli {

/// Something to call with the number of people done; empty when standard error is no terminal. The bar wipes itself away at the end.
inline std::function<void(std::size_t)> progress_bar(const std::string& doing, std::size_t total) {
  if (isatty(STDERR_FILENO) == 0 || total == 0) return {};
  using Clock = std::chrono::steady_clock;
  return [doing, total, began = Clock::now(), shown = Clock::time_point{}](std::size_t done) mutable {
    const auto now = Clock::now();
    const bool finished = done >= total;
    if (finished && shown != Clock::time_point{}) std::fputs("\r\033[K", stderr);
    if (finished || now - began < std::chrono::milliseconds(300) || now - shown < std::chrono::milliseconds(100)) return;
    shown = now;
    constexpr std::size_t width = 30;
    const std::size_t filled = done * width / total;
    const std::string bar = std::string(filled, '#') + std::string(width - filled, '.');
    std::fprintf(stderr, "\r%s [%s] %3zu%%", doing.c_str(), bar.c_str(), done * 100 / total);
    std::fflush(stderr);
  };
}

}  // namespace leavingcare::cli
