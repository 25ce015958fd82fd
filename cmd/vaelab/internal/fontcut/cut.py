"""Cuts a font to the letters on standard input, and those of GB 2312 if asked: cut.py FONTTOOLS SOURCE TARGET [gb2312].

Figures draw letter by letter, unhinted: what a font has beyond outlines, widths and names is left out. Its names carry the licence.
"""
import sys

sys.path.insert(0, sys.argv[1])
from fontTools import subset

NAMES = [0, 1, 2, 5, 7, 13, 14]  # copyright, family, style, version, trademark, licence and its address
SIMPLIFIED = 2  # the place of Noto Sans CJK SC in its collection


def gb2312():
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass  # the table has gaps


def cut(source, target, letters):
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=NAMES, notdef_outline=False, legacy_kern=False, recalc_timestamp=False,
        font_number=SIMPLIFIED if source.lower().endswith(".ttc") else -1,
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    font = subset.load_font(source, options, dontLoadGlyphNames=True)
    lacking = letters - font["cmap"].getBestCmap().keys()
    if lacking:
        sys.exit("%s has no %s" % (source, "".join(map(chr, sorted(lacking)))))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    subset.save_font(font, target, options)


asked = {ord(letter) for letter in sys.stdin.buffer.read().decode("utf-8")}
if sys.argv[4:] == ["gb2312"]:
    asked.update(gb2312())
cut(sys.argv[2], sys.argv[3], asked)
