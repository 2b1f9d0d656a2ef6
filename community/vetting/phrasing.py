"""What applicants read, through whichever door they speak."""

from datetime import datetime

from community.form import ApplicationRules, FormField
from community.scene import Scene
from storage.queries import communities
from storage.tables import Application

_MOST_GROUPS = 3
TOLD_VOUCHERS = ("name", "company", "years")
CANCEL = "不申请了回「取消」。"


def question(scene: Scene, application: Application) -> str:
    """What the draft waits for: the next field, or a yes to the summary."""
    if application.asking == "confirm":
        return summary(scene, application)
    rules = scene.settings.application
    asked = rules.asked
    field = rules.field(application.asking) or asked[0]
    place = asked.index(field) + 1
    skip = "" if field.required else "（可以回「跳过」）"
    return f"{place}/{len(asked)} {field.asked}{skip}"


def about(field: FormField) -> str:
    """To an applicant who asks something instead of answering."""
    way = "这一项必填" if field.required else "不想填就回「跳过」"
    return f"这句我没有当成回答。问这些是给管理员核对身份用的，{way}。{CANCEL}"


def opening(scene: Scene, application: Application) -> str:
    """How a guided application begins."""
    head = (
        f"申请加入「{scene.settings.name}」：我一项一项问，你直接回复就行，"
        f"{readers(scene.settings.application)}。想一次写完也可以：{example(scene)}"
    )
    return f"{head}\n{CANCEL}\n{question(scene, application)}"


def readers(rules: ApplicationRules) -> str:
    """Who will read the answers."""
    if not (rules.ask_vouchers and rules.field("voucher")):
        return "只有管理员看得到"
    told = labels([one for one in rules.fields if one.key in TOLD_VOUCHERS])
    return f"只有管理员看得到；写了担保人的话，我会把你的{told}告诉 ta，问 ta 认不认识你"


def example(scene: Scene) -> str:
    """The whole form in one line, as one would type it."""
    filled = {"name": "张三", "company": "某公司", "years": "2016-2019", "title": "产品经理"}
    asked = scene.settings.application.asked
    required = [one for one in asked if one.required] or list(asked[:2])
    return "#申请 " + " ".join(f"{one.shown} {filled.get(one.key, '…')}" for one in required)


def summary(scene: Scene, application: Application) -> str:
    """All answers, for the applicant to confirm."""
    lines = ["请看一下：", *answer_lines(scene, application)]
    consent = scene.settings.application.field("consent")
    agreed = f"，也表示{consent.asked.rstrip('。？')}" if consent else ""
    lines.append(
        f"对就回「确认」提交{agreed}。要改，写「{_some_field(scene).shown} 新内容」。{CANCEL}"
    )
    return "\n".join(lines)


def answer_lines(scene: Scene, application: Application) -> list[str]:
    """One line for each field that is filled in."""
    answers = application.answers
    shown = [one for one in scene.settings.application.asked if answers.get(one.key)]
    return [f"{one.shown}：{answers[one.key]}" for one in shown]


def labels(fields: list[FormField]) -> str:
    """姓名、公司"""
    return "、".join(one.shown for one in fields)


def moment(scene: Scene, at: datetime) -> str:
    """3月9日 12:00, where the community lives."""
    local = at.astimezone(scene.settings.zone)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def submitted(application: Application) -> str:
    """The receipt of a complete application."""
    return f"收到，你的申请编号是 #A{application.id}，正在等管理员看，有结果我会告诉你。"


def waiting(scene: Scene, application: Application) -> str:
    """How things stand with what was sent."""
    since = moment(scene, application.submitted_at or application.created_at)
    return (
        f"你的申请 #A{application.id}（{since} 提交）正在等管理员看。要改，发 {example(scene)} "
        "这样的新内容，会替换原来的。不申请了发 #申请 取消。"
    )


def warning(scene: Scene, application: Application) -> str:
    """That tries which lead to nothing come to an end; empty while there is no need to say so."""
    rules, tries = scene.settings.application, application.repeats
    if tries < rules.warn_at:
        return ""
    return f"提醒：已经连着 {tries} 次没有成功，再有 {rules.block_at - tries} 次就不再受理了。"


def approved(scene: Scene, application: Application) -> str:
    """The good news, and how to get into a QQ group for whoever sits in none yet."""
    news = f"你加入「{scene.settings.name}」的申请 #A{application.id} 通过了，欢迎。"
    channel = application.account.partition(":")[0]
    groups = [one for one in scene.settings.groups if one.startswith(f"{channel}:")]
    seated = communities.with_seat(scene.session, account=application.account)
    if channel != "onebot" or not groups or scene.community_id in seated:
        return news
    numbers = "、".join(one.partition(":")[2] for one in groups[:_MOST_GROUPS])
    return f"{news}\n还没进群的话，在 QQ 里申请加群 {numbers}，我会直接放行。"


def rejected(scene: Scene, application: Application, barred: str | None) -> str:
    """The bad news, always with its reason; ``barred`` is why he may not try again."""
    news = f"你加入「{scene.settings.name}」的申请 #A{application.id} 没有通过。"
    onward = "可以改好再申请：发 #申请" if barred is None else barred
    reason = application.reason
    return f"{news}原因：{reason}" + ("" if onward == reason else f"\n{onward}")


def timed_out(scene: Scene, application: Application, barred: str | None) -> str:
    """Nothing was heard for too long; ``barred`` is why he may not try again."""
    days = scene.settings.application.timeout_days
    onward = barred or "想加入随时再发 #申请。"
    return f"申请 #A{application.id} 已经 {days} 天没有动静，先作废了。{onward}"


def entrances(scene: Scene) -> list[str]:
    """How to get into the groups for a member whom no platform has brought, a line for each way."""
    groups = [one.partition(":") for one in scene.settings.groups]
    numbers = "、".join([id_ for channel, _, id_ in groups if channel == "onebot"][:_MOST_GROUPS])
    topics = "、".join([id_ for channel, _, id_ in groups if channel == "wechaty"][:_MOST_GROUPS])
    lines = []
    if numbers:
        lines.append(f"进 QQ 群：申请加群 {numbers}，验证信息写上你的姓名和公司。")
    if topics:
        lines.append(f"进微信群「{topics}」：请管理员或群里认识的人拉你。")
    return lines


def asked_back(application: Application) -> str:
    """What the admins still want to know."""
    head = f"管理员看了你的申请 #A{application.id}，想再了解："
    where = "直接在这里回复就行。"
    if len(application.questions) > 1:
        head, where = f"{head}\n", f"一起回答，{where}"
    return f"{head}{asked(application)}\n{where}{CANCEL}"


def asked(application: Application, *, between: str = "\n") -> str:
    """All that waits for an answer, numbered where it is more than one question."""
    if len(application.questions) < 2:
        return "".join(application.questions)
    numbered = (f"（{at}）{one}" for at, one in enumerate(application.questions, 1))
    return between.join(numbered)


def _some_field(scene: Scene) -> FormField:
    asked = scene.settings.application.asked
    return asked[1] if len(asked) > 1 else asked[0]
