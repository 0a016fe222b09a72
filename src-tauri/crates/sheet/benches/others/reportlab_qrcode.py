"""One sheet with `qrcode` and `reportlab`: python3 reportlab_qrcode.py WORDS FONTS OUT.pdf MORE"""

import io
import statistics
import sys
import time

import qrcode
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FACES = {
    "regular": "AtkinsonHyperlegibleNext_400Regular.ttf",
    "bold": "AtkinsonHyperlegibleNext_700Bold.ttf",
    "mono": "AtkinsonHyperlegibleMono_500Medium.ttf",
}


def sheet(code, lines, fonts):
    for face, file in FACES.items():
        pdfmetrics.registerFont(TTFont(face, f"{fonts}/{file}"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    symbol = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=0)
    symbol.add_data(code)
    symbol.make(fit=True)
    path = page.beginPath()
    for row, modules in enumerate(symbol.get_matrix()):
        for column, dark in enumerate(modules):
            if dark:
                path.rect(400 + column * 4.25, 780 - row * 4.25, 4.25, 4.25)
    page.drawPath(path, stroke=0, fill=1)
    y = 800
    for face, size, text in lines:
        page.setFont(face, size)
        page.drawString(50, y, text)
        y -= size * 1.34
    page.showPage()
    page.save()
    return out.getvalue()


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
