"""Tuning on many machines: real workers of deploy/tune, a real PostgreSQL, real kills."""
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

import yaml

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
            time.sleep(0.1)
        return result


def compiled(folder, accounts=200, program=BAILIFF):
    if not pathlib.Path(BAILIFF).samefile(program) and pathlib.Path(program).read_bytes()[:4] != b"\x7fELF":
        return folder / "t.cache"
    source, cache = folder / f"{accounts}.mcap", folder / f"{len(list(folder.iterdir()))}/t.cache"
    cache.parent.mkdir()
    if not source.exists():
        bailiff("tape", "generate", "--recipe", "crash", "--hours", "2", "--accounts", accounts, "--safe-accounts", "100",
                "--out", source)
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

    def running(trials):
        return next((row for row in trials if row["state"] == "RUNNING" and row["user"].get("worker") == name
                     and len(row["params"]) == len(SPACE["parameters"])), None)

    study.until(30, f"a trial of {name}", lambda trials: any(row["user"].get("worker") == name for row in trials))
    pid = child_of(worker)
    os.kill(pid, signal.SIGSTOP)
    # It may have answered before it was stopped: then that trial ends, and the next one is stuck.
    while True:
        trial = study.until(20, "a trial that stays", running)
        time.sleep(0.5)
        if study.trials()[trial["number"]]["state"] == "RUNNING":
            return trial, pid


def spoken(params):
    """The database's numbers as the program wants them."""
    words = {row["name"]: row["words"] for row in SPACE["parameters"] if row["kind"] == "choice"}
    named = {name: words[name][int(value)] if name in words else round(value) for name, value in params.items()}
    return {name: {"false": False, "true": True}.get(value, value) for name, value in named.items()}


def test_a_killed_worker_loses_no_trial_and_leaves_no_program_behind():
    study = Study("kill")
    # Both stand before an empty database at once, which only one may set up.
    with postgres().locked("bailiff tune", waiting=2):
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


def test_a_worker_with_anything_else_than_the_study_has_refuses_and_says_what():
    study = Study("join")
    ended(study.worker("--max-drawdown", "1e6", trials=1), 0)
    folder = study.folder.path
    other_binary = folder / "bailiff"
    other_binary.write_bytes(pathlib.Path(BAILIFF).read_bytes() + b" ")
    other_binary.chmod(0o755)
    spaces = {name: folder / f"{name}.json" for name in ("hash", "parameters")}
    spaces["hash"].write_text(json.dumps({**SPACE, "hash": "fedcba9876543210"}))
    spaces["parameters"].write_text(json.dumps({**SPACE, "parameters": SPACE["parameters"][1:]}))
    tape = compiled(folder, 201)
    sha256 = {size: hashlib.sha256((folder / f"{size}.mcap").read_bytes()).hexdigest() for size in (200, 201)}
    bound = ["--max-drawdown", "1e6"]
    cases = [
        ({"tape": tape}, bound, ["tape t", sha256[200], sha256[201]]),
        ({"tape": compiled(folder, 200, other_binary), "bailiff": other_binary}, bound,
         ["binary", *(hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() for path in (BAILIFF, other_binary))]),
        ({"space": spaces["hash"]}, bound, ["space", "fedcba9876543210", "0123456789abcdef"]),
        ({"space": spaces["parameters"]}, bound, ["parameters"]),
        ({}, ["--seed", "2", "--preset", "adversarial"],
         ["seed: this worker has 2, the study has 1", "max_drawdown: this worker has None, the study has 1000000.0", "settings"]),
    ]
    workers = [(study.worker(*words, trials=5, **changed), said) for changed, words, said in cases]
    for worker, said in workers:
        text = ended(worker, 78)
        differences = 3 if "settings" in said else 1
        expect("refuses to join study join" in text and text.count("this worker has") == differences, text)
        expect(all(part in text for part in said), f"{said}: {text}")
    trials = study.trials()
    expect(len(trials) == 1, f"a refused worker left trials: {trials}")
    # The same as the study has: it may.
    ended(study.worker(*bound, "--seed", "1", trials=2), 0)
    expect(len(study.trials("COMPLETE")) == 2, f"{study.trials()}")


