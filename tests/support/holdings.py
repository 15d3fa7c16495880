"""What the page of everything we hold says, beside the columns that other software reads."""

from tests.support.browser import Browser


def columns_without_words(browser: Browser) -> set[str]:
    """Columns of the document whose names stand on the page as they are, without a word for people."""
    document = browser.get("/me/everything.json").json
    columns = {column.replace("_", " ") for holding in document for row in holding["rows"] for column in row}
    heads = {head.get_text(strip=True) for head in browser.visit("/me/everything").select("th, dt")}
    return columns & heads
