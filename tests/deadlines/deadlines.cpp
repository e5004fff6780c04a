// deadlines: an independent, deliberately naive evaluation of the deadlines of England's duties.
//
// It shares no code with leavingcare and its author had not read the engine, nor the rulebook's duties. Each person gets an
// array with one cell per calendar day for every condition that matters (looked after, short breaks, the statuses, ...), and each
// duty is then followed doing by doing, day by day where an interval has to be found. The duties stand in the second half of this
// file in the order of the law (study of the law, section 2), each beside its provision.
//
//   deadlines --facts DIR --statuses STATUSES.CSV --holidays CSV --as-at DATE --out FILE
//
// Every fact table must be there and is complete; nothing is doubtful (no V4 record, none disputed). The statuses are those of the
// day-by-day program (../day_by_day); looked after and short breaks are worked out here, from the written positions section 2.

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

// ------------------------------------------------------------------------------------------------ calendar

using Day = int;                 // days since 1970-01-01
constexpr Day never = 1 << 28;   // an open end; no such day
constexpr Day always = -never;   // before everything

struct Date {
    int year, month, day;
};

Day day_of(int y, int m, int d)
{
    y -= m <= 2;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yoe = y - era * 400;
    const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

Date date_of(Day z)
{
    z += 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int doe = z - era * 146097;
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    const int m = mp < 10 ? mp + 3 : mp - 9;
    return {yoe + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1};
}

bool leap(int y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

int days_in(int y, int m)
{
    constexpr std::array<int, 12> length{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && leap(y) ? 29 : length[std::size_t(m - 1)];
}

// "the corresponding date, else the last day of that month" (positions 1.3; Dodds v Walker)
Day months_after(Day from, int n)
{
    const Date a = date_of(from);
    const int months = a.year * 12 + (a.month - 1) + n;
    const int y = months / 12, m = months % 12 + 1;
    return day_of(y, m, std::min(a.day, days_in(y, m)));
}

// "the same month and day n years on; for a birth on 29 February, 1 March in a common year" (positions 1.2)
Day birthday(Day born, int n)
{
    const Date b = date_of(born);
    if (b.month == 2 && b.day == 29 && !leap(b.year + n)) return day_of(b.year + n, 3, 1);
    return day_of(b.year + n, b.month, b.day);
}

std::set<Day> holidays;
const Day holidays_until = day_of(2029, 1, 1);

bool working_day(Day d)
{
    if (d >= holidays_until) throw std::runtime_error("a working day is asked for beyond the list of bank holidays");
    const int weekday = ((d + 3) % 7 + 7) % 7;  // Monday 0: 1970-01-01 was a Thursday
    return weekday < 5 && !holidays.count(d);
}

// "within n working days of" a day: that day is not counted; the last day is the n-th working day after it
Day working_days_after(Day from, int n)
{
    Day d = from;
    while (n > 0)
        if (working_day(++d)) --n;
    return d;
}

std::string text(Day d)
{
    if (d >= never || d <= always) return "";
    const Date a = date_of(d);
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", a.year, a.month, a.day);
    return buffer;
}

Day parse(const std::string& s)
{
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') throw std::runtime_error("not a date: " + s);
    return day_of(std::stoi(s.substr(0, 4)), std::stoi(s.substr(5, 2)), std::stoi(s.substr(8, 2)));
}

// The days on which the law changed
const Day leaving_care_act = day_of(2001, 10, 1);          // CLCA 2000, SI 2001/2874
const Day bursary_regulations = day_of(2009, 8, 22);       // SI 2009/2274
const Day regulations_2010 = day_of(2011, 4, 1);           // SI 2010/959, 2010/2571, 2010/2797; s.23CA
const Day remand_is_care = day_of(2012, 12, 3);            // LASPO 2012 s.104
const Day remand_regulations = day_of(2013, 4, 19);        // SI 2013/706
const Day director_approves = day_of(2014, 1, 27);         // SI 2013/3239, reg. 39ZA
const Day decisions_rewritten = day_of(2015, 4, 1);        // SI 2015/495: reg. 39, reg. 28(3A)
const Day fewer_visits = decisions_rewritten;
const Day support_to_25 = day_of(2018, 4, 1);              // s.23CZB
const Day relaxed_from = day_of(2020, 4, 24), relaxed_to = day_of(2020, 9, 25);  // SI 2020/445, both included

// ------------------------------------------------------------------------------------------------ facts

struct Period {
    Day from, until;
    std::map<std::string, std::string> field;
    bool covers(Day d) const { return from <= d && d < until; }
    bool is(const std::string& name, const std::string& value) const { return field.at(name) == value; }
};
struct Event {
    Day on;
    std::map<std::string, std::string> field;
};

struct Life {
    std::string person;
    Day born = 0;
    std::map<std::string, std::vector<Period>> periods;  // sorted by first day
    std::map<std::string, std::vector<Event>> events;    // sorted by day
    std::map<std::string, std::vector<std::pair<Day, Day>>> statuses;
};

const std::vector<std::string> period_tables{
    "care", "detained", "other_accommodation", "education_programmes", "placements", "personal_adviser_appointments",
    "leaving_care_accommodation", "out_of_touch", "higher_education_courses", "living_in_another_area"};
const std::vector<std::string> event_tables{
    "told_of_programme", "support_requests", "support_declined", "adopted", "died", "care_plans", "placement_plans", "detention_placement_plans",
    "placement_notices", "placement_end_notices", "health_assessments", "looked_after_reviews", "review_adjournments",
    "early_reviews_called_for", "social_worker_visits", "visit_requests", "home_concern_notices", "leaving_care_decisions",
    "needs_assessments", "pathway_plans", "pathway_plan_copies", "pathway_plan_reviews", "pathway_plan_review_requests",
    "adviser_visits", "steps_to_regain_touch", "support_offers", "fourth_year_began", "bursary_payments",
    "area_authority_informed", "provider_notices"};

std::vector<std::string> cells(const std::string& line)
{
    std::vector<std::string> out(1);
    for (char c : line) {
        if (c == ',') out.emplace_back();
        else if (c != '\r' && c != '"') out.back() += c;
    }
    return out;
}

std::vector<std::map<std::string, std::string>> read(const std::filesystem::path& path)
{
    std::ifstream in(path);
    if (!in) throw std::runtime_error("no table " + path.string() + " (this program needs every table)");
    std::vector<std::map<std::string, std::string>> rows;
    std::string line;
    std::getline(in, line);
    const auto header = cells(line);
    while (std::getline(in, line)) {
        if (line.empty() || line == "\r") continue;
        const auto row = cells(line);
        if (row.size() != header.size()) throw std::runtime_error(path.string() + ": a row of another width");
        auto& named = rows.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) named[header[i]] = row[i];
    }
    return rows;
}

std::vector<Life> read_lives(const std::filesystem::path& folder, const std::filesystem::path& statuses)
{
    std::vector<Life> lives;
    std::unordered_map<std::string, std::size_t> index;
    for (auto& row : read(folder / "date_of_birth.csv")) {
        index[row["person"]] = lives.size();
        lives.emplace_back().person = row["person"];
        lives.back().born = parse(row["value"]);
    }
    for (const auto& table : period_tables)
        for (auto& row : read(folder / (table + ".csv")))
            lives[index.at(row["person"])].periods[table].push_back(
                {parse(row["from"]), row["until"].empty() ? never : parse(row["until"]), row});
    for (const auto& table : event_tables)
        for (auto& row : read(folder / (table + ".csv"))) lives[index.at(row["person"])].events[table].push_back({parse(row["on"]), row});
    for (auto& row : read(statuses)) {
        if (row["truth"] != "yes") throw std::runtime_error("a doubtful status: this program takes lives without doubt");
        lives[index.at(row["person"])].statuses[row["status"]].push_back(
            {parse(row["from"]), row["until"].empty() ? never : parse(row["until"])});
    }
    for (Life& life : lives) {
        for (auto& [name, records] : life.periods)
            std::stable_sort(records.begin(), records.end(), [](const Period& a, const Period& b) {
                return std::pair(a.from, a.until) < std::pair(b.from, b.until);
            });
        for (auto& [name, events] : life.events)
            std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.on < b.on; });
    }
    return lives;
}

