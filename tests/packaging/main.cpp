// What a stranger writes first. The lead extends this to load a rulebook from RULES.
#include <leavingcare/calendar/day.hpp>

#include <iostream>

int main() {
  std::cout << "leavingcare found; rulebooks in " << RULES << '\n';
  return 0;
}
