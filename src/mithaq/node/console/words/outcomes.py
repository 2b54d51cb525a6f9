"""What became of a piece of a file, for a person who knows no format: whether it is missing, uncertain or harmless.

Rule: each warning of a reader has an outcome here, by its code; a test finds the codes in the source. Outcomes stand in
the order in which a person should look at them.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

# Outcome: its heading, what it means, and what to do.
OUTCOMES: dict[str, tuple[object, object, object]] = {
    "lost": (
        lazy("Missing or left out"),
        lazy("This could not be read, and is not among what was understood."),
        lazy("If it may concern a person whom you look for, ask the sender for the file again."),
    ),
    "count": (
        lazy("Numbers that disagree"),
        lazy("The file says another number than was found in it."),
        lazy("Compare the number of travellers with what you expect, and ask for the file again if some are missing."),
    ),
    "doubt": (
        lazy("Read, but uncertain"),
        lazy("This was understood, though the file does not say it as it should."),
        lazy("Compare it with the document, or ask the sender, before you rely on it."),
    ),
    "elsewhere": (
        lazy("Not all is here"),
        lazy("More stands in another file, or was left out where the file was made or shown."),
        lazy("Choose OFAC's file of aliases beside its list; import a table with a mapping to see all of its rows."),
    ),
    "slip": (
        lazy("Slips of form"),
        lazy("Nothing that was understood depends on these."),
        lazy("You need not do anything; whoever made the file can mend them."),
    ),
    "meant": (
        lazy("Left out on purpose"),
        lazy("Firms, ships and organisations are not compared with travellers."),
        lazy("You need not do anything."),
    ),
}
_CODES = {
    "lost": """edifact.cut edifact.tag edifact.stray edifact.unt edifact.une edifact.unz edifact.warnings read.warnings
        paxlst.message paxlst.segment paxlst.document paxlst.name paxlst.date paxlst.role pnrgov.message pnrgov.segment
        pnrgov.empty pnrgov.name pnrgov.date pnrgov.arrival pnrgov.birth pnrgov.document pnrgov.infant mrz.line
        csv.cells csv.row csv.date csv.sex csv.name csv.unreadable csv.twice subjects.date subjects.twice
        subjects.long subjects.line subjects.field subjects.needed subjects.value un_list.unknown un_list.person
        un_list.twice eu_list.unknown eu_list.person eu_list.twice
        ofac_list.columns ofac_list.person ofac_list.twice ofac_list.alias""",
    "count": "edifact.une.count edifact.unz.count paxlst.count pnrgov.count",
    # A message's own count is of its segments and not of people, and most systems get it wrong: alone it makes no file
    # one that was read in part, or nobody would look at those that were.
    "doubt": """edifact.unt.count edifact.encoding edifact.marks paxlst.version pnrgov.version pnrgov.terminator
        pnrgov.traveller pnrgov.reference pnrgov.birth.future paxlst.date.future mrz.check mrz.mended mrz.likely
        mrz.letters mrz.name mrz.state mrz.sex mrz.code mrz.date mrz.year mrz.filler csv.state csv.encoding csv.heading
        csv.mapping read.unborn un_list.birth_date eu_list.birth_date ofac_list.birth_date ofac_list.end
        un_list.nationality eu_list.nationality ofac_list.nationality ofac_list.encoding""",
    "slip": """edifact.advice edifact.case edifact.preamble edifact.unt.reference edifact.une.reference
        edifact.unz.reference pnrgov.heading mrz.blanks mrz.written read.wide csv.before csv.delimiter csv.id""",
    "elsewhere": "read.alone ofac_list.cut csv.more",
    "meant": "un_list.entity eu_list.entity ofac_list.entity",
}
OF_CODE = {code: outcome for outcome, codes in _CODES.items() for code in codes.split()}
# What the node itself says of a passenger list beside its reader.
OF_NODE = {
    "manifest.flights": "slip",
    "manifest.future": "doubt",
    "manifest.past": "doubt",
    "manifest.unborn": "doubt",
}


def outcome(code: str) -> str:
    """The outcome of a warning; what nobody has judged yet may be missing."""
    return OF_CODE.get(code) or OF_NODE.get(code, "lost")
