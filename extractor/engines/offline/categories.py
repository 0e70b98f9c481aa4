"""The category of a goal by the words of its statement. The first list that speaks most often wins."""

from schemas.vocabulary import Category

WORDS: tuple[tuple[Category, tuple[str, ...]], ...] = (
    ("investment", ("招商", "投资", "签约", "项目", "内资", "落地", "开工率", "客商", "推介会")),
    ("opening-up", ("外资", "进出口", "外贸", "开放", "口岸", "自贸", "加工贸易", "跨境", "国际化", "经济技术开发区")),
    ("innovation", ("科技", "创新", "研发", "专利", "高新技术", "孵化", "技术合同", "实验室", "成果转化", "创新型")),
    ("talent", ("人才", "院士", "博士", "引才")),
    (
        "environment",
        (
            "PM2.5",
            "能耗",
            "排放",
            "污染",
            "空气",
            "生态环境",
            "绿色工厂",
            "节能",
            "水质",
            "碳",
            "非化石",
            "森林",
            "煤炭",
            "优良天数",
            "淘汰",
            "再生水",
            "公交车",
        ),
    ),
    (
        "livelihood",
        (
            "就业",
            "居民",
            "养老",
            "学位",
            "医疗",
            "教育",
            "收入分配",
            "小区",
            "民生",
            "社保",
            "共同富裕",
            "保障房",
            "棚户",
        ),
    ),
    ("urban", ("城市", "新城", "道路", "建成区", "用地", "园区建设", "智慧园区", "宜居", "绿化", "都市", "产城")),
    ("governance", ("营商环境", "改革", "审批", "政务", "服务品牌", "治理", "安全生产", "事故", "办理时限", "满意")),
    ("industry", ("工业", "产业", "产值", "企业", "集群", "制造", "规上", "增加值", "转型升级")),
    ("economy", ("生产总值", "GDP", "经济总量", "财政", "预算收入", "税收", "消费品", "固定资产投资", "经济")),
)


# a statement holds few of the characters that words begin with: only these words are counted in it
BY_FIRST = {
    first: tuple((order, word) for order, (_, words) in enumerate(WORDS) for word in words if word[0] == first)
    for first in {word[0] for _, words in WORDS for word in words}
}


def category_of(statement: str) -> Category:
    counts = [0] * len(WORDS)
    for first in BY_FIRST.keys() & set(statement):
        for order, word in BY_FIRST[first]:
            counts[order] += statement.count(word)
    most = max(counts)
    return WORDS[counts.index(most)][0] if most else "other"
