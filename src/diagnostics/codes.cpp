// src/diagnostics/codes.cpp
//
// The one table of codes. Row i is code i: the build fails if a row is missing or out of place.
#include <leavingcare/diagnostics/codes.hpp>

#include <array>

namespace leavingcare {
namespace {

using enum Code;

constexpr auto table = std::to_array<CodeRow>({
    // The text of a YAML file.
    {Y101, "Y101", "file cannot be read",
     "The file is not there, is a folder, or may not be opened. Check the name and the folder it is looked "
     "for in, and that you may read "
     "it."},
    {Y102, "Y102", "file too large",
     "No file that people write by hand is this large, so it is taken for a mistake. Check that the right "
     "file was named; split a rulebook "
     "that really is so "
     "large."},
    {Y103, "Y103", "not plain text in UTF-8",
     "The file holds bytes that are not UTF-8, or control characters that no text needs; reading on would "
     "change names or lose lines "
     "without a word. Save it "
     "as \"UTF-8\" in your editor."},
    {Y104, "Y104", "not YAML",
     "The text cannot be read as YAML from this place on, so nothing after it was looked at. Usual causes "
     "are indentation that does not "
     "line up, a tab, a "
     "quote or bracket that is not closed, or a value with ': ' in it that is not quoted."},
    {Y105, "Y105", "key twice in one map",
     "Only one of two values with the same key could count, and a reader cannot tell which. Take one away, "
     "or give it its own name."},
    {Y106, "Y106", "anchor or alias",
     "Anchors (&name) and aliases (*name) put text in places where a reader does not see it. Write the text "
     "out, or declare a definition "
     "and use its name."},
    {Y107, "Y107", "merge key",
     "The merge key << copies one map into another out of the reader's sight, and YAML readers do not agree "
     "on what it does. Write the "
     "keys out."},
    {Y108, "Y108", "too deep or too many parts",
     "The text is nested deeper, or has more parts, than any rulebook needs, so it is taken for a mistake or "
     "an attack. Give names to "
     "inner conditions and "
     "refer to them by name."},
    {Y109, "Y109", "tag",
     "A tag (such as !!str) tells a YAML program which type to make. Here the rule language alone decides "
     "what a value means. Take the tag "
     "away; put text "
     "that looks like a number in quotes."},
    {Y110, "Y110", "not one document of plain keys",
     "A file is exactly one YAML document, and every key in it is a piece of text. Put further documents in "
     "files of their own, and write "
     "each key as a "
     "word before a colon."},

    // What a rulebook declares.
    {L101, "L101", "unknown key",
     "A key that is not part of the rule language would have no effect, and its author would think that it "
     "had. Correct the spelling or "
     "take it away; "
     "remarks belong under 'note'."},
    {L102, "L102", "missing key",
     "Something that this declaration cannot do without is not there. Add the key; nothing is assumed in its "
     "place."},
    {L103, "L103", "wrong shape",
     "A list, a map or a piece of text was expected here and something else stands there. Compare with a "
     "neighbouring declaration of the "
     "same kind."},
    {L104, "L104", "no summary",
     "Everything declared says in plain words what it is, because those words are what explanations and "
     "reports show. Add 'summary'."},
    {L105, "L105", "no citation",
     "Everything declared says where it comes from: an instrument and provision, or a document and its "
     "lines. Add 'cite'; a rule without a "
     "source cannot be "
     "checked by anybody."},
    {L106, "L106", "not a date",
     "A date is written as year, month and day, such as 2018-04-01, and must be in the calendar. No other "
     "order is accepted, because "
     "01/04/2018 means "
     "different days to different people."},
    {L107, "L107", "not a number or a period",
     "A number is written in digits, a period as a number with its unit, such as 13 weeks or 18 years. The "
     "unit is always written."},
    {L108, "L108", "two of one name",
     "Two declarations have the same name, so a rule that uses it could mean either. Rename one; a later "
     "version of the same rule goes "
     "under 'versions'."},
    {L109, "L109", "gap between versions",
     "On some days between the first and the last version of this rule no version is in force, so those days "
     "could not be decided. Close "
     "the gap, or add a "
     "version that says that the rule was not in force."},
    {L110, "L110", "versions overlap",
     "On some days two versions of this rule are in force, and nothing says which one decides. End the "
     "earlier version on the day on which "
     "the later one "
     "begins."},
    {L111, "L111", "no rulebook to extend",
     "'extends' names a rulebook that is not there, or the rulebooks extend each other in a circle. Check "
     "the name and the folder; a "
     "circle is broken by "
     "taking away one 'extends'."},
    {L112, "L112", "word outside its list",
     "Only certain words can stand here, and this is not one of them. Use one of the words the message "
     "lists."},
    {L113, "L113", "name not well formed",
     "Names are written in small letters, digits and underscores, beginning with a letter, such as "
     "looked_after. They become columns of "
     "tables and names in "
     "programs."},

    // What its rules mean.
    {R101, "R101", "unknown operator",
     "The rule language has no operator of this name. Check the spelling against the list of operators, or, "
     "if the name of a rule was "
     "meant, write it "
     "without a colon."},
    {R102, "R102", "unknown name",
     "Nothing of this name is declared in this rulebook or in one that it extends. Check the spelling, or "
     "declare it."},
    {R103, "R103", "wrong kind",
     "A condition, a number and a day are different things, and one stands where another is expected: a "
     "condition is yes or no on each "
     "day, a number is "
     "counted or compared, a day is a point in the calendar. Use an operator that turns the one into the "
     "other."},
    {R104, "R104", "wrong unit",
     "Quantities of different units cannot be compared or combined: weeks are not pounds, and months have no "
     "fixed number of days. State "
     "both in the same "
     "unit."},
    {R105, "R105", "rules in a circle",
     "These rules are defined by one another, so none of them can be decided first. Break the circle: one of "
     "them must be stated in terms "
     "of facts."},
    {R106, "R106", "unknown fact or field",
     "No fact of this name is declared, or the fact has no such field. Check the spelling, or declare it "
     "under 'facts' so that records can "
     "be read for it."},
    {R107, "R107", "argument missing",
     "The operator cannot be evaluated without this argument, and nothing is assumed in its place. Add it."},
    {R108, "R108", "unknown argument",
     "The operator has no argument of this name, so it would have no effect. Correct the spelling or take it "
     "away."},
    {R109, "R109", "word the field does not allow",
     "The field's declaration lists the words it may hold, and this is not one of them, so the test could "
     "never be true. Correct the word, "
     "or add it to the "
     "field."},
    {R110, "R110", "unknown reading or option",
     "No reading of this name is declared, or it has no such option. Check the spelling, or declare the "
     "question under 'readings' with its "
     "options."},
    {R111, "R111", "parameter without a value",
     "On some of the days that need this parameter it has no value, so the rule could not be decided on "
     "them. Add a dated value with its "
     "source, or begin "
     "the rule later."},
    {R112, "R112", "too many rules or nested too deep",
     "The rules are more in number, or nested deeper, than can be evaluated within safe bounds. Give inner "
     "conditions names of their own "
     "and refer to them."},
    {R113, "R113", "no calendar",
     "Working days can be counted only by a list of holidays. Name one under conventions, as "
     "working_days: england_and_wales; the lists stand in rules/calendars/."},
    {R114, "R114", "what is done again is no event",
     "A duty that recurs is done on single days, each of which starts the clock anew. Say by which events it is done; a period that "
     "goes on would be done every day."},
    {R115, "R115", "no such parameter",
     "A figure was given for a parameter that the rulebook does not have. 'leavingcare list --parameters' shows "
     "which it has, and for which of them the source gives no figure."},
    {R116, "R116", "rules that cannot be compared",
     "A rule is compared with one of a rulebook that its own extends, and of the same kind: a duty with a duty, what holds on some days with what holds on "
     "some days. Name such a rule under 'compare_with', or take it away."},

    // A council's documents, and the ledger of what became of each line.
    {D101, "D101", "not lines of a document",
     "Lines are written 7, 5-11 or \"5-11, 27\", the first and the last of them included. The first line of a document is 1."},
    {D102, "D102", "line beyond the document",
     "The document is declared with fewer lines than are cited here. Correct the lines, or the number of lines under 'documents'."},
    {D103, "D103", "document not declared",
     "No rulebook of the council declares a document of this name, so nobody could look its lines up. Correct the name, or declare it under 'documents'."},
    {D104, "D104", "two entries of one name",
     "An entry of the ledger is cited by its name, so a name stands in the ledger once. Give one of them another name."},
    {D105, "D105", "entry without rule or reason, or with both",
     "An entry names the rules that say what the lines say, or the reason why no machine can decide it. What is partly one and partly the other is two entries."},
    {D106, "D106", "rule in no entry",
     "Every rule of a council but its definitions comes from lines of a document, and the ledger says which. Name the rule in the entry of those lines."},
    {D107, "D107", "lines not accounted for",
     "Each line of a document is cited by an entry of the ledger, or stands under 'without_rules' with the reason, or under 'blank_lines'. Else nobody can "
     "tell whether it was read."},
    {D108, "D108", "lines accounted for twice",
     "An entry of the ledger cites a line that is said to hold no rule, or to be blank. One of the two is wrong."},
    {D109, "D109", "rule and entry cite different lines",
     "The rule that the entry names cites none of the entry's lines, so one of the two points at the wrong place. Correct the lines of the rule's 'cite', or of the entry."},

    // People and their records.
    {P101, "P101", "table or folder cannot be read",
     "The table or folder is not there or may not be opened. Check the name, and that you may read it."},
    {P102, "P102", "missing column",
     "The table does not have a column that its fact needs. Add the column; its cells may be blank where the "
     "fact allows it."},
    {P103, "P103", "unknown column",
     "The fact has no field of this name, so the column would be ignored without a word. Correct the "
     "heading, or remove the column."},
    {P104, "P104", "row with the wrong number of cells",
     "The row has more or fewer cells than the table has columns, so its values may stand under the wrong "
     "headings. A comma inside a value "
     "must be within "
     "quotes."},
    {P105, "P105", "not a date",
     "A date is written as year, month and day, such as 2018-04-01, and must be in the calendar. Export the "
     "column in that form."},
    {P106, "P106", "ends before it begins",
     "The period ends before the day on which it begins. 'until' is the first day on which it no "
     "longer holds; correct one of the "
     "two dates."},
    {P107, "P107", "word the fact does not allow",
     "The field holds one of the words its fact declares, and this is not one of them. Translate it to one "
     "of the words the message "
     "lists."},
    {P108, "P108", "person without a date of birth",
     "The row is about a person who has no row in the table of dates of birth, so is not among the people "
     "asked about. Add the person "
     "there, or remove the "
     "row."},
    {P109, "P109", "person twice",
     "One person has two rows where there can be only one, and nothing says which is right. Remove one; "
     "check that two people do not share "
     "an identifier."},
    {P110, "P110", "table of no known fact",
     "The rulebook declares no fact of this name, so nothing in the file would be used. Correct the name of "
     "the file, or move it out of "
     "the folder."},
    {P111, "P111", "not a number",
     "A number is written in digits with at most one decimal point, without thousands separators, units or "
     "currency signs."},
    {P112, "P112", "case file of the wrong shape",
     "A case file describes one person, with records listed under 'facts' by the name of the fact. Compare "
     "with the examples that come "
     "with the rulebook."},
    {P113, "P113", "required table missing",
     "The rulebook needs this table for everyone, and it is not in the folder. Supply it; a table with only "
     "its header line says that "
     "nobody has any."},
    {P114, "P114", "not CSV",
     "The file cannot be read as comma-separated text in UTF-8: a quote is not closed, or there are bytes "
     "that are not text. Export it "
     "again as \"CSV "
     "UTF-8\"."},
    {P115, "P115", "required cell blank",
     "This cell may not be blank, because the record means nothing without it. Fill it in; the end of a "
     "period may be left blank, and so may a field, which is then unknown."},
    {P201, "P201", "file or year of a return",
     "How a file or a collection year was taken: a file whose columns match no table is left unused; the year is told "
     "by the dates inside. Check it against what you know of the return."},
    {P202, "P202", "overlapping episodes",
     "Two episodes of one child cover the same days, although a child is in one episode at a time. Correct "
     "the dates at source; the "
     "message says how the "
     "days were counted meanwhile."},
    {P203, "P203", "duplicate episode",
     "The same episode stands in the return more than once and is counted once. Remove the copy at source."},
    {P204, "P204", "episode replaced",
     "A later return holds the same episode with other details. The later return was used, as the more "
     "recent statement; check that the "
     "change was meant."},
    {P205, "P205", "episode joined",
     "An episode that was open at the end of one return is closed in the next. The two rows are one episode "
     "and were joined; nothing needs "
     "to be done."},
    {P206, "P206", "child missing from a later return",
     "A child who was still looked after at the end of one return does not appear in the next, so the end of "
     "the care is not recorded. "
     "Find out when it "
     "ended, and add the end."},
    {P207, "P207", "end imputed",
     "The end of the episode was filled in by the collection and not recorded by the authority (reason E99, "
     "or the LIIAF rule), so the "
     "true day may be "
     "another. Replace it with the recorded end."},
    {P208, "P208", "reason without an end date",
     "The episode has a reason for ending and no date on which it ended. Add the date, or remove the reason "
     "if the episode is still open."},
    {P209, "P209", "episode without a day",
     "The episode ends on or before the day on which it begins, so it covers no day. Correct the dates at "
     "source."},
    {P210, "P210", "unknown code",
     "The source map does not say what this code means, so the row cannot be translated into facts. Correct "
     "the code, or add it to the map "
     "with its "
     "meaning."},
    {P211, "P211", "not a date",
     "Dates in the return are written day, month and year, such as 01/04/2018, and must be in the calendar. "
     "Correct the cell at source."},
    {P212, "P212", "child without a header row",
     "The child has episodes and no row in the header table, so the date of birth is not known. Add the "
     "header row."},
    {P213, "P213", "gap inside a period of care",
     "The episode ends with a code which says that another follows at once, and none does. Add the missing "
     "episode, or correct the reason "
     "for ending."},
    {P214, "P214", "date of birth differs",
     "Two returns give different dates of birth for one child, and every age would follow from one of them. "
     "Correct the return that is "
     "wrong."},
    {P215, "P215", "no usable returns or source map",
     "No folder holds a return that can be used, or the source map that translates its codes is not sound. "
     "Check the folders named, and "
     "the map's own "
     "problems."},
    {P216, "P216", "XML that is not read",
     "The file begins as XML and is not well formed, declares a document type, or is larger or deeper than any return is. Export "
     "the return again; the message says what stands in the way."},
    {P217, "P217", "ends that do not fit the map",
     "By the source map a day of leaving does, or does not, count as a day of the record, and the records of this source meet in "
     "the other way. Every total of days would be wrong: say in the map which day the source means by the end."},

    // A scenario.
    {S101, "S101", "scenario names what is not there",
     "The scenario expects something of a rule, fact or person that does not exist, so it proves nothing. "
     "Correct the name."},
    {S102, "S102", "scenario of the wrong shape",
     "A scenario has a name that states its claim, the facts of a person, and what is expected on which "
     "days. Compare with its "
     "neighbours."},
    {S103, "S103", "scenario fails",
     "The rulebook's answer is not what the scenario says it should be. One of the two is wrong: check both "
     "against the law they cite "
     "before changing "
     "either."},
    {S104, "S104", "two scenarios of one name",
     "Two scenarios have the same name, so a report could not tell them apart. Rename one so that the names "
     "state what differs."},

    // The way a command or function was called.
    {U101, "U101", "no rulebook of that name",
     "There is no rulebook of this name where rulebooks are looked for, and no file at this path. Check the "
     "spelling, or give the path of "
     "the file."},
});

static_assert(table.size() == static_cast<std::size_t>(U101) + 1, "one row for every code");
static_assert(
    [] {
      for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].code) != i) return false;
      }
      return true;
    }(),
    "rows stand in the order of the enumeration");

}  // namespace

std::span<const CodeRow> all_codes() { return table; }

}  // namespace leavingcare
