"""Pictures in the manner of a radiograph, drawn by us from simple shapes: for invented cases and for tests.

Nothing in them was ever a patient. Bones are soft bright shapes with brighter edges over a dim body; metal is
white with hard edges.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (560, 720)
Point = tuple[float, float]
Shape = Sequence[Point]


def radiograph(
    body: Shape, bones: Sequence[Shape], holes: Sequence[Shape], metal: Sequence[Shape]
) -> Image.Image:
    """Layers from the back: air, body, bone (edges brighter than the middle), holes of destroyed bone, metal."""
    picture = _soft(body, 62, 18)
    for bone in bones:
        edge = _soft(bone, 150, 3)
        middle = _soft(_smaller(bone, 0.72), 62, 7)
        picture = ImageChops.add(picture, ImageChops.subtract(edge, middle))
    for hole in holes:
        picture = ImageChops.subtract(picture, _soft(hole, 118, 6))
    picture = ImageChops.lighter(_grained(picture), _layer(metal, 236).filter(ImageFilter.GaussianBlur(0.8)))
    return picture.filter(ImageFilter.GaussianBlur(0.6))


def _layer(shapes: Sequence[Shape], light: int) -> Image.Image:
    layer = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(layer)
    for shape in shapes:
        pen.polygon(list(shape), fill=light)
    return layer


def _soft(shape: Shape, light: int, blur: float) -> Image.Image:
    return _layer([shape], light).filter(ImageFilter.GaussianBlur(blur))


def _smaller(shape: Shape, share: float) -> Shape:
    middle = sum(x for x, _ in shape) / len(shape)
    return [(middle + (x - middle) * share, y) for x, y in shape]


def _grained(picture: Image.Image) -> Image.Image:
    """Film grain, the same each time."""
    chance = random.Random(7)
    grain = Image.frombytes("L", (140, 180), bytes(chance.randrange(26) for _ in range(140 * 180)))
    return ImageChops.add(picture, grain.resize(SIZE).filter(ImageFilter.GaussianBlur(0.7)))


def bar(start: Point, end: Point, width: float) -> Shape:
    (x1, y1), (x2, y2) = start, end
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1)
    dx, dy = (y2 - y1) / length * width / 2, (x1 - x2) / length * width / 2
    return [(x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)]


def shaft(x: float, top: float, bottom: float, widths: Sequence[float], lean: float = 0) -> Shape:
    """A long bone: its width at evenly spaced heights from top to bottom."""
    steps = len(widths) - 1
    rows = [(top + (bottom - top) * i / steps, x + lean * i / steps, w) for i, w in enumerate(widths)]
    return [(cx - w, y) for y, cx, w in rows] + [(cx + w, y) for y, cx, w in reversed(rows)]


def blob(x: float, y: float, across: float, down: float) -> Shape:
    unit = (
        (1, 0),
        (0.8, 0.6),
        (0.3, 0.95),
        (-0.35, 0.9),
        (-0.85, 0.55),
        (-1, 0),
        (-0.7, -0.7),
        (0, -1),
        (0.7, -0.75),
    )
    return [(x + across * a, y + down * b) for a, b in unit]


LEG = shaft(285, -20, 740, (170, 158, 140, 118, 104, 100, 110))
TIBIA_TOP = shaft(270, 30, 372, (86, 56, 40, 35, 34))
TIBIA_END = shaft(274, 384, 690, (34, 34, 38, 46, 62))
TIBIA_HEALED = shaft(270, 30, 690, (86, 52, 38, 36, 46, 36, 36, 44, 62))
FIBULA = shaft(380, 60, 690, (24, 14, 13, 13, 14, 16, 24), lean=-8)
FRAME_RINGS = [bar((70, y), (500, y), 13) for y in (130, 265, 470, 610)]
FRAME_RODS = [bar((x, 125), (x, 615), 9) for x in (92, 478)]
FRAME_WIRES = [bar((70, y - 12), (500, y + 14), 3) for y in (130, 265, 470, 610)]


def tibia(stage: str) -> Image.Image:
    """An infected fracture of the shin bone; afterwards a ring frame holds it and new bone bridges the gap."""
    if stage == "before":
        holes = [blob(268, 352, 30, 26), blob(286, 410, 24, 30)]
        plate = [bar((316, 190), (318, 560), 13)]
        screws = [bar((316, y), (232, y + 4), 6) for y in (215, 262, 310, 458, 506, 545)]
        return radiograph(LEG, [TIBIA_TOP, TIBIA_END, FIBULA], holes, plate + screws)
    return radiograph(LEG, [TIBIA_HEALED, FIBULA], [], FRAME_RINGS + FRAME_RODS + FRAME_WIRES)


def vertebra(x: float, y: float, height: float = 66, wedge: float = 0) -> Shape:
    h = height / 2
    return [
        (x - 74, y - h),
        (x, y - h + 7),
        (x + 74, y - h + wedge),
        (x + 66, y),
        (x + 74, y + h - wedge),
        (x, y + h - 7),
        (x - 74, y + h),
        (x - 66, y),
    ]


TRUNK = shaft(280, -20, 740, (240, 225, 220, 230, 245))


def spine(stage: str) -> Image.Image:
    """A disc and the two vertebrae beside it destroyed; afterwards rods and screws hold the spine straight."""
    rows = [70, 156, 242, 328, 414, 500, 586, 672]
    if stage == "before":
        bones = [vertebra(280 + 2 * i, y) for i, y in enumerate(rows) if i not in (3, 4)]
        bones += [vertebra(288, 334, 58, 16), vertebra(290, 398, 54, 16)]
        return radiograph(TRUNK, bones, [blob(320, 366, 46, 24), blob(276, 366, 34, 14)], [])
    bones = [vertebra(280, y) for y in rows]
    rods = [bar((x, 140), (x, 604), 12) for x in (238, 322)]
    screws = [bar((x, y), (x + (18 if x < 280 else -18), y + 2), 20) for x in (238, 322) for y in rows[1:7]]
    cage = [[(252, 352), (308, 352), (308, 392), (252, 392)]]
    return radiograph(TRUNK, bones, [], rods + screws + cage)


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {"tibia": tibia, "spine": spine}


def png(picture: Image.Image) -> bytes:
    """Pixels only."""
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
