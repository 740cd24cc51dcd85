#!/bin/sh
# Compile the pins: versions and hashes, no addresses. Needs uv on the path or in .venv.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
compile() {
  out=$1
  shift
  printf 'hatchling\neditables\n' | "$uv" pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links --python-version 3.11 "$@" pyproject.toml - -o "$out"
}
compile constraints.txt
compile constraints-dev.txt --constraint constraints.txt --extra dev --extra docs
