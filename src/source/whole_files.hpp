// Writing several files so that they appear whole or not at all.
#pragma once

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace leavingcare {

struct FileToWrite {
  std::string name;
  std::function<void(std::ostream&)> write;
};

/// Keeps SIGINT, SIGTERM and SIGHUP of this thread waiting, so that what was begun can be put away before they end the program. One that is
/// ignored (nohup) stays ignored.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&held_);
    for (const int one : ending_) {
      struct sigaction now;
      if (sigaction(one, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&held_, one);
    }
    pthread_sigmask(SIG_BLOCK, &held_, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  void stop_if_one_waits() const {
    sigset_t waiting;
    sigpending(&waiting);
    for (const int one : ending_) {
      if (sigismember(&held_, one) == 1 && sigismember(&waiting, one) == 1) throw std::runtime_error("interrupted; nothing was written");
    }
  }

 private:
  static constexpr int ending_[] = {SIGINT, SIGTERM, SIGHUP};
  sigset_t held_;
  sigset_t before_;
};

/// Writes files into a folder, made if need be, so that they appear together or not at all: each is written beside its place, and all are moved there
/// when every one is complete. The last file is the seal: the one of an earlier run is taken away before the first file is moved, so that, whatever
/// happens, files of two runs never stand beside a seal. Throws std::runtime_error when it fails or is interrupted, and then leaves none behind.
inline void write_whole(const std::filesystem::path& folder, const std::vector<FileToWrite>& files) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw std::runtime_error("cannot make the folder " + folder.string() + ": " + failed.message());
  for (const auto& file : files) {
    if (std::filesystem::is_directory(folder / file.name, failed)) throw std::runtime_error("cannot write " + (folder / file.name).string() + ": it is a folder");
  }
  const auto waiting = [&](const FileToWrite& file) { return folder / ("." + file.name + ".unfinished"); };
  const HeldSignals signals;
  try {
    for (const auto& file : files) {
      std::ofstream out(waiting(file), std::ios::binary | std::ios::trunc);
      file.write(out);
      out.close();
      if (!out)
        throw std::runtime_error("cannot write " + (folder / file.name).string() + ": is the disk full, or the folder read-only?");
      signals.stop_if_one_waits();
    }
    std::filesystem::remove(folder / files.back().name);
    for (const auto& file : files) std::filesystem::rename(waiting(file), folder / file.name);
  } catch (...) {
    for (const auto& file : files) std::filesystem::remove(waiting(file), failed);
    throw;
  }
}

}  // namespace leavingcare
