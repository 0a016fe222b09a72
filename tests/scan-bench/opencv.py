"""OpenCV as an engine of the benchmark: pictures from standard input, texts to standard output.

A picture is its width and height, 32 bits each, little endian, then one byte per pixel. The answer
is one line with the texts in hexadecimal, separated by spaces.
"""

import struct
import sys

import cv2
import numpy

cv2.setNumThreads(1)
detector = cv2.QRCodeDetector()


def texts(picture):
    try:
        _, several, _, _ = detector.detectAndDecodeMulti(picture)
    except cv2.error:
        several = ()
    several = [text for text in several if text]
    if several:
        return several
    try:
        one, _, _ = detector.detectAndDecode(picture)
    except cv2.error:
        one = ""
    return [one] if one else []


while header := sys.stdin.buffer.read(8):
    width, height = struct.unpack("<II", header)
    pixels = sys.stdin.buffer.read(width * height)
    picture = numpy.frombuffer(pixels, numpy.uint8).reshape(height, width)
    print(" ".join(text.encode().hex() for text in texts(picture)), flush=True)
