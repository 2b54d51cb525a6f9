"""Who is sought, what people write of it in their language, and what comes to light."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Story:
    """Who is sought, what people write in their language; and what the day brings to light."""

    language: str
    names: tuple[str, str]
    born: str
    document: str
    family: str
    given: str
    offence: str
    reasons: dict[str, str]
    remark: str
    ending: str
    pages: dict[str, str] = field(default_factory=dict)  # the addresses that stood in somebody's address bar
    told: dict[str, str] = field(default_factory=dict)  # references, as pages show them

    @property
    def content(self) -> tuple[str, ...]:
        """What an administrator must not come to see."""
        return (*self.names, self.family, self.document, self.born, self.offence)


STORIES = {
    "fr": Story(
        "fr",
        ("Nadia Berrahou", "نادية برحو"),
        "1990-02-14",
        "XA5500123",
        "BERRAHOU",
        "NADIA",
        "Escroquerie en bande organisée",
        {
            "guard": "contrôle du vol XM0412",
            "second": "seconde vérification",
            "unit": "suivi du mandat",
            "overseer": "demande d’accès 2026/31",
        },
        "Même numéro de passeport.",
        "Localisée à Bruxelles",
    ),
    "ar": Story(
        "ar",
        ("Idriss Tazifte", "إدريس تازيفت"),
        "1986-09-09",
        "XB7700456",
        "TAZIFTE",
        "IDRISS",
        "النصب ضمن عصابة منظمة",
        {
            "guard": "مراقبة الرحلة المسائية",
            "second": "تحقق ثان",
            "unit": "متابعة الأمر القضائي",
            "overseer": "طلب اطلاع رقم 31",
        },
        "رقم جواز السفر نفسه.",
        "حدد مكانه في بروكسل",
    ),
}
