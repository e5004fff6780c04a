"""The ZEN engine by somebody who knows its cost: the decision table of zen_decision.py in its loop mode, so that one call decides
about everybody.

Limits: as there.
"""

import copy

import zen

from zen_decision import DECISION, INPUTS, facts_of_the_day, flags  # noqa: F401  the bench asks for flags

LOOP = copy.deepcopy(DECISION)
LOOP["nodes"][1]["content"] |= {"executionMode": "loop", "inputField": "people", "outputPath": "people", "passThrough": False}


def on(data, day):
    """The status of each person, or "none"."""
    care, engine = data
    people = [dict(zip(INPUTS, facts)) for facts in zip(*facts_of_the_day(care, day))]
    return [person["status"] for person in engine.evaluate("statuses", {"people": people})["result"]["people"]]


# --- What the bench needs to load and to read it ---

days_are_numbers = True


def prepare(cohort, threads):
    import numpy_expert

    return numpy_expert.prepare(cohort, threads), zen.ZenEngine({"loader": {"type": "static", "content": {"statuses": LOOP}}})
