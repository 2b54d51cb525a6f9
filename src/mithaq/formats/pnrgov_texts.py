"""Contacts, names and card numbers in the texts of a booking.

Rules: an address of electronic mail is written out as AIRIMP disguises it (`//` is @, `..` is _, `./` is -); a run of
thirteen or more digits in a text that is kept shows its last four only, for it may be a card; a title leaves a name
when it stands apart, or when more than one letter remains and no sex contradicts it. Documents: AIRIMP, contact
elements CTCE, CTCM, CTCT and so on, and name element; Directive (EU) 2016/681, annex I, items 5 and 6.
"""

from __future__ import annotations

import re

from mithaq.formats.pnrgov_values import Contact

# Longer than any line of a reservation system; what is beyond it is not looked at.
MAX_TEXT = 2000
# A place may follow the word at once: `CTCPMEX`, `CTCBOG`; AP is what another system writes.
_CODE = re.compile(r"CTC(?: ?([A-Z])(?![A-Z])|([A-Z])(?=[A-Z]{3}(?![A-Z]))|(?=[A-Z]{3}(?![A-Z]))|\b)")
_OTHER_CODE = re.compile(r"AP[MEHB]?(?=[ -])")
# A part before the sign is no longer than RFC 5321 (4.5.3.1.1) lets it be, and no part holds the sign: what is no
# address is known after one look.
_MAIL = re.compile(r"[A-Z0-9](?:[A-Z0-9._%+'-]|/(?!/)){0,63}(?:@|///?)[A-Z0-9](?:[A-Z0-9.-]|/(?!/)){0,255}\.[A-Z]{2,}")
_PHONE = re.compile(r"\+?\(?\d[\d ().-]{3,}\d")
_DIGITS = re.compile(r"\d{13,}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{4,5}")
TITLES = ("MISS", "MSTR", "MRS", "MR", "MS")
_APART = frozenset((*TITLES, "DR", "PROF", "REV", "SIR", "MME", "MLLE", "MASTER", "HERR", "FRAU", "MDM", "CHD", "INF"))
_MALE, _FEMALE = {"MR", "MSTR", "MASTER", "SIR", "HERR"}, {"MRS", "MISS", "MS", "MME", "MLLE", "FRAU", "MDM"}
_ASIDE = re.compile(r"\((?:[A-Z]{3}|INF.*|IN)\)|\(INF.*$")


def _mails(text: str) -> list[str]:
    # Most texts hold no address: one look at its signs spares the pattern.
    return _MAIL.findall(text) if "." in text and ("@" in text or "//" in text) else []


def contacts(text: str, code: str = "") -> list[Contact]:
    """Telephone numbers and addresses of electronic mail of a text that is a contact by its code, or by `code`."""
    if not code and text.isdecimal():
        return []
    text = text[:MAX_TEXT].upper()
    said = _CODE.search(text)
    if said:
        code = f"CTC{said[1] or said[2] or ''}"
    elif text[:2] == "AP":
        said = _OTHER_CODE.match(text)
        code = said[0] if said else code
    if said:
        text = text[said.end() :]
    if not code:
        return []
    if code in {"CTCE", "APE"} or "@" in text or "//" in text:
        mails = [Contact("email", plain_mail(hit), code) for hit in _mails(text)]
        if mails or code in {"CTCE", "APE"}:
            return mails
    return [Contact("phone", number, code) for number in phones(text)]


def phones(text: str) -> list[str]:
    """Telephone numbers as sent, with what stands between the digits: five to fourteen, which is less than a card has.

    One that begins as an international one may have fifteen after its prefix (ITU-T E.164).
    """
    if text.isdecimal():
        return [text] if 5 <= len(text) <= (17 if text.startswith("00") else 14) else []
    found = (hit.strip(" .-") for hit in _PHONE.findall(text[:MAX_TEXT]))
    return [hit for hit in found if 5 <= sum(map(str.isdigit, hit)) <= (17 if hit.startswith(("+", "00")) else 14)]


def mails(text: str) -> list[str]:
    """Addresses of electronic mail that are written with @."""
    text = text[:MAX_TEXT].upper() if "@" in text else ""
    return [hit.strip(".") for hit in _mails(text) if "@" in hit]


def plain_mail(text: str) -> str:
    """An address as AIRIMP writes it, written out."""
    name, at, host = text.partition("//") if "//" in text else text.partition("@")
    return f"{_undisguised(name)}{'@' if at else ''}{_undisguised(host)}"


def _undisguised(text: str) -> str:
    return text.replace("..", "_").replace("./", "-")


def masked(text: str) -> str:
    """A text of which runs of thirteen or more digits, or in groups as on a card, show their last four only."""
    text = text[:MAX_TEXT]
    return _DIGITS.sub(lambda hit: f"*{hit[0][-4:]}", text) if len(text) > 12 else text


def last_four(account: str) -> str:
    """An account as `*` and its last four characters; one of four or fewer shows none of them."""
    kept = account if account.isalnum() else "".join(filter(str.isalnum, account))
    return f"*{kept[-4:]}" if len(kept) > 4 else "*" if kept else ""


def untitled(given: str, sex: str = "unknown") -> tuple[str, str]:
    """A given name without its title, and the title: `JOHN MR`, `JOHNMR`, `MR JOHN`, `ISABELLE MRS(ADT)`."""
    name = given[:MAX_TEXT]
    if "(" in name:
        name = _ASIDE.sub("", name).strip()
    if " " in name:
        parts = name.split()
        for place in (-1, 0):
            title = parts[place].rstrip(".").upper()
            if len(parts) > 1 and title in _APART:
                del parts[place]
                return " ".join(parts), title
    upper = name.upper()
    if not upper.endswith(TITLES):
        return name, ""
    for title in TITLES:
        if upper.endswith(title) and len(name) - len(title) > 1 and not _contradicts(title, sex):
            return name[: -len(title)].rstrip(), title
    return name, ""


def _contradicts(title: str, sex: str) -> bool:
    return (sex == "male" and title in _FEMALE) or (sex == "female" and title in _MALE)
