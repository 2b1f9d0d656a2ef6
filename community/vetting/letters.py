"""What applicants read who gave a mail address: plain words, and where to go on."""

from community import urls
from community.notices import Letter
from community.scene import Scene
from community.vetting import phrasing
from storage.tables import Application


def approved(scene: Scene, application: Application) -> Letter:
    """The good news."""
    name = scene.settings.name
    text = f"你加入「{name}」的申请 #A{application.id} 通过了，欢迎。"
    more = urls.leading("用这个邮箱登录，就能看到大家的需求和供给", urls.home(scene.settings))
    ways = "\n".join(phrasing.entrances(scene))
    return Letter(f"你已经加入「{name}」", text + more + (f"\n\n{ways}" if ways else ""))


def received(scene: Scene, application: Application) -> Letter:
    """The receipt, and the way back to it."""
    name = scene.settings.name
    text = (
        f"收到你加入「{name}」的申请，编号 #A{application.id}，正在等管理员看，有结果会写信告诉你。"
    )
    more = urls.leading("看进度、改内容、撤回", urls.progress(scene.settings))
    return Letter(f"收到你加入「{name}」的申请", text + more)


def rejected(scene: Scene, application: Application, barred: str | None) -> Letter:
    """The bad news, always with its reason; ``barred`` is why he may not try again."""
    name = scene.settings.name
    text = f"你加入「{name}」的申请 #A{application.id} 没有通过。\n\n原因：{application.reason}"
    return Letter(f"你加入「{name}」的申请没有通过", text + _again(scene, "可以改好再申请", barred))


def asked_back(scene: Scene, application: Application, *, end: str = "") -> Letter:
    """What the admins still want to know; ``end`` is when it will be too late."""
    name = scene.settings.name
    text = f"管理员看了你加入「{name}」的申请 #A{application.id}，想再了解：\n\n"
    text += phrasing.asked(application)
    if end:
        text += f"\n\n到 {end} 还没有回答，申请会作废。"
    many = "几个" if len(application.questions) > 1 else "一个"
    subject = f"你加入「{name}」的申请，还有{many}问题"
    return Letter(subject, text + urls.leading("在这里回答", urls.progress(scene.settings)))


def timed_out(scene: Scene, application: Application, barred: str | None) -> Letter:
    """Nothing was heard for too long; ``barred`` is why he may not try again."""
    name, days = scene.settings.name, scene.settings.application.timeout_days
    text = f"你加入「{name}」的申请 #A{application.id} 已经 {days} 天没有动静，先作废了。"
    return Letter(
        f"你加入「{name}」的申请已作废", text + _again(scene, "想加入，随时可以再申请", barred)
    )


def _again(scene: Scene, words: str, barred: str | None) -> str:
    if barred is not None:
        return f"\n\n{barred}"
    return urls.leading(words, urls.progress(scene.settings))