// ------------------------------------------------------------------------------------------------ what may be said of a day

Day window_first, window_last;  // of the person in hand; before it nothing holds, after it nothing changes

class Condition {  // true or false on each day
public:
    Condition() : days_(std::size_t(window_last - window_first + 1), 0) {}
    explicit Condition(const std::function<bool(Day)>& holds) : Condition()
    {
        for (Day d = window_first; d <= window_last; ++d) days_[std::size_t(d - window_first)] = holds(d);
    }
    bool operator()(Day d) const
    {
        if (d < window_first) return false;
        return days_[std::size_t(std::min(d, window_last) - window_first)];
    }
    void mark(Day from, Day until)
    {
        for (Day d = std::max(from, window_first); d < std::min(until, window_last + 1); ++d) days_[std::size_t(d - window_first)] = 1;
    }
    Day first_not(Day from) const  // the first day from this one on which it does not hold
    {
        for (Day d = from; d <= window_last; ++d)
            if (!(*this)(d)) return d;
        return never;
    }
    std::vector<std::pair<Day, Day>> runs() const  // [first day, first day after)
    {
        std::vector<std::pair<Day, Day>> out;
        for (Day d = window_first; d <= window_last; ++d)
            if ((*this)(d)) {
                const Day end = first_not(d);
                out.push_back({d, end});
                if (end == never) break;
                d = end;
            }
        return out;
    }

private:
    std::vector<std::uint8_t> days_;
};

// ------------------------------------------------------------------------------------------------ how a duty is followed

struct Arising {
    Day arose;
    Day ended = never;     // the first day on which it is no longer owed
    Day began = always;    // when the run or record began; before `arose` only if the law began in between
    bool goes_on = false;  // it was running when the law began: a cycle goes on, its first steps are past
};

enum class Counts { from_the_day, from_the_day_after, from_earlier };

struct Interval {
    int days = 0, months = 0;
    bool none() const { return days == 0 && months == 0; }
    Day after(Day d) const { return days ? d + days : months_after(d, months); }
};
Interval weeks(int n) { return {7 * n, 0}; }
Interval months(int n) { return {0, n}; }

struct Step {
    std::function<Day(Day)> last_day;             // from the day the clock started and, for "before the next", opened; null: none
    int opens_after = 0;
    std::function<Day(Day)> suggested = nullptr;  // from the day it opens
};

using Every = std::function<Interval(Day, const Arising&)>;  // the interval that the law of that day sets

struct Duty {
    std::string name;
    std::vector<Arising> arisings;
    std::vector<Day> doings;
    std::vector<Step> steps;
    Every every = nullptr;
    Counts counts = Counts::from_the_day;
    std::function<Day(Day)> suggested = nullptr;  // in the cycle, from the day of the last doing
    int most_suggested = 0;                       // how often it is only suggested; 0: without end
};

struct Obligation {
    std::string duty;
    int number;
    Day arose, opens, due, suggested, done, ended;
    std::string state;
    int days_late;
};

class Follower {
public:
    Follower(Day as_at, Day death, std::vector<Obligation>& out) : as_at_(as_at), death_(death), out_(out) {}

    void follow(Duty duty)
    {
        std::sort(duty.doings.begin(), duty.doings.end());
        duty.doings.erase(std::unique(duty.doings.begin(), duty.doings.end()), duty.doings.end());
        std::stable_sort(duty.arisings.begin(), duty.arisings.end(), [](const Arising& a, const Arising& b) { return a.arose < b.arose; });
        // What an earlier doing may not lie on or before: the doing that discharged the arising before, or the day that one arose.
        Day used = always;
        for (Arising a : duty.arisings) {
            if (a.arose >= death_) continue;  // death ends every duty
            a.ended = std::min(a.ended, death_);
            used = follow_one(duty, a, used);
        }
    }

private:
    Day as_at_, death_;
    std::vector<Obligation>& out_;

    Day follow_one(const Duty& duty, const Arising& a, Day used)
    {
        Day clock = a.arose;     // "the day the duty arose; later the day it was last actually done"
        Day last_done = always;  // a doing must lie after the one before
        bool by_interval = duty.steps.empty();
        std::size_t step = 0;
        if (a.goes_on) {  // running when the law began: the cycle goes on from the last doing before
            by_interval = true;
            for (Day x : duty.doings)
                if (used < x && x < a.arose && x <= as_at_) clock = x;
        } else if (duty.every && duty.counts == Counts::from_earlier) {
            for (Day x : duty.doings)
                if (used < x && x < a.arose && x <= as_at_) clock = x;
        }
        for (int number = 1;; ++number) {
            Obligation o{duty.name, number, a.arose, never, never, never, never, a.ended, "", 0};
            if (!by_interval) {
                const Step& s = duty.steps[step];
                if (s.opens_after) o.opens = clock + s.opens_after;
                if (s.last_day) o.due = s.last_day(clock);
                if (s.suggested) o.suggested = s.suggested(clock + s.opens_after);
            } else {
                o.due = due_by_interval(duty, a, clock, std::max(clock + 1, a.arose));
                if (duty.suggested) o.suggested = duty.suggested(clock);
            }
            if (by_interval && duty.suggested && duty.most_suggested && number > duty.most_suggested && o.suggested != never) return last_done;
            o.done = first_doing(duty, a, o.opens == never ? clock : o.opens, number == 1, last_done, used);
            judge(o);
            out_.push_back(o);
            if (o.done == never) return number == 1 ? a.arose : last_done;
            clock = last_done = o.done;
            if (!by_interval && step + 1 < duty.steps.size()) ++step;
            else if (duty.every) by_interval = true;
            else return last_done;
        }
    }

