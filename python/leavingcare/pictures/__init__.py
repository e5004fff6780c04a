"""Pictures of lives and of cohorts, for notebooks, reports and the command line.

    result.chart("401084")                                    # one person's life
    lc.pictures.statuses_by_month(result)                     # how many hold each status
    lc.pictures.totals_near(result, "eligible_child")         # who is close to 13 weeks, on either side
    lc.pictures.overdue(result)                               # what is overdue, by team
    lc.pictures.indicators(result.indicators)                 # each indicator against its target
    lc.pictures.conflicts(lc.conflicts(result, people))       # the council's system against the rules

Each gives a Picture, which a notebook shows and `save` writes. Every picture can be read in grey, for what matters is told
by patterns and shapes as well as by colour, and by a screen reader: it has a title, a description, and all that it shows as
a table. The same answers give the same bytes.

Needs matplotlib: `pip install matplotlib`. The functions raise ImportError without it; `import leavingcare` does not.
"""

from ._conflicts import conflicts
from ._indicators import indicators
from ._life import life
from ._overdue import overdue
from ._picture import Picture
from ._statuses import statuses_by_month
from ._totals import totals_near

__all__ = ["Picture", "conflicts", "indicators", "life", "overdue", "statuses_by_month", "totals_near"]
