#!/bin/sh
# Certificates rendered in parts by GNU parallel, on this machine or on those of a list. docs/shards.md tells the rest.
# Called in the event's folder: parallel.sh [parts] [options of parallel, as `--jobs 4` or `--sshloginfile machines --workdir .`]
set -eu
parts=${1:-8}
[ "$#" -gt 0 ] && shift

lulus issue --no-render --quiet
# a part that fails is begun again, three times in all; what is there already is not written again
seq "$parts" | parallel --retries 3 "$@" lulus render --quiet --workers 1 --shard "{}/$parts"
# the register learns that the files are whole; anything that is still missing is written here
lulus render
