"""Models: the starter, installed packages, and files that are none."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from workflow.errors import ModelError
from workflow.machine import models

Entries = dict[str, bytes]


@pytest.fixture(scope="session")
def parts() -> Entries:
    """The files of the starter's package, without their folder."""
    with zipfile.ZipFile(models.STARTER) as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture
def make(tmp_path: Path, parts: Entries) -> Callable[..., Path]:
    """Makes a package file: the starter's files with some changed, left out (None) or with other metadata."""

    def made(*, top: str = "model", metadata: dict[str, str] | None = None, **changes: bytes | None) -> Path:
        entries = {**parts, **{name.replace("__", "/"): data for name, data in changes.items()}}
        if metadata:
            entries["metadata.json"] = json.dumps({**json.loads(parts["metadata.json"]), **metadata}).encode()
        file = tmp_path / "made.argosmodel"
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in entries.items():
                if data is not None:
                    archive.writestr(f"{top}/{name}", data)
        return file

    return made


def archive_of(file: Path, entries: Iterable[tuple[zipfile.ZipInfo | str, bytes]]) -> Path:
    """A zip archive with these entries."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return file


def left_over(data: Path) -> list[str]:
    """What lies below the data folder, the starter not counted."""
    return sorted(
        each.relative_to(data).as_posix() for each in data.rglob("*") if each.is_file() and "starter-" not in str(each)
    )


def test_the_starter_is_there_at_first_use(data: Path) -> None:
    """Without any installed package the starter is unpacked and in use."""
    model = models.find_model("en", "sv")
    assert (model.name, model.source, model.target, model.starter) == ("translate-en_sv", "en", "sv", True)
    assert model.path.is_relative_to(data / "ordbro")
    assert "beginner" in model.card.lower() or "drafts" in model.card
    assert model.size > 8_000_000


def test_an_installed_package_is_preferred(data: Path, make: Callable[..., Path]) -> None:
    """Any installed package for the pair comes before the starter, the newest version before the others."""
    models.install(make(metadata={"package_version": "1.9"}))
    models.install(make(metadata={"package_version": "1.10"}))
    found = models.find_model("en", "sv")
    assert (found.version, found.starter) == ("1.10", False)
    assert [(each.version, each.starter) for each in models.list_models()] == [
        ("1.10", False),
        ("1.9", False),
        ("0.2", True),
    ]
    assert found.path == data / "argos-translate" / "packages" / "translate-en_sv-1_10"


def test_a_package_of_the_same_version_is_replaced(data: Path, make: Callable[..., Path]) -> None:
    """Installing again puts the new files in the place of the old ones."""
    models.install(make(**{"README.md": b"old", "extra": b"x"}))
    again = models.install(make(**{"README.md": b"new"}))
    assert again.card == "new"
    assert not (again.path / "extra").exists()


def test_removing_leaves_the_starter(data: Path, make: Callable[..., Path]) -> None:
    """After `remove` the starter is in use again; a second `remove` says what is installed."""
    models.install(make())
    assert [each.version for each in models.remove("translate-en_sv")] == ["0.2"]
    assert models.find_model("en", "sv").starter
    with pytest.raises(ModelError, match="the starter is part of Ordbro and stays; installed are: none"):
        models.remove("translate-en_sv")
    assert left_over(data) == []


def test_no_model_for_a_pair(data: Path) -> None:
    """A pair without a model is an error that says what to do."""
    with pytest.raises(ModelError, match=r"no translation model for en → fi; install one with: ordbro model install"):
        models.find_model("en", "fi")


def test_regional_locales_use_the_languages_model(data: Path) -> None:
    """A locale with a region is served by the model of its language."""
    assert models.find_model("en_GB", "sv_FI").name == "translate-en_sv"


def test_other_languages_can_be_installed(data: Path, make: Callable[..., Path]) -> None:
    """A package for another pair is found for that pair."""
    models.install(make(metadata={"from_code": "en", "to_code": "pt"}))
    assert models.find_model("en", "pt_BR").target == "pt"


def test_a_broken_installed_package_is_left_aside(data: Path, make: Callable[..., Path]) -> None:
    """A damaged folder does not stop the others; it is listed with its reason."""
    good = models.install(make(metadata={"package_version": "1.0"}))
    bad = models.install(make(metadata={"package_version": "2.0"}))
    (bad.path / "model" / "model.bin").unlink()
    assert models.find_model("en", "sv") == good
    [(folder, reason)] = models.broken_models()
    assert folder == bad.path
    assert "no model/model.bin" in reason


def test_a_truncated_installed_model_is_left_aside(data: Path, make: Callable[..., Path]) -> None:
    """A model.bin that lost its end is noticed before anything is loaded."""
    bad = models.install(make(metadata={"package_version": "2.0"}))
    os.truncate(bad.path / "model" / "model.bin", 1_000_000)
    assert models.find_model("en", "sv").starter
    assert "cut off" in models.broken_models()[0][1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_cannot_be_written(data: Path) -> None:
    """The starter's error names the folder and what to do."""
    data.mkdir(mode=0o500)
    with pytest.raises(ModelError, match=r"cannot be put into .*check the folder's permissions"):
        models.starter()


