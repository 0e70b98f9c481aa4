"""The reviewers' pages in a real browser. Each test leaves a picture in `out/screenshots`, to be looked at."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.review.desk import Desk
from extractor.review.web import make_app
from extractor.store import Store, open_store
from tests.reviewing import GUARDED, OPEN, TEXT, TOKEN, keep, listening, read_text

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium")
PICTURES = Path(__file__).parents[1] / "out/screenshots"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")

HOSTILE = """<script>document.title='owned'</script><img src=x onerror="document.title='owned'">开发区2024年计划
2024年,<form action="http://evil.example/"><input name=a><b onmouseover=alert(1)>开发区</b>力争实现产值<i>90亿元</i>。\x1b[31m红色\x1b[0m
"><svg onload=document.title='owned'>新增企业12家,{{7*7}} ${7*7} </textarea></select>
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        sync_api.expect.set_options(timeout=20_000)  # a busy machine is no failure
        yield opened
        opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "s.db")) as opened:
        yield opened


@pytest.fixture
def address(store: Store, tmp_path: Path) -> Iterator[str]:
    keep(store, read_text(tmp_path, TEXT, "points.txt"))
    keep(store, read_text(tmp_path, HOSTILE, "hostile.txt"))
    with listening(make_app(Desk(store), OPEN)) as client:
        yield str(client.base_url)


class Visitor:
    """A page with what went wrong in it: at the end of a test there must be nothing."""

    def __init__(
        self,
        browser: Any,
        address: str,
        language: str = "en-US",
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
    ) -> None:
        self.context = browser.new_context(
            locale=language, viewport={"width": width, "height": height}, color_scheme=scheme
        )
        self.page = self.context.new_page()
        self.address = address
        self.wrong: list[str] = []
        self.expected: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on(
            "request", lambda sent: None if sent.url.startswith((address, "data:")) else self.wrong.append(sent.url)
        )

    def open(self, name: str) -> Any:
        self.page.goto(f"{self.address}/?search={name}")
        self.page.click("td.name a")
        self.page.wait_for_selector(".desk[data-ready]")
        return self.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        sync_api.expect(self.page.locator(".toast")).to_contain_text(words)

    def in_hand(self) -> Any:
        return self.page.locator(".card.on")

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture
def visitor(browser: Any, address: str) -> Iterator[Visitor]:
    one = Visitor(browser, address)
    yield one
    one.context.close()
    assert [line for line in one.wrong if not any(words in line for words in one.expected)] == []


def card(page: Any, words: str) -> Any:
    return page.locator(".card", has_text=words).last


