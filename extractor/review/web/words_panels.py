"""The words of the panels in English and Chinese."""

from collections.abc import Callable, Mapping

PANEL_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Deadlines and targets", "时限与目标"),
    "to_all": ("All documents", "全部文件"),
    "contents": ("On this page", "本页内容"),
    "cut": (
        "The store holds more records than one page can show; some are left out here. Narrow the search.",
        "库中记录过多,本页未能全部列出,请缩小查找范围。",
    ),
    "nothing": ("Nothing fits.", "没有符合条件的内容。"),
    # narrowing
    "actor": ("Actor", "主体"),
    "source": ("Source, title, publisher", "文件名、标题、发布单位"),
    "name": ("Name or indicator", "名称或指标"),
    "year": ("Year", "年份"),
    # the timeline
    "timeline": ("Timeline of deadlines", "时限时间线"),
    "timeline_about": (
        "Each bar is a record under its deadline, filed under the day on which it ends. A bar that fades has no date at that end.",
        "每一条代表受时限约束的一条记录,按截止日期排列;一端渐隐表示该端没有日期。",
    ),
    "no_timeline": ("No deadline with a date.", "没有带日期的时限。"),
    "recurring": ("Without a date of their own", "没有具体日期"),
    "recurring_about": (
        "Recurring duties, and limits whose day the text does not tell.",
        "定期任务,以及原文未写明日期的时限。",
    ),
    "records": ("records:", "记录:"),
    "chart_of": ("Chart; the table below holds the same:", "图表,内容与下表相同:"),
    "as_table": ("As a table", "以表格查看"),
    "jump": ("Years", "年份"),
    "limit": ("Deadline", "时限"),
    "time": ("Time", "时间"),
    "what": ("What it binds", "约束的内容"),
    "kind": ("Kind", "类型"),
    "status": ("Status", "性质"),
    "review": ("Review", "核对"),
    "in_document": ("Document", "文件"),
    "kind.metric": ("metric", "指标"),
    "kind.goal": ("goal", "目标"),
    "kind.project": ("project", "项目"),
    "kind.deadline": ("deadline alone", "仅时限"),
    # targets against results
    "results": ("Targets against results", "目标与结果对照"),
    "results_about": (
        "Compared is only what shares name, unit, measure and actor, for one time, the year before or in one row. Each chart has its scale.",
        "只对照名称、单位、计量方式和主体都相同的数字,且时期相同或相差一年,或出自表格的同一行。每幅图各有比例尺。",
    ),
    "no_results": ("No target has a result to be held against.", "没有可与目标对照的结果。"),
    "shares": ("Share of the target reached", "目标完成比例"),
    "shares_about": (
        "Amounts and counts of one time only; the line is the whole target.",
        "仅限同一时期的总量;竖线为目标的100%。",
    ),
    "target": ("target", "目标"),
    "expected": ("expected", "预计"),
    "result": ("result", "结果"),
    "so_far": ("so far", "进度"),
    "before": ("before", "此前"),
    "quantity": ("Quantity", "指标"),
    "figure": ("Figure", "数字"),
    "role": ("Is", "类别"),
    "reached": ("reached", "完成比例"),
    "gap": ("result less target", "结果减目标"),
    "points": ("percentage points", "个百分点"),
    "met.True": ("✓ met", "✓ 达到"),
    "met.False": ("✗ not met", "✗ 未达到"),
    "alone": ("Not paired", "未配对"),
    "alone_about": (
        "Figures that nothing in the same name, unit, measure and actor is near enough to, and figures without a time.",
        "没有同名、同单位、同计量、同主体且时期相近的数字可对照,或没有时期的数字。",
    ),
}


def panel_words(language: str) -> Callable[[str], str]:
    column = ("en", "zh").index(language)
    return lambda key: PANEL_WORDS[key][column]