def test_a_worker_without_database_space_or_tape_ends_with_the_code_for_it_and_never_tells_the_password():
    study = Study("codes")
    with socket.socket() as probe:  # Bound, and nobody listens.
        probe.bind(("127.0.0.1", 0))
        closed = study.folder.path / "closed"
        closed.write_text(f"postgresql://tester:hush@127.0.0.1:{probe.getsockname()[1]}/postgres\n")
        wrong, other = study.folder.path / "wrong", study.folder.path / "other"
        wrong.write_text(postgres().url.replace("a%20password", "hush"))
        other.write_text("sqlite:///hush.db")
        broken = study.folder.path / "broken.json"
        broken.write_text('{"parameters":[]}')
        cases = [
            (["--database-file", str(closed)], {}, 75), (["--database-file", str(wrong)], {}, 75),
            (["--database-file", str(other)], {}, 64), (["--database-file", str(closed) + "x"], {}, 66),
            (["--nonsense"], {}, 64), ([], {"space": "/nowhere"}, 66), ([], {"space": broken}, 65),
            ([], {"tape": study.folder.path / "nowhere.cache"}, 66), ([], {"bailiff": "/nowhere"}, 69)]
        for half in (cases[:5], cases[5:]):
            for worker, code in [(study.worker(*words, trials=1, **changed), code) for words, changed, code in half]:
                text = ended(worker, code)
                expect("hush" not in text and "password" not in text.replace("password authentication", ""), text)
    expect(study.trials() == [], "a trial was begun")


def test_a_worker_whose_database_goes_away_leaves_to_try_later_and_the_study_goes_on():
    study = Study("away")
    worker = study.worker(trials=1000)
    trial, program = stuck(study, worker)
    postgres().stop()
    os.kill(program, signal.SIGCONT)
    try:
        ended(worker, 75)
        gone(program)
    finally:
        postgres().start()
    done = len(study.trials(*FINISHED))
    time.sleep(GRACE + 0.5)
    ended(study.worker(trials=done + 2), 0)
    trials = study.trials()
    again = [row for row in trials if row["system"].get("retry_history") == [trial["number"]]]
    expect(len(again) == 1 and again[0]["params"] == trial["params"] and again[0]["state"] == "COMPLETE", f"{trials}")
    expect([row["state"] for row in trials].count("FAIL") == 1 and not study.trials("RUNNING"), f"{trials}")


def test_bad_parameters_fail_without_retry_and_nothing_but_bad_ones_ends_the_worker():
    wide = json.loads(json.dumps(SPACE))
    wide["parameters"][0]["high"] = 14_000
    study = Study("bad", wide)
    ended(study.worker("--sampler-seed", "1", trials=8), 0)
    trials = study.trials()
    failed = [row for row in trials if row["state"] == "FAIL"]
    expect(failed and sum(row["state"] == "COMPLETE" for row in trials) == 8, f"{trials}")
    expect(len(trials) == 8 + len(failed), f"{trials}")
    for row in trials:
        expect((row["params"]["tip_share_bps"] > 9900.5) == (row["state"] == "FAIL"), f"{row}")
        expect("retry_history" not in row["system"], f"tried again: {row}")
    expect(all("allowed: 0 to 9900" in row["user"]["error"] for row in failed), f"{failed}")
    unknown = json.loads(json.dumps(SPACE))
    unknown["parameters"][0]["name"] = "tip_share"
    study = Study("unknown", unknown)
    expect("5 trials in a row failed: tip_share: found no such parameter" in ended(study.worker(trials=8), 65), "no reason")
    expect([row["state"] for row in study.trials()] == ["FAIL"] * 5, f"{study.trials()}")


def dying(study, deadly):
    path = study.folder.path / "dying"
    path.write_text(DYING.replace("DEADLY", deadly))
    path.chmod(0o755)
    return {"bailiff": path}


