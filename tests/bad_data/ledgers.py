"""Councils whose documents or ledger are not as they should be: name -> files.

The name begins with the code that is meant. A mark @@CODE@@ stands where the problem must be told; it is taken away
before the file is written. SOUND is the same council with nothing wrong.
"""

RULES = """rulebook: westmarch
summary: What Westmarch promises
extends: england
documents:
  westmarch_offer:
    title: Our offer
    publisher: Westmarch Council
    dated: 2025-03-14
    lines: 9
    blank_lines: "2, 5"
    without_rules:
      - {lines: 1, because: title}
definitions:
  westmarch_step:
    summary: a step on the way, which no entry need name
    cite: {document: westmarch_offer, lines: 3}
    when: always
entitlements:
  westmarch_help:
    summary: Help
    in_force: {from: 2025-04-01}
    cite: {document: westmarch_offer, lines: 3-4}
    when: westmarch_step
  westmarch_more_help:
    summary: More help
    in_force: {from: 2025-04-01}
    cite: [{document: westmarch_offer, lines: "6, 8-9"}, {document: A leaflet of another council, lines: 900}]
    when: westmarch_step
"""
ADVISERS = """rulebook: westmarch_advisers
summary: Advisers
subject: {name: adviser, born: started}
conventions: {birthday_on_29_february: westmarch_leap}
facts: {started: {kind: day, summary: The first day}}
readings:
  westmarch_leap: {question: When, options: {1_march: x, 28_february: y}, default: 1_march, cite: {document: westmarch_offer, lines: 7}}
statuses:
  westmarch_adviser:
    summary: An adviser
    in_force: {from: 2025-04-01}
    cite: {document: westmarch_offer, lines: 7}
    when: always
"""
LEDGER = """document: westmarch_offer
entries:
  WES-1: {lines: 3-4, says: Help, kind: entitlement, state: in_force, rules: [westmarch_help]}
  WES-2: {lines: "6, 8", says: More help, kind: entitlement, state: in_force, rules: [westmarch_more_help], needs: [care, some words]}
  WES-3: {lines: 7, says: An adviser, kind: workforce ratio, state: contract, rules: [westmarch_adviser]}
  WES-4: {lines: 9, says: Ambition, kind: qualitative, state: description, not_computable: Nothing shows it}
"""


def council(rules=RULES, ledger=LEDGER, advisers=ADVISERS, **more):
    files = {"rulebook.yaml": rules, "advisers/rulebook.yaml": advisers}
    if ledger is not None:
        files["ledger/offer.yaml"] = ledger
    files.update({name.replace("__", "/") + ".yaml": text for name, text in more.items()})
    return files


def changed(text, old, new):
    assert old in text, old
    return text.replace(old, new, 1)


SOUND = {
    "sound": council(),
    "no ledger yet": council(ledger=None),
    "the ledger in two files": council(ledger=changed(LEDGER, LEDGER.splitlines()[3] + "\n", ""),
                                       ledger__second="document: westmarch_offer\nentries:\n" + LEDGER.splitlines()[3] + "\n"),
    "a folder of cases beside": council(cases__kim="person: kim\nfacts: {date_of_birth: 2010-01-01}\n"),
    "a figure that is missing, and a rule that is only proposed": council(
        changed(changed(RULES, "    in_force: {from: 2025-04-01}\n    cite: {document: westmarch_offer, lines: 3-4}", "    in_force: {proposed: 2025-03-14}\n    cite: {document: westmarch_offer, lines: 3-4}"),
                "definitions:", "parameters:\n  westmarch_figure: {summary: x, unit: pounds, values: missing, cite: {document: westmarch_offer, lines: 9}}\ndefinitions:"),
        changed(LEDGER, "not_computable: Nothing shows it", "rules: [westmarch_figure], needs: [westmarch_figure]")),
}

