"""One kind of sheet: its columns, and what its lines would do to what is stored."""

from collections.abc import Generator, Iterator
from functools import reduce
from itertools import chain
from operator import and_

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.resources import Resource

from .cells import fold, text_of
from .outcome import Change, CheckedLine, Outcome
from .reading import SheetError, Table

ASK = gettext_lazy(
    "What is public is changed by those who may publish: ask Coordinación."
)
CUT = gettext_lazy(
    "The file has only the beginning of this text: change it on its page."
)
# Lines between two signs of life.
STEP = 250


class Column(Field):
    """A column: its name in the file, and what to know who fills it in."""

    # Other names that are understood.
    aliases = ()

    def __init__(self, column_name, attribute, widget, *, help_text, example, **kwargs):
        """Take a Value as widget; help_text and example are for the help sheet."""
        super().__init__(attribute, column_name, widget, **kwargs)
        self.help_text = help_text
        self.example = example

    def put(self, instance, value):
        """Set on a row what a cell means."""
        setattr(instance, self.attribute, value)


class SheetResource(Resource):
    """What the sheets of all kinds have in common; a subclass says the rest.

    Its columns come first those that say which row a line is about: key_columns.
    """

    kind = ""
    model = None
    title = ""
    # Attributes that together name a row.
    key = ()
    # Columns without which no file can be read.
    required = ()
    # Those attributes of the key that are the row's own words, to be checked as such.
    own_key = frozenset()
    # Column by the name of the constraint that it breaks.
    constraint_columns = {}
    # Permissions that it takes to bring a file, besides those on the model.
    needs = ()
    # Permissions that it takes to change what is_public().
    publishing = ()

    def __init__(self, *, user, moment):
        """Take whose work it is and when: some columns are not for everybody."""
        super().__init__()
        self.user = user
        self.moment = moment
        # Column names that are known and not read, with the sentence that says why.
        self.closed = {}
        self.lookups = {}
        self.stored = {}

    @property
    def heading(self) -> str:
        """What the pages of the sheet are about."""
        return self.model._meta.verbose_name_plural

    # What a subclass says.

    def queryset(self):
        """Return the rows that a download has, in its order, with what it reads."""

    def load(self, lines: list[dict]):
        """Fill lookups with what the columns refer to; lines as they were read."""

    def stored_rows(self):
        """Return the stored rows that the lines may be about, whole."""
        return self.queryset()

    def new(self, **key):
        """Return a row that is not stored yet, of this key."""
        return self.model(**key)

    def is_public(self, row) -> bool:
        """Whether the public sees a row, or may have; only asked with publishing."""

    def lock(self):
        """Make others who write the same wait until the transaction ends."""

    def check_together(self, outcome: Outcome):
        """Refuse lines that are right alone and wrong beside each other."""

    def write_line(self, line: CheckedLine):
        """Save the row of a line."""
        line.instance.save()

    @property
    def may_publish(self) -> bool:
        """Whether the user may change what is public."""
        return self.user.has_perms(self.publishing)

    # Reading.

    @property
    def columns(self) -> list[Column]:
        """The columns, in the order of a download."""
        return list(self.fields.values())

    @property
    def key_columns(self) -> list[Column]:
        """The columns that say which row a line is about."""
        return [column for column in self.columns if column.attribute in self.key]

    def arranged(self, table: Table) -> tuple[list, list[str]]:
        """Return the column of each header, and the notes.

        An unknown one gives "", one without words None: nothing may stand under it.

        Raises SheetError if a required column is missing or one is there twice.
        """
        known = self._known_names()
        names = [
            known.get(fold(header), "") if header else None for header in table.headers
        ]
        for name in filter(None, names):
            if names.count(name) > 1:
                message = _("The column «{name}» is there twice.")
                raise SheetError(message.format(name=name))
        missing = [name for name in self.required if name not in names]
        if missing:
            message = _(
                "The first line must name the columns, and lacks: {names}. "
                "Download the present data to see how it looks."
            )
            raise SheetError(message.format(names=", ".join(missing)))
        return names, [*table.notes, *self._notes(table.headers, names)]

    def _known_names(self):
        return {
            fold(name): column.column_name
            for column in self.columns
            for name in (column.column_name, *column.aliases)
        }

    def _notes(self, headers, names):
        strange = []
        for header, name in zip(headers, names, strict=True):
            if name == "" and fold(header) in self.closed:
                yield str(self.closed[fold(header)])
            elif name == "":
                strange.append(f"«{header}»")
        if strange:
            message = _("These columns are unknown and were not read: {names}.")
            yield message.format(names=", ".join(strange))

    def check(
        self, table: Table, *, writing: bool = False
    ) -> Generator[int, None, Outcome]:
        """Yield how many lines are checked, now and then; return the Outcome.

        writing: hold the stored rows until the transaction ends, and leave to the
        database what it checks of each row as it is written.
        """
        self.writing = writing
        names, notes = self.arranged(table)
        cells = [_named(line, names) for line in table.lines]
        self.load(cells)
        if writing:
            self._hold(self.stored_rows())
        self.stored = {self._key_of(row): row for row in self.stored_rows()}
        outcome, seen = Outcome(notes=notes), {}
        for count, line in enumerate(table.lines, start=1):
            checked = CheckedLine(line.number)
            self._check(checked, cells[count - 1], seen)
            outcome.lines.append(checked)
            if count % STEP == 0:
                yield count
        self.check_together(outcome)
        self._refuse_public(outcome)
        return outcome

    def _hold(self, rows):
        # On its own, before anything is read: what a query reads beside the rows that
        # it waits for, such as whether somebody agreed, is as old as the wait.
        held = self.model.objects.filter(pk__in=rows).order_by("pk")
        list(held.select_for_update(no_key=True).values_list("pk"))

    def _refuse_public(self, outcome):
        if self.may_publish:
            return
        for line in outcome.to_write:
            if self.is_public(line.instance):
                line.refuse(ASK)

    def _key_of(self, row):
        return tuple(getattr(row, attribute) for attribute in self.key)

    def _check(self, checked, cells, seen):
        if EXTRA in cells:
            message = _("There are more cells than the first line names columns.")
            checked.refuse(message, cell=cells[EXTRA])
        key = self._read_key(checked, cells)
        if checked.faults:
            return
        if key in seen:
            message = _("It repeats line {line}.").format(line=seen[key])
            checked.refuse(message)
            return
        seen[key] = checked.number
        checked.instance = self.stored.get(key)
        if checked.instance is None:
            checked.is_new = True
            checked.instance = self.new(**dict(zip(self.key, key, strict=True)))
        wrong = self._read(checked, cells)
        if checked.is_new or checked.changes:
            self._validate(checked, cells, wrong)

    def _read_key(self, checked, cells):
        key = []
        for column in self.key_columns:
            try:
                value = column.clean(cells, resource=self)
                if value in column.empty_values:
                    raise ValueError(_("This cell must be filled in."))
                key.append(value)
            except ValueError as error:
                cell = cells[column.column_name]
                checked.refuse(error, column.column_name, cell)
        return tuple(key)

    def _read(self, checked, cells):
        """Set the other columns on the row; return the attributes that are wrong."""
        wrong = set()
        for column in self.columns:
            if column.attribute in self.own_key and checked.is_new:
                self._note(checked, column, "")
            elif column.attribute not in self.key and column.column_name in cells:
                try:
                    self._read_cell(checked, column, cells)
                except ValueError as error:
                    name = column.column_name
                    checked.refuse(error, name, cells[name])
                    wrong.add(column.attribute)
        return wrong

    def _read_cell(self, checked, column, cells):
        row = checked.instance
        old = text_of(column.export(row))
        # As it was written: nothing to understand, whatever is stored.
        if text_of(cells[column.column_name]) == old and not checked.is_new:
            return
        value = column.clean(cells, resource=self, row_instance=row)
        if value is None and not column.saves_null_values:
            return
        if column.widget.is_cut(column.get_value(row)):
            raise ValueError(CUT)
        is_new_value = value != column.get_value(row)
        column.put(row, value)
        if is_new_value or checked.is_new:
            self._note(checked, column, old)

    def _note(self, checked, column, old):
        new = text_of(column.export(checked.instance))
        if checked.is_new:
            old = ""
        if new != old:
            checked.changes.append(Change(column.column_name, old, new))

    def _validate(self, checked, cells, wrong):
        row, excluded, faults = checked.instance, self.excluded(wrong), {}
        # Rows that others point to were found by a lookup: they exist.
        found = {one.name for one in self.model._meta.fields if one.is_relation}
        try:
            row.full_clean(
                excluded | found, validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            faults = error.update_error_dict(faults)
        try:
            self._check_constraints(row, excluded | faults.keys(), wrong)
        except ValidationError as error:
            faults = error.update_error_dict(faults)
        for attribute, errors in faults.items():
            for error in errors:
                self._place(checked, cells, attribute, error)

    def _check_constraints(self, row, excluded, wrong):
        # Written, the database asks them itself, and nothing can be done about it.
        if not self.writing and (wrong or not self._holds(row)):
            row.validate_constraints(excluded)

    def excluded(self, wrong: set) -> set:
        """Return the attributes not to be checked: other rows, and what is wrong."""
        return {*self.key, *wrong} - self.own_key

    def _holds(self, row):
        """Whether a row keeps all that the database checks of it, asked at once.

        One by one, and with all columns, it would take most of the time.
        """
        conditions = [
            one.condition
            for one in self.model._meta.constraints
            if isinstance(one, CheckConstraint)
        ]
        if not conditions:
            return True
        together = reduce(and_, conditions)
        named = [
            self.model._meta.get_field(one) for one in together.referenced_base_fields
        ]
        against = {one.name: Value(getattr(row, one.attname), one) for one in named}
        return together.check(against)

    def _place(self, checked, cells, attribute, fault):
        names = [one.column_name for one in self.columns if one.attribute == attribute]
        if attribute == NON_FIELD_ERRORS:
            names = [self._constraint_column(fault)]
        # A season is the fault of its months together.
        name = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        for message in fault.messages:
            checked.refuse(message, name, cells.get(name))

    def _constraint_column(self, fault):
        columns = {
            str(one.get_violation_error_message()): self.constraint_columns.get(
                one.name
            )
            for one in self.model._meta.constraints
        }
        return columns.get(str(fault.message)) or ""

    # Writing.

    def write(self, outcome: Outcome) -> Iterator[int]:
        """Save the lines that change something, one by one; yield how many so far."""
        for count, line in enumerate(outcome.to_write, start=1):
            # What a history of the rows says of who did it.
            line.instance._history_user = self.user
            self.write_line(line)
            if count % STEP == 0:
                yield count

    # Downloads.

    @property
    def headers(self) -> list[str]:
        """The first line of a download."""
        return [column.column_name for column in self.columns]

    def rows(self) -> Iterator[list]:
        """Yield the present data, a line a row, in the cells' own types."""
        for row in self.queryset():
            yield [column.export(row) for column in self.columns]

    def help_rows(self) -> list[list[str]]:
        """Return a line a column: its name, what goes there, an example."""
        return [
            [column.column_name, str(column.help_text), column.example]
            for column in self.columns
        ]


EXTRA = object()


def _named(line, names):
    """Return a line's cells by column name; under EXTRA one that has no name."""
    cells = dict.fromkeys(filter(None, names))
    spare = [None] * max(0, len(names) - len(line.cells))
    for index, cell in enumerate(chain(line.cells, spare)):
        name = names[index] if index < len(names) else None
        if name:
            cells[name] = cell
        elif name is None and text_of(cell):
            cells.setdefault(EXTRA, cell)
    return cells
