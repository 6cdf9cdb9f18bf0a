"""Tapes by real processes: recorded from a live venue, killed in the middle, imported, cut, exported and replayed."""
import json
import os
import pathlib
import subprocess
import time

from harness import BAILIFF, ROOT, Folder, Process, Skipped, expect, start_venue

DATA = pathlib.Path(os.environ.get("BAILIFF_DATA", ROOT.parent / "shared" / "data"))


def bailiff(*words, code=0, seconds=300):
    done = subprocess.run(
        [BAILIFF, *map(str, words)], capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    expect(done.returncode == code, f"{words}: exit code {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


def replay(path, *words):
    """What a replay reports, without what a clock measured."""
    report = json.loads(bailiff("replay", path, "--json", *words))
    for key in ("seconds", "framesPerSecond", "tape"):
        del report[key]
    return report


def recorded(folder, *words, seconds=8):
    """A venue's whole market, recorded."""
    venue, feed, url = start_venue(folder, "--speed", "3600", "--accounts", "100", "--rivals", "1")
    folder.configure(feed, url, mode="paper")
    recorder = Process(BAILIFF, "record", "--json", "--config", str(folder.config), "--out", str(folder.path / "t"), *words)
    deadline = time.monotonic() + 60
    while not list((folder.path / "t").glob("*.mcap")):
        expect(time.monotonic() < deadline, "the recorder does not begin")
        time.sleep(0.05)
    time.sleep(seconds)
    return venue, recorder


def test_a_live_feed_is_recorded_whole_and_replays_to_one_hash():
    folder = Folder()
    venue, recorder = recorded(folder)
    recorder.stop()
    counts = json.loads(recorder.line(5))
    venue.stop()
    expect(counts["frames"] > 100 and counts["faulty"] == 0 and counts["missing"] == 0, f"{counts}")
    expect(recorder.child.returncode == 0 and len(counts["files"]) == 1, f"{counts}")
    path = counts["files"][0]
    check = json.loads(bailiff("tape", "verify", path, "--json"))[path]
    expect(check["frames"] == counts["frames"] and check["missing"] == 0 and not check["findings"], f"{check}")
    info = json.loads(bailiff("tape", "info", path, "--json"))[path]
    expect(info["isWhole"] and info["origin"] == "recorded", f"{info}")
    run = info["metadata"]["bailiff.run"]
    expect(all(len(run[f"{name}_sha256"]) == 64 for name in ("binary", "configuration", "parameters")), f"{run}")
    first, second = replay(path), replay(path)
    expect(first == second, f"{first}\n{second}")
    expect(first["frames"] == counts["frames"] and first["accounts"] > 100, f"{first}")
    # Out and in again: the same frames. What silence means is not in them, so only the copies decide alike.
    lines = folder.path / "frames.jsonl"
    lines.write_text(bailiff("tape", "export", path))
    bailiff("tape", "import", lines, "--out", folder.path / "again.mcap")
    bailiff("tape", "merge", folder.path / "again.mcap", "--out", folder.path / "merged.mcap")
    again, merged = replay(folder.path / "again.mcap"), replay(folder.path / "merged.mcap")
    expect(again["hash"] == merged["hash"], f"{again}\n{merged}")
    expect(again["frames"] == first["frames"], f"{again}\n{first}")
    expect(bailiff("tape", "export", folder.path / "again.mcap") == lines.read_text(), "other frames came back")
    bailiff("tape", "cut", path, "--out", path, code=69)


def test_a_recorder_that_is_killed_leaves_a_tape_that_reads():
    folder = Folder()
    venue, recorder = recorded(folder, "--rotate-megabytes", "1", seconds=9)
    recorder.kill()
    venue.stop()
    files = sorted((folder.path / "t").glob("*.mcap"))
    last = str(files[-1])
    info = json.loads(bailiff("tape", "info", last, "--json"))[last]
    expect(not info["isWhole"] and info["ending"].startswith("cut at byte"), f"{info['ending']}")
    expect(info["messages"] > 50, f"{info['messages']}")
    bailiff("tape", "verify", last, code=65)
    expect(replay(last) == replay(last), "two replays of a cut tape differ")


def test_tape_commands_explain_themselves_and_refuse_with_their_codes():
    for command in ("info", "verify", "cat", "cut", "merge", "export", "import"):
        text = bailiff("tape", command, "--help")
        expect(f"example: bailiff tape {command}" in text, text[:200])
    for command in ("record", "replay"):
        expect(f"example: bailiff {command}" in bailiff(command, "--help"), command)
    folder = Folder()
    bailiff("tape", "info", folder.path / "nowhere", code=66)
    bailiff("tape", code=64)
    bailiff("tape", "nonsense", code=64)
    bailiff("tape", "info", code=64)
    (folder.path / "x").write_text("no tape at all, by any reading of it")
    bailiff("tape", "info", folder.path / "x", code=65)
    bailiff("replay", folder.path / "x", code=65)
    (folder.path / "x.csv").write_text("unix_s,open,high,low,close\n1,2,1,1,1\n")
    bailiff("tape", "import", folder.path / "x.csv", "--out", folder.path / "y", code=65)
    expect(not (folder.path / "y").exists(), "a source that is refused left a file")


def test_every_recorded_episode_imports_and_replays_twice_to_one_hash():
    if not DATA.exists():
        raise Skipped(f"no recorded episodes at {DATA}")
    folder = Folder()
    hashes = {}
    for source in sorted(path for path in DATA.iterdir() if path.is_dir()):
        path = folder.path / f"{source.name}.mcap"
        bailiff("tape", "import", source, "--out", path)
        bailiff("tape", "verify", path)
        first, second = replay(path), replay(path)
        expect(first == second, f"{source.name}: {first}\n{second}")
        expect(first["faulty"] == 0 and first["recordFaults"] == 0 and first["missing"] == 0, f"{source.name}: {first}")
        hashes[source.name] = first
    expect(len(hashes) == 8, f"{sorted(hashes)}")
    expect(hashes["2017-09-calm"]["intents"] == 0, "a quiet day is traded")
    expect(hashes["2021-01-eth-crash"]["intents"] > 0, f"{hashes['2021-01-eth-crash']}")
    again = folder.path / "again.mcap"
    bailiff("tape", "import", DATA / "2021-01-eth-crash", "--out", again)
    expect(again.read_bytes() == (folder.path / "2021-01-eth-crash.mcap").read_bytes(), "two imports differ")


def test_a_generated_tape_and_its_cache_replay_to_one_hash_and_a_damaged_cache_is_refused():
    folder = Folder()
    tape, cache, broken = (folder.path / name for name in ("d.mcap", "d.cache", "broken.cache"))
    bailiff("tape", "generate", "--recipe", "depeg", "--hours", "2", "--ticks", "20", "--out", tape)
    bailiff("tape", "compile", tape, "--out", cache)
    of_tape, of_cache = replay(tape), replay(cache)
    expect(of_tape == of_cache and of_tape["crossed"] > 0, f"{of_tape} {of_cache}")
    again = folder.path / "again.mcap"
    bailiff("tape", "generate", "--recipe", "depeg", "--hours", "2", "--ticks", "20", "--out", again)
    expect(again.read_bytes() == tape.read_bytes(), "the same recipe and seed are another tape")
    whole = cache.read_bytes()
    for bytes_, word in [
            (whole[:-1], "truncated"), (whole[:96] + bytes([whole[96] ^ 1]) + whole[97:], "otherDecoder"),
            (whole[:16] + b"\x09" + whole[17:], "otherVersion"),
            (whole[:192 + 64 * 1_000 + 16] + b"\x4d" + whole[192 + 64 * 1_000 + 17:], "badRecord")]:
        broken.write_bytes(bytes_)
        done = subprocess.run([BAILIFF, "replay", str(broken)], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 65 and word in done.stderr, f"{word}: {done.returncode} {done.stderr}")
    bailiff("tape", "compile", tape, "--out", cache, code=69)
