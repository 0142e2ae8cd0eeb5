from god33.v1 import collaboration_pb2 as _collaboration_pb2
from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_collaboration_pb2 as _payload_collaboration_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetCollaborationRequest(_message.Message):
    __slots__ = ("collaboration_id", "min_position")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    min_position: int
    def __init__(self, collaboration_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListCollaborationsRequest(_message.Message):
    __slots__ = ("states", "workflow_id", "agent_id", "page_size", "page_token", "min_position")
    STATES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_collaboration_pb2.CollaborationState]
    workflow_id: str
    agent_id: str
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, states: _Optional[_Iterable[_Union[_collaboration_pb2.CollaborationState, str]]] = ..., workflow_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListCollaborationsResponse(_message.Message):
    __slots__ = ("collaborations", "next_page_token")
    COLLABORATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    collaborations: _containers.RepeatedCompositeFieldContainer[_collaboration_pb2.Collaboration]
    next_page_token: str
    def __init__(self, collaborations: _Optional[_Iterable[_Union[_collaboration_pb2.Collaboration, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchCollaborationRequest(_message.Message):
    __slots__ = ("collaboration_id", "min_position")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    min_position: int
    def __init__(self, collaboration_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class WatchCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event: _event_pb2.RecordedEvent
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListWaitsRequest(_message.Message):
    __slots__ = ("collaboration_id", "min_position")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    min_position: int
    def __init__(self, collaboration_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListWaitsResponse(_message.Message):
    __slots__ = ("waits", "cycles")
    WAITS_FIELD_NUMBER: _ClassVar[int]
    CYCLES_FIELD_NUMBER: _ClassVar[int]
    waits: _containers.RepeatedCompositeFieldContainer[_payload_collaboration_pb2.WaitsFor]
    cycles: _containers.RepeatedCompositeFieldContainer[WaitCycle]
    def __init__(self, waits: _Optional[_Iterable[_Union[_payload_collaboration_pb2.WaitsFor, _Mapping]]] = ..., cycles: _Optional[_Iterable[_Union[WaitCycle, _Mapping]]] = ...) -> None: ...

class WaitCycle(_message.Message):
    __slots__ = ("waits",)
    WAITS_FIELD_NUMBER: _ClassVar[int]
    waits: _containers.RepeatedCompositeFieldContainer[_payload_collaboration_pb2.WaitsFor]
    def __init__(self, waits: _Optional[_Iterable[_Union[_payload_collaboration_pb2.WaitsFor, _Mapping]]] = ...) -> None: ...
