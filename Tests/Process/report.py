"""The pages of `bailiff paper --html` in a real browser: what they show, that they show it by day and by night, and that they
ask nothing of anybody. Figures are worked out here again, from the JSON, by somebody who did not draw them."""
import html.parser
import json
import pathlib
import re
import shutil
import subprocess

from browser import WIDTH, Browser
from harness import BAILIFF, Folder, Skipped, expect

CHARTS = pathlib.Path("/usr/share/javascript/chart.js/chart.min.js")
CLASSES = ["won", "outbid", "late", "unprofitable", "refused", "reverted"]


def bailiff(*words, code=0, seconds=300):
    done = subprocess.run(
        [BAILIFF, *map(str, words)], capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    expect(done.returncode == code, f"{words}: exit code {done.returncode}: {done.stderr[-400:]}")
    return done.stdout if code == 0 else done.stderr


def needed():
    try:
        from PIL import Image  # noqa: F401
    except ImportError:
        raise Skipped("no python3-pil")
    if shutil.which("chromium") is None or not CHARTS.exists():
        raise Skipped("no chromium, or no libjs-chart.js")


class Nodes(html.parser.HTMLParser):
    """Figures, charts and sections of a page, by their data attributes; a figure with the text that a reader sees."""

    def __init__(self, text):
        super().__init__()
        self.figures, self.derived, self.charts, self.sections, self.height = [], {}, {}, [], 0
        self.open = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.height = int(found.get("data-height", self.height))
        if "data-key" in found:
            self.open = [found["data-key"], found["data-value"], found.get("data-format"), ""]
            self.figures.append(self.open)
        if "data-derived" in found:
            self.derived[found["data-derived"]] = int(found["data-value"])
        if "data-chart" in found:
            box = [int(part) for part in found["data-box"].split(",")]
            self.charts[found["data-chart"]] = (int(found["data-points"]), box)
        if "data-section" in found:
            self.sections.append(int(found["data-section"]))

    def handle_data(self, text):
        if self.open:
            self.open[3] += text

    def handle_endtag(self, tag):
        self.open = None


def shown(value, form, decimals):
    """The text of a figure, worked out from the summary's value."""
    if form in ("money", "wei"):
        places = 18 if form == "wei" else decimals
        whole, part = divmod(abs(int(value)), 10 ** places)
        cents = part * 100 // 10 ** places
        sign = "-" if int(value) < 0 and (whole or cents) else ""
        return f"{sign}{whole:,}.{cents:02}" + (" ether" if form == "wei" else "")
    if form == "count":
        return f"{int(value):,}"
    if form == "share":
        return f"{value * 100:.1f} %"
    if form == "hash":
        return value[:16]
    return str(value) if form == "text" else None


def compare_figures(nodes, summary, decimals):
    for path, value, form, text in nodes.figures:
        found = summary
        for key in path.split("."):
            found = found[int(key)] if isinstance(found, list) else found.get(key) if found is not None else None
        given = json.loads(value)
        # JavaScript's numbers are doubles: moments in nanoseconds differ from the summary's in the last digits.
        same = float(given) == float(found) if isinstance(found, int) and found > 2 ** 53 else given == found
        expect(same, f"{path}: the page has {given}, the summary {found}")
        expected = shown(found, form, decimals) if found is not None else "-"
        # A half may be rounded either way by two languages.
        near = form == "share" and found is not None and abs(float(text[:-2]) - found * 100) <= 0.05 + 1e-9
        expect(expected is None or text == expected or near, f"{path}: reads {text}, should be {expected}")


def vivid(picture):
    """How many pixels have a colour that is none of grey's."""
    from PIL import ImageChops
    red, green, blue = picture.split()
    high = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    low = ImageChops.darker(ImageChops.darker(red, green), blue)
    return sum(ImageChops.subtract(high, low).histogram()[61:])


def look(folder, page):
    """The page by day and by night: nothing asked for, nothing complained of, every chart drawn."""
    from PIL import Image
    # First to see how high it is: then in a window that shows all of it.
    height = Nodes(Browser(folder, page).dom).height
    expect(1000 < height < 16000, f"the page is {height} high")
    backgrounds = []
    for dark in (False, True):
        visit = Browser(folder, page, height, dark)
        # First, as an address that cannot be had is a complaint too.
        expect(not visit.requests, f"asked for {visit.requests[:3]}")
        expect(not visit.console, f"the console says {visit.console[:3]}")
        nodes = Nodes(visit.dom)
        with Image.open(visit.paint()) as image:
            pixels = image.convert("RGB")
        expect(pixels.size == (WIDTH, height), f"a picture of {pixels.size}")
        backgrounds.append(sum(pixels.getpixel((3, 3))))
        for name, (points, (left, top, width, tall)) in nodes.charts.items():
            drawn = pixels.crop((left, top, left + width, top + tall))
            # The same box without its border of axes and legend: bars and lines, not only a frame.
            inner = vivid(pixels.crop((left + 80, top + 35, left + width - 10, top + tall - 50)))
            # Nothing is returned where there are more than so many.
            expect(points > 0 and drawn.getcolors(20) is None, f"{name}: {points} points, few colours")
            expect(inner > 50, f"{name}: {inner} coloured pixels")
    expect(backgrounds[0] > 700 and backgrounds[1] < 150, f"light and dark: {backgrounds}")
    return nodes


def played(folder, *words):
    """A summary and its page, of a synthetic crash."""
    tape = folder.path / "crash.mcap"
    if not tape.exists():
        bailiff("tape", "generate", "--recipe", "crash", "--accounts", "200", "--safe-accounts", "50", "--hours", "6",
                "--out", tape)
    name = f"{len(list(folder.path.glob('*.html')))}"
    page, out = folder.path / f"{name}.html", folder.path / f"{name}.json"
    text = bailiff("paper", "--tape", tape, "--json", "--out", out, "--html", page, *words)
    return json.loads(text), page, out


def embedded(page):
    found = re.search(r'<script type="application/json" id="summary">(.*?)</script>', page.read_text(), re.S)
    return json.loads(found.group(1))


def test_the_page_of_a_run_shows_its_summary_and_asks_nothing_of_anybody():
    needed()
    folder = Folder()
    summary, page, _ = played(folder)
    expect(embedded(page) == summary, "the page holds another summary")
    nodes = look(folder, page)
    compare_figures(nodes, summary, 18)
    expect(nodes.sections == list(range(1, 18)), f"sections {nodes.sections}")
    keys = {figure[0] for figure in nodes.figures}
    for index, preset in enumerate(summary["tapes"][0]["presets"]):
        path = f"tapes.0.presets.{index}"
        wanted = ["money.profit", "money.cash", "money.gas", "capture.ratio", "capture.low", "capture.high", "seed",
                  "tapeSHA256", "latency.arrivalMicroseconds.p99", "opportunities.opened", "world.badDebt"]
        wanted += [f"opportunities.classes.{row}.{key}" for row in range(len(preset["opportunities"]["classes"]))
                   for key in ("count", "money", "net")]
        wanted += [f"refusals.{name}" for name in preset["refusals"]]
        wanted += [f"settings.{row}.value" for row in range(len(preset["settings"]))]
        missing = [key for key in wanted if f"{path}.{key}" not in keys]
        expect(not missing, f"not on the page: {missing}")
        most = worst = 0
        for point in preset["series"]:
            most = max(most, int(point["profit"]))
            worst = max(worst, most - int(point["profit"]))
        expect(nodes.derived[f"{path}.drawdown"] == worst, f"{path}: the drawdown differs")
    points = sum(len(preset["series"]) + 1 for preset in summary["tapes"][0]["presets"])
    expect(nodes.charts["cumulative profit"][0] == points, f"{nodes.charts['cumulative profit']} of {points} points")
    print(f"    {len(nodes.figures)} figures, {len(nodes.charts)} charts, light and dark")


def test_the_page_of_two_runs_shows_their_differences():
    needed()
    folder = Folder()
    (first, _, a), (second, _, b) = played(folder), played(folder, "--rivals", "8")
    page = folder.path / "compared.html"
    summary = json.loads(bailiff("paper", "--compare", a, "--compare", b, "--html", page, "--json"))
    for pair, left, right in zip(summary["pairs"], first["tapes"][0]["presets"], second["tapes"][0]["presets"]):
        rows = {row["name"]: [int(row[side]) for side in ("first", "second", "difference")]
                for row in pair["rows"] + pair["classes"]}
        expected = {"profit": [int(run["money"]["profit"]) for run in (left, right)]}
        for one, other in zip(left["opportunities"]["classes"], right["opportunities"]["classes"]):
            expected[f"{one['name']}, count"] = [one["count"], other["count"]]
            expected[f"{one['name']}, net"] = [int(one["net"]), int(other["net"])]
        expect(all(f"{name}, net" in expected for name in CLASSES), f"{sorted(expected)}")
        for name, (one, other) in expected.items():
            expect(rows[name] == [one, other, other - one], f"{name}: {rows[name]}, {one}, {other}")
    expect(any(not pair["isSameDecisions"] for pair in summary["pairs"]), "eight rivals changed nothing: this proves little")
    expect(embedded(page) == summary, "the page holds another comparison")
    nodes = look(folder, page)
    compare_figures(nodes, summary, 18)
    wanted = {f"pairs.{index}.{kind}.{row}.{side}" for index, pair in enumerate(summary["pairs"])
              for kind in ("rows", "classes") for row in range(len(pair[kind])) for side in ("first", "second", "difference")}
    expect(wanted <= {figure[0] for figure in nodes.figures}, "figures are missing")
    text = bailiff("paper", "--compare", a, "--compare", b)
    expect(re.search(r"^profit +\S+ +\S+ +\S+$", text, re.M), text[:300])


def test_pages_are_the_same_bytes_again_and_refuse_with_their_codes():
    if not CHARTS.exists():
        raise Skipped("no libjs-chart.js")
    folder = Folder()
    (_, first, out), (_, second, _) = played(folder), played(folder)
    expect(first.read_bytes() == second.read_bytes(), "two pages of the same run differ")
    new = folder.path / "new.html"
    said = bailiff("paper", "--tape", "x", "--html", new, "--charts", folder.path / "nowhere", code=69)
    expect("libjs-chart.js" in said and not new.exists(), said)
    bailiff("paper", "--tape", "x", "--html", first, code=69)
    bailiff("paper", "--compare", out, code=64)
    bailiff("paper", "--compare", out, "--compare", out, "--tape", "x", code=64)
    bailiff("paper", "--compare", out, "--compare", folder.path / "nowhere", code=66)
    bailiff("paper", "--compare", out, "--compare", first, code=65)
    changed = json.loads(out.read_text())
    changed["format"] = 2
    (folder.path / "later.json").write_text(json.dumps(changed))
    bailiff("paper", "--compare", out, "--compare", folder.path / "later.json", code=65)
    # Text from outside the program cannot end the summary's element early.
    changed["format"] = 1
    changed["tapes"][0]["title"] = "</script><script>document.title = 'taken'</script>"
    (folder.path / "strange.json").write_text(json.dumps(changed))
    bailiff("paper", "--compare", folder.path / "strange.json", "--compare", out, "--html", new)
    expect("taken" in json.dumps(embedded(new)) and "<script>document" not in new.read_text(), "the title became a script")


def test_the_checks_of_pages_notice_requests_complaints_and_empty_charts():
    needed()
    folder = Folder()
    _, good, _ = played(folder)
    for name, old, new in [
            ("asked for", "<main", '<img src="http://pictures.invalid/a.png"><main'),
            ("console says", "<main", "<script>console.error('a complaint')</script><main"),
            ("colours", "drawing.made = new Chart", "drawing.made = { destroy() {} }; if (false) new Chart")]:
        bad = folder.path / "bad.html"
        bad.write_text(good.read_text().replace(old, new))
        try:
            look(folder, bad)
        except Exception as error:
            expect(name in str(error), f"{name}: noticed as: {error}")
            continue
        expect(False, f"not noticed: {name}")
