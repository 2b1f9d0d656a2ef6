"""Signs in a text that are no topic: numbers, contacts, sides, exclusions."""

import re

_MEASURE = (
    "万|w|k|千|百|亿|元|块|刀|美金|平米|平方米|平方|平|㎡|年|个月|月份|月|日|号|天|晚|小时|分钟|分|秒|周|岁|人"
    "|个|位|名|家|台|套|件|片|箱|吨|公斤|斤|两|米|寸|层|楼|点|度|v|kg|g|ml|cm|mm|%|折|成|起|次|款|条|张|场|集"
    "|期|单|户|间|室|厅|本|部|辆|把|只|双|盒|瓶|包|例|字|页|倍|届|级|餐|课时|节|遍|轮(?!融)|股|票|排|桌|席|新"
)
_AMOUNT = re.compile(
    rf"(?<!\d)\d{{1,12}}(?:\.\d{{1,6}})?\s?(?:[-~—–至到/]\s?\d{{1,12}}(?:\.\d{{1,6}})?\s?)?\+?\s?(?:{_MEASURE})(?![a-z])(?:{_MEASURE})?"
)
_CONTACT = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}|(?<!\d)1[3-9]\d[\d* -]{8,10}"
    r"|(?:微信|v信|(?<![a-z])(?:vx|wx|qq|tel)|电话|手机)\s*[:号]?\s*[a-z0-9*][a-z0-9_*-]{4,}"
    r"|(?<![a-z])v\s*[: ]\s*[a-z0-9*][a-z0-9_*-]{4,}"
    r"|\b[a-z]+[a-z0-9]*_[a-z0-9_]+|@\S+"
)
_GAP = re.compile(r"(?<=[㐀-鿿]) (?=[a-z0-9])|(?<=[a-z0-9]) (?=[㐀-鿿])")
_CLAUSE = re.compile(r"[^，,。;；\n!！?？、]+")
_KEEP_OUT = re.compile(
    r"(?P<who>[^，,。;；\n!！?？]{1,14}?)(?:请勿|勿|请|不要|别|就别)?(?:勿扰|免谈|绕道|绕行|别来|别找|别加|走开|勿进|勿加|就算了|别打扰|退散|免扰)"
)
_REFUSE = re.compile(
    r"(?:不要|拒绝|谢绝|除了|不接|不做|不收|不找|不考虑|不含|不包|非|不需要|不是|无需|不用|不碰|不投|不看)(?P<what>[^，,。;；\n!！?？、]{1,10})"
)
_REMOTE = re.compile(
    r"远程|线上|全国|不限地|不限城市|地点不限|异地|包邮|邮寄|快递|视频面|在家办公|网课|顺丰"
)
_NOT_REMOTE = re.compile(r"(?:不接受|不能|不支持|不要|谢绝|非|不可)(?:远程|线上|异地|邮寄)")
_SEEK = re.compile(
    r"求职|找工作|找份工作|找个工作|看机会|看看机会|新机会|求内推|求推荐岗|求捞|求收留|应届|我的简历|简历可|被裁|被优化"
    r"|刚离职|已离职|离职|裸辞|待业|在职看|秋招|春招|转行|想进|想去|想找.{0,10}(?:岗|工作|职位|实习)|找.{0,6}实习|求.{0,8}(?:岗|坑|hc|职位|实习)"
    r"|随时到岗|降薪|可接受|想转|想跳|求带走|求坑|有坑吗|还有人要|本人|毕业生|在校生|力荐|推荐一位|前下属|前同事|求坑|谁家有坑"
)
_HIRE = re.compile(
    r"招聘|急招|诚招|在招|扩招|招(?!商|标|牌|投|待|生|股|募资|呼|行|财|考|架|数|惹)|(?<![a-z])hc(?![a-z])|缺人|缺(?:一|个|名|位|两)|岗位|坑位|名额|坐班|五险一金|双休"
    r"|薪资|月薪|薪|内推|base|jd|合伙人|急缺|驻场|找(?!工作|份工|个工|我|到|得|实习|坑|岗|机会)|托我"
)
_WANTS = re.compile(
    r"招(?!商|标|投|牌|待|生办)|求(?!职)|想找|在找|寻找|寻|找|急缺|长期缺|缺|收购|采购|想投|想要|想学|想买|想租|需要|征|收(?!益|藏|入|录|纳|割|尾)|希望|正在融|融资中|待融"
)
_GIVES = re.compile(
    r"承接|提供|服务|都做|都能|能做|可做|可接|擅长|专做|专注|代理|出租|供应|有现货|支持|专业|工厂|帮|对接|从业|经验|做过|负责|可以|自有|手里有"
)


# A need is for something one does not have, an offer of something one has; these turn it round.
_NEED_TO_GIVE = re.compile(
    r"求职|找工作|找份工作|求内推|求捞|求收留|求带走|想卖|想转|想出手|求转手|求进组|想进组|看机会|求坑|求.{0,6}(?:岗位|职位|实习)"
    r"|(?:找|求|寻|认识|对接).{0,10}(?:客户|买家|金主|投资|融资|资方|冠名|赞助|平台|渠道|经销|代理商|接手|下家|甲方|品牌方|出品方|跟投|播出|接盘|采购商)"
    r"|融资|介绍成单|首单|买单"
)
_OFFER_TO_TAKE = re.compile(
    r"(?:^|[，,。；\n\s])(?:我|我们|本人|公司|长期|常年|大量|诚意|高价)*(?:收(?!费|款|银|纳|录|益|尾|入|集|藏)|求购|采购|回收|征|想投|投(?!流|放|手|影|入|诉|递|币|稿)|招|缺)"
    r"|找(?!我|工作|到|得|上门)|招(?!商|标|牌|投|待|生|股)|征片|征稿|征案|收购|采购|预算|有.{0,4}hc|放.{0,6}hc|急缺|诚招|岗位|在找"
)


def flow(text: str, kind: str) -> str:
    """Does the author of a post want to get something, or to give it?"""
    if kind == "need":
        return "give" if _NEED_TO_GIVE.search(text) else "take"
    if kind == "offer":
        return "take" if _OFFER_TO_TAKE.search(text) else "give"
    return ""


def strip_contacts(text: str) -> str:
    """Blank out contact strings, so that they give no words; positions stay."""
    return _CONTACT.sub(lambda m: " " * len(m[0]), text)


def close_gaps(text: str) -> str:
    """No blank between a character and a letter or digit: 苹果 15 is 苹果15."""
    return _GAP.sub("", text)


def strip_amounts(text: str) -> str:
    """Blank out numbers with their measure words; positions stay."""
    return _AMOUNT.sub(lambda m: " " * len(m[0]), text)


def refused(text: str) -> list[tuple[int, int]]:
    """Stretches that name who or what is not wanted."""
    return [m.span("who") for m in _KEEP_OUT.finditer(text)] + [
        m.span("what") for m in _REFUSE.finditer(text)
    ]


def is_remote(text: str) -> bool:
    return bool(_REMOTE.search(_NOT_REMOTE.sub("", text)))


def work_side(text: str) -> str:
    """Of a text about jobs: does it offer a job ("hire") or look for one ("seek")?"""
    seek, hire = len(_SEEK.findall(text)), len(_HIRE.findall(text))
    if seek == hire:
        return ""
    return "seek" if seek > hire else "hire"


def clauses(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _CLAUSE.finditer(text)]


def wants(clause: str) -> bool:
    """Does this clause of a profile say what its owner looks for, not what he has?"""
    return bool(_WANTS.search(clause)) and not _GIVES.search(clause)
