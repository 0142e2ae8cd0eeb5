"""Writes to a real server, reads back what was written, and understands a refusal."""

from __future__ import annotations

import uuid

import grpc
import pytest
from god33.v1.append_events_pb2 import AppendEventsRequest, AppendResult
from god33.v1.error_reason_pb2 import ErrorReason
from god33.v1.event_filter_pb2 import EventFilter
from god33.v1.event_pb2 import EventEnvelope
from god33.v1.event_store_service_pb2_grpc import EventStoreServiceStub
from god33.v1.payload_pb2 import CustomPayload, EventPayload
from god33.v1.payload_session_pb2 import CheckpointSaved, ContextSnapshot
from god33.v1.read_events_pb2 import GetEventRequest, ListEventsRequest
from god33.v1.subscribe_pb2 import SubscribeRequest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from grpc_status import rpc_status

DEADLINE = 30.0
"""Seconds that a call gets."""


def checkpoint(session_id: str, event_type: str = "agent.letta.checkpoint.saved") -> EventEnvelope:
    """A typed event with something in its nested messages."""
    saved = CheckpointSaved(
        session_id=session_id,
        checkpoint_id="ckpt-1",
        summary="Models written, tests green",
        context_snapshot=ContextSnapshot(files_modified=["src/models.py"], current_focus="migrations"),
    )
    return EventEnvelope(
        event_id=str(uuid.uuid4()), event_type=event_type, payload=EventPayload(checkpoint_saved=saved)
    )


def append(store: EventStoreServiceStub, *events: EventEnvelope) -> list[AppendResult]:
    return list(store.AppendEvents(AppendEventsRequest(events=events), timeout=DEADLINE).results)


def test_appended_event_is_read_back_as_it_was_sent(store: EventStoreServiceStub, session_id: str) -> None:
    event = checkpoint(session_id)
    (result,) = append(store, event)
    read = store.GetEvent(
        GetEventRequest(event_id=event.event_id, min_position=result.position), timeout=DEADLINE
    ).event
    assert (read.position, read.recorded_at) == (result.position, result.recorded_at)
    assert read.session_id == session_id
    assert read.envelope.event_type == event.event_type
    assert read.envelope.payload == event.payload


def test_repeat_of_an_append_gets_the_first_answer(store: EventStoreServiceStub, session_id: str) -> None:
    event = checkpoint(session_id)
    (first,) = append(store, event)
    (second,) = append(store, event)
    assert (first.already_recorded, second.already_recorded) == (False, True)
    assert (second.event_id, second.position, second.recorded_at) == (event.event_id, first.position, first.recorded_at)


def test_wildcard_lists_the_events_below_it(store: EventStoreServiceStub, session_id: str) -> None:
    letta, agno = checkpoint(session_id), checkpoint(session_id, "agent.agno.checkpoint.saved")
    results = append(store, letta, agno)

    def listed(pattern: str) -> list[str]:
        meant = EventFilter(event_types=[pattern], session_id=session_id)
        request = ListEventsRequest(filter=meant, min_position=results[-1].position)
        return [event.envelope.event_id for event in store.ListEvents(request, timeout=DEADLINE).events]

    assert listed("agent.letta.*") == [letta.event_id]
    assert listed("agent.*.checkpoint.saved") == [agno.event_id, letta.event_id]


def test_refusal_names_its_reason_and_the_field(store: EventStoreServiceStub) -> None:
    custom = EventPayload(custom=CustomPayload(json="{}"))
    with pytest.raises(grpc.RpcError) as refused:
        append(store, EventEnvelope(event_type="Not a type", payload=custom))
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    info, fields = ErrorInfo(), BadRequest()
    for detail in rpc_status.from_call(refused.value).details:
        detail.Unpack(info)
        detail.Unpack(fields)
    assert info.domain == "god33.v1"
    assert ErrorReason.Value(f"ERROR_REASON_{info.reason}") == ErrorReason.ERROR_REASON_INVALID_EVENT_TYPE
    assert [violation.field for violation in fields.field_violations] == ["events[0].event_type"]


def test_subscription_from_the_beginning_receives_what_is_recorded(
    store: EventStoreServiceStub, session_id: str
) -> None:
    before, after = checkpoint(session_id), checkpoint(session_id)
    append(store, before)
    request = SubscribeRequest(from_beginning=True, filter=EventFilter(session_id=session_id))
    stream = store.Subscribe(request, timeout=DEADLINE)
    received = []
    for message in stream:
        kind = message.WhichOneof("message")
        if kind == "caught_up":
            append(store, after)
        if kind == "event":
            received.append(message.event.envelope.event_id)
        if len(received) == 2:
            break
    stream.cancel()
    assert received == [before.event_id, after.event_id]
