"""Speed and memory, as ratios within one run; no figure here is ever asserted in a timed test."""
