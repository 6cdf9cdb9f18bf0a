"""Tuning on many machines: real workers of deploy/tune, a real PostgreSQL, real kills."""
import functools
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

from harness import BAILIFF, ROOT, Folder, Process, Skipped, expect
from postgres import Postgres
from tapes import bailiff

PYTHON = ROOT / ".build/tune-tools/bin/python"
WORKER = ROOT / "deploy/tune/worker.py"
SPACE = {"hash": "0123456789abcdef", "parameters": [
    {"name": "tip_share_bps", "kind": "continuous", "low": 0, "high": 9900, "log": False, "default": 2000},
    {"name": "deadline_blocks", "kind": "integer", "low": 1, "high": 200, "log": True, "default": 25},
    {"name": "two_step", "kind": "choice", "words": ["false", "true"], "default": "false"},
    {"name": "win_model", "kind": "choice", "words": ["always", "table", "rivals"], "default": "always"}]}
DEFAULTS = {"tip_share_bps": 2000, "deadline_blocks": 25, "two_step": 0, "win_model": 0}
FINISHED = ("COMPLETE", "PRUNED")
HEARTBEAT, GRACE = 1, 2

# Speaks the protocol of `bailiff trial --serve` and dies on some parameters, which the real program has no way to.
DYING = '''#!/usr/bin/python3
import json, os, sys
print(json.dumps({"ev": "ready", "binary": "b", "settings": "s", "tapes": [{"name": "t", "sha256": "h", "windows": 1}]}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    if question["params"]["tip_share_bps"] in DEADLY:
        os._exit(9)
    fold = {"ev": "fold", "tape": "t", "value": 1, "drawdown": 0, "failedGas": 0, "bids": 0, "won": 0}
    result = {"ev": "result", "value": 1, "constraints": {}, "metrics": {}, "decisionHash": "d", "stopped": False}
    print(json.dumps(fold) + "\\n" + json.dumps(result), flush=True)
'''


@functools.cache
def postgres():
    """One for all tests of this file; every test has a study of its own."""
    if not PYTHON.exists():
        raise Skipped(f"no {PYTHON}: run scripts/setup --tests")
    return Postgres()


class Study:
    """A folder with tape and space, a name in the database, and workers."""

    def __init__(self, name, space=None, accounts=200, program=BAILIFF):
        self.name = name
        self.folder = Folder()
        self.program = program
        self.space = self.folder.path / "space.json"
        self.space.write_text(json.dumps(space or SPACE))
        self.tape = compiled(self.folder.path, accounts, program)

    def worker(self, *words, trials, **changed):
        """`changed`: other space, tape or program than the study's."""
        with_ = {"space": self.space, "tape": self.tape, "bailiff": self.program, **changed}
        log = open(self.folder.path / f"worker-{time.monotonic_ns()}.log", "w+")
        process = Process(
            str(PYTHON), str(WORKER), "--study", self.name, "--trials", str(trials), "--heartbeat", str(HEARTBEAT),
            "--grace", str(GRACE), *(f"--{name}={value}" for name, value in with_.items()), *words, stderr=log,
            env={**os.environ, "BAILIFF_TUNE_DATABASE": postgres().url})
        process.log = log
        return process

    def trials(self, *states):
        return [row for row in postgres().trials(self.name) if not states or row["state"] in states]

    def until(self, seconds, what, found):
        """What `found` finds among the trials."""
        deadline = time.monotonic() + seconds
        while not (result := found(self.trials())):
            expect(time.monotonic() < deadline, f"{what}: not within {seconds} s: {self.trials()}")
            time.sleep(0.02)
        return result


def compiled(folder, accounts=200, program=BAILIFF):
    if not pathlib.Path(BAILIFF).samefile(program) and pathlib.Path(program).read_bytes()[:4] != b"\x7fELF":
        return folder / "t.cache"
    source, cache = folder / f"{accounts}.mcap", folder / f"{len(list(folder.iterdir()))}/t.cache"
    cache.parent.mkdir()
    bailiff("tape", "generate", "--recipe", "crash", "--hours", "2", "--accounts", accounts, "--safe-accounts", "100", "--out",
            source)
    subprocess.run([program, "tape", "compile", source, "--out", cache], check=True, timeout=60, capture_output=True)
    return cache


