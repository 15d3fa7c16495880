"""Files that authors write: every fault has a line and a sentence, and none ends in a traceback."""

import pytest

from app.core.authored import Unreadable, read_bytes, read_text, yaml_tree
from app.core.schema import schema_faults


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("a: b: c", 1, "not YAML"),
        ("a: 1\nb: [", 2, "not YAML"),
        ("a: 1\na: 2", 2, "second time"),
        ("a: &x 1\nb: *x", 1, "aliases"),
        ("a: *x", 1, "aliases"),
        ("x: !!python/object/apply:os.system [ls]", 1, "no tags"),
        ("x: !!binary aGk=", 1, "no tags"),
        ("[" * 100_000, 1, "too deeply"),
        ("- " * 10_000, 1, "too deeply"),
        ("{" * 1000, 1, "too deeply"),
        ("? [a]\n: b", 1, "single word"),
        ("a\n---\nb", 2, "not YAML"),
        ("a: " + "9" * 5000, 0, "number or date"),
        ("a: 2026-13-45", 0, "number or date"),
        ("a: \x07", 0, "not YAML"),
    ],
)
def test_bad_yaml_is_a_fault_at_its_line(text, line, words):
    """T75: aliases, depth, tags and giant numbers cost nothing."""
    with pytest.raises(Unreadable) as caught:
        yaml_tree("a.yaml", text)
    assert (caught.value.fault.file, caught.value.fault.line) == ("a.yaml", line)
    assert words in caught.value.fault.sentence


def test_every_part_knows_its_line():
    tree = yaml_tree("a.yaml", "title:\n  en: A\n  nl: B\nitems:\n  - uuid: x\n  - uuid: y\nday: 2026-01-05\n")
    assert tree.data == {"title": {"en": "A", "nl": "B"}, "items": [{"uuid": "x"}, {"uuid": "y"}], "day": "2026-01-05"}
    assert [tree.line_of(*path) for path in [("title", "nl"), ("items", 1, "uuid"), ("items", 1, "gone"), ("day",), ()]] == [3, 6, 6, 7, 1]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../secret", "", "a\\b", "a\x00b"])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(Unreadable, match="out of the folder"):
        read_bytes(tmp_path, name, most=100)


def test_links_are_not_followed_neither_to_files_nor_through_folders(tmp_path):
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    (root / "file").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to(tmp_path)
    for name in ("file", "folder/secret"):
        with pytest.raises(Unreadable, match="symbolic link"):
            read_bytes(root, name, most=100)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"fine\n\xff\xfe", 2, "UTF-8"),
        ("Caf\u00e9".encode("latin-1"), 1, "UTF-8"),
        ("x".encode("utf-16"), 1, "UTF-8"),
        (b"a\nb\x00c", 2, "U+0000"),
        ("a\nb\nsee \u202egnp.exe".encode(), 3, "U+202E"),
        ("zero\ufeffwidth".encode(), 1, "U+FEFF"),
        (b"x" * 1_000_000, 0, "kB"),
    ],
)
def test_what_is_no_plain_text_is_a_fault(tmp_path, content, line, words):
    (tmp_path / "a.md").write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_text(tmp_path, "a.md")
    assert caught.value.fault.line == line
    assert words in caught.value.fault.sentence


def test_a_missing_file_and_a_folder_in_its_place_are_faults(tmp_path):
    (tmp_path / "a.md").mkdir()
    for name in ("a.md", "b.md"):
        with pytest.raises(Unreadable, match="missing"):
            read_text(tmp_path, name)


def test_a_byte_order_mark_and_foreign_line_ends_are_no_fault(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    assert read_text(tmp_path, "a.md") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("text", "schema", "said"),
    [
        ("b: 1", {"required": ["a"]}, "a.yaml:1: “a” is missing."),
        ("x:\n  b: 1", {"properties": {"x": {"required": ["a"]}}}, "a.yaml:1: “a” is missing in “x”."),
        (
            "a: 1\ntitel: x",
            {"properties": {"a": {}, "title": {}}, "additionalProperties": False},
            "a.yaml:2: “titel” is not known here. Did you mean “title”?",
        ),
        ("a: no", {"properties": {"a": {"type": "string"}}}, "a.yaml:1: “a” must be a text (put quotes around it)."),
        ("a: yes", {"properties": {"a": {"type": "integer"}}}, "a.yaml:1: “a” must be a whole number."),
        ("a: 1.0", {"properties": {"a": {"type": "integer"}}}, "a.yaml:1: “a” must be a whole number."),
        ("a: x", {"properties": {"a": {"type": ["integer", "null"]}}}, "a.yaml:1: “a” must be a whole number or empty."),
        ("a:\n - 1\n - 0", {"properties": {"a": {"items": {"minimum": 1}}}}, "a.yaml:3: “a[2]” must be at least 1."),
        ("a: ''", {"properties": {"a": {"minLength": 1}}}, "a.yaml:1: “a” is empty."),
        ("a: []", {"properties": {"a": {"minItems": 2}}}, "a.yaml:1: “a” needs at least 2 entries, and has 0."),
        ("a: c", {"properties": {"a": {"enum": ["x", "y"]}}}, "a.yaml:1: “a” must be one of these: x, y."),
        ("a: X", {"properties": {"a": {"pattern": "^x$", "description": "A small x."}}}, "a.yaml:1: “a” is not as it should be. A small x."),
        ("- 1", {"type": "object"}, "a.yaml:1: This must be a mapping."),
    ],
)
def test_a_schema_speaks_in_sentences(text, schema, said):
    assert [str(fault) for fault in schema_faults(yaml_tree("a.yaml", text), schema)] == [said]
