// leavingcare/results/compare.hpp
//
// Two evaluations of the same people: who differs? Under two readings, two rulebooks' versions, two sets of data.
#pragma once

#include <leavingcare/results/result.hpp>

#include <cstdint>
#include <cstring>
#include <vector>

namespace leavingcare {

/// The people (places in People::ids()) whose answers are not the same in both. The two results must be over the same people and rulebook.
[[nodiscard]] inline std::vector<std::uint32_t> people_who_differ(const Result& a, const Result& b) {
  const auto& left = a.answers();
  const auto& right = b.answers();
  const auto same = [&](std::size_t i, std::size_t j) {
    return left.rule[i] == right.rule[j] && left.from[i] == right.from[j] && left.until[i] == right.until[j] &&
           left.truth[i] == right.truth[j] && std::memcmp(&left.amount[i], &right.amount[j], sizeof(double)) == 0;
  };
  std::vector<std::uint32_t> differing;
  const auto same_duty = [](Obligation one, Obligation other) {
    one.depends_on = other.depends_on = 0;  // places in two different lists
    return one == other;
  };
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t k = 0;
  std::size_t l = 0;
  for (std::uint32_t person = 0; person < a.people().size(); ++person) {
    bool differs = false;
    while (true) {
      const bool in_left = i < left.rows() && left.person[i] == person;
      const bool in_right = j < right.rows() && right.person[j] == person;
      if (!in_left && !in_right) break;
      differs = differs || in_left != in_right || !same(i, j);
      i += in_left ? 1 : 0;
      j += in_right ? 1 : 0;
    }
    while (true) {
      const bool in_left = k < left.obligations.size() && left.obligations[k].person == person;
      const bool in_right = l < right.obligations.size() && right.obligations[l].person == person;
      if (!in_left && !in_right) break;
      differs = differs || in_left != in_right || !same_duty(left.obligations[k], right.obligations[l]);
      k += in_left ? 1 : 0;
      l += in_right ? 1 : 0;
    }
    if (differs) differing.push_back(person);
  }
  return differing;
}

}  // namespace leavingcare
