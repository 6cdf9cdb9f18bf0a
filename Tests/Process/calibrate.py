"""Models fitted from tapes by the real program: what it says and refuses, and recorded rivals set against a recorded crash."""
import json
import tomllib

from harness import Folder, expect
from paper import DATA, TAKES_EVERYTHING, bailiff, imported, paper


def settings(preset):
    return {row["name"]: row for row in preset["settings"]}


def test_calibrate_explains_itself_and_refuses_with_its_codes():
    expect("example: bailiff tape calibrate" in bailiff("tape", "calibrate", "--help"), "no example")
    folder = Folder()
    bailiff("tape", "calibrate", code=64)
    bailiff("tape", "calibrate", folder.path / "nowhere", code=66)
    (folder.path / "x").write_text("no tape at all, by any reading of it")
    bailiff("tape", "calibrate", folder.path / "x", code=65)
    models = folder.path / "models.toml"
    for text in ("format = 1\n[rivals]\ncuont = 2000\n", "format = 1\n[rivals]\ncount = 2000\n", "[rivals]\n", "format = 7\n"):
        models.write_text(text)
        bailiff("paper", "--tape", "x", "--models", models, code=78)


def test_a_generated_run_is_calibrated_and_its_figures_are_used():
    folder = Folder()
    day, log, models = folder.path / "day.mcap", folder.path / "day.jsonl", folder.path / "models.toml"
    bailiff("tape", "generate", "--recipe", "crash", "--hours", "4", "--out", day)
    bailiff("paper", "--tape", day, "--preset", "default", "--log", log)
    words = ("tape", "calibrate", day, "--log", log, "--seed", "5")
    report = json.loads(bailiff(*words, "--json", "--out", models))
    fitted = {figure["name"]: figure for figure in report["figures"]}
    known = report["unknown"].keys() | fitted.keys()
    expect(known == {"feed.latency", "order.latency", "inclusion.high", "inclusion.median", "inclusion.low",
                     "gas.base_fee_change", "gas.priority_median_over_base", "gas.priority_high_over_median",
                     "rivals.count", "rivals.tip_share", "rivals.latency"}, f"{sorted(known)}")
    expect("feed.latency" in report["unknown"], "a generated tape tells of no latency")
    # The file says what the report says, and again the same bytes.
    file = tomllib.loads(models.read_text())
    for name, figure in fitted.items():
        section, key = name.split(".")
        for suffix, want in (("", figure["centre"]), ("_low", figure["low"]), ("_high", figure["high"])):
            found = file[section][key + suffix]
            expect((found if isinstance(found, list) else [found]) == want, f"{name}{suffix}: {found}, {want}")
        expect(file[section][key + "_samples"] == figure["samples"], name)
    again = folder.path / "again.toml"
    bailiff(*words, "--out", again)
    expect(again.read_bytes() == models.read_bytes(), "the same sources and seed made another file")
    bailiff(*words, "--out", again, code=69)
    before, after = paper(day), paper(day, "--models", models)
    changed = {figure["setting"] for figure in fitted.values() if figure.get("setting")} | {"decision_latency"}
    for name in before:
        old, new = settings(before[name]), settings(after[name])
        for row in old:
            is_fitted = name != "measured" and row in changed and not (name == "default" and row == "base_fee_factor")
            expect(new[row]["source"].startswith("calibrated on day") == is_fitted or "calibrated on synthetic" in
                   new[row]["source"] and is_fitted, f"{name}, {row}: {new[row]}")
            expect(is_fitted or old[row] == new[row], f"{name}, {row}: {old[row]}, {new[row]}")
    expect(before["measured"] == after["measured"], "the measured preset was changed")


def test_rivals_of_two_recordings_are_set_against_the_recorded_crash():
    folder = Folder()
    tapes = [imported(folder, episode) for episode in ("2022-01-btc-grind", "competition", "perp-market")]
    models = folder.path / "models.toml"
    report = json.loads(bailiff("tape", "calibrate", *tapes, "--out", models, "--json"))
    fitted = {figure["name"]: figure for figure in report["figures"]}
    expect({"rivals.count", "rivals.tip_share"} == fitted.keys(), f"{sorted(fitted)}")
    seen = report["seen"]
    expect(seen["liquidations"] == 2469 and seen["liquidators"] == 18 and seen["auctions"] == 167, f"{seen}")
    count, tips = fitted["rivals.count"], fitted["rivals.tip_share"]
    expect(1000 < count["low"][0] <= count["centre"][0] <= count["high"][0] < 18000, f"{count}")
    expect(tips["samples"] == 167 - seen["auctionsWithoutPrice"] - seen["auctionsWithoutIncentive"], f"{tips}, {seen}")
    print(f"    {count['centre'][0] / 1000} rivals ({count['low'][0] / 1000} to {count['high'][0] / 1000}) by {count['samples']};"
          f" median tip share {tips['centre'][8]} bps ({tips['low'][8]} to {tips['high'][8]}) by {tips['samples']}")
    strategy = folder.path / "config.toml"
    strategy.write_text(TAKES_EVERYTHING)
    crash = imported(folder, "2021-01-eth-crash")
    for name, preset in paper(crash, "--config", strategy, "--models", models).items():
        found, rows = preset["capture"], settings(preset)
        expect(found["of"] > 0 and 0 <= found["low"] <= found["ratio"] <= found["high"] <= 1, f"{name}: {found}")
        is_fitted = name != "measured"
        for row in ("rivals", "rival_tip_share"):
            expect(("calibrated on" in rows[row]["source"]) == is_fitted, f"{name}: {rows[row]}")
        expect("2022-01-btc-grind" in rows["rivals"]["source"] or not is_fitted, f"{rows['rivals']}")
        expect("competition" in rows["rival_tip_share"]["source"] or not is_fitted, f"{rows['rival_tip_share']}")
        print(f"    {name}: {found['won']} of {found['of']}, {found['ratio']:.3f} ({found['low']:.3f} to {found['high']:.3f}),"
              f" {rows['rivals']['value']} rivals made up")
