"""OpenFisca-Core, as country packages are written: every variable belongs to the month or day that is asked about, so what is
fixed for a life is worked out again for each period. The rules are those of openfisca_expert.py, with that one change.

Limits: as there.
"""

import openfisca_expert
from openfisca_expert import DateUnit, flags, months, on  # noqa: F401  the bench asks these


# --- What the bench needs to load and to read it ---




def prepare(cohort, threads):
    data = openfisca_expert.prepare(cohort, threads)
    slots = sum(name.startswith("since_") for name in data["columns"])
    data["by day"] = openfisca_expert.system(slots, DateUnit.DAY, DateUnit.DAY)
    data["by month"] = openfisca_expert.system(slots, DateUnit.MONTH, DateUnit.MONTH)
    return data
