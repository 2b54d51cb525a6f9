"""The plot and the table of how screening grows are those of the stored figures."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from bench import growth


def test_plot_and_table_say_what_was_measured() -> None:
    some = growth.sizes()
    assert [one.subjects for one in some] == [10_000, 100_000, 1_000_000]
    text = growth.PAGE.read_text(encoding="utf8")
    assert text == growth.page(text, some), "run python -m bench.growth"
    assert growth.PLOT.read_text(encoding="utf8") == growth.plot(some), "run python -m bench.growth"


def test_each_figure_stands_in_the_plot() -> None:
    some = growth.sizes()
    drawn = ET.fromstring(growth.plot(some))
    circles = drawn.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 3 * len(some)
    # The more subjects, the further to the right; the more travellers a second, the higher.
    assert [float(one.attrib["cx"]) for one in circles[:3]] == sorted(float(one.attrib["cx"]) for one in circles[:3])
    heights = {(one.two, float(circle.attrib["cy"])) for one, circle in zip(some, circles, strict=False)}
    assert [y for _rate, y in sorted(heights)] == sorted((y for _rate, y in heights), reverse=True)
