"""Messages of PNRGOV 15.1 written for these tests after the implementation guide; every person is invented.

Rule: each shows what the guide allows and the given messages do not have. Document: PNRGOV EDIFACT implementation guide
15.1, message structure and segments.
"""

from __future__ import annotations

HEAD = (
    "UNA:+.?*'UNB+IATA:1+MQ+POST+250301:0110+REF1++PNRGOV'UNH+1+PNRGOV:15:1:IA+MQ0042/010325/1015+01:C'MSG+:22'"
    "ORG+MQ:CMN+57000001:CMNMQ08AA'TVL+010325:1015:010325:1425+CMN+BRU+MQ+0042'EQN+1'"
)

# A family of four, the infant named in a service only; two reservation systems; one flight of a partner, a part of the
# way by land, an open return; contacts in services; a visa and a redress number; a card; a meal and a wheelchair.
FAMILY = (
    "SRC'RCI+MQ:QWERT1::100225:0915+1A:ZXCVB2::100225:0916'"
    "SSR+CTCM:HK:1:MQ:::::32470000001/EN+::1'SSR+CTCE:HK:1:MQ:::::NORA..VERADI//EXAMPLE.ORG+::1'"
    "SSR+VGML:HK:1:MQ:::CMN:BRU+::2'SSR+WCHR:HK:1:MQ:::CMN:BRU:BROKEN LEG+::2'"
    "DAT+700:270225:071830+710:110225:1010'"
    "IFT+4:28::MQ+VIP TRAVELS WITH FAMILY'IFT+4:28::MQ+PAX IS MUSLIM PLS SEAT APART'"
    "ORG+1A:MUC+57654321:BRU1A2100+BRU+1A+T+BE:EUR+JS01'ADD++700:RUE HAUTE 12:BRUXELLES:::BE:1000:3225000000'"
    "TIF+VERADI+NORAMRS:A:1:1'FTI+MQ:8812345:::GOLD'REF+:0A1B2C3D'"
    "SSR+DOCS:HK:1:MQ:::::/P/BEL/EX123456/BEL/04JUL1984/F/12JAN30/VERADI/NORA/LINA'"
    "SSR+DOCO:HK:1:MQ:::::/LIEGE BEL/V/8899776/RABAT/03MAR24/MAR'SSR+DOCO:HK:1:MQ:::::/R/1234567'"
    "SSR+DOCA:HK:1:MQ:::::/R/BEL/RUE HAUTE 12/BRUXELLES//1000'SSR+DOCA:HK:1:MQ:::::D/MAR/8 RUE X/RABAT//10000'"
    "TKT+9991234567890:T:1'MON+B:188.00:EUR+T:257.94:EUR'DAT+710:110225:1010'"
    "FOP+CC::257.94:VI:4000123412341234:0927'IFT+4:43+IMRAN VERADI+RUE HAUTE 12 BRUXELLES+3225000000'"
    "TIF+VERADI+IMRAN MR:A:2'SSR+DOCS:HK:1:MQ:::::P/BEL/EX123457/BEL/30JUN82/M/12JAN30/VERADI/IMRAN'"
    "TIF+VERADI+SAMIR MSTR:C:3'SSR+DOCS:HK:1:MQ:::::HK1/P/BEL/EX123458/BEL/01FEB18/M/12JAN30/VERADI/SAMIR'"
    "TVL+010325:1015:010325:1425+CMN+BRU+MQ:SN+0042:Y'TVL+++++3712:Y'RPI+4+HK'APD+320'"
    "SSR+SEAT:HK:3:MQ:::CMN:BRU+12A::1:N+12B::2:N+12C::3:N'"
    "SSR+INFT:HK:1:MQ:::CMN:BRU:VERADI/AYA 20SEP24+::1'"
    "SSR+DOCS:HK:1:MQ:::CMN:BRU:/P/BEL/EX123459/BEL/20SEP24/FI/12JAN30/VERADI/AYA+::1'"
    "RCI+SN:PARTN3'DAT+2:010325:0801'TRI++CMN-017:::1'TIF+VERADI+NORAMRS:A:1:1'SSD+12A++++Y'"
    "TBD++2:34:700++HP+MQ:4074902824:2:BRU'TVL+++++ARNK'TVL++BRU+CMN+MQ+OPEN:Y'"
    "EQN+2'RCI+MQ:PARTED'ABI+4++CMN++MQ'DAT+T:100225:0915'SAC+++X'TVL+280225:1015:280225:1425+CMN+BRU+MQ+0042:Y'"
    "TIF+VERADI+NORAMISS:A:1'LTS+0/O/NM/VERADI/NORAMISS'"
)


def interchange(body: str, head: str = HEAD) -> bytes:
    """A whole interchange around the bookings, with counts that are right."""
    segments = (head + body).split("UNH+", 1)[1].count("'") + 1
    return f"{head}{body}UNT+{segments}+1'UNZ+1+REF1'".encode()