    // "due on the first day D (after the last doing) on which last + interval(D) <= D", and not before it arose
    Day due_by_interval(const Duty& duty, const Arising& a, Day last, Day from) const
    {
        for (Day d = from; d < from + 2000; ++d) {
            const Interval i = duty.every(d, a);
            if (!i.none() && i.after(last) <= d) return d;
        }
        return never;
    }

    Day first_doing(const Duty& duty, const Arising& a, Day opens, bool first, Day last_done, Day used) const
    {
        const auto counts = [&](Day x) { return x <= as_at_ && x < a.ended; };
        if (first && duty.counts == Counts::from_earlier && !duty.every) {
            // The plan, the notice, ... that stood when the duty arose: the last one made before, if any.
            Day found = never;
            for (Day x : duty.doings)
                if (used < x && x <= a.arose && counts(x)) found = x;
            if (found != never) return found;
        }
        Day from = std::max({a.arose, opens, last_done == always ? always : last_done + 1});
        if (first && duty.counts == Counts::from_the_day_after) from = std::max(from, a.arose + 1);
        for (Day x : duty.doings)
            if (x >= from && counts(x)) return x;
        return never;
    }

    void judge(Obligation& o) const
    {
        if (o.done != never) {
            const bool late = o.due != never && o.done > o.due;
            o.state = late ? "met late" : "met";
            o.days_late = late ? o.done - o.due : 0;
            return;
        }
        const Day last = std::min(as_at_, o.ended == never ? never : o.ended - 1);  // as_at, or the last day it was owed
        // "A duty that stops being owed before it falls due lapses" (positions 5): owed through the whole of its last day, it was missed.
        if (o.due != never && (last > o.due || (last == o.due && o.ended <= as_at_))) {
            o.state = "overdue";
            o.days_late = last - o.due;
        } else {
            o.state = o.ended <= as_at_ ? "lapsed" : "due";
        }
    }
};

// ------------------------------------------------------------------------------------------------ one person

class Person {
public:
    Person(const Life& life, Day as_at) : life_(life), as_at_(as_at)
    {
        window_first = life.born - 1;
        window_last = std::max(birthday(life.born, 27), as_at) + 800;
        for (const auto& [name, records] : life.periods)
            for (const Period& p : records) {
                window_first = std::min(window_first, p.from - 1);
                window_last = std::max(window_last, (p.until == never ? p.from : p.until) + 800);
            }
        for (const auto& [name, events] : life.events)
            for (const Event& e : events) {
                window_first = std::min(window_first, e.on - 1);
                window_last = std::max(window_last, e.on + 800);
            }
    }

    std::vector<Obligation> decide()
    {
        conditions();
        death_ = never;
        for (const Event& e : events("died")) death_ = std::min(death_, e.on);
        while_looked_after();
        on_leaving_care();
        std::stable_sort(out_.begin(), out_.end(), [](const Obligation& a, const Obligation& b) {
            return std::tie(a.duty, a.arose, a.number) < std::tie(b.duty, b.arose, b.number);
        });
        return std::move(out_);
    }

private:
    const Life& life_;
    Day as_at_, death_ = never;
    std::vector<Obligation> out_;
    Day B5, B16, B18, B21, B25;
    Condition LA, SB, full, series, C1, C2, order, J1, youth_detention, remand, E, R, F, Q, adviser, for_education, on_request, in_plan_programme;

    static const std::vector<Period>& none_p()
    {
        static const std::vector<Period> none;
        return none;
    }
    const std::vector<Period>& periods(const std::string& table) const
    {
        const auto found = life_.periods.find(table);
        return found == life_.periods.end() ? none_p() : found->second;
    }
    const std::vector<Event>& events(const std::string& table) const
    {
        static const std::vector<Event> none;
        const auto found = life_.events.find(table);
        return found == life_.events.end() ? none : found->second;
    }
    std::vector<Day> days_of(const std::string& table, const std::string& field = "", const std::set<std::string>& values = {}) const
    {
        std::vector<Day> days;  // each day once
        for (const Event& e : events(table))
            if ((field.empty() || values.count(e.field.at(field))) && (days.empty() || days.back() != e.on)) days.push_back(e.on);
        return days;
    }
    Day first_on_or_after(const std::vector<Day>& days, Day from) const
    {
        for (Day d : days)
            if (d >= from) return d;
        return never;
    }

    // "Before the first review": the day before it. On the day asked one knows only of reviews held by then; one held on the very day on
    // which the duty arose sets no limit, for the limit would lie before the duty.
    Day day_before_next(const std::vector<Day>& reviews, Day from) const
    {
        const Day review = first_on_or_after(reviews, from);
        return review <= as_at_ ? review - 1 : never;
    }

    // --- what holds on each day (positions section 2, and the statuses as they were handed over)

