// leavingcare/results/tables.hpp
//
// Results as CSV tables and a receipt.
//
//   statuses.csv      person,status,from,until,truth,depends_on            statuses, and entitlements listed with them
//   entitlements.csv  person,entitlement,from,until,truth,amount,unit,depends_on
//   obligations.csv   person,duty,number,arose,opens,due,suggested,done,state,days_late,ended,depends_on
//                     `due`: the last day in time; `number`: the first, second ... doing of one arising; `ended`: owed no longer from then
//   findings.csv      person,limit,from,until,truth,depends_on             days on which a limit is passed
//   indicators.csv    indicator,from,until,numerator,denominator,unknown,value,least,most,target,met,depends_on
//                     a row for each whole period asked for. `unknown`: cases that are not settled; `least` and `most`: bounds of the value;
//                     `met`: yes, no, unknown, monitor only; blank, like the value, where nothing is counted
//   categories.csv    person,category,from,until,label,truth               the first status that holds, where a rulebook ranks them
//   receipt.json      what was evaluated, with which rules and readings, over which data
//
// Dates are ISO; `until` is exclusive and blank where no end is known, `from` is blank where no beginning is. `truth` is yes or unknown: there are no
// rows for no. Rows come in the order of the people, so the same inputs give the same bytes. Options::threads threads make the rows; one writes.
#pragma once

#include <leavingcare/results/result.hpp>

#include <filesystem>
#include <iosfwd>
#include <string>

namespace leavingcare {

void write_statuses(const Result& result, std::ostream& out);
void write_entitlements(const Result& result, std::ostream& out);
void write_obligations(const Result& result, std::ostream& out);
void write_findings(const Result& result, std::ostream& out);
void write_indicators(const Result& result, std::ostream& out);
void write_categories(const Result& result, std::ostream& out);

/// Library version, digest of the rulebook, readings, as_at, what was assumed, digest of the inputs.
[[nodiscard]] std::string receipt_json(const Result& result);

/// Writes all tables and the receipt into a folder, made if need be. They appear whole or not at all: each is
/// written beside its place and moved there when every one is complete. Throws std::runtime_error when that fails.
void write_tables(const Result& result, const std::filesystem::path& folder);

}  // namespace leavingcare