def test_a_data_folder_that_is_a_file(data: Path) -> None:
    """A file in the data folder's place is one clear error."""
    data.write_text("")
    with pytest.raises(ModelError, match="cannot be put into"):
        models.starter()


BAD_CODES = [{"to_code": "../sv"}, {"from_code": ""}, {"package_version": "1/2"}, {"type": "sbd"}]


@pytest.mark.parametrize("metadata", BAD_CODES)
def test_metadata_that_is_no_translation_package(
    data: Path, make: Callable[..., Path], metadata: dict[str, str]
) -> None:
    """Strange languages, versions and types are refused, and nothing is left behind."""
    with pytest.raises(ModelError, match=r"metadata\.json says|is no package that translates"):
        models.install(make(metadata=metadata))
    assert left_over(data) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"model__model.bin": None}, "no model/model.bin"),
        ({"metadata.json": None}, "no metadata.json"),
        ({"sentencepiece.model": None}, "no sentencepiece.model or bpe.model"),
        ({"model__shared_vocabulary.json": None}, "no model/shared_vocabulary"),
        ({"metadata.json": b"{"}, "metadata.json is no JSON"),
        ({"metadata.json": b"[1]"}, "is no package that translates"),
        ({"metadata.json": b"[" * 100_000}, "metadata.json is no JSON"),
        ({"model__model.bin": b""}, "cut off"),
        ({"model__model.bin": b"\x06\0\0\0\x0bTransformer"}, "cut off"),
        ({"model__model.bin": b"\xff" * 4000}, "cut off or no CTranslate2 model"),
    ],
)
def test_packages_with_missing_or_broken_parts(
    data: Path, make: Callable[..., Path], changes: dict[str, bytes | None], reason: str
) -> None:
    """Each missing or broken part is named, and nothing is left behind."""
    with pytest.raises(ModelError, match=reason):
        models.install(make(**changes))
    assert left_over(data) == []


def test_a_truncated_model(data: Path, make: Callable[..., Path], parts: Entries) -> None:
    """A model.bin without its last byte is refused."""
    with pytest.raises(ModelError, match="cut off"):
        models.install(make(model__model=None, **{"model__model.bin": parts["model/model.bin"][:-1]}))
    assert left_over(data) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil", "leads out"),
        ("model/../../evil", "leads out"),
        ("/etc/evil", "is no relative path"),
        ("model\\..\\evil", "is no relative path"),
        ("C:/evil", "is no relative path"),
        ("model//evil", "leads out"),
        ("other/evil", "everything must lie in one folder"),
        ("evil", "everything must lie in one folder"),
    ],
)
def test_names_that_reach_outside(data: Path, make: Callable[..., Path], name: str, reason: str) -> None:
    """An entry with a path out of the package is refused, and nothing is written."""
    file = make()
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(ModelError, match=reason):
        models.install(file)
    assert left_over(data) == []


