"""A run's own tape, written by real runs and read by somebody else's library: every channel, every count, and the run again."""
import collections
import json
import signal
import subprocess
import sys
import time

from harness import BAILIFF, ROOT, Folder, expect, start_bot, start_venue
from tapes import bailiff

PYTHON = ROOT / ".build/test-tools/bin/python"  # Has `mcap`, of PyPI: `scripts/setup --tests`.
OWN = ["configuration", "decisions", "inputs", "outcomes", "refusals", "requests", "responses"]
# Reads record by record, so that a file without its end reads to its last chunk.
READER = '''
import json, sys
from mcap.exceptions import McapError
from mcap.records import Channel, Message, Metadata, Schema
from mcap.stream_reader import StreamReader
channels, schemas, rows, metadata, ended = {}, {}, [], {}, True
with open(sys.argv[1], "rb") as file:
    try:
        for record in StreamReader(file, validate_crcs=True).records:
            if isinstance(record, Schema):
                schemas[record.id] = json.loads(record.data)
            elif isinstance(record, Channel):
                channels[record.id] = record
            elif isinstance(record, Metadata):
                metadata[record.name] = record.metadata
            elif isinstance(record, Message):
                channel = channels[record.channel_id]
                body = json.loads(record.data)
                lacks = [name for name in schemas[channel.schema_id]["required"] if name not in body]
                if lacks:
                    raise SystemExit(f"{channel.topic}: {lacks} missing in {record.data}")
                rows.append([channel.topic, record.log_time, None if channel.topic.startswith("feed/") else body])
    except McapError:
        ended = False
print(json.dumps({"rows": rows, "metadata": metadata, "ended": ended}))
'''


class Tape:
    """What somebody else's reader finds in a file."""

    def __init__(self, path):
        done = subprocess.run([PYTHON, "-c", READER, path], capture_output=True, text=True, timeout=120)
        expect(done.returncode == 0, f"{path}: {done.stderr[-600:]}")
        found = json.loads(done.stdout)
        self.metadata, self.ended = found["metadata"], found["ended"]
        self.counts = collections.Counter(topic for topic, _, _ in found["rows"])
        self.frames = sum(count for topic, count in self.counts.items() if topic.startswith("feed"))
        self.of = collections.defaultdict(list)
        for topic, at, body in found["rows"]:
            if body is not None:
                self.of[topic.removeprefix("bailiff/")].append(body)
        steps = [at for topic, at, body in found["rows"] if topic.startswith("feed/")]
        expect(steps == sorted(set(steps)), "moments of frames do not rise")


def count(rows, key, word):
    return sum(1 for row in rows if row.get(key) == word)


def compare(tape, summary):
    """The tape's counts are those that the run's summary has, channel by channel."""
    told = summary["tape"]
    expect(told["leftOff"] == 0 and told.get("failure") is None, f"{told}")
    expect(tape.frames == told["frames"] == summary["frames"], f"{tape.frames} frames, {told['frames']}, {summary['frames']}")
    own = {topic.removeprefix("bailiff/"): number for topic, number in tape.counts.items() if topic.startswith("bailiff/")}
    expect(own.pop("configuration") == 1 and own == told["entries"], f"{own} {told['entries']}")
    decisions, outcomes = tape.of["decisions"], tape.of["outcomes"]
    expect(count(decisions, "kind", "crossed") == summary["crossed"], "crossed")
    expect(count(decisions, "kind", "submit") == summary["bids"], "bids")
    expect(count(outcomes, "ending", "settled") == summary["won"], "won")
    for ending, number in summary["lost"].items():
        expect(count(outcomes, "ending", ending) == number, f"{ending}: {number}")
    expect({row["reason"] for row in tape.of["refusals"]} <= set(summary["refused"]), "refusals")
    expect(sum(int(row["cash"]) for row in outcomes) == int(summary["cash"]), "cash")
    end = tape.metadata["bailiff.end"]
    expect(all(int(end[name]) == number for name, number in own.items()) and end["left_off"] == "0", f"{end}")


def parity(*words):
    return json.loads(bailiff("parity", *words, "--json"))


def same(path):
    """A run's tape played again decides what the run decided, to the byte."""
    report = parity(path)
    found = report["comparison"]
    expect(found["isIdentical"] and "firstDivergence" not in found, f"{found}")
    for kind in ("decisions", "refusals"):
        expect(found[kind]["onlyFirst"] == found[kind]["onlySecond"] == 0, f"{found}")
    expect(report["difference"] == "0" and found["decisions"]["matched"] > 0, f"{found}")
    return report


def recorded(path):
    files = sorted(path.glob("*.mcap"))
    expect(len(files) == 1 and files[0].name.startswith("run-"), f"{files}")
    return files[0]


