// day_by_day: an independent, deliberately naive evaluation of England's leaving-care statuses.
//
// It shares no code with leavingcare and knows nothing of its engine. For each person it makes an array with one cell per
// calendar day and fills it day after day with the predicates of the written positions sections 1-4, under the names used there:
// LA, SB, Counted, E, C, X, D, R, F, Q and the personal adviser. Whatever is clever in the engine is absent here.
//
//   day_by_day --facts DIR --out DIR [--reading NAME=OPTION ...] [--show PERSON]
//
// Truth. Every fact table must be there and is complete; the only doubt comes from care records of code V4 and records
// marked disputed. Each day of such a record is a primitive unknown. Predicates combine by Kleene's three-valued logic; a count
// has a lower bound (days that are surely counted) and an upper bound (days that may be), and "count >= n" is yes when the
// lower bound reaches n, no when the upper does not, else unknown; the length of a stay likewise. All this is SOUND: a "yes" or
// "no" holds in every completion of the unknown days. It is NOT COMPLETE: an "unknown" may be one that cleverer reasoning
// settles. For people without doubtful records every answer is yes or no and exact.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

// ------------------------------------------------------------------------------------------------ calendar (section 1)

using Day = int;  // days since 1970-01-01
constexpr Day never = 1 << 28;  // an open end

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
    return m == 2 && leap(y) ? 29 : length[m - 1];
}

// "n months after a day: the corresponding date, else the last day of that month" (1.3)
Day months_after(Day from, int n)
{
    const Date a = date_of(from);
    const int months = a.year * 12 + (a.month - 1) + n;
    const int y = months / 12, m = months % 12 + 1;
    return day_of(y, m, std::min(a.day, days_in(y, m)));
}

const Day leaving_care_act = day_of(2001, 10, 1);    // 1.10.2001
const Day regulations_2010 = day_of(2011, 4, 1);     // 1.4.2011
const Day remand_is_care = day_of(2012, 12, 3);      // 3.12.2012
const Day remand_not_detained = day_of(2013, 4, 19); // 19.4.2013
const Day adviser_to_25 = day_of(2018, 4, 1);        // 1.4.2018
const Day cap_lifted_first = day_of(2020, 4, 24);    // 24.4.2020
const Day cap_lifted_last = day_of(2020, 9, 25);     // 25.9.2020

// ------------------------------------------------------------------------------------------------ truth

enum Truth : std::uint8_t { no = 0, unknown = 1, yes = 2 };

Truth operator!(Truth a) { return Truth(2 - a); }
Truth operator&&(Truth a, Truth b) { return std::min(a, b); }
Truth operator||(Truth a, Truth b) { return std::max(a, b); }
Truth truth(bool a) { return a ? yes : no; }

// A number known to lie between two bounds.
struct Bounds {
    int least = 0, most = 0;
};
Truth at_least(Bounds a, int n) { return a.least >= n ? yes : a.most < n ? no : unknown; }
Truth at_most(Bounds a, int n) { return a.most <= n ? yes : a.least > n ? no : unknown; }

// ------------------------------------------------------------------------------------------------ facts

struct Period {
    Day from, until;
    std::string kind;       // code, `with`, `kind` or in_pathway_plan
    bool disputed = false;  // care only
    bool covers(Day d) const { return from <= d && d < until; }
};
using Periods = std::vector<Period>;
using Events = std::vector<Day>;

struct Life {
    std::string person;
    Day born = 0;
    Periods care, family, detained, hospital, guardianship, accommodation, programmes;
    Events told, asked, declined, adopted, died;
};

struct Readings {
    bool birthday_28_february = false;
    bool short_breaks_disregarded = false;
    bool ending_on_16_counts = true;
    bool tested_every_day = false;
    bool adoption_no_effect = false;
};

