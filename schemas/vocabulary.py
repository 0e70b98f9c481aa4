"""The codebook's closed lists. Descriptions are for who reads the published schema; a model learns the choices from its prompt."""

from typing import Annotated, Literal

from pydantic import Field

Comparator = Annotated[
    Literal["=", ">=", ">", "<=", "<", "~", "range"],
    Field(
        description="= 恰为;>= 以上、不少于、不低于、至少;> 超、超过、突破、高于、多;"
        "<= 以内、不超过、以下、前N名;< 不到、不足、低于;~ 约、左右、近;range 区间"
    ),
]

Measure = Annotated[
    Literal["level", "growth", "change", "share", "rank", "intensity"],
    Field(
        description="level 总量或个数(含新增N家);growth 相对增减(增长5%、增长16.8倍、翻一番);"
        "change 绝对增减(提高2个百分点、净增、前移3位);share 占比或任何比率;rank 位次;intensity 每单位(人均、亩均、每万人口、微克/立方米)"
    ),
]

Direction = Annotated[
    Literal["down", "hold"],
    Field(description="down 下降、减少、降低(数值仍写正数);hold 保持、持平;其余为空"),
]

Status = Annotated[
    Literal["target", "actual", "expected"],
    Field(description="target 要达到的;actual 已达到的;expected 对未结束时期的预计"),
]

Binding = Annotated[
    Literal["binding", "anticipated"],
    Field(description="规划表中的指标属性:binding 约束性;anticipated 预期性"),
]

Category = Annotated[
    Literal[
        "economy",
        "industry",
        "investment",
        "innovation",
        "talent",
        "opening-up",
        "environment",
        "urban",
        "livelihood",
        "governance",
        "other",
    ],
    Field(
        description="economy 经济总量;industry 产业;investment 投资与招商;innovation 科技创新;talent 人才;opening-up 对外开放;"
        "environment 生态环保节能;urban 城建与空间;livelihood 民生;governance 治理、改革与营商环境;other 其他"
    ),
]

Stage = Annotated[
    Literal["planned", "signed", "starting", "under-construction", "completed", "in-production"],
    Field(
        description="planned 谋划、前期;signed 已签约;starting 即将开工;under-construction 在建、推进建设;"
        "completed 建成、竣工、点亮、试生产;in-production 投产、投入运营、建成投用"
    ),
]

Relation = Annotated[
    Literal["by", "during", "from"],
    Field(description="by 到某时为止(X前、到X、X年底);during 在某段时间内(年内、全年、一季度、2024年);from 自某时起"),
]

Precision = Annotated[
    Literal["day", "month", "quarter", "half", "year", "plan"],
    Field(description="时间表达的粒度;plan 为五年规划期"),
]

FigureKind = Literal[
    "money",
    "percent",
    "count",
    "multiple",
    "area",
    "length",
    "weight",
    "volume",
    "energy",
    "power",
    "capacity",
    "rank",
    "index",
    "duration",
    "time",
    "identifier",
    "ordinal",
    "other",
]

Role = Literal[
    "metric",
    "project",
    "deadline",
    "qualifier",
    "time",
    "identifier",
    "ordinal",
    "slogan",
    "context",
    "repeat",
    "boilerplate",
    "unexplained",
]

LooseRole = Annotated[
    Literal["qualifier", "context", "repeat", "slogan", "identifier", "ordinal", "time"],
    Field(
        description="qualifier 名称里的门槛或规模档(过10亿元项目);context 既非目标也非成果(补贴标准、背景数、基期旧值);"
        "repeat 同一数字再说一遍;slogan 口号、仅概括并列项的计数;identifier 文号、编号、电话、产品型号;ordinal 序号;time 时间"
    ),
]

Level = Literal["province", "city", "county", "township", "zone"]

YearFrom = Literal["title", "published", "heading", "lead", "stated"]

Origin = Literal["llm", "rules", "reviewer"]
Review = Literal["unreviewed", "accepted", "corrected", "rejected", "added"]
Script = Literal["Hans", "Hant", "mixed"]
Severity = Literal["error", "warning", "info"]