def test_symbolic_links_are_refused(data: Path, make: Callable[..., Path]) -> None:
    """An entry that is a link is refused."""
    file = make()
    entry = zipfile.ZipInfo("model/link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ModelError, match="is a link or a device"):
        models.install(file)


def test_bombs_are_refused(data: Path, tmp_path: Path) -> None:
    """A file that would swell to many times its size is refused before it is unpacked."""
    file = archive_of(tmp_path / "bomb.argosmodel", [("model/model.bin", bytes(30_000_000))])
    with pytest.raises(ModelError, match="would swell"):
        models.install(file)


def test_a_name_twice_is_refused(data: Path, make: Callable[..., Path]) -> None:
    """Two entries of one name are refused, also if only their case differs."""
    file = make()
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("model/METADATA.json", b"{}")
    with pytest.raises(ModelError, match="names a file twice"):
        models.install(file)


def test_an_archive_that_lies_about_sizes(data: Path, make: Callable[..., Path]) -> None:
    """An entry whose checksum does not fit its contents is refused, and nothing is left behind."""
    file = make()
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        place = archive.getinfo("model/model/model.bin").header_offset + 5000
    content[place] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(ModelError, match="is no sound zip archive"):
        models.install(file)
    assert left_over(data) == []


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_files_that_are_no_zip(data: Path, tmp_path: Path, content: bytes) -> None:
    """A file that is no archive is refused with its name."""
    file = tmp_path / "model.argosmodel"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"model\.argosmodel: is no sound zip archive"):
        models.install(file)


def test_a_file_that_is_not_there(data: Path, tmp_path: Path) -> None:
    """A wrong path is said so."""
    with pytest.raises(ModelError, match="there is no such file"):
        models.install(tmp_path / "nothing.argosmodel")


def test_a_full_disk_leaves_nothing_behind(
    data: Path, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full, the half-unpacked package goes away again."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(ModelError, match="No space left on device"):
        models.install(make())
    assert left_over(data) == []


def test_processes_that_install_at_once(data: Path, make: Callable[..., Path]) -> None:
    """Several processes that install and unpack at once all succeed, and one whole package stands there."""
    file = make(metadata={"package_version": "3.0"})
    program = (
        "import sys; from pathlib import Path; from workflow.machine import models\n"
        "for _ in range(3): models.install(Path(sys.argv[1])); models.starter()\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(file)]) for _ in range(3)]
    assert [each.wait() for each in running] == [0, 0, 0]
    assert models.find_model("en", "sv").version == "3.0"
    assert models.broken_models() == []
    assert not list(data.rglob(".ordbro-*"))


def test_the_key_tells_models_apart(data: Path, make: Callable[..., Path], parts: Entries) -> None:
    """Two models of one name and version with other weights have different keys."""
    first = models.install(make()).key
    weights = bytearray(parts["model/model.bin"])
    weights[-100] ^= 1
    buffer = io.BytesIO(weights).getvalue()
    assert models.install(make(**{"model__model.bin": buffer})).key != first


def test_argos_translate_sees_installed_packages(data: Path, make: Callable[..., Path]) -> None:
    """The packages lie where Argos Translate itself looks, in a form that it reads."""
    models.install(make(metadata={"package_version": "1.9"}))
    program = (
        "from argostranslate import package\n"
        "print([(p.from_code, p.to_code, p.package_version) for p in package.get_installed_packages()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "XDG_CONFIG_HOME": str(data / "c"), "XDG_CACHE_HOME": str(data / "d")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[('en', 'sv', '1.9')]"


def test_a_damaged_starter_is_unpacked_again(data: Path) -> None:
    """When the unpacked starter lost something, it is put there anew."""
    (models.starter().path / "model" / "model.bin").write_bytes(b"")
    assert models.starter().size > 8_000_000
