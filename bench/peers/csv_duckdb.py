"""From CSV on disk to statuses on disk with DuckDB, as a process of its own: the query of duckdb_best.py between a reader and a writer.

    csv_duckdb.py FOLDER OUT.CSV THREADS

Limits: as for duckdb_best.py; people are numbered in between, which is quicker than to group and join on text.
"""

import sys

import duckdb

import duckdb_best


def main(folder, out, threads):
    database = duckdb.connect(config={"threads": int(threads)})
    database.execute(duckdb_best.TYPE)
    database.execute(f"""
        CREATE TABLE name AS
        SELECT (row_number() OVER ())::INTEGER AS number, person, value AS born
        FROM read_csv('{folder}/date_of_birth.csv', header = true, columns = {{'person': 'VARCHAR', 'value': 'DATE'}});
        CREATE VIEW people AS SELECT number AS person, born FROM name;
        CREATE TABLE care AS
        SELECT number AS person, "from" AS since, until, legal_status
        FROM read_csv('{folder}/care.csv', header = true,
                      columns = {{'person': 'VARCHAR', 'from': 'DATE', 'until': 'DATE', 'legal_status': 'VARCHAR'}})
        JOIN name USING (person);
    """)
    database.execute(f"""
        COPY (SELECT name.person, status, since AS "from", until
              FROM ({duckdb_best.TIMELINES}) AS found JOIN name ON name.number = found.person)
        TO '{out}' (HEADER)
    """)


if __name__ == "__main__":
    main(*sys.argv[1:])
