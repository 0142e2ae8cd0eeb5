"""One server for all tests of a runtime; each test has a session of its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import grpc
import pytest
import server
from god33.v1.event_store_service_pb2_grpc import EventStoreServiceStub


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server of this run listens."""
    with server.running(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def store(address: str) -> Iterator[EventStoreServiceStub]:
    """The event store of that server."""
    with grpc.insecure_channel(address) as channel:
        yield EventStoreServiceStub(channel)


@pytest.fixture
def session_id() -> str:
    """A session that no other test has."""
    return str(uuid.uuid4())
