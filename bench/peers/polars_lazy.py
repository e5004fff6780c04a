"""polars, as a lazy query over episodes in order: neighbours by `shift`, the running total taken across everybody and corrected at
each person's first episode (half as dear here as `over`), first days as first rows, joins to bring them together.

Limits: the frame must be sorted; dates need care (`offset_by` makes 29 February 28 February); each "on some earlier day" becomes
a frame and a join; no unknowns, no reasons.
"""

import polars as pl

FAR = pl.date(9999, 1, 1)
person, since, until, at14, at16, at18, at21 = (pl.col(name) for name in ("person", "since", "until", "at14", "at16", "at18", "at21"))


def birthday(years):
    """Counting days on from the first of the month makes 29 February 1 March in a common year."""
    born = pl.col("born")
    return pl.date(born.dt.year() + years, born.dt.month(), 1) + pl.duration(days=born.dt.day().cast(pl.Int64) - 1)


def first_of_each(frame):
    """The first row of each person, of a frame in order."""
    return frame.filter(person.ne_missing(person.shift()))


def first_days(people, care):
    """People with birthdays, the episodes between 14 and 21, the stays as eligible, and for people who have them the first day as
    eligible and the first day looked after at 16 or 17."""
    young_person = people.select("person", at14=birthday(14), at16=birthday(16), at18=birthday(18), at21=birthday(21))
    begins = pl.max_horizontal(since, at14)
    days = (pl.min_horizontal(until, at18) - begins).dt.total_days().cast(pl.Int32).clip(lower_bound=0)
    total, before = pl.col("total"), pl.col("before")
    episode = (
        care.join(young_person, on="person", maintain_order="left")
        .with_columns(until=until.fill_null(FAR))
        .filter((until > at14) & (since < at21))
        .with_columns(
            days=pl.when(pl.col("legal_status") != "V3").then(days).otherwise(0),
            next_since=pl.when(person == person.shift(-1)).then(since.shift(-1)).fill_null(FAR),
            from16=pl.max_horizontal(since, at16),
            until18=pl.min_horizontal(until, at18),
        )
        .with_columns(total=pl.col("days").cum_sum())
        .with_columns(before=total - pl.col("days"))
        .with_columns(others=pl.when(person.ne_missing(person.shift())).then(before).forward_fill())
        .with_columns(before=before - pl.col("others"), total=total - pl.col("others"))
        # From the 91st day on, in the episode that brings it and in every later one.
        .with_columns(
            eligible_from=pl.when(total >= 91).then(pl.max_horizontal("from16", begins + pl.duration(days=(90 - before).clip(lower_bound=0))))
        )
        .collect()  # used by several queries below; left lazy, the optimiser would work it out again for some
        .lazy()
    )
    stay = episode.select("person", since="eligible_from", until="until18").filter(since < until)
    first_eligible = first_of_each(stay).select("person", first_eligible="since")
    first_at_16 = first_of_each(episode.filter(pl.col("from16") < pl.col("until18"))).select("person", first_at_16="from16")
    return young_person, episode, stay, first_eligible, first_at_16


def timelines(data):
    young_person, episode, stay, first_eligible, first_at_16 = first_days(*data)
    ever, at_16 = pl.col("first_eligible"), pl.col("first_at_16")
    gap = (
        episode.filter((until < pl.col("next_since")) & (until > at16) & (until < at21))
        .join(first_at_16, on="person")
        .join(first_eligible, on="person", how="left")
    )
    touches = (since == until.shift()) & (person == person.shift())
    eligible = (
        stay.with_columns(begins=touches.fill_null(False).not_())
        .with_columns(ends=pl.col("begins").shift(-1).fill_null(True), first=pl.when("begins").then(since).forward_fill())
        .filter("ends")
        .select("person", since="first", until="until")
    )

    def gaps(chosen, last):
        return gap.filter(chosen).select("person", since="until", until=pl.min_horizontal("next_since", last)).filter(since < until)

    parts = {
        "eligible": eligible,
        "relevant": gaps(until > ever, "at18"),
        "former_relevant": young_person.join(first_eligible, on="person").select("person", since="at18", until="at21"),
        "qualifying": gaps((until > at_16) & ((until < ever) | ever.is_null()), "at21"),
    }
    kind = pl.Enum(list(parts))
    spans = (part.select("person", pl.lit(status, dtype=kind).alias("status"), "since", "until") for status, part in parts.items())
    return pl.concat(spans).collect()


def on(data, day):
    young_person, episode, _, first_eligible, first_at_16 = first_days(*data)
    day = pl.lit(day)
    minor, adult = (at16 <= day) & (day < at18), (at18 <= day) & (day < at21)
    inside = episode.filter((since <= day) & (day < until)).select("person", looked_after=True)
    looked_after = pl.col("looked_after").fill_null(False)
    ever, at_16 = ((pl.col(name) < day).fill_null(False) for name in ("first_eligible", "first_at_16"))
    reached = (pl.col("first_eligible") <= day).fill_null(False)
    everybody = young_person
    for frame in (first_eligible, first_at_16, inside):
        everybody = everybody.join(frame, on="person", how="left", maintain_order="left")
    return everybody.select(
        "person",
        eligible=minor & looked_after & reached,
        relevant=minor & ~looked_after & ever,
        former_relevant=adult & ever,
        qualifying=(minor | adult) & ~looked_after & at_16 & ~ever,
    ).collect()


# --- What the bench needs to load and to read it ---


def prepare(cohort, threads):
    import frames

    tables = frames.arrow(cohort)
    return tuple(pl.from_arrow(tables[name]).with_columns(pl.col("person").set_sorted()).lazy() for name in ("people", "care"))


def spans(found):
    import frames

    return frames.spans_of(found.with_columns(pl.col("status").cast(pl.String)).to_arrow())


def flags(found):
    import frames

    return frames.flags_of(found.to_arrow())
