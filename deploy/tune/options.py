"""The worker's command line."""
from __future__ import annotations

import argparse


def arguments(text: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--study", required=True, help="its name; begun when it is not there")
    add("--trials", type=int, required=True, help="finished ones, of the whole study")
    add("--space", required=True, help="what is searched: the file of `bailiff tune space --json`")
    add("--tape", action="append", required=True, help="a tape of `bailiff tape compile`; may be repeated")
    add("--bailiff", default="bailiff", help="the program")
    for name in ("preset", "windows", "strategy", "config"):
        add(f"--{name}", help="as in `bailiff trial`")
    add("--seed", type=int, help="of the trials, one for the whole study (default: the study's, or 1)")
    add("--sampler-seed", type=int, help="of this worker's choices (default: chance)")
    add("--prune", action="store_true", help="give trials up that are worse tape by tape (WilcoxonPruner)")
    add("--max-drawdown", type=float, help="a bound, in whole cash tokens")
    add("--max-failed-gas", type=float, help="a bound, in whole cash tokens")
    add("--retries", type=int, default=3, help="of a trial whose worker or program died (default 3)")
    add("--heartbeat", type=int, default=30, help="seconds (default 30)")
    add("--grace", type=int, default=90, help="seconds without a beat after which a worker is dead (default 90)")
    add("--trial-seconds", type=float, default=3600, help="the longest that a trial may take (default 3600)")
    add("--database-file", help="a file with the database's URL (default: $BAILIFF_TUNE_DATABASE)")
    parser.error = lambda message: parser.exit(64, f"worker: {message}\n")  # type: ignore[method-assign]
    return parser.parse_args()
