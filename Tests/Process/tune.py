"""Trials and studies by real processes: the same answers everywhere, and a study that survives being killed."""
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import time

from harness import BAILIFF, Folder, Skipped, expect
from tapes import DATA, bailiff


def tape(folder, name, seed=1, recipe="crash", hours=2, accounts=120):
    """A generated tape and its compiled form."""
    path, cache = folder.path / f"{name}.mcap", folder.path / f"{name}.cache"
    bailiff("tape", "generate", "--recipe", recipe, "--hours", hours, "--accounts", accounts, "--safe-accounts", 60,
            "--seed", seed, "--out", path)
    bailiff("tape", "compile", path, "--out", cache)
    return path, cache


def trial(questions, *words, code=0):
    """The events that answer these lines."""
    done = subprocess.run([BAILIFF, "trial", *map(str, words)], input="".join(line + "\n" for line in questions),
                          capture_output=True, text=True, timeout=120)
    expect(done.returncode == code, f"{words}: exit code {done.returncode}, not {code}: {done.stderr[-300:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def results(events):
    found = [event for event in events if event["ev"] == "result"]
    for event in found:
        del event["metrics"]["seconds"]
    return found


def test_a_trial_has_the_same_answer_in_any_process_and_decides_what_paper_decides():
    folder = Folder()
    path, cache = tape(folder, "crash")
    first = json.dumps({"trial": 1, "params": {"tip_share_bps": 5000, "win_model": "rivals", "two_step": True}})
    other = json.dumps({"trial": 2, "params": {"minimum_profit_micros": 20000}})
    default = json.dumps({"trial": 3})
    alone = results(trial([first], "--tape", cache))
    served = results(trial([other, first, default, first], "--tape", cache, "--serve"))
    expect(served[1] == served[3] == alone[0], f"{alone[0]}\n{served}")
    expect(served[0]["decisionHash"] != served[1]["decisionHash"] and served[1]["metrics"]["bids"] > 10, f"{served}")
    # Compiled, and with what it remembers of other trials, a trial decides what the tape itself leads to.
    paper = json.loads(bailiff("paper", "--tape", path, "--preset", "default", "--json"))["tapes"][0]["presets"][0]
    expected = hashlib.sha256(f"crash {paper['decisionSHA256']}\n".encode()).hexdigest()
    expect(served[2]["decisionHash"] == expected, f"{served[2]} {paper['decisionSHA256']}")
    units = 10 ** paper["cashDecimals"]
    expect(abs(served[2]["value"] - int(paper["money"]["profit"]) / units) < 1e-6, f"{served[2]} {paper['money']}")


def test_stretches_add_up_and_a_slice_leaves_out_what_comes_after():
    folder = Folder()
    _, cache = tape(folder, "crash")
    whole = trial(['{"trial":1}'], "--tape", cache)[1]
    folds = [event for event in trial(['{"trial":1}'], "--tape", cache, "--windows", 7) if event["ev"] == "fold"]
    expect(len(folds) == 7 and abs(sum(f["value"] for f in folds) - whole["value"]) < 1e-6, f"{folds}")
    expect(sum(f["bids"] for f in folds) == whole["bids"] > 10, f"{folds}")
    info = json.loads(bailiff("tape", "info", str(cache).replace(".cache", ".mcap"), "--json"))
    middle = next(iter(info.values()))
    middle = (middle["startNanoseconds"] + middle["endNanoseconds"]) // 2
    early = trial(['{"trial":1}'], "--tape", f"{cache}@..{middle}")
    late = trial(['{"trial":1}'], "--tape", f"{cache}@{middle + 1}..")
    # The early one ends before bids that were under way; what it has, it has like the whole.
    expect(late[1]["bids"] + early[1]["bids"] <= whole["bids"] and late[1]["bids"] > 0 < early[1]["bids"],
           f"{early[1]} {late[1]} {whole}")


def test_bad_questions_have_documented_codes_and_a_worker_goes_on():
    folder = Folder()
    _, cache = tape(folder, "crash", hours=1, accounts=30)
    lines = ['{"trial":1,"params":{"tip_share_bps":99999}}', '{"trial":2,"params":{"no_such":1}}', "what",
             '{"trial":3,"parms":{}}', '{"trial":4,"tapes":["other"]}', '{"trial":5,"params":{"two_step":1}}',
             '{"trial":6,"params":{"rival_reservation_low_bps":9000,"rival_reservation_high_bps":1}}', '{"trial":7}']
    events = trial(lines, "--tape", cache, "--serve")
    codes = [event.get("code") for event in events if event["ev"] in ("error", "result")]
    expect(codes == [65, 65, 65, 65, 66, 65, 65, None], f"{codes}")
    expect(all("allowed" in event["message"] for event in events if event["ev"] == "error"), f"{events}")
    trial(lines[:1], "--tape", cache, code=65)
    trial([], "--tape", cache, code=66)
    trial([], "--tape", folder.path / "none.cache", code=66)
    stopped = trial(['{"trial":1,"asks":true,"tapes":["crash","b"]}', "stop"],
                    "--tape", cache, "--tape", tape(folder, "b", 2, hours=1, accounts=30)[1], code=10)
    expect(stopped[-1]["stopped"] and stopped[-1]["metrics"]["folds"] == 1, f"{stopped}")


def running(word):
    """Processes with this word on their command line."""
    found = []
    for line in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in line.read_bytes():
                found.append(line.parent.name)
        except OSError:  # It has ended.
            pass
    return found


def study(folder, name, *words, code=0, seconds=300):
    done = subprocess.run([BAILIFF, "tune", "--study", str(folder.path / name), "--json", *map(str, words)],
                          capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    expect(done.returncode == code, f"{words}: exit code {done.returncode}: {done.stderr[-400:]}")
    if code:
        return done.stderr
    summary = json.loads(done.stdout)
    for key in ("seconds", "command"):
        del summary[key]
    return summary


def journal(folder, name):
    """What a study file holds, but for the times of day."""
    lines = []
    for line in (folder.path / name / "study.journal").read_text().splitlines():
        fields = json.loads(line)
        lines.append(json.dumps({key: value for key, value in fields.items() if not key.startswith("datetime")}))
    return lines


def written(folder, name):
    """Bytes of a study's file."""
    try:
        return (folder.path / name / "study.journal").stat().st_size
    except FileNotFoundError:
        return 0


def test_one_worker_two_workers_and_a_killed_study_end_in_the_same_trials_values_and_hashes():
    folder = Folder()
    tapes = [tape(folder, f"t{seed}", seed)[0] for seed in (1, 2, 3)]
    words = [word for path in tapes[:2] for word in ("--tape", path)]
    words += ["--holdout", tapes[2], "--windows", 10, "--trials", 16]
    one = study(folder, "one", *words, "--workers", 1)
    two = study(folder, "two", *words, "--workers", 2)
    expect(one == two, "one worker and two differ")
    expect(sorted(journal(folder, "one")) == sorted(journal(folder, "two")), "their files differ")
    expect(all(trial["decisionHash"] and trial["value"] is not None for trial in one["history"]), f"{one['history']}")
    # By how far it has come, not by the clock: a fast machine ends a study in no time.
    kills, whole = 0, written(folder, "one")
    for part in range(12):
        child = subprocess.Popen([BAILIFF, "tune", "--study", str(folder.path / "killed"), *map(str, words)],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while child.poll() is None and written(folder, "killed") < whole * part / 14 and time.monotonic() < deadline:
            time.sleep(0.001)
        if child.poll() is not None:
            break
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        kills += 1
    expect(kills >= 2, f"killed only {kills} times")
    killed = study(folder, "killed", *words)
    differing = {key: (one[key], killed[key]) for key in one if one[key] != killed[key] and key != "history"}
    differing["history"] = [(a, b) for a, b in zip(one["history"], killed["history"]) if a != b]
    differing = {key: value for key, value in differing.items() if value}
    expect(not differing, f"a study killed {kills} times differs: {json.dumps(differing)[:600]}")
    rows = json.loads(bailiff("tune", "status", "--study", folder.path / "killed", "--json"))
    expect([row["study"] for row in rows] == ["bailiff-search", "bailiff-race", "bailiff-confirmation"], f"{rows}")
    expect(rows[0]["finished"] == 16 and all(row["running"] == row["failed"] == 0 for row in rows), f"{rows}")
    # As another study it does not go on, and no worker is left behind.
    refused = study(folder, "one", *words, "--seed", 2, code=78)
    expect("seed 1" in refused and "found 2" in refused, refused)
    deadline = time.monotonic() + 30
    while True:
        left = running(str(folder.path))
        if not left:
            break
        expect(time.monotonic() < deadline, f"workers are left: {left}")
        time.sleep(0.2)


def test_a_space_of_ones_own_is_searched_and_what_is_wrong_with_it_is_named():
    folder = Folder()
    path, _ = tape(folder, "crash", hours=1, accounts=60)
    space = folder.path / "space.json"
    printed = json.loads(bailiff("tune", "space", "--json"))
    expect(len(printed["hash"]) == 16 and len(printed["parameters"]) > 10, f"{printed}")
    space.write_text(json.dumps({"parameters": [{"name": "tip_share_bps", "low": 0, "high": 9000}, {"name": "win_model", "kind": "choice"}]}))
    words = ["--tape", path, "--holdout", tape(folder, "later", 2, hours=1, accounts=60)[0], "--windows", 10, "--trials", 8]
    found = study(folder, "s", *words, "--space", space, "--sampler", "sobol")
    expect([p["name"] for p in found["parameters"]] == ["tip_share_bps", "win_model"], f"{found['parameters']}")
    (folder.path / "bold.toml").write_text("deadline_blocks = 5000\n")
    outside = study(folder, "bold", *words, "--strategy", folder.path / "bold.toml", code=78)
    expect("bold.toml: deadline_blocks: found 5000; allowed: 1 to 200" in outside, outside)
    few = study(folder, "few", *words[:4], "--trials", 8, code=64)
    expect("1 folds to search on" in few and "allowed" in few, few)
    for text, word in (('{"parameters":[{"name":"no_such","low":0,"high":1}]}', "no_such"),
                       ('{"parameters":[{"name":"tip_share_bps","low":5,"high":1}]}', "tip_share_bps"),
                       ('{"parameters":[],"more":1}', "more"), ("what", "no space")):
        space.write_text(text)
        message = study(folder, "bad", *words, "--space", space, code=65)
        expect(word in message and "allowed" in message, message)


def by_fold(folder, name, cost):
    """A cost of the candidate and of the default on the folds held out, from the study file."""
    trial, points, costs, steps = -1, {}, {}, {}
    for line in (folder.path / name / "study.journal").read_text().splitlines():
        entry = json.loads(line)
        trial += entry["op_code"] == 4
        if entry["op_code"] == 5:
            points.setdefault(entry["trial_id"], []).append(entry["param_value_internal"])
        if entry["op_code"] == 7:
            steps.setdefault(entry["trial_id"], []).append(entry["step"])
        if entry["op_code"] == 8 and cost in entry["user_attr"]:
            costs[entry["trial_id"]] = entry["user_attr"][cost]
    expect(all(len(costs[trial]) == len(steps[trial]) and steps[trial] == sorted(steps[trial]) for trial in costs), "not by fold")
    held = [trial for trial in costs if min(steps[trial]) >= 20]
    expect(len(held) == 2, f"{held}: candidate and default are tried on the tapes held out, once")
    default = next(trial for trial in held if points[trial] == points[0])
    return costs[next(trial for trial in held if trial != default)], costs[default]


def test_with_several_objectives_the_verdict_weighs_each_and_names_what_stands_against():
    folder = Folder()
    tapes = [tape(folder, f"t{seed}", seed, hours=1, accounts=60)[0] for seed in (1, 2)]
    words = ["--tape", tapes[0], "--holdout", tapes[1], "--windows", 20, "--trials", 16]
    found = study(folder, "s", *words, "--objectives", "profit,drawdown,failed_gas", "--max-drawdown", 500)
    verdict = found["verdict"]
    expect(found["aims"] == ["drawdown", "failed gas"] == [aim["name"] for aim in verdict["aims"]], f"{verdict}")
    for aim, cost, together in zip(verdict["aims"], ("fold_drawdown", "fold_failed_gas"), (max, sum)):
        candidate, default = by_fold(folder, "s", cost)
        mean = sum(a - b for a, b in zip(candidate, default, strict=True)) / 20
        change = aim["increase"]
        expect(abs(change["mean"] - mean) < 1e-6 and change["low"] <= mean <= change["high"], f"{aim}: of the file {mean}")
        expect(abs(aim["found"] - together(candidate)) < 1e-6 and abs(aim["initial"] - together(default)) < 1e-6, f"{aim}")
        standing = "worse" if change["low"] > 0 else "better" if change["high"] < 0 else "unclear"
        expect(aim["standing"] == standing and aim["objects"] == (standing == "worse" or aim["breaksBound"]), f"{aim}")
    expect(verdict["aims"][0]["bound"] == 500 and "bound" not in verdict["aims"][1], f"{verdict['aims']}")
    against = [aim["name"] for aim in verdict["aims"] if aim["objects"]]
    expect(not against or verdict["decision"] == "keepDefault", f"{verdict}")
    provenance = (folder.path / "s" / "params.toml").read_text()
    expect("# drawdown, held out: " in provenance and "# failed gas, held out: " in provenance, provenance[:900])
    # The front, the candidate and who is recommended are marked, in the summary and by `tune status`.
    expect([one["isCandidate"] for one in found["standing"]].count(True) == 1, f"{found['standing']}")
    recommended = next(one for one in found["standing"] if one["isRecommended"])
    expect(recommended["isCandidate" if verdict["decision"] == "adopt" else "isDefault"], f"{recommended}")
    status = json.loads(bailiff("tune", "status", "--study", folder.path / "s", "--json"))[0]["front"]
    marked = {one["trial"] for one in status if one["isOnFront"]} - {0}
    expect(marked == {found["history"][place]["id"] for place in found["front"]} - {0}, f"{status}")
    expect([one["trial"] for one in status if one["isCandidate"]] == [found["history"][found["candidateAt"]]["id"]], f"{status}")
    expect(sum(one["isRecommended"] for one in status) == 1, f"{status}")
    expect("recommended" in bailiff("tune", "status", "--study", folder.path / "s"), "status marks nobody")
    # A bound that the candidate of a study keeps in training and cannot keep on a wilder tape.
    worst = max(one["maxDrawdown"] for one in found["history"])
    bound = study(folder, "bound", *words, "--max-drawdown", worst, "--max-failed-gas", 0.5)
    for aim in bound["verdict"].get("aims", []):
        expect(not aim["isObjective"] and aim["breaksBound"] == (aim["found"] > aim["bound"]) == aim["objects"], f"{aim}")
        named = f"its {aim['name']} of" in bound["verdict"]["sentence"] and "above the bound" in bound["verdict"]["sentence"]
        expect(named or not aim["objects"], bound["verdict"]["sentence"])
    print(f"    {verdict['sentence']} {bound['verdict']['sentence']}")


def test_a_stretch_of_a_searched_tape_may_be_held_out_is_said_to_be_one_and_may_not_overlap():
    folder = Folder()
    path, _ = tape(folder, "a", hours=2, accounts=60)
    info = next(iter(json.loads(bailiff("tape", "info", path, "--json")).values()))
    middle = (info["startNanoseconds"] + info["endNanoseconds"]) // 2
    words = ["--windows", 20, "--trials", 8, "--sampler", "random"]
    done = subprocess.run([BAILIFF, "tune", "--study", str(folder.path / "s"), "--tape", f"{path}@..{middle}", "--holdout",
                           f"{path}@{middle}..", *map(str, words)], capture_output=True, text=True, timeout=120)
    expect(done.returncode == 0, f"exit code {done.returncode}: {done.stderr[-300:]}")
    name = f"a@{middle}.."
    said = done.stderr.splitlines()[0:3] + done.stdout.splitlines()
    expect(sum(f"{name}: held out, and a stretch of a tape that is searched on" in line for line in said) == 2, f"{said}")
    found = json.loads((folder.path / "s" / "tune.json").read_text())
    expect([one["isStretchOfSearched"] for one in found["tapes"]] == [False, True], f"{found['tapes']}")
    expect(f"# {name}: held out, and a stretch" in (folder.path / "s" / "params.toml").read_text(), "no word in params.toml")
    verdict = found["verdict"]
    expect(verdict.get("sharesTapes", True) and ("heldOut" not in verdict or "stretches of tapes that were searched on"
                                                 in verdict["sentence"]), f"{verdict}")
    other, _ = tape(folder, "b", 2, hours=1, accounts=60)
    apart = study(folder, "apart", "--tape", path, "--holdout", other, *words)
    expect(not any(one["isStretchOfSearched"] for one in apart["tapes"]) and not apart["verdict"].get("sharesTapes"), "no share")
    said = study(folder, "t", "--tape", f"{path}@..{middle}", "--holdout", f"{path}@{middle - 10**9}..", *words, code=64)
    expect("overlaps" in said and "allowed" in said, said)
    expect("overlaps" in study(folder, "u", "--tape", path, "--holdout", f"{path}@{middle}..", *words, code=64), "the whole tape")


def test_tuned_on_the_first_half_of_january_2021_the_figure_of_the_second_half_is_printed_with_its_interval():
    if not DATA.exists():
        raise Skipped(f"{DATA} is not there")
    folder = Folder()
    path = folder.path / "january.mcap"
    bailiff("tape", "import", DATA / "2021-01-eth-crash", "--out", path)
    middle = "2021-01-16T00:00:00Z"
    found = study(folder, "s", "--tape", f"{path}@..{middle}", "--holdout", f"{path}@{middle}..", "--windows", 24,
                  "--trials", 40, seconds=600)
    # Of so many trials one beats the default in training; without a candidate there would be no figure to print.
    held = found["verdict"].get("heldOut")
    expect(held is not None, f"no candidate: {found['verdict']}")
    expect(held["folds"] == 24 and held["low"] < held["mean"] < held["high"], f"{held}")
    print(f"  held out: {held['mean']:.2f} a fold ({held['low']:.2f} to {held['high']:.2f}): {found['verdict']['decision']}")
