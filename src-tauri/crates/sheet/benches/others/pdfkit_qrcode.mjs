// One sheet with `qrcode` and `pdfkit`: node pdfkit_qrcode.mjs WORDS FONTS OUT.pdf MORE
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// The packages are in the folder in which this runs.
const require = createRequire(join(process.cwd(), "here.cjs"));
const PDFDocument = require("pdfkit");
const QRCode = require("qrcode");

const FACES = {
  regular: "AtkinsonHyperlegibleNext_400Regular.ttf",
  bold: "AtkinsonHyperlegibleNext_700Bold.ttf",
  mono: "AtkinsonHyperlegibleMono_500Medium.ttf",
};

function sheet(code, lines, fonts) {
  return new Promise((made) => {
    const page = new PDFDocument({ size: "A4", margin: 0 });
    const parts = [];
    page.on("data", (part) => parts.push(part));
    page.on("end", () => made(Buffer.concat(parts)));
    for (const [face, file] of Object.entries(FACES)) page.registerFont(face, join(fonts, file));
    const { modules } = QRCode.create(code, { errorCorrectionLevel: "H" });
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) page.rect(400 + column * 4.25, 60 + row * 4.25, 4.25, 4.25);
      }
    }
    page.fill("black");
    let y = 42;
    for (const [face, size, text] of lines) {
      page.font(face).fontSize(size).text(text, 50, y, { lineBreak: false });
      y += size * 1.34;
    }
    page.end();
  });
}

const used = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const [words, fonts, out, more] = process.argv.slice(2);
const [code, ...rest] = readFileSync(words, "utf8").trimEnd().split("\n");
const lines = rest.map((line) => line.split("\t")).map(([face, size, text]) => [face, Number(size), text]);
const pdf = await sheet(code, lines, fonts);
const cold = used();
writeFileSync(out, pdf);
const times = [0];
for (let made = 0; made < Number(more); made += 1) {
  const start = used();
  await sheet(code, lines, fonts);
  times.push(used() - start);
}
times.sort((one, other) => one - other);
console.log(pdf.length, Math.round(cold), Math.round(times[Math.floor(times.length / 2)]));
