#!/usr/bin/env python3
"""P7: trials of parameters a second on a crash day, against replaying the whole tape each time, in one run on one core.

A whole replay is `bailiff paper` on the tape: every frame decoded, decided on and settled. A trial is what a study does: the
compiled tape is mapped once, stretches in which nobody can cross are taken as one, and what does not depend on parameters is
remembered from trial to trial. Both decide the same, to the hash. Times are wall times of one process each, the others' results aside.
A machine's speed changes within minutes, so both are measured in turn, several times, and the ratio is the median of the rounds.

The trials of the rounds differ in the share that is tipped. What a trial costs depends on what is tried: a strategy that takes next to
nothing keeps many accounts in sight, and simulates bids on them in every block. So two more are measured: the trials that a study of
`bailiff tune` proposes on this tape, by the study's own clock and with all that it does beside them (some of them against their own
whole replays), and strategies drawn from the whole search space without a search, most of which are poor ones.
"""
import argparse
import collections
import datetime
import hashlib
import json
import math
import pathlib
import random
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
    parser.add_argument("--study", type=int, default=40, help="trials of a study (default 40)")
    parser.add_argument("--drawn", type=int, default=4, help="strategies drawn from the search space (default 4)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bailiff-bench-") as folder:
        tape, cache = pathlib.Path(folder, "day.mcap"), pathlib.Path(folder, "day.cache")
        for words in (["tape", "generate", "--recipe", "crash", "--hours", "24", "--accounts", "3000", "--safe-accounts",
                       "2000", "--ticks", str(given.block_ticks), "--out", tape], ["tape", "compile", tape, "--out", cache]):
            subprocess.run([given.bailiff, *words], check=True, capture_output=True)
        rounds = [play(given, tape, cache) for _ in range(given.rounds)]
        if len({expected for expected, *_ in rounds}) != 1:
            raise SystemExit("whole replays decide differently")
        study = play_study(given, tape, cache, folder) if given.study else None
        drawn = play_drawn(given, tape, cache, folder)
    for _, frames, whole, first, trial in rounds:
        print(f"P7  whole replay of {frames:,} frames in s: {whole:.2f}; trials a second on one core: {1 / trial:.2f} (median of "
              f"{given.trials}; the first, which remembers nothing, took {first:.2f} s); ratio {whole / trial:.1f} x")
    ratio = statistics.median(whole / trial for *_, whole, _, trial in rounds)
    print(f"P7  trials over whole replays, median of {given.rounds} rounds: {ratio:.1f} x, same decisions (goal >= 100)")
    if study:
        took, wholes = study
        print(f"P7  the same of {given.study} trials that a study proposes: {statistics.mean(wholes) * given.study / took:.1f} x "
              f"({took / given.study:.2f} s a trial, {len(wholes)} of them checked against whole replays of "
              f"{', '.join(f'{whole:.1f}' for whole in wholes)} s)")
    if drawn:
        bidding = sum(bids > 0 for *_, bids in drawn)
        print(f"P7  the same of {len(drawn)} strategies drawn from the whole search space, {bidding} of which bid at all: "
              f"{sum(whole for whole, *_ in drawn) / sum(trial for _, trial, _ in drawn):.1f} x "
              f"({', '.join(f'{whole / trial:.0f}' for whole, trial, _ in drawn)})")


def whole_replay(given, tape, *words):
    """Seconds, and the report of the one preset."""
    start = time.perf_counter()
    done = subprocess.run([given.bailiff, "paper", "--tape", tape, "--preset", "default", "--json", *words], check=True,
                          capture_output=True)
    return time.perf_counter() - start, json.loads(done.stdout)["tapes"][0]["presets"][0]


def trials(given, cache, parameters):
    questions = [json.dumps({"trial": number, "params": each}) for number, each in enumerate(parameters)]
    done = subprocess.run([given.bailiff, "trial", "--serve", "--tape", cache], check=True, capture_output=True,
                          input="\n".join(questions).encode())
    results = [event for event in map(json.loads, done.stdout.splitlines()) if event["ev"] == "result"]
    if len(results) != len(questions):
        raise SystemExit(f"{len(results)} results of {len(questions)} trials: {done.stdout[-500:]}")
    return results


