#!/bin/sh
# The artwork of `classic` as a picture, for peers that draw no PDF.
cd "$(dirname "$0")" || exit
pdftoppm -f 1 -l 1 -r 150 -singlefile -jpeg -jpegopt quality=80 ../../../templates/classic/background.pdf artwork
