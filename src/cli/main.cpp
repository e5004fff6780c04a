// src/cli/main.cpp
//
// leavingcare: the command. Exit 0 sound, 1 the rules or data have problems, 2 wrong usage, 3 our fault.
#include "command.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <new>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

/// Memory that is given back is needed again at once: kept, it need not be cleared and handed out anew, a tenth of the time of a large run.
void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

/// Refuses a first word that is no command, with the one that may have been meant.
void name_the_command(const CLI::App& app, int count, char** words) {
  using namespace leavingcare;
  if (count < 2 || words[1][0] == '-') return;
  std::vector<std::string> known;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), words[1]) != known.end()) return;
  const auto hint = suggest(words[1], known);
  throw cli::WrongUsage{"there is no command '" + std::string(words[1]) + "'; " + (hint.empty() ? "try: leavingcare --help" : hint)};
}

}  // namespace

int main(int count, char** words) {
  using namespace leavingcare::cli;
  keep_memory();
  CLI::App app{"leavingcare: who is owed what on leaving care, from which day to which day, and why.", "leavingcare"};
  app.set_version_flag("--version", std::string("leavingcare ") + LEAVINGCARE_VERSION);
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* failed, const CLI::Error& error) {
    return std::string("leavingcare: ") + error.what() + "\nTry: " + failed->get_name() + " --help\n";
  });
  add_evaluate(app);
  add_explain(app);
  add_upcoming(app);
  add_check(app);
  add_test(app);
  add_list(app);
  add_indicators(app);
  add_breaches(app);
  add_ledger(app);
  add_compare(app);
  add_join(app);
  try {
    name_the_command(app, count, words);
    app.parse(count, words);
    std::cout.flush();
    if (std::cout) return sound;
    std::cerr << "leavingcare: the output could not be written: is the disk full?\n";
    return our_fault;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? sound : wrong_usage;
  } catch (const WrongUsage& wrong) {
    std::cerr << "leavingcare: " << wrong.words << '\n';
    return wrong_usage;
  } catch (const Stop& stop) {
    return stop.code;
  } catch (const std::bad_alloc&) {
    std::cerr << "leavingcare: out of memory\n";
    return our_fault;
  } catch (const std::exception& error) {
    std::cerr << "leavingcare: " << error.what() << '\n';
    return our_fault;
  }
}
