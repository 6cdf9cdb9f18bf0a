"""The paper world on recorded days, by the real program: what it liquidates, what it says, and that it says it again."""
import json
import os
import pathlib
import subprocess

from harness import BAILIFF, ROOT, Folder, Skipped, expect

DATA = pathlib.Path(os.environ.get("BAILIFF_DATA", ROOT.parent / "shared" / "data"))

# As `bailiff demo --episode` has it: what the real market took at a loss is taken too, and nothing halts the bot.
TAKES_EVERYTHING = """
[capital]
gas_money_wei = "10000000000000000000000"
[strategy]
open_intents_max = 512
minimum_profit_micros = -1000000000000
minimum_return_bps = 0
[limits]
consecutive_failures_max = 0
revert_ratio_bps_max = 0
"""


def bailiff(*words, code=0, seconds=600):
    done = subprocess.run(
        [BAILIFF, *map(str, words)], capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    expect(done.returncode == code, f"{words}: exit code {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


def imported(folder, episode):
    if not DATA.exists():
        raise Skipped(f"no recorded episodes at {DATA}")
    path = folder.path / f"{episode}.mcap"
    bailiff("tape", "import", DATA / episode, "--out", path)
    return path


def paper(path, *words):
    """The presets' reports by name. Every figure that must add up is added up here, by somebody who did not keep them."""
    report = json.loads(bailiff("paper", "--tape", path, "--json", *words))
    expect(report["format"] == 1 and len(report["tapes"]) == 1, f"{sorted(report)}")
    presets = {preset["preset"]: preset for preset in report["tapes"][0]["presets"]}
    for name, preset in presets.items():
        found = preset["opportunities"]
        expect(sum(row["count"] for row in found["classes"]) + found["open"] == found["opened"], f"{name}: {found}")
        nets = sum(int(row["net"]) for row in found["classes"]) + int(found["openNet"])
        expect(nets == int(preset["money"]["profit"]), f"{name}: {nets}, {preset['money']}")
        expect(int(preset["money"]["cash"]) + int(preset["money"]["gas"]) == nets, f"{name}: {preset['money']}")
        by_class = {}
        for row in preset["accounts"]:
            by_class[row["class"]] = by_class.get(row["class"], 0) + int(row["money"])
        if preset["accountsDropped"] == 0:
            for row in found["classes"]:
                expect(by_class.get(row["name"], 0) == int(row["money"]), f"{name}, {row}")
        if preset["series"]:
            expect(preset["series"][-1]["profit"] == preset["money"]["profit"], f"{name}: the series ends elsewhere")
        expect(len(preset["series"]) <= 500 and len(preset["accounts"]) <= 1000, name)
    return presets


def test_paper_explains_itself_and_refuses_with_its_codes():
    expect("example: bailiff paper" in bailiff("paper", "--help"), "no example")
    folder = Folder()
    bailiff("paper", code=64)
    bailiff("paper", "--tape", folder.path / "nowhere", code=66)
    bailiff("paper", "--tape", "x", "--preset", "kind", code=64)
    bailiff("paper", "--tape", "x", "--rivals", "65", code=64)
    (folder.path / "x").write_text("no tape at all, by any reading of it")
    bailiff("paper", "--tape", folder.path / "x", code=65)
    bailiff("paper", "--tape", folder.path / "x", "--out", folder.path / "x", code=69)


def test_paper_does_nothing_on_a_quiet_day():
    folder = Folder()
    for name, preset in paper(imported(folder, "2017-09-calm")).items():
        expect(preset["opportunities"]["opened"] == 0 and preset["bids"]["intents"] == 0, f"{name}")
        expect(preset["capture"].get("ratio") is None and preset["money"]["profit"] == "0", f"{name}")


def test_paper_without_rivals_liquidates_whom_the_real_market_did_and_with_them_fewer():
    folder = Folder()
    path = imported(folder, "2021-01-eth-crash")
    config = folder.path / "all.toml"
    config.write_text(TAKES_EVERYTHING)
    alone = paper(path, "--rivals", "0", "--preset", "default", "--config", config)["default"]
    won = {row["account"] for row in alone["accounts"] if row["class"] == "won"}
    expect(len({name for name in won if name.startswith("0x")}) == 191, f"{len(won)} accounts")
    expect(all(name.startswith("0x") for name in won), "a safe account was liquidated")
    expect(alone["world"]["others"]["settled"] == 0, f"{alone['world']}")
    first, second = folder.path / "first.json", folder.path / "second.json"
    presets = paper(path, "--out", first)
    paper(path, "--out", second)
    expect(first.read_bytes() == second.read_bytes(), "two runs of the same seed differ")
    expect(list(presets) == ["measured", "default", "adversarial"], f"{list(presets)}")
    shares = [preset["capture"]["ratio"] for preset in presets.values()]
    expect(shares == sorted(shares, reverse=True) and 0 < shares[2] < shares[0] < 1, f"{shares}")
    for preset in presets.values():
        capture = preset["capture"]
        expect(capture["low"] < capture["ratio"] < capture["high"], f"{capture}")
    expect(presets["measured"]["world"]["others"]["settled"] > 50, "the recorded winners took next to nothing")
    print(f"    captured {', '.join(f'{share:.1%}' for share in shares)}")
