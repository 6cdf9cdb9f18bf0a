"""The page of a study, `report.html`, in a real browser: figures and curves worked out again from `tune.json` and the study's
journal, by somebody who did not draw them."""
import json
import math
import re
import subprocess
import sys

from browser import Browser
from harness import BAILIFF, Folder, expect
from report import Nodes, embedded, look, needed
from tapes import bailiff

# A name that would be markup if anything put it into the page as such, and two words for a shell.
FOLDER = "a <b id='taken'>study"
SECTIONS = list(range(1, 12))


def study(folder, *words, name=FOLDER, trials=24):
    """The summary of a small study, its folder, and what was said on the way."""
    tapes = []
    for seed in (1, 2, 3):
        tapes.append(folder.path / f"t{seed}.mcap")
        if not tapes[-1].exists():
            bailiff("tape", "generate", "--recipe", "crash", "--hours", 1, "--accounts", 60, "--safe-accounts", 30,
                    "--seed", seed, "--out", tapes[-1])
    done = subprocess.run(
        [BAILIFF, "tune", "--study", str(folder.path / name), "--tape", str(tapes[0]), "--tape", str(tapes[1]),
         "--holdout", str(tapes[2]), "--windows", "10", "--trials", str(trials), *map(str, words)],
        capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    expect(done.returncode == 0, f"exit code {done.returncode}: {done.stderr[-400:]}")
    return json.loads((folder.path / name / "tune.json").read_text()), folder.path / name, done.stderr


def found_at(summary, path):
    for key in path.split("."):
        summary = summary[int(key)] if isinstance(summary, list) else summary.get(key) if summary is not None else None
    return summary


def reads(value, form, text):
    """Whether the text of a figure is its value's."""
    if value is None:
        return text == "-"
    if form in ("amount", "share", "seconds"):
        places, size, end = {"amount": (4, 1, ""), "share": (1, 100, " %"), "seconds": (1, 1, " s")}[form]
        number = text.removesuffix(end).replace(",", "")
        # A half may be rounded either way by two languages.
        return text.endswith(end) and re.fullmatch(r"-?\d+\.\d{%d}" % places, number) is not None and \
            abs(float(number) - value * size) <= 0.5 * 10 ** -places + 1e-9
    if form in ("whole", "count"):
        return text == f"{math.floor(value + 0.5):,}"
    return text == (value[:16] if form == "hash" else str(value))


def compare(nodes, summary):
    for path, given, form, text in nodes.figures:
        value = found_at(summary, path)
        expect(json.loads(given) == value, f"{path}: the page has {given}, tune.json {value}")
        expect(reads(value, form, text), f"{path}: reads {text}, is {value}")


def wanted(summary):
    """Paths that a reader has to find."""
    verdict = summary["verdict"]
    paths = ["verdict.decision", "verdict.sentence", "trials", "raceTrials", "confirmationTrials", "failedTrials", "seed",
             "command", "spaceHash", "binary"]
    paths += [f"parameters.{i}.{key}" for i in range(len(summary["parameters"])) for key in ("initial", "found", "importance")]
    paths += [f"tapes.{i}.{key}" for i in range(len(summary["tapes"])) for key in ("name", "sha256")]
    paths += [f"standing.{i}.gain" for i in range(len(summary["standing"]))]
    paths += [f"history.{i}.{key}" for i in summary["front"] for key in ("value", "maxDrawdown", "failedGas")]
    paths += [f"standing.{i}.costs.{j}" for i in range(len(summary["standing"])) for j in range(len(summary["aims"]))]
    paths += [f"rounds.{i}.{key}" for i, one in enumerate(summary["rounds"]) for key in ["dropped"] + [
        f"tapes.{j}.folds" for j in range(len(one["tapes"]))] + [
        f"runners.{j}.trial" for j, runner in enumerate(one["runners"]) if runner["isDropped"]]]
    paths += [f"verdict.aims.{i}.{key}" for i in range(len(verdict.get("aims", []))) for key in (
        "increase.mean", "increase.low", "increase.high", "standing", "found", "initial", "bound")]
    if "heldOut" in verdict:
        paths += [f"verdict.heldOut.{key}" for key in ("folds", "mean", "low", "high")]
        paths += ["verdict.overfittingChance", "verdict.deflatedChance", "verdict.trialsCounted", "verdict.keptShareMin"]
        paths += [f"verdict.plateau.{i}.keptShare" for i in range(len(verdict["plateau"]))]
        paths += [f"verdict.walkForward.{i}.testedGain" for i in range(len(verdict["walkForward"]))]
    return paths


def drawn(folder, page):
    """What the charts were given: the data of each by its name, read out by a script at the end of a copy of the page."""
    script = """<script>const seen = document.createElement("pre"); seen.id = "seen";
      seen.textContent = JSON.stringify(Object.fromEntries(drawings.map((one) =>
        [one.canvas.getAttribute("data-chart"), one.config.data]))).replaceAll("<", "\\\\u003c").replaceAll("&", "\\\\u0026")
        .replaceAll(">", "\\\\u003e");
      document.body.append(seen);</script></body>"""
    copy = folder.path / "copy.html"
    text = page.read_text()
    expect(text.count("</body>") == 1, "the page has no one end")
    copy.write_text(text.replace("</body>", script))
    return json.loads(re.search(r'<pre id="seen">(.*?)</pre>', Browser(folder, copy).dom, re.S).group(1))


def near(a, b):
    return a == b if a is None or b is None else math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def journal_folds(path):
    """The scores by fold of every trial of the search, from the journal: trials by id."""
    folds, search, trial = {}, set(), -1
    for line in (path / "study.journal").read_text().splitlines():
        entry = json.loads(line)
        if entry["op_code"] == 4:
            trial += 1
            if entry["study_id"] == 0:
                search.add(trial)
        if entry["op_code"] == 7 and entry["trial_id"] in search:
            folds.setdefault(entry["trial_id"], {})[entry["step"]] = entry["intermediate_value"]
    return folds


def compare_rounds(charts, summary, path):
    """The race again, from the journal: who was where after the folds of each round, and how many left on which tapes."""
    folds, points, trial = {}, {}, -1
    for line in (path / "study.journal").read_text().splitlines():
        entry = json.loads(line)
        trial += entry["op_code"] == 4
        if entry["op_code"] == 5:
            points.setdefault(entry["trial_id"], []).append((entry["param_name"], entry["param_value_internal"]))
        if entry["op_code"] == 7:
            folds.setdefault(entry["trial_id"], {})[entry["step"]] = entry["intermediate_value"]
    known = {}
    for trial, found in folds.items():
        known.setdefault(str(points[trial]), {}).update(found)
    searched, rounds = [tape for tape in summary["tapes"] if tape["isSearched"]], summary["rounds"]
    bars = {tape["name"]: 0 for tape in searched}
    for number, one in enumerate(rounds):
        means = {runner["trial"]: sum(known[str(points[runner["trial"]])][fold] for fold in one["folds"]) / len(one["folds"])
                 for runner in one["runners"]}
        expect(len(means) == len(one["runners"]), f"round {number}: somebody runs twice")
        expect(all(near(means[runner["trial"]], runner["mean"]) for runner in one["runners"]), f"round {number}: {one} {means}")
        worst = sorted(means.values())[:one["dropped"]]
        gone = sorted(means[runner["trial"]] for runner in one["runners"] if runner["isDropped"])
        expect(len(gone) == one["dropped"] and all(near(a, b) for a, b in zip(gone, worst)), f"round {number}: not the worst left")
        stayed = {runner["trial"] for runner in one["runners"] if not runner["isDropped"]}
        expect(number + 1 == len(rounds) or stayed == {runner["trial"] for runner in rounds[number + 1]["runners"]},
               f"round {number}: who stayed does not run on")
        for place, tape in enumerate(searched):
            count = sum(fold // summary["windows"] == place for fold in one["folds"])
            expect(one["tapes"][place] == {"name": tape["name"], "folds": count}, f"round {number}: {one['tapes']}")
            bars[tape["name"]] += one["dropped"] if count else 0
    expect(sum(one["dropped"] for one in rounds) == len(rounds[0]["runners"]) - len(stayed) > 4, f"{rounds}")
    drawn = charts["dropped by tape"]
    for place, name in enumerate(drawn["labels"]):
        height = sum(found["data"][place] for found in drawn["datasets"])
        expect(height == bars[name], f"{name}: a bar of {height}, of the journal {bars[name]}")
    expect(len(drawn["labels"]) == len(searched), f"{drawn['labels']}")


def compare_gains(summary, path):
    folds = journal_folds(path)
    first = folds[min(folds)]
    for trial in summary["history"]:
        gains = [value - first[fold] for fold, value in folds[trial["id"]].items()]
        mean = sum(gains) / len(gains)
        error = math.sqrt(sum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1) / len(gains))
        expect(len(gains) == 20 and abs(trial["gain"] - mean) < 1e-6 and abs(trial["gainError"] - error) < 1e-6,
               f"trial {trial['id']}: {trial['gain']} ({trial['gainError']}), of the journal {mean} ({error})")
    expect(len({trial["gain"] for trial in summary["history"]}) > 4, "the trials are all alike: this proves little")


def front(summary, key):
    """Trials that no other beats in profit and this."""
    trials = [(trial[key], trial["value"]) for trial in summary["history"]]
    return sorted(a for a in trials if not any(b != a and b[0] <= a[0] and b[1] >= a[1] for b in trials))


def compare_charts(charts, summary):
    history, standing = summary["history"], summary["standing"]
    best, curve, low = None, [], []
    for trial in history:
        if best is None or trial["gain"] > best["gain"]:
            best = trial
        curve.append(best["gain"])
        low.append(best["gain"] - 1.96 * best["gainError"])
    sets = charts["best so far"]["datasets"]
    expect(all(near(p["y"], y) for p, y in zip(sets[0]["data"], curve, strict=True)), "the curve of the best is another")
    expect(all(near(p["y"], y) for p, y in zip(sets[4]["data"], low, strict=True)), "the band is another")
    expect([p["y"] for p in sets[1]["data"]] == [0, 0], "the default is not at 0")
    count, width = math.ceil(len(history) / 10), len(summary["parameters"]) + 1
    lines = {found["label"]: found["data"] for found in charts["parallel coordinates"]["datasets"]}
    expect(len(lines["best tenth of the trials"]) == count * width, f"{len(lines['best tenth of the trials'])} points")
    expect(len(lines["the others"]) == (len(history) - count) * width, f"{len(lines['the others'])} points")
    expect(all(p["y"] is None or -1e-9 <= p["y"] <= 1 + 1e-9 for line in lines.values() for p in line), "beside the ends")
    top = max(history, key=lambda trial: trial["gain"])
    for index, parameter in enumerate(summary["parameters"]):
        low_end, high_end, value = parameter["low"], parameter["high"], top["values"][index]
        if parameter["isLogarithmic"]:
            low_end, high_end, value = math.log(low_end), math.log(high_end), math.log(value)
        place = (value - low_end) / (high_end - low_end)
        expect(near(lines["best tenth of the trials"][index]["y"], place), f"{parameter['name']} of the best is not at {place}")
        points = charts[f"slice, {parameter['name']}"]["datasets"][0]["data"]
        sides = [side for side in summary["verdict"].get("plateau", []) if side["parameter"] == parameter["name"]]
        expected = [(trial["values"][index], trial["gain"]) for trial in history]
        expected += [(one["values"][index], 0) for one in standing if one["isDefault"]]
        expected += [(side["value"], side["keptShare"] * standing[0]["gain"]) for side in sides]
        expected += [] if standing[0]["isDefault"] else [(standing[0]["values"][index], standing[0]["gain"])]
        expect(len(points) == len(expected) and all(near(p["x"], x) and near(p["y"], y) for p, (x, y) in zip(points, expected)),
               f"{parameter['name']}: its slice is another")
    for key, title in (("maxDrawdown", "drawdown"), ("failedGas", "failed gas")):
        marked = sorted((p["x"], p["y"]) for p in charts[f"profit against {title}"]["datasets"][0]["data"])
        expect(marked == front(summary, key), f"{title}: marked {marked}, the front {front(summary, key)}")


def test_the_page_of_a_study_shows_what_tune_json_says_and_asks_nothing_of_anybody():
    needed()
    folder = Folder()
    summary, path, said = study(folder)
    page = path / "report.html"
    expect("left out" not in said, said)
    expect(embedded(page) == summary, "the page holds another summary")
    nodes = look(folder, page)
    compare(nodes, summary)
    missing = [key for key in wanted(summary) if key not in {figure[0] for figure in nodes.figures}]
    expect(not missing, f"not on the page: {missing}")
    expect(nodes.sections == SECTIONS, f"sections {nodes.sections}")
    expect(nodes.derived == {f"{whose}.{key}": count for key in ("maxDrawdown", "failedGas") for whose, count in (
        ("all", len(summary["history"])), ("front", len(front(summary, key))))} | {
        f"{what}.{index}": len(one[key]) for index, one in enumerate(summary["rounds"])
        for what, key in (("folds", "folds"), ("ran", "runners"))}, f"{nodes.derived}")
    main = re.search(r'<main id="report">(.*)</main>', Browser(folder, page).dom, re.S).group(1)
    expect("&lt;b id=" in main and "<b id=" not in main, "a name became markup")
    expect("[object" not in main and "undefined" not in main and "NaN" not in main, "a value without a text is shown")
    compare_gains(summary, path)
    charts = drawn(folder, page)
    compare_charts(charts, summary)
    compare_rounds(charts, summary, path)
    expect(summary["verdict"].get("heldOut") is None or "train against hold-out" in nodes.charts, f"{sorted(nodes.charts)}")
    print(f"    {len(nodes.figures)} figures, {len(nodes.charts)} charts, light and dark; {summary['verdict']['sentence']}")


def test_without_a_chart_library_a_study_ends_without_its_page_and_says_how_to_get_it():
    folder = Folder()
    summary, path, said = study(folder, "--charts", folder.path / "nowhere", trials=8)
    expect("left out" in said and "nowhere" in said and "libjs-chart.js" in said, said)
    expect(not (path / "report.html").exists() and summary["trials"] == 8, "a page without charts")
    library = folder.path / "charts.js"
    library.write_text("// </script> Chart")
    _, _, said = study(folder, "--charts", library, trials=8)
    page = path / "report.html"
    expect("left out" not in said and "// <\\/script> Chart" in page.read_text(), f"no page: {said[-300:]}")
    # An old page does not stay beside new figures.
    study(folder, "--charts", folder.path / "nowhere", trials=9)
    expect(not page.exists(), "the page of eight trials stands beside nine")


def test_the_command_of_a_study_makes_the_same_study_again():
    folder = Folder()
    space = folder.path / "a space.json"
    space.write_text(json.dumps({"parameters": [{"name": "win_model", "kind": "choice"}, {"name": "two_step", "kind": "choice"}]}))
    words = ["--space", space, "--objectives", "profit,drawdown", "--max-drawdown", 500, "--sampler", "random"]
    first, path, _ = study(folder, *words, trials=8)
    expect("keptShareMin" not in first["verdict"], "a space of choices has sides")
    before = (path / "study.journal").read_bytes()
    command = first["command"].replace("bailiff ", f"'{BAILIFF}' ", 1)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    expect(done.returncode == 0, f"{command}: exit code {done.returncode}: {done.stderr[-400:]}")
    again = json.loads((path / "tune.json").read_text())
    for summary in (first, again):
        del summary["seconds"]
    expect(first == again and (path / "study.journal").read_bytes() == before, "another study")


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_") and all(word in name for word in sys.argv[1:]):
            test()
            print("passed", name)