// "B(n) is the n-th birthday" (1.2)
Day birthday(Day born, int n, const Readings& readings)
{
    const Date b = date_of(born);
    if (b.month == 2 && b.day == 29 && !leap(b.year + n))
        return readings.birthday_28_february ? day_of(b.year + n, 2, 28) : day_of(b.year + n, 3, 1);
    return day_of(b.year + n, b.month, b.day);
}

// ------------------------------------------------------------------------------------------------ one person's days

template <class T>
class Daily {  // one value for each day of the window
public:
    void reset(Day first, Day last, T value)
    {
        first_ = first;
        values_.assign(std::size_t(last - first + 1), value);
    }
    T& operator[](Day d) { return values_[std::size_t(d - first_)]; }
    const T& operator[](Day d) const { return values_[std::size_t(d - first_)]; }

private:
    Day first_ = 0;
    std::vector<T> values_;
};

constexpr std::array<const char*, 5> status_names{"eligible_child", "relevant_child", "former_relevant_child", "qualifying",
                                                  "personal_adviser"};
constexpr std::array<const char*, 11> predicate_names{"LA", "looked after only under V3", "SB", "Counted >= 91", "C", "X", "D",
                                                      "E", "R", "F", "Q"};

class Person {
public:
    Day first = 0, last = 0;             // the window; after `last` nothing changes
    std::array<Daily<Truth>, 5> status;  // the answer
    Day B14, B16, B18, B21, B25;
    Daily<Truth> LA, only_short, SB, enough, C, X, D, E, R, F, Q, adviser;

    void decide(const Life& life, const Readings& readings)
    {
        B14 = birthday(life.born, 14, readings);
        B16 = birthday(life.born, 16, readings);
        B18 = birthday(life.born, 18, readings);
        B21 = birthday(life.born, 21, readings);
        B25 = birthday(life.born, 25, readings);

        // The window: from birth, or the first fact, until well after the last change that anything could make.
        first = life.born;
        // Whoever is past 27 by then still meets the commencements of 2011 and 2018.
        last = std::max(birthday(life.born, 27, readings), day_of(2018, 4, 2));
        const auto widen = [&](Day d) {
            if (d == never) return;
            first = std::min(first, d - 1);
            last = std::max(last, d + 400);
        };
        for (const Periods* periods : {&life.care, &life.family, &life.detained, &life.hospital, &life.guardianship,
                                       &life.accommodation, &life.programmes})
            for (const Period& p : *periods) widen(p.from), widen(p.until);
        for (const Events* events : {&life.told, &life.asked, &life.declined, &life.adopted, &life.died})
            for (Day d : *events) widen(d);

        for (auto& s : status) s.reset(first, last, no);

        // Adoption: "from the day of adoption on, care, detention, stays in hospital, other accommodation and guardianship
        // before it no longer count; what comes after counts anew." So the days from an adoption until the next are decided
        // on a life from which those facts, up to that adoption, are cut away.
        Events starts{first};
        if (!readings.adoption_no_effect) {
            starts.insert(starts.end(), life.adopted.begin(), life.adopted.end());
            std::sort(starts.begin(), starts.end());
        }
        for (std::size_t i = 0; i < starts.size(); ++i) {
            const Day from = starts[i], until = i + 1 < starts.size() ? starts[i + 1] : last + 1;
            if (from == until) continue;
            decide_all_days(i == 0 ? life : without_what_came_before(life, from), readings);
            for (Day d = from; d < until; ++d) {
                status[0][d] = E[d];
                status[1][d] = R[d];
                status[2][d] = F[d];
                status[3][d] = Q[d];
                status[4][d] = adviser[d];
            }
        }

        // "A person who has died has no status from that day."
        for (Day death : life.died)
            for (auto& s : status)
                for (Day d = std::max(first, death); d <= last; ++d) s[d] = no;
    }

private:
    Daily<Truth> full_, short_, order_, accommodated_;
    Daily<Bounds> stay_;
    Daily<std::uint8_t> home_, health_;

