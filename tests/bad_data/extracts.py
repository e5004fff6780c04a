"""Extracts of a case system. A mark `@@P211@@` at the start of a row stands for what must be told of that row.

Entries: name: (exit, option, {file: content}). `map`, if there, is the council's own map.
"""

PERSON = "pers_person_id,pers_dob\nSECRETKID,2008-03-14 00:00:00\n"
EPISODES = "clae_person_id,clae_cla_episode_start_date,clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason\n"
STATUS = "lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date\n"


def ssd(rows, status="SECRETKID,C2,2019-05-10,\n", **more):
    return {"ssd_person.csv": PERSON, "ssd_cla_episodes.csv": EPISODES + rows, "ssd_legal_status.csv": STATUS + status, **more}


ROW = "SECRETKID,2019-05-10,,\n"
MEETING = ("SECRETKID,2019-05-10,2019-06-09,X1\nSECRETKID,2019-06-10,2019-07-09,X1\nSECRETKID,2019-07-10,2019-08-09,X1\n"
           "SECRETKID,2019-08-10,,\n")
LIST_8 = "Child Unique ID,Date of Birth,Date Started to be Looked After,Child's Legal Status,Start date of current legal status\n"
LIST_9 = "Child Unique ID,Date of Birth,Eligibility Category\n"

EXTRACTS = {
    # --- mended, and told (exit 0)
    "sound": (0, "--ssd", ssd(ROW)),
    "P202 overlapping": (0, "--ssd", ssd("@@P202@@SECRETKID,2019-05-10,2019-07-01,X1\nSECRETKID,2019-06-10,,\n")),
    "P209 ends before it begins": (0, "--ssd", ssd("@@P209@@SECRETKID,2019-05-10,2019-05-01,E3\n")),
    "P210 a word of the council's own": (0, "--ssd", ssd(ROW, "@@P210@@SECRETKID,SECRET arrangement,2019-05-10,\n")),
    "P211 a day that stands for none": (0, "--ssd", ssd("@@P211@@SECRETKID,2019-05-10,1900-01-01,\n")),
    "P211 no date": (0, "--ssd", ssd("@@P211@@SECRETKID,SECRET,,\n")),
    "P214 two dates of birth": (0, "--ssd", {**ssd(ROW), "ssd_person.csv": PERSON + "@@P214@@SECRETKID,2008-03-15,\n".replace(",\n", "\n")}),
    "P217 ends that count": (0, "--ssd", {**ssd(MEETING), "problems": [("P217", "ssd_cla_episodes.csv", 0)]}),
    "P103 a column more": (0, "--ssd", {**ssd(ROW), "ssd_person.csv": "pers_person_id,pers_dob,shoe\nSECRETKID,2008-03-14,7\n",
                                        "problems": [("P103", "ssd_person.csv", 0)]}),
    "P201 a file that is no table": (0, "--ssd", {**ssd(ROW), "notes.csv": "a,b\n1,2\n", "problems": [("P201", "notes.csv", 0)]}),
    "sound list 8": (0, "--annex-a", {"a.csv": LIST_8 + "SECRETKID,14/03/2008,10/05/2019,C2 - full care order,10/05/2019\n"}),
    # --- refused (exit 1)
    "P105 the month before the day": (1, "--ssd", ssd("@@P105@@SECRETKID,05/25/2019,,\n")),
    "P102 no such list": (1, "--annex-a", {"a.csv": "Child Unique ID,Shoe\nSECRETKID,7\n", "problems": [("P102", "a.csv", 0), ("P215", "", 0)]}),
    "P101 no such file": (1, "--annex-a", {"missing": True, "problems": [("P101", "", 0), ("P215", "", 0)]}),
    "P104 a row cut off": (1, "--annex-a", {"a.csv": LIST_9 + "@@P104@@SECRETKID,14/0"}),
    "P215 no table": (1, "--ssd", {"notes.csv": "a,b\n1,2\n", "problems": [("P215", "", 0)]}),
    "P215 the map is not sound": (1, "--ssd", {**ssd(ROW), "map": "extract_map: ssd\nend_date: counted\n", "problems": [("P215", "", 0)]}),
    "L112 the map of something else": (1, "--ssd", {**ssd(ROW), "map": "extract_map: annex_a\n", "problems": [("L112", "ours.yaml", 1), ("P215", "", 0)]}),
}
