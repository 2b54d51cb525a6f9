"""What a booking says of belief or health is not read: it is counted and left out.

Rule: a special service whose code tells it, meals among them, is left out with its code; so is a text that names such a
code or such a word. A text is judged by words: one that says it otherwise passes, and an innocent one may be left out.
Documents: Directive (EU) 2016/681, article 13(4) (data revealing race or ethnic origin, political opinions, religion or
philosophical beliefs, trade union membership, health, sexual life or sexual orientation are deleted at once); ICAO Doc
9944, guidelines on PNR data (sensitive data); codes of AIRIMP, special service requirements.
"""

from __future__ import annotations

import re

# Assistance of the sick or disabled; every meal is one as well: diets tell both belief and health.
_HEALTH = (
    "MEDA STCR BLND DEAF DPNA OXYG POXY PPOC MAAS LEGL LEGB LEGR SVAN ESAN ASVD CRCH BRAL PREG WCHR WCHS WCHC WCHP "
    "WCOB WCMP WCBD WCBW WCLB"
)
CODES = frozenset(_HEALTH.split())
_WORDS = (
    "WHEEL ?CHAIRS?", "MEDICAL(?:LY)?", "MEDICINES?", "MEDIF", "ILL", "ILLNESS", "SICK", "DISEASE", "DISAB[A-Z]*", "HANDICAP[A-Z]*",
    "OXYGEN", "INSULIN", "DIABET[A-Z]*", "PREGNAN[A-Z]*", "BLIND", "DEAF", "DEMENTIA", "ALZHEIMER[A-Z]*", "AUTIS[A-Z]*",
    "EPILEP[A-Z]*", "CANCER", "CHEMO[A-Z]*", "SURGERY", "HOSPITAL", "STRETCHER", "CRUTCH[A-Z]*", "ALLERG[A-Z]*", "CELIAC",
    "COELIAC", "HIV", "COVID[A-Z0-9-]*", "VACCIN[A-Z]*", "KOSHER", "HALAL", "MUSLIMS?", "MOSLEMS?", "ISLAM[A-Z]*", "JEW",
    "JEWS", "JEWISH", "HINDUS?", "CHRISTIANS", "CATHOLICS?", "BUDDHISTS?", "SIKHS?", "PILGRIM[A-Z]*", "HAJJ?", "UMRAH?",
    "RELIGIO[A-Z]*", "RABBI", "IMAM", "PRIEST", "NUN", "CLERGY", "TRADE UNION", "TRANSGENDER", "GAY", "LESBIAN", "HOMOSEXUAL[A-Z]*",
    "VEGETARIANS?", "VEGAN", "MEALS?",
)  # fmt: skip
_TELLING = re.compile(r"\b(?:" + "|".join(_WORDS) + r"|[A-Z]{2}ML|WCH[RSCP]|" + "|".join(sorted(CODES)) + r")\b")


def tells(code: str, text: str = "") -> bool:
    """Whether a special service, or a text, would tell belief or health."""
    return code in CODES or (len(code) == 4 and code[2:] == "ML") or code[:2] == "WC" or told(text)


def told(text: str) -> bool:
    """Whether a text names such a code or word."""
    return bool(text) and _TELLING.search(text.upper()) is not None
