"""What is searched: the file that `bailiff tune space --json` prints."""
from __future__ import annotations

import hashlib
import json
import pathlib
from typing import Any

from optuna.trial import Trial

from program import BAD_DATA, Leave


def word(text: Any) -> Any:
    """A switch is a choice of false and true, and the program wants those as JSON booleans."""
    return {"false": False, "true": True}.get(text, text) if isinstance(text, str) else text


class Space:
    def __init__(self, path: str) -> None:
        try:
            file = json.loads(pathlib.Path(path).read_text())
            self.hash: str = file["hash"]
            self.rows: list[dict[str, Any]] = file["parameters"]
        except OSError as error:
            raise Leave(66, f"{path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise Leave(BAD_DATA, f"{path}: no space; allowed: what `bailiff tune space --json` prints") from error

    @property
    def sha256(self) -> str:
        """Of what the file holds, whatever hash it says it has."""
        return hashlib.sha256(json.dumps(self.rows, sort_keys=True).encode()).hexdigest()

    def defaults(self) -> dict[str, Any]:
        return {row["name"]: word(row["default"]) for row in self.rows}

    def suggest(self, trial: Trial) -> dict[str, Any]:
        return {row["name"]: self.value(trial, row) for row in self.rows}

    @staticmethod
    def value(trial: Trial, row: dict[str, Any]) -> Any:
        if row["kind"] == "choice":
            return trial.suggest_categorical(row["name"], [word(text) for text in row["words"]])
        if row["kind"] == "integer":
            return trial.suggest_int(row["name"], row["low"], row["high"], log=row["log"])
        # A trial knows whole numbers only; the study keeps what was drawn.
        return round(trial.suggest_float(row["name"], row["low"], row["high"], log=row["log"]))