    void conditions()
    {
        B5 = birthday(life_.born, 5);
        B16 = birthday(life_.born, 16);
        B18 = birthday(life_.born, 18);
        B21 = birthday(life_.born, 21);
        B25 = birthday(life_.born, 25);

        Condition full_care, short_care;
        C1 = C2 = order = J1 = youth_detention = E = R = F = Q = adviser = Condition();
        for (const Period& p : periods("care")) {
            (p.is("legal_status", "V3") ? short_care : full_care).mark(p.from, p.until);
            if (p.is("legal_status", "C1")) C1.mark(p.from, std::min(p.until, B18));
            if (p.is("legal_status", "C2")) C2.mark(p.from, std::min(p.until, B18));
            if (p.is("legal_status", "J1")) J1.mark(p.from, std::min(p.until, B18));
        }
        // "Remand to youth detention is care from 3.12.2012, also where only the `detained` facts show it."
        for (const Period& p : periods("detained"))
            if (p.is("kind", "youth_detention_remand")) {
                full_care.mark(std::max(p.from, remand_is_care), p.until);
                youth_detention.mark(std::max(p.from, remand_is_care), std::min(p.until, B18));
            }
        LA = Condition([&](Day d) { return d < B18 && (full_care(d) || short_care(d)); });
        order = Condition([&](Day d) { return C1(d) || C2(d); });
        remand = Condition([&](Day d) { return LA(d) && J1(d) && !youth_detention(d); });

        // Short breaks, anew from each adoption ("what comes after counts anew")
        SB = Condition();
        std::vector<Day> starts{window_first};
        for (Day d : days_of("adopted")) starts.push_back(d);
        for (std::size_t i = 0; i < starts.size(); ++i) {
            const Day from = starts[i], until = i + 1 < starts.size() ? starts[i + 1] : B18;
            const Condition only([&](Day d) { return d >= from && d < B18 && short_care(d) && !full_care(d); });
            const Condition stay([&](Day d) { return d >= from && short_care(d); });
            Day day_76 = never;  // the 76th day in any twelve months; from it the rule no longer applies, for good
            std::vector<Day> days;
            for (Day d = from; d < B18; ++d)
                if (only(d)) days.push_back(d);
            for (std::size_t k = 0; k + 75 < days.size(); ++k)
                if (days[k + 75] < months_after(days[k], 12)) day_76 = std::min(day_76, days[k + 75]);
            for (const auto& [first, end] : stay.runs())
                for (Day d = first; d < std::min({end, until, B18}); ++d) {
                    if (!only(d) || d < leaving_care_act) continue;
                    const int length = end == never ? never : end - first;
                    const bool in = d < regulations_2010 ? length <= 28
                                                         : d < day_76 && (length <= 17 || (relaxed_from <= d && d <= relaxed_to));
                    if (in) SB.mark(d, d + 1);
                }
        }
        full = Condition([&](Day d) { return LA(d) && !SB(d); });

        // A series of short breaks: until the last of them was more than 12 months ago, or the child is looked after in full
        series = Condition();
        for (Day d = window_first; d < B18; ++d)
            if (SB(d))
                for (Day x = d; x < std::min(B18, months_after(d, 12)) && !full(x); ++x) series.mark(x, x + 1);

        const auto status = [&](const char* name, Condition& c) {
            const auto found = life_.statuses.find(name);
            if (found == life_.statuses.end()) return;
            for (const auto& [from, until] : found->second) c.mark(from, until);
        };
        status("eligible_child", E);
        status("relevant_child", R);
        status("former_relevant_child", F);
        status("qualifying", Q);
        status("personal_adviser", adviser);
        // s.23CA and s.23CZB, as the positions section 4 have them
        for_education = on_request = Condition();
        const auto& programmes = periods("education_programmes");
        for (Day told : days_of("told_of_programme")) {
            if (told >= B25) continue;
            Day until = always, next = never;
            for (const Period& p : programmes)
                if (p.covers(told)) until = std::max(until, p.until);
            for (const Period& p : programmes)
                if (p.from < p.until && told < p.from && p.from < B25) next = std::min(next, p.from);
            if (until == always && next != never)
                for (const Period& p : programmes)
                    if (p.from == next && p.from < p.until) until = std::max(until, p.until);
            if (until == always) until = B25;
            for_education.mark(std::max({told, B21, regulations_2010}), until);
        }
        for (Day asked : days_of("support_requests")) {
            if (asked < B21 || asked < support_to_25) continue;
            on_request.mark(asked, std::min(B25, first_on_or_after(days_of("support_declined"), asked)));
        }
        for_education = Condition([&, told = for_education](Day d) { return F(d) && told(d); });
        on_request = Condition([&, asked = on_request](Day d) { return F(d) && asked(d); });
        // s.23C(7): in a programme set out in the pathway plan that was running on the 21st birthday
        Condition programme;
        for (const Period& p : periods("education_programmes"))
            if (p.is("in_pathway_plan", "yes") && p.covers(B21)) programme.mark(B21, p.until);
        in_plan_programme = Condition([&](Day d) { return F(d) && programme(d); });
    }

    // --- how duties arise

    // Once for each unbroken run of a condition. `cycle`: what was running when the law began goes on as a cycle.
    static std::vector<Arising> each_run(const Condition& c, Day law, bool cycle = false)
    {
        std::vector<Arising> out;
        for (const auto& [from, until] : c.runs()) {
            if (from >= law) out.push_back({from, until, from, false});
            else if (cycle && until > law) out.push_back({law, until, from, true});
        }
        return out;
    }
    // With each record of a table, while something holds
    static std::vector<Arising> each_record(const std::vector<Period>& records, const std::function<bool(const Period&)>& which,
                                            const Condition& owed, Day law, bool cycle = false)
    {
        std::vector<Arising> out;
        for (const Period& p : records) {
            if (p.from == p.until || !which(p)) continue;
            const Day day = std::max(p.from, law);  // a record that was running when the law began: its cycle goes on
            if (!owed(day) || !p.covers(day) || (p.from < law && !cycle)) continue;
            out.push_back({day, std::min(p.until, owed.first_not(day)), p.from, p.from < law});
        }
        return out;
    }
    // On each of these days, while something holds
    static std::vector<Arising> each_day(const std::vector<Day>& days, const Condition& owed, Day law)
    {
        std::vector<Arising> out;
        for (Day d : days)
            if (d >= law && owed(d)) out.push_back({d, owed.first_not(d), d, false});
        return out;
    }
    void follow(Duty duty) { Follower(as_at_, death_, out_).follow(std::move(duty)); }

    static Step within_working_days(int n) { return {[n](Day clock) { return working_days_after(clock, n); }}; }
    static Step within_days(int n) { return {[n](Day clock) { return clock + n; }}; }
    static Step within_months(int n) { return {[n](Day clock) { return months_after(clock, n); }}; }
    static Step no_last_day() { return {}; }

    // ---------------------------------------------------------------------------------------- while looked after

