"""What workers share: a study in PostgreSQL."""
from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import optuna
import sqlalchemy
from optuna.storages import RDBStorage, RetryHeartbeatStaleTrialCallback
from optuna.trial import FrozenTrial, TrialState

from program import Leave

LOCK_SECONDS_MAX = 60
CONNECT_SECONDS_MAX = 10
FINISHED = (TrialState.COMPLETE, TrialState.PRUNED)


class Storage(RDBStorage):
    """A trial's heart beats from its first moment: Optuna begins only after sampling, and a trial without any beat is never
    found to be dead."""

    def _create_new_trial(self, study_id: int, template_trial: FrozenTrial | None = None) -> FrozenTrial:
        """Optuna's cache, which stands before every database, comes in by this door."""
        trial = super()._create_new_trial(study_id, template_trial)
        if template_trial is None:
            self.record_heartbeat(trial._trial_id)
        return trial

    def set_trial_state_values(self, trial_id: int, state: TrialState, values: Any = None) -> bool:
        is_ours = super().set_trial_state_values(trial_id, state, values)
        if is_ours and state == TrialState.RUNNING:
            self.record_heartbeat(trial_id)
        return is_ours


class Retry(RetryHeartbeatStaleTrialCallback):
    """The same parameters again, without what the failed attempt had told."""

    def __call__(self, study: optuna.Study, trial: FrozenTrial) -> None:
        trial.user_attrs = {}
        super().__call__(study, trial)


def of_database(error: BaseException | None) -> BaseException | None:
    """The database's own error, also where another lies on top: Optuna's loop stumbles when it cannot even write that a trial
    failed."""
    while error is not None:
        if isinstance(error, sqlalchemy.exc.SQLAlchemyError | optuna.exceptions.StorageInternalError):
            return error
        error = error.__cause__ or error.__context__
    return None


def database(file: str | None) -> str:
    """The URL, for the driver that is installed. No message holds it."""
    try:
        url = pathlib.Path(file).read_text() if file else os.environ.get("BAILIFF_TUNE_DATABASE", "")
    except OSError as error:
        raise Leave(66, f"{file}: {error.strerror}") from error
    scheme, _, rest = url.strip().partition("://")
    if scheme not in ("postgresql", "postgresql+psycopg"):
        raise Leave(64, "no database: $BAILIFF_TUNE_DATABASE or --database-file FILE; allowed: postgresql://...")
    return f"postgresql+psycopg://{rest}"


@contextlib.contextmanager
def alone(url: str) -> Iterator[None]:
    """One worker at a time: Optuna's own set-up of tables and studies is not made for several at once. The lock is the
    connection's, so a worker that dies gives it back."""
    engine = sqlalchemy.create_engine(
        url, poolclass=sqlalchemy.NullPool,
        connect_args={"connect_timeout": CONNECT_SECONDS_MAX, "options": f"-c statement_timeout={LOCK_SECONDS_MAX}s"})
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("SELECT pg_advisory_lock(hashtext('bailiff tune'))"))
        yield


def opened(url: str, options: argparse.Namespace, retry: Retry) -> optuna.Study:
    storage = Storage(
        url, engine_kwargs={"pool_pre_ping": True, "connect_args": {"connect_timeout": CONNECT_SECONDS_MAX}},
        heartbeat_interval=options.heartbeat, grace_period=options.grace, heartbeat_stale_trial_callback=retry)
    return optuna.create_study(
        study_name=options.study, storage=storage, direction="maximize", load_if_exists=True,
        sampler=optuna.samplers.TPESampler(seed=options.sampler_seed),
        pruner=optuna.pruners.WilcoxonPruner() if options.prune else optuna.pruners.NopPruner())
