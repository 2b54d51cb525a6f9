"""A plan on a terminal: the head of it, then one table a line of action.

Rule: every value that software decides on is shown as the plan writes it (units, acts, codes); only names and titles
are in the reader's language. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mithaq.plan.clauses import Clause
from mithaq.plan.document import UNPINNED, Line, Plan, plan_digest
from mithaq.plan.form import moment


def print_plan(plan: Plan, lang: str, target: TextIO) -> None:
    """Print the plan in a language that it has."""
    # soft_wrap keeps ids whole; a terminal that is no terminal gets plain text
    console = Console(file=target, highlight=False, width=None if target.isatty() else 120)
    console.print(Text(plan.title[lang], style="bold"))
    console.print(Text(f"{plan.id}  {plan.kind}  {moment(plan.starts)} to {moment(plan.ends)}"))
    console.print(Text(plan_digest(plan)), soft_wrap=True)
    for earlier in plan.lineage:
        console.print(Text(f"  after: {earlier.title[lang]} ({moment(earlier.signed)[:10]})"))
    console.print(_parties(plan, lang))
    for line in plan.lines:
        _print_line(console, plan, line, lang)


def _parties(plan: Plan, lang: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for party in plan.parties:
        root = "root key not pinned" if party.root == UNPINNED else party.root
        table.add_row(Text(party.id, style="bold"), Text(party.name[lang]), Text(root, overflow="fold"))
    for authority in plan.authorities:
        table.add_row(Text(f"  {authority.id}"), Text(authority.name[lang]), Text(authority.party))
    for unit in plan.units:
        table.add_row(Text(f"    {unit.id}"), Text(unit.name[lang]), Text(""))
    return table


def _print_line(console: Console, plan: Plan, line: Line, lang: str) -> None:
    console.print()
    console.print(Text(f"{line.title[lang]}  [{line.id}]", style="bold"))
    console.print(Text(line.purpose[lang]))
    purposes = {purpose.id: purpose.name[lang] for purpose in plan.purposes}
    for clause in line.clauses:
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
        table.add_row(Text(f"  {clause.effect}", style="bold"), Text(clause.id, style="bold"))
        for name, value in _clause(clause, purposes):
            table.add_row(Text(f"    {name}"), Text(value))
        console.print(table)
    for item in line.programme:
        console.print(
            Text(f"  {item.id}  {item.title[lang]} ({item.leader}, {item.co_leader}; {moment(item.due)[:10]})")
        )


def _clause(clause: Clause, purposes: dict[str, str]) -> list[tuple[str, str]]:
    quota = clause.quota
    rows = (
        ("acts", ", ".join(clause.acts)),
        ("from", ", ".join(clause.senders)),
        ("to", ", ".join(clause.recipients)),
        ("data", ", ".join(clause.categories)),
        ("handling", f"{'up to' if clause.permits else 'from'} {clause.handling}" if clause.handling else ""),
        ("purposes", ", ".join(f"{purposes.get(name, name)} [{name}]" for name in clause.purposes)),
        ("languages", ", ".join(clause.languages)),
        ("deadlines", ", ".join(f"{name} {hours} h" for name, hours in clause.deadlines.items())),
        ("quota", f"{quota.count} in {quota.hours} h" if quota else ""),
        ("kept", f"{clause.retention_days} days" if clause.retention_days else ""),
        ("settings", ", ".join(f"{name} = {value}" for name, value in clause.settings.items())),
    )
    return [(name, value) for name, value in rows if value]
