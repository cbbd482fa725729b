"""V30: what looks like a person, and what only sounds so."""

import polars as pl
import pytest

from data.demo.bodies import bodies
from data.rules import RULES
from data.rules.persons import is_a_bare_name, names_a_person

PERSONS = (
    "张伟同志办事拖拉", "群众反映李局长态度差", "请王书记批示", "县委陈建业书记讲话", "欧阳主任", "教育局李局长",
    "刘志强同志、", "根据赵镇长要求", "王先生来信", "联系13812345678", "电话 138-1234-5678",
    "手机１３８１２３４５６７８",
    "110101199003071234", "身份证:11010119900307123X", "a.b@example.com", "Comrade Zhang",
)  # fmt: skip
ORDINARY = (
    "党委书记办公室", "县委书记信箱", "第一书记", "局长办公会", "林业局长接待日", "公安局长信箱", "纪检组组长单位",
    "领导小组组长由党组书记兼任", "高校书记", "主任会议", "各单位主要负责同志", "全体党员同志", "有关同志", "车间主任",
    "卫生院院长负责制", "武装部部长", "常务副主任", "县委常委", "村支部书记", "平江县委书记", "司法所长", "文化局长",
    "成立领导小组和办事机构", "路长制", "河长制", "离退休老同志", "人大常委会主任会议", "工会主席", "委员会委员",
    "合计2014041300001", "20140413001", "M-2014-04-13-0001", "Party Secretary's Office",
)  # fmt: skip

V30 = next(rule for rule in RULES if rule.code == "V30")


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_is_noticed(text: str) -> None:
    assert names_a_person(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_the_name_of_an_office_is_no_person(text: str) -> None:
    assert not names_a_person(text)


def test_each_cell_with_a_person_is_named(broken) -> None:
    changes = {
        "problems": [{}, {"problem_id": "P2", "measure_zh": "由张伟同志落实"}],
        "visits": [{"source_ref": "13812345678"}],
    }
    assert broken("V30", changes) == {("problems", 1, "measure_zh"), ("visits", 0, "source_ref")}


def test_a_failure_does_not_repeat_what_it_found(week) -> None:
    tables = week({"problems": [{"title_zh": "由张伟同志落实"}]})
    assert V30(tables, None)["value"].to_list() == [None]


@pytest.mark.parametrize(
    "name", ["leader_name", "phone", "contact_person", "id_number", "负责人姓名", "e_mail", "birth_date"]
)
def test_a_column_about_persons_is_refused(name: str, week) -> None:
    tables = week({})
    tables["units"] = tables["units"].with_columns(pl.lit("x").alias(name))
    assert V30(tables, None).select("table", "column").rows() == [("units", name)]


def test_no_column_of_ours_is_about_persons(week) -> None:
    assert V30(week({}), None).is_empty()


@pytest.mark.parametrize(
    "text", ["王伟", "李建国", "欧阳锋", "白云", "Zhang Wei", "Wei Zhang", "John Smith", "user_12", "Resource 3"]
)
def test_a_bare_name_of_a_person_is_found(text: str) -> None:
    assert is_a_bare_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "林业局",
            "公安局",
            "白云街道",
            "信访办",
            "文联",
            "司法所",
            "高新区",
            "江北",
            "水利",
            "县委督查室",
            "万达集团",
        ),
        *("Water Bureau", "Song Town", "Legal Affairs", "Team A", "Group 3", "T1", "", "Civil Service Office"),
    ],
)
def test_an_office_is_no_bare_name(text: str) -> None:
    assert not is_a_bare_name(text)


def test_no_body_of_the_demonstration_county_is_a_bare_name() -> None:
    assert [row for row in bodies() if is_a_bare_name(row["name_zh"]) or is_a_bare_name(row["name_en"])] == []
