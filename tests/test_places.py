"""The rules of actors' names: what is one, where it begins and ends, and which place it stands for."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.outline.names.divisions import divisions, named
from extractor.outline.names.places import actor_name, find_names, is_name, region_of
from extractor.text.cleaning import clean


def found(raw: str) -> str:
    return " ".join(f"{name.text}:{name.kind}" for name in find_names(clean(raw).text))


# places of the gazetteer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("江苏省、浙江省和上海市", "江苏省:province 浙江省:province 上海市:province"),
        ("江苏、浙江和上海", "江苏:province 浙江:province 上海:province"),
        ("内蒙古自治区与宁夏", "内蒙古自治区:province 宁夏:province"),
        ("支持洛阳、南阳市建设副中心城市", "洛阳:city 南阳市:city"),
        ("加快延边朝鲜族自治州和黔东南州发展", "延边朝鲜族自治州:city 黔东南州:city"),
        ("2024年东丽区生产总值增长5%", "东丽区:county"),
        ("河南省洛阳市宜阳县粮食产量", "河南省洛阳市宜阳县:county"),
        ("山东省济南市市中区", "山东省济南市市中区:county"),
        ("河南洛阳宜阳县", "河南洛阳宜阳县:county"),
        ("上海浦东新区", "上海浦东新区:county"),
        ("天津滨海新区和神农架林区", "天津滨海新区:county 神农架林区:county"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江拉祜族佤族布朗族傣族自治县:county"),
        ("北京市朝阳区", "北京市朝阳区:county"),
        ("北京上海两地", "北京:province 上海:province"),
        ("襄樊市和莱芜市", "襄樊市:city 莱芜市:city"),
        ("北京西城区", "北京西城区:county"),
        ("开发山东城区地下空间", "山东:province"),
        ("洛阳市场份额", "洛阳:city"),
        ("东城区域经济", ""),
        ("宜阳县域经济", ""),
        ("推广安全生产责任保险", ""),
        ("新晋中国工程院院士3名", ""),
        ("老城区改造12处", ""),
        ("洛阳市老城区改造12处", "洛阳市老城区:county"),
        ("适应城市发展需要", ""),
        ("产城互动和县域经济", ""),
        ("国家长治久安", ""),
        ("来宾市、长治市", "来宾市:city 长治市:city"),
        ("喜迎八方来宾", ""),
        ("城市中心城区", ""),
        ("黄山风景优美", ""),
        ("更高标准推进美丽江西建设", "江西:province"),
        ("成为内陆“空中出海口”", ""),
        ("太行山东北部生态治理", ""),
        ("贺兰山东麓防洪", ""),
        ("大连机场,扩大连片种植", "大连:city"),
        ("占工程量的62%,江西路、北岭大道", ""),
        ("村卫生室医保定点实现全覆盖", ""),
        ("建成都市圈,建成成都东站", "成都:city"),
        ("各自贡献力量,巩固原有成果", ""),
        ("促进经济南北均衡,推广安装", ""),
        ("黄河南岸、沿海南部", ""),
        ("运营口岸,隆重庆祝", ""),
    ],
)
def test_a_listed_division_is_found_with_its_suffix_and_above_the_county_without(text: str, names: str) -> None:
    assert found(text) == names


# zones


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("洛阳高新区新增企业12家", "洛阳高新区:zone"),
        ("洛阳市高新技术产业开发区", "洛阳市高新技术产业开发区:zone"),
        ("郑州国家高新技术产业开发区管委会", "郑州国家高新技术产业开发区管委会:organ"),
        ("日照经济技术开发区", "日照经济技术开发区:zone"),
        ("青岭高新区召开会议", "青岭高新区:zone"),
        ("支持珂城经开区扩区", "珂城经开区:zone"),
        ("雲岫經開區與青嶺高新區", "云岫经开区:zone 青岭高新区:zone"),
        ("加快澜溪综保区、澜溪自由贸易试验区建设", "澜溪综保区:zone 澜溪自由贸易试验区:zone"),
        ("位于青岭新材料产业园", "青岭新材料产业园:zone"),
        ("在青岭空港经济区落户", "青岭空港经济区:zone"),
        ("推进东方枢纽国际商务合作区建设", "东方枢纽国际商务合作区:zone"),
        ("方枢纽国际商务合作区", ""),
        ("推动高新区高质量发展", ""),
        ("加快建设新区", ""),
        ("高新区新开工项目12个", ""),
        ("国家级经济技术开发区12家", ""),
        ("省级开发区", ""),
        ("打造百亿级产业园区", ""),
        ("建设绿色低碳示范区", ""),
        ("国家自主创新示范区", ""),
        ("全省高新区", ""),
        ("河南省开发区", "河南省:province"),
        ("深化广东自贸试验区改革", "广东自贸试验区:zone"),
        ("高质量发展建设共同富裕示范区", ""),
        ("第一批国家高新区", ""),
        ("多个开发区", ""),
        ("苏州工业园区", "苏州工业园区:zone"),
        ("XX高新区完成投资", "XX高新区:zone"),
        ("宜阳县教育局珂城经济开发区", "宜阳县教育局:organ 珂城经济开发区:zone"),
        ("云渚市珂城区青岭工业园", "云渚市珂城区青岭工业园:zone"),
        ("助力雄安新区建设", "雄安新区:zone"),
        ("中国(河南)自由贸易试验区郑州片区", "中国(河南)自由贸易试验区:zone 郑州:city"),
        ("云渚工业园区(高新区)锚定目标", "云渚工业园区(高新区):zone"),
        ("优化两江新区、滨湖新区布局", "两江新区:zone 滨湖新区:zone"),
        ("高新区青岭街道", "青岭街道:township"),
        ("喜迎青岭高新区", "青岭高新区:zone"),
        ("青岭人民医院开发区院区", ""),
        ("书记李明高新区调研", ""),
        ("党工委书记高新区", ""),
    ],
)
def test_a_zone_needs_a_name_of_its_own_or_its_city(text: str, names: str) -> None:
    assert found(text) == names


# places that no list holds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("云渚市人民政府", "云渚市人民政府:organ"),
        ("推动云渚市、珂溪县发展", "云渚市:city 珂溪县:county"),
        ("近日,云渚市召开会议", "云渚市:city"),
        ("2023年云渚市完成投资", "云渚市:city"),
        ("在云渚市云岫镇青石村", "云渚市云岫镇青石村:village"),
        ("洛阳市珂溪街道梅坞社区", "洛阳市珂溪街道梅坞社区:village"),
        ("澜溪乡和云岫镇", "澜溪乡:township 云岫镇:township"),
        ("比上年云渚市高", "云渚市:city"),
        ("增速居沛泽市第2位", "沛泽市:city"),
        ("云渚至珂溪市域铁路", ""),
        ("双泉口镇、栖湾县、枕湖区", "双泉口镇:township 栖湾县:county 枕湖区:county"),
        ("环南昆山—罗浮山县镇村", ""),
        ("岭南沿海城市的深圳", "深圳:city"),
        ("按照市委部署", ""),
        ("按照市", ""),
        ("第四季度县", ""),
        ("全市、全县、全区", ""),
        ("12个县区", ""),
        ("我市各县区", ""),
        ("建设和美乡村150个", ""),
        ("改善农村人居环境", ""),
        ("畅通城乡经济循环", ""),
        ("打造特色小镇3个", ""),
        ("国家中心城市", ""),
        ("建设花园城市", ""),
        ("省市县三级联动", ""),
        ("推进中部地区崛起", ""),
        ("棚户区改造", ""),
        ("松涛灌区续建配套", "" ),
        ("控股上市公司", ""),
        ("提升市容市貌", ""),
        ("打造宜居社区", ""),
        ("一个县、两个镇、三个村", ""),
        ("持续改善城市面貌", ""),
    ],
)  # fmt: skip
def test_an_unlisted_place_needs_a_border_before_it_and_no_common_word_in_it(text: str, names: str) -> None:
    assert found(text) == names


# organs and firms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("河南省洛阳市宜阳县人民政府办公室", "河南省洛阳市宜阳县人民政府办公室:organ"),
        ("中共上海市委员会", "中共上海市委员会:organ"),
        ("中共河南省委、河南省人民政府", "中共河南省委:organ 河南省人民政府:organ"),
        ("洛阳市委书记", "洛阳市委:organ"),
        ("洛阳市委员视察", "洛阳市:city"),
        ("青岭高新技术产业开发区管理委员会办公室", "青岭高新技术产业开发区管理委员会办公室:organ"),
        ("青岭高新区党工委", "青岭高新区党工委:organ"),
        ("(市发展改革委牵头,市财政局配合)", "市发展改革委:organ 市财政局:organ"),
        ("责任单位:省科技厅、省工业和信息化厅", "省科技厅:organ 省工业和信息化厅:organ"),
        ("由教育局、住建局、招商办负责", "教育局:organ 住建局:organ 招商办:organ"),
        ("云渚市城市更新局", "云渚市城市更新局:organ"),
        ("宜阳县财政局", "宜阳县财政局:organ"),
        ("国家发展和改革委员会、工业和信息化部", "国家发展和改革委员会:organ 工业和信息化部:organ"),
        ("国务院办公厅关于印发", "国务院办公厅:organ"),
        ("各级教育部门", ""),
        ("自治区人民政府", ""),
        ("省政府、市委、市政府", ""),
        ("市长、县长、区长", ""),
        ("北京大学、郑州银行", "北京大学:organ 郑州银行:organ"),
        ("优化洛阳市发展格局", "洛阳市:city"),
        ("科学布局、通盘大局", ""),
        ("2026年湖北省政府工作报告", "湖北省:province"),
        ("引进珂溪晶澜光电科技股份有限公司", "珂溪晶澜光电科技股份有限公司:firm"),
        ("支持晟溪集团、北大荒集团发展", "晟溪集团:firm 北大荒集团:firm"),
        ("与云渚(珂城)装备制造有限公司签约", "云渚(珂城)装备制造有限公司:firm"),
        ("支持北京数据集团发展", "北京数据集团:firm"),
        ("培育大型企业集团5家", ""),
        ("国有股份", ""),
        ("洛阳市第一人民医院", "洛阳市第一人民医院:organ"),
        ("国家税务总局云渚市税务局", "国家税务总局:organ 云渚市税务局:organ"),
        ("云渚市委组织部、市委宣传部", "云渚市委组织部:organ 市委宣传部:organ"),
        ("青岭市市场监管局", "青岭市市场监管局:organ"),
        ("青岭市应急管理局、区投资促进中心", "青岭市应急管理局:organ 区投资促进中心:organ"),
        ("珂城教育局青岭经济开发区", "珂城教育局:organ 青岭经济开发区:zone"),
        ("牵头部门经济发展局", "经济发展局:organ"),
        ("恒屿智能家居(珂溪)有限公司", "恒屿智能家居(珂溪)有限公司:firm"),
        ("正由珂溪保税开发有限公司", "珂溪保税开发有限公司:firm"),
        ("景和斋食品股份有限公司", "景和斋食品股份有限公司:firm"),
        ("进一步提升跨国公司、保险公司", ""),
        ("岭溪省人民政府、澜南省", "岭溪省人民政府:organ 澜南省:province"),
        ("中国科学院、广西大学城", "广西:province"),
    ],
)
def test_an_organ_is_found_with_its_place_or_grade_and_a_firm_behind_a_border(text: str, names: str) -> None:
    assert found(text) == names


# regions


@pytest.mark.parametrize(
    ("name", "code", "own", "level"),
    [
        ("河南省洛阳市宜阳县", "410327", "宜阳县", "county"),
        ("宜阳县", "410327", "宜阳县", "county"),
        ("宜阳县人民政府", "410327", "宜阳县", "county"),
        ("江苏", "320000", "江苏省", "province"),
        ("海南", "460000", "海南省", "province"),
        ("吉林", "220000", "吉林省", "province"),
        ("吉林市", "220200", "吉林市", "city"),
        ("山东省济南市市中区", "370103", "市中区", "county"),
        ("济南市市中区", "370103", "市中区", "county"),
        ("山东省市中区", None, "市中区", "county"),
        ("市中区", None, "市中区", "county"),
        ("朝阳区", None, "朝阳区", "county"),
        ("长春市朝阳区", "220104", "朝阳区", "county"),
        ("朝阳市", "211300", "朝阳市", "city"),
        ("襄樊市", "420600", "襄樊市", "city"),
        ("襄阳市", "420600", "襄阳市", "city"),
        ("莱芜市", "371200", "莱芜市", "city"),
        ("莱芜区", "370116", "莱芜区", "county"),
        ("巢湖市", "340181", "巢湖市", "county"),
        ("安徽省巢湖市居巢区", "341402", "居巢区", "county"),
        ("密云县", "110228", "密云县", "county"),
        ("密云区", "110118", "密云区", "county"),
        ("河南省济源市", "419001", "济源市", "county"),
        ("中共上海市委员会", "310000", "上海市", "province"),
        ("延边州", "222400", "延边朝鲜族自治州", "city"),
        ("青岭高新技术产业开发区", None, "青岭高新区", "zone"),
        ("云渚市", None, "云渚市", "city"),
        ("宜阳县珂溪镇", None, "珂溪镇", "township"),
        ("洛阳高新区管委会", None, "洛阳高新区", "zone"),
    ],
)
def test_a_name_stands_for_one_division_or_for_one_without_a_code(
    name: str, code: str | None, own: str, level: str
) -> None:
    region = region_of(name)

    assert region is not None
    assert (region.code, region.name, region.level) == (code, own, level)


@pytest.mark.parametrize("name", ["", "按照市", "国家发展和改革委员会", "晟溪集团", "云岫镇青石村", "北京、上海"])
def test_what_is_no_name_or_no_place_has_no_region(name: str) -> None:
    assert region_of(name) is None


def test_a_name_in_running_text_knows_its_place() -> None:
    names = list(find_names("山东省济南市市中区财政局与市中区"))

    assert [name.place and name.place.code for name in names] == ["370103", None]


# actors


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("河南省洛阳市宜阳县人民政府办公室", "宜阳县"),
        ("东丽区人民政府", "东丽区"),
        ("天津市东丽区人民政府", "东丽区"),
        ("青岭高新技术产业开发区管理委员会", "青岭高新区"),
        ("郑州国家高新技术产业开发区管委会办公室", "郑州高新区"),
        ("厦门火炬高技术产业开发区管委会", "厦门火炬高新区"),
        ("云渚市珂城高新技术产业开发区管委会", "珂城高新区"),
        ("天津滨海高新区", "天津滨海高新区"),
        ("中共上海市委员会", "上海市"),
        ("中共河南省委", "河南省"),
        ("浙江省", "浙江省"),
        (" 青岭市人民政府 ", "青岭市"),
        ("国家发展和改革委员会", "国家发展和改革委员会"),
        ("科技部", "科技部"),
        ("云渚市财政局", "云渚市财政局"),
        ("市财政局", "市财政局"),
        ("宜阳县珂溪镇人民政府", "珂溪镇"),
        ("洛阳市人大常委会", "洛阳市"),
        ("晟溪集团", "晟溪集团"),
        ("自治区人民政府", None),
        ("市政府", None),
        ("按照市", None),
        ("区委办公室", None),
        ("推动高新区", None),
        ("", None),
    ],
)
def test_an_organ_is_reduced_to_the_place_it_acts_for_and_a_department_stays(name: str, actor: str | None) -> None:
    assert actor_name(name) == actor


@pytest.mark.parametrize(
    "text",
    ["宜阳县", "江苏", "青岭高新区", "云渚市人民政府", "市财政局", "晟溪集团", "中共上海市委员会", "云岫镇", "市中区"],
)
def test_a_whole_name_is_one(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *["", "年东丽区", "按照市", "第四季度县", "市长", "党工委书记", "书记张明高新区", "推动高新区", "高新区", "全市", "我省", "本区", "该县", "各区县"],
        *["方枢纽国际商务合作区", "加快建设新区", "2024年东丽区", "东丽区生产总值", "北京、上海", "国家级新区", "三个县", "城市", "乡村", "东丽区的"],
    ],
)  # fmt: skip
def test_a_fragment_a_verb_an_ordinal_an_office_or_a_person_is_no_name(text: str) -> None:
    assert not is_name(text)


# the table and the bounds


def test_the_table_holds_each_code_and_name_once_and_every_successor() -> None:
    rows = [row for name in divisions() for row in named(name)]
    codes = {row.code for row in rows}

    assert len(rows) == len({(row.code, row.name) for row in rows}) > 4000
    assert all(row.successor in codes for row in rows if row.successor)
    assert sum(row.last is None for row in rows) == 34 + 333 + 2846


@pytest.mark.parametrize(("code", "successor"), [("110228", "110118"), ("371200", "370116"), ("341400", "340181")])
def test_a_division_that_was_renamed_or_merged_names_its_successor(code: str, successor: str) -> None:
    assert {row.successor for name in divisions() for row in named(name) if row.code == code} == {successor}


def test_names_are_found_between_two_offsets() -> None:
    text = "洛阳市、青岭高新区、宜阳县"

    assert [(name.start, name.text) for name in find_names(text, 4, 9)] == [(4, "青岭高新区")]


@given(st.lists(st.sampled_from([*"省市区县镇乡村州中的在、。\nX", "洛阳", "河南省", "青岭", "高新区", "宜阳县", "人民政府", "管委会", "财政局", "集团", "市中区", "国家", "(", ")"]), max_size=30).map("".join))  # fmt: skip
@settings(deadline=None)
def test_names_of_any_text_stand_in_order_and_apart(text: str) -> None:
    names = list(find_names(text))

    assert all(text[name.start : name.end] == name.text for name in names)
    assert all(one.end <= other.start for one, other in pairwise(names))


@pytest.mark.parametrize(
    "piece",
    ["市", "区", "高新区", "洛阳市", "青岭", "珂城高新区", "公司", "有限公司", "(珂城)集团", "人民政府", "的市"],
)
def test_hostile_text_of_any_length_is_read_in_passing(piece: str) -> None:
    names = list(find_names(piece * (60_000 // len(piece))))

    assert len(names) <= 60_000
