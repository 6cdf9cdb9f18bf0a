#!/usr/bin/env python3
"""Runs every comparison with a reference library on the release builds of bailiff-bench and bailiff, and a checksum.

Uses the environment .build/test-tools that `scripts/setup --tests` makes. Prints each one's total; fails when any fails.
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON = ROOT / ".build/test-tools/bin/python"
SECONDS_MAX = 300
STEPS = [
    # The release build against the constant that the Swift tests hold the debug build to.
    [ROOT / ".build/release/bailiff-bench", "numerics-checksum"],
    [PYTHON, HERE / "numerics.py"],
    [PYTHON, HERE / "student.py"],
    [PYTHON, HERE / "options.py"],
    [PYTHON, HERE / "tapes.py"],
    # Starts the two versions of Optuna itself.
    ["/usr/bin/python3", HERE / "optuna_journal.py"],
    [PYTHON, HERE / "search.py"],
    [PYTHON, HERE / "confirmation.py"],
]


def main():
    failed = [step for step in STEPS if subprocess.run(step, timeout=SECONDS_MAX, check=False).returncode != 0]
    for step in failed:
        print(f"FAILED {' '.join(str(part) for part in step)}")
    print(f"reference: {len(STEPS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
