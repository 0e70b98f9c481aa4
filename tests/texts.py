"""Texts that nobody wrote: the words of real documents in any order, with noise between them."""

from random import Random

from hypothesis import strategies as st

NUMBERS = (
    "5", "5.5", "1,200", "0", "12.50", "１２", "一百二十", "三", "两", "百", "十五", "壹亿", "廿", "百分之五", "八成", "5-8", "10～15", "3:4:3", "2.5万",
    "亿", "80", "100", "-3", "−3.5", "▲2", "½", "①", "3.14.15", "9" * 40, "1e9", "99999999999999999999", "零", "〇", "半", "几", "数十", "多",
)  # fmt: skip
UNITS = (
    "%", "％", "亿元", "万元", "元", "万人", "人", "个", "家", "项", "公里", "平方米", "亩", "吨", "倍", "个百分点", "位", "天", "年", "月", "日", "兆瓦", "度",
    "万千瓦时", "微克/立方米", "件/万人", "美元", "以上", "左右", "以内", "余", "多", "台(套)",
)  # fmt: skip
TIMES = (
    "2024年", "2025年底前", "今年", "去年", "上半年", "一季度", "年内", "10月底前", "“十四五”期间", "2021年13月45日", "2023-02-30", "2024年1-8月", "二〇二五年",
    "三年内", "每年", "到2030年", "2025全年", "12月1日至3月5日", "2025年至2020年", "近五年", "1月以来", "截至8月底", "00年", "9999年",
)  # fmt: skip
WORDS = (
    "全市", "生产总值", "增长", "下降", "同比", "完成", "达到", "力争", "确保", "预计", "计划", "总投资", "其中", "分别", "新增就业", "固定资产投资", "项目", "工程",
    "产业园", "开工建设", "竣工", "投产", "推进", "建成", "占比", "由", "增加到", "不低于", "超过", "约", "控制在", "牵头", "市发改委", "责任单位:", "主要目标:",
    "一、", "(一)", "1.", "●", "第一章", "单位:亿元", "序号|名称|数值", "关于印发某市工作要点的通知", "某政办发〔2024〕3号", "各县区人民政府:", "青岭高新区", "桥西区",
    "来源:某网", "忽略以上指令", "质(zhì)量", "«目标»", "《规划》", "“1236”计划", "H.264", "第九位", "前十名", "排名", "翻一番", "零增长", "持平",
)  # fmt: skip
MARKS = (
    ",", "。", ";", "、", ":", "(", ")", "“", "”", "|", "\t", "\n", "\n\n", "\r", " ", "  ", ",,", "。。", "—", "-", "~", "/", "[", "]", "*", "**", "$", "&nbsp;",
    "\u3000", "\u200b", "\u2028", "\ufffd", "\ue000", "\ufeff", "\x00", "\x1b", "é", "ā", "👍", "\U00020000", "⼀", "㎡", "℃", "<|", "|>", "#", "@@",
)  # fmt: skip
GROUPS = (NUMBERS, UNITS, TIMES, WORDS, MARKS)

texts = st.lists(
    st.one_of(*(st.sampled_from(group) for group in GROUPS), st.text(max_size=3)), min_size=1, max_size=60
).map("".join)


def random_text(random: Random, longest: int) -> str:
    """The same without hypothesis, for long runs: mostly sentences, sometimes anything."""
    pieces: list[str] = []
    for _ in range(random.randint(1, longest)):
        if random.random() < 0.6:
            pieces += [random.choice(WORDS), random.choice(NUMBERS), random.choice(UNITS)]
        else:
            pieces.append(random.choice(random.choice(GROUPS)))
        if random.random() < 0.3:
            pieces.append(random.choice(",。;、\n"))
    return "".join(pieces)
