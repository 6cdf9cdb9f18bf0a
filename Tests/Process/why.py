"""Why runs differ, by the real program on a generated tape."""
import json

from harness import Folder, expect
from paper import bailiff


def logged(folder, tape, name, *words):
    """A run's log and its own report."""
    path = folder.path / f"{name}.jsonl"
    report = json.loads(bailiff("paper", "--tape", tape, "--log", path, "--json", *words))
    return path, report["tapes"][0]["presets"][0]


def generated(folder):
    tape = folder.path / "day.mcap"
    bailiff("tape", "generate", "--out", tape, "--accounts", "100", "--safe-accounts", "10", "--hours", "2")
    return tape


def test_parity_puts_a_difference_of_two_runs_under_causes_that_add_up():
    folder = Folder()
    tape = generated(folder)
    few, first = logged(folder, tape, "few", "--preset", "default", "--rivals", "1")
    many, second = logged(folder, tape, "many", "--preset", "default", "--rivals", "8")
    report = json.loads(bailiff("parity", few, many, "--json"))
    difference = int(second["money"]["profit"]) - int(first["money"]["profit"])
    sums = {row["cause"]: int(row["money"]) for row in report["causes"]}
    expect(difference != 0 and sum(sums.values()) == difference == int(report["difference"]), f"{difference}: {sums}")
    expect(max(sums, key=lambda cause: abs(sums[cause])) == "rivals", f"{sums}")
    expect(first["money"]["profit"] == report["first"]["profit"], f"{report['first']}")
    lines = [json.loads(line) for line in few.read_text().splitlines()]
    ended = [line for line in lines if line.get("kind") == "ended"]
    expect(sum(int(line["cash"]) + int(line["gas_value"]) for line in ended) == int(first["money"]["profit"]), "log")
    closed = sum(1 for line in lines if line.get("kind") == "closed")
    expect(closed + first["opportunities"]["open"] == first["opportunities"]["opened"], f"{closed}")
    text = bailiff("parity", few, many, "--rows", "3")
    expect("rivals" in text and "sum" in text and "crossings differ" in text, text)
    same = json.loads(bailiff("parity", few, few, "--json"))
    expect(same["difference"] == "0" and same["rows"] == [], f"{same['causes']}")


def test_parity_explains_itself_and_refuses_with_its_codes():
    expect("example: bailiff parity" in bailiff("parity", "--help"), "no example")
    folder = Folder()
    tape = generated(folder)
    bailiff("paper", "--tape", tape, "--log", folder.path / "all.jsonl", code=64)
    whole, _ = logged(folder, tape, "whole", "--preset", "default")
    bailiff("paper", "--tape", tape, "--preset", "default", "--log", whole, code=69)
    bailiff("parity", whole, code=64)
    bailiff("parity", whole, folder.path / "nowhere", code=66)
    cut = folder.path / "cut.jsonl"
    cut.write_text("".join(whole.read_text().splitlines(keepends=True)[:-1]))
    bailiff("parity", whole, cut, code=65)
    cut.write_text("{}\n")
    bailiff("parity", whole, cut, code=65)


def test_explain_says_what_the_replay_did_and_refuses_with_its_codes():
    expect("example: bailiff explain" in bailiff("explain", "--help"), "no example")
    folder = Folder()
    tape = generated(folder)
    log = folder.path / "decisions.jsonl"
    bailiff("replay", tape, "--log", log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    refused = next(line for line in lines if "reason" in line and line["reason"] != "inFlight")
    bid = next(line for line in lines if line.get("kind") == "submit")

    def explain(line):
        found = bailiff("explain", line["account"], "--tape", tape, "--at", line["at_ns"], "--json")
        found = json.loads(found)
        expect(found["account"] == line["account"] and len(found["legs"]) >= 2, f"{found}")
        expect(all(leg["pricedAtNanoseconds"] <= line["at_ns"] and leg["pricedBy"] for leg in found["legs"]), "prices")
        expect(json.loads(found["history"][-1]) == line, f"{found['history']}")
        return found

    found = explain(refused)
    expect(found["verdict"] == {"refused": refused["reason"]} and found["offers"], f"{found['verdict']}")
    found = explain(bid)
    expect(found["verdict"] == {"refused": "inFlight"} and found["state"]["openIntents"] == "1", f"{found['verdict']}")
    expect(found["health"]["isLiquidatable"] == "true" and found["distance"] < 0, f"{found['health']}")
    text = bailiff("explain", bid["account"], "--tape", tape, "--at", bid["at_ns"])
    expect("decision" in text and "distance to the edge" in text and "decided before" in text, text)
    bailiff("explain", bid["account"], "--tape", tape, code=64)
    bailiff("explain", bid["account"], "--tape", tape, "--at", "1", code=64)
    bailiff("explain", "nobody", "--tape", tape, "--at", bid["at_ns"], code=66)
    bailiff("explain", bid["account"], "--tape", tape, "--at", bid["at_ns"], "--market", "other", code=66)
    bailiff("explain", bid["account"], "--tape", folder.path / "nowhere", "--at", bid["at_ns"], code=66)