def test_the_queue_opens_and_is_filtered(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(visitor.address)
    assert page.locator("tbody tr").count() == 2
    visitor.picture("queue")

    page.fill("[name=search]", "points")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?search=points*")

    assert page.locator("tbody tr").count() == 1


def test_a_file_that_is_given_is_extracted_and_opened(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(visitor.address)
    given = {
        "name": "<b>new</b>.txt",
        "mimeType": "text/plain",
        "buffer": "全县力争2025年新增企业30家。".encode("gb18030"),
    }
    page.set_input_files("[name=file]", given)

    page.click("[data-intake] button")

    page.wait_for_url("**/documents/*")
    sync_api.expect(page.locator(".raw mark.metric")).to_have_text("30家")


def test_the_text_stands_beside_its_records_and_taking_one_lights_the_other(visitor: Visitor) -> None:
    page = visitor.open("points")
    card(page, "12 个").click()
    sync_api.expect(page.locator("mark.lit")).to_have_text("12个")

    page.locator(".raw mark", has_text="120亿元").click()

    sync_api.expect(visitor.in_hand().locator(".lead")).to_contain_text("120")
    visitor.picture("document")


def test_records_are_filtered_by_words_and_by_state(visitor: Visitor) -> None:
    page = visitor.open("points")
    visitor.press("/")
    page.keyboard.type("智能装备")
    assert 0 < page.locator(".card:not(.gone)").count() < page.locator(".card").count()
    page.fill(".bar [data-filter]", "")

    page.select_option("[data-show]", "rejected")

    assert page.locator(".card:not(.gone)").count() == 0


def test_a_key_accepts_and_goes_on_to_the_next(visitor: Visitor, store: Store) -> None:
    page = visitor.open("points")
    first = visitor.in_hand().get_attribute("id")

    visitor.press("a")

    visitor.says("Saved")
    sync_api.expect(page.locator(f"[id='{first}'] .state")).to_contain_text("accepted · ann")
    assert visitor.in_hand().get_attribute("id") != first
    sync_api.expect(page.locator("[data-count=reviewed]")).to_have_text("1")
    [line] = Desk(store).log()
    assert (line.record, line.action, line.reviewer) == (first, "accept", "ann")


def test_a_count_of_findings_that_falls_to_one_stands_before_one_word(
    visitor: Visitor, store: Store, tmp_path: Path
) -> None:
    raw = "临江高新区情况通报\n2024-03-15\n会议于2024年2月30日召开。\n材料于2024年13月报送。\n"
    keep(store, read_text(tmp_path, raw, "dates.txt"))
    page = visitor.open("dates")
    badge = page.locator("[data-badge=error]")
    sync_api.expect(badge).to_have_text("2 errors")

    page.locator(".card.finding").first.click()
    visitor.press("a")

    sync_api.expect(badge).to_have_text("1 error")


def test_a_value_is_edited_checked_as_typed_and_held_against_the_text(visitor: Visitor) -> None:
    page = visitor.open("points")
    card(page, "15 家").click()
    visitor.press("e")
    page.fill("form.edit [name=value]", "fünfzehn")
    sync_api.expect(page.locator("[data-field=value] .problem")).to_contain_text("a number")
    page.fill("form.edit [name=value]", "16")
    page.fill("form.edit [name='period.end']", "2024-02-30")
    visitor.press("Enter")
    sync_api.expect(page.locator("[data-field='period.end'] .problem")).to_contain_text("a date that exists")
    visitor.picture("form")
    page.fill("form.edit [name='period.end']", "2024-12-31")
    page.fill("form.edit [name=reason]", "typo")

    visitor.press("Enter")

    visitor.says("Saved")
    sync_api.expect(visitor.in_hand().locator(".lead")).to_have_text("16 家")
    sync_api.expect(visitor.in_hand().locator(".note")).to_contain_text("value mismatch")
    assert page.locator("form.edit").count() == 0
    visitor.picture("edited")


def test_selected_text_becomes_a_record(visitor: Visitor) -> None:
    page = visitor.open("points")
    select(page, "20万元")
    visitor.press("m")
    page.wait_for_selector("form.edit")
    assert page.input_value("form.edit [name=value]") == "20"
    assert page.input_value("form.edit [name=unit]") == "万元"
    page.fill("form.edit [name=name]", "最高奖励")

    visitor.press("Enter")

    sync_api.expect(card(page, "最高奖励").locator(".state")).to_contain_text("added · ann")
    sync_api.expect(page.locator(".raw mark", has_text="20万元")).to_have_class("metric lit")
    visitor.picture("added")


def test_who_cancels_the_form_of_a_new_record_has_none(visitor: Visitor, store: Store) -> None:
    page = visitor.open("points")
    select(page, "20万元")
    visitor.press("m")
    page.wait_for_selector("form.edit[data-fresh]")

    visitor.press("Escape")

    visitor.says("Taken back")
    sync_api.expect(page.locator(".raw mark", has_text="20万元")).to_have_class("context")
    assert [line.action for line in Desk(store).log()] == ["add", "undo"]


def test_only_what_is_shown_is_accepted_at_once(visitor: Visitor) -> None:
    page = visitor.open("points")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.fill(".bar [data-filter]", "智能装备")
    shown = page.locator(".card:not(.gone)").count()
    page.locator(".text").focus()

    visitor.press("A")

    visitor.says("Saved")
    sync_api.expect(page.locator(".chip.state")).to_have_count(shown)
    assert str(shown) in asked[0]
    assert page.locator(".card:not(.gone)").count() == shown


def select(page: Any, words: str) -> None:
    """Select a figure of the text as a mouse would."""
    box = page.locator(".raw mark", has_text=words).bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()


def test_figures_are_reached_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("points")
    page.locator(".text").focus()
    for _ in range(40):
        visitor.press("ArrowRight")
        if page.locator("mark.at").inner_text() == "20万元":
            break

    visitor.press("m")

    page.wait_for_selector("form.edit")
    assert page.input_value("form.edit [name=value]") == "20"


def test_undo_takes_the_last_save_back(visitor: Visitor) -> None:
    page = visitor.open("points")
    card(page, "12 个").click()
    key = visitor.in_hand().get_attribute("id")
    visitor.press("x")
    visitor.says("Saved")
    sync_api.expect(page.locator(f"[id='{key}'] .state")).to_contain_text("rejected")
    assert page.locator(".raw mark.unexplained").count() == 1
    visitor.picture("rejected")

    visitor.press("z")

    sync_api.expect(page.locator(f"[id='{key}'] .state")).to_have_count(0)
    assert page.locator(".raw mark.unexplained").count() == 0
    assert visitor.in_hand().get_attribute("id") == key


def test_a_figure_that_is_left_over_takes_a_role_by_one_key(visitor: Visitor) -> None:
    page = visitor.open("points")
    card(page, "12 个").click()
    visitor.press("x")
    visitor.says("Saved")
    visitor.press("N", "N", "n", "N")
    page.locator(".card.figure").click()

    visitor.press("2")

    sync_api.expect(page.locator(".card.figure")).to_have_count(0)
    sync_api.expect(page.locator(".raw mark", has_text="12个")).to_have_class("context")


def test_a_stale_save_shows_both_values_and_writes_nothing_until_it_is_said_again(
    browser: Any, address: str, visitor: Visitor, store: Store
) -> None:
    visitor.expected = ["409"]
    page = visitor.open("points")
    card(page, "15 家").click()
    visitor.press("e")
    page.fill("form.edit [name=name]", "mine")
    other = Visitor(browser, address)
    theirs = other.open("points")
    card(theirs, "15 家").click()
    other.press("e")
    theirs.fill("form.edit [name=name]", "theirs")
    other.press("Enter")
    other.says("Saved")

    visitor.press("Enter")

    both = page.locator("form.edit .both")
    sync_api.expect(both).to_contain_text("theirs")
    sync_api.expect(both).to_contain_text("mine")
    visitor.picture("stale")
    assert len(Desk(store).log()) == 1
    visitor.press("Enter")
    sync_api.expect(visitor.in_hand().locator("h3")).to_have_text("mine")
    assert [line.version for line in Desk(store).log()] == [1, 2]
    other.context.close()


def test_the_language_is_the_browsers_until_another_is_chosen(browser: Any, address: str, visitor: Visitor) -> None:
    chinese = Visitor(browser, address, language="zh-CN")
    chinese.page.goto(address)
    sync_api.expect(chinese.page.locator("nav a").first).to_have_text("文件")
    chinese.context.close()
    page = visitor.open("points")
    sync_api.expect(page.locator(".tools")).to_contain_text("Undo")
    before = page.url.partition("#")[0]

    page.click("[data-language]")

    sync_api.expect(page.locator(".tools")).to_contain_text("撤销")
    assert page.url.startswith(before)
    visitor.picture("chinese")


def test_a_document_that_holds_markup_is_shown_as_text(visitor: Visitor) -> None:
    dialogs: list[str] = []
    visitor.page.on("dialog", lambda dialog: dialogs.append(dialog.message))

    page = visitor.open("hostile")
    page.wait_for_timeout(300)

    assert page.locator(".raw form, .raw script, .raw img, .raw svg, .card script").count() == 0
    assert "<script>" in page.locator(".raw").inner_text()
    assert "{{7*7}}" in page.locator(".raw").inner_text()
    assert page.title() != "owned"
    assert dialogs == []
    visitor.press("n", "j", "e")
    visitor.picture("hostile")


def test_the_keys_are_told_and_the_page_fits_a_tablet(browser: Any, address: str, visitor: Visitor) -> None:
    visitor.open("points")
    visitor.press("?")
    sync_api.expect(visitor.page.locator("dialog.help")).to_be_visible()
    visitor.picture("help")
    for width, height in ((1024, 768), (768, 1024)):
        tablet = Visitor(browser, address, width=width, height=height)
        page = tablet.open("points")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tablet.picture(f"tablet-{width}")
        tablet.context.close()


def test_a_guarded_server_asks_who_comes_and_signs_with_that_name(browser: Any, store: Store, tmp_path: Path) -> None:
    keep(store, read_text(tmp_path, TEXT, "points.txt"))
    with listening(make_app(Desk(store), GUARDED)) as client:
        visitor = Visitor(browser, str(client.base_url).rstrip("/"))
        page = visitor.page
        page.goto(visitor.address)
        assert violations(page) == []
        visitor.picture("login")
        page.fill("[name=reviewer]", "王芳")
        page.fill("[name=token]", TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_selector("table.queue")
        visitor.open("points")

        visitor.press("a")

        visitor.says("Saved")
        assert [line.reviewer for line in Desk(store).log()] == ["王芳"]
        visitor.context.close()
        assert visitor.wrong == []


@pytest.mark.parametrize("path", ["/panels", "/api/docs"])
def test_every_other_page_is_labelled_too(visitor: Visitor, path: str) -> None:
    visitor.page.goto(f"{visitor.address}{path}")
    assert violations(visitor.page) == []
    visitor.picture(path.strip("/").replace("/", "-"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_readable_and_labelled_for_everybody(browser: Any, address: str, scheme: str) -> None:
    """By the rules of axe-core, contrast and names of controls among them."""
    visitor = Visitor(browser, address, scheme=scheme)
    page = visitor.page
    page.goto(address)
    found = violations(page)
    visitor.open("points")
    found += violations(page)
    card(page, "15 家").click()
    visitor.press("e")
    page.wait_for_selector("form.edit")
    found += violations(page)
    visitor.picture(f"form-{scheme}")
    visitor.context.close()

    assert found == []


def violations(page: Any) -> list[str]:
    told = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in told for node in one["nodes"]]
