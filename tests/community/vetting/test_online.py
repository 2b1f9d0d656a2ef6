"""Applying on a page: what is kept, what becomes of it, and when it is forgotten."""

from sqlmodel import select

from community.form import FormField
from community.vetting import cards, deciding, drafts, finding, submitting
from community.vetting.online import forms, sending
from storage.queries.people import people
from storage.tables import Outbox
from tests.community.people import member
from tests.community.vetting.online import MAIL, Scenes, sent, unproven, written


def test_what_is_wrong_is_kept_and_told_all_at_once(scene_of: Scenes) -> None:
    typed = {forms.MAIL: "zhang", "name": "我叫张三，你好", "city": "京" * 21, "gives": " 招  人 "}
    with scene_of() as scene:
        token = forms.save(scene, token="", typed=typed).token
    with scene_of() as scene:
        form = forms.find(scene, token=token)
        assert form is not None
        assert form.answers == {**typed, "gives": "招 人"}
        assert list(forms.troubles(scene, form).values()) == [
            "邮箱地址写得不对，应该像 name@example.com。",
            "「姓名」只写名字就好，例如 张三。",
            "「公司」是必填的。",
            "「在职时间」是必填的。",
            "「现在职位」是必填的。",
            "「城市」最多 20 字，超出 1 字。",
            "要勾上这一项才能提交。",
        ]
        assert forms.find(scene, token="somebody else's") is None


def test_another_address_has_to_be_proven_again(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        again = forms.save(scene, token=held.token, typed={forms.MAIL: "li@example.com"})
        assert (again.form.account, again.form.confirmed) == ("mail:li@example.com", False)
        assert again.token == held.token
        assert sending.submit(scene, again.form) is None


def test_what_was_sent_stays_with_the_address_that_sent_it(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        assert sending.submit(scene, held.form)
        other = forms.save(scene, token=held.token, typed={forms.MAIL: "li@example.com"})
        assert other.token != held.token
        assert other.form.answers["name"] == "张三"
        assert other.form.application_id is None
        assert forms.latest(scene, other.form) is None


def test_it_is_an_application_like_any_other(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        assert (application.state, application.source) == ("submitted", "web")
        assert application.due_at is None
        card = cards.card(scene, application)
        assert card.startswith("#A1 新申请（网页）\n姓名：张三\n")
        assert f"邮箱：{MAIL}（验证过）" in card
        admin = member(scene, "甲")
        assert deciding.approve(scene, application=application, admin=admin)
        found = people.by_account(scene.session, community_id="renren", account=f"mail:{MAIL}")
        assert found is not None
        assert (found.name, found.company) == ("张三", "人人网")


def test_sent_twice_it_is_one_and_changed_it_takes_the_place(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        first = sending.submit(scene, held.form)
        assert sending.submit(scene, held.form) is first
        forms.save(scene, token=held.token, typed={"city": "上海"})
        second = sending.submit(scene, held.form)
        assert first is not None
        assert second is not None
        assert (first.state, second.state) == ("superseded", "submitted")
        assert finding.open_of(scene, f"mail:{MAIL}") is second


def test_whoever_waits_already_is_asked_before_it_is_replaced(scene_of: Scenes) -> None:
    with scene_of() as scene:
        first = sent(scene)
        form = written(scene, city="上海").form
        found = sending.obstacle(scene, form)
        assert found is not None
        assert "已经有一份申请 #A1" in found.text
        assert sending.submit(scene, form) is None
        assert sending.submit(scene, form, replace=True)
        assert first.state == "superseded"


def test_members_and_the_barred_are_told_and_only_after_the_code(scene_of: Scenes) -> None:
    with scene_of(block_at=2) as scene:
        deciding.approve(scene, application=sent(scene), admin=member(scene, "甲"))
        form = unproven(scene).form
        assert sending.obstacle(scene, form) is None
        assert sending.submit(scene, form, replace=True) is None
        forms.confirm(scene, form)
        found = sending.obstacle(scene, form)
        assert found is not None
        assert found.kind == "member"
        assert sending.submit(scene, form, replace=True) is None
        for _ in range(2):
            application = sent(scene, **{forms.MAIL: "li@example.com"})
            deciding.reject(scene, application=application, admin=None, reason="不符")
        found = sending.obstacle(scene, written(scene, **{forms.MAIL: "li@example.com"}).form)
        assert found is not None
        assert found.text == "已经连着 2 次没有成功，先不再受理。有话请直接找管理员。"


def test_five_a_day(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        for city in ("北京", "上海", "广州", "深圳", "杭州"):
            forms.save(scene, token=held.token, typed={"city": city})
            assert sending.submit(scene, held.form)
        forms.save(scene, token=held.token, typed={"city": "成都"})
        assert sending.submit(scene, held.form) is None
        found = sending.obstacle(scene, held.form)
        assert found is not None
        assert found.text.startswith("一天最多提交 5 次")


def test_the_roster_lets_in_at_once(scene_of: Scenes) -> None:
    with scene_of(auto_approve=True) as scene:
        known = member(scene, "张三", company="人人网")
        for account in people.accounts(scene.session, community_id="renren", member_id=known.id):
            scene.session.delete(account)
        scene.session.flush()
        application = sent(scene)
        assert (application.state, application.member_id) == ("approved", known.id)


def test_an_answer_that_gives_up_in_words_is_an_answer(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        deciding.ask(scene, application=application, admin=member(scene, "甲"), question="谁认识你")
        drafts.take_answer(scene, application, "算了")
        assert application.state == "submitted"
        assert application.exchanges == [{"question": "谁认识你", "answer": "算了"}]


def test_in_another_browser_the_answers_are_there_after_the_code(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        deciding.reject(scene, application=application, admin=None, reason="看不清")
        held = forms.begin_looking(scene, token="", typed=MAIL)
        assert forms.latest(scene, held.form) is None
        forms.confirm(scene, held.form)
        assert forms.latest(scene, held.form) is application
        assert held.form.answers["company"] == "人人网"
        assert forms.troubles(scene, held.form) == {}
        again = sending.submit(scene, held.form)
        assert again is not None
        assert again.repeats == 1


def test_an_address_of_the_domain_proves(scene_of: Scenes) -> None:
    fields = [FormField(key="name", required=True), FormField(key="proof", required=True)]
    with scene_of(fields=fields, mail_domains=["Example.com"]) as scene:
        assert sent(scene).answers["proof"] == MAIL
        other = written(scene, **{forms.MAIL: "a@else.org", "proof": "我在那里读过书"}).form
        assert forms.troubles(scene, other) == {"proof": "还不够证明，需要 @Example.com 的邮箱。"}
        told = {forms.MAIL: "zhao@example.com", "proof": "见邮箱"}
        application = sent(scene, **told)
        assert deciding.approve(scene, application=application, admin=member(scene, "甲"))


def test_letters_lead_to_the_page(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        deciding.ask(scene, application=application, admin=member(scene, "甲"), question="哪个部门")
        submitting.answer(scene, application, "产品部")
        deciding.reject(scene, application=application, admin=None, reason="对不上")
        letters = scene.session.exec(select(Outbox).where(Outbox.lane == f"mail:{MAIL}"))
        told = [one.action for one in letters]
    assert len(told) == 3
    assert all("#A1" in one and "https://x.cn/join/renren/progress" in one for one in told)
    assert not any("#申请" in one for one in told)