def ended(process, code, seconds=40):
    """What it said, once it has ended with that code."""
    try:
        found = process.child.wait(seconds)
    except subprocess.TimeoutExpired:
        found = "none"
    process.log.seek(0)
    text = process.log.read()
    expect(found == code, f"exit code {found}, expected {code}: {text[-600:]}")
    return text


def child_of(process):
    """The one program of a worker."""
    pid = process.child.pid
    found = [int(word) for thread in pathlib.Path(f"/proc/{pid}/task").iterdir()
             for word in (thread / "children").read_text().split()]
    expect(len(found) == 1, f"{pid} has children {found}")
    return found[0]


def is_alive(pid):
    """A zombie waits for nobody but its reaper."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid, seconds=5):
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        expect(time.monotonic() < deadline, f"{pid} outlives its worker")
        time.sleep(0.01)


def stuck(study, worker):
    """Stops a worker's program in the middle of a trial. Returns that trial and the program's process id."""
    name = f"{socket.gethostname()}:{worker.child.pid}"
    pid = child_of(worker)
    os.kill(pid, signal.SIGSTOP)
    trial = study.until(20, "a trial with all its parameters", lambda trials: next(
        (row for row in trials if row["state"] == "RUNNING" and row["user"].get("worker") == name
         and len(row["params"]) == len(SPACE["parameters"])), None))
    return trial, pid


def test_a_killed_worker_loses_no_trial_and_leaves_no_program_behind():
    study = Study("kill")
    first, second = study.worker(trials=40), study.worker(trials=40)
    study.until(40, "twelve trials", lambda trials: sum(row["state"] in FINISHED for row in trials) >= 12)
    victim, program = stuck(study, first)
    other = child_of(second)
    first.kill()
    # It was stopped, so it has not read that its input ended: the kernel killed it.
    gone(program)
    os.kill(other, signal.SIGSTOP)
    expect(len(study.trials(*FINISHED)) < 35, "the study was over before the kill could be noticed")
    time.sleep(GRACE + 1.5)
    os.kill(other, signal.SIGCONT)
    ended(second, 0)
    gone(other)
    trials = study.trials()
    states = [row["state"] for row in trials]
    expect(sum(state in FINISHED for state in states) == 40, f"{states}")
    expect([row["number"] for row in trials] == list(range(len(trials))), "numbers are missing")
    expect(states.count("FAIL") == 1 and trials[victim["number"]]["state"] == "FAIL", f"{states}")
    expect(not set(states) - {"FAIL", *FINISHED}, f"{states}")
    again = [row for row in trials if row["system"].get("retry_history") == [victim["number"]]]
    expect(len(again) == 1 and again[0]["params"] == victim["params"] and again[0]["state"] == "COMPLETE", f"{again}")
    expect(len({row["user"]["worker"] for row in trials}) == 2, "one worker did it all")
    # The default, once; and what the study keeps is what the program says when somebody else asks.
    expect(trials[0]["params"] == DEFAULTS and [row["number"] for row in trials if "default" in row["user"]] == [0], f"{trials[0]}")
    for row in (trials[0], again[0]):
        question = {"trial": 1, "seed": 1, "params": spoken(row["params"])}
        told = subprocess.run([BAILIFF, "trial", "--tape", study.tape], input=json.dumps(question) + "\n", timeout=60,
                              capture_output=True, text=True, check=True)
        result = json.loads(told.stdout.splitlines()[-1])
        expect(result["value"] == row["value"] and result["decisionHash"] == row["user"]["decisionHash"], f"{result} {row}")
        expect(row["told"] == 1 and row["user"]["folds t"][0]["value"] == row["value"], f"{row}")
    # Whoever comes late to a full study adds nothing.
    ended(study.worker(trials=40), 0)
    expect(len(study.trials()) == len(trials), "a worker went on with a full study")


def spoken(params):
    """The database's numbers as the program wants them."""
    words = {row["name"]: row["words"] for row in SPACE["parameters"] if row["kind"] == "choice"}
    named = {name: words[name][int(value)] if name in words else round(value) for name, value in params.items()}
    return {name: {"false": False, "true": True}.get(value, value) for name, value in named.items()}
