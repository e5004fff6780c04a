"""SSDA903 returns. `@@P210@@` at the start of a row marks what must be told of that row: a mending, which is no refusal.

Entries: name: (exit, {file: content}). In a content, `e` stands for the headings of the episodes, `h` for those of the header.
"""

H = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
E = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
KID = H + "SECRETKID,1,14/03/2008,WBRI,X,,\n"


def ep(start, rne="S", ls="C2", end="", rec="", place="U4", why="", child="SECRETKID"):
    return ",".join([child, start, rne, ls, "N1", place, "PR1", end, rec, why, "AB1", "AB2", "SC1"]) + "\n"


def year(rows, header=KID, folder="2022-23"):
    return {folder + "/header.csv": header, folder + "/episodes.csv": E + rows}


def years(first, second, h1=KID, h2=KID):
    return {**year(first, h1), **year(second, h2, "2023-24")}


XML = ("<?xml version='1.0'?>\n<EXPSSDA903>\n<CHILD><HEADER><CHILDID>SECRETKID</CHILDID><UPN>X</UPN><SEX>1</SEX><DOB>14/03/2008</DOB>"
       "<ETHNIC>WBRI</ETHNIC><UASC /></HEADER>\n%s</CHILD>\n</EXPSSDA903>\n")
EPISODE = ("<EPISODE><DECOM>%s</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL><DEC></DEC><REC /></EPISODE>\n")


def xml(text, *problems):
    return {"2022-23/903.xml": text, "problems": [(code, "2022-23/903.xml" if line else "", line) for code, line in problems]}


