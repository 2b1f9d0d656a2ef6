"""What a sentence like "我是张三，2016-2019 在人人网做产品，现在北京" says of its author."""

import re

from matching import Analyser, fold

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单"
    "季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "欧韶"
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐")
_NAME = rf"(?:{'|'.join(_DOUBLE)}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_END = r"(?=$|[\s,，.。;；:：、|/·（()）\-—–]|在|是|来自|原|前|现|曾|\d)"
_SAID_NAME = re.compile(rf"(?:我是|我叫|本人|姓名是?|名字[是叫]?|叫)\s*({_NAME}){_END}")
_LEADING_NAME = re.compile(rf"\s*({_NAME}){_END}")
_WHOLE_NAME = re.compile(_NAME)
_YEAR = r"(?:(?:19|20)\d{2}|\d{2})"
_MONTH = r"(?:\s*年(?:\s*\d{1,2}\s*月)?|[./]\d{1,2}(?!\d))?"
YEARS = re.compile(
    rf"(?<![\d./])({_YEAR}{_MONTH}\s*(?:-|~|～|—|–|至|到)+\s*(?:{_YEAR}{_MONTH}(?!\d)|今|现在))"
)
_WORKED = re.compile(
    r"(?<!现)(?:曾?在|来自|就职于|任职于|毕业于|供职于|前(?!公司)|原(?!公司))\s*"
    r"([^\s,，.。;；:：、\d]{2,20}?)"
    r"(?:工作|任职|上班|待过|干过|做|任|读|员工|负责|担任|的|当|实习|$|[\s,，.。;；:：、\d])"
)
_TITLE = re.compile(
    r"[^\s]{0,12}(?:经理|总监|工程师|设计师|创始人|合伙人|总裁|董事长?|主管|专员|运营|产品|开发|前端|后端|算法|架构师"
    r"|销售|市场|财务|会计|律师|顾问|老师|教师|讲师|研究员|编辑|记者|导演|编剧|制片|摄影师?|人事|行政|投资人?|分析师"
    r"|医生|店长|程序员|测试|运维|助理|策划|文案|自由职业|CEO|CTO|COO|CFO|CMO|VP|HRD?|PM)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BETWEEN = re.compile(r"[\s,，、;；/|｜]+|[-—–_]+")
_INTRODUCED = re.compile(
    r"(?:(?:你好|您好|大家好|各位好|hi|嗨)[，,。！! ]*)?(?:叫我|(?:我|本人)?(?:是|叫)|本人|我名|"
    r"我?的?(?:真实姓名|真名|本名|姓名|名字)[是叫]?)"
    r"\s*([\u4e00-\u9fff·]{2,4}?)(?:就行|就好|就可以了?|即可|吧)?[。.！!]?",
    re.IGNORECASE,
)
_SURNAME_FIRST = re.compile(
    r"(?:你好[，,]?)?我?姓([\u4e00-\u9fff]{1,2})[，,\s]*(?:单?名|叫)([\u4e00-\u9fff]{1,3})[。.！!]?"
)
# Only the first 在 of a run without blanks is tried: the end of the run is as far from all others.
_SENTENCE = re.compile(r"我是|我叫|本人|(?<!\S)[^\s在]*在\S{2,}(?:做|工作|任|上班|干|待)")


def guess(text: str, analyser: Analyser) -> dict[str, str]:
    """Fields that a text without field names seems to hold; only what is fairly sure."""
    found: dict[str, str] = {}
    if name := introduced(text.strip()):
        return {"name": name}
    rest = text
    for key, pattern in (("proof", _MAIL), ("years", YEARS)):
        if match := pattern.search(rest):
            found[key] = match[0].strip()
            rest = rest[: match.start()] + " " + rest[match.end() :]
    if match := _SAID_NAME.search(rest):
        found["name"] = match[1]
    if match := _WORKED.search(rest):
        found["company"] = match[1]
    if not _SENTENCE.search(rest):
        _take_parts(found, rest, analyser)
    elif "name" not in found and (match := _LEADING_NAME.match(rest)):
        found["name"] = match[1]
    cities = analyser.cities(text)
    if len(cities) == 1:
        found.setdefault("city", next(iter(cities)))
    return found


def introduced(text: str) -> str:
    """The name in 我叫张三; "" where the text is no such sentence."""
    if parts := _SURNAME_FIRST.fullmatch(text):
        return parts[2] if parts[2].startswith(parts[1]) else parts[1] + parts[2]
    said = _INTRODUCED.fullmatch(text)
    return said[1] if said and not _TITLE.fullmatch(said[1]) else ""


def said_name(text: str) -> str:
    """The name in a sentence that says more: 我是张三，人人网的."""
    said = _SAID_NAME.search(text)
    return said[1] if said else ""


def is_name(text: str) -> bool:
    """It looks like the name of a person: 张三, 欧阳娜娜."""
    return bool(_WHOLE_NAME.fullmatch(text)) and not _TITLE.fullmatch(text)


def _take_parts(found: dict[str, str], text: str, analyser: Analyser) -> None:
    """``张三-人人网-产品经理``: what each part is, by its look and then by its place."""
    for part in (one.strip("：:。.") for one in _BETWEEN.split(text)):
        if not part:
            continue
        key = _kind(part, found, analyser)
        if key:
            found.setdefault(key, part)


def _kind(part: str, found: dict[str, str], analyser: Analyser) -> str:
    if "name" not in found and is_name(part):
        return "name"
    company = "company" if "name" in found and len(part) >= 2 and part[0] not in "我你您" else ""
    return look(part, analyser) or company


def look(part: str, analyser: Analyser) -> str:
    """What can be told of a part without knowing where it stood."""
    if _TITLE.fullmatch(part):
        return "title"
    return "city" if fold(part).removesuffix("市") in analyser.cities(part) else ""
