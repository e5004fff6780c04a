"""DuckDB, with the quickest SQL we found: only episodes between 14 and 21, one window pass over them, the first day of an episode as
eligible worked out row by row from the running total, one grouping for a person's first days, one join back from the gaps,
each of which can be of one status only.

Limits: as for the textbook SQL; and it can no longer be read beside the definitions.
"""

TYPE = "CREATE TYPE status AS ENUM ('eligible', 'relevant', 'former_relevant', 'qualifying')"  # once for a database

FIRST_DAYS = """
young_person AS (
  -- Counting days on from the first of the month makes 29 February 1 March in a common year.
  SELECT person,
         make_date(year(born) + 14, month(born), 1) + (day(born) - 1)::INTEGER AS at14,
         make_date(year(born) + 16, month(born), 1) + (day(born) - 1)::INTEGER AS at16,
         make_date(year(born) + 18, month(born), 1) + (day(born) - 1)::INTEGER AS at18,
         make_date(year(born) + 21, month(born), 1) + (day(born) - 1)::INTEGER AS at21
  FROM people
),
episode AS (
  SELECT person, since, coalesce(until, DATE '9999-01-01') AS stop, at16, at18, at21,
         greatest(since, at14) AS begins, greatest(since, at16) AS from16, least(stop, at18) AS until18,
         CASE WHEN legal_status = 'V3' THEN 0 ELSE greatest(until18 - begins, 0) END::INTEGER AS days
  FROM care JOIN young_person USING (person)
  WHERE since < at21 AND stop > at14
),
running AS (
  SELECT *, (sum(days) OVER episodes)::INTEGER AS total, lead(since) OVER episodes AS next_since
  FROM episode
  WINDOW episodes AS (PARTITION BY person ORDER BY since)
),
dated AS MATERIALIZED (
  SELECT person, since, stop, next_since, from16, until18, at16, at18, at21,
         -- From the 91st day on, in the episode that brings it and in every later one.
         CASE WHEN total >= 91 AND total - days < 91 THEN greatest(from16, begins + (90 - (total - days)))
              WHEN total >= 91 THEN from16 END AS eligible_from
  FROM running
),
first_day AS (
  SELECT person,
         min(eligible_from) FILTER (WHERE eligible_from < until18) AS first_eligible,
         min(from16) FILTER (WHERE from16 < until18) AS first_at_16
  FROM dated GROUP BY person
)
"""

TIMELINES = f"""
WITH {FIRST_DAYS},
begun AS (
  SELECT person, eligible_from AS since, until18 AS until,
         eligible_from IS NOT DISTINCT FROM lag(until18) OVER (PARTITION BY person ORDER BY eligible_from) AS touches
  FROM dated WHERE eligible_from < until18
),
island AS (
  SELECT person, since, until, count(*) FILTER (NOT touches) OVER (PARTITION BY person ORDER BY since) AS island FROM begun
),
gap AS (
  SELECT person, stop AS since,
         CASE WHEN stop > first_eligible THEN 'relevant'::status ELSE 'qualifying'::status END AS status,
         least(next_since, CASE WHEN stop > first_eligible THEN at18 ELSE at21 END) AS until
  FROM dated JOIN first_day USING (person)
  WHERE stop >= at16 AND stop < at21 AND (stop < next_since OR next_since IS NULL) AND stop > first_at_16
)
SELECT person, 'eligible'::status AS status, min(since) AS since, max(until) AS until FROM island GROUP BY person, island
UNION ALL
SELECT person, status, since, until FROM gap WHERE since < until
UNION ALL
SELECT person, 'former_relevant'::status, at18, at21 FROM young_person JOIN first_day USING (person) WHERE first_eligible IS NOT NULL
"""

ON = f"""
WITH {FIRST_DAYS},
today AS (
  SELECT person, bool_or(since <= $day AND stop > $day) AS looked_after,
         min(eligible_from) FILTER (WHERE eligible_from < until18) AS first_eligible,
         min(from16) FILTER (WHERE from16 < until18) AS first_at_16
  FROM dated GROUP BY person
),
everybody AS (
  SELECT person, $day >= at16 AND $day < at18 AS minor, $day >= at18 AND $day < at21 AS adult,
         coalesce(looked_after, false) AS looked_after, coalesce(first_eligible <= $day, false) AS reached,
         coalesce(first_eligible < $day, false) AS ever, coalesce(first_at_16 < $day, false) AS ever_at_16
  FROM young_person LEFT JOIN today USING (person)
)
SELECT person,
       minor AND looked_after AND reached AS eligible,
       minor AND NOT looked_after AND ever AS relevant,
       adult AND ever AS former_relevant,
       (minor OR adult) AND NOT looked_after AND ever_at_16 AND NOT ever AS qualifying
FROM everybody
"""


def timelines(database):
    return database.sql(TIMELINES).to_arrow_table()


def on(database, day):
    return database.sql(ON, params={"day": day}).to_arrow_table()


# --- What the bench needs to load and to read it ---


def prepare(cohort, threads):
    import duckdb_textbook

    database = duckdb_textbook.prepare(cohort, threads)
    database.execute(TYPE)
    return database


def spans(found):
    import frames

    return frames.spans_of(found)


def flags(found):
    import frames

    return frames.flags_of(found)
