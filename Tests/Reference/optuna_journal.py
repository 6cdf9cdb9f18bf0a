"""Study files that `bailiff tune` writes, opened with Optuna itself: the pinned 5 and the 3.1 of Debian.

usage: optuna_journal.py               the check of this check: files that Optuna wrote, and the examples of the page
       optuna_journal.py FILE JSON     a file against what it should hold
       optuna_journal.py --read FILE STUDY, --write FILE     in either version: what it reads, as JSON; a study of its own

What a file should hold: {"study":"crash","trials":2,"best":12.0,"states":["COMPLETE","FAIL"],"values":[12.0,null],
"params":[{"tip_share_bps":2000.0},{}]}, and where they matter also "intermediate", "constraints", "user" (a list of objects, one
a trial each) and "study_user". A study of several aims has lists as values, and "best" is the list of the values that no other
trial beats in all of them.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/tune-study-file.md"
PYTHONS = {"5.": ROOT / ".build/tune-tools/bin/python", "3.1.": pathlib.Path("/usr/bin/python3")}
SECONDS_MAX = 60
NEEDED = ("study", "trials", "best", "states", "values", "params")


class Difference(Exception):
    """A file is not what it should be, or a version is not there."""


def storage(path):
    import optuna
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        from optuna.storages.journal import JournalFileBackend
        return optuna.storages.JournalStorage(JournalFileBackend(str(path)))
    except ImportError:
        return optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(str(path)))


def read(path, name):
    """A study of a file, as the Optuna of this Python sees it."""
    import optuna
    if not pathlib.Path(path).is_file():
        raise Difference(f"no file {path}")
    study = optuna.load_study(study_name=name, storage=storage(path))
    trials = study.get_trials()
    complete = [trial for trial in trials if trial.state == optuna.trial.TrialState.COMPLETE]
    is_single = len(study.directions) == 1
    try:
        best = study.best_value if is_single else sorted(trial.values for trial in study.best_trials)
    except ValueError:  # No trial is complete, or for Optuna 5 none keeps to the constraints.
        best = None
    if is_single:
        pick = max if study.direction.name == "MAXIMIZE" else min
        best_of_all = pick((trial.value for trial in complete), default=None)
    else:
        best_of_all = unbeaten([trial.values for trial in complete], [way.name == "MAXIMIZE" for way in study.directions])
    return {
        "version": optuna.__version__, "study": name, "direction": ",".join(way.name for way in study.directions),
        "trials": len(trials), "best": best, "best_of_all": best_of_all, "states": [trial.state.name for trial in trials],
        "values": [trial.value if is_single else trial.values for trial in trials],
        "params": [trial.params for trial in trials],
        "distributions": [{name: str(kind) for name, kind in sorted(trial.distributions.items())} for trial in trials],
        "intermediate": [{str(step): value for step, value in trial.intermediate_values.items()} for trial in trials],
        "constraints": [trial.system_attrs.get("constraints") for trial in trials],
        "user": [trial.user_attrs for trial in trials], "study_user": study.user_attrs,
        "seconds": [trial.duration.total_seconds() if trial.datetime_complete else None for trial in trials],
    }


def unbeaten(points, grows):
    """Written apart from Optuna: those than which no other is as good in every way and better in one."""
    def worth(point):
        return [value if up else -value for value, up in zip(point, grows)]
    kept = [point for point in points if not any(
        worth(other) != worth(point) and all(a >= b for a, b in zip(worth(other), worth(point))) for other in points)]
    return sorted(kept)


def write(path):
    """A study with every kind of parameter and every ending, and what it holds."""
    import optuna
    study = optuna.create_study(
        study_name="own", storage=storage(path), direction="maximize", sampler=optuna.samplers.RandomSampler(seed=7))
    study.set_user_attr("space", "0123456789abcdef")

    def objective(trial):
        share = trial.suggest_float("share", 0, 9900)
        blocks = trial.suggest_int("blocks", 1, 200, log=True)
        word = trial.suggest_categorical("word", ["always", "table"])
        trial.suggest_categorical("toggle", [False, True])
        trial.set_user_attr("decisionHash", f"{trial.number:04x}")
        trial.report(share - blocks, 0)
        if trial.number % 4 == 2:
            raise optuna.TrialPruned
        if trial.number % 4 == 3:
            raise ArithmeticError("on purpose")
        trial.report(share + blocks, 1)
        return share + (word == "table")

    study.optimize(objective, n_trials=12, catch=ArithmeticError)
    return read(path, "own")


def run(prefix, *words):
    """This file in the Python that has that version."""
    if not PYTHONS[prefix].exists():
        raise Difference(f"no {PYTHONS[prefix]}: run scripts/setup --tests")
    done = subprocess.run(
        [PYTHONS[prefix], __file__, *map(str, words)], capture_output=True, text=True, timeout=SECONDS_MAX)
    if done.returncode != 0:
        raise Difference(f"Optuna {prefix} cannot: {words}: {done.stderr.strip()[-400:]}")
    seen = json.loads(done.stdout)
    if not seen["version"].startswith(prefix):
        raise Difference(f"Optuna {seen['version']} where {prefix} was wanted")
    return seen


def same(mine, other):
    """Equal, whole numbers and fractions alike; a boolean is no number."""
    if isinstance(mine, dict) and isinstance(other, dict):
        return mine.keys() == other.keys() and all(same(mine[key], other[key]) for key in mine)
    if isinstance(mine, list) and isinstance(other, list):
        return len(mine) == len(other) and all(map(same, mine, other))
    return mine == other and isinstance(mine, bool) == isinstance(other, bool)


def check(path, expected):
    """Opens a study file with both versions; raises Difference where either sees something else than expected."""
    missing = [key for key in NEEDED if key not in expected]
    if missing:
        raise Difference(f"nothing is expected of {', '.join(missing)}")
    seen = {prefix: run(prefix, "--read", path, expected["study"]) for prefix in PYTHONS}
    # Optuna 3.1 does not look at constraints: its best is the best of all, and only there the versions may differ.
    if not same(seen["3.1."]["best"], seen["3.1."]["best_of_all"]):
        raise Difference(f"best: Optuna 3.1 says {seen['3.1.']['best']} of {seen['3.1.']['values']}")
    seen["3.1."]["best"] = seen["5."]["best"]
    for prefix, study in seen.items():
        for key, value in expected.items():
            if key != "version" and not same(study[key], value):
                raise Difference(f"{key}: Optuna {prefix} reads {study[key]}, expected {value}")
    first, second = seen.values()
    for key in first:
        if key != "version" and not same(first[key], second[key]):
            raise Difference(f"{key}: the versions differ: {first[key]} and {second[key]}")
    return first


def examples():
    text = PAGE.read_text()
    return [re.search(rf"<!-- example {name} -->\n```json\n(.*?)```", text, re.DOTALL)[1] for name in ("lines", "trials")]


EXAMPLE = {
    "study": "crash", "direction": "MAXIMIZE", "trials": 3, "best": 15.25, "states": ["COMPLETE", "COMPLETE", "PRUNED"],
    "values": [12.0, 15.25, -4.0],
    "params": [{"win_model": "always", "deadline_blocks": 25, "tip_share_bps": 2000.0},
               {"win_model": "rivals", "deadline_blocks": 7, "tip_share_bps": 3141.0},
               {"win_model": "table", "deadline_blocks": 120, "tip_share_bps": 9100.0}],
    "intermediate": [{"0": 10.5, "1": 13.5}, {"0": 11.25, "1": 19.25}, {"0": -4.0}],
    "constraints": [[-3.0], [-2.0], None], "user": [{"decisionHash": "6d1f"}, {"decisionHash": "a07c"}, {}],
    "study_user": {"space": "0123456789abcdef"}, "seconds": [1.25, 1.2, 0.3],
}


def refused(name, path, expected):
    """What the check must notice."""
    try:
        check(path, expected)
    except Difference:
        return
    raise Difference(f"not noticed: {name}")


def self_check():
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "example.journal"
        lines, trials = examples()
        for text in (lines, trials):
            path.write_text(text)
            check(path, EXAMPLE)
            count += 1
        for prefix in PYTHONS:
            own = pathlib.Path(folder) / f"own-{prefix}journal"
            written = run(prefix, "--write", own)
            if set(written["states"]) != {"COMPLETE", "PRUNED", "FAIL"}:
                raise Difference(f"the study of Optuna {prefix} has not every ending: {written['states']}")
            check(own, written)
            count += 1
        path.write_text(lines.replace("[-2.0]", "[2.0]"))
        check(path, {**EXAMPLE, "best": 12.0, "constraints": [[-3.0], [2.0], None]})
        count += 1
        # Two studies in one file, the first of two aims: trials are counted over both.
        aims = [{"op_code": 0, "worker_id": "w", "study_name": "aims", "directions": [2, 1]}]
        for values in ([1.0, 2.0], [2.0, 3.0], [0.5, 3.5]):
            aims += [{"op_code": 4, "worker_id": "w", "study_id": 0, "datetime_start": "2026-01-05T10:00:00.000000+00:00",
                      "datetime_complete": "2026-01-05T10:00:01.000000+00:00", "state": 1, "value": None, "values": values}]
        shifted = lines.replace('"study_id":0', '"study_id":1')
        for number in (2, 1, 0):
            shifted = shifted.replace(f'"trial_id":{number}', f'"trial_id":{number + 3}')
        path.write_text("".join(json.dumps(line) + "\n" for line in aims) + shifted)
        check(path, EXAMPLE)
        check(path, {"study": "aims", "direction": "MAXIMIZE,MINIMIZE", "trials": 3, "best": [[1.0, 2.0], [2.0, 3.0]],
                     "states": ["COMPLETE"] * 3, "values": [[1.0, 2.0], [2.0, 3.0], [0.5, 3.5]], "params": [{}] * 3})
        count += 2
        bent = [
            ("a constraint that is broken", lines.replace("[-2.0]", "[2.0]")),
            ("another value", lines.replace('"values":[15.25]', '"values":[15.5]')),
            ("another parameter", lines.replace('"param_value_internal":7,', '"param_value_internal":8,')),
            ("another word", lines.replace('"param_value_internal":2,', '"param_value_internal":1,')),
            ("another state", lines.replace('"state":2', '"state":3')),
            ("a trial less", "".join(trials.splitlines(keepends=True)[:-1])),
            ("a line cut and gone on with", lines.replace('"step":1,"intermediate_value":13.5}', '"step":1,')),
            ("an unknown code", lines.replace('"op_code":9', '"op_code":19')),
            ("other words of a choice", lines.replace(r'\"rivals\"', r'\"rival\"', 1)),
        ]
        for name, text in bent:
            if text in (lines, trials):
                raise Difference(f"{name}: the example was not changed")
            path.write_text(text)
            refused(name, path, EXAMPLE)
            count += 1
        path.write_text(lines)
        refused("nothing expected", path, {"study": "crash"})
        return count + 1


def main(words):
    if words[:1] in (["--read"], ["--write"]):
        print(json.dumps(read(*words[1:]) if words[0] == "--read" else write(words[1])))
    elif len(words) == 2:
        check(words[0], json.loads(pathlib.Path(words[1]).read_text()))
        print("optuna journal: read alike by both versions")
    else:
        print(f"optuna journal: {self_check()} passed, 0 failed")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Difference as difference:
        print(f"FAILED {difference}")
        sys.exit(1)