def test_a_program_that_dies_has_its_trial_tried_again_within_bounds():
    study = Study("dying")
    text = ended(study.worker("--retries", "2", trials=6, **dying(study, "{2000}")), 0)
    trials = study.trials()
    histories = [row["system"].get("retry_history") for row in trials]
    expect([row["state"] for row in trials] == ["FAIL"] * 3 + ["COMPLETE"] * 6, f"{trials}")
    expect(histories == [None, [0], [0, 1]] + [None] * 6, f"{histories}")
    expect(all(row["params"] == DEFAULTS and "died with code 9" in row["user"]["error"] for row in trials[:3]), f"{trials}")
    expect(text.count("may be tried again") == 3, text)
    study = Study("dead")
    ended(study.worker(trials=6, **dying(study, "range(10_000)")), 70)
    expect([row["state"] for row in study.trials()].count("FAIL") == 5, f"{study.trials()}")


def test_a_worker_that_is_asked_to_stop_gives_its_trial_back_at_once():
    study = Study("stop")
    worker = study.worker(trials=1000)
    trial, program = stuck(study, worker)
    start = time.monotonic()
    worker.child.send_signal(signal.SIGTERM)
    ended(worker, 143, seconds=10)
    took = time.monotonic() - start
    gone(program)
    trials = study.trials()
    expect(trials[trial["number"]]["state"] == "FAIL" and not study.trials("RUNNING"), f"{trials}")
    expect([(row["state"], row["system"].get("retry_history")) for row in trials[trial["number"] + 1:]]
           == [("WAITING", [trial["number"]])], f"{trials[trial['number']:]}")
    done = len(study.trials(*FINISHED))
    ended(study.worker(trials=done + 1), 0)
    again = study.trials()[-1]
    expect(again["params"] == trial["params"] and again["state"] == "COMPLETE" and "error" not in again["user"], f"{again}")
    expect(took < 5, f"{took} s to stop")


def test_a_worker_that_slept_through_its_own_death_goes_on_with_another_trial():
    study = Study("sleep")
    sleeper = study.worker(trials=12)
    trial, program = stuck(study, sleeper)
    sleeper.child.send_signal(signal.SIGSTOP)
    time.sleep(GRACE + 1.5)
    done = len(study.trials(*FINISHED))
    ended(study.worker(trials=done + 2), 0)
    expect(study.trials()[trial["number"]]["state"] == "FAIL", f"{study.trials()}")
    for pid in (sleeper.child.pid, program):
        os.kill(pid, signal.SIGCONT)
    expect("was taken for dead" in ended(sleeper, 0), "it did not notice")
    states = [row["state"] for row in study.trials()]
    expect(sum(state in FINISHED for state in states) == 12 and states.count("FAIL") == 1 and len(states) == 13, f"{states}")


# Kills in this stretch cannot be aimed at: it is asked directly what is in the database after a trial was given out.
ASKED = """
import sys, warnings
sys.path.insert(0, sys.argv[1])
warnings.simplefilter("ignore")
import optuna, store
storage = store.Storage(store.database(None), heartbeat_interval=1)
study = optuna.create_study(study_name="beats", storage=storage)
study.enqueue_trial({"x": 1.0})
study.ask(), study.ask()
"""


def test_a_trial_has_a_heartbeat_before_anything_can_happen_to_its_worker():
    subprocess.run([PYTHON, "-c", ASKED, WORKER.parent], check=True, timeout=60, capture_output=True,
                   env={**os.environ, "BAILIFF_TUNE_DATABASE": postgres().url})
    beats = postgres().rows("SELECT number FROM trials JOIN trial_heartbeats USING (trial_id) JOIN studies USING (study_id)"
                            " WHERE study_name = 'beats' AND state = 'RUNNING' ORDER BY number")
    expect([row["number"] for row in beats] == [0, 1], f"{beats}")


