"""A real PostgreSQL for tests, in a temporary folder and on 127.0.0.1, and a reader of Optuna's tables that is not Optuna."""
import atexit
import contextlib
import glob
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from harness import Skipped, expect

PASSWORD = "a password for these tests only"
ENVIRONMENT = {**os.environ, "PGPASSWORD": PASSWORD}
SECONDS_MAX = 30


class Postgres:
    """Run by an unprivileged user, as the server demands. Ended by its process id."""

    def __init__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise Skipped("no PostgreSQL here: run scripts/setup --tests")
        self.programs = programs[-1]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bailiff-test-postgres-"))
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self.user:
            for path in (self.folder, secret):
                shutil.chown(path, "postgres", "postgres")
        subprocess.run(
            [*self.user, f"{self.programs}/initdb", "-D", f"{self.folder}/data", "-U", "tester", f"--pwfile={secret}",
             "--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"],
            check=True, timeout=SECONDS_MAX, stdout=subprocess.DEVNULL, cwd=self.folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        atexit.register(self.remove)
        self.start()
        # What the README asks for: a user who owns one database and nothing else.
        for statement in (f"CREATE ROLE tuner LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE tune OWNER tuner"):
            done = self.psql("-d", "postgres", "-c", statement)
            expect(done.returncode == 0, done.stderr)
        self.url = f"postgresql://tuner:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/tune"

    def start(self):
        # Without fsync: no test cuts the power.
        self.server = subprocess.Popen(
            [*self.user, f"{self.programs}/postgres", "-D", f"{self.folder}/data", "-p", str(self.port), "-c", "fsync=off",
             "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
            stdout=subprocess.DEVNULL, stderr=open(self.folder / "log", "w"), cwd=self.folder)
        deadline = time.monotonic() + SECONDS_MAX
        while subprocess.run([f"{self.programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode != 0:
            expect(time.monotonic() < deadline and self.server.poll() is None, (self.folder / "log").read_text()[-400:])
            time.sleep(0.05)

    def stop(self):
        if self.server.poll() is not None:
            return
        os.kill(self.server.pid, signal.SIGINT)  # Fast: connections are ended.
        try:
            self.server.wait(SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)

    def words(self, *words):
        return [f"{self.programs}/psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tester", "-qtAX", *words]

    def psql(self, *words):
        return subprocess.run(
            self.words(*words), env=ENVIRONMENT, capture_output=True, text=True, timeout=SECONDS_MAX, check=False)

    def rows(self, sql):
        """Objects by column."""
        done = self.psql("-d", "tune", "-c", f"SELECT coalesce(json_agg(row), '[]') FROM ({sql}) AS row")
        if "does not exist" in done.stderr:
            return []
        expect(done.returncode == 0, done.stderr)
        return json.loads(done.stdout)

    @contextlib.contextmanager
    def locked(self, name, waiting):
        """Holds the lock of that name until so many others wait for it."""
        with subprocess.Popen(
                self.words("-d", "tune"), env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
            try:
                holder.stdin.write(f"SELECT pg_advisory_lock(hashtext('{name}')); SELECT 'held';\n")
                holder.stdin.flush()
                while holder.stdout.readline().strip() != "held":
                    expect(holder.poll() is None, "psql ended")
                yield
                deadline = time.monotonic() + SECONDS_MAX
                while len(self.rows("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) < waiting:
                    expect(time.monotonic() < deadline, f"nobody waits for {name}")
                    time.sleep(0.1)
            finally:
                holder.kill()

    def trials(self, study):
        """Number, state, value, parameters, attributes and how many tapes were told, from the tables as they are."""
        attributes = "(SELECT coalesce(json_object_agg(key, value_json::json), '{{}}') FROM trial_{}_attributes a" \
            " WHERE a.trial_id = t.trial_id)"
        return self.rows(f"""
            SELECT t.number, t.state, v.value, {attributes.format("user")} AS "user", {attributes.format("system")} AS system,
                (SELECT coalesce(json_object_agg(param_name, param_value), '{{}}') FROM trial_params p
                    WHERE p.trial_id = t.trial_id) AS params,
                (SELECT count(*) FROM trial_intermediate_values i WHERE i.trial_id = t.trial_id) AS told
            FROM trials t JOIN studies s USING (study_id) LEFT JOIN trial_values v USING (trial_id)
            WHERE s.study_name = '{study}' ORDER BY t.number""")