    static Life without_what_came_before(const Life& life, Day adoption)
    {
        Life left = life;
        for (Periods* periods : {&left.care, &left.detained, &left.hospital, &left.accommodation, &left.guardianship}) {
            std::erase_if(*periods, [&](const Period& p) { return p.until <= adoption; });
            for (Period& p : *periods) p.from = std::max(p.from, adoption);
        }
        return left;
    }

    template <class T>
    void mark(Daily<T>& days, Day from, Day until, T value)
    {
        for (Day d = std::max(from, first); d < std::min(until, last + 1); ++d) days[d] = std::max(days[d], value);
    }

    void decide_all_days(const Life& life, const Readings& readings)
    {
        looked_after(life);
        short_breaks(readings);
        eligible();
        left_care_eligible(readings);
        settled_at_home(life);
        detained_or_in_hospital_at_16(life);
        relevant();
        former_relevant(readings);
        qualifying(life, readings);
        personal_adviser(life);
    }

    // --- section 2

    void looked_after(const Life& life)
    {
        full_.reset(first, last, no);   // in care otherwise than by a short break
        short_.reset(first, last, no);  // in a short-break record
        order_.reset(first, last, no);  // under a care order
        for (const Period& p : life.care) {
            // "A record with start = end is not care": it has no days to mark.
            if (p.kind == "V4") {  // an agreement, not nights: unknown on each of its days, and unknown of which kind
                mark(full_, p.from, p.until, unknown);
                mark(short_, p.from, p.until, unknown);
                continue;
            }
            const Truth value = p.disputed ? unknown : yes;
            mark(p.kind == "V3" ? short_ : full_, p.from, p.until, value);
            if (p.kind == "C1" || p.kind == "C2") mark(order_, p.from, std::min(p.until, B18), value);
        }
        // "Remand to youth detention is care from 3.12.2012, also where only the `detained` facts show it."
        for (const Period& p : life.detained)
            if (p.kind == "youth_detention_remand") mark(full_, std::max(p.from, remand_is_care), p.until, yes);

        LA.reset(first, last, no);
        only_short.reset(first, last, no);
        for (Day d = first; d < std::min(B18, last + 1); ++d) {
            LA[d] = full_[d] || short_[d];
            only_short[d] = short_[d] && !full_[d];
        }
    }

    // The length of the stay that covers d: the run of short-break days about it, as recorded, sure ones and possible ones.
    void stays()
    {
        stay_.reset(first, last, {0, 0});
        for (Day d = first; d <= last;) {  // possible
            Day end = d;
            while (end <= last && short_[end] != no) ++end;
            for (Day x = d; x < end; ++x) stay_[x] = {1, end - d};
            d = std::max(end, d + 1);
        }
        for (Day d = first; d <= last;) {  // sure
            Day end = d;
            while (end <= last && short_[end] == yes) ++end;
            for (Day x = d; x < end; ++x) stay_[x].least = end - d;
            d = std::max(end, d + 1);
        }
    }

    // The first day that is the 76th day looked after only under short breaks in some [s, s + 12 months). It is enough to
    // let s be such a day itself: starting on the first such day of a window reaches at least as far and loses none.
    Day day_76(bool possible_too) const
    {
        std::vector<Day> days;
        for (Day d = first; d < B18; ++d)
            if (only_short[d] == yes || (possible_too && only_short[d] == unknown)) days.push_back(d);
        Day earliest = never;
        for (std::size_t i = 0; i + 75 < days.size(); ++i)
            if (days[i + 75] < months_after(days[i], 12)) earliest = std::min(earliest, days[i + 75]);
        return earliest;
    }