def test_trials_that_are_worse_tape_by_tape_are_given_up_and_bounds_reach_the_study():
    study = Study("prune")
    tapes = [study.tape.with_name(f"t{number}.cache") for number in range(1, 8)]
    for path in tapes:
        shutil.copy(study.tape, path)
    words = [f"--tape={path}" for path in tapes]
    ended(study.worker("--prune", "--sampler-seed", "3", "--windows", "2", "--max-failed-gas", "20000", *words, trials=14), 0)
    trials = study.trials()
    pruned = [row for row in trials if row["state"] == "PRUNED"]
    expect(pruned and len(trials) == 14 and len(pruned) < 14, f"{[row['state'] for row in trials]}")
    for row in trials:
        is_whole = row["state"] == "COMPLETE"
        expect((row["told"] == 8) == is_whole and row["user"]["metrics"]["folds"] == 2 * row["told"], f"{row}")
        folds = [fold for name, folds in row["user"].items() if name.startswith("folds ") for fold in folds]
        expect(len(folds) == 2 * row["told"], f"{row}")
        if is_whole:
            expect(abs(row["value"] - sum(fold["value"] for fold in folds) / 16) < 1e-6, f"{row}")
        over = row["user"]["constraints"]["failed_gas"] - 20_000
        expect(row["system"]["constraints:failed_gas"] == over, f"{row}")
    orders = {tuple(name for name in row["user"] if name.startswith("folds ")) for row in trials}
    expect(len(orders) > 1, "every trial has played the tapes in one order")
    signs = {row["system"]["constraints:failed_gas"] > 0 for row in trials}
    expect(signs == {False, True}, f"the bound divides nothing: {signs}")


def test_manifests_are_what_their_readers_accept_and_name_options_that_the_worker_has():
    folder = Folder().path
    tune = ROOT / "deploy/tune"
    known = set(re.findall(r"--[a-z-]+", subprocess.run(
        [PYTHON, WORKER, "--help"], capture_output=True, text=True, timeout=60, check=True).stdout))
    unit = (tune / "bailiff-tune@.service").read_text()
    script = (tune / "tune.slurm").read_text()
    job = yaml.safe_load((tune / "tune-job.yaml").read_text())
    pod = job["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    told = " ".join(re.findall(r"(?:ExecStart|_ARGUMENTS)=(.*)", unit))
    for text in (told, script.partition("exec ")[2], " ".join(container["args"])):
        used = set(re.findall(r"(?<![\w-])--[a-z-]+", text))
        expect(len(used) >= 2 and used <= known, f"no such options: {used - known}")
    if shutil.which("systemd-analyze"):
        # The verifier wants the program to be there, and only warns of what it does not understand.
        path = folder / "bailiff-tune@1.service"
        path.write_text(unit.replace("/opt/bailiff/tune/venv/bin/python", "/usr/bin/python3"))
        done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0 and done.stderr == "", done.stderr)
    else:
        print("  the unit was not verified: no systemd-analyze")
    shellcheck = PYTHON.with_name("shellcheck")
    done = subprocess.run([shellcheck, tune / "tune.slurm"], capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0, done.stdout)
    # Its shape alone: no cluster has seen it.
    spec = job["spec"]
    expect((job["apiVersion"], job["kind"]) == ("batch/v1", "Job"), f"{job}")
    expect(set(spec) == {"completionMode", "completions", "parallelism", "backoffLimitPerIndex", "maxFailedIndexes",
                         "podFailurePolicy", "template"}, f"{set(spec)}")
    expect(spec["completionMode"] == "Indexed" and pod["restartPolicy"] == "Never", "what backoffLimitPerIndex demands")
    numbers = [spec[name] for name in ("completions", "parallelism", "backoffLimitPerIndex", "maxFailedIndexes")]
    expect(all(isinstance(number, int) and number > 0 for number in numbers), f"{numbers}")
    first = spec["podFailurePolicy"]["rules"][0]
    expect(first["action"] == "FailIndex" and first["onExitCodes"]["containerName"] == container["name"], f"{first}")
    prevented = re.search(r"RestartPreventExitStatus=(.*)", unit)[1].split()
    expect(first["onExitCodes"]["values"] == [int(code) for code in prevented], "two lists of codes")
    expect({mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}, "volumes")
    expect(container["securityContext"]["readOnlyRootFilesystem"] and pod["securityContext"]["runAsNonRoot"], "not hardened")