    void while_looked_after()
    {
        const auto reviews = days_of("looked_after_reviews");
        const auto visits = days_of("social_worker_visits");
        const auto any = [](const Period&) { return true; };

        // CPR 4(2): a child who is not under a care order: before the first placement, else within 10 working days of its start.
        // A remand has a limit of its own (47B); a series of short breaks needs a plan too (48(3)(a) only says what it contains).
        {
            const Condition c([&](Day d) { return full(d) || series(d); });
            const Condition other_rules([&](Day d) { return order(d) || J1(d) || youth_detention(d); });
            std::vector<Arising> arisings;
            for (Arising a : each_run(c, regulations_2010)) {
                if (other_rules(a.arose)) continue;
                for (Day d = a.arose; d < std::min(a.ended, window_last); ++d)
                    if (other_rules(d)) a.ended = d;  // it yields from then on, and does not come back: the placement is not the first
                arisings.push_back(a);
            }
            follow({"care_plan", arisings, days_of("care_plans"), {within_working_days(10)}, nullptr, Counts::from_earlier});
        }
        // CPR 47B(2), 47C(3): remand to local authority accommodation
        // Both are counted from the remand, so earlier plans do not do; the care plan is for a child looked after only because of it.
        {
            Condition other_care;
            for (const Period& p : periods("care"))
                if (!p.is("legal_status", "J1")) other_care.mark(p.from, p.until);
            const Condition only_remand([&](Day d) {
                Day anew = always;  // care before an adoption no longer counts
                for (const Event& e : events("adopted"))
                    if (e.on <= d) anew = std::max(anew, e.on);
                for (Day x = d; LA(x) && x >= anew; --x)
                    if (other_care(x)) return false;
                return remand(d);
            });
            follow({"remand_care_plan", each_run(only_remand, remand_regulations), days_of("care_plans"), {within_working_days(5)}});
            follow({"remand_placement_plan", each_run(remand, remand_regulations), days_of("placement_plans"), {within_working_days(5)}});
        }
        // CPR 47C(2)(a): remand to youth detention accommodation
        {
            const Condition c([&](Day d) { return LA(d) && youth_detention(d); });
            follow({"detention_placement_plan", each_run(c, remand_regulations), days_of("detention_placement_plans"),
                    {within_working_days(10)}});
        }
        // CPR 9(2): before the placement, else within 5 working days of its start; 24.4.2020 - 25.9.2020 as soon as is practicable
        {
            const Condition owed([&](Day d) { return full(d) && !remand(d) && !youth_detention(d); });
            const Step step{[](Day clock) {
                return relaxed_from <= clock && clock <= relaxed_to ? never : working_days_after(clock, 5);
            }};
            follow({"placement_plan", each_record(periods("placements"), any, owed, regulations_2010), days_of("placement_plans"),
                    {step}, nullptr, Counts::from_earlier});
        }
        // CPR 13(1): before the placement; in an emergency within 5 working days of its start
        follow({"placement_notice",
                each_record(periods("placements"), [](const Period& p) { return !p.is("in_emergency", "yes"); }, full, regulations_2010),
                days_of("placement_notices"), {within_days(0)}, nullptr, Counts::from_earlier});
        follow({"emergency_placement_notice",
                each_record(periods("placements"), [](const Period& p) { return p.is("in_emergency", "yes"); }, full, regulations_2010),
                days_of("placement_notices"), {within_working_days(5)}});
        // CPR 14(4): within 10 working days of the end of the placement, if not before
        {
            std::vector<Arising> arisings;
            for (const Period& p : periods("placements"))
                if (p.from < p.until && p.until != never && p.until >= regulations_2010 && p.until < B18 && !SB(p.until - 1)) arisings.push_back({p.until, B18});
            follow({"placement_end_notice", arisings, days_of("placement_end_notices"), {within_working_days(10)}, nullptr,
                    Counts::from_earlier});
        }
        // CPR 7: the first assessment before the first placement, else before the first review; then 6 months, from the 5th
        // birthday 12 months
        follow({"health_assessment", each_run(full, regulations_2010, true), days_of("health_assessments"),
                {{[=, this](Day opened) {
                    return day_before_next(reviews, opened + 1);
                }}},
                [this](Day d, const Arising&) { return d < B5 ? months(6) : months(12); }});
        // CPR 33(1)-(2): 20 working days, 3 months, 6 months; SI 2020/445: no interval of 6 months on 24.4.2020 - 25.9.2020
        follow({"looked_after_review", each_run(full, regulations_2010, true), reviews, {within_working_days(20), within_months(3)},
                [](Day d, const Arising&) { return relaxed_from <= d && d <= relaxed_to ? Interval{} : months(6); }});
        // CPR 33(3)
        follow({"early_review",
                each_day(days_of("early_reviews_called_for", "because", {"reviewing_officer_asks", "placement_review_required"}), LA, regulations_2010),
                reviews, {no_last_day()}});
        // CPR 36(2): adjourned once, for not more than 20 working days. Open from the first adjournment until a review is held on a
        // later day; another adjournment meanwhile is no second start. A new time of being looked after begins afresh.
        {
            std::vector<Arising> arisings;
            const auto adjournments = days_of("review_adjournments");
            for (const auto& [from, until] : LA.runs()) {
                Day open_since = never;
                for (Day d = from; d < std::min(until, window_last + 1); ++d) {
                    for (const Event& e : events("adopted"))
                        if (e.on == d) open_since = never;  // what comes after counts anew
                    const bool held = std::binary_search(reviews.begin(), reviews.end(), d);
                    if (open_since == never && std::binary_search(adjournments.begin(), adjournments.end(), d)) {
                        open_since = d;
                        if (d >= regulations_2010) arisings.push_back({d, until, d, false});
                    } else if (held && !std::binary_search(adjournments.begin(), adjournments.end(), d)) {
                        open_since = never;  // begun and adjourned on one day, it has not been held
                    }
                }
            }
            follow({"adjourned_review", arisings, reviews, {within_working_days(20)}, nullptr, Counts::from_the_day_after});
        }

        // --- visits: CPR 28
        const auto special = [&](const Period& p, Day d) {
            return p.is("approval", "before_assessment")                                   // 28(3)
                   || p.is("approval", "temporary") || (p.is("placement", "P1") && C1(d))  // 28(4)
                   || (p.is("placement", "P1") && C2(d))                                   // 28(5)
                   || (p.is("arranged_by", "someone_else") && order(d));                   // 28(6)
        };
        const auto special_on = [&](Day d) {  // of a child with two records on a day, either makes it so
            for (const Period& p : periods("placements"))
                if (p.covers(d) && special(p, d)) return true;
            return false;
        };
        // 28(2), (3A), which yield to (3)-(6) from the day they apply, and do not come back within the placement.
        {
            std::vector<Arising> arisings;
            for (const Period& p : periods("placements"))
                for (const Arising& a : each_record({p}, any, Condition([&](Day d) { return full(d) && !special_on(d); }), regulations_2010, true)) {
                    if (a.arose != p.from && !a.goes_on) continue;
                    arisings.push_back(a);
                }
            for (std::size_t i = 0; i < arisings.size(); ++i) {
                follow({"visit", {arisings[i]}, visits, {within_days(7)}, [&](Day d, const Arising& a) {
                            if (d < months_after(a.began, 12)) return weeks(6);
                            bool fewer = false, to_last = false;  // of a child with two records on a day, either makes it so
                            const Day seen = std::min(d, std::max(a.arose, a.ended - 1));  // after its end, as on its last day
                            for (const Period& p : periods("placements")) {
                                if (!p.covers(seen)) continue;
                                fewer = fewer || ((p.is("placement", "U1") || p.is("placement", "U4")) && p.is("agreed_to_fewer_visits", "yes"));
                                to_last = to_last || p.is("intended_to_last_until_18", "yes");
                            }
                            return d >= fewer_visits && fewer ? months(6) : to_last ? months(3) : weeks(6);
                        }});
            }
        }
        // (48(3)(c) takes only paragraph (2) away in short breaks)
        // 28(3): with a parent before the assessment: every week until the first review, then 6 weeks;
        // 28(4): temporary approval: every week until the first review, then 4 weeks
        const auto weekly_until_review = [&](int then) {
            return [=, this](Day d, const Arising& a) { return first_on_or_after(reviews, a.began) <= d ? weeks(then) : weeks(1); };
        };
        follow({"visit_before_parents_assessment",
                each_record(periods("placements"), [](const Period& p) { return p.is("approval", "before_assessment"); }, LA,
                            regulations_2010, true),
                visits, {}, weekly_until_review(6)});
        follow({"visit_under_temporary_approval",
                each_record(periods("placements"), [](const Period& p) { return p.is("approval", "temporary"); }, LA, regulations_2010, true),
                visits, {}, weekly_until_review(4)});
        // 28(4): an interim care order, living with a parent; 28(5): a care order, living with a parent
        {
            Condition with_parent, assessed;
            for (const Period& p : periods("placements"))
                if (p.is("placement", "P1")) {
                    with_parent.mark(p.from, p.until);
                    if (!p.is("approval", "before_assessment")) assessed.mark(p.from, p.until);
                }
            const Condition interim([&](Day d) { return LA(d) && C1(d) && with_parent(d); });  // 28(4) has no exception for regulation 19
            const Condition under_order([&](Day d) { return LA(d) && C2(d) && assessed(d); });
            follow({"visit_under_interim_order_with_parent", each_run(interim, regulations_2010, true), visits, {}, weekly_until_review(4)});
            follow({"visit_under_care_order_with_parent", each_run(under_order, regulations_2010, true), visits, {within_days(7)},
                    [](Day, const Arising&) { return weeks(6); }});
        }
        // 28(6): in care, someone else makes the arrangements
        {
            const Condition owed([&](Day d) { return LA(d) && order(d); });
            follow({"visit_arranged_by_others",
                    each_record(periods("placements"), [](const Period& p) { return p.is("arranged_by", "someone_else"); }, owed,
                                regulations_2010, true),
                    visits, {within_days(7)}, [](Day d, const Arising& a) { return d < months_after(a.began, 12) ? weeks(6) : months(3); }});
        }
        // 28(7)
        follow({"visit_on_request", each_day(days_of("visit_requests"), LA, regulations_2010), visits, {no_last_day()}});
        follow({"visit_after_home_concern", each_day(days_of("home_concern_notices"), LA, regulations_2010), visits, {within_days(7)}});

        // CPR 48(3)(c)-(d): short breaks: 3 months from the first, then 6 months; while the last was not more than 12 months ago
        {
            const Condition& recent = series;
            const Every six_months = [](Day, const Arising&) { return months(6); };
            // 48(3)(c): "on days when C is in fact placed"; the day of going home is no longer one (positions 1.1)
            std::vector<Day> while_placed;
            for (Day d : visits)
                if (SB(d)) while_placed.push_back(d);
            follow({"short_break_visit", each_run(recent, regulations_2010, true), while_placed, {within_months(3)}, six_months});
            follow({"short_break_review", each_run(recent, regulations_2010, true), reviews, {within_months(3)}, six_months});
        }

        // SI 2010/2797 regs 2(2), 4: no longer looked after because detained by order of a court, and not a relevant child
        {
            // Any kind of detention: a remand to youth detention is by order of a court too, and since 2012 it is care, so drops out.
            std::vector<Arising> arisings;
            for (const Period& p : periods("detained"))
                if (p.from < p.until && p.from >= regulations_2010 && p.from < B18 && LA(p.from - 1) && !LA(p.from) && !R(p.from))
                    arisings.push_back({p.from, std::min(p.until, Condition([&](Day d) { return d < B18 && !LA(d) && !R(d); }).first_not(p.from))});
            follow({"visit_to_formerly_looked_after_in_detention", arisings, visits, {within_working_days(10)}});
        }

        // CPR 39(4)-(5), 39ZA: the decision to cease looking after must be approved before it takes effect
        {
            Condition criminal = youth_detention, detained;
            for (const Period& p : periods("care")) {
                if (p.is("legal_status", "J1") || p.is("legal_status", "J2") || p.is("legal_status", "J3")) criminal.mark(p.from, p.until);
            }
            for (const Period& p : periods("detained"))
                if (!p.is("kind", "youth_detention_remand")) detained.mark(p.from, p.until);
            const auto until_again = [&](Day end) {  // owed until 18, or until the child is looked after again
                for (Day d = end; d < B18; ++d)
                    if (LA(d)) return d;
                return B18;
            };
            std::vector<Arising> officer, director;
            for (const auto& [from, end] : full.runs()) {
                if (end == never || end >= B18 || LA(end)) continue;  // at 18 it needs no decision; nor does passing to short breaks
                const Day last = end - 1;
                if (criminal(last) || detained(end)) continue;  // a court ended it
                if (last < B16 || order(last)) {
                    // 20 working days, taken as four weeks
                    Day since = end;
                    while (LA(since - 1)) --since;
                    if (end >= decisions_rewritten && end - since >= 28) officer.push_back({end, until_again(end)});
                } else if (end >= director_approves) {
                    director.push_back({end, until_again(end)});
                }
            }
            const Step last_day = within_days(0);  // approved on the day on which it takes effect, at the latest
            follow({"leaving_care_decision_by_officer", officer, days_of("leaving_care_decisions"), {last_day}, nullptr, Counts::from_earlier});
            follow({"leaving_care_decision_by_director", director,
                    days_of("leaving_care_decisions", "approved_by", {"director_of_childrens_services"}), {last_day}, nullptr,
                    Counts::from_earlier});
        }
    }

