"""What people ask for where all that counts is that each of them is answered."""

TRADES = ("报税", "模具", "摄影", "保姆", "装修", "翻译", "招聘", "仓库", "律师", "搬家")


def wish(n: int) -> str:
    """The ``n``-th command; no two are the same."""
    return f"#need 第 {n} 单：想找一位做{TRADES[n % len(TRADES)]}的朋友"
