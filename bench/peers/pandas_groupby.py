"""pandas, with frames and groupby: running totals by `cumsum`, neighbours by `shift`, first days by `min`.

Limits: one core; intermediate frames for every step, so memory is many times the data; "on some earlier day" becomes a
grouping and a map back; no unknowns, no reasons.
"""

import pandas as pd

FAR = pd.Timestamp("2250-01-01")
DAY = pd.Timedelta(days=1)


def birthday(born, years):
    """Counting days on from the first of the month makes 29 February 1 March in a common year."""
    first = pd.to_datetime({"year": born.dt.year + years, "month": born.dt.month, "day": 1})
    return first + pd.to_timedelta(born.dt.day - 1, unit="D")


def first_days(people, care):
    """People with birthdays and first days, episodes with both."""
    people = people.assign(**{f"at{years}": birthday(people["born"], years) for years in (14, 16, 18, 21)})
    care = care.join(people[["at14", "at16", "at18", "at21"]], on="person")
    care["until"] = care["until"].fillna(FAR)
    begins = care["since"].where(care["since"] > care["at14"], care["at14"])
    care["until18"] = care["until"].where(care["until"] < care["at18"], care["at18"])
    days = (care["until18"] - begins).dt.days.clip(lower=0).where(care["legal_status"] != "V3", 0)
    total = days.groupby(care["person"]).cumsum()
    before = total - days
    care["from16"] = care["since"].where(care["since"] > care["at16"], care["at16"])
    # From the 91st day on, in the episode that brings it and in every later one.
    reached = begins + (90 - before).clip(lower=0) * DAY
    care["eligible_from"] = care["from16"].where(care["from16"] > reached, reached).where(total >= 91)
    at_16 = care[care["from16"] < care["until18"]]
    people["first_at_16"] = at_16.groupby("person")["from16"].min()
    eligible = care[care["eligible_from"] < care["until18"]]
    people["first_eligible"] = eligible.groupby("person")["eligible_from"].min()
    return people, care, eligible


def timelines(data):
    people, care, eligible = first_days(*data)
    care["next_since"] = care.groupby("person")["since"].shift(-1).fillna(FAR)
    care = care.join(people[["first_at_16", "first_eligible"]], on="person")

    stay = pd.DataFrame({"person": eligible["person"], "since": eligible["eligible_from"], "until": eligible["until18"]})
    touches = (stay["person"] == stay["person"].shift()) & (stay["since"] == stay["until"].shift())
    stay = stay.groupby((~touches).cumsum()).agg({"person": "first", "since": "first", "until": "last"})

    def gaps(chosen, last):
        gap = care[chosen]
        until = gap["next_since"].where(gap["next_since"] < gap[last], gap[last])
        return pd.DataFrame({"person": gap["person"], "since": gap["until"], "until": until})[gap["until"] < until]

    until, ever, at_16 = care["until"], care["first_eligible"], care["first_at_16"]
    former = people[people["first_eligible"].notna()]
    parts = {
        "eligible": stay,
        "relevant": gaps(until > ever, "at18"),
        "former_relevant": pd.DataFrame({"person": former.index, "since": former["at18"], "until": former["at21"]}),
        "qualifying": gaps((until > at_16) & ((until < ever) | ever.isna()), "at21"),
    }
    found = pd.concat(parts.values(), ignore_index=True)
    lengths = [len(part) for part in parts.values()]
    found["status"] = pd.Categorical.from_codes(pd.Series(range(4)).repeat(lengths), list(parts))
    return found


def on(data, day):
    people, care, _ = first_days(*data)
    day = pd.Timestamp(day)
    minor = (people["at16"] <= day) & (day < people["at18"])
    adult = (people["at18"] <= day) & (day < people["at21"])
    looked_after = people.index.isin(care.loc[(care["since"] <= day) & (day < care["until"]), "person"])
    ever, at_16 = people["first_eligible"] < day, people["first_at_16"] < day
    return pd.DataFrame({
        "eligible": minor & looked_after & (people["first_eligible"] <= day),
        "relevant": minor & ~looked_after & ever,
        "former_relevant": adult & ever,
        "qualifying": (minor | adult) & ~looked_after & at_16 & ~ever,
    })


# --- What the bench needs to load and to read it ---


def prepare(cohort, threads):
    import frames

    tables = {name: table.to_pandas() for name, table in frames.arrow(cohort).items()}
    for table, columns in (("people", ["born"]), ("care", ["since", "until"])):
        tables[table][columns] = tables[table][columns].apply(pd.to_datetime).astype("datetime64[s]")
    return tables["people"].set_index("person"), tables["care"].assign(legal_status=tables["care"]["legal_status"].astype("category"))


def spans(found):
    days = [found[name].to_numpy().astype("datetime64[D]").astype("int64") for name in ("since", "until")]
    return found["person"].to_numpy(), found["status"].cat.codes.to_numpy(), *days


def flags(found):
    return tuple(found[name].to_numpy() for name in found)
