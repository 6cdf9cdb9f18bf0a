#!/usr/bin/env python3
"""One worker of a study on many machines: Optuna asks, one long-lived `bailiff trial --serve` answers, PostgreSQL remembers.

Workers share nothing but the database; each may be started, stopped or killed at any time. Its URL holds a password and so is
never an argument: it is in $BAILIFF_TUNE_DATABASE or in the file of --database-file.

Exit codes: 0 the study has its trials, 64 the command line, 65 the space is refused or parameter after parameter is, 66 a file is
missing, 69 setpriv or the program cannot be started, 70 the program fails time after time, 75 the database is not there: try
later, 78 the study was begun with something else, 143 asked to stop by SIGTERM or SIGINT; a program that will not start passes
its own code on.
"""
from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import statistics
import sys
import time
import warnings
from typing import Any

import optuna
from optuna.trial import FrozenTrial, Trial, TrialState

from options import arguments
from program import Failed, Leave, Program
from space import Space
from store import FINISHED, Retry, alone, database, of_database, opened

FAILURES_MAX = 5  # In a row; then something is wrong with this machine, or with the space.


class Worker:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.space = Space(options.space)
        words = [options.bailiff, "trial", "--serve", *(f"--tape={tape}" for tape in options.tape)]
        words += [
            f"--{name}={getattr(options, name)}" for name in ("preset", "windows", "strategy", "config")
            if getattr(options, name) is not None]
        self.program = Program(words, options.trial_seconds)
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.random = random.Random()
        self.retry = Retry(max_retry=options.retries)
        self.failure: Failed | None = None
        self.failures = 0
        self.leaving: Leave | None = None
        self.identity: dict[str, Any] = {}

    def stop(self, *_: object) -> None:
        """On a signal. The running trial sees its program die, fails and is queued again."""
        self.leaving = Leave(143, "asked to stop")
        self.program.kill()

    def started(self) -> dict[str, Any]:
        """Starts the program. Returns what results depend on, by name."""
        ready = self.program.start()
        self.tapes = sorted(tape["name"] for tape in ready["tapes"])
        self.windows: int = ready["tapes"][0]["windows"]
        return {
            "binary": ready["binary"], "settings": ready["settings"], "windows": self.windows,
            "space": self.space.hash, "parameters": self.space.sha256,
            **{f"tape {tape['name']}": tape["sha256"] for tape in ready["tapes"]},
            "max_drawdown": self.options.max_drawdown, "max_failed_gas": self.options.max_failed_gas,
        }

    def join(self, study: optuna.Study, mine: dict[str, Any]) -> None:
        """The first worker sets the study up, the others compare. For one at a time."""
        theirs = study.user_attrs.get("identity")
        seed = self.options.seed if self.options.seed is not None else theirs["seed"] if theirs else 1
        self.identity = {**mine, "seed": seed}
        if theirs is None:
            study.set_user_attr("identity", self.identity)
        self.compare(self.identity, theirs or self.identity)
        if not study.get_trials(deepcopy=False):
            study.enqueue_trial(self.space.defaults(), {"default": True})

    def compare(self, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
        different = [
            f"{name}: this worker has {mine.get(name)}, the study has {theirs.get(name)}"
            for name in sorted({*mine, *theirs}) if mine.get(name) != theirs.get(name)]
        if different:
            raise Leave(78, f"refuses to join study {self.options.study}: " + "; ".join(different))

    def objective(self, trial: Trial) -> float:
        self.failure = None
        try:
            if self.program.child is None and not self.leaving:
                self.compare({**self.started(), "seed": self.identity["seed"]}, self.identity)
            if self.leaving:
                raise self.leaving
            return self.play(trial)
        except (Failed, Leave) as error:
            if isinstance(error, Leave):
                self.leaving = error
            self.failure = Failed(str(self.leaving or error), error.code if isinstance(error, Failed) else 75)
            trial.set_user_attr("error", str(self.failure))
            raise self.failure from error

    def play(self, trial: Trial) -> float:
        trial.set_user_attr("worker", self.name)
        params = self.space.suggest(trial)
        prunes: bool = self.options.prune
        order = self.random.sample(self.tapes, len(self.tapes)) if prunes else self.tapes
        folds: list[dict[str, Any]] = []

        def told(fold: dict[str, Any]) -> str | None:
            folds.append({key: fold[key] for key in ("value", "drawdown", "failedGas", "bids", "won")})
            if len(folds) < self.windows:
                return None
            trial.set_user_attr(f"folds {fold['tape']}", list(folds))
            trial.report(statistics.fmean(each["value"] for each in folds), self.tapes.index(fold["tape"]))
            folds.clear()
            if not prunes or fold["tape"] == order[-1]:
                return None
            return "stop" if trial.should_prune() else "continue"

        result = self.program.ask(
            {"trial": trial.number, "params": params, "tapes": order, "seed": self.identity["seed"], "asks": prunes}, told)
        for name in ("decisionHash", "constraints", "metrics"):
            trial.set_user_attr(name, result[name])
        for name, bound in (("max_drawdown", self.options.max_drawdown), ("failed_gas", self.options.max_failed_gas)):
            if bound is not None:
                trial.set_constraint(name, result["constraints"][name] - bound)
        if result["stopped"]:
            raise optuna.TrialPruned
        return float(result["value"])

    def after(self, study: optuna.Study, trial: FrozenTrial) -> None:
        """The heartbeat finds trials of workers that died; failures that this one saw are queued again here."""
        self.failures = self.failures + 1 if self.failure else 0
        if self.failure:
            again = "may be tried again" if self.failure.is_retriable else "is not tried again"
            print(f"worker: trial {trial.number} failed and {again}: {self.failure}", file=sys.stderr)
            if self.failure.is_retriable:
                self.retry(study, trial)
            if self.failures == FAILURES_MAX and not self.leaving:
                self.leaving = Leave(self.failure.code, f"{self.failures} trials in a row failed: {self.failure}")
        if self.leaving:
            study.stop()

    def run(self, url: str) -> None:
        mine = self.started()
        with alone(url):
            study = opened(url, self.options, self.retry)
            self.join(study, mine)
        enough = optuna.study.MaxTrialsCallback(self.options.trials, states=FINISHED)
        while not self.leaving and len(study.get_trials(deepcopy=False, states=FINISHED)) < self.options.trials:
            try:
                study.optimize(self.objective, catch=Failed, callbacks=[self.after, enough])
            except ValueError as error:
                if "Cannot tell" not in str(error):  # So Optuna says that the trial ended without us.
                    raise
                print("worker: its trial was taken for dead and given to others", file=sys.stderr)
        self.close(study)
        if self.leaving:
            raise self.leaving

    def close(self, study: optuna.Study) -> None:
        """Who leaves a full study waits until the others' trials have ended or turn out to be dead."""
        until = time.monotonic() + self.options.grace + 2 * self.options.heartbeat
        while not self.leaving and time.monotonic() < until:
            optuna.storages.fail_stale_trials(study)
            if not study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
                return
            time.sleep(1)


def main() -> int:
    options = arguments(__doc__)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    worker = None
    try:
        url = database(options.database_file)
        worker = Worker(options)
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        worker.run(url)
    except Leave as leave:
        print(f"worker: {worker and worker.leaving or leave}", file=sys.stderr)
        return (worker and worker.leaving or leave).code
    except Exception as error:
        cause = of_database(error)
        if cause is None:
            raise
        print(f"worker: the database: {str(cause).splitlines()[0]}", file=sys.stderr)
        return 75
    finally:
        if worker:
            worker.program.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