COUNCILS = {
    "L101 unknown key of a document": council(changed(RULES, "publisher:", "publisher: x\n    @@L101@@published_by:")),
    "L101 dated and undated": council(changed(RULES, "lines: 9", "undated: @@L101@@yes\n    lines: 9")),
    "L101 unknown key of lines without rules": council(changed(RULES, "because: title", "because: title, @@L101@@why: title")),
    "L101 unknown key of the ledger": council(ledger="@@L101@@title: Offer\n" + LEDGER),
    "L101 unknown key of an entry": council(ledger=changed(LEDGER, "kind: qualitative", "@@L101@@tier: C, kind: qualitative")),
    "L102 document without a date": council(changed(RULES, "    title: Our offer\n    publisher: Westmarch Council\n    dated: 2025-03-14\n",
                                                    "    @@L102@@title: Our offer\n    publisher: Westmarch Council\n")),
    "L102 document without a title and a publisher": council(changed(RULES, "    title: Our offer\n    publisher: Westmarch Council\n    dated", "    @@L102@@@@L102@@dated")),
    "L102 lines without rules and no reason": council(changed(RULES, "{lines: 1, because: title}", "@@L102@@{lines: 1}")),
    "L102 ledger of no document": council(ledger="@@L102@@" + changed(LEDGER, "document: westmarch_offer\n", "")),
    "L102 entry of no kind and no state": council(ledger=changed(LEDGER, "{lines: 7, says: An adviser, kind: workforce ratio, state: contract,", "@@L102@@@@L102@@{lines: 7, says: An adviser,")),
    "L103 entries in a list": council(ledger="document: westmarch_offer\nentries:\n  @@L103@@- WES-1\n"),
    "L103 entry that is a word": council(ledger=changed(LEDGER, "{lines: 9, says: Ambition, kind: qualitative, state: description, not_computable: Nothing shows it}", "@@L103@@ambition")),
    "L104 entry that says nothing": council(ledger=changed(LEDGER, "{lines: 7, says: An adviser,", "@@L104@@{lines: 7,")),
    "L106 British date": council(changed(RULES, "dated: 2025-03-14", "dated: @@L106@@14/03/2025")),
    "L107 many lines": council(changed(RULES, "lines: 9\n", "lines: @@L107@@many\n")),
    "L107 no lines": council(changed(RULES, "lines: 9\n", "lines: @@L107@@0\n")),
    "L108 document named as a rule": council(changed(RULES, "  westmarch_offer:\n    title", "  westmarch_help:\n    title: x\n    publisher: x\n    undated: yes\n    lines: 1\n  westmarch_offer:\n    title")
                                             .replace("entitlements:\n  westmarch_help", "entitlements:\n  @@L108@@westmarch_help")),
    "L112 undated no": council(changed(RULES, "dated: 2025-03-14", "undated: @@L112@@no")),
    "L112 kind not known": council(ledger=changed(LEDGER, "kind: qualitative", "kind: @@L112@@quality")),
    "L112 state not known": council(ledger=changed(LEDGER, "state: description", "state: @@L112@@description of it")),
    "L113 document with a hyphen": council(changed(RULES, "  westmarch_offer:\n    title", "  @@L113@@westmarch-leaflet: {title: x, publisher: x, undated: yes, lines: 1}\n  westmarch_offer:\n    title")),
    "D101 lines run backwards": council(ledger=changed(LEDGER, "lines: 3-4", "lines: @@D101@@4-3")),
    "D101 line nought": council(changed(RULES, "{lines: 1, because", "{lines: @@D101@@0-1, because")),
    "D101 lines in words": council(changed(RULES, 'blank_lines: "2, 5"', 'blank_lines: @@D101@@2 and 5')),
    "D101 a rule cites lines in words": council(changed(RULES, "cite: {document: westmarch_offer, lines: 3}", "cite: @@D101@@{document: westmarch_offer, lines: three}")),
    "D102 entry beyond the last line": council(ledger=changed(LEDGER, "{lines: 9, says: Amb", "{lines: @@D102@@9-10, says: Amb")),
    "D102 no rule beyond the last line": council(changed(RULES, "      - {lines: 1, because: title}\n", "      - {lines: 1, because: title}\n      - {lines: @@D102@@10-12, because: footer}\n")),
    "D102 a rule cites beyond the last line": council(changed(RULES, "cite: {document: westmarch_offer, lines: 3-4}", "cite: @@D102@@{document: westmarch_offer, lines: 3-14}")),
    "D102 an adviser's rule cites beyond the last line": council(advisers=changed(ADVISERS, "cite: {document: westmarch_offer, lines: 7}\n    when", "cite: @@D102@@{document: westmarch_offer, lines: 7-70}\n    when")),
    "D103 ledger of another document": council(ledger__other="document: @@D103@@westmarch_ofer\nentries:\n  WES-9: {lines: 3, says: x, kind: qualitative, state: spent, not_computable: x}\n"),
    "D103 a rule cites another document": council(changed(RULES, "cite: {document: westmarch_offer, lines: 3}", "cite: @@D103@@{document: westmarch_ofer, lines: 3}")),
    "D104 entry in two files": council(ledger__two="document: westmarch_offer\nentries:\n  @@D104@@WES-4: {lines: 9, says: x, kind: qualitative, state: spent, not_computable: x}\n"),
    "D105 neither rules nor a reason": council(ledger=changed(LEDGER, "  WES-4: {lines: 9, says: Ambition, kind: qualitative, state: description, not_computable: Nothing shows it}",
                                                              "  @@D105@@WES-4: {lines: 9, says: Ambition, kind: qualitative, state: description}")),
    "D105 no rule in the list": council(ledger=changed(LEDGER, "  WES-4: {lines: 9, says: Ambition, kind: qualitative, state: description, not_computable: Nothing shows it}",
                                                       "  @@D105@@WES-4: {lines: 9, says: Ambition, kind: qualitative, state: description, rules: []}")),
    "D105 rules and a reason": council(ledger=changed(LEDGER, "rules: [westmarch_help]", "rules: [westmarch_help], not_computable: @@D105@@In part")),
    "D106 rule in no entry": council(changed(RULES, "  westmarch_more_help:\n", "  @@D106@@westmarch_most_help:\n    summary: x\n    in_force: {from: 2025-04-01}\n    cite: {document: westmarch_offer, lines: 6}\n"
                                             "    when: always\n  westmarch_more_help:\n")),
    "D106 adviser's rule in no entry": council(advisers=changed(ADVISERS, "  westmarch_adviser:\n", "  @@D106@@westmarch_busy:\n    summary: x\n    in_force: {from: 2025-04-01}\n"
                                                                "    cite: {document: westmarch_offer, lines: 7}\n    when: always\n  westmarch_adviser:\n")),
    "D107 a line in no entry": council(changed(RULES, "  westmarch_offer:", "  @@D107@@westmarch_offer:"), changed(LEDGER, "{lines: 9, says: Amb", "{lines: 8, says: Amb")),
    "D107 lines that are not said to be blank": council(changed(changed(RULES, "  westmarch_offer:", "  @@D107@@westmarch_offer:"), '    blank_lines: "2, 5"\n', "")),
    "D107 a document with no entry": council(changed(RULES, "  westmarch_offer:", "  @@D107@@westmarch_leaflet: {title: x, publisher: x, undated: yes, lines: 3}\n  westmarch_offer:")),
    "D108 line with a rule and without": council(changed(RULES, "{lines: 1, because", "{lines: @@D108@@\"1, 3\", because")),
    "D109 rule of other lines": council(ledger=changed(LEDGER, "rules: [westmarch_adviser]", "rules: [westmarch_adviser, @@D109@@westmarch_help]")),
    "R102 rule misspelt": council(ledger=changed(LEDGER, "rules: [westmarch_adviser]", "rules: [westmarch_adviser, @@R102@@westmarch_advisor]")),
    "R102 England's rule": council(ledger=changed(LEDGER, "rules: [westmarch_adviser]", "rules: [westmarch_adviser, @@R102@@former_relevant_child]")),
    "R102 needs what is not there": council(ledger=changed(LEDGER, "needs: [care, some words]", "needs: [care, @@R102@@first_home]")),
    "R102 in the advisers' rulebook": council(advisers=changed(ADVISERS, "when: always", "when: @@R102@@alwayss")),
    "Y104 ledger that is no YAML": {**council(), "ledger/offer.yaml": LEDGER + "  WES-5: {lines: 9\n", "problems": [("Y104", "ledger/offer.yaml", None, None)]},
    "four problems": council(changed(RULES, "  westmarch_offer:", "  @@D107@@westmarch_offer:"), changed(changed(changed(LEDGER, "rules: [westmarch_help]", "rules: [@@R102@@westmarch_hlp, westmarch_help]"),
                             "rules: [westmarch_more_help]", "rules: [westmarch_more_help, @@D109@@westmarch_help]"), "{lines: 9, says: Amb", "{lines: @@D102@@10, says: Amb")),
}
