#!/usr/bin/env python3
"""P7: trials of parameters a second on a crash day, against replaying the whole tape each time, in one run on one core.

A whole replay is `bailiff paper` on the tape: every frame decoded, decided on and settled. A trial is what a study does: the
compiled tape is mapped once, stretches in which nobody can cross are taken as one, and what does not depend on parameters is
remembered from trial to trial. Both decide the same, to the hash. Times are wall times of one process each, the others' results aside.
A machine's speed changes within minutes, so both are measured in turn, several times, and the ratio is the median of the rounds.
"""
import argparse
import hashlib
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bailiff", default=ROOT / ".build/release/bailiff")
    parser.add_argument("--block-ticks", type=int, default=1_400, help="price ticks in a block (default 1,400: 10 M frames)")
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bailiff-bench-") as folder:
        tape, cache = pathlib.Path(folder, "day.mcap"), pathlib.Path(folder, "day.cache")
        for words in (["tape", "generate", "--recipe", "crash", "--hours", "24", "--accounts", "3000", "--safe-accounts",
                       "2000", "--ticks", str(given.block_ticks), "--out", tape], ["tape", "compile", tape, "--out", cache]):
            subprocess.run([given.bailiff, *words], check=True, capture_output=True)
        rounds = [play(given, tape, cache) for _ in range(given.rounds)]
        if len({expected for expected, *_ in rounds}) != 1:
            raise SystemExit("whole replays decide differently")
    for _, frames, whole, first, trial in rounds:
        print(f"P7  whole replay of {frames:,} frames in s: {whole:.2f}; trials a second on one core: {1 / trial:.2f} (median of "
              f"{given.trials}; the first, which remembers nothing, took {first:.2f} s); ratio {whole / trial:.1f} x")
    ratio = statistics.median(whole / trial for *_, whole, _, trial in rounds)
    print(f"P7  trials over whole replays, median of {given.rounds} rounds: {ratio:.1f} x, same decisions (goal >= 100)")


def play(given, tape, cache):
    """One whole replay, then trials: what was decided, frames, seconds of the replay, of the first trial, of the median one."""
    start = time.perf_counter()
    paper = json.loads(subprocess.run([given.bailiff, "paper", "--tape", tape, "--preset", "default", "--json"],
                                      check=True, capture_output=True).stdout)["tapes"][0]["presets"][0]
    whole = time.perf_counter() - start
    expected = hashlib.sha256(f"day {paper['decisionSHA256']}\n".encode()).hexdigest()
    shares = [2_000 + 500 * (trial % 10) for trial in range(given.trials)]
    questions = [json.dumps({"trial": 0})] + [
        json.dumps({"trial": trial + 1, "params": {"tip_share_bps": share}}) for trial, share in enumerate(shares)]
    done = subprocess.run([given.bailiff, "trial", "--serve", "--tape", cache], check=True, capture_output=True,
                          input="\n".join(questions).encode())
    results = [event for event in map(json.loads, done.stdout.splitlines()) if event["ev"] == "result"]
    if results[0]["decisionHash"] != expected or results[1]["decisionHash"] != expected:
        raise SystemExit(f"a trial and a whole replay decide differently: {results[0]} {paper['decisionSHA256']}")
    seconds = [event["metrics"]["seconds"] for event in results]
    return expected, paper["feed"]["frames"], whole, seconds[0], statistics.median(seconds[1:])


main()
