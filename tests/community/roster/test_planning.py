"""Who on the roster is known already, and what would change."""

from collections.abc import Mapping, Sequence

import pytest

from community.roster import Change, Entry, Known, Plan, plan
from community.roster.entries import Value


def entry(line: int, *accounts: str, **values: Value) -> Entry:
    return Entry(line, accounts, values)


def member(id_: int, *accounts: str, own: frozenset[str] = frozenset(), **values: Value) -> Known:
    return Known(id_, frozenset(accounts), values, own)


def only(made: Plan) -> Change:
    assert made.problems == []
    [change] = made.changes
    return change


def outcome(change: Change) -> tuple[str, int | None, Mapping[str, object], Sequence[str]]:
    return change.kind, change.member_id, change.fields, change.accounts


def told(made: Plan) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in made.problems]


def test_somebody_new() -> None:
    change = only(plan([entry(2, "onebot:1", name="张三")], []))
    assert outcome(change) == ("new", None, {"name": ("", "张三")}, ("onebot:1",))


def test_known_by_account_whatever_the_name() -> None:
    known = [member(7, "onebot:1", name="三儿", company="旧公司", city="北京")]
    change = only(plan([entry(2, "onebot:1", name="张三", company="新公司")], known))
    assert outcome(change) == (
        "update",
        7,
        {"name": ("三儿", "张三"), "company": ("旧公司", "新公司")},
        (),
    )


def test_nothing_new_about_somebody() -> None:
    known = [member(7, "onebot:1", name="张三", keywords=("前端",), bio="会画画")]
    change = only(plan([entry(2, "onebot:1", name="张三", keywords=("前端",))], known))
    assert outcome(change) == ("same", 7, {}, ())


def test_a_further_account_is_gained() -> None:
    known = [member(7, "onebot:1", name="张三")]
    change = only(plan([entry(2, "wechaty:a", "onebot:1", name="张三")], known))
    assert outcome(change) == ("update", 7, {}, ("wechaty:a",))


def test_accounts_of_two_members() -> None:
    known = [member(7, "onebot:1"), member(8, "wechaty:a")]
    made = plan([entry(2, "onebot:1", "wechaty:a")], known)
    assert told(made) == [(2, "这些账号属于不同的成员：onebot:1 是成员 7、wechaty:a 是成员 8")]


def test_without_account_by_name_and_company_or_group_nickname() -> None:
    known = [member(7, "onebot:1", name="张三", company="拾光", group_nickname="张三-拾光")]
    by_company = only(plan([entry(2, name="张三", company="拾光", city="北京")], known))
    assert outcome(by_company) == ("update", 7, {"city": ("", "北京")}, ())
    by_nickname = only(plan([entry(2, name="张三", group_nickname="张三-拾光")], known))
    assert outcome(by_nickname) == ("same", 7, {}, ())


def test_however_name_and_company_are_written() -> None:
    known = [member(7, name="张 三", company="ABC 臺北")]
    assert only(plan([entry(2, name="張三", company="ＡＢＣ 台北")], known)).member_id == 7


def test_never_by_name_alone() -> None:
    known = [member(7, "onebot:1", name="张三"), member(8, name="李四", city="北京")]
    made = plan([entry(2, name="张三"), entry(3, name="李四", company="蓝桨")], known)
    assert [change.kind for change in made.changes] == ["new", "new"]


def test_the_same_company_is_not_enough_either() -> None:
    known = [member(7, name="张三", company="拾光")]
    assert only(plan([entry(2, name="张三丰", company="拾光")], known)).kind == "new"


def test_importing_a_bare_name_twice_adds_nobody() -> None:
    known = [member(8, name="李四", city="北京")]
    assert only(plan([entry(2, name="李四", city="北京")], known)).kind == "same"
    assert only(plan([entry(2, name="李四", city="上海")], known)).kind == "new"


def test_a_member_without_account_is_given_one() -> None:
    known = [member(7, name="张三", company="拾光")]
    change = only(plan([entry(2, "onebot:1", name="张三", company="拾光")], known))
    assert outcome(change) == ("update", 7, {}, ("onebot:1",))


def test_a_member_with_an_account_is_not_taken_over_by_another_account() -> None:
    known = [member(7, "onebot:1", name="张三", company="拾光")]
    change = only(plan([entry(2, "onebot:2", name="张三", company="拾光")], known))
    assert change.kind == "new"