    void short_breaks(const Readings& readings)
    {
        stays();
        const Day over_surely = day_76(false), over_possibly = day_76(true);
        SB.reset(first, last, no);
        for (Day d = std::max(first, leaving_care_act); d < B18; ++d) {
            if (d < regulations_2010) {
                SB[d] = only_short[d] && at_most(stay_[d], 28);
            } else {
                const bool no_cap = cap_lifted_first <= d && d <= cap_lifted_last;
                const Truth over_75 = d >= over_surely ? yes : d < over_possibly ? no : unknown;
                SB[d] = only_short[d] && (truth(no_cap) || at_most(stay_[d], 17)) && !over_75;
            }
        }

        // Counted(d) >= 91
        enough.reset(first, last, no);
        Bounds counted;
        for (Day x = B14; x <= last; ++x) {
            Truth counts = LA[x];
            if (readings.short_breaks_disregarded) counts = counts && !only_short[x];
            counted.least += counts == yes;
            counted.most += counts != no;
            enough[x] = at_least(counted, 91);
        }
    }

    // --- section 3. Every status "from 1.10.2001; nobody has one before".

    void eligible()
    {
        E.reset(first, last, no);
        for (Day d = std::max(B16, leaving_care_act); d < B18; ++d) E[d] = LA[d] && enough[d] && !SB[d];
    }

    void left_care_eligible(const Readings& readings)
    {
        const Day l = B16 - 1;
        const Truth ended_on_16 = truth(readings.ending_on_16_counts && B16 >= leaving_care_act) && LA[l] && !LA[B16] &&
                                  enough[l] && !SB[l];
        C.reset(first, last, no);
        Truth E_before_d = no;
        for (Day d = first; d <= last; ++d) {
            C[d] = !LA[d] && (E_before_d || (truth(d >= B16) && ended_on_16));
            E_before_d = E_before_d || E[d];
        }
    }

    void settled_at_home(const Life& life)
    {
        home_.reset(first, last, 0);
        for (const Period& p : life.family) mark(home_, p.from, p.until, std::uint8_t(1));
        X.reset(first, last, no);
        for (Day d = first; d <= last;) {
            Day end = d;
            while (end <= last && home_[end]) ++end;
            if (end > d)
                for (Day x = months_after(d, 6); x < end; ++x) X[x] = yes;
            d = std::max(end, d + 1);
        }
    }

    void detained_or_in_hospital_at_16(const Life& life)
    {
        Truth at_16 = no;
        const auto record = [&](const Period& p) {
            if (!p.covers(B16)) return;
            Bounds days;
            for (Day x = B14; x < p.from; ++x) {
                const Truth counts = LA[x] && !(only_short[x] && at_most(stay_[x], 28));
                days.least += counts == yes;
                days.most += counts != no;
            }
            at_16 = at_16 || at_least(days, 91);
        };
        for (const Period& p : life.detained)
            if (!(p.kind == "youth_detention_remand" && B16 >= remand_not_detained)) record(p);
        for (const Period& p : life.hospital) record(p);

        D.reset(first, last, no);
        for (Day d = B16; d <= last; ++d) D[d] = !LA[d] && !order_[d] && at_16;
    }

    Truth relevant_less_age_limits(Day d) const { return (C[d] && !X[d]) || D[d]; }

    void relevant()
    {
        R.reset(first, last, no);
        for (Day d = std::max(B16, leaving_care_act); d < B18; ++d) R[d] = relevant_less_age_limits(d);
    }

    void former_relevant(const Readings& readings)
    {
        Truth R_before_18 = no;
        for (Day x = B16; x < B18; ++x) R_before_18 = R_before_18 || R[x];
        const Truth looked_after_until_18 = LA[B18 - 1] && E[B18 - 1];
        F.reset(first, last, no);
        for (Day d = std::max(B18, leaving_care_act); d <= last; ++d) {
            const Truth would_be = relevant_less_age_limits(readings.tested_every_day ? d : B18);
            F[d] = (R_before_18 && would_be) || looked_after_until_18;
        }
    }

