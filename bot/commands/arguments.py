"""The words of the command line, in Chinese: which commands and options there are."""

import argparse
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override

WRONG_USE = 2

_COMPLAINTS = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有 \2，可以写 \3"),
    (r"argument (.*): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 后面不能带 \2"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不够明确，可能是 \2"),
)


class _Version(argparse.Action):
    """Shows the version and ends. It is looked up only when somebody asks."""

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print(f"老友 {version('laoyou')}")
        parser.exit()


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Says 用法 instead of usage."""

    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Says in one Chinese sentence what is wrong, and where help is."""

    def __init__(self, **about: Any) -> None:
        """``about`` goes to ``ArgumentParser``; from 3.14 on Python adds to it for commands."""
        super().__init__(**about, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self.words = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示这份说明")
        self.options.add_argument(
            "-c",
            "--config",
            metavar="FILE",
            type=Path,
            # Taken before and after the command; the inner one must not wipe out the outer one.
            default=argparse.SUPPRESS,
            help="配置文件；不写时用当前文件夹的 config.yaml，没有它就用内置的默认配置",
        )

    @override
    def error(self, message: str) -> NoReturn:
        for english, chinese in _COMPLAINTS:
            if found := re.fullmatch(english, message):
                message = found.expand(chinese).replace("'", "").replace(", ", "、")
                break
        self.exit(WRONG_USE, f"用法不对：{message}。看说明：{self.prog} --help\n")


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(
        prog="laoyou",
        description="老友：聊天群里的资源机器人。记下成员需要什么、能给什么，找出谁能帮谁。",
        epilog="环境变量 LAOYOU_LOG 设定日志的详细程度：DEBUG、INFO（默认）、WARNING、ERROR。",
    )
    top.options.add_argument("-V", "--version", action=_Version, nargs=0, help="显示版本")
    commands = _commands(top)
    _command(commands, "run", "启动机器人，直到按 Ctrl-C 或输入结束")
    _command(commands, "doctor", "检查配置、数据库和渠道，说出毛病和解决办法")
    _command(commands, "health", "问正在运行的老友是否正常（/healthz），给容器和监控用")
    database = _commands(_group(commands, "db", "数据库"))
    _command(database, "upgrade", "把数据库升级到最新的结构", name="db_upgrade")
    imports = _commands(_group(commands, "import", "导入社群已有的资料"))
    _import_members(imports)
    _archives(commands, imports)
    _eval(commands)
    _matching(_commands(_group(commands, "matching", "匹配：试一试，看效果，从反馈里学")))
    return top


_Commands = argparse._SubParsersAction  # the only name that argparse has for it


def _commands(parser: Parser) -> "_Commands[Parser]":
    return parser.add_subparsers(title="命令", metavar="命令", required=True)


def _group(commands: "_Commands[Parser]", word: str, text: str) -> Parser:
    return commands.add_parser(word, help=text, description=text)


def _command(commands: "_Commands[Parser]", word: str, text: str, name: str = "") -> Parser:
    parser = commands.add_parser(word, help=text, description=text)
    parser.set_defaults(command=name or word)
    return parser


def _import_members(commands: "_Commands[Parser]") -> None:
    parser = _command(
        commands, "members", "导入成员名册（csv、xlsx 或 jsonl）", name="import_members"
    )
    parser.words.add_argument("file", metavar="FILE", type=Path, help="名册文件")
    parser.options.add_argument(
        "--community", metavar="ID", help="导入到哪个社群；只有一个社群时可以不写"
    )
    parser.options.add_argument(
        "--dry-run", action="store_true", help="只显示会改动什么，不真的导入"
    )
    parser.options.add_argument(
        "--overwrite",
        action="store_true",
        help="成员自己填过、改过的内容也改成名册上的；不写时保留本人的",
    )


def _archives(commands: "_Commands[Parser]", imports: "_Commands[Parser]") -> None:
    backup = _command(commands, "backup", "把数据库和证明文件备份成一个文件，机器人不用停")
    restore = _command(commands, "restore", "把备份恢复到一个空的数据库，SQLite 和 PostgreSQL 都行")
    restore.options.add_argument(
        "--resume", action="store_true", help="备份时没做完、没发出的也接着做（搬家时用）"
    )
    export = _command(commands, "export", "把一个社群导出成一个文件，好搬到另一个数据库")
    _community(export)
    taken = _command(imports, "community", "导入另一处导出的社群", name="import_community")
    for one, text in (
        (backup, "写到哪个文件"),
        (export, "写到哪个文件"),
        (restore, "备份文件"),
        (taken, "导出的文件"),
    ):
        one.words.add_argument("file", metavar="FILE", type=Path, help=text)


def _eval(commands: "_Commands[Parser]") -> None:
    parser = _command(commands, "eval", "在一份有标准答案的数据上衡量匹配质量")
    parser.words.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        help="放着 members、posts、judgments 三个 .jsonl 的文件夹",
    )
    parser.options.add_argument("--json", action="store_true", help="输出 JSON")
    parser.options.add_argument("--explain", metavar="QUERY", help="解释一条帖子的匹配，例如 q1")
    parser.options.add_argument(
        "--leave-one-out",
        action="store_true",
        help="再看看每个社群用从别的社群学来的权重会怎样（要 numpy，约一分钟）",
    )
    parser.options.add_argument(
        "--also", metavar="DIR", type=Path, help="留一法还可以从这些社群学，但不衡量它们"
    )


def _matching(commands: "_Commands[Parser]") -> None:
    attempt = _command(
        commands, "try", "试一条内容：会列出哪些、会 @ 谁、为什么；不保存", name="matching_try"
    )
    attempt.words.add_argument("text", metavar="TEXT", help="要试的内容，不用写 #求 或 #供")
    attempt.options.add_argument(
        "--kind", choices=("need", "offer"), required=True, help="need 需求，offer 供给"
    )
    _community(attempt)
    report = _command(
        commands, "report", "成员的反馈：按规则、按词看准不准", name="matching_report"
    )
    report.options.add_argument("--json", action="store_true", help="输出 JSON")
    learn = _command(
        commands, "learn", "从反馈里学一步：老是不准的词少算一些", name="matching_learn"
    )
    learn.options.add_argument("--dry-run", action="store_true", help="只显示会改动什么，不真的改")
    refit = _command(
        commands,
        "refit",
        "反馈够多时，让打分的权重朝这个社群的口味挪一步；没变好就不挪",
        name="matching_refit",
    )
    refit.options.add_argument("--try", dest="dry_run", action="store_true", help="只算，不保存")
    rollback = _command(
        commands, "rollback", "退回上一步：学到的词，或打分的权重", name="matching_rollback"
    )
    rollback.options.add_argument(
        "--only", choices=("words", "weights"), help="只退词（words）或只退打分的权重（weights）"
    )
    for one in (report, learn, refit, rollback):
        _community(one)


def _community(parser: Parser) -> None:
    parser.options.add_argument(
        "--community", metavar="ID", help="哪个社群；只有一个社群时可以不写"
    )
