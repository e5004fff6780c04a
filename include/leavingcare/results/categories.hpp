// leavingcare/results/categories.hpp
//
// One name for somebody who may hold several statuses at once: the first of a list that holds.
#pragma once

#include <leavingcare/results/result.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leavingcare {

/// The label of a person's category on the days [from, until). Where a higher status is unknown, so is the category: its label is then empty.
struct CategorySpan {
  std::uint32_t person;
  std::uint32_t category;  ///< place in Rulebook::categories
  Day from;
  Day until;
  std::uint32_t rank;      ///< place in Category::ranks; `none` where it is unknown
};

/// All categories of all people, in the order of people, then of categories, then of days.
[[nodiscard]] std::vector<CategorySpan> categories(const Result& result);

}  // namespace leavingcare
