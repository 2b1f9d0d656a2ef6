"""The ``laoyou`` command. Heavy modules are loaded by the command that needs them."""

import errno
import gc
import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.commands.arguments import parser
from bot.errors import StartError

if TYPE_CHECKING:
    from bot.config import Config

FAILED = 1
PRIVATE = 0o077  # files with members' data are made for nobody else on the machine
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
INTERRUPTED = 130  # what a shell reports for a command that Ctrl-C ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 ok, 1 failed, 2 wrong use."""
    _replace_closed_streams()
    _replace_what_cannot_be_shown()
    try:
        args = parser().parse_args(argv)
    except SystemExit as done:  # argparse has said what there is to say
        return done.code if isinstance(done.code, int) else FAILED
    before = os.umask(PRIVATE)
    try:
        return _execute(args)
    finally:
        os.umask(before)


def _execute(args: Namespace) -> int:
    from bot import logs

    try:
        level = "WARNING" if args.command == "doctor" else logs.level_from()
        logs.set_up(level, as_json=args.command == "run" and logs.is_json())
        status = COMMANDS[args.command](args)
        sys.stdout.flush()
    except StartError as error:
        print(error.text, file=sys.stderr)  # noqa: T201
        return error.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        _forget_stdout()
        return FAILED
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            raise
        _forget_stdout()  # what was printed goes to a file on a full disk
        print("结果写不出去：磁盘满了", file=sys.stderr)  # noqa: T201
        return FAILED
    return status


def _run(args: Namespace) -> int:
    gc.disable()  # until all is loaded: nothing of that is garbage
    from bot.commands.run import run

    try:
        return run(_config(args))
    finally:
        gc.enable()


def _doctor(args: Namespace) -> int:
    from bot.commands.doctor import doctor

    return doctor(getattr(args, "config", None))


def _health(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.health import health

    return health(config)


def _db_upgrade(args: Namespace) -> int:
    from bot.commands.database import upgrade

    return upgrade(_config(args))


def _import_members(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.import_members import import_members

    return import_members(
        config,
        args.file,
        community=args.community,
        dry_run=args.dry_run,
        overwrite=args.overwrite,
    )


def _backup(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.backup import backup

    return backup(config, args.file)


def _restore(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.backup import restore

    return restore(config, args.file, resume=args.resume)


def _export(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.backup import export

    return export(config, args.file, community=args.community)


def _import_community(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.backup import import_community

    return import_community(config, args.file)


def _eval(args: Namespace) -> int:
    from bot.commands.evaluate import evaluate

    return evaluate(
        args.folder,
        json_wanted=args.json,
        explain=args.explain,
        leave_one_out=args.leave_one_out,
        also=args.also,
    )


def _matching_try(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.try_matching import try_matching

    return try_matching(config, args.text, kind=args.kind, community=args.community)


def _matching_report(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.learning import show_report

    return show_report(config, community=args.community, as_json=args.json)


def _matching_learn(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.learning import learn

    return learn(config, community=args.community, dry_run=args.dry_run)


def _matching_refit(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.tuning import refit

    return refit(config, community=args.community, dry_run=args.dry_run)


def _matching_rollback(args: Namespace) -> int:
    config = _config(args)
    from bot.commands.tuning import roll_back

    return roll_back(config, community=args.community, only=args.only)


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "run": _run,
    "doctor": _doctor,
    "health": _health,
    "db_upgrade": _db_upgrade,
    "import_members": _import_members,
    "import_community": _import_community,
    "export": _export,
    "backup": _backup,
    "restore": _restore,
    "eval": _eval,
    "matching_try": _matching_try,
    "matching_report": _matching_report,
    "matching_learn": _matching_learn,
    "matching_refit": _matching_refit,
    "matching_rollback": _matching_rollback,
}


def _config(args: Namespace) -> "Config":
    from bot.config import load

    return load(getattr(args, "config", None))


def _replace_closed_streams() -> None:
    """Whoever starts us may have closed them: what is opened next would get their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _replace_what_cannot_be_shown() -> None:
    """A terminal without Chinese shows question marks; it does not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _forget_stdout() -> None:
    """Python flushes once more at its end, and would complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
