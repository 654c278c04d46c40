"""The engine of a LibreTranslate server, for a team that shares one; used only where somebody chose it.

[tool.ordbro.libretranslate]
url = "http://translate.example.org:5000"
api_key = "…"        # if the server wants one
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from workflow.errors import ConfigError, EngineError
from workflow.machine import package
from workflow.machine.engine import Hypothesis, Options

if TYPE_CHECKING:
    from workflow.config import Project

BATCH = 50
"""Sentences in one request."""
TIMEOUT = 60.0
"""Seconds to wait for an answer."""
ATTEMPTS = 5
"""How often a request is made before giving up."""
_RETRIED = (429, 500, 502, 503, 504)


class LibreTranslateEngine:
    """Asks a LibreTranslate server; knows neither scores nor alignments."""

    name = "libretranslate"
    placeholders = False
    uses_context = False

    def __init__(
        self,
        url: str,
        source: str,
        target: str,
        api_key: str = "",
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.url = url.rstrip("/")
        """The server's address."""
        self._pair, self._api_key, self._timeout, self._sleep = (source, target), api_key, timeout, sleep

    @property
    def label(self) -> str:
        """The engine and its server: `libretranslate http://127.0.0.1:5000`."""
        return f"libretranslate {self.url}"

    @property
    def key(self) -> str:
        """The server and the pair of languages; what model it uses it does not say."""
        return f"libretranslate {self.url} {'>'.join(self._pair)}"

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """One hypothesis for each sentence; raises EngineError when the server does not answer properly."""
        texts = list[str]()
        for start in range(0, len(sentences), BATCH):
            texts += self._batch(list(sentences[start : start + BATCH]))
        return [(Hypothesis(text),) for text in texts]

    def _batch(self, sentences: list[str]) -> list[str]:
        source, target = self._pair
        question = {"q": sentences, "source": source, "target": target, "format": "text"}
        if self._api_key:
            question["api_key"] = self._api_key
        answer = self._ask(json.dumps(question).encode())
        texts = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(texts, list) or len(texts) != len(sentences) or not all(isinstance(t, str) for t in texts):
            raise EngineError(f"{self.url} did not answer as a LibreTranslate server does", advice="check the address")
        return texts

    def _ask(self, body: bytes) -> Any:
        # The address comes from the project's own settings, and `create` lets only http and https through.
        address, headers = f"{self.url}/translate", {"Content-Type": "application/json"}
        request = urllib.request.Request(address, body, headers)  # noqa: S310
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(2.0 ** (attempt - 1))
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                problem = f"answered {error.code} {_reason(error)}"
                if error.code not in _RETRIED:
                    break
            except TimeoutError:
                problem = f"did not answer within {self._timeout:g} seconds"
            except (OSError, ValueError) as error:
                reason = getattr(error, "reason", error)
                problem = f"cannot be asked: {getattr(reason, 'strerror', None) or reason}"
                if not isinstance(reason, TimeoutError):
                    break
        raise EngineError(
            f"the LibreTranslate server {self.url} {problem}",
            advice="check url and api_key under [tool.ordbro.libretranslate], and that it runs",
        )


def create(project: Project, locale: str) -> LibreTranslateEngine:
    """The engine of the server that the project's settings name; raises ConfigError without an address."""
    table = project.settings.get("libretranslate", {})
    url = table.get("url") if isinstance(table, dict) else None
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise ConfigError(
            f"[tool.ordbro.libretranslate] has no address of a server (url = {url!r})",
            path=project.root / "pyproject.toml",
            advice='write url = "http://…"',
        )
    return LibreTranslateEngine(
        url, package.language(project.source), package.language(locale), str(table.get("api_key", ""))
    )


def _reason(error: urllib.error.HTTPError) -> str:
    """The server's own word on an error, else the standard one."""
    try:
        said = json.load(error).get("error", "")
    except (ValueError, OSError, AttributeError):
        said = ""
    return str(said or error.reason)
