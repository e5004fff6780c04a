// Timelines: how a set of days is written, and the batch that holds one for each person.
#include <leavingcare/calendar/timeline.hpp>

#include "naive.hpp"

namespace {

using namespace leavingcare;
using naive::Chance;
using naive::day;
using Days = std::vector<Day>;

TEST(Timeline, DocumentationExample) {
  const Days edges =
      timeline_of({{day("2021-05-05"), Day::end_of_time}, {day("2020-01-10"), day("2020-03-01")}});
  EXPECT_EQ(edges, (Days{day("2020-01-10"), day("2020-03-01"), day("2021-05-05"), Day::end_of_time}));
  EXPECT_TRUE(holds_on(edges, day("2020-01-10")));
  EXPECT_TRUE(holds_on(edges, day("2020-02-29")));
  EXPECT_FALSE(holds_on(edges, day("2020-03-01"))) << "the end is not in it";
  EXPECT_TRUE(holds_on(edges, day("2199-01-01")));
}

TEST(Timeline, TwoRecordsThatMeetAreOneSpan) {
  EXPECT_EQ(timeline_of({{day("2020-01-01"), day("2020-02-01")}, {day("2020-02-01"), day("2020-03-01")}}),
            (Days{day("2020-01-01"), day("2020-03-01")}));
}

TEST(Timeline, ADayBetweenTwoRecordsIsAGap) {
  EXPECT_EQ(
      timeline_of({{day("2020-01-01"), day("2020-02-01")}, {day("2020-02-02"), day("2020-03-01")}}).size(),
      4u);
}

TEST(Timeline, RecordsInsideOrAcrossOthersAreJoinedAndEmptyOnesDropped) {
  EXPECT_EQ(timeline_of({{day("2020-01-01"), day("2020-06-01")},
                         {day("2020-02-01"), day("2020-03-01")},
                         {day("2020-05-01"), day("2020-07-01")}}),
            (Days{day("2020-01-01"), day("2020-07-01")}));
  EXPECT_TRUE(
      timeline_of({{day("2020-01-01"), day("2020-01-01")}, {day("2020-03-01"), day("2020-02-01")}}).empty());
  EXPECT_TRUE(timeline_of({}).empty());
}

TEST(Timelines, SpansAddedTogetherAreAsIfAddedOneByOne) {
  Chance chance(62);
  Timelines together;
  Timelines one_by_one;
  for (int round = 0; round < 3000 && !HasFailure(); ++round) {
    std::vector<Span> spans;
    std::vector<bool> kept;
    for (int left = chance.below(8); left > 0; --left) {
      const Day from = chance.one_in(12) ? Day::beginning_of_time : Day{chance.below(60)};
      spans.push_back({from, chance.one_in(12) ? Day::end_of_time : from == Day::beginning_of_time ? Day{chance.below(60)} : from + chance.below(20)});
      kept.push_back(!chance.one_in(5));
    }
    std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.from < b.from; });
    const Day not_before = chance.one_in(2) ? Day::beginning_of_time : Day{chance.below(60)};
    Days from;
    Days until;
    for (const Span span : spans) {
      from.push_back(span.from);
      until.push_back(span.until);
    }
    together.append_each(from.data(), until.data(), spans.size(), not_before, [&](std::size_t i) { return kept[i]; });
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (kept[i]) one_by_one.append(std::max(spans[i].from, not_before), spans[i].until);
    }
    together.end_person();
    one_by_one.end_person();
    const auto index = static_cast<std::size_t>(round);
    EXPECT_EQ(Days(together[index].begin(), together[index].end()), Days(one_by_one[index].begin(), one_by_one[index].end()));
  }
}

TEST(Timelines, SpansThatDoNotTouchAreAddedAsIfOneByOneWhateverStandsBeforeThem) {
  Chance chance(63);
  Timelines together;
  Timelines one_by_one;
  for (int round = 0; round < 3000 && !HasFailure(); ++round) {
    std::vector<Span> spans;
    Day day = chance.one_in(8) ? Day::beginning_of_time : Day{chance.below(30)};
    for (int left = chance.below(6); left > 0 && day != Day::end_of_time; --left) {
      const Day until = chance.one_in(12) ? Day::end_of_time : (day == Day::beginning_of_time ? Day{chance.below(30)} : day) + chance.below(9);
      spans.push_back({day, until});
      day = until + 1 + chance.below(9);
    }
    if (chance.one_in(2)) {
      const Span before{Day::beginning_of_time, Day{chance.below(40)}};
      together.append(before.from, before.until);
      one_by_one.append(before.from, before.until);
    }
    together.append_apart(spans.size(), [&](std::size_t i) { return spans[i].from; }, [&](std::size_t i) { return spans[i].until; });
    for (const Span span : spans) one_by_one.append(span.from, span.until);
    together.end_person();
    one_by_one.end_person();
    const auto index = static_cast<std::size_t>(round);
    EXPECT_EQ(Days(together[index].begin(), together[index].end()), Days(one_by_one[index].begin(), one_by_one[index].end()));
  }
}

