"""A god33 server of the tests' own."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

PATIENCE = 60.0
"""Seconds that a server gets to start or to stop; it needs less than one."""

ADDRESS = re.compile(r"http://(127\.0\.0\.1:\d+)")


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Runs `god33 dev` in a folder and gives the address of its gRPC endpoint, once it says that it serves."""
    # The tests' own variables are no configuration of the server's.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GOD33_")}
    command = [os.environ["GOD33_BIN"], "dev", "--in-memory", "--address", "127.0.0.1:0"]
    with subprocess.Popen(
        command, cwd=folder, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            address = _Output(process).address()
            _wait_until_it_serves(address)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


class _Output:
    """What the server says, read all the time so that it never waits for its reader."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._ended = False
        self._process = process
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            with self._changed:
                self._lines.append(line)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def address(self) -> str:
        """The address that the server tells; fails with its output if it tells none."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._found(), PATIENCE)
            found = self._found()
        if not found:
            raise RuntimeError("god33 dev told no address:\n" + "".join(self._lines))
        return found

    def _found(self) -> str | None:
        match = ADDRESS.search("".join(self._lines))
        return match.group(1) if match else None


def _wait_until_it_serves(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    with grpc.insecure_channel(address) as channel:
        health = health_pb2_grpc.HealthStub(channel)
        while True:
            left = deadline - time.monotonic()
            answer = health.Check(health_pb2.HealthCheckRequest(), timeout=left, wait_for_ready=True)
            if answer.status == health_pb2.HealthCheckResponse.SERVING:
                return
            time.sleep(0.02)
