"""What a file would do, line by line: the same for what is shown and what is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.db import models

from .cells import text_of

SHORT = 60


class State(StrEnum):
    """What happens to a line."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


class Fault(NamedTuple):
    """Why a line is refused, and in which column and value, if it is one's fault."""

    message: str
    column: str = ""
    value: str = ""


class Change(NamedTuple):
    """What a column held, and what it will hold."""

    column: str
    old: str
    new: str


@dataclass
class CheckedLine:
    """A line of a file, held against what is stored."""

    number: int
    instance: models.Model | None = None
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, message: str, column: str = "", cell=None):
        """Note a fault; the line will not be written."""
        value = text_of(cell)
        if len(value) > SHORT:
            value = f"{value[:SHORT]}…"
        self.faults.append(Fault(str(message), column, value))

    @property
    def state(self) -> State:
        """What happens to it."""
        if self.faults:
            return State.REFUSED
        if self.is_new:
            return State.ADDED
        return State.CHANGED if self.changes else State.SAME


@dataclass
class Outcome:
    """What a whole file would do. One refused line, and it does nothing."""

    lines: list[CheckedLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, *states: State) -> list[CheckedLine]:
        """Return the lines in one of these states, in the order of the file."""
        return [line for line in self.lines if line.state in states]

    @property
    def added(self):
        """The lines that make a new row."""
        return self.of(State.ADDED)

    @property
    def changed(self):
        """The lines that change a stored row."""
        return self.of(State.CHANGED)

    @property
    def same(self):
        """The lines that say what is stored already."""
        return self.of(State.SAME)

    @property
    def refused(self):
        """The lines with a fault."""
        return self.of(State.REFUSED)

    @property
    def to_write(self):
        """The lines that change something."""
        return self.of(State.ADDED, State.CHANGED)

    def digest(self) -> str:
        """Return a fingerprint of all that is shown: equal if nothing else happens."""
        told = hashlib.sha256()
        for part in self._told():
            told.update(repr(part).encode())
        return told.hexdigest()

    def _told(self) -> Iterable:
        for line in self.lines:
            key = line.instance and line.instance.pk
            yield line.number, line.state.value, key, line.changes, line.faults
