"""Arabic speaks to its reader in one way: the plural of courtesy. What is asked of him is asked by "المرجو" and a
verbal noun; a button names what is done by a verbal noun."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mithaq.node.doctor.findings import OUTCOMES
from mithaq.plan.grounds import GROUNDS
from tests import translations
from tests.docs import constructed

# Vowels but the one that tells "was sent" from "send".
MARKS = re.compile("(?<!أ)[\u064b-\u0652]|(?<=أ)[\u064b-\u064e\u0650-\u0652]")
LETTER = "[\u0621-\u064a]"
# Words of the second person singular, and orders, which begin a clause (with or without "and").
SINGULAR = re.compile(rf"(?<!{LETTER})(?:و|ف)?(?:أنت|لك|لديك|إليك|عليك|منك|نفسك|بنفسك)(?!{LETTER})")
OWN = re.compile(rf"(?<!{LETTER})({LETTER}{{2,}}ك)(?!{LETTER})")
NOUNS = re.compile(
    r"(?:ال|لل|ب|و|ل|ك)*(?:ذلك|تلك|هنالك|هناك|شريك|مشترك|مالك|صك|بنك|شك|فك|شباك|يملك|توشك|ترك|يترك|سلوك)\Z"
)
ORDERS = frozenset(
    {"اختر", "اسأل", "اطلب", "راجع", "تحقق", "اكتب", "استعمل", "ابحث", "أضف", "أدخل", "انتظر", "امسح", "استرجع"}
    | {"أوقف", "أنشئ", "قارن", "خصص", "شغل", "صحح", "انقل", "جدد", "افتح", "أغلق", "حدد", "أزل", "أرسل"}
    | {"احفظ", "أصلح", "ثبت", "استورد", "اطلع", "انظر", "اتصل", "اذكر", "احذف", "ارجع"}
    | {"اربط", "اجعل", "وفر", "احرص", "ادع", "بلغ", "اترك"}
)
# What is spelled as something else, too, is an order only with what it is done to.
ALIKE = frozenset({"اقترح", "نفذ", "أبلغ", "قدم", "تأكد", "بين", "سجل", "غير", "فعل", "سلم", "دون", "سم", "أعيد"})
ORDER = re.compile(rf"(?:^|[.؛:؟!،] |ثم |أو |\bو|ف)(?:{'|'.join(ORDERS | ALIKE)})(?:وا|وه|وها)(?= |[.،]|$)")
PLAIN = re.compile(rf"(?:^|[.؛:؟!،] |ثم |أو )(?:و|ف)?(?:{'|'.join(ORDERS)})(?:ه|ها)?(?= |[.،]|$)")
# Words of a remedy that say how it stands and ask nothing of the reader.
STATEMENTS = {
    "docs/reasons.md lists the settings of a domestic instrument; each is a number of minutes.",
    "A supervisor decides.",
    "Whoever runs the node sets keys.silences: 32 characters at least.",
    "Nobody is a candidate for it any more.",
    "Nothing may stand between the gateway and the partner that ends TLS.",
    "Nothing, while that is meant.",
    "Oversight closes each by an act: mithaq oversight alarms.",
    "mithaq plan show lists them.",
    "A message is sent again; a file is mended and brought again; what was put aside is opened again.",
    "It is tried again by itself.",
}


def said() -> Iterator[tuple[str, str]]:
    """Every form of the catalogue without its vowels, with its English."""
    for message in translations.read("ar"):
        source = message.id if isinstance(message.id, str) else message.id[1]
        if source:
            yield from ((source, MARKS.sub("", form)) for form in translations.plain(message.string))


def to_one(text: str) -> bool:
    """Whether a text speaks to one person as to an equal, or gives an order."""
    own = [word for word in OWN.findall(text) if not NOUNS.match(word)]
    return bool(SINGULAR.search(text) or own or ORDER.search(text) or PLAIN.search(text))


def test_the_reader_is_spoken_to_in_the_plural_and_given_no_order() -> None:
    told = list(said())
    assert len(told) > 2_000
    assert [one for one in told if to_one(one[1])] == []


def test_what_to_do_is_asked_as_a_favour() -> None:
    remedies = {ground.remedy for ground in GROUNDS.values()} | {remedy for _, _, remedy in OUTCOMES.values()}
    remedies |= {text for one in constructed.in_source() for text in one.remedies if text}
    asked = [(source, text) for source, text in said() if source in remedies]
    assert len(asked) > 150
    assert {source for source, text in asked if "المرجو" not in text} == STATEMENTS


@pytest.mark.parametrize(
    "text",
    ["اختر ملفا", "راجع حسابكم", "صححها ثم أغلق المراسلة", "المرجو مراجعة حسابك", "هل هذا أنت؟", "انظروا إلى اللائحة"],
)
def test_what_speaks_otherwise_is_found(text: str) -> None:
    assert to_one(text)


@pytest.mark.parametrize("text", ["المرجو سؤال الشريك", "المرجو مراجعة حسابكم.", "مقارنة", "بعد ذلك", "الصك الداخلي"])
def test_what_speaks_so_is_left(text: str) -> None:
    assert not to_one(text)