TEST(Timelines, OfPeopleWithoutDaysAndOfAnotherBatch) {
  Timelines batch;
  EXPECT_TRUE(batch.no_days());
  batch.append_people_without_days(70);
  EXPECT_TRUE(batch.no_days());
  EXPECT_EQ(batch.size(), 70u);
  EXPECT_TRUE(batch[0].empty());
  EXPECT_TRUE(batch[69].empty());
  batch.append(day("2021-01-01"), day("2021-02-01"));
  batch.end_person();
  batch.append_people_without_days(1);
  EXPECT_FALSE(batch.no_days());
  EXPECT_EQ(batch.size(), 72u);
  EXPECT_EQ(Days(batch[70].begin(), batch[70].end()), (Days{day("2021-01-01"), day("2021-02-01")}));
  EXPECT_TRUE(batch[71].empty());

  Timelines copy;
  copy.append_people(batch);
  copy.append(day("2022-01-01"), day("2022-02-01"));
  copy.end_person();
  EXPECT_EQ(copy.size(), 73u);
  EXPECT_TRUE(copy[69].empty());
  EXPECT_EQ(Days(copy[70].begin(), copy[70].end()), (Days{day("2021-01-01"), day("2021-02-01")}));
  EXPECT_TRUE(copy[71].empty());
  EXPECT_EQ(Days(copy[72].begin(), copy[72].end()), (Days{day("2022-01-01"), day("2022-02-01")}));

  Timelines spans;
  const auto written = spans.one_span_each(2);
  const Days days = {day("2020-01-01"), day("2020-02-01"), day("2020-03-01"), day("2020-03-01")};
  std::copy(days.begin(), days.end(), written.begin());
  copy.clear();
  copy.append_people(spans);
  EXPECT_EQ(copy.size(), 2u);
  EXPECT_EQ(Days(copy.spans().begin(), copy.spans().end()), days);
}

TEST(Timelines, WithOneSpanEachHoldTwoEdgesOrNone) {
  Timelines batch;
  EXPECT_TRUE(batch.spans().empty());
  const auto spans = batch.one_span_each(4);
  const Days written = {day("2020-01-01"), day("2020-02-01"), day("2020-03-01"), day("2020-03-01"), day("2020-04-01"), day("2020-05-01"), Day::beginning_of_time, Day::end_of_time};
  std::copy(written.begin(), written.end(), spans.begin());
  EXPECT_EQ(batch.size(), 4u);
  EXPECT_EQ(Days(batch[0].begin(), batch[0].end()), (Days{day("2020-01-01"), day("2020-02-01")}));
  EXPECT_TRUE(batch[1].empty()) << "it does not begin before it ends";
  EXPECT_EQ(Days(batch[2].begin(), batch[2].end()), (Days{day("2020-04-01"), day("2020-05-01")}));
  EXPECT_EQ(Days(batch[3].begin(), batch[3].end()), (Days{Day::beginning_of_time, Day::end_of_time}));
  EXPECT_EQ(Days(batch.spans().begin(), batch.spans().end()), written);

  batch.clear();
  batch.append(day("2021-01-01"), day("2021-02-01"));
  batch.end_person();
  EXPECT_TRUE(batch.spans().empty()) << "the memory is used again for timelines of any length";
  EXPECT_EQ(Days(batch[0].begin(), batch[0].end()), (Days{day("2021-01-01"), day("2021-02-01")}));
}

TEST(Timeline, OfAnySpansInAnyOrderHoldsTheirDays) {
  Chance chance(61);
  for (int round = 0; round < 3000 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    std::vector<Span> spans;
    for (int left = chance.below(12); left > 0; --left) {
      const Day from = chance.one_in(12) ? Day::beginning_of_time : Day{first + chance.from_to(1, 400)};
      const Day until = chance.one_in(12) ? Day::end_of_time : Day{first + chance.from_to(1, 400)};
      spans.push_back({from, until});
    }
    const Days edges = timeline_of(spans);
    for (std::size_t i = 1; i < edges.size(); ++i) ASSERT_LT(edges[i - 1], edges[i]);
    EXPECT_TRUE(naive::same_days(edges, first - 5, first + 410, [&](int d) {
      return std::any_of(spans.begin(), spans.end(),
                         [&](Span span) { return span.from.number <= d && d < span.until.number; });
    }));
  }
}

