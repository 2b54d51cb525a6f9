"""Every page by its links, for each person of each node, in Dutch and in English: it is offered, so it answers; it
speaks the language of its reader, whole; and no page of the console is out of reach.

Rule: pages are read over HTTP by a session that a person began; what only a browser can tell of them stands in
`test_pages`, and here it is compared that each page is there.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
from django.urls import resolve
from lxml import html

from tests.browser.checks import LANGUAGES
from tests.browser.conftest import Prepared
from tests.browser.desk import NATIVE
from tests.browser.test_pages import PAGES
from tests.node.console.test_routes import POSTS, routes
from tests.node.nodes import PASSWORD, PEOPLE, RunningNode
from tests.translations import SAME

# So many addresses of one shape (a page, and what it is asked) does a person open; so many pages in all.
OF_A_SHAPE, OF_A_PERSON = 2, 120
# Pages that no link of these nodes leads to, and why. Each is opened by a test of its own.
UNLINKED = {
    "traveller": "is led to by the list of what waits, while its candidate does; test_pages shows it",
    "sign-in": "what comes before home",
    "account_login": "the same, by the library's name",
    "account_inactive": "who is shut out comes there",
    "account_signup": "nobody signs up by himself",
    "account_reauthenticate": "who changes what guards the account is sent there",
    "mfa_authenticate": "the second step of signing in",
    "sign-in-passkey": "a script asks there for a passkey",
    "openid_connect_login": "these nodes have no provider",
    "openid_connect_callback": "these nodes have no provider",
    "welcome": "its address is handed over with the code",
    "search": "the box on every page posts to it",
    "needs": "of more rows than home shows",
    "planned": "what was confirmed together, while it waits",
    "reasons": "after a reason was given",
    "notice-road": "while a receipt is awaited",
    "hit-road": "while a receipt is awaited",
    "silence-road": "while a receipt is awaited",
    "erasure-proof": "of what was erased, asked for by its reference",
    "oversight-evidence": "a button of the page of one person's data",
}
WORD = re.compile(r"[^\W\d_]{3,}")
PLACES = re.compile(r"%\(\w+\)\w|\{\w*\}|[\W\d_]+")
SPOKEN = ("aria-label", "title", "placeholder", "alt")
THE_SAME = {PLACES.sub(" ", re.sub(r"%\(\w+\)\w", "", text)).strip() for text in SAME["nl"]}
# What is the same in every language stands in one of these.
ISLAND = "ancestor-or-self::*[self::bdi or self::code or self::pre or self::time or @dir or @lang][not(self::html)]"
SILENT = "parent::script or parent::style"


@dataclass
class Reader:
    """A person who has signed in and reads in a language."""

    node: RunningNode
    name: str
    client: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx2.Client(base_url=self.node.console, trust_env=False, timeout=60)
        self._post("/sign-in", "/sign-in", name=self.name, password=PASSWORD)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.client.close()

    def speak(self, language: str) -> None:
        """Read on in a language, with a proof of the person: pages that guard the account are shown, too."""
        self._post("/", "/language", language=language)
        self._post("/account/confirm", "/account/confirm", password=PASSWORD)

    def _post(self, page: str, path: str, **fields: str) -> None:
        token = html.fromstring(self.client.get(page).text).xpath('string(//input[@name="csrfmiddlewaretoken"]/@value)')
        answer = self.client.post(path, data={**fields, "csrfmiddlewaretoken": token})
        assert answer.status_code == 302, (path, answer.status_code)


@dataclass(frozen=True)
class Read:
    """A page as it was answered."""

    path: str
    route: str
    status: int
    tree: Any  # of lxml; None for what is no page


def crawled(reader: Reader) -> Iterator[Read]:
    """Every page that links lead to from home, some of each shape."""
    waiting, seen, shapes = deque(["/"]), {"/"}, Counter[tuple[str, ...]]()
    while waiting:
        path = waiting.popleft()
        found = read(reader, path)
        yield found
        for link in links(found):
            parts = urlsplit(link)
            shape = (resolve(parts.path).url_name, *sorted(parse_qs(parts.query)))
            if link not in seen and shapes[shape] < OF_A_SHAPE:
                seen.add(link)
                shapes[shape] += 1
                waiting.append(link)


def read(reader: Reader, path: str) -> Read:
    """One page."""
    answer = reader.client.get(path)
    is_page = answer.headers.get("content-type", "").startswith("text/html") and answer.text.strip()
    name = resolve(urlsplit(path).path).url_name or ""
    return Read(path, name, answer.status_code, html.fromstring(answer.text) if is_page else None)


def links(page: Read) -> Iterator[str]:
    """Where a page leads: links, pictures and pieces that renew themselves; of this node, without the place in it."""
    if page.tree is None:
        return
    for link in page.tree.xpath("//a/@href | //img/@src | //*/@hx-get"):
        address = urljoin(page.path, link).partition("#")[0]
        if address.startswith("/") and not address.startswith("/static/"):
            yield address


def spoken(tree: Any) -> Counter[str]:
    """The texts of a page in its reader's language, piece by piece: what stands in an island is left out, here and
    where a title or a marking says it again."""
    said = [text for text in tree.xpath(f"//body//text()[not(../{ISLAND})][not({SILENT})]") if not _is_data(text)]
    for name in SPOKEN:
        said += tree.xpath(f"//body//*[not({ISLAND})]/@{name}")
    islands = {plain(text) for text in tree.xpath(f"//body//text()[../{ISLAND}]")}
    pieces = (plain(piece) for text in (*said, *tree.xpath("//title/text()")) for piece in text.split(" · "))
    return Counter(piece for piece in pieces if piece not in islands)


def _is_data(text: Any) -> bool:
    """Whether a choice says the name or the id that it stands for."""
    option = text.getparent()
    return option.tag == "option" and (option.get("value", text) in text or option.get("value") in NATIVE)


def plain(text: str) -> str:
    """A text without its numbers, signs and places for numbers."""
    return PLACES.sub(" ", text).strip()


def wrong(page: Read, language: str) -> list[str]:
    """What is wrong with a page as such."""
    if page.status != 200:
        return [str(page.status)]
    if page.tree is None or page.tree.tag != "html":
        return []
    root = page.tree.get("lang"), page.tree.get("dir")
    found = [] if root == (language, LANGUAGES[language]) else [f"in {root}"]
    return found + ([] if len(page.tree.xpath("//h1")) == 1 else ["headings of the first level"])


def test_every_page_is_reached_answers_and_is_whole_in_dutch_and_english(nodes: Prepared) -> None:
    faults: set[str] = set()
    reached: set[str] = set()
    pages: set[str] = set()
    # One of each unit and role: what officer-b is offered, officer-a is.
    readers = [name for name, _unit, _roles in PEOPLE if name != "officer-b"]
    for node, name in product((nodes.be, nodes.ma), readers):
        with Reader(node, name) as reader:
            reader.speak("nl")
            dutch = list(crawled(reader))
            reader.speak("en")
            both = [(page, read(reader, page.path)) for page in dutch]
        assert len(dutch) <= OF_A_PERSON, (name, len(dutch))
        for page, english in both:
            found = (*wrong(page, "nl"), *wrong(english, "en"), *untranslated(page, english))
            faults |= {f"{node.authority.id} {name} {page.path}: {one}" for one in found}
            reached.add(page.route)
            pages |= {page.route} if page.tree is not None else set()
    assert not faults, "\n".join(sorted(faults))
    assert set(routes()) - POSTS - reached <= set(UNLINKED) <= set(routes())
    # What the browser itself says of a page is asked there, in each language.
    in_chromium = {resolve(urlsplit(PAGES[name](nodes)[2]).path).url_name for name in PAGES}
    assert pages <= in_chromium, pages - in_chromium


def untranslated(dutch: Read, english: Read) -> list[str]:
    """Words of a Dutch page that its English one has, too."""
    if dutch.tree is None or english.tree is None:
        return []
    both = spoken(dutch.tree) & spoken(english.tree)
    return [f"not translated: {text}" for text in both if WORD.search(text) and text not in THE_SAME]