    void qualifying(const Life& life, const Readings& readings)
    {
        // s.24(2)(b), (c), (e) on each day; (d), stays in hospital among them, from the day that completes three months.
        accommodated_.reset(first, last, no);
        health_.reset(first, last, 0);
        for (const Period& p : life.accommodation) {
            if (p.kind == "voluntary_organisation" || p.kind == "private_childrens_home" || p.kind == "private_fostering")
                mark(accommodated_, p.from, p.until, yes);
            else
                mark(health_, p.from, p.until, std::uint8_t(1));
        }
        for (const Period& p : life.hospital) mark(health_, p.from, p.until, std::uint8_t(1));
        for (Day d = first; d <= last;) {
            Day end = d;
            while (end <= last && health_[end]) ++end;
            if (end > d) mark(accommodated_, months_after(d, 3) - 1, end, yes);
            d = std::max(end, d + 1);
        }

        const Day l = B16 - 1;
        const Truth care_ended_on_16 =
            truth(readings.ending_on_16_counts && B16 >= leaving_care_act) && LA[l] && !LA[B16];

        Q.reset(first, last, no);
        Truth looked_after_before = no, accommodated_before = no;  // on a day from B(16) and before both d and B(18)
        for (Day d = B16; d < B21; ++d) {
            if (B16 <= d - 1 && d - 1 < B18) {
                looked_after_before = looked_after_before || LA[d - 1];
                accommodated_before = accommodated_before || accommodated_[d - 1];
            }
            if (d < leaving_care_act) continue;
            const Truth B1 = !LA[d] && (looked_after_before || care_ended_on_16 || (accommodated_before && !accommodated_[d]));
            Truth A1 = no;
            for (const Period& p : life.guardianship)
                if (p.from < p.until && p.covers(d < B18 ? d : B18 - 1)) A1 = A1 || LA[p.from - 1];
            Q[d] = B1 || A1;
        }
    }

    // --- section 4

    void personal_adviser(const Life& life)
    {
        Daily<std::uint8_t>& owed = home_;  // the doors open to a former relevant child of 21 and more (scratch space)
        owed.reset(first, last, 0);

        // s.23C(7): a programme set out in the pathway plan that was running on B(21)
        for (const Period& p : life.programmes)
            if (p.kind == "yes" && p.covers(B21)) mark(owed, B21, p.until, std::uint8_t(1));

        // s.23CA: told before B(25)
        for (Day told : life.told) {
            if (told >= B25) continue;
            Day until = -never;
            for (const Period& p : life.programmes)  // "the programme then running (the last to end)"
                if (p.covers(told)) until = std::max(until, p.until);
            if (until == -never) {  // "else the next to start before B(25)"
                Day next = never;
                for (const Period& p : life.programmes)
                    if (p.from < p.until && told < p.from && p.from < B25) next = std::min(next, p.from);
                for (const Period& p : life.programmes)
                    if (p.from < p.until && p.from == next) until = std::max(until, p.until);
            }
            if (until == -never) until = B25;  // "or B(25) if none starts"
            mark(owed, std::max({told, B21, regulations_2010}), until, std::uint8_t(1));
        }

        // s.23CZB: from asking until declining
        for (Day asked : life.asked) {
            if (asked < B21 || asked < adviser_to_25) continue;
            Day until = B25;
            for (Day declined : life.declined)
                if (declined >= asked) until = std::min(until, declined);
            mark(owed, asked, until, std::uint8_t(1));
        }

        adviser.reset(first, last, no);
        for (Day d = B16; d <= last; ++d)
            adviser[d] = E[d] || R[d] || (F[d] && truth(d < B21 || (d >= B21 && owed[d])));
    }
};

// ------------------------------------------------------------------------------------------------ reading and writing

struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::size_t column(const std::string& name) const
    {
        const auto found = std::find(header.begin(), header.end(), name);
        if (found == header.end()) throw std::runtime_error("no column " + name);
        return std::size_t(found - header.begin());
    }
    bool has(const std::string& name) const { return std::find(header.begin(), header.end(), name) != header.end(); }
};

std::vector<std::string> cells(const std::string& line)
{
    std::vector<std::string> out(1);
    bool quoted = false;
    for (char c : line) {
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) out.emplace_back();
        else if (c != '\r') out.back() += c;
    }
    return out;
}

