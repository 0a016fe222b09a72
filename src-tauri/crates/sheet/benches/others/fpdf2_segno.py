"""One sheet with `segno` and `fpdf2`: python3 fpdf2_segno.py WORDS FONTS OUT.pdf MORE"""

import statistics
import sys
import time

import segno
from fpdf import FPDF

FACES = {
    "regular": "AtkinsonHyperlegibleNext_400Regular.ttf",
    "bold": "AtkinsonHyperlegibleNext_700Bold.ttf",
    "mono": "AtkinsonHyperlegibleMono_500Medium.ttf",
}


def sheet(code, lines, fonts):
    page = FPDF(unit="pt", format="A4")
    for face, file in FACES.items():
        page.add_font(face, fname=f"{fonts}/{file}")
    page.set_auto_page_break(False)
    page.add_page()
    symbol = segno.make(code, error="h", micro=False)
    for row, modules in enumerate(symbol.matrix):
        for column, dark in enumerate(modules):
            if dark:
                page.rect(400 + column * 4.25, 60 + row * 4.25, 4.25, 4.25, style="F")
    y = 42
    for face, size, text in lines:
        page.set_font(face, size=size)
        page.text(50, y, text)
        y += size * 1.34
    return bytes(page.output())


def main():
    words, fonts, out, more = sys.argv[1:]
    with open(words, encoding="utf-8") as file:
        code, *rest = file.read().splitlines()
    lines = [line.split("\t") for line in rest]
    lines = [(face, float(size), text) for face, size, text in lines]
    pdf = sheet(code, lines, fonts)
    cold = time.process_time()
    with open(out, "wb") as file:
        file.write(pdf)
    times = [0]
    for _ in range(int(more)):
        start = time.process_time()
        sheet(code, lines, fonts)
        times.append(time.process_time() - start)
    print(len(pdf), round(cold * 1e6), round(statistics.median(times) * 1e6))


main()
