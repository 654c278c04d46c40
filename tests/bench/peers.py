"""Extraction by other tools, each as its authors intend, in an environment of their own.

    python peers.py TOOL SOURCE_FOLDER WORK_FOLDER

Prints the seconds of CPU and wall time that extracting every Markdown file below a folder took, imports left out.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def markdown_gettext(files: list[Path], out: Path) -> Callable[[], None]:
    """markdown-gettext's own command, called in this process for each file."""
    from markdown_gettext import cli

    return _commands(cli.main, lambda file, pot: ["md-gettext", "extract", str(file), str(pot)], files, out)


def mdpo(files: list[Path], out: Path) -> Callable[[], None]:
    """Mdpo's function for a file."""
    from mdpo.md2po import markdown_to_pofile

    def work() -> None:
        for number, file in enumerate(files):
            markdown_to_pofile(str(file), save=True, po_filepath=str(out / f"{number}.po"))

    return work


def translate_toolkit(files: list[Path], out: Path) -> Callable[[], None]:
    """translate-toolkit's md2po on the whole folder."""
    from translate.convert import md2po

    folder = _common(files)
    return _commands(
        md2po.main, lambda _file, pot: ["md2po", "-P", "--progress=none", str(folder), str(pot.parent)], files[:1], out
    )


def po4a(files: list[Path], out: Path) -> Callable[[], None]:
    """po4a's command for templates, all files at once."""
    masters = [part for file in files for part in ("-m", str(file))]
    command = ["po4a-updatepo", "-f", "text", "-o", "markdown", "-M", "UTF-8", *masters, "-p", str(out / "all.pot")]
    return lambda: _quietly(command)


def sphinx(files: list[Path], out: Path) -> Callable[[], None]:
    """Sphinx's gettext builder with MyST, on one process."""
    from sphinx.cmd.build import main

    folder = _common(files)
    (folder / "conf.py").write_text(
        "extensions = ['myst_parser']\nmaster_doc = 'index'\nsuppress_warnings = ['myst.header', 'toc.not_included']\n",
        encoding="utf-8",
    )
    (folder / "index.md").write_text("# Index\n", encoding="utf-8")

    def work() -> None:
        main(["-q", "-Q", "-b", "gettext", str(folder), str(out)])

    return work


TOOLS = {
    "markdown-gettext": markdown_gettext,
    "mdpo": mdpo,
    "translate-toolkit": translate_toolkit,
    "po4a": po4a,
    "sphinx": sphinx,
}


def _common(files: list[Path]) -> Path:
    folder = files[0].parent
    while any(folder not in file.parents for file in files):
        folder = folder.parent
    return folder


def _commands(
    main: Callable[[], object], arguments: Callable[[Path, Path], list[str]], files: list[Path], out: Path
) -> Callable[[], None]:
    def work() -> None:
        for number, file in enumerate(files):
            sys.argv = arguments(file, out / f"{number}.pot")
            with contextlib.suppress(SystemExit):
                main()

    return work


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Run one tool and print what it took."""
    tool, source, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    work = TOOLS[tool](sorted(source.rglob("*.md")), out)
    cpu, wall = _cpu(), time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        work()
    print(
        json.dumps(
            {"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall, "files": sum(1 for each in out.rglob("*.po*"))}
        )
    )


if __name__ == "__main__":
    main()