RETURNS = {
    # --- XML
    "sound XML": (0, xml(XML % (EPISODE % "01/05/2022"))),
    "sound XML with a byte order mark": (0, xml("\ufeff" + XML % (EPISODE % "01/05/2022"))),
    "sound XML beside CSV": (0, {**year(ep("01/05/2021"), folder="2021-22"), **xml(XML % (EPISODE % "01/05/2022"))}),
    "P211 a date in XML": (0, xml(XML % (EPISODE % "31/02/2022" + EPISODE % "01/05/2022"), ("P211", 4))),
    "P103 an element more": (0, xml(XML % (EPISODE % "01/05/2022").replace("<REC />", "<REC /><NOTE>SECRET</NOTE>"), ("P103", 4))),
    "P216 XML cut off": (1, xml((XML % (EPISODE % "01/05/2022"))[:-30], ("P216", 4), ("P215", 0))),
    "P216 a document type with entities": (1, xml((XML % (EPISODE % "01/05/2022")).replace(
        "<EXPSSDA903>", "<!DOCTYPE EXPSSDA903 [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]>\n<EXPSSDA903>", 1), ("P216", 2), ("P215", 0))),
    "P216 a thousand elements in one another": (1, xml(XML % ("<a>" * 1000 + "</a>" * 1000), ("P216", 4), ("P215", 0))),
    "P114 XML in latin-1": (1, {"2022-23/903.xml": (XML % (EPISODE % "01/05/2022")).replace("WBRI", "Zo\xeb").encode("latin-1"),
                                "problems": [("P114", "2022-23/903.xml", 3)]}),
    # --- mended, and told (exit 0)
    "P202 overlapping": (0, year("@@P202@@" + ep("01/05/2022", end="01/09/2022", rec="X1") + ep("01/08/2022", "P"))),
    "P203 twice": (0, year(ep("01/05/2022") + "@@P203@@" + ep("01/05/2022"))),
    "P204 two different rows of one day": (0, year("@@P204@@" + ep("01/05/2022", ls="C1") + ep("01/05/2022"))),
    "P204 a later return differs": (0, years("@@P204@@" + ep("01/05/2022", ls="C1"), ep("01/05/2022", ls="C2"))),
    "P205 open, then closed": (0, {**years(ep("01/05/2022"), ep("01/05/2022", end="01/05/2023", rec="E3")), "problems": [("P205", "2023-24/episodes.csv", 0)]}),
    "P206 missing from the next return": (0, years("@@P206@@" + ep("01/05/2022"), ep("01/05/2023", child="OTHERKID"), h2=H + "OTHERKID,1,14/03/2008,WBRI,X,,\n")),
    "P207 the end was made up by a pipeline": (0, year("@@P207@@" + ep("01/05/2022", end="01/09/2022", rec="E99"))),
    "P207 end by the pipeline's rule": (0, year("@@P207@@" + ep("01/05/2022", end="01/09/2022", rec="E3", why="LIIAF"))),
    "P208 a reason and no end": (0, year("@@P208@@" + ep("01/05/2022", rec="E3"))),
    "P209 no day": (0, year("@@P209@@" + ep("01/05/2022", end="01/05/2022", rec="E3") + ep("01/06/2022"))),
    "P209 ends before it begins": (0, year("@@P209@@" + ep("01/05/2022", end="01/04/2022", rec="E3") + ep("01/06/2022"))),
    "P210 no such status": (0, year("@@P210@@" + ep("01/05/2022", ls="Q9"))),
    "P210 no such reason": (0, year("@@P210@@" + ep("01/05/2022", end="01/06/2022", rec="E77"))),
    "P210 small letters": (0, year("@@P210@@" + ep("01/05/2022", ls="c2"))),
    "P210 code of other years": (0, year("@@P210@@" + ep("01/05/2022", end="01/06/2022", rec="E43"))),
    "P210 no such placement": (0, year("@@P210@@" + ep("01/05/2022", place="HOTEL"))),
    "P211 iso date in the episodes": (0, year("@@P211@@" + ep("2022-05-01") + ep("01/06/2022"))),
    "P211 american date": (0, year("@@P211@@" + ep("05/25/2022") + ep("01/06/2022"))),
    "P211 end is no date": (0, year("@@P211@@" + ep("01/05/2022", end="soon", rec="E3"))),
    "P211 date of birth is no date": (0, year(ep("01/05/2022"), H + "@@P211@@SECRETKID,1,2008-03-14,WBRI,X,,\n")),
    "P211 first day blank": (0, year("@@P211@@" + ep("") + ep("01/06/2022"))),
    "P212 child not in the header": (0, year("@@P212@@" + ep("01/05/2022"), H)),
    "P213 another follows and none does": (0, year("@@P213@@" + ep("01/05/2022", end="01/06/2022", rec="X1") + ep("01/09/2022", "P"))),
    "P214 two dates of birth": (0, years(ep("01/05/2022", end="01/06/2022", rec="E3"), ep("01/05/2023"), h1=H + "@@P214@@SECRETKID,1,13/03/2008,WBRI,X,,\n")),
    "P115 no child": (0, year("@@P115@@" + ep("01/05/2022", child="") + ep("01/06/2022"))),
    "P115 no legal status": (0, year("@@P115@@" + ep("01/05/2022", ls=""))),
    "P115 no date of birth": (0, year(ep("01/05/2022"), H + "@@P115@@SECRETKID,1,,WBRI,X,,\n")),
    "P103 a column more": (0, {"2022-23/header.csv": KID, "2022-23/episodes.csv": "@@P103@@" + E.replace("\n", ",NOTES\n") + ep("01/05/2022").replace("\n", ",x\n")}),
    "P201 a file that is no table of the return": (0, {**year(ep("01/05/2022")), "2022-23/notes.csv": "a,b\n1,2\n", "problems": [("P201", "2022-23/notes.csv", 0)]}),
    "sound CRLF": (0, {k: v.replace("\n", "\r\n") for k, v in year(ep("01/05/2022")).items()}),
    "sound byte order mark": (0, {k: "\ufeff" + v for k, v in year(ep("01/05/2022")).items()}),
    "sound headings in small letters": (0, {"2022-23/header.csv": KID.replace("CHILD,SEX,DOB", "child,sex,dob"), "2022-23/episodes.csv": E + ep("01/05/2022")}),
    "sound no episodes but the name of the year": (0, year("")),
    # --- refused (exit 1)
    "P215 empty folder": (1, {"problems": [("P215", "", 0)]}),
    "P215 nothing of a return": (1, {"a.csv": "a,b\n1,2\n", "problems": [("P215", "", 0)]}),
    "P215 no episodes": (1, {"2022-23/header.csv": KID, "problems": [("P215", "", 0)]}),
    "P215 no year can be told": (1, {"x/header.csv": KID, "x/episodes.csv": E, "problems": [("P215", "", 0)]}),
    "P215 headings in another language": (1, {"2022-23/episodes.csv": "KIND,VON,BIS\nSECRETKID,1,2\n", "problems": [("P215", "", 0)]}),
    "P215 the source map is not sound": (1, {**year(ep("01/05/2022")), "map": "source_map: ssda903\nsummry: x\n", "problems": [("P215", "", 0)]}),
    "P101 no such folder": (1, {"folder": "missing", "problems": [("P101", "", 0), ("P215", "", 0)]}),
    "P101 a file": (1, {"folder": "file", "problems": [("P101", "", 0), ("P215", "", 0)]}),
    "P101 one file cannot be read": (1, {**year(ep("01/05/2022")), "2022-23/reviews.csv": "locked", "problems": [("P101", "2022-23/reviews.csv", 0)]}),
    "P104 a row cut off": (1, year(ep("01/05/2022") + "@@P104@@SECRETKID,14/03/20")),
    "P104 a cell too many": (1, year("@@P104@@" + ep("01/05/2022").replace("\n", ",\n"))),
    "P114 latin-1": (1, {"2022-23/header.csv": KID, "2022-23/episodes.csv": E.encode() + b"Zo\xeb,01/05/2022\n", "problems": [("P114", "2022-23/episodes.csv", 2)]}),
    "P114 utf-16": (1, {"2022-23/header.csv": KID, "2022-23/episodes.csv": E.encode("utf-16"), "problems": [("P114", "2022-23/episodes.csv", 1)]}),
    "P114 zero bytes": (1, {"2022-23/header.csv": KID, "2022-23/episodes.csv": E.encode() + b"\0\0\0\n", "problems": [("P114", "2022-23/episodes.csv", 2)]}),
    "P114 quote never closed": (1, year('@@P114@@"' + ep("01/05/2022"))),
}
