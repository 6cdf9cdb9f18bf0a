"""Starts and stops real bailiff processes on loopback, and lays journal and ledger side by side.

Written apart from the program, in another language: the books are compared by somebody who did not keep them.
"""
import contextlib
import json
import os
import pathlib
import select
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BAILIFF = os.environ.get("BAILIFF", str(ROOT / ".build/release/bailiff"))
FINISHED = {"settled": 100, "outbid": 101, "reverted": 102, "expired": 103, "rejected": 104, "abandoned": 105}


class Failure(Exception):
    """An expectation did not hold."""


class Skipped(Exception):
    """What the test needs is not on this machine."""


def expect(condition, message):
    if not condition:
        raise Failure(message)


class Folder:
    """A run's files: secret, configuration, journal, ledger. Kept when the test fails."""

    made = []

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="bailiff-test-"))
        Folder.made.append(self.path)
        self.secret = self.path / "venue.secret"
        self.secret.write_text("a secret for this test only")
        self.secret.chmod(0o600)
        self.journal = self.path / "journal.sqlite"
        self.ledger = self.path / "ledger.json"
        self.config = self.path / "bailiff.toml"

    @classmethod
    def remove_all(cls):
        for path in cls.made:
            shutil.rmtree(path)
        cls.made.clear()

    def configure(self, feed, url, mode="live", extra=""):
        self.config.write_text(f'''
mode = "{mode}"
[live]
enabled = {"true" if mode == "live" else "false"}
[feed]
endpoints = ["{feed}"]
silence_milliseconds_max = 5000
[venue]
url = "{url}"
secret_file = "{self.secret}"
request_milliseconds_max = 1000
status_poll_milliseconds = 10
[journal]
path = "{self.journal}"
[capital]
gas_money_wei = "10000000000000000000000"
{extra}
''')


class Process:
    """A child with its standard output read by line. Ends with the test, whatever happens."""

    alive = []

    def __init__(self, *words, stderr=subprocess.DEVNULL, env=None):
        self.child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=stderr, stdin=subprocess.DEVNULL, env=env)
        self.buffer = b""
        Process.alive.append(self)

    def line(self, seconds):
        deadline = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.child.stdout], [], [], left)[0]:
                raise Failure(f"no line within {seconds} s")
            chunk = os.read(self.child.stdout.fileno(), 65536)
            if not chunk:
                raise Failure(f"output ended; exit code {self.child.wait()}")
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()

    def has_line(self):
        return b"\n" in self.buffer or bool(select.select([self.child.stdout], [], [], 0)[0])

    def kill(self):
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()

    def stop(self, seconds=20):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"did not stop when asked: {self.child.args[1]}")

    @classmethod
    def end_all(cls):
        for process in cls.alive:
            if process.child.poll() is None:
                process.kill()
        cls.alive.clear()


def start_venue(folder, *words):
    venue = Process(BAILIFF, "venue", "--json", "--feed", "tcp://127.0.0.1:*", "--http-port", "0", "--linger", "600",
                    "--secret-file", str(folder.secret), "--ledger", str(folder.ledger), *words)
    ready = json.loads(venue.line(30))
    return venue, ready["feed"], ready["http"]


def start_bot(folder, *words):
    return Process(BAILIFF, "run", "--json", "--config", str(folder.config), *words)


def journal_rows(folder):
    with contextlib.closing(sqlite3.connect(folder.journal)) as db:
        return db.execute("SELECT id, state, cash, gas_paid FROM intent").fetchall()


def unfinished(folder):
    return sum(1 for row in journal_rows(folder) if row[1] < 100)


def id_text(value):
    return value.hex() if isinstance(value, bytes) else value


def history(folder, name):
    """What the journal tells of an intent, for a failure's message."""
    with contextlib.closing(sqlite3.connect(folder.journal)) as db:
        rows = db.execute("SELECT * FROM event").fetchall() + db.execute("SELECT * FROM attempt").fetchall()
    return [row for row in rows if any(id_text(value) == name for value in row if isinstance(value, (bytes, str)))]


def compare_books(folder):
    """Every intent in both books, once, with the same ending and the same money; and the sums. Returns counts."""
    ledger = json.loads(folder.ledger.read_text())
    ours = [row for row in ledger["rows"] if row["liquidator"] == "bailiff"]
    by_id = {row["id"]: row for row in ours}
    expect(len(by_id) == len(ours), "an intent was executed twice")
    journal = {id_text(row[0]): row for row in journal_rows(folder)}
    for name, (_, state, cash, gas) in journal.items():
        expect(state >= 100, f"{name} is unfinished: {history(folder, name)}")
        row = by_id.pop(name, None)
        if row is None:
            expect(state in (104, 105), f"{name} ended as {state} in the journal and is not in the ledger")
            continue
        expect(FINISHED[row["ending"]] == state, f"{name}: ledger {row['ending']}, journal {state}")
        expect(int(row["cash"]) == int(cash) and int(row["gas_paid"]) == int(gas), f"{name}: money differs")
    expect(not by_id, f"in the ledger, not in the journal: {sorted(by_id)[:3]}")
    account = next(entry for entry in ledger["liquidators"] if entry["name"] == "bailiff")
    expect(int(account["cash"]) == sum(int(row[2] or 0) for row in journal.values()), "cash sums differ")
    expect(int(account["gas_burnt"]) == sum(int(row[3] or 0) for row in journal.values()), "gas sums differ")
    settled = [row for row in ours if row["ending"] == "settled"]
    return {"intents": len(journal), "settled": len(settled)}
