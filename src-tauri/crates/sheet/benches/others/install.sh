#!/bin/sh
# Installs the programs that `cargo bench -p sheet` compares with into the given folder. Needs Python 3 and
# Node.js.
set -eu
mkdir -p "$1"
cd "$1"
python3 -m venv venv
venv/bin/pip install --quiet qrcode==8.2 reportlab==5.1.0 segno==1.6.6 fpdf2==2.8.9
npm install --no-save --no-audit --no-fund --silent qrcode@1.5.4 pdfkit@0.20.2
ln -sf "$(command -v node)" node_modules/.bin/node
