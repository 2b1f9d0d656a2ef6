"""The application form of a community, as config.yaml may set it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from community.rules import WaitingDays


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


STANDARD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "name": ("姓名", "你的真实姓名？"),
        "company": ("公司", "你在哪家公司（或组织）待过？写和这个社群有关的那家。"),
        "years": ("在职时间", "在那里是哪几年？例如 2016-2019，还在职就写 2016-至今。"),
        "title": ("现在职位", "现在做什么职位？例如 产品经理。"),
        "city": ("城市", "现在在哪个城市？"),
        "industry": ("行业", "现在在什么行业？"),
        "voucher": ("担保人", "群里谁认识你、能为你作证？写名字。"),
        "gives": ("能给", "你能给大家什么？"),
        "seeks": ("想要", "你想在这里找什么？"),
        "proof": ("证明", "怎么证明你在那里待过？例如公司邮箱，或两位老同事的名字。"),
        "intro": ("自我介绍", "介绍一下自己。"),
        "consent": ("同意", "同意管理员为审核查看以上内容。"),
    }
)
"""Label and question of the fields that the bot knows by itself."""


def _key(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", text):
        raise ValueError("应由小写英文字母、数字和 _ 组成，以字母开头，最多 30 个字符")
    return text


class FormField(_Section):
    """One question of the form. Label and question of a known ``key`` may be left out."""

    key: Annotated[str, AfterValidator(_key)]
    label: str = ""
    question: str = ""
    required: bool = False
    min: int = Field(0, ge=0, le=10_000)  # characters
    max: int = Field(200, ge=1, le=10_000)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.key not in STANDARD and not self.label:
            raise ValueError("是自定义的一栏，应写明 label")
        if self.min > self.max:
            raise ValueError("的 min 不能大于 max")
        return self

    @property
    def shown(self) -> str:
        """The name of the field as people read it."""
        return self.label or STANDARD[self.key][0]

    @property
    def asked(self) -> str:
        """The question that an applicant gets."""
        return self.question or (
            STANDARD[self.key][1] if self.key in STANDARD else f"{self.label}？"
        )


DEFAULT_FIELDS = (
    FormField(key="name", required=True, min=2, max=20),
    FormField(key="company", required=True, max=40),
    FormField(key="years", required=True, max=40),
    FormField(key="title", required=True, max=30),
    FormField(key="city", required=True, max=20),
    FormField(key="industry", max=30),
    FormField(key="voucher", max=60),
    FormField(key="gives"),
    FormField(key="seeks"),
    FormField(key="proof"),
    FormField(key="consent", required=True),
)


class ApplicationRules(_Section):
    """What newcomers are asked, and how it is decided."""

    fields: tuple[FormField, ...] = DEFAULT_FIELDS
    request_required: tuple[str, ...] = ("name", "company")  # of a platform's join request
    mail_domains: tuple[str, ...] = ()  # a mail address there counts as proof
    proof_vouchers: int = Field(0, ge=0, le=5)  # so many members named count as proof
    auto_approve: bool = False  # when the roster holds name and company
    approvals: int = Field(1, ge=1, le=3)  # admins who must agree
    ask_vouchers: bool = False  # ask the members named, in private
    proof_files: bool | None = None  # on the page; None: when there is a field for proof
    timeout_days: WaitingDays = 7
    warn_at: int = Field(3, ge=1)  # repeated tries
    block_at: int = Field(5, ge=2)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        keys = [one.key for one in self.fields]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise ValueError(f"的 fields 里 {twice} 写了两次，请只留一个")
        if "name" not in keys:
            raise ValueError("的 fields 里应有 name")
        strange = next((key for key in self.request_required if key not in keys), None)
        if strange and "request_required" in self.model_fields_set:
            raise ValueError(f"的 request_required 里 {strange} 不在 fields 中")
        return self

    def field(self, key: str) -> FormField | None:
        """The field of that key."""
        return next((one for one in self.fields if one.key == key), None)

    @property
    def takes_files(self) -> bool:
        """Whoever applies on the page may hand in files as proof."""
        return self.field("proof") is not None if self.proof_files is None else self.proof_files

    @property
    def asked(self) -> tuple[FormField, ...]:
        """The fields that are asked one by one: consent is given by confirming the summary."""
        return tuple(one for one in self.fields if one.key != "consent")
