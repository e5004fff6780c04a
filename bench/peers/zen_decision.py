"""The ZEN engine: one decision table for the four statuses, asked for each person on one date. The table cannot speak of time,
so the host works out the facts of the day first, and does so as quickly as it can, with the expert's NumPy.

Limits: one date a call; ages, sums of days and "on some earlier day" are the host's, so the part of the law that is hard is not in
the table; a call for each person. The engine with a loader is asked by name: a decision made by `create_decision` is six times as slow
in this version.
"""

import numpy as np
import zen

import numpy_expert

INPUTS = ("age", "looked_after", "days_counted", "eligible_earlier", "looked_after_at_16_or_17_earlier")
TABLE = [  # the first row that fits decides; an empty cell fits everything
    ("[16..18)", "true", ">= 91", "", "", "eligible"),
    ("[16..18)", "false", "", "true", "", "relevant"),
    ("[18..21)", "", "", "true", "", "former_relevant"),
    ("[16..21)", "false", "", "false", "true", "qualifying"),
    ("", "", "", "", "", "none"),
]
DECISION = {
    "nodes": [
        {"id": "in", "name": "person", "type": "inputNode"},
        {
            "id": "statuses",
            "name": "statuses",
            "type": "decisionTableNode",
            "content": {
                "hitPolicy": "first",
                "inputs": [{"id": name, "name": name, "field": name} for name in INPUTS],
                "outputs": [{"id": "status", "name": "status", "field": "status"}],
                "rules": [
                    {"_id": str(i), **dict(zip(INPUTS, row)), "status": f'"{row[-1]}"'} for i, row in enumerate(TABLE)
                ],
            },
        },
        {"id": "out", "name": "status", "type": "outputNode"},
    ],
    "edges": [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "statuses"},
        {"id": "2", "type": "edge", "sourceId": "statuses", "targetId": "out"},
    ],
}


def facts_of_the_day(care, day):
    born, offsets, person, start, until, short_break = care
    at16, at18, at21, first_eligible, first_at_16, _, _ = numpy_expert.first_days(care)
    looked_after = np.zeros(len(born), dtype=bool)
    looked_after[person[(start <= day) & (day < until)]] = True
    at14 = numpy_expert.birthday(born, 14)
    days = np.maximum(np.minimum(until, day + 1) - np.maximum(start, at14[person]), 0) * ~short_break
    counted = np.bincount(person, weights=days, minlength=len(born))
    age = 15 + (day >= at16) + 2 * (day >= at18) + 3 * (day >= at21)  # 15, 16, 18 or 21 decide the same as the age itself
    return age.tolist(), looked_after.tolist(), counted.astype(int).tolist(), (first_eligible < day).tolist(), (first_at_16 < day).tolist()


def on(data, day):
    """The status of each person, or "none"."""
    care, engine = data
    return [engine.evaluate("statuses", dict(zip(INPUTS, facts)))["result"]["status"] for facts in zip(*facts_of_the_day(care, day))]


# --- What the bench needs to load and to read it ---

days_are_numbers = True


def prepare(cohort, threads):
    return numpy_expert.prepare(cohort, threads), zen.ZenEngine({"loader": {"type": "static", "content": {"statuses": DECISION}}})


def flags(found):
    from cohort import STATUSES

    found = np.array(found)
    return tuple(found == status for status in STATUSES)