Table read(const std::filesystem::path& path)
{
    std::ifstream in(path);
    if (!in) throw std::runtime_error("no table " + path.string() + " (this program needs every table)");
    Table table;
    std::string line;
    if (std::getline(in, line)) table.header = cells(line);
    while (std::getline(in, line)) {
        if (line.empty() || line == "\r") continue;
        table.rows.push_back(cells(line));
        if (table.rows.back().size() != table.header.size()) throw std::runtime_error(path.string() + ": a row of another width");
    }
    return table;
}

Day parse(const std::string& s)
{
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') throw std::runtime_error("not a date: " + s);
    return day_of(std::stoi(s.substr(0, 4)), std::stoi(s.substr(5, 2)), std::stoi(s.substr(8, 2)));
}

std::string text(Day d)
{
    const Date a = date_of(d);
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", a.year, a.month, a.day);
    return buffer;
}

class Facts {
public:
    std::vector<Life> lives;

    explicit Facts(const std::filesystem::path& folder) : folder_(folder)
    {
        const Table births = read(folder / "date_of_birth.csv");
        for (const auto& row : births.rows) {
            index_[row[births.column("person")]] = lives.size();
            lives.emplace_back();
            lives.back().person = row[births.column("person")];
            lives.back().born = parse(row[births.column("value")]);
        }
        periods("care", "legal_status", &Life::care);
        periods("living_with_family", "with", &Life::family);
        periods("detained", "kind", &Life::detained);
        periods("in_hospital", "", &Life::hospital);
        periods("special_guardianship", "", &Life::guardianship);
        periods("other_accommodation", "kind", &Life::accommodation);
        periods("education_programmes", "in_pathway_plan", &Life::programmes);
        events("told_of_programme", &Life::told);
        events("support_requests", &Life::asked);
        events("support_declined", &Life::declined);
        events("adopted", &Life::adopted);
        events("died", &Life::died);
    }

private:
    std::filesystem::path folder_;
    std::unordered_map<std::string, std::size_t> index_;

    Life& life(const std::string& person)
    {
        const auto found = index_.find(person);
        if (found == index_.end()) throw std::runtime_error("a row about nobody in date_of_birth: " + person);
        return lives[found->second];
    }

    void periods(const std::string& name, const std::string& kind, Periods Life::*member)
    {
        const Table table = read(folder_ / (name + ".csv"));
        const std::size_t person = table.column("person"), from = table.column("from"), until = table.column("until");
        const bool has_dispute = table.has("disputed");
        for (const auto& row : table.rows) {
            Period p{parse(row[from]), row[until].empty() ? never : parse(row[until]),
                     kind.empty() ? std::string() : row[table.column(kind)],
                     has_dispute && row[table.column("disputed")] == "yes"};
            if (p.until < p.from) throw std::runtime_error(name + ": a record that ends before it begins: " + row[person]);
            (life(row[person]).*member).push_back(std::move(p));
        }
    }

    void events(const std::string& name, Events Life::*member)
    {
        const Table table = read(folder_ / (name + ".csv"));
        for (const auto& row : table.rows) (life(row[table.column("person")]).*member).push_back(parse(row[table.column("on")]));
    }
};

// Maximal runs of one truth, but for "no".
template <class Row>
void runs(const Daily<Truth>& days, Day first, Day last, Row row)
{
    for (Day d = first; d <= last;) {
        Day end = d + 1;
        while (end <= last && days[end] == days[d]) ++end;
        if (days[d] != no) row(d, end, days[d]);
        d = end;
    }
}

