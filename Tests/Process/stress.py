"""Trouble on purpose, by the real program: the same bytes again, sums added up by somebody who did not keep them, refusals."""
import json
import subprocess

from harness import BAILIFF, Folder, expect

FEW = ["--accounts", "60", "--blocks", "100"]


def bailiff(*words, seconds=300):
    return subprocess.run(
        [BAILIFF, *map(str, words)], capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)


def stress(*words):
    done = bailiff("stress", *FEW, "--json", *words)
    expect(done.returncode == 0, f"{words}: {done.returncode} {done.stderr[-300:]}")
    return done.stdout


def test_stress_says_who_loses_what_under_every_design_and_the_same_bytes_again():
    folder = Folder()
    first, second = stress("--out", folder.path / "a.json"), stress("--out", folder.path / "b.json")
    expect(first == second, "two runs of one seed differ")
    expect((folder.path / "a.json").read_text() == first == (folder.path / "b.json").read_text(), "--out differs")
    report = json.loads(first)
    designs = {(row["margin"], row["mechanism"]) for row in report["results"]}
    absent = {(row["margin"], row["mechanism"]) for row in report["absent"]}
    expect(len(designs) == 17 and len(absent) == 7 and not designs & absent, f"{designs} {absent}")
    expect(len(report["results"]) == 9 * 17, f"{len(report['results'])} results")
    for row in report["results"]:
        expect(int(row["badDebt"]) == int(row["insuranceDraw"]) + int(row["socialised"]), f"{row}")
        expect(row["isSolventAtEnd"] == (row["owedBeyond"] == "0"), f"{row}")
        expect(0 <= row["lowestPriceBasisPoints"] <= 10_000, f"{row}")
        all_of_it = int(row["volume"]) + int(row["badDebt"])
        if all_of_it:
            expect(row["recoveredBasisPoints"] == int(row["volume"]) * 10_000 // all_of_it, f"{row}")
    expect(sum(int(row["badDebt"]) for row in report["results"]) > 0, "nobody lost anything")
    expect(stress("--seed", "2") != first, "another seed is the same")


def test_stress_takes_risk_parameters_from_a_file_and_from_options_and_a_quiet_day_costs_nothing():
    folder = Folder()
    path = folder.path / "risk.toml"
    path.write_text("[stress]\npenalty_bps = 1200\nclose_factor_bps = 2500\n")
    words = ["--scenario", "cascade", "--margin", "cross", "--mechanism", "fixed-close"]
    report = json.loads(stress(*words, "--config", path, "--close-factor-bps", "3000"))
    expect(report["parameters"]["penalty_bps"] == 1200 and report["parameters"]["close_factor_bps"] == 3000, "not taken")
    expect(len(report["results"]) == 1, f"{report['results']}")
    plain = json.loads(stress(*words))
    expect(report["results"] != plain["results"], "parameters change nothing")
    quiet = json.loads(stress("--severity", "0"))
    for row in quiet["results"]:
        expect(row["badDebt"] == row["owedBeyond"] == row["botProfit"] == "0" and row["liquidations"] == 0, f"{row}")
    table = bailiff("stress", *FEW, *words).stdout
    expect("cross/fixed-close" in table and "socialised" in table and "isolated" not in table, table)


def test_stress_refuses_what_it_does_not_know_and_says_what_is_allowed():
    folder = Folder()
    path = folder.path / "risk.toml"
    for words, code, word in [
            (["--scenario", "boom"], 64, "correlated-collapse"), (["--margin", "none"], 64, "portfolio"),
            (["--mechanism", "none"], 64, "stability-pool"), (["--severity", "2.01"], 64, "0 to 2"),
            (["--severity", "-1"], 64, "0 to 2"), (["--severity", "1.234"], 64, "two decimals"),
            (["--accounts", "0"], 64, "1"), (["--penalty-bps", "9999"], 64, "3000"),
            (["--margin", "portfolio", "--mechanism", "english"], 64, "isolated/english")]:
        done = bailiff("stress", *words)
        expect(done.returncode == code and word in done.stderr, f"{words}: {done.returncode} {done.stderr}")
    for text, word in [("[stress]\npenalty = 1\n", "stress.penalty"), ("[stress]\npenalty_bps = 9999\n", "3000"),
                       ("[other]\nx = 1\n", "other")]:
        path.write_text(text)
        done = bailiff("stress", "--config", path)
        expect(done.returncode == 78 and word in done.stderr, f"{text}: {done.returncode} {done.stderr}")
    path.write_text("")
    done = bailiff("stress", *FEW, "--scenario", "depeg", "--out", path)
    expect(done.returncode == 69 and "a new file" in done.stderr, f"{done.returncode} {done.stderr}")
