"""The LibreTranslate engine against a small real server on this machine."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from workflow.errors import EngineError
from workflow.machine.engine import Options
from workflow.machine.libretranslate import ATTEMPTS, BATCH, LibreTranslateEngine


class Server(ThreadingHTTPServer):
    """Answers as LibreTranslate does, after the statuses it was told to give first."""

    daemon_threads = True
    failures: list[int]
    questions: list[dict[str, Any]]
    answer: Any
    delay: threading.Event


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_POST(self) -> None:
        """Translate by reversing, or fail as told."""
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.questions.append(question)
        status = self.server.failures.pop(0) if self.server.failures else 200
        if status == 0:
            self.server.delay.wait(5)
            return
        body: Any = {"error": "no luck"} if status != 200 else {"translatedText": [q[::-1] for q in question["q"]]}
        body = self.server.answer if status == 200 and self.server.answer is not None else body
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on a free port of the loopback."""
    with Server(("127.0.0.1", 0), Handler) as made:
        made.failures, made.questions, made.answer, made.delay = [], [], None, threading.Event()
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.delay.set()
        made.shutdown()
        thread.join()


def an_engine(server: Server, **more: Any) -> tuple[LibreTranslateEngine, list[float]]:
    """An engine of that server, and how long it slept between its attempts."""
    slept = list[float]()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    return LibreTranslateEngine(url, "en", "sv", sleep=slept.append, **more), slept


def test_sentences_are_asked_in_batches(server: Server) -> None:
    """Answers come in the order of the sentences, in as few requests as batches need."""
    engine, _ = an_engine(server, api_key="secret")
    texts = [f"sentence {n}" for n in range(BATCH + 1)]
    assert [each[0].text[::-1] for each in engine.translate(texts, Options())] == texts
    assert [len(question["q"]) for question in server.questions] == [BATCH, 1]
    assert server.questions[0] | {"q": []} == {
        "q": [], "source": "en", "target": "sv", "format": "text", "api_key": "secret",
    }  # fmt: skip


def test_busy_servers_are_asked_again(server: Server) -> None:
    """After 429 and 500 the request is made again, each time after a longer wait."""
    server.failures = [429, 500]
    engine, slept = an_engine(server)
    assert engine.translate(["ab"], Options())[0][0].text == "ba"
    assert slept == [1.0, 2.0]


def test_a_time_out_is_tried_again(server: Server) -> None:
    """A server that does not answer in time is asked again."""
    server.failures = [0]
    engine, slept = an_engine(server, timeout=0.2)
    assert engine.translate(["ab"], Options())[0][0].text == "ba"
    assert slept == [1.0]


def test_a_server_that_stays_busy(server: Server) -> None:
    """After the last attempt the error has the server's words."""
    server.failures = [503] * ATTEMPTS
    engine, slept = an_engine(server)
    with pytest.raises(EngineError, match="answered 503 no luck"):
        engine.translate(["ab"], Options())
    assert len(slept) == ATTEMPTS - 1


def test_a_refusal_is_final(server: Server) -> None:
    """A wrong key or language is no reason to ask again."""
    server.failures = [403]
    engine, slept = an_engine(server)
    with pytest.raises(EngineError, match="answered 403 no luck; check url and api_key"):
        engine.translate(["ab"], Options())
    assert slept == []


def test_a_refused_connection() -> None:
    """A server that does not run is one line, at once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    engine = LibreTranslateEngine(f"http://127.0.0.1:{port}", "en", "sv", sleep=pytest.fail)
    with pytest.raises(EngineError, match="cannot be asked: Connection refused") as caught:
        engine.translate(["ab"], Options())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("answer", [{}, [], {"translatedText": ["a", "b"]}, {"translatedText": [1]}, "x"])
def test_answers_of_another_form(server: Server, answer: object) -> None:
    """An answer that is not LibreTranslate's is one error."""
    server.answer = answer
    with pytest.raises(EngineError, match="did not answer as a LibreTranslate server does"):
        an_engine(server)[0].translate(["ab"], Options())


def test_an_answer_that_is_no_json(server: Server) -> None:
    """A web page in place of an answer is one error."""
    server.answer = b"<html>"
    with pytest.raises(EngineError, match="cannot be asked"):
        an_engine(server)[0].translate(["ab"], Options())