def test_a_live_run_s_own_tape_has_every_channel_no_secret_and_decides_the_same_again():
    folder = Folder()
    report = json.loads(bailiff(
        "demo", "--json", "--rivals", "2", "--speed", "3000", "--keep", folder.path, "--record", folder.path / "t"))
    path, summary = recorded(folder.path / "t"), report["bot"]
    tape = Tape(path)
    compare(tape, summary)
    expect(tape.ended and tape.metadata["bailiff.run"]["mode"] == "live", f"{tape.metadata}")
    expect(sorted(tape.of) == OWN, f"{sorted(tape.of)}")
    expect(summary["won"] > 10 and sum(summary["lost"].values()) > 0, f"{summary}")
    # What was sent is named, and neither it nor what signs it is there.
    requests, responses = tape.of["requests"], tape.of["responses"]
    expect(len(requests) == len(responses), f"{len(requests)} requests, {len(responses)} responses")
    posts = [row for row in requests if row["method"] == "POST"]
    expect(len({row["intent"] for row in posts}) == summary["bids"], f"{len(posts)} orders")
    expect(all(len(row["body_sha256"]) == 64 and row["body_bytes"] > 0 and "body" not in row for row in posts), f"{posts[0]}")
    expect({row["host"].split(":")[0] for row in requests} == {"127.0.0.1"}, "host")
    secret = (folder.path / "venue.secret").read_text()
    expect(secret not in json.dumps(tape.of) and "signature" not in json.dumps(requests + responses), "a secret is on the tape")
    expect(same(path)["first"]["profit"] == same(path)["second"]["profit"], "profit")
    # Frames alone, and filled as kindly as can be: the same crossings at first, and the difference under causes.
    log = folder.path / "replay.jsonl"
    replayed = json.loads(bailiff("replay", path, "--config", folder.path / "bailiff.toml", "--log", log, "--json"))
    expect(replayed["frames"] == summary["frames"] and replayed["intents"] > 0, f"{replayed}")
    apart = parity(path, log)
    sums = sum(int(row["money"]) for row in apart["causes"])
    expect(sums == int(apart["difference"]) != 0 and apart["comparison"]["decisions"]["matched"] > 10, f"{apart['causes']}")
    expect("firstDivergence" in apart["comparison"] and not apart["comparison"]["isIdentical"], "nothing parts them")
    text = bailiff("parity", path, log)
    expect("they part at decision" in text and "only second" in text, text)
    again = json.loads(bailiff("replay", path, "--as-run", "--json"))
    expect(again["decisions"] == sum(len(tape.of[name]) for name in ("decisions", "refusals", "outcomes")), f"{again}")
    bid = next(row for row in tape.of["decisions"] if row["kind"] == "submit")
    found = json.loads(bailiff("explain", bid["account"], "--tape", path, "--at", bid["at_ns"], "--json"))
    expect(json.loads(found["history"][-1]) == bid and found["verdict"] == {"refused": "inFlight"}, f"{found['verdict']}")
    fitted = json.loads(bailiff("tape", "calibrate", path, "--json"))
    answered = len({row["ordinal"] for row in responses if row["method"] == "POST" and row["status"] > 0})
    expect(fitted["seen"]["answers"] == answered, f"{fitted['seen']}")
    expect(any(row["name"] == "order.latency" for row in fitted["figures"]), f"{fitted['figures']}")
    # The practice venue takes every order into the next block that it can.
    shares = [row for row in fitted["figures"] if row["name"].startswith("inclusion.")]
    expect(shares and all(row["centre"][0] > 8_000 for row in shares), f"{fitted['figures']}, {fitted['unknown']}")


