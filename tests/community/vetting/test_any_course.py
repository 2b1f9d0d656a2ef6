"""Whatever applicants, admins and the clock do, in any order, nothing comes out of joint."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from community.due import Round
from community.errors import UserError
from community.form import ApplicationRules
from community.scene import Scene
from community.settings import Settings
from community.vetting import checking, clock, deciding, drafts, filling, finding, requests
from community.vetting.states import OPEN, TABLE, State
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from storage.queries.people import people
from storage.tables import Application, Member
from tests.community.conftest import NOW
from tests.community.people import member

WHO = ("onebot:1", "onebot:2")
TEXTS = (
    "姓名 张三 公司 人人网 在职时间 2016-2019 职位 产品 城市 北京",
    "姓名 李雷 公司 拾光",
    "张三",
    "人人网",
    "2016-2019",
    "跳过",
    "确认",
    "取消",
    "上一步",
    "重来",
    "为什么？",
    "城市 上海",
    "",
    "长" * 300,
)
RULES = (
    ApplicationRules(),
    ApplicationRules(approvals=2, block_at=2, warn_at=1),
    ApplicationRules(auto_approve=True, ask_vouchers=True, timeout_days=1),
)
Step = tuple[str, int, int, str]
Deed: TypeAlias = Callable[[], object]


class Course:
    """One course of events, and what must hold after each of them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.admins = [member(scene, name) for name in ("甲", "乙")]
        self.states: dict[int, str] = {}
        roster = Member(
            community_id=scene.community_id, id=900, name="张三", company="人人网",
            created_at=scene.now, updated_at=scene.now,
        )  # fmt: skip
        scene.session.add(roster)

    def take(self, step: Step) -> None:
        """Do it; a refusal is fine, anything else is not."""
        what, who, number, text = step
        doing: dict[str, Deed] = {
            "apply": lambda: self._apply(WHO[who], text),
            "submit": lambda: self._submit(WHO[who]),
            "withdraw": lambda: self._say(WHO[who], "取消"),
            "say": lambda: self._say(WHO[who], text),
            "request": lambda: self._request(WHO[who], number, text),
            "befriend": lambda: self._befriend(WHO[who], number, text),
            "approve": lambda: deciding.approve(
                self.scene, application=self._latest(number), admin=self.admins[who]
            ),
            "reject": lambda: deciding.reject(
                self.scene, application=self._latest(number), admin=self.admins[who], reason=text
            ),
            "ask": lambda: self._ask(self.admins[who], number, text),
            "hand_over": lambda: deciding.hand_over(
                self.scene,
                application=self._latest(number),
                admin=self.admins[who],
                to=self.admins[1 - who],
            ),
            "wait": lambda: self._wait(2 * number),
        }
        try:
            with self.scene.session.begin_nested():
                doing[what]()
        except UserError:
            return

    def _latest(self, back: int) -> Application:
        numbers = sorted(self.states) or [99]
        return finding.by_number(self.scene, numbers[-back % len(numbers)])

    def _apply(self, who: str, text: str) -> None:
        filling.fill(self.scene, drafts.begin(self.scene, drafts.Applicant(who)), text)

    def _submit(self, who: str) -> None:
        self._apply(who, TEXTS[0])
        self._say(who, "确认")

    def _say(self, who: str, text: str) -> None:
        application = finding.open_of(self.scene, who)
        if application is not None and application.state == "draft":
            assert drafts.hear(self.scene, application, text)
        elif application is not None and application.state == "needs_info":
            assert drafts.answer(self.scene, application, text)

    def _request(self, who: str, flag: int, text: str) -> None:
        request = requests.JoinRequest(
            account=who, source="qq_request", group="onebot:100", flag=f"f{flag}", comment=text
        )
        requests.submit(self.scene, request=request)

    def _befriend(self, who: str, flag: int, text: str) -> None:
        request = requests.JoinRequest(
            account=who, source="friend_request", flag=f"c{flag}", comment=text
        )
        requests.submit(self.scene, request=request)

    def _ask(self, admin: Member, number: int, text: str) -> None:
        scene, application = self.scene, self._latest(number)
        question = deciding.effective_question(scene, application, text)
        deciding.ask(scene, application=application, admin=admin, question=question)

    def _wait(self, days: int) -> None:
        scene = self.scene
        now = scene.now + timedelta(days=days)
        self.scene = Scene(scene.session, scene.settings, scene.analyser, now)
        settings = {scene.community_id: scene.settings}
        turn = Round(scene.session, settings, scene.analyser, now, 100)
        while clock.tick(turn):
            pass

    def check(self) -> None:
        """The state of each, what it was before, and what follows from it."""
        session = self.scene.session
        session.flush()
        rows = list(session.exec(select(Application)))
        assert {one.id for one in rows} >= self.states.keys()
        for one in rows:
            assert one.state in get_args(State)
            assert one.state in reachable(self.states.get(one.id, "draft"))
            self.states[one.id] = one.state
            assert (one.due_at is not None) == (one.state in ("draft", "needs_info"))
            assert (one.handled_at is not None) == (one.state not in OPEN)
            if one.state == "approved":
                self._check_approved(one)
            if one.state == "rejected":
                assert one.reason
        waiting = [one.account for one in rows if one.state in OPEN]
        assert len(waiting) == len(set(waiting))

    def _check_approved(self, one: Application) -> None:
        assert checking.missing(self.scene, one) == []
        assert one.answers["name"]
        assert one.answers["company"]
        holder = people.by_account(
            self.scene.session, community_id=self.scene.community_id, account=one.account
        )
        assert holder is not None
        assert holder.id == one.member_id
        needed = self.scene.settings.application.approvals
        assert len(set(one.approvals)) >= needed or one.handled_by is None


def reachable(state: str) -> set[str]:
    """The states that any number of events lead to, the state itself among them."""
    found, fresh = {state}, [state]
    while fresh:
        before = fresh.pop()
        after = {to for (frm, _), to in TABLE.items() if frm == before} - found
        found |= after
        fresh += after
    return found


STEPS = st.tuples(
    st.sampled_from(
        [
            "apply",
            "submit",
            "say",
            "request",
            "befriend",
            "approve",
            "reject",
            "ask",
            "hand_over",
            "withdraw",
            "wait",
        ]
    ),
    st.integers(0, 1),
    st.integers(1, 3),
    st.sampled_from(TEXTS),
)


def test_any_course_of_events(database: Database, analyser: Analyser) -> None:
    seen: set[str] = set()
    with database.begin() as session:
        communities.ensure(session, community_id="renren", name="老友记", groups=(), now=NOW)

    @settings(
        max_examples=75 if database.is_sqlite else 25,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(RULES), st.lists(STEPS, min_size=5, max_size=25))
    def run(rules: ApplicationRules, steps: list[Step]) -> None:
        own = Settings(id="renren", name="老友记", admin_group="onebot:900", application=rules)
        with database.read() as session:  # rolled back at its end
            course = Course(Scene(session, own, analyser, NOW))
            for step in steps:
                course.take(step)
                course.check()
            seen.update(course.states.values())
            session.rollback()

    run()
    if database.is_sqlite:
        assert seen == set(get_args(State))  # the courses go everywhere
