import re
from pathlib import Path

from django.conf import settings

README = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
SOURCES = [*Path(settings.BASE_DIR, "agroferias").glob("*.py")]


def read_variables():
    pattern = re.compile(
        r'env\.\w+\(\s*"([A-Z_]+)"|os\.environ(?:\.get\(|\[)"([A-Z_]+)"'
    )
    texts = [path.read_text(encoding="utf-8") for path in SOURCES]
    return {a or b for text in texts for a, b in pattern.findall(text)}


def test_readme_describes_each_environment_variable_that_is_read():
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))

    assert read_variables() - {"DJANGO_SETTINGS_MODULE"} <= described


def test_readme_names_only_folders_that_exist():
    folders = re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE)

    assert [
        name for name in folders if not Path(settings.BASE_DIR, name).is_dir()
    ] == []
    assert len(folders) == 7


def test_readme_picture_exists():
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", README).group(1)

    assert Path(settings.BASE_DIR, picture).is_file()