def test_a_paper_run_that_is_halted_and_whose_feed_falls_silent_decides_the_same_again():
    folder = Folder()
    venue, feed, url = start_venue(folder, "--accounts", "100", "--speed", "2000")
    # An outside model's answers are told as well: the run again needs no model.
    model = f'[model]\ncommand = ["{sys.executable}", "{ROOT}/examples/models/echo.py"]\nanswer_milliseconds_max = 500'
    folder.configure(feed, url, mode="paper", extra=model)
    folder.config.write_text(folder.config.read_text().replace("max = 5000", "max = 250"))
    bot = start_bot(folder, "--record", str(folder.path / "t"))
    time.sleep(4)
    bot.child.send_signal(signal.SIGUSR1)
    time.sleep(2)
    bot.child.send_signal(signal.SIGUSR2)
    time.sleep(2)
    venue.child.send_signal(signal.SIGSTOP)
    time.sleep(0.6)  # Shorter than what ends the socket's connection: the stream goes on where it was.
    venue.child.send_signal(signal.SIGCONT)
    time.sleep(4)
    bot.stop()
    summary = json.loads(bot.line(10))
    venue.stop()
    path = recorded(folder.path / "t")
    expect([str(path)] == summary["tape"]["files"], f"{summary['tape']}")
    tape = Tape(path)
    compare(tape, summary)
    expect(tape.metadata["bailiff.run"]["mode"] == "paper" and not tape.of["requests"], f"{tape.metadata}")
    kinds = collections.Counter(row["kind"] for row in tape.of["inputs"])
    expect(kinds["armed"] == 1 and kinds["command"] == 2 and kinds["advice"] > 0, f"{kinds}")
    conditions = [row["condition"] for row in tape.of["inputs"] if row["kind"] == "stream"]
    expect("broken" in conditions and "whole" in conditions, f"{conditions}")
    expect(count(tape.of["gaps"], "cause", "silence") == conditions.count("broken"), f"{tape.of['gaps']}")
    expect(summary["refused"].get("halted", 0) > 0 and summary["bids"] > 0, f"{summary['refused']}")
    same(path)
    # Cut in two and joined again it is still the run's.
    middle = tape.of["decisions"][len(tape.of["decisions"]) // 2]["at_ns"]
    halves = [folder.path / "first.mcap", folder.path / "second.mcap"]
    bailiff("tape", "cut", path, "--to", middle, "--out", halves[0])
    bailiff("tape", "cut", path, "--from", middle + 1, "--out", halves[1])
    bailiff("tape", "merge", *halves, "--out", folder.path / "joined.mcap")
    same(folder.path / "joined.mcap")
    # What rests on frames alone is not disturbed by what lies between them.
    bailiff("tape", "verify", path)
    bailiff("tape", "compile", path, "--out", folder.path / "t.cache")
    plain, cached = (json.loads(bailiff("replay", name, "--json")) for name in (path, folder.path / "t.cache"))
    expect(plain["hash"] == cached["hash"] and plain["frames"] == summary["frames"], f"{plain} {cached}")


def test_a_run_that_is_killed_leaves_a_tape_that_reads_to_its_last_chunk():
    folder = Folder()
    venue, feed, url = start_venue(folder, "--accounts", "100", "--speed", "2000")
    folder.configure(feed, url)
    bot = start_bot(folder, "--live", "--record", str(folder.path / "t"))
    time.sleep(13)
    bot.kill()
    # The next run is told what the journal remembers, and so is whoever plays its tape.
    second = start_bot(folder, "--live", "--record", str(folder.path / "second"))
    time.sleep(6)
    second.stop()
    compare(Tape(recorded(folder.path / "second")), json.loads(second.line(10)))
    kinds = collections.Counter(row["kind"] for row in Tape(recorded(folder.path / "second")).of["inputs"])
    expect(kinds["past"] > 0 and kinds["gas_used"] > 0 and kinds["armed"] == 1, f"{kinds}")
    same(recorded(folder.path / "second"))
    venue.stop()
    path = recorded(folder.path / "t")
    tape = Tape(path)
    expect(not tape.ended or "bailiff.end" not in tape.metadata, "a killed run ended its tape")
    expect(tape.frames > 100 and len(tape.of["decisions"]) > 0, f"{tape.counts}")
    info = json.loads(bailiff("tape", "info", path, "--json"))[str(path)]
    expect(info["messages"] == sum(tape.counts.values()), f"{info['messages']} {tape.counts}")
    # All that the run said by then is said again; behind its last word the last frame may have had more to say.
    found = parity(path)["comparison"]
    last = found["decisions"]["onlySecond"] + found["refusals"]["onlySecond"]
    expect(found["decisions"]["onlyFirst"] == found["refusals"]["onlyFirst"] == 0, f"{found}")
    expect(found["decisions"]["matched"] == len(tape.of["decisions"]) and last <= 50, f"{found}")


def test_tapes_of_runs_explain_themselves_and_refuse_with_their_codes():
    for command in ("run", "demo", "parity", "replay"):
        text = bailiff(command, "--help")
        expect(("--as-run" if command == "replay" else "--record" if command != "parity" else "own tape") in text, text)
    folder = Folder()
    folder.configure("tcp://127.0.0.1:1", "http://127.0.0.1:1", mode="paper")
    bailiff("run", "--config", folder.config, "--rotate-megabytes", "3", code=64)
    # A folder that cannot be made: nothing runs without the tape that was asked for.
    (folder.path / "file").write_text("")
    done = subprocess.run(
        [BAILIFF, "run", "--config", str(folder.config), "--record", str(folder.path / "file"), "--seconds", "1"],
        capture_output=True, text=True, timeout=60)
    expect(done.returncode != 0 and "file" in done.stderr, f"{done.returncode} {done.stderr}")
    tape = folder.path / "day.mcap"
    bailiff("tape", "generate", "--out", tape, "--accounts", "20", "--safe-accounts", "1", "--hours", "1")
    bailiff("replay", tape, "--as-run", code=64)
    bailiff("parity", tape, code=64)
    bailiff("parity", folder.path / "nowhere", code=66)
