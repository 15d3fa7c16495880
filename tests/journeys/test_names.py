"""T89: names in any script, towers of marks and families of signs break no line of any list on a phone."""

from collections.abc import Callable

from tests.support.axe import overflow
from tests.support.demo import House
from tests.support.window import Window

NAMES = {
    "bram": "Bram \u202egnp.exe",
    "ada": "A" + "\u0301" * 40 + "da de Wit",
    "linus": "👨‍👩‍👧‍👦" * 8,
    "grace": "محمد بن عبد الرحمن بن عوف الأنصاري",
    "iris": "สมชาย" * 6,
    "hugo": "O'Brien",
}
"""As they stand in the database, however they came there: forms take out U+202E."""
TALLEST = 14
"""Lines of a row on a phone: an unbroken name of thirty letters, its address, its work."""
ROWS = """() => [...document.querySelectorAll("main tbody tr, main .row")].map((row) => {
  const box = row.getBoundingClientRect();
  return { lines: box.height / parseFloat(getComputedStyle(row).lineHeight || 24), right: box.right, text: row.textContent.trim().slice(0, 30) };
})"""


def test_no_name_breaks_a_list_on_a_phone(house: House, open_window: Callable[..., Window]) -> None:
    for who, name in NAMES.items():
        house.change("UPDATE people_person SET name = ?, name_key = '  ' || ? WHERE email_key = ?", name, who, f"{who}@meridian.example")
    for who, paths in {"rosa": ["/admin/people", "/admin/audit"], "hedy": ["/hr/people", "/hr/certificates"]}.items():
        here = open_window(size="phone")
        page = here.sign_in(who)
        for path in paths:
            page.goto(path)
            faults = overflow(page)
            faults += [f"{row['text']}: {row['lines']:.1f} lines" for row in page.evaluate(ROWS) if row["lines"] > TALLEST]
            assert not faults, f"{path}: {faults}"
            bare = "(names) => names.filter((name) => [...document.querySelectorAll('main tbody th')].some((cell) => cell.textContent.includes(name) && !cell.querySelector('bdi')))"
            assert page.evaluate(bare, list(NAMES.values())) == [], path
