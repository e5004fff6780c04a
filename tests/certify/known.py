"""Differences that are known and not yet mended: each is left out, by name, so that new ones can be found behind it.

When the engine (or the guide) has been mended, take the entry away; `--without-known NAME` runs as if it were not there.
"""

KNOWN = {
    "ratio_of_a_batch": "a ratio is unknown for everyone of a batch if something about it is unknown for one of them",
    "depends_on_of_a_batch": "depends_on of a sum_of names the fact for everyone if a field is blank for anyone",
    "causes_of_amounts": "depends_on of an amount that is not known is that of the row's first day, and takes the place of the condition's",
    "a_number_that_may_be_none": "least and greatest of a number that is not known do not reckon with there being no number",
    "windows_beyond_coverage": "events and sum_of count as known on a covered day, even if the window reaches back to days that are not covered",
    "explain_without_a_time": "explain crashes where the length of time of after, before, bridging or total is missing",
    "held_on_the_beginning": "held_on asks of a day as long ago as anyone can say, and nothing is said when something else is not known",
    "a_name_outlives_death": "a status that another rule names does not end with death there; the guide says that all but definitions do",
}


def is_known(name):
    return name in KNOWN
