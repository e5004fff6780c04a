"""From CSV on disk to statuses on disk with polars, as a process of its own: the query of polars_lazy.py between a reader and a writer.

    csv_polars.py FOLDER OUT.CSV

Limits: the files must be sorted by person and day, as for polars_lazy.py; people are numbered in between, for the query compares
neighbours and text is slow to join on.
"""

import sys

import polars as pl

import polars_lazy


def main(folder, out):
    births = pl.read_csv(f"{folder}/date_of_birth.csv", try_parse_dates=True).rename({"value": "born"}).with_row_index("number")
    care = pl.read_csv(f"{folder}/care.csv", try_parse_dates=True, schema_overrides={"until": pl.Date})
    care = care.join(births.select("person", "number"), on="person", maintain_order="left").select(
        person="number", since="from", until="until", legal_status="legal_status"
    )
    found = polars_lazy.timelines((births.select(person="number", born="born").lazy(), care.lazy()))
    found.join(births.select("number", name="person"), left_on="person", right_on="number").select(
        pl.col("name").alias("person"), "status", pl.col("since").alias("from"), "until"
    ).write_csv(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
