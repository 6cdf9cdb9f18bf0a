#!/usr/bin/env python3
"""Compares our tapes with the reference implementation of the container, both ways, message by message.

Tapes that `bailiff tape import` makes are read by the `mcap` package, by index and in a stream; files that the package writes
(chunks by zstd, plain and without chunks, with metadata, an attachment and overlapping times) are read by `bailiff tape`. Needs
mcap and zstandard.
"""
import base64
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from mcap.reader import NonSeekingReader, SeekingReader
from mcap.stream_reader import StreamReader
from mcap.writer import CompressionType, Writer

ROOT = pathlib.Path(__file__).resolve().parents[2]
BAILIFF = os.environ.get("BAILIFF", str(ROOT / ".build/release/bailiff"))
SEED = int(os.environ.get("BAILIFF_SEED", "1"))
SECONDS_MAX = 120


class Failure(Exception):
    pass


def expect(condition, message):
    if not condition:
        raise Failure(message)


def tape(*words):
    done = subprocess.run([BAILIFF, "tape", *words], capture_output=True, timeout=SECONDS_MAX)
    expect(done.returncode == 0, f"tape {words}: {done.returncode} {done.stderr.decode()[:400]}")
    return done.stdout


def ours(path):
    """Every message as our reader tells it."""
    found = []
    for line in tape("cat", str(path), "--json").splitlines():
        row = json.loads(line)
        data = row["data"].encode() if "data" in row else base64.b64decode(row["data_base64"])
        found.append((row["log_ns"], row["publish_ns"], row["channel"], row["sequence"], data))
    return found


def theirs(reader):
    return [
        (m.log_time, m.publish_time, channel.topic, m.sequence, m.data)
        for _, channel, m in reader.iter_messages(log_time_order=True)]


def prices_file(folder, source):
    path = folder / "prices.csv"
    lines, now, price = ["unix_ms,price"], 1_600_000_000_000, 1_000_000
    for _ in range(20_000):
        now += source.randrange(1, 2_000)
        price = max(500_000, price + source.randrange(-900, 901))
        lines.append(f"{now},{price // 1000}.{price % 1000:03d}")
    path.write_text("\n".join(lines) + "\n")
    return path


def check_theirs_reads_ours(folder, source):
    path = folder / "ours.mcap"
    tape("import", str(prices_file(folder, source)), "--layout", "ticks", "--asset", "XYZ", "--out", str(path))
    mine = ours(path)
    with open(path, "rb") as file:
        reader = SeekingReader(file, validate_crcs=True)
        expect(theirs(reader) == mine, "by index: other messages")
        summary = reader.get_summary()
        expect(summary.statistics.message_count == len(mine), "other statistics")
        expect([m.name for m in reader.iter_metadata()] == ["bailiff.run"], "other metadata")
        file.seek(0)
        some = theirs(type("Only", (), {"iter_messages": lambda self, **words: reader.iter_messages(
            topics=["feed/tape.market"], starting_at=mine[5000][0], ending_before=mine[9000][0], **words)})())
        wanted = [m for m in mine if mine[5000][0] <= m[0] < mine[9000][0] and m[2] == "feed/tape.market"]
        expect(some == wanted and len(wanted) > 1000, "by topic and time: other messages")
    with open(path, "rb") as file:
        expect(theirs(NonSeekingReader(file, validate_crcs=True)) == mine, "in a stream: other messages")
    for schema in summary.schemas.values():
        json.loads(schema.data)
    return len(mine), path, mine


def check_a_cut_tape(folder, path, mine):
    """Cut within a chunk: both read the same first part."""
    whole = path.read_bytes()
    cut = folder / "cut.mcap"
    cut.write_bytes(whole[: len(whole) * 6 // 10])
    read = ours(cut)
    found = []
    try:
        for record in StreamReader(io.BytesIO(cut.read_bytes())).records:
            if type(record).__name__ == "Message":
                found.append((record.log_time, record.data))
    except Exception:  # The package ends in an error where the file ends; what it told before is what counts.
        pass
    expect([(m[0], m[4]) for m in read] == sorted(found, key=lambda m: m[0]), "cut: other messages")
    expect(read == mine[: len(read)] and len(read) > 100, f"cut: {len(read)} messages")
    return len(read)


def write_theirs(path, source, compression, chunked, count=3_000):
    written = []
    with open(path, "wb") as file:
        writer = Writer(
            file, chunk_size=20_000, compression=compression, use_chunking=chunked, enable_crcs=source.random() < 0.5,
            use_statistics=source.random() < 0.8, use_summary_offsets=source.random() < 0.5)
        writer.start(profile="x", library="reference")
        schema = writer.register_schema(name="s", encoding="jsonschema", data=b"{}")
        channels = [
            writer.register_channel(topic=f"t/{i}", message_encoding="json", schema_id=schema if i else 0,
                                    metadata={"i": str(i)})
            for i in range(4)]
        now = 1_000_000
        for i in range(count):
            now += source.randrange(0, 50)
            # Some come late, so that chunks overlap in time.
            log = now - (source.randrange(0, 4_000) if source.random() < 0.05 else 0)
            which = source.randrange(4)
            data = bytes(source.randrange(256) for _ in range(source.randrange(60)))
            writer.add_message(channels[which], log_time=log, publish_time=log - 3, sequence=i, data=data)
            written.append((log, log - 3, f"t/{which}", i, data))
            if i == count // 2:
                writer.add_metadata("m", {"a": "b"})
                writer.add_attachment(create_time=1, log_time=2, name="n", media_type="text/plain", data=b"hello")
        writer.finish()
    return sorted(written, key=lambda m: m[0])


def check_ours_reads_theirs(folder, source):
    total = 0
    for number, (compression, chunked) in enumerate(
            [(CompressionType.ZSTD, True), (CompressionType.NONE, True), (CompressionType.NONE, False)] * 4):
        path = folder / f"theirs-{number}.mcap"
        written = write_theirs(path, source, compression, chunked)
        read = ours(path)
        expect(read == written, f"{path.name}: {compression} {chunked}: other messages")
        info = json.loads(tape("info", str(path), "--json"))[str(path)]
        expect(info["messages"] == len(written) and info["metadata"] == {"m": {"a": "b"}}, f"{path.name}: {info}")
        expect(info["attachments"] == ["n"] and info["isWhole"], f"{path.name}: {info}")
        total += len(written)
    # One that we do not unpack is refused by name.
    path = folder / "lz4.mcap"
    write_theirs(path, source, CompressionType.LZ4, True, 100)
    done = subprocess.run([BAILIFF, "tape", "cat", str(path)], capture_output=True, timeout=SECONDS_MAX)
    expect(done.returncode == 65 and b"lz4" in done.stderr and b"zstd" in done.stderr, f"lz4: {done}")
    return total


def main():
    source = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="bailiff-tapes-") as name:
        folder = pathlib.Path(name)
        try:
            count, path, mine = check_theirs_reads_ours(folder, source)
            print(f"tapes: the reference reads ours: {count} messages, by index, by topic and time, and in a stream")
            print(f"tapes: a cut tape is the same to both: {check_a_cut_tape(folder, path, mine)} messages")
            print(f"tapes: we read the reference's: {check_ours_reads_theirs(folder, source)} messages in 12 files")
        except Failure as failure:
            print(f"FAILED (seed {SEED}): {failure}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
