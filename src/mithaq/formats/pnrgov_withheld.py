"""What a booking says of belief or health is not read: it is counted and left out.

Rule: a special service whose code tells it, meals among them, is left out with its code; so is a text that names such a
code or such a word. A text is judged by words: one that says it otherwise passes, and an innocent one may be left out.
Documents: Directive (EU) 2016/681, article 13(4) (data revealing race or ethnic origin, political opinions, religion or
philosophical beliefs, trade union membership, health, sexual life or sexual orientation are deleted at once); ICAO Doc
9944, guidelines on PNR data (sensitive data); codes of AIRIMP, special service requirements.
"""

from __future__ import annotations

import re

from mithaq.formats.pnrgov_texts import MAX_TEXT

# Assistance of the sick or disabled; every meal is one as well: diets tell both belief and health.
_HEALTH = (
    "MEDA STCR BLND DEAF DPNA OXYG POXY PPOC MAAS LEGL LEGB LEGR SVAN ESAN ASVD CRCH BRAL PREG WCHR WCHS WCHC WCHP "
    "WCOB WCMP WCBD WCBW WCLB"
)
# With the rest of a word that stands across the end of what is kept.
_KEPT = MAX_TEXT + 40
CODES = frozenset(_HEALTH.split())
_WORDS = (
    "ALLERG[A-Z]* ALZHEIMER[A-Z]* AUTIS[A-Z]* BLIND CANCER CELIAC CHEMO[A-Z]* COELIAC COVID[A-Z0-9-]* CRUTCH[A-Z]* "
    "DEAF DEMENTIA DIABET[A-Z]* DISAB[A-Z]* DISEASE EPILEP[A-Z]* HANDICAP[A-Z]* HIV HOSPITAL ILL ILLNESS INSULIN "
    "MEDICAL(?:LY)? MEDICINES? MEDIF OXYGEN PREGNAN[A-Z]* SICK STRETCHER SURGERY VACCIN[A-Z]* WHEEL-?CHAIRS? "
    "BUDDHISTS? CATHOLICS? CHRISTIANS CLERGY HAJJ? HALAL HINDUS? IMAM ISLAM[A-Z]* JEWISH JEWS? KOSHER MEALS? MOSLEMS? "
    "MUSLIMS? NUN PILGRIM[A-Z]* PRIEST RABBI RELIGIO[A-Z]* SIKHS? UMRAH? VEGAN VEGETARIANS? "
    "GAY HOMOSEXUAL[A-Z]* LESBIAN TRANSGENDER"
)
_TELLING = re.compile(
    r"\b(?:" + "|".join(_WORDS.split()) + r"|[A-Z]{2}ML|WCH[RSCP]|" + "|".join(sorted(CODES)) + r")\b"
)


def tells(code: str, text: str = "") -> bool:
    """Whether a special service, or a text, would tell belief or health."""
    return code in CODES or (len(code) == 4 and code[2:] == "ML") or code[:2] == "WC" or told(text)


def told(text: str) -> bool:
    """Whether a text names such a code or word, as far as it would be kept."""
    return bool(text) and _TELLING.search(text[:_KEPT].upper()) is not None
