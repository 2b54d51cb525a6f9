"""Sentences of errors, warnings and the doctor that tell a number: how each is said of one, and what its number is.

    "{count} letters cannot be read in {encoding}."  →  "{count} letter cannot be read in {encoding}."  by `count`

Rules: the source constructs the sentence of many and nothing else, so that an error's sentence stays its name in
records and catalogues; who tells it chooses the form, `said` in English, `forms` for a catalogue (French has two,
Arabic six). A sentence of many that is not here is found by a test, as is a row that no source constructs.
"""

from __future__ import annotations

from collections.abc import Mapping

_MANY = 2
COUNTED: dict[str, tuple[str, str]] = {
    # Files
    "A heading that the mapping names stands over {count} columns; the first one is read.": (
        "A heading that the mapping names stands over {count} column; the first one is read.", "count"),
    "{count} letters cannot be read in {encoding}.": ("{count} letter cannot be read in {encoding}.", "count"),
    "{more} further rows are not shown.": ("{more} further row is not shown.", "more"),
    "{more} further warnings were left out.": ("{more} further warning was left out.", "more"),
    "The list cannot be read to its end; {persons} persons stand before the fault.": (
        "The list cannot be read to its end; {persons} person stands before the fault.", "persons"),
    "The list holds {persons} persons, {crew} of them crew, and says otherwise.": (
        "The list holds {persons} person, {crew} of them crew, and says otherwise.", "persons"),
    "The message holds {records} bookings, and says otherwise.": (
        "The message holds {records} booking, and says otherwise.", "records"),
    "The file is larger than {mib} MiB or has more than {lines} lines.": (
        "The file is larger than {mib} MiB or has more than {lines} line.", "lines"),
    "The file holds the lists of {flights} flights; each candidate is shown with its own.": (
        "The file holds the list of {flights} flight; each candidate is shown with its own.", "flights"),
    # People, own systems
    "A password has at least {least} characters.": ("A password has at least {least} character.", "least"),
    "Too many attempts: wait {seconds} seconds, then try again.": (
        "Too many attempts: wait {seconds} second, then try again.", "seconds"),
    "Try again in {seconds} seconds.": ("Try again in {seconds} second.", "seconds"),
    "A delegation begins now or later and ends within {days} days.": (
        "A delegation begins now or later and ends within {days} day.", "days"),
    "A pace lies between {least} and {most} requests in ten seconds.": (
        "A pace lies between {least} and {most} request in ten seconds.", "most"),
    "A POST carries a key of its own, of {least} to {most} characters.": (
        "A POST carries a key of its own, of {least} to {most} character.", "most"),
    "A reason has at least {least} letters.": ("A reason has at least {least} letter.", "least"),
    "Say what was looked at and found, in at least {least} letters.": (
        "Say what was looked at and found, in at least {least} letter.", "least"),
    "A hold keeps rows of days that were, and ends within {days} days.": (
        "A hold keeps rows of days that were, and ends within {days} day.", "days"),
    "{counted} travellers are counted; to tell one false alert in {one_in}, {needed} are needed.": (
        "{counted} traveller is counted; to tell one false alert in {one_in}, {needed} are needed.", "counted"),
    # The doctor
    "{count} files and directories with secrets are their owner's alone.": (
        "{count} file or directory with secrets is its owner's alone.", "count"),
    "{count} private keys open with their passphrases.": ("{count} private key opens with its passphrase.", "count"),
    "The TLS certificate is in force for {days} more days.": (
        "The TLS certificate is in force for {days} more day.", "days"),
    "The TLS certificate ends in {days} days.": ("The TLS certificate ends in {days} day.", "days"),
    "{count} migrations are not applied, first {first}.": ("{count} migration is not applied, first {first}.", "count"),
    "The plan {plan} is signed and in force for {days} more days.": (
        "The plan {plan} is signed and in force for {days} more day.", "days"),
    "The plan {plan} ends in {days} days.": ("The plan {plan} ends in {days} day.", "days"),
    "The key list of {authority} is in force for {days} more days.": (
        "The key list of {authority} is in force for {days} more day.", "days"),
    "The key list of {authority} ends in {days} days.": ("The key list of {authority} ends in {days} day.", "days"),
    "The keys of {authority} were listed {days} days ago.": (
        "The keys of {authority} were listed {days} day ago.", "days"),
    "The ledger's {size} leaves lead to its last signed head.": (
        "The ledger's {size} leaf leads to its last signed head.", "size"),
    "The ledger has {leaves} numbered leaves, and its last signed head says {size}.": (
        "The ledger has {leaves} numbered leaf, and its last signed head says {size}.", "leaves"),
    "Waiting in {queue}: {count}, the oldest for {minutes} minutes.": (
        "Waiting in {queue}: {count}, the oldest for {minutes} minute.", "minutes"),
    "{count} messages are put aside as poison.": ("{count} message is put aside as poison.", "count"),
    "{count} alarms wait for somebody, the latest {code}.": ("{count} alarm waits for somebody: {code}.", "count"),
    "{count} lists are refreshed as they should be.": ("{count} list is refreshed as it should be.", "count"),
    "The list {list} failed to refresh {count} times ({code}).": (
        "The list {list} failed to refresh {count} time ({code}).", "count"),
    "The list {list} was last refreshed {hours} hours ago.": (
        "The list {list} was last refreshed {hours} hour ago.", "hours"),
}  # fmt: skip


def forms(sentence: str, params: Mapping[str, object]) -> tuple[str, str, int] | None:
    """The sentence of one, of many, and the number that decides between them; None where no number does."""
    if sentence not in COUNTED:
        return None
    one, by = COUNTED[sentence]
    text = str(params.get(by, ""))
    return one, sentence, int(text) if text.isascii() and text.isdigit() else _MANY


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its word, for the English of the command line: "1 row", "2 rows"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def said(sentence: str, params: Mapping[str, object]) -> str:
    """The form of an English sentence that fits its number; its places are still to be filled."""
    found = forms(sentence, params)
    return sentence if found is None else found[0] if found[2] == 1 else found[1]
