"""What the messages of `shared/data/border/paxlst` hold, read by eye and written down before they are parsed.

Rule: nothing here is computed by the code under test. Names and dates are those of published test messages, of no
person. A row is `family|given|sex|birth date|nationality|document`; a document is `kind number issuer expiry`, `-` for
what the file does not give. What the files get wrong is written down as well.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """A file: its one message, its travellers, the codes of the warnings that it deserves."""

    file: str
    code: str
    carrier: str
    flight: str
    departure: str
    departs: str
    arrival: str
    arrives: str
    passengers: int
    crew: int
    rows: tuple[str, ...]
    warnings: tuple[str, ...]


# Eight crew of one flight. UNT says 152 segments where there are 107; CNT stands as 41+8. The expiry year "61" of a
# flight in 2017 is 2061. All eight carry the same passport number.
# UNE and UNZ repeat a reference that is not UNG's and UNB's.
_CREW = """
Steur|Andrea Pat|F|1978-07-06|GBR
Adomat|Julie Pat|F|1978-07-07|GBR
Nalek|Clifton Pat|M|1978-07-08|GBR
Meissener|Costa Pat|M|1978-07-09|GBR
Pelzing|Melissa Pat|F|1978-07-10|GBR
Merfort|Kevin Pat|M|1978-07-11|GBR
Sautter|Kari Pat|F|1978-07-12|GBR
Zschieschak|Jaclyn Pat|F|1978-07-13|GBR
"""

# 260 passengers, where CNT says 206 (under the code of crew) and UNT 99 segments. Everyone's passport is 12345678,
# issued by the state of nationality; the last column is its expiry. Line ends are CR. In the 71st name stands the byte
# 0x87, which UNOA does not have and no header explains: it is unreadable, and is not guessed.
_PASSENGERS = """
Kuchel|Rachel Pat|F|1977-10-19|USA|2019-12-18
Hasselbusch|Manda Pat|F|1977-10-20|GBR|2019-12-19
Kan|Sarah Pat|F|1977-10-21|CAN|2019-12-20
Drivas|Michelle Pat|F|1977-10-22|USA|2019-12-21
Oortmeijer|Brett Pat|M|1977-10-23|GBR|2019-12-22
Hobracht|Trina Pat|F|1977-10-24|GBR|2019-12-23
Funten|Travis Pat|M|1977-10-25|GBR|2019-12-24
Offenhaus|Cynthia Pat|F|1977-10-26|GBR|2019-12-25
Mile|Kathy Pat|F|1977-10-27|GBR|2019-12-26
Ruhge|Natale Pat|F|1977-10-28|GBR|2019-12-27
Verpoort|Tammy Pat|F|1977-10-29|GBR|2019-12-28
Bleimehl|Hannah Pat|F|1977-10-30|USA|2019-12-29
Kowalk|Randall Pat|M|1977-10-31|GBR|2019-12-30
Pullian|Angela Pat|F|1977-11-01|USA|2019-12-31
Bomert|Mindy Pat|F|1977-11-02|GBR|2020-01-01
Bursley|Christopher Pat|M|1977-11-03|USA|2020-01-02
Maha|Sherry Pat|F|1977-11-04|USA|2020-01-03
Laflore|Jody Pat|F|1977-11-05|USA|2020-01-04
Sonnee|Sakeena Pat|F|1977-11-06|USA|2020-01-05
Disalvi|James Pat|M|1977-11-07|USA|2020-01-06
Oettinger|Justina Pat|F|1977-11-08|GBR|2020-01-07
Wong|Natalie Pat|F|1977-11-09|CAN|2020-01-08
Gramby|Delwyn Pat|M|1977-11-10|USA|2020-01-09
Bolognia|Alexi Pat|M|1977-11-11|USA|2020-01-10
Wallau|Delores Pat|F|1977-11-12|USA|2020-01-11
Barnette|Racquel Pat|F|1977-11-13|USA|2020-01-12
Schonsee|Michelle Pat|F|1977-11-14|GBR|2020-01-13
Corsetti|Wendy Pat|F|1977-11-15|USA|2020-01-14
Velz|Andrea Pat|F|1977-11-16|GBR|2020-01-15
Cybulski|Rachael Pat|F|1977-11-17|USA|2020-01-16
Courcy|Darla Pat|F|1977-11-18|USA|2020-01-17
Uemura|Jennifer Pat|F|1977-11-19|USA|2020-01-18
Nicklas|Mandy Pat|F|1977-11-20|GBR|2020-01-19
Stoklasa|Noah Pat|M|1977-11-21|USA|2020-01-20
Espindola|Martha Pat|F|1977-11-22|USA|2020-01-21
Braunig|Amy Pat|F|1977-11-23|GBR|2020-01-22
Kubeck|Sandra Pat|F|1977-11-24|USA|2020-01-23
Solly|Susan Pat|F|1977-11-25|USA|2020-01-24
Scalet|Theresa Pat|F|1977-11-26|USA|2020-01-25
Mulroney|Joseph Pat|M|1977-11-27|USA|2020-01-26
Berent|Shalonda Pat|F|1977-11-28|GBR|2020-01-27
Majkut|Kelli Pat|F|1977-11-29|USA|2020-01-28
Schlecter|Sheila Pat|F|1977-11-30|USA|2020-01-29
Yin|Deanna Pat|F|1977-12-01|CAN|2020-01-30
Astrologo|Paul Pat|M|1977-12-02|USA|2020-01-31
Henneberger|Christina Pat|F|1977-12-03|USA|2020-02-01
Kasula|Kimberly Pat|F|1977-12-04|USA|2020-02-02
Mcgibney|Kristina Pat|F|1977-12-05|USA|2020-02-03
Foong|Tiffanie Pat|F|1977-12-06|CAN|2020-02-04
Thau|Traci Pat|F|1977-12-07|USA|2020-02-05
Steitzer|Tracy Pat|F|1977-12-08|USA|2020-02-06
Finkes|Kane Pat|M|1977-12-09|GBR|2020-02-07
Koepcke|Tavia Pat|F|1977-12-10|GBR|2020-02-08
Wippich|Kenneth Pat|M|1977-12-11|GBR|2020-02-09
Schwagerl|Jessica Pat|F|1977-12-12|GBR|2020-02-10
Bejger|Hope Pat|F|1977-12-13|GBR|2020-02-11
Huie|Jesse Pat|M|1977-12-14|CAN|2020-02-12
Brummett|Anitra Pat|F|1977-12-15|USA|2020-02-13
Burkhardt|Erica Pat|F|1977-12-16|GBR|2020-02-14
Shao|Kimberly Pat|F|1977-12-17|CAN|2020-02-15
Dellosso|Christina Pat|F|1977-12-18|USA|2020-02-16
Friderichs|Jeremy Pat|M|1977-12-19|GBR|2020-02-17
Jillson|Sandra Pat|F|1977-12-20|USA|2020-02-18
Gudden|Jill Pat|F|1977-12-21|GBR|2020-02-19
Pfefferle|Robert Pat|M|1977-12-22|USA|2020-02-20
Shu|Sylvia Pat|F|1977-12-23|CAN|2020-02-21
Cascia|Talibah Pat|F|1977-12-24|USA|2020-02-22
Zheng|Jodi Pat|F|1977-12-25|CAN|2020-02-23
Kampff|Tracy Pat|F|1977-12-26|GBR|2020-02-24
Rumenapp|Tabbatha Pat|F|1977-12-27|GBR|2020-02-25
Nov\ufffdk|Jeffrey Pat|M|1977-12-28|GBR|2020-02-26
Corves|Brandy Pat|F|1977-12-29|GBR|2020-02-27
Seibertz|Amy Pat|F|1977-12-30|GBR|2020-02-28
Schnyer|Amie Pat|F|1977-12-31|USA|2020-02-29
Pittillo|Rebecca Pat|F|1978-01-01|USA|2020-03-01
Loong|Tracy Pat|M|1978-01-02|CAN|2020-03-02
Krahtz|Michael Pat|M|1978-01-03|GBR|2020-03-03
Brame|Jeffrey Pat|M|1978-01-04|USA|2020-03-04
Hindriks|Carey Pat|F|1978-01-05|GBR|2020-03-05
Bardsley|Regina Pat|F|1978-01-06|USA|2020-03-06
Neymeyr|Rogelio Pat|M|1978-01-07|GBR|2020-03-07
Nowk|Jose Pat|M|1978-01-08|GBR|2020-03-08
Kamphofener|Kelsey Pat|F|1978-01-09|GBR|2020-03-09
Trollack|Kelli Pat|F|1978-01-10|GBR|2020-03-10
Lew|Joy Pat|F|1978-01-11|CAN|2020-03-11
Mccurdy|Elijah Pat|M|1978-01-12|USA|2020-03-12
Mierzwiak|Heidi Pat|F|1978-01-13|USA|2020-03-13
Succop|Thresa Pat|F|1978-01-14|USA|2020-03-14
Ebelt|Gina Pat|F|1978-01-15|GBR|2020-03-15
Pults|Serena Pat|F|1978-01-16|USA|2020-03-16
Bengel|Lore Pat|F|1978-01-17|USA|2020-03-17
Sharbono|Bertha Pat|F|1978-01-18|USA|2020-03-18
Scherfer|Tanya Pat|F|1978-01-19|GBR|2020-03-19
Michonski|Lisa Pat|F|1978-01-20|USA|2020-03-20
Shu|Karen Pat|F|1978-01-21|CAN|2020-03-21
Endris|Tania Pat|F|1978-01-22|USA|2020-03-22
Knedlhans|John Pat|M|1978-01-23|GBR|2020-03-23
Lemings|Jennifer Pat|F|1978-01-24|USA|2020-03-24
Menneken|Kimberly Pat|F|1978-01-25|GBR|2020-03-25
Loppenthien|Amanda Pat|F|1978-01-26|GBR|2020-03-26
Shan|Jamie Pat|F|1978-01-27|CAN|2020-03-27
Debrosse|Sonnet Pat|F|1978-01-28|USA|2020-03-28
Laragy|Erica Pat|F|1978-01-29|USA|2020-03-29
Vegt|Christina Pat|F|1978-01-30|GBR|2020-03-30
Pschorr|Felicia Pat|F|1978-01-31|GBR|2020-03-31
Ockenga|Kristy Pat|F|1978-02-01|GBR|2020-04-01
Karkosch|Christy Pat|F|1978-02-02|GBR|2020-04-02
Tietzen|Brea Pat|F|1978-02-03|GBR|2020-04-03
Neve|Eric Pat|M|1978-02-04|GBR|2020-04-04
Barkman|Hiedi Pat|F|1978-02-05|USA|2020-04-05
Ohl|Stephanie Pat|F|1978-02-06|GBR|2020-04-06
Zimmerle|Laurence Pat|M|1978-02-07|USA|2020-04-07
Gim|Kenny Pat|M|1978-02-08|CAN|2020-04-08
Vervoort|Melissa Pat|F|1978-02-09|GBR|2020-04-09
Abilay|Matthew Pat|M|1978-02-10|USA|2020-04-10
Graevens|Shawn Pat|M|1978-02-11|GBR|2020-04-11
Skrok|Kelly Pat|F|1978-02-12|GBR|2020-04-12
Kurkjian|Marcia Pat|F|1978-02-13|USA|2020-04-13
Vasil|Deja Pat|F|1978-02-14|USA|2020-04-14
Stecklair|Claudia Pat|F|1978-02-15|USA|2020-04-15
Simoneaux|Marlene Pat|F|1978-02-16|USA|2020-04-16
Lindholz|Joseph Pat|M|1978-02-17|GBR|2020-04-17
Berkebile|George Pat|M|1978-02-18|USA|2020-04-18
Boisuert|Selena Pat|F|1978-02-19|USA|2020-04-19
Bachtenkirch|Tonya Pat|F|1978-02-20|GBR|2020-04-20
Rauh|Joseph Pat|M|1978-02-21|GBR|2020-04-21
Forkan|Gavin Pat|M|1978-02-22|USA|2020-04-22
Hedman|Melissa Pat|F|1978-02-23|USA|2020-04-23
Ruf|Genna Pat|F|1978-02-24|GBR|2020-04-24
Dutt|Melissa Pat|F|1978-02-25|USA|2020-04-25
Muschenborn|Bernard Pat|M|1978-02-26|GBR|2020-04-26
Schurmann|Shannon Pat|F|1978-02-27|GBR|2020-04-27
Ganser|Lisa Pat|F|1978-02-28|GBR|2020-04-28
Perkins|April Pat|F|1978-03-01|USA|2020-04-29
Wachsmut|Laura Pat|F|1978-03-02|GBR|2020-04-30
Peischl|Jennifer Pat|F|1978-03-03|GBR|2020-05-01
Willmsen|Erendira Pat|F|1978-03-04|GBR|2020-05-02
Foucault|Lisa Pat|F|1978-03-05|USA|2020-05-03
Stappmanns|Jacqueline Pat|F|1978-03-06|GBR|2020-05-04
Scheugraber|Jason Pat|M|1978-03-07|GBR|2020-05-05
Meynard|Mary Pat|F|1978-03-08|USA|2020-05-06
Goerner|Beverly Pat|F|1978-03-09|USA|2020-05-07
Vomhof|Thomas Pat|M|1978-03-10|GBR|2020-05-08
Maevus|Karey Pat|F|1978-03-11|GBR|2020-05-09
Schaeffer|Matthew Pat|M|1978-03-12|GBR|2020-05-10
Streck|Karen Pat|F|1978-03-13|USA|2020-05-11
Rechthaler|Amy Pat|F|1978-03-14|GBR|2020-05-12
Terliesner|Angela Pat|F|1978-03-15|GBR|2020-05-13
Zhang|Jill Pat|F|1978-03-16|CAN|2020-05-14
Burchartz|Rebecca Pat|F|1978-03-17|GBR|2020-05-15
Barna|Justin Pat|M|1978-03-18|USA|2020-05-16
Wirringa|Ayana Pat|F|1978-03-19|GBR|2020-05-17
Eijkholt|Christopher Pat|M|1978-03-20|GBR|2020-05-18
Frens|Jamelia Pat|F|1978-03-21|USA|2020-05-19
Yong|Sarah Pat|F|1978-03-22|CAN|2020-05-20
Higueros|Omari Pat|M|1978-03-23|USA|2020-05-21
Hjermstad|Anastasia Pat|F|1978-03-24|USA|2020-05-22
Dong|Michelle Pat|F|1978-03-25|CAN|2020-05-23
Vomrath|Daniel Pat|M|1978-03-26|GBR|2020-05-24
Volman|Danielle Pat|F|1978-03-27|GBR|2020-05-25
Everson|Monica Pat|F|1978-03-28|USA|2020-05-26
Rera|Cherie Pat|F|1978-03-29|GBR|2020-05-27
Currier|Vanessa Pat|F|1978-03-30|USA|2020-05-28
Jue|Allison Pat|F|1978-03-31|USA|2020-05-29
Wolffe|Mark Pat|M|1978-04-01|USA|2020-05-30
Waters|Tanya Pat|F|1978-04-02|GBR|2020-05-31
Aufenfehn|Brian Pat|M|1978-04-03|GBR|2020-06-01
Prentel|Brian Pat|M|1978-04-04|GBR|2020-06-02
Fosse|Andrea Pat|F|1978-04-05|USA|2020-06-03
Nowag|Stephanie Pat|F|1978-04-06|GBR|2020-06-04
Fack|Lakenia Pat|F|1978-04-07|USA|2020-06-05
Laarsen|Elizabeth Pat|F|1978-04-08|GBR|2020-06-06
Haifley|Duane Pat|M|1978-04-09|USA|2020-06-07
Callaway|Shannon Pat|F|1978-04-10|USA|2020-06-08
Kloker|Mario Pat|M|1978-04-11|GBR|2020-06-09
Blizzard|Leah Pat|F|1978-04-12|USA|2020-06-10
Comnick|Angela Pat|F|1978-04-13|USA|2020-06-11
Scouller|Todd Pat|M|1978-04-14|USA|2020-06-12
Kummert|Jessica Pat|F|1978-04-15|GBR|2020-06-13
Teti|Jacqueline Pat|F|1978-04-16|USA|2020-06-14
Weissenberger|Mickey Pat|M|1978-04-17|GBR|2020-06-15
Orengo|Brian Pat|M|1978-04-18|USA|2020-06-16
Lachner|Tracy Pat|F|1978-04-19|USA|2020-06-17
Stogsdill|Cindy Pat|F|1978-04-20|USA|2020-06-18
Casoria|Kizzy Pat|F|1978-04-21|USA|2020-06-19
Vornhof|Michelle Pat|F|1978-04-22|GBR|2020-06-20
Goecke|Rachel Pat|F|1978-04-23|GBR|2020-06-21
Totino|Taquilla Pat|F|1978-04-24|USA|2020-06-22
Holster|David Pat|M|1978-04-25|USA|2020-06-23
Shi|Tammy Pat|F|1978-04-26|CAN|2020-06-24
Reeher|Kristie Pat|F|1978-04-27|USA|2020-06-25
Lackerschmid|Brooke Pat|F|1978-04-28|GBR|2020-06-26
Wollyung|Tanisha Pat|F|1978-04-29|USA|2020-06-27
Jessica|Sarah Pat|F|1978-04-30|USA|2020-06-28
Weevers|Charita Pat|F|1978-05-01|GBR|2020-06-29
Acri|Thomas Pat|M|1978-05-02|USA|2020-06-30
Husser|Melissa Pat|F|1978-05-03|USA|2020-07-01
Brandom|Monica Pat|F|1978-05-04|USA|2020-07-02
Yarberry|Messina Pat|F|1978-05-05|USA|2020-07-03
Derubeis|Mack Pat|M|1978-05-06|USA|2020-07-04
Hauptmann|Sharon Pat|F|1978-05-07|GBR|2020-07-05
Henderlite|Roosevelt Pat|M|1978-05-08|USA|2020-07-06
Boose|Sean Pat|M|1978-05-09|USA|2020-07-07
Zumkehr|Kelli Pat|F|1978-05-10|GBR|2020-07-08
Kobbel|Jamie Pat|F|1978-05-11|GBR|2020-07-09
Angermeier|Donita Pat|F|1978-05-12|USA|2020-07-10
Pistoresi|Kimberly Pat|F|1978-05-13|USA|2020-07-11
Leslie|Tiffany Pat|F|1978-05-14|USA|2020-07-12
Schattner|Sophia Pat|F|1978-05-15|USA|2020-07-13
Romer|Sarah Pat|F|1978-05-16|GBR|2020-07-14
Wielgosz|Denise Pat|F|1978-05-17|GBR|2020-07-15
Becke|Stephanie Pat|F|1978-05-18|GBR|2020-07-16
Doris|Page Pat|F|1978-05-19|GBR|2020-07-17
Kerstingskotter|Melissa Pat|F|1978-05-20|GBR|2020-07-18
Salmela|Matthew Pat|M|1978-05-21|USA|2020-07-19
Moy|Melissa Pat|F|1978-05-22|CAN|2020-07-20
Heideler|Amy Pat|F|1978-05-23|GBR|2020-07-21
Penningschmidt|Heather Pat|F|1978-05-24|GBR|2020-07-22
Xiao|Tiffany Pat|F|1978-05-25|CAN|2020-07-23
Solly|Melissa Pat|F|1978-05-26|USA|2020-07-24
Prieto|Christina Pat|F|1978-05-27|USA|2020-07-25
Koppers|Courtney Pat|F|1978-05-28|GBR|2020-07-26
Xander|Katie Pat|F|1978-05-29|USA|2020-07-27
Tenbucken|Shannon Pat|F|1978-05-30|GBR|2020-07-28
Batzri|Carrie Pat|F|1978-05-31|USA|2020-07-29
Zong|Kelley Pat|F|1978-06-01|CAN|2020-07-30
Hamburg|Angela Pat|F|1978-06-02|GBR|2020-07-31
Fydenkevez|Princess Pat|F|1978-06-03|USA|2020-08-01
Dumann|Amanda Pat|F|1978-06-04|GBR|2020-08-02
Sourwine|Katharine Pat|F|1978-06-05|USA|2020-08-03
Xiong|Penny Pat|F|1978-06-06|CAN|2020-08-04
Wegener|Barry Pat|M|1978-06-07|GBR|2020-08-05
Ang|Terrence Pat|M|1978-06-08|CAN|2020-08-06
Waycaster|Jessica Pat|F|1978-06-09|USA|2020-08-07
Mulk|Angela Pat|F|1978-06-10|GBR|2020-08-08
Hasselbusch|Tammi Pat|F|1978-06-11|GBR|2020-08-09
Demont|Christie Pat|F|1978-06-12|USA|2020-08-10
Zumborn|Frances Pat|F|1978-06-13|GBR|2020-08-11
Wrights|Tina Pat|F|1978-06-14|USA|2020-08-12
Pinney|Michael Pat|M|1978-06-15|USA|2020-08-13
Mclyman|Amy Pat|F|1978-06-16|USA|2020-08-14
Limburg|Tanya Pat|F|1978-06-17|GBR|2020-08-15
Cozort|Selina Pat|F|1978-06-18|USA|2020-08-16
Thian|Cynthia Pat|F|1978-06-19|CAN|2020-08-17
Thean|Amber Pat|F|1978-06-20|CAN|2020-08-18
Esson|Paul Pat|M|1978-06-21|USA|2020-08-19
Devost|Erika Pat|F|1978-06-22|USA|2020-08-20
Breuer|Katie Pat|F|1978-06-23|GBR|2020-08-21
Favilla|Lizett Pat|F|1978-06-24|USA|2020-08-22
Grivno|Felicia Pat|F|1978-06-25|USA|2020-08-23
Seuberlich|Stephanie Pat|F|1978-06-26|GBR|2020-08-24
Schapermeier|Latress Pat|F|1978-06-27|GBR|2020-08-25
Glaessner|Krista Pat|F|1978-06-28|GBR|2020-08-26
Grootes|Lisa Pat|F|1978-06-29|GBR|2020-08-27
Zach|Amy Pat|F|1978-06-30|GBR|2020-08-28
Vossmerbaumer|Felicia Pat|F|1978-07-01|GBR|2020-08-29
Gatena|Kelli Pat|F|1978-07-02|GBR|2020-08-30
Thean|Kevin Pat|M|1978-07-03|CAN|2020-08-31
Xing|Kimberly Pat|F|1978-07-04|CAN|2020-09-01
Pfaffelhuber|Lisa Pat|F|1978-07-05|GBR|2020-09-02
"""

# Two passengers on two flights, no documents, every line indented by a space, before UNA too; repetition mark `*`.
_CONNECTING = """
CLARK|MICHAEL|M|1972-09-07|-|-
CLARK|CHERYL|F|1973-04-07|-|-
"""

# Three passengers; UNT says 39 segments where there are 37. Document codes are qualified as 110:111. The first card has
# neither expiry nor issuer, the second no issuer, the third no expiry.
_CZECH = """
STRANSKY|JAROSLAV VICTOROVICH|M|1967-06-10|CZE|I 102865098 - -
KOVACS|PETR|M|1969-12-09|CZE|P 35485167 - 2008-09-11
LESKA|PAVEL|M|1976-05-02|CZE|P 34356146 RUS -
"""


def _rows(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line)


def _issued(line: str) -> str:
    *start, nationality, expires = line.split("|")
    return "|".join((*start, nationality, f"P 12345678 {nationality} {expires}"))


FLIGHT = ("UA", "UA0989", "FRA", "2017-01-27T17:25", "IAD", "2017-01-28T07:10")
TABLE = (
    Expected(
        "loader_Test1.txt", "250", *FLIGHT, 0, 8,
        tuple(f"{row}|P 123456789 GBR 2061-02-18" for row in _rows(_CREW)),
        ("edifact.unt.count", "edifact.une.reference", "edifact.unz.reference"),
    ),
    Expected(
        "loader_Test3.txt", "745", *FLIGHT, 260, 0,
        tuple(_issued(row) for row in _rows(_PASSENGERS)),
        ("edifact.encoding", "edifact.unt.count", "paxlst.count"),
    ),
    Expected(
        "parsers_apisMessage.txt", "745", "AA", "AA123", "ATL", "2007-02-19T15:40", "JFK", "2007-02-19T19:55", 2, 0,
        _rows(_CONNECTING), (),
    ),
    Expected(
        "paxlst_czech_apis_d02b.edi", "745", "OK", "OK688", "PRG", "2007-10-08T10:45", "BCN", "2007-10-08T13:10", 3, 0,
        _rows(_CZECH), ("edifact.unt.count",),
    ),
)  # fmt: skip

# Where they board and leave, their residence and place of birth, the carrier's reference; by file, in the file's order.
JOURNEYS = {
    "loader_Test1.txt": [("FRA", "IAD", "GBR", "Hartford USA", None)] * 8,
    "parsers_apisMessage.txt": [("ATL", "JFK", None, None, "TYR123"), ("ORD", "JFK", None, None, "TYR123")],
    "paxlst_czech_apis_d02b.edi": [
        ("ZDN", "BCN", None, None, "Z9WKH"),
        ("ZDN", "BCN", None, None, "Z9WJK"),
        ("VIE", "BCN", None, None, "Z57L3"),
    ],
}
