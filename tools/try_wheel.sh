#!/bin/sh
# Build the wheel, install it in an empty environment without sources or development tools, and run it there.
set -eu
python=$1
root=$(cd "$(dirname "$0")/.." && pwd)
work="$root/build/wheel"
rm -rf "$work"
mkdir -p "$work"
(cd "$root" && "$python" -m hatchling build -t wheel -d "$work/dist" >/dev/null)
"$python" -m venv "$work/venv"
pip="$work/venv/bin/python -m pip install --quiet --disable-pip-version-check"
$pip --require-hashes -r "$root/constraints.txt"
$pip --no-deps "$work"/dist/*.whl
cp "$root"/samples/advisory_book.xlsx "$work/book.xlsx"
cd "$work"
venv/bin/cmic-screen --version
code=0
venv/bin/cmic-screen screen book.xlsx --no-history --out report.xlsx --json record.json || code=$?
if [ "$code" -ne 10 ] || [ ! -s report.xlsx ] || [ ! -s record.json ]; then
  echo "wheel: expected exit 10 with a report and a record, got exit $code" >&2
  exit 1
fi
echo "wheel: installed in an empty environment, screened the sample book, exit 10 as expected"