    // ---------------------------------------------------------------------------------------- on leaving care

    void on_leaving_care()
    {
        const auto assessments = days_of("needs_assessments");
        const auto plans = days_of("pathway_plans");
        const auto plan_reviews = days_of("pathway_plan_reviews");
        const auto adviser_visits = days_of("adviser_visits");
        const Condition everyone([](Day) { return true; });
        const Condition ERF([&](Day d) { return E(d) || R(d) || F(d); });
        const Condition RF([&](Day d) { return R(d) || F(d); });
        // The duty to keep in touch: s.23B(1), s.23C(2), (6), (7)
        const Condition in_touch_duty([&](Day d) { return R(d) || (F(d) && d < B21) || in_plan_programme(d); });

        // The authority owes a pathway plan, and keeps it under review
        const Condition plan_owed([&](Day d) { return E(d) || R(d) || (F(d) && adviser(d)); });
        const Condition plan_reviewed([&](Day d) { return (d < regulations_2010 && E(d)) || R(d) || (F(d) && adviser(d)); });
        // s.24C(1) with s.24(4): someone once looked after who qualifies for advice and assistance too
        bool at_16 = LA(B16 - 1);
        const Condition any_touch([&](Day d) {
            at_16 = at_16 || (d >= B16 && LA(d));
            return in_touch_duty(d) || (Q(d) && at_16);
        });

        // CPR 42(1); before 1.4.2011 SI 2001/2874 reg. 7
        follow({"needs_assessment_of_eligible_child", each_run(E, leaving_care_act), assessments, {within_months(3)}, nullptr,
                Counts::from_earlier});
        // CLR 5(2)(a): a relevant child who has no pathway plan
        {
            std::vector<Arising> arisings;
            for (const Arising& a : each_run(R, leaving_care_act))
                if (plans.empty() || plans.front() >= a.arose) arisings.push_back(a);
            follow({"needs_assessment_of_relevant_child", arisings, assessments, {within_months(3)}, nullptr, Counts::from_earlier});
        }
        // CLR 5(2)(b): s.23CA
        {
            // Told after 21, or told before and now within the section
            const Condition pursuing([&](Day d) { return for_education(d) && !in_plan_programme(d); });
            std::vector<Day> days;
            for (const auto& [from, until] : pursuing.runs()) days.push_back(from);
            for (Day d : days_of("told_of_programme"))
                if (d >= B21 && d < B25) days.push_back(d);
            std::sort(days.begin(), days.end());
            days.erase(std::unique(days.begin(), days.end()), days.end());
            follow({"needs_assessment_for_education", each_day(days, pursuing, regulations_2010), assessments, {within_months(3)}});
        }
        // s.23CZB(4)-(5): no period is prescribed
        // Asked for once: asking again while it is given starts nothing
        follow({"needs_assessment_after_21", each_run(on_request, support_to_25), assessments, {no_last_day()}});
        // CPR 43(1), CLR 6(1): as soon as possible after the assessment
        // or, where it was made before the child was eligible, on becoming so
        {
            std::vector<Day> days = assessments;
            for (const auto& [from, until] : E.runs())
                if (!assessments.empty() && assessments.front() < from && (plans.empty() || plans.front() >= from)) days.push_back(from);
            std::sort(days.begin(), days.end());
            days.erase(std::unique(days.begin(), days.end()), days.end());
            follow({"pathway_plan", each_day(days, plan_owed, leaving_care_act), plans, {no_last_day()}});
        }
        // CLR 4(2)
        follow({"pathway_plan_copy", each_day(plans, Condition([&](Day d) { return R(d) || (F(d) && adviser(d)); }), regulations_2010), days_of("pathway_plan_copies"), {no_last_day()}});
        // SI 2001/2874 reg. 9: every 6 months; from 1.4.2011 (Sch. 2 para. 19B(5)-(6)) under regular review, which may ride on the review
        // of the case, so 6 months are only a suggestion, for what is begun since
        {
            const Condition with_plan([&](Day d) { return E(d) && !plans.empty() && plans.front() <= d; });
            std::vector<Day> doings = plan_reviews;
            for (Day d : days_of("looked_after_reviews")) doings.push_back(d);
            follow({"pathway_plan_review_of_eligible_child", each_run(with_plan, leaving_care_act), doings, {},
                    [](Day d, const Arising&) { return d < regulations_2010 ? months(6) : Interval{}; },
                    Counts::from_the_day_after,  // the review in which the plan was made is not a review of it
                    [](Day clock) { return clock < regulations_2010 ? never : months_after(clock, 6); },
                    4});  // four fill the two years from 16 to 18
        }
        // CLR 7(2)(c), 7(1); SI 2001/2874 reg. 9: R; F to 21, or in the programme of the plan, or receiving support by s.23CA or
        // s.23CZB, that is, with an adviser by any door
        {
            const Condition owed([&](Day d) { return R(d) || (F(d) && adviser(d)); });
            follow({"pathway_plan_review", each_run(owed, leaving_care_act, true), plan_reviews, {},
                    [](Day, const Arising&) { return months(6); }});
        }
        // CLR 7(2)(a)-(b)
        follow({"pathway_plan_review_on_request", each_day(days_of("pathway_plan_review_requests"), plan_reviewed, leaving_care_act), plan_reviews,
                {no_last_day()}});
        // CLR 7(3), 8(2): accommodation provided under s.23B or s.24B
        {
            std::vector<Period> provided;
            for (const Period& p : periods("leaving_care_accommodation"))
                if (p.is("under", "section_23B") || p.is("under", "section_24B")) provided.push_back(p);
            const auto any = [](const Period&) { return true; };
            // 7(3)(a): as soon as is practicable after the end of 28 days beginning on its first day; (b) then every 3 months
            follow({"pathway_plan_review_in_accommodation", each_record(provided, any, RF, regulations_2010, true), plan_reviews,
                    {{nullptr, 28, [](Day opens) { return opens + 7; }}}, [](Day, const Arising&) { return months(3); }});
            // 8(2)(a), (c)
            follow({"adviser_visit_in_accommodation", each_record(provided, any, RF, regulations_2010, true), adviser_visits,
                    {within_days(7)}, [](Day, const Arising&) { return months(2); }});
            // 8(2)(b): again before the review of 7(3). One such accommodation straight after another is taken as one.
            Condition in_any;
            for (const Period& p : provided) in_any.mark(p.from, p.until);
            const Condition housed([&](Day d) { return in_any(d) && RF(d); });
            for (const auto& [from, until] : housed.runs()) {
                Day first_visit = never;
                for (Day d : adviser_visits)
                    if (first_visit == never && from <= d && d < until) first_visit = d;
                const Condition since([&, begins = first_visit, ends = until](Day d) { return begins <= d && d < ends; });
                std::vector<Day> reviews_there;
                for (Day d : plan_reviews)
                    if (since(d) && d >= from + 28) reviews_there.push_back(d);
                follow({"adviser_visit_before_review", each_run(since, regulations_2010), adviser_visits,
                        {{[=, this](Day opened) {
                            return day_before_next(reviews_there, opened + 1);
                        }}},
                        nullptr, Counts::from_the_day_after});
            }
        }
        // Sch. 2 para. 19C, ss.23B(2), 23C(3), 23CA(2), 23CZB(3)
        for (const Arising& a : each_run(adviser, leaving_care_act)) {
            Condition has_one;
            for (const Period& p : periods("personal_adviser_appointments")) has_one.mark(p.from, p.until);
            std::vector<Day> doings;
            for (Day d = a.arose; d < std::min(a.ended, window_last + 1); ++d)
                if (has_one(d)) {
                    doings.push_back(d);
                    break;
                }
            follow({"personal_adviser_appointment", {a}, doings, {no_last_day()}});
        }
        // ss.23B(11), 23C(2): without delay
        {
            Condition lost;
            for (const Period& p : periods("out_of_touch")) lost.mark(p.from, p.until);
            const Condition c([&](Day d) { return lost(d) && in_touch_duty(d); });
            follow({"regaining_touch", each_run(c, leaving_care_act), days_of("steps_to_regain_touch"), {no_last_day()}});
        }
        // s.23CZB(7): as soon as possible after 21 and at least once in every 12 months, from the last offer, else from the start; while
        // support is received under the section nothing falls due. What was offered before the section applied was not this offer.
        {
            const Condition of_age([&](Day d) { return d >= support_to_25 && F(d) && B21 <= d && d < B25; });
            follow({"support_offer", each_run(of_age, support_to_25), days_of("support_offers"), {},
                    [&](Day d, const Arising&) { return on_request(d) || !of_age(d) ? Interval{} : months(12); }});
            const Condition to_be_offered([&](Day d) { return of_age(d) && !on_request(d); });
            std::vector<Arising> at_21;
            for (const Arising& a : each_run(to_be_offered, support_to_25))
                if (a.arose == B21) at_21.push_back(a);
            follow({"support_offer_at_21", at_21, days_of("support_offers"), {no_last_day()}});
        }
        // s.23C(5A), SI 2009/2274: one bursary, for the first course that qualifies
        {
            const Period* course = nullptr;
            Condition on_course;
            for (const Period& p : periods("higher_education_courses"))
                if (p.is("in_pathway_plan", "yes") && p.is("two_academic_years", "yes") && p.is("designated", "yes") &&
                    p.from >= day_of(2008, 9, 1))
                    on_course.mark(p.from, p.until);
            const Condition on([&](Day d) { return d >= bursary_regulations && F(d) && on_course(d); });
            const auto runs = on.runs();
            if (!runs.empty()) {
                const auto [arose, end] = runs.front();
                for (const Period& p : periods("higher_education_courses"))
                    if (!course && p.covers(arose) && p.is("in_pathway_plan", "yes") && p.is("two_academic_years", "yes") &&
                        p.is("designated", "yes") && p.from >= day_of(2008, 9, 1))
                        course = &p;
                const Day began = course->from, course_end = end;  // one course straight after another is taken as one
                follow({"higher_education_bursary_first_payment", {{arose, end}},
                        days_of("bursary_payments", "part", {"whole", "first_instalment"}),
                        {{[](Day clock) { return std::max(day_of(2009, 12, 31), clock + 28); }  /* for a course begun at 17, from 18 */}}, nullptr, Counts::from_earlier});
                std::vector<Arising> arisings;
                for (Day d : days_of("bursary_payments", "part", {"first_instalment"}))
                    if (on(d) && arose <= d && d < end) arisings.push_back({d});
                const Day fourth = first_on_or_after(days_of("fourth_year_began"), began);
                follow({"higher_education_bursary_last_payment", arisings, days_of("bursary_payments", "part", {"last_instalment"}),
                        {{[=](Day) {
                            Day due = course_end == never ? never : course_end - 1;
                            if (fourth < course_end) due = std::min(due, fourth + 28);
                            return due;
                        }}}});
            }
        }
        // s.24C(1): someone with whom it is under a duty to keep in touch
        {
            Condition elsewhere;
            for (const Period& p : periods("living_in_another_area")) elsewhere.mark(p.from, p.until);
            const Condition c([&](Day d) { return elsewhere(d) && any_touch(d); });
            follow({"informing_area_authority", each_run(c, leaving_care_act), days_of("area_authority_informed"), {no_last_day()}});
        }
        // s.24C(2)-(3): ceases to be so accommodated after reaching 16
        {
            std::vector<Arising> arisings;
            Condition at_once, three_months;
            for (const Period& p : periods("other_accommodation")) {
                if (p.is("kind", "voluntary_organisation") || p.is("kind", "private_childrens_home")) at_once.mark(p.from, p.until);
                if (p.is("kind", "education") || p.is("kind", "health") || p.is("kind", "care_home_or_independent_hospital"))
                    three_months.mark(p.from, p.until);
            }
            const auto ends = [&](Day end) { return end != never && B16 <= end && end < B18 && end >= leaving_care_act; };
            // A move from one such body to another without a gap is one accommodation.
            const auto elsewhere = [&](Day d) {
                for (const auto& [from, end] : three_months.runs())
                    if (from <= d && d < end && d >= months_after(from, 3) - 1) return true;
                return at_once(d);
            };
            for (const auto& [from, end] : at_once.runs())
                if (ends(end) && !elsewhere(end)) arisings.push_back({end, B18});
            for (const auto& [from, end] : three_months.runs())
                if (ends(end) && end >= months_after(from, 3) && !elsewhere(end)) arisings.push_back({end, B18});
            follow({"provider_notice", arisings, days_of("provider_notices"), {no_last_day()}, nullptr, Counts::from_earlier});
        }
    }
};

