// bench/main.cpp
//
// The main program of every bench: first the answers, then the clock.
#include "stage.hpp"

#include <cstdio>
#include <exception>

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
  try {
    bench::check();
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s: %s; nothing is timed\n", words[0], problem.what());
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
