"""Statements compiled once: their SQL for the driver, and how values are converted.

SQLAlchemy takes longer to run a statement than most of them take in the database. Here it compiles
a statement once, and the types of its columns tell the conversions; to run it is then one call of
the driver. Listeners to ``before_cursor_execute`` hear of it, and errors are SQLAlchemy's, as ever.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
Row = tuple[Any, ...]
_Convert = Callable[[Any], Any] | None
_KEPT = 1_000  # statements


def send(connection: Connection, statement: Executable, values: Values) -> Sequence[Row]:
    """Run the statement. What is made of it is kept for this very object: build it once."""
    columns = tuple(values) if statement.is_insert else None
    ready = _compiled(statement, connection.dialect, columns).for_values(values)
    return ready.convert_rows(execute_raw(connection, ready.sql, ready.parameters(values)))


def send_many(connection: Connection, statement: Executable, rows: Sequence[Values]) -> None:
    """Run it for each row; all of them name the same columns, and nothing comes back."""
    ready = _compiled(statement, connection.dialect, tuple(rows[0])).for_values(rows[0])
    given = [ready.parameters(row) for row in rows]
    execute_raw(connection, ready.sql, given, many=True)


class _Value(NamedTuple):
    """A place in the statement: where its value is found, and what the driver wants made of it."""

    to: str  # the driver's name for it
    name: str
    place: int | None  # in a list of that name
    convert: _Convert
    fixed: bool = False
    value: Any = None


class _DriverStatement:
    """The SQL and the conversions of one statement, as the driver takes it."""

    def __init__(self, sql: str, values: Sequence[_Value], named: bool, out: list[_Convert]):
        self.sql, self._values, self._named, self._out = sql, values, named, out
        self._plain = not any(out)
        self._names = [one.name for one in values] if all(map(_is_plain, values)) else None

    def parameters(self, values: Values) -> Any:
        """The values, as the driver takes them."""
        if self._names is not None:
            made = [values[name] for name in self._names]
        else:
            made = [_parameter(one, values) for one in self._values]
        if self._named:
            return {one.to: value for one, value in zip(self._values, made, strict=True)}
        return made

    def convert_rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """What came back, as the types of the columns have it."""
        if self._plain:
            return rows
        out = self._out
        return [
            tuple(
                [
                    value if convert is None else convert(value)
                    for convert, value in zip(out, row, strict=True)
                ]
            )
            for row in rows
        ]


def _is_plain(one: _Value) -> bool:
    return one.convert is None and one.place is None and not one.fixed


def _parameter(one: _Value, values: Values) -> Any:
    if one.fixed:
        return one.value
    value = values[one.name]
    if one.place is not None:
        value = value[min(one.place, len(value) - 1)]
    return value if one.convert is None else one.convert(value)


def padded_length(length: int) -> int:
    """A statement has room for 1, 2, 4, 8 … values of a list, of which the last fills up the rest.

    So there are few statements, however long lists are, and the driver knows most of them already.
    """
    return 1 << (length - 1).bit_length() if length else 0


class _CompiledStatement:
    """A compiled statement; what the driver is told depends on the room for the lists in it."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        self._compiled, self._dialect = compiled, dialect
        self._lists = [name for name, bind in compiled.binds.items() if bind.expanding]
        self._ready: dict[tuple[int, ...], _DriverStatement] = {}

    def for_values(self, values: Values) -> _DriverStatement:
        """For lists of these lengths."""
        counts = tuple([padded_length(len(values[name])) for name in self._lists])
        ready = self._ready.get(counts)
        if ready is None:
            ready = self._ready[counts] = self._make(counts)
        return ready

    def _make(self, counts: Sequence[int]) -> _DriverStatement:
        lists: Values = {
            name: [None] * count for name, count in zip(self._lists, counts, strict=True)
        }
        state = self._compiled.construct_expanded_state(
            {
                name: lists.get(name, bind.effective_value)
                for name, bind in self._compiled.binds.items()
            }
        )
        within = {
            to: (name, place)
            for name, all_ in state.parameter_expansion.items()
            for place, to in enumerate(all_)
        }
        named = state.positiontup is None
        order = state.parameters if state.positiontup is None else state.positiontup
        values = [self._value(to, *within.get(to, (to, None))) for to in order]
        columns = self._compiled._result_columns
        return _DriverStatement(
            state.statement, values, named, [self._result_processor(one.type) for one in columns]
        )

    def _value(self, to: str, name: str, place: int | None) -> _Value:
        bind = self._compiled.binds[name]
        # SQLAlchemy's own conversions, so that what is stored is the same to the byte.
        convert = bind.type.dialect_impl(self._dialect).bind_processor(self._dialect)
        default = self._defaults().get(name)
        if default is None and (bind.required or place is not None):
            return _Value(to, name, place, convert)
        value = bind.effective_value if default is None else default.arg
        return _Value(to, name, None, None, True, value if convert is None else convert(value))

    def _defaults(self) -> Mapping[str, Any]:
        """Of columns that an INSERT is given no value for."""
        compiled = self._compiled
        columns = compiled.insert_prefetch if compiled.isinsert else ()
        return {column.key: column.default for column in columns}

    def _result_processor(self, type_: TypeEngine[Any]) -> _Convert:
        return type_.dialect_impl(self._dialect).result_processor(self._dialect, None)


@lru_cache(_KEPT)
def _compiled(
    statement: Any, dialect: Dialect, columns: tuple[str, ...] | None
) -> _CompiledStatement:
    compiled = statement.compile(dialect=dialect, column_keys=columns and list(columns))
    return _CompiledStatement(compiled, dialect)


def execute_raw(
    connection: Connection, sql: str, given: Any, *, many: bool = False
) -> Sequence[Row]:
    """Execute it by the driver itself, in the transaction of the connection."""
    cursor = connection.connection.cursor()
    try:
        if heard := connection.engine.dispatch.before_cursor_execute:
            heard(connection, cursor, sql, given, None, many)
        if many:
            cursor.executemany(sql, given)
        else:
            cursor.execute(sql, given)
        return cursor.fetchall() if cursor.description else ()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _explained(connection, sql, error) from error
    finally:
        cursor.close()


def _explained(connection: Connection, sql: str, error: Any) -> BaseException:
    """The same error as SQLAlchemy's own; values are never told."""
    dialect, driver = connection.dialect, connection.connection.dbapi_connection
    lost = dialect.is_disconnect(error, driver, None)
    if lost:
        connection.invalidate(error)
    told: BaseException = DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True,
        connection_invalidated=lost, dialect=dialect,
    )  # fmt: skip
    return told