// ------------------------------------------------------------------------------------------------ main

int main(int argc, char** argv)
try {
    std::map<std::string, std::string> given;
    for (int i = 1; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
    for (const char* name : {"--facts", "--statuses", "--holidays", "--as-at", "--out"})
        if (!given.count(name)) throw std::invalid_argument(std::string("needs ") + name);
    for (auto& row : read(given["--holidays"])) holidays.insert(parse(row["date"]));
    const Day as_at = parse(given["--as-at"]);

    std::ofstream file(given["--out"]);
    file << "person,duty,number,arose,opens,due,suggested,done,state,days_late,ended\n";
    for (const Life& life : read_lives(given["--facts"], given["--statuses"]))
        for (const Obligation& o : Person(life, as_at).decide())
            file << life.person << ',' << o.duty << ',' << o.number << ',' << text(o.arose) << ',' << text(o.opens) << ',' << text(o.due)
                 << ',' << text(o.suggested) << ',' << text(o.done) << ',' << o.state << ','
                 << (o.days_late ? std::to_string(o.days_late) : "") << ',' << text(o.ended) << '\n';
    file.flush();
    return file ? 0 : 3;
} catch (const std::invalid_argument& e) {
    std::cerr << "deadlines: " << e.what() << '\n';
    return 2;
} catch (const std::exception& e) {
    std::cerr << "deadlines: " << e.what() << '\n';
    return 1;
}