TEST(Timeline, HoldsOnAndSpanHoldingAreAsLookingThroughTheSpans) {
  Chance chance(62);
  for (int round = 0; round < 1000 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const Days edges = naive::random_timeline(chance, first);
    for (int d = first - 5; d < first + 410; ++d) {
      Span wanted{Day{d}, Day{d}};
      for (std::size_t i = 0; i < edges.size(); i += 2) {
        if (edges[i].number <= d && d < edges[i + 1].number) wanted = {edges[i], edges[i + 1]};
      }
      ASSERT_EQ(holds_on(edges, Day{d}), naive::listed(edges, d));
      ASSERT_EQ(span_holding(edges, Day{d}), wanted);
    }
  }
}

TEST(Timeline, WithinLooksAtEveryDay) {
  Chance chance(63);
  for (int round = 0; round < 3000 && !HasFailure(); ++round) {
    const int first = naive::random_first(chance);
    const Days outer = naive::random_timeline(chance, first);
    Days inner = naive::random_timeline(chance, first);
    if (chance.one_in(2) && outer.size() > 1) inner = Days{outer[0], outer[1]};  // else it is seldom within
    const auto in = naive::day_by_day(inner, first), out = naive::day_by_day(outer, first);
    bool wanted = true;
    for (int d = first - 5; d < first + 410; ++d) wanted = wanted && (!in(d) || out(d));
    EXPECT_EQ(within(inner, outer), wanted) << naive::in_words(inner) << "within " << naive::in_words(outer);
  }
}

TEST(Timelines, KeepEachPersonApart) {
  Timelines batch;
  batch.append(day("2020-01-01"), day("2020-02-01"));
  batch.end_person();
  batch.end_person();  // somebody without any day
  batch.append(day("2020-02-01"), day("2020-03-01"));
  EXPECT_EQ(batch.size(), 2u);
  EXPECT_EQ(batch.unfinished().size(), 2u);
  batch.end_person();
  ASSERT_EQ(batch.size(), 3u);
  EXPECT_TRUE(batch.unfinished().empty());
  EXPECT_EQ(batch[0][1], day("2020-02-01"));
  EXPECT_TRUE(batch[1].empty());
  EXPECT_EQ(batch[2][0], day("2020-02-01")) << "spans of two people that meet are not joined";
}

TEST(Timelines, TheUnfinishedPersonsEdgesAreTheirOwn) {
  const auto unfinished = [](const Timelines& batch) { return Days(batch.unfinished().begin(), batch.unfinished().end()); };
  const Days january = {day("2020-01-01"), day("2020-02-01")};
  const Days march = {day("2020-03-01"), day("2020-04-01"), day("2020-05-01"), Day::end_of_time};
  Timelines batch;
  batch.append(january[0], january[1]);
  EXPECT_EQ(unfinished(batch), january);
  batch.end_person();
  batch.append(march);
  EXPECT_EQ(unfinished(batch), march);
  batch.end_person();
  EXPECT_EQ(Days(batch[0].begin(), batch[0].end()), january);
  EXPECT_EQ(Days(batch[1].begin(), batch[1].end()), march);
  batch.clear();
  batch.append(january[0], january[1]);
  EXPECT_EQ(unfinished(batch), january);
}

TEST(Timelines, MakeRoomForHoweverManySpansAtOnce) {
  Days from;
  Days until;
  for (int i = 0; i < 500; ++i) {
    from.push_back(day("2020-01-01") + 3 * i);
    until.push_back(from.back() + 1);
  }
  Timelines batch;
  batch.append_each(from.data(), until.data(), from.size(), Day::beginning_of_time, [](std::size_t) { return true; });
  batch.end_person();
  ASSERT_EQ(batch[0].size(), 1000u);
  EXPECT_EQ(batch[0][998], from.back());
  const Days whole(batch[0].begin(), batch[0].end());
  batch.append(whole);
  batch.end_person();
  EXPECT_EQ(Days(batch[1].begin(), batch[1].end()), whole);
}

TEST(Timelines, ForgetAllPeopleWhenCleared) {
  Timelines batch;
  batch.append(day("2020-01-01"), day("2020-02-01"));
  batch.end_person();
  batch.clear();
  EXPECT_EQ(batch.size(), 0u);
  EXPECT_TRUE(batch.edges().empty());
  batch.append(Edges(Days{day("2021-01-01"), day("2021-02-01")}));
  batch.end_person();
  EXPECT_EQ(batch[0].size(), 2u);
}

}  // namespace
