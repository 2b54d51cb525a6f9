"""Drawn portraits: a stylised face on a plain ground, the same for the same key.

Rule: nothing here resembles a photograph of anyone; shapes and colours are drawn from a hash.
"""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 240, 300
SKINS = ("#f1d3b8", "#e2b48f", "#c98f65", "#a86f48", "#8a5535")
HAIRS = ("#1d1a18", "#33261d", "#5a4330", "#7c7c7c", "#b9b4ab")
GROUNDS = ("#dfe7ec", "#e8e4da", "#dbe5dc", "#e6dfe6")
CLOTHES = ("#34495e", "#5b6b57", "#6b4a4a", "#4a4a6b", "#7a6a4a")


def portrait(key: str, sex: str) -> bytes:
    """The JPEG of a drawn face."""
    rng = random.Random(key)
    image = Image.new("RGB", (WIDTH, HEIGHT), rng.choice(GROUNDS))
    draw = ImageDraw.Draw(image)
    skin, hair = rng.choice(SKINS), rng.choice(HAIRS)
    wide, tall = rng.randint(48, 60), rng.randint(66, 78)
    middle, centre = WIDTH // 2, 140
    draw.ellipse((middle - 105, 225, middle + 105, 420), fill=rng.choice(CLOTHES))
    draw.rectangle((middle - 22, centre + 40, middle + 22, 240), fill=skin)
    if sex == "female":
        length = rng.randint(60, 110)
        draw.rounded_rectangle((middle - wide - 14, 60, middle + wide + 14, centre + length), 60, fill=hair)
    draw.ellipse((middle - wide - 8, centre - 16, middle - wide + 8, centre + 18), fill=skin)
    draw.ellipse((middle + wide - 8, centre - 16, middle + wide + 8, centre + 18), fill=skin)
    draw.ellipse((middle - wide, centre - tall, middle + wide, centre + tall), fill=skin)
    draw.chord((middle - wide, centre - tall - 6, middle + wide, centre + rng.randint(0, 30)), 180, 360, fill=hair)
    _eyes(draw, rng, middle, centre, hair)
    _nose_and_mouth(draw, rng, middle, centre)
    if sex == "male" and rng.random() < 0.5:
        draw.chord((middle - wide + 6, centre - 10, middle + wide - 6, centre + tall + 2), 35, 145, fill=hair)
    if rng.random() < 0.3:
        _glasses(draw, middle, centre)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


def _eyes(draw: ImageDraw.ImageDraw, rng: random.Random, middle: int, centre: int, hair: str) -> None:
    apart, up, iris = rng.randint(20, 27), centre - rng.randint(2, 10), rng.choice(("#3b2a1a", "#2e3f2b", "#2b3b52"))
    for x in (middle - apart, middle + apart):
        draw.ellipse((x - 9, up - 5, x + 9, up + 6), fill="#ffffff")
        draw.ellipse((x - 4, up - 4, x + 4, up + 5), fill=iris)
        draw.line((x - 11, up - 14, x + 11, up - 14 + rng.randint(-3, 3)), fill=hair, width=rng.randint(3, 6))


def _nose_and_mouth(draw: ImageDraw.ImageDraw, rng: random.Random, middle: int, centre: int) -> None:
    low = centre + rng.randint(20, 28)
    draw.line((middle, centre + 2, middle - rng.randint(4, 8), low, middle + 4, low), fill="#6b4a36", width=3)
    wide = rng.randint(14, 24)
    draw.arc((middle - wide, low + 6, middle + wide, low + 26), rng.randint(0, 20), 180, fill="#8e3b35", width=4)


def _glasses(draw: ImageDraw.ImageDraw, middle: int, centre: int) -> None:
    for x in (middle - 24, middle + 24):
        draw.ellipse((x - 18, centre - 22, x + 18, centre + 12), outline="#222222", width=3)
    draw.line((middle - 7, centre - 6, middle + 7, centre - 6), fill="#222222", width=3)
