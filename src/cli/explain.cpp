#include "command.hpp"
namespace leavingcare::cli { void add_explain(CLI::App&) {} void add_test(CLI::App&) {} }
