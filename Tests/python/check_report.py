"""Opens report.html in headless Chromium: no error, no request to a network, tables that sort,
and a number that equals summary.csv's.

Usage: check_report.py RESULT_FOLDER [FOLDER_FOR_PICTURES]
"""

import pathlib
import shutil
import sys

import pandas as pd
from playwright.sync_api import sync_playwright

folder = pathlib.Path(sys.argv[1]).resolve()
pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
summary = pd.read_csv(folder / "summary.csv")
chromium = shutil.which("chromium")


def check(page):
    """Looks at the page as a reader does."""
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((folder / "report.html").as_uri())
    page.wait_for_load_state("networkidle")

    assert page.title(), "the page has no title"
    outside = [url for url in requests if not url.startswith(("data:", folder.as_uri()))]
    assert not outside, outside
    assert len([url for url in requests if url.startswith("file:")]) == 1, requests
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], f"the page is wider than the window: {widths}"
    broken = page.evaluate(
        "Array.from(document.images).filter(i => !i.complete || i.naturalWidth === 0).length")
    assert broken == 0, f"{broken} pictures are broken"
    assert page.locator("figure img").count() > 0, "there are no figures"

    heads = page.locator("#condition-table thead th").all_inner_texts()
    heads = [head.split()[0] for head in heads]
    column = heads.index("correlation")
    button = page.locator("#condition-table thead th button").nth(column)

    def values():
        cells = page.locator(f"#condition-table tbody tr td:nth-child({column + 1})")
        return [float(text) for text in cells.all_inner_texts()]

    expected = [float(f"{value:.4f}") for value in summary.correlation_mean]
    assert [round(value, 4) for value in values()] == expected, (values(), expected)
    button.click()
    assert values() == sorted(expected), values()
    button.click()
    assert values() == sorted(expected, reverse=True), values()
    assert not complaints, complaints


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        check(page)
        if pictures:
            page.screenshot(path=pictures / f"report-{width}.png", full_page=True)
    browser.close()
print("report.html is sound at both widths")