def check(result, paper):
    if result["decisionHash"] != hashlib.sha256(f"day {paper['decisionSHA256']}\n".encode()).hexdigest():
        raise SystemExit(f"a trial and a whole replay decide differently: {result} {paper['decisionSHA256']}")


def play_study(given, tape, cache, folder):
    """Seconds of a study's search by its own clock, and of whole replays of four of its trials, which decide the same."""
    later = pathlib.Path(folder, "later.mcap")
    subprocess.run([given.bailiff, "tape", "generate", "--recipe", "calm", "--hours", "2", "--out", later], check=True,
                   capture_output=True)
    subprocess.run([given.bailiff, "tune", "search", "--tape", cache, "--holdout", later, "--windows", "12", "--workers", "1",
                    "--trials", str(given.study), "--study", pathlib.Path(folder, "study")], check=True, capture_output=True)
    found = collections.defaultdict(lambda: {"params": {}})
    for line in pathlib.Path(folder, "study", "study.journal").read_text().splitlines():
        row = json.loads(line)
        trial = found[row["trial_id"]] if "trial_id" in row else None
        if row["op_code"] == CREATE:
            found[len(found)]["start"] = row["datetime_start"]
        elif row["op_code"] == PARAMETER:
            trial["params"][row["param_name"]] = value(row)
        elif row["op_code"] == STATE and row.get("datetime_complete"):
            trial["end"] = row["datetime_complete"]
        elif row["op_code"] == ATTRIBUTE:
            trial.update(row["user_attr"])
    clock = datetime.datetime.fromisoformat
    took = (clock(found[given.study - 1]["end"]) - clock(found[0]["start"])).total_seconds()
    wholes = []
    for number in sorted({0, given.study // 3, given.study * 2 // 3, given.study - 1}):
        whole, paper = whole_replay(given, tape, "--strategy", written(found[number]["params"], folder))
        check({"decisionHash": found[number]["decision_hash"]}, paper)
        wholes.append(whole)
    return took, wholes


# Of Optuna's journal.
CREATE, PARAMETER, STATE, ATTRIBUTE = 4, 5, 6, 8


def value(row):
    form = json.loads(row["distribution"])
    found = row["param_value_internal"]
    if form["name"] != "CategoricalDistribution":
        return round(found)
    word = form["attributes"]["choices"][found]
    return {"true": True, "false": False}.get(word, word)


def written(values, folder):
    """A strategy's file."""
    file = pathlib.Path(folder, "strategy.toml")
    file.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items()))
    return file


def play_drawn(given, tape, cache, folder):
    """Of each drawn strategy: seconds of its whole replay and of its trial, one behind the other as in a study, and its bids."""
    space = json.loads(subprocess.run([given.bailiff, "tune", "space", "--json"], check=True, capture_output=True).stdout)
    generator = random.Random(7)
    drawn = [{row["name"]: draw(row, generator) for row in space["parameters"]} for _ in range(given.drawn)]
    found = []
    for result, values in zip(trials(given, cache, [{}] + drawn)[1:], drawn):
        whole, paper = whole_replay(given, tape, "--strategy", written(values, folder))
        check(result, paper)
        found.append((whole, result["metrics"]["seconds"], result["metrics"]["bids"]))
    return found


def draw(row, generator):
    if row["kind"] == "choice":
        # A table of chances is a file of its own.
        word = generator.choice([word for word in row["words"] if word != "table"])
        return {"true": True, "false": False}.get(word, word)
    if row["log"]:
        return int(math.exp(generator.uniform(math.log(row["low"]), math.log(row["high"]))))
    return int(generator.uniform(row["low"], row["high"]))


def play(given, tape, cache):
    """One whole replay, then trials: what was decided, frames, seconds of the replay, of the first trial, of the median one."""
    whole, paper = whole_replay(given, tape)
    shares = [2_000 + 500 * (trial % 10) for trial in range(given.trials)]
    results = trials(given, cache, [{}] + [{"tip_share_bps": share} for share in shares])
    check(results[0], paper)
    check(results[1], paper)
    seconds = [result["metrics"]["seconds"] for result in results]
    return paper["decisionSHA256"], paper["feed"]["frames"], whole, seconds[0], statistics.median(seconds[1:])


main()