int main(int argc, char** argv)
try {
    std::filesystem::path facts, out;
    std::string show;
    Readings readings;
    const std::map<std::string, std::pair<bool Readings::*, std::array<std::string, 2>>> offered{
        // option when false, option when true
        {"leap_birthday", {&Readings::birthday_28_february, {"1_march", "28_february"}}},
        {"short_break_days", {&Readings::short_breaks_disregarded, {"counted", "disregarded"}}},
        {"care_ending_on_16th_birthday", {&Readings::ending_on_16_counts, {"does_not_count", "counts"}}},
        {"would_be_relevant", {&Readings::tested_every_day, {"tested_at_18", "tested_every_day"}}},
        {"adoption", {&Readings::adoption_no_effect, {"earlier_care_no_longer_counts", "no_effect"}}},
    };
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        if (arg == "evaluate") continue;  // so that soundness.py can drive this program in the engine's place
        if (i + 1 == argc) throw std::invalid_argument(arg + " needs a value");
        const std::string value = argv[++i];
        if (arg == "--facts") facts = value;
        else if (arg == "--out") out = value;
        else if (arg == "--show") show = value;
        else if (arg == "--rules") continue;
        else if (arg == "--reading") {
            const auto equals = value.find('=');
            const auto found = offered.find(value.substr(0, equals));
            if (equals == std::string::npos || found == offered.end()) throw std::invalid_argument("no such reading: " + value);
            const auto& [member, options] = found->second;
            const std::string option = value.substr(equals + 1);
            if (option != options[0] && option != options[1]) throw std::invalid_argument("no such option: " + value);
            readings.*member = option == options[1];
        } else throw std::invalid_argument("no such option: " + arg);
    }
    if (facts.empty() || (out.empty() && show.empty()))
        throw std::invalid_argument("usage: day_by_day --facts DIR --out DIR [--reading NAME=OPTION ...] [--show PERSON]");

    const Facts all(facts);
    Person person;

    if (!show.empty()) {  // every predicate of one person, as runs (on the facts as they stand after the last adoption)
        for (const Life& life : all.lives) {
            if (life.person != show) continue;
            person.decide(life, readings);
            for (auto [name, d] : {std::pair{"born", life.born}, {"B(14)", person.B14}, {"B(16)", person.B16},
                                   {"B(18)", person.B18}, {"B(21)", person.B21}, {"B(25)", person.B25}})
                std::cout << name << ' ' << text(d) << '\n';
            const std::array<const Daily<Truth>*, 11> predicates{&person.LA, &person.only_short, &person.SB, &person.enough,
                                                                 &person.C, &person.X, &person.D, &person.E, &person.R,
                                                                 &person.F, &person.Q};
            const auto print = [&](const std::string& name, const Daily<Truth>& days) {
                runs(days, person.first, person.last, [&](Day from, Day until, Truth t) {
                    std::cout << name << ' ' << text(from) << ' ' << (until > person.last ? "..." : text(until)) << ' '
                              << (t == yes ? "yes" : "unknown") << '\n';
                });
            };
            for (std::size_t i = 0; i < predicates.size(); ++i) print(predicate_names[i], *predicates[i]);
            for (std::size_t i = 0; i < status_names.size(); ++i) print(std::string("= ") + status_names[i], person.status[i]);
        }
        if (out.empty()) return 0;
    }

    std::filesystem::create_directories(out);
    std::ofstream file(out / "statuses.csv");
    file << "person,status,from,until,truth\n";
    for (const Life& life : all.lives) {
        person.decide(life, readings);
        for (std::size_t i = 0; i < status_names.size(); ++i)
            runs(person.status[i], person.first, person.last, [&](Day from, Day until, Truth t) {
                file << life.person << ',' << status_names[i] << ',' << text(from) << ','
                     << (until > person.last ? "" : text(until)) << ',' << (t == yes ? "yes" : "unknown") << '\n';
            });
    }
    file.flush();
    return file ? 0 : 3;
} catch (const std::invalid_argument& e) {
    std::cerr << "day_by_day: " << e.what() << '\n';
    return 2;
} catch (const std::exception& e) {
    std::cerr << "day_by_day: " << e.what() << '\n';
    return 1;
}
