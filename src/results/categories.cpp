// src/results/categories.cpp
#include <leavingcare/results/categories.hpp>

#include <leavingcare/calendar/timeline_algebra.hpp>

#include <algorithm>

namespace leavingcare {
namespace {

/// A person's days for one rank that no higher rank has taken.
void append_rank(Edges days, const Timelines& taken, std::uint32_t rank, CategorySpan like, std::vector<CategorySpan>& out) {
  Timelines free;
  append_difference(days, taken.edges(), free);
  const auto& edges = free.edges();
  for (std::size_t i = 0; i < edges.size(); i += 2) out.push_back({like.person, like.category, edges[i], edges[i + 1], rank});
}

}  // namespace

std::vector<CategorySpan> categories(const Result& result) {
  const auto& book = result.book();
  std::vector<CategorySpan> found;
  if (book.categories.empty()) return found;
  // The ranks may be definitions, which a result does not hold, so they are asked for by name.
  Options options = result.options();
  options.progress = {};
  options.rules.clear();
  for (const auto& category : book.categories) {
    for (const auto& rank : category.ranks) options.rules.push_back(rank.rule);
  }
  const auto answers = evaluate(book, result.people(), options);
  for (std::size_t first = 0; first < answers.rows();) {
    std::size_t last = first;
    while (last < answers.rows() && answers.person[last] == answers.person[first]) ++last;
    for (std::uint32_t c = 0; c < book.categories.size(); ++c) {
      const CategorySpan like{answers.person[first], c, {}, {}, none};
      std::vector<CategorySpan> spans;
      Timelines taken;
      for (std::uint32_t rank = 0; rank < book.categories[c].ranks.size(); ++rank) {
        const auto rule = book.find_rule(book.categories[c].ranks[rank].rule);
        Timelines sure;
        Timelines possible;
        for (std::size_t row = first; row < last; ++row) {
          if (answers.rule[row] != rule) continue;
          if (answers.truth[row] == Truth::yes) sure.append(answers.from[row], answers.until[row]);
          possible.append(answers.from[row], answers.until[row]);
        }
        append_rank(sure.edges(), taken, rank, like, spans);
        Timelines unknown;
        append_difference(possible.edges(), sure.edges(), unknown);
        append_rank(unknown.edges(), taken, none, like, spans);
        Timelines joined;
        append_union(taken.edges(), possible.edges(), joined);
        taken = joined;
      }
      std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
      for (const auto& span : spans) {
        const bool goes_on = !found.empty() && found.back().person == span.person && found.back().category == c &&
                             found.back().rank == span.rank && found.back().until == span.from;
        if (goes_on) found.back().until = span.until;
        else found.push_back(span);
      }
    }
    first = last;
  }
  return found;
}

}  // namespace leavingcare
