"""Makes all checks of a node in their order.

Rule: a check that cannot be made is a finding itself, and those after it are made all the same; what needs the database
is left out when the database cannot be reached, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mithaq.errors import ConfigError
from mithaq.node import database, start
from mithaq.node.config import Config, read_config
from mithaq.node.doctor import machine, store
from mithaq.node.doctor.findings import OK, SETTINGS, Finding, found

Check = Callable[[Config], Iterable[Finding]]
ALONE: dict[str, Check] = {
    "configuration": machine.secrets,
    "proxies": machine.proxies,
    "rights": machine.rights,
    "keys": machine.keys,
    "certificate": machine.certificate,
    "disk": machine.disk,
    "kernel": machine.kernel,
    "translations": machine.translations,
    "clock": machine.clock,
    "database": store.reach,
}
TABLES: dict[str, Check] = {
    "clock of the database": store.clock,
    "migrations": store.migrations,
    "grants": store.grants,
}


def examine(path: Path) -> Iterator[Finding]:
    """All findings of the node of that configuration; starts nothing and changes nothing."""
    try:
        config = read_config(path)
    except ConfigError as error:
        yield found("configuration.unread", detail=str(error.detail), advice=error.remedy or SETTINGS)
        return
    reached = False
    for finding in checks(ALONE, config):
        reached |= finding.code == "database"
        yield finding
    if not reached:
        return
    start.start(config, "owner", database.url_of(config, "owner"))
    up_to_date = False
    for finding in checks(TABLES, config):
        up_to_date |= finding.code == "migrations"
        yield finding
    yield from checks(_contents() if up_to_date else _doors(), config)


def checks(some: dict[str, Check], config: Config) -> Iterator[Finding]:
    """The findings of some checks; a check that fails is one."""
    for name, check in some.items():
        try:
            yield from check(config)
        except Exception as error:  # noqa: BLE001  the doctor never fails over what it looks at
            yield found("doctor.fault", check=name, error=type(error).__name__)


def is_well(findings: Iterable[Finding], accepted: Iterable[str] = ()) -> bool:
    """Whether there is nothing to do but what was accepted by its code."""
    return all(one.state == OK or one.code in accepted for one in findings)


def _contents() -> dict[str, Check]:
    from mithaq.node.doctor import state

    tables: dict[str, Check] = {
        "plan": state.plans,
        "key lists": state.key_lists,
        "ledger": state.ledger,
        "queues": state.queues,
        "lists": state.lists,
    }
    from mithaq.node.doctor import doors

    return {**tables, **_doors(), "partners": doors.partners}


def _doors() -> dict[str, Check]:
    from mithaq.node.doctor import doors

    return {"worker": doors.worker, "gateway": doors.gateway, "console": doors.console}
