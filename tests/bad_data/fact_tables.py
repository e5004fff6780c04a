"""Folders of fact tables that must be refused, or, where no problem is marked, must be taken.

Each entry: name: {file: content}. `@@P105@@` in a content stands before the cell where that problem must be told, and is
taken out before the file is written; `@@P104@@` at the start of a line is a problem of the row. A content of bytes is
written as it is. A file of the key `problems` lists problems as (code, file, line, column); line 0 is the whole file.
SECRETKID and the date of birth 2008-03-14 are planted: no message may repeat them.
"""

ID = "SECRETKID"
BORN = "person,value\nSECRETKID,2008-03-14\nOTHERKID,2009-11-02\n"
CARE = "person,from,until,legal_status\n"


def born(text):
    return {"date_of_birth.csv": text}


def care(rows, header=CARE):
    return {"date_of_birth.csv": BORN, "care.csv": header + rows}


def table(name, text, **more):
    return {"date_of_birth.csv": BORN, name + ".csv": text, **more}


def whole(files, *problems):
    return {**files, "problems": list(problems)}


FOLDERS = {
    # --- P101
    "P101 folder is not there": {"folder": "missing", "problems": [("P101", "", 0, 0)]},
    "P101 folder is a file": {"folder": "file", "problems": [("P101", "", 0, 0)]},
    "P101 care.csv leads nowhere": whole({"date_of_birth.csv": BORN, "care.csv": "link"}, ("P101", "care.csv", 0, 0)),
    "P101 nobody may read care.csv": whole({"date_of_birth.csv": BORN, "care.csv": "locked"}, ("P101", "care.csv", 0, 0)),
    # --- P102
    "P102 no legal_status": care("SECRETKID,2023-01-01,\n", "@@P102@@person,from,until\n"),
    "P102 no until": table("in_hospital", "@@P102@@person,from\nSECRETKID,2023-01-01\n"),
    "P102 no header": table("in_hospital", "@@P102@@SECRETKID,2008-03-14,2023-01-01\n"),
    "P102 no header of the people": born("@@P102@@SECRETKID,2008-03-14\n"),
    "P102 empty file": table("in_hospital", "@@P102@@"),
    "P102 empty table of the people": born("@@P102@@"),
    "P102 nothing but blank lines": table("in_hospital", "@@P102@@\n\n\n"),
    "P102 semicolons": table("in_hospital", "@@P102@@person;from;until\nSECRETKID;2023-01-01;\n"),
    "P102 tabs": table("in_hospital", "@@P102@@person\tfrom\tuntil\nSECRETKID\t2023-01-01\t\n"),
    "P102 headings in capitals": table("in_hospital", "@@P102@@PERSON,FROM,UNTIL\nSECRETKID,2023-01-01,\n"),
    "P102 events have no on, two problems": table("died", "@@P102@@person,@@P103@@date\nSECRETKID,2023-01-01\n"),
    "P102 only a byte order mark": whole(table("in_hospital", b"\xef\xbb\xbf"), ("P102", "in_hospital.csv", 1, 1)),
    # --- P103
    "P103 misspelt column": care("SECRETKID,2023-01-01,,C2,\n", "person,from,until,legal_status,@@P103@@plcement\n"),
    "P103 nameless column": care("SECRETKID,2023-01-01,,C2,\n", "person,from,until,legal_status,@@P103@@\n"),
    "P103 one name twice": care("SECRETKID,2023-01-01,,C2,\n", "person,from,until,legal_status,@@P103@@from\n"),
    "P103 name of the child": care("SECRETKID,2023-01-01,,C2,Ann\n", "person,from,until,legal_status,@@P103@@name\n"),
    "P103 dates of birth with a name": born("person,value,@@P103@@name\nSECRETKID,2008-03-14,Ann\n"),
    "P103 very long heading": care("SECRETKID,2023-01-01,,C2,\n", "person,from,until,legal_status,@@P103@@" + "x" * 100000 + "\n"),
    "P103 certain is not for days": born("person,value,@@P103@@certain\nSECRETKID,2008-03-14,no\n"),
    # --- P104
    "P104 a cell too many": care("@@P104@@SECRETKID,2023-01-01,,C2,\n"),
    "P104 a cell too few": care("@@P104@@SECRETKID,2023-01-01,\n"),
    "P104 comma without quotes": born("person,value\n@@P104@@SECRETKID, ANN,2008-03-14\n"),
    "P104 cut off in the middle of the last row": care("OTHERKID,2023-01-01,,C2\n@@P104@@SECRETKID,2023-0"),
    "P104 a hundred thousand cells": care("@@P104@@" + "SECRETKID," * 100000 + "\n"),
    "P104 spaces alone on a line": care("SECRETKID,2023-01-01,,C2\n@@P104@@  x \nOTHERKID,2023-01-01,,C2\n"),
    "P104 after a blank line, and a row of commas": care("\n@@P104@@,,\n"),
    # --- P105
    "P105 british date": care("SECRETKID,@@P105@@14/03/2023,,C2\n"),
    "P105 american date": care("SECRETKID,@@P105@@03/14/2023,,C2\n"),
    "P105 partial date": care("SECRETKID,@@P105@@2023-03,,C2\n"),
    "P105 year alone": care("SECRETKID,@@P105@@2023,,C2\n"),
    "P105 no such day": care("SECRETKID,@@P105@@2023-02-30,,C2\n"),
    "P105 leap day of a common year": born("person,value\nSECRETKID,@@P105@@2023-02-29\n"),
    "P105 date of birth the british way": born("person,value\nSECRETKID,@@P105@@14/03/2008\n"),
    "P105 date with a time": born("person,value\nSECRETKID,@@P105@@2008-03-14 00:00:00\n"),
    "P105 spreadsheet's number of a day": born("person,value\nSECRETKID,@@P105@@39521\n"),
    "P105 words": born("person,value\nSECRETKID,@@P105@@14 March 2008\n"),
    "P105 unknown in words": born("person,value\nSECRETKID,@@P105@@unknown\n"),
    "P105 hidden character before the date": born("person,value\nSECRETKID,@@P105@@\u200b2008-03-14\n"),
    "P105 digits of another script": born("person,value\nSECRETKID,@@P105@@\u0662\u0660\u0660\u0668-\u0660\u0663-\u0661\u0664\n"),
    "P105 non-breaking space": born("person,value\nSECRETKID,@@P105@@2008-03-14\u00a0\n"),
    "P105 year of five digits": born("person,value\nSECRETKID,@@P105@@20080-03-14\n"),
    "P105 year 0000": born("person,value\nSECRETKID,@@P105@@0000-03-14\n"),
    "P105 year before the calendar begins": born("person,value\nSECRETKID,@@P105@@1899-12-31\n"),
    "P105 year after the calendar ends": born("person,value\nSECRETKID,@@P105@@9999-12-31\n"),
    "P105 negative year": born("person,value\nSECRETKID,@@P105@@-2008-03-14\n"),
    "P105 until, in a quoted cell": care('SECRETKID,2023-01-01,@@P105@@"1/2/2023",C2\n'),
    "P105 after an accent in the id": {"date_of_birth.csv": "person,value\nZo\u00eb,@@P105@@14.3.2008\n"},
    "P105 date of a hundred thousand digits": born("person,value\nSECRETKID,@@P105@@" + "2" * 100000 + "\n"),
    "P105 no dates in the whole file, four problems": care("SECRETKID,@@P105@@x,@@P105@@y,C2\nOTHERKID,@@P105@@x,@@P105@@y,C2\n"),
    # --- P106
    "P106 ends the day before": care("SECRETKID,2023-01-02,@@P106@@2023-01-01,C2\n"),
    "P106 ends ten years before": table("in_hospital", "person,from,until\nSECRETKID,2023-01-02,@@P106@@2013-01-01\n"),
    "P106 recorded until before from": table("recorded", "person,fact,from,until\nSECRETKID,care,2023-01-01,@@P106@@2022-01-01\n", **{"care.csv": CARE}),
    # --- P107
    "P107 no such legal status": care("SECRETKID,2023-01-01,,@@P107@@C3\n"),
    "P107 small letters": care("SECRETKID,2023-01-01,,@@P107@@c2\n"),
    "P107 meaning instead of the code": care("SECRETKID,2023-01-01,,@@P107@@Full care order\n"),
    "P107 disputed maybe": care("SECRETKID,2023-01-01,,C2,@@P107@@maybe\n", "person,from,until,legal_status,disputed\n"),
    "P107 certain maybe": care("SECRETKID,2023-01-01,,C2,@@P107@@maybe\n", "person,from,until,legal_status,certain\n"),
    "P107 disputed 1": care("SECRETKID,2023-01-01,,C2,@@P107@@1\n", "person,from,until,legal_status,disputed\n"),
    "P107 recorded of no fact": table("recorded", "person,fact,from,until\nSECRETKID,@@P107@@caer,,\n", **{"care.csv": CARE}),
    "P107 zero-width space in the word": care("SECRETKID,2023-01-01,,@@P107@@C2\u200b\n"),
    # --- P108
    "P108 stranger": care("@@P108@@SECRETSTRANGER,2023-01-01,,C2\n"),
    "P108 id with another capital": care("@@P108@@secretkid,2023-01-01,,C2\n"),
    "P108 leading zeros lost": {"date_of_birth.csv": "person,value\n0012345,2008-03-14\n", "care.csv": CARE + "@@P108@@12345,2023-01-01,,C2\n"},
    "P108 stranger in recorded": table("recorded", "person,fact,from,until\n@@P108@@NOBODY,care,,\n", **{"care.csv": CARE}),
    "P108 nobody is listed": {"date_of_birth.csv": "person,value\n", "care.csv": CARE + "@@P108@@SECRETKID,2023-01-01,,C2\n"},
    "P108 accent written in two characters": {"date_of_birth.csv": "person,value\nZo\u00eb,2008-03-14\n", "care.csv": CARE + "@@P108@@Zoe\u0308,2023-01-01,,C2\n"},
    "P108 id of a hundred thousand letters": care("@@P108@@" + "K" * 100000 + ",2023-01-01,,C2\n"),
    "P108 a thousand strangers": whole(care("".join("STRANGER%d,2023-01-01,,C2\n" % i for i in range(1000))), ("P108", "care.csv", None, None)),
    # --- P109
    "P109 person twice": born("person,value\nSECRETKID,2008-03-14\n@@P109@@SECRETKID,2008-03-14\n"),
    "P109 twice with different dates": born("person,value\nSECRETKID,2008-03-14\nOTHERKID,2008-01-01\n@@P109@@SECRETKID,2008-03-15\n"),
    "P109 three times, two problems": born("person,value\nSECRETKID,2008-03-14\n@@P109@@SECRETKID,2008-03-14\n@@P109@@SECRETKID,2008-03-14\n"),
    "P109 once more in quotes": born('person,value\nSECRETKID,2008-03-14\n@@P109@@"SECRETKID",2008-03-14\n'),
    # --- P110
    "P110 misspelt file": whole(table("car", CARE), ("P110", "car.csv", 0, 0)),
    "P110 capital letters in the name": whole(table("Care", CARE), ("P110", "Care.csv", 0, 0)),
    "P110 ending in capitals": whole({"date_of_birth.csv": BORN, "care.CSV": CARE}, ("P110", "care.CSV", 0, 0)),
    "P110 copy of a file": whole({"date_of_birth.csv": BORN, "care (1).csv": CARE}, ("P110", "care (1).csv", 0, 0)),
    "P110 a definition is no fact": whole(table("looked_after", CARE), ("P110", "looked_after.csv", 0, 0)),
    "P110 backup of the dates of birth": whole({"date_of_birth.csv": BORN, "date_of_birth.old.csv": BORN}, ("P110", "date_of_birth.old.csv", 0, 0)),
    # --- P111 needs a rulebook with a numbers fact
    "P111 pounds": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": "person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@\u00a312\n"},
    "P111 thousands": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": 'person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@"1,200"\n'},
    "P111 word": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": "person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@twelve\n"},
    "P111 not a number, as computers say it": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": "person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@nan\nSECRETKID,2023-01-01,,@@P111@@inf\n"},
    "P111 too large for a number": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": "person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@" + "9" * 400 + "\n"},
    "P111 sixteen in hexadecimal": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": "person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@0x10\n"},
    "P111 decimal comma": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": 'person,from,until,value\nSECRETKID,2023-01-01,,@@P111@@"12,5"\n'},
    # --- P113
    "P113 empty folder": {"problems": [("P113", "", 0, 0)]},
    "P113 no dates of birth": whole({"care.csv": CARE}, ("P113", "", 0, 0)),
    "P113 dates of birth in another format": whole({"date_of_birth.xlsx": b"PK\x03\x04"}, ("P113", "", 0, 0)),
    "P113 dates of birth are hidden": whole({".date_of_birth.csv": BORN}, ("P113", "", 0, 0)),
    "P113 recorded of a table that is not there": table("recorded", "person,fact,from,until\nSECRETKID,@@P113@@care,,\n"),
    # --- P114
    "P114 utf-16": whole(table("in_hospital", "\ufeffperson,from,until\n".encode("utf-16-le")), ("P114", "in_hospital.csv", 1, 1)),
    "P114 zero bytes": whole(table("in_hospital", b"person,from,until\nSECRET\0KID,2023-01-01,\n"), ("P114", "in_hospital.csv", 2, 7)),
    "P114 latin-1": whole(born(b"person,value\nZo\xeb,2008-03-14\n"), ("P114", "date_of_birth.csv", 2, 3)),
    "P114 quote inside a cell": table("in_hospital", 'person,from,until\nSECRET@@P114@@"KID,2023-01-01,\n'),
    "P114 quote not closed": table("in_hospital", 'person,from,until\n@@P114@@"SECRETKID,2023-01-01,\nOTHERKID,2023-01-01,\n'),
    "P114 text after a quote": table("in_hospital", 'person,from,until\n"SECRETKID"@@P114@@x,2023-01-01,\n'),
    "P114 a spreadsheet renamed": whole(table("in_hospital", b"PK\x03\x04\x14\0\x06\0\x08\0"), ("P114", "in_hospital.csv", 1, None)),
    "P114 half a character at the end": whole(born(b"person,value\nSECRETKID,2008-03-14\nZo\xc3"), ("P114", "date_of_birth.csv", 3, 3)),
    "P114 two bad lines": whole(born(b"person,value\nZo\xeb,2008-03-14\n\xff,2008-03-14\n"), ("P114", "date_of_birth.csv", 2, 3), ("P114", "date_of_birth.csv", 3, 1)),
    "P114 quote opened in the heading": whole(born(b'"person,value\nSECRETKID,2008-03-14\n'), ("P114", "date_of_birth.csv", 1, 1)),
    # --- P115
    "P115 blank person": born("person,value\n@@P115@@,2008-03-14\n"),
    "P115 blank beginning": care("SECRETKID,@@P115@@,,C2\n"),
    "P115 blank day of an event": table("died", "person,on\nSECRETKID,@@P115@@\n"),
    "P115 blank fact in recorded": table("recorded", "person,fact,from,until\nSECRETKID,@@P115@@,,\n", **{"care.csv": CARE}),
    "P115 a row of commas, two problems": care("@@P115@@,@@P115@@,,\n"),
    "P115 blank number": {"rules": "numbers", "date_of_birth.csv": BORN, "pocket_money.csv": "person,from,until,value\nSECRETKID,2023-01-01,,@@P115@@\n"},
    # --- several
    "several tables, five problems": {"date_of_birth.csv": "person,value\nSECRETKID,@@P105@@x\nSECRETKID2,2008-01-01\n@@P109@@SECRETKID2,2008-01-01\n",
                                      "care.csv": CARE + "@@P108@@NOBODY,2023-01-01,,@@P107@@C9\n",
                                      "died.csv": "person,on\nSECRETKID,@@P105@@31/02/2020\n"},
    # --- odd, and sound: nothing may be refused
    "sound CRLF": {"date_of_birth.csv": BORN.replace("\n", "\r\n"), "care.csv": (CARE + "SECRETKID,2023-01-01,,C2\n").replace("\n", "\r\n")},
    "sound old Macintosh line ends": born(BORN.replace("\n", "\r")),
    "sound byte order mark": born("\ufeff" + BORN),
    "sound no line end at the end": born(BORN.rstrip("\n")),
    "sound blank lines": born("\n\n" + BORN + "\n\n"),
    "sound everything in quotes": born('"person","value"\n"SECRETKID","2008-03-14"\n'),
    "sound id with comma, quote and line end": born('person,value\n"SECRETKID, ""the"" second\nof the name",2008-03-14\n'),
    "sound id of a hundred thousand letters": born("person,value\n" + "K" * 100000 + ",2008-03-14\n"),
    "sound ids in other scripts": born("person,value\n\u5f20\u4f1f,2008-03-14\n\u0645\u0631\u064a\u0645,2008-03-14\n\U0001f476,2008-03-14\n"),
    "sound folder of the name of a table": {"date_of_birth.csv": BORN, "care.csv": "folder"},
    "sound blank legal status, which is unknown": care("SECRETKID,2023-01-01,,\n"),
    "sound header alone": {"date_of_birth.csv": BORN, "care.csv": CARE},
    "sound nobody at all": born("person,value\n"),
    "sound unknown date of birth": born("person,value\nSECRETKID,\n"),
    "sound ends on the day it begins": care("SECRETKID,2023-01-01,2023-01-01,C2\n"),
    "sound columns in another order": care("C2,,2023-01-01,SECRETKID\n", "legal_status,until,from,person\n"),
    "sound files that are no tables": {"date_of_birth.csv": BORN, "README.txt": "hello", ".hidden.csv": "\0"},
    "sound first and last days of the calendar": {"date_of_birth.csv": "person,value\nSECRETKID,1900-01-01\nB,2199-12-31\n",
                                                  "care.csv": CARE + "SECRETKID,1900-01-01,2199-12-31,C2\nB,2199-12-31,,C2\n"},
}