def test_it_must_be_clear_which_namesake_is_meant() -> None:
    known = [
        member(7, "onebot:1", name="张三", company="拾光"),
        member(9, "onebot:2", name="张三", company="拾光"),
    ]
    made = plan([entry(2, name="张三", company="拾光")], known)
    assert told(made) == [(2, "分不清是成员 7 还是成员 9，请写上账号")]


def test_company_and_group_nickname_that_point_to_two_members() -> None:
    known = [member(7, name="张三", company="拾光"), member(9, name="张三", group_nickname="老张")]
    made = plan([entry(2, name="张三", company="拾光", group_nickname="老张")], known)
    assert told(made) == [(2, "分不清是成员 7 还是成员 9，请写上账号")]


def test_one_account_on_two_rows() -> None:
    made = plan([entry(2, "onebot:1", name="张三"), entry(5, "onebot:1", name="李四")], [])
    assert told(made) == [(5, "账号 onebot:1 已经在第 2 行出现过")]
    again = plan([entry(2, "onebot:1"), entry(5, "onebot:1")], [member(7, "onebot:1")])
    assert told(again) == told(made)


def test_two_rows_about_one_member() -> None:
    known = [member(7, "onebot:1", "wechaty:a", name="张三")]
    made = plan([entry(2, "onebot:1"), entry(3, "wechaty:a")], known)
    assert told(made) == [(3, "和第 2 行是同一位成员（成员 7），请合并成一行")]


def test_two_rows_that_could_not_be_told_apart_next_time() -> None:
    rows = [
        entry(2, "onebot:1", name="张三", company="拾光"),
        entry(3, name="张三", company="拾光"),
    ]
    expected = [(3, "和第 2 行同名，公司或群昵称也相同，请写上各自的账号")]
    assert told(plan(rows, [])) == expected
    assert told(plan(rows[::-1], [])) == expected


def test_namesakes_with_accounts_are_two_members() -> None:
    rows = [
        entry(2, "onebot:1", name="张三", company="拾光"),
        entry(3, "onebot:2", name="张三", company="拾光"),
    ]
    assert [change.kind for change in plan(rows, []).changes] == ["new", "new"]


OLD, HIS = {"company": ("拾光", "蓝桨")}, frozenset({"company"})


@pytest.mark.parametrize(
    ("own", "overwrite", "kind", "fields", "kept"),
    [
        (frozenset(), False, "update", OLD, {}),
        (HIS, False, "same", {}, OLD),
        (HIS, True, "update", OLD, {}),
        (frozenset({"city"}), False, "update", OLD, {}),  # the roster says the same of the city
        (frozenset({"bio"}), False, "update", OLD, {}),  # of which the roster says nothing
    ],
)
def test_what_a_member_set_himself_stays(
    own: frozenset[str], overwrite: bool, kind: str, fields: object, kept: object
) -> None:
    known = [member(7, "onebot:1", own=own, company="拾光", city="北京", bio="会画画")]
    rows = [entry(2, "onebot:1", company="蓝桨", city="北京")]
    change = only(plan(rows, known, overwrite=overwrite))
    assert (change.kind, change.fields, change.kept) == (kind, fields, kept)


def test_what_a_member_cleared_himself_stays_empty() -> None:
    known = [member(7, "onebot:1", own=frozenset({"company", "skills"}))]
    change = only(plan([entry(2, "onebot:1", company="拾光", skills=("剪辑",))], known))
    assert outcome(change) == ("same", 7, {}, ())
    assert change.kept == {"company": ("", "拾光"), "skills": ("", ("剪辑",))}


def test_beside_what_stays_the_rest_is_taken_over() -> None:
    known = [member(7, "onebot:1", own=frozenset({"name"}), name="三儿", city="北京")]
    change = only(plan([entry(2, "onebot:1", "wechaty:a", name="张三", city="上海")], known))
    assert outcome(change) == ("update", 7, {"city": ("北京", "上海")}, ("wechaty:a",))
    assert change.kept == {"name": ("三儿", "张三")}


def test_somebody_new_has_set_nothing() -> None:
    assert only(plan([entry(2, "onebot:1", name="张三")], [])).kept == {}
