"""OpenFisca-Core, by somebody who knows its cost: what is fixed for a life (the day on which 91 days are reached, the first day
as eligible) is a variable of ETERNITY, found once by closed form over padded slots of episodes; only the four statuses are
variables of a day or a month; and days are numbers (of days since 1970), with which NumPy is several times quicker than with dates.

Limits: OpenFisca answers for periods of a fixed grid. By month it gives the first of each month and not the day on which a
status begins; a timeline by day would take some 2,600 dates. Episodes are padded to as many slots as the most anybody has.
An unknown day is a default value.
"""

from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

FAR = 2**31 - 1
Person = build_entity(key="person", plural="persons", label="A young person", is_person=True)


def birthday(born, years):
    """Worked out once for each day on which anybody may be born, then looked up. Counting days on from the first of the month
    makes 29 February 1 March in a common year."""
    earliest = born.min()
    days = np.arange(earliest, born.max() + 1).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    birthdays = (month + 12 * years).astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    return birthdays.astype(np.int32)[born - earliest]


def system(slots, unit, unit_of_a_life=DateUnit.ETERNITY):
    """The rules for people with up to `slots` episodes: statuses by `unit`, on its first day."""

    def variable(name, formula=None, value_type=bool, by=unit):
        fields = {"value_type": value_type, "entity": Person, "definition_period": by, "label": name}
        rules.add_variable(type(name, (Variable,), fields | ({"formula": formula} if formula else {})))

    def episodes(person, period):
        for k in range(slots):
            yield person(f"since_{k}", period), person(f"until_{k}", period), person(f"short_break_{k}", period)

    def age_begins(years):
        return lambda person, period: birthday(person("born", period), years)

    def reached(person, period):
        at14, at18 = person("at14", period), person("at18", period)
        counted = np.zeros(person.count, dtype=np.int32)
        day = np.full(person.count, FAR, dtype=np.int32)
        for since, until, short_break in episodes(person, period):
            begin = np.maximum(since, at14)
            days = np.maximum(np.minimum(until, at18) - begin, 0) * ~short_break
            crosses = (counted < 91) * (counted + days >= 91)
            day = np.where(crosses, begin + (90 - counted), day)
            counted += days
        return day

    def first_at_16(person, period):
        at16, at18 = person("at16", period), person("at18", period)
        day = np.full(person.count, FAR, dtype=np.int32)
        for since, until, _ in episodes(person, period):
            begin = np.maximum(since, at16)
            day = np.where(begin < np.minimum(until, at18), np.minimum(day, begin), day)
        return day

    def first_eligible(person, period):
        reached, at16, at18 = person("reached", period), person("at16", period), person("at18", period)
        day = np.full(person.count, FAR, dtype=np.int32)
        for since, until, _ in episodes(person, period):
            begin = np.maximum(np.maximum(since, at16), reached)
            day = np.where(begin < np.minimum(until, at18), np.minimum(day, begin), day)
        return day

    def today(period):
        return (period.start.date - date(1970, 1, 1)).days

    def looked_after(person, period):
        found = np.zeros(person.count, dtype=bool)
        for since, until, _ in episodes(person, period):
            found |= (since <= today(period)) & (today(period) < until)
        return found

    def minor(person, period):
        return (person("at16", period) <= today(period)) * (today(period) < person("at18", period))

    def adult(person, period):
        return (person("at18", period) <= today(period)) * (today(period) < person("at21", period))

    def eligible(person, period):
        return person("minor", period) * person("looked_after", period) * (person("first_eligible", period) <= today(period))

    def relevant(person, period):
        return person("minor", period) * ~person("looked_after", period) * (person("first_eligible", period) < today(period))

    def former_relevant(person, period):
        return person("adult", period) * (person("first_eligible", period) < today(period))

    def qualifying(person, period):
        return (
            (person("minor", period) + person("adult", period))
            * ~person("looked_after", period)
            * (person("first_at_16", period) < today(period))
            * ~(person("first_eligible", period) < today(period))
        )

    rules = TaxBenefitSystem([Person])
    variable("born", value_type=int, by=DateUnit.ETERNITY)
    for k in range(slots):
        variable(f"since_{k}", value_type=int, by=DateUnit.ETERNITY)
        variable(f"until_{k}", value_type=int, by=DateUnit.ETERNITY)
        variable(f"short_break_{k}", by=DateUnit.ETERNITY)
    for years in (14, 16, 18, 21):
        variable(f"at{years}", age_begins(years), int, unit_of_a_life)
    for formula in (reached, first_at_16, first_eligible):
        variable(formula.__name__, formula, int, unit_of_a_life)
    for formula in (looked_after, minor, adult, eligible, relevant, former_relevant, qualifying):
        variable(formula.__name__, formula)
    return rules


def calculate(rules, columns, periods):
    """For each period the four statuses, a flag for each person."""
    simulation = SimulationBuilder().build_default_simulation(rules, len(columns["born"]))
    for name, values in columns.items():
        simulation.set_input(name, "ETERNITY", values)
    return [
        tuple(simulation.calculate(status, when) for status in ("eligible", "relevant", "former_relevant", "qualifying")) for when in periods
    ]


def on(data, day):
    return calculate(data["by day"], data["columns"], [f"{day:%Y-%m-%d}"])[0]


def months(data, first, count):
    """The first of each of `count` months."""
    return calculate(data["by month"], data["columns"], [period(f"month:{first:%Y-%m}").offset(k) for k in range(count)])


# --- What the bench needs to load and to read it ---


def prepare(cohort, threads, unit_of_a_life=DateUnit.ETERNITY):
    lengths = np.diff(cohort.offsets)
    slots = int(lengths.max())
    columns = {"born": cohort.born}
    for k in range(slots):
        rows = np.minimum(cohort.offsets[:-1] + k, len(cohort.start) - 1)
        there = k < lengths
        for name, values in (("since", cohort.start), ("until", cohort.until)):
            columns[f"{name}_{k}"] = np.where(there, values[rows], np.int32(FAR))
        columns[f"short_break_{k}"] = there & cohort.short_break[rows]
    return {
        "columns": columns,
        "by day": system(slots, DateUnit.DAY, unit_of_a_life),
        "by month": system(slots, DateUnit.MONTH, unit_of_a_life),
    }


def flags(found):
    return found
