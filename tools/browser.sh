#!/bin/sh
# A browser for the browser tests: the one that is there, else Debian's through apt as root, else through sudo -n,
# else a plain line that they do not run. Never fails: the tests themselves say what did not run.
set -u
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
  echo "browser: installing Debian's chromium for the browser tests"
  if $as_root apt-get update -qq >/dev/null 2>&1 &&
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "browser: no Chromium here and none could be installed; the browser tests will be reported as not run"
