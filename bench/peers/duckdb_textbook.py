"""DuckDB, with the SQL that follows the definitions one by one: running totals and gaps by window functions, first days by
grouping, joins to bring them together, touching spans merged as islands.

Limits: the law is spread over ten subqueries; an unknown date has no place in it; an open episode is a NULL that each query
has to treat.
"""

import duckdb

PERSONS = """
young_person AS (
  -- Counting days on from the first of the month makes 29 February 1 March in a common year.
  SELECT person,
         make_date(year(born) + 14, month(born), 1) + (day(born) - 1)::INTEGER AS at14,
         make_date(year(born) + 16, month(born), 1) + (day(born) - 1)::INTEGER AS at16,
         make_date(year(born) + 18, month(born), 1) + (day(born) - 1)::INTEGER AS at18,
         make_date(year(born) + 21, month(born), 1) + (day(born) - 1)::INTEGER AS at21
  FROM people
),
stay AS (
  SELECT care.person, since, coalesce(until, DATE '9999-01-01') AS until, legal_status, at14, at16, at18, at21
  FROM care JOIN young_person USING (person)
),
clipped AS (
  SELECT person, since, greatest(since, at14) AS begins, least(until, at18) - greatest(since, at14) AS days
  FROM stay
  WHERE legal_status <> 'V3' AND least(until, at18) > greatest(since, at14)
),
counted AS (
  SELECT person, begins, days, sum(days) OVER (PARTITION BY person ORDER BY since) AS total
  FROM clipped
),
reached AS (
  SELECT person, min(begins + (90 - (total - days))::INTEGER) AS reached
  FROM counted
  WHERE total >= 91 AND total - days < 91
  GROUP BY person
),
eligible AS (
  SELECT person, greatest(since, at16, reached) AS since, least(until, at18) AS until
  FROM stay JOIN reached USING (person)
  WHERE greatest(since, at16, reached) < least(until, at18)
),
first_eligible AS (
  SELECT person, min(since) AS first_eligible FROM eligible GROUP BY person
),
first_at_16 AS (
  SELECT person, min(greatest(since, at16)) AS first_at_16
  FROM stay
  WHERE greatest(since, at16) < least(until, at18)
  GROUP BY person
)
"""

TIMELINES = f"""
WITH {PERSONS},
begun AS (
  SELECT *, since IS NOT DISTINCT FROM lag(until) OVER (PARTITION BY person ORDER BY since) AS touches FROM eligible
),
island AS (
  SELECT *, count(*) FILTER (NOT touches) OVER (PARTITION BY person ORDER BY since) AS island FROM begun
),
gap AS (
  SELECT person, until AS since,
         coalesce(lead(since) OVER (PARTITION BY person ORDER BY since), DATE '9999-01-01') AS until, at16, at18, at21
  FROM stay
)
SELECT person, 'eligible' AS status, min(since) AS since, max(until) AS until
FROM island GROUP BY person, island
UNION ALL
SELECT person, 'relevant', since, least(until, at18)
FROM gap JOIN first_eligible USING (person)
WHERE since > first_eligible AND since < least(until, at18)
UNION ALL
SELECT person, 'former_relevant', at18, at21
FROM young_person JOIN first_eligible USING (person)
UNION ALL
SELECT person, 'qualifying', since, least(until, at21)
FROM gap JOIN first_at_16 USING (person) LEFT JOIN first_eligible USING (person)
WHERE since > first_at_16 AND (first_eligible IS NULL OR since < first_eligible) AND since < least(until, at21)
"""

ON = f"""
WITH {PERSONS},
today AS (
  SELECT person,
         $day >= at16 AND $day < at18 AS minor,
         $day >= at18 AND $day < at21 AS adult,
         person IN (SELECT person FROM stay WHERE since <= $day AND until > $day) AS looked_after,
         coalesce(reached <= $day, false) AS reached,
         coalesce(first_eligible < $day, false) AS ever,
         coalesce(first_at_16 < $day, false) AS ever_at_16
  FROM young_person
  LEFT JOIN reached USING (person) LEFT JOIN first_eligible USING (person) LEFT JOIN first_at_16 USING (person)
)
SELECT person,
       minor AND looked_after AND reached AS eligible,
       minor AND NOT looked_after AND ever AS relevant,
       adult AND ever AS former_relevant,
       (minor OR adult) AND NOT looked_after AND ever_at_16 AND NOT ever AS qualifying
FROM today
"""


def timelines(database):
    return database.sql(TIMELINES).to_arrow_table()


def on(database, day):
    return database.sql(ON, params={"day": day}).to_arrow_table()


# --- What the bench needs to load and to read it ---


def prepare(cohort, threads):
    import frames

    database = duckdb.connect(config={"threads": threads})
    for name, table in frames.arrow(cohort).items():
        database.register("incoming", table)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
        database.unregister("incoming")
    return database


def spans(found):
    import frames

    return frames.spans_of(found)


def flags(found):
    import frames

    return frames.flags_of(found)
