from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Priority(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRIORITY_UNSPECIFIED: _ClassVar[Priority]
    PRIORITY_CRITICAL: _ClassVar[Priority]
    PRIORITY_HIGH: _ClassVar[Priority]
    PRIORITY_MEDIUM: _ClassVar[Priority]
    PRIORITY_LOW: _ClassVar[Priority]
    PRIORITY_BACKGROUND: _ClassVar[Priority]

class WorkflowPhase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WORKFLOW_PHASE_UNSPECIFIED: _ClassVar[WorkflowPhase]
    WORKFLOW_PHASE_ANALYSIS: _ClassVar[WorkflowPhase]
    WORKFLOW_PHASE_PLANNING: _ClassVar[WorkflowPhase]
    WORKFLOW_PHASE_SOLUTIONING: _ClassVar[WorkflowPhase]
    WORKFLOW_PHASE_IMPLEMENTATION: _ClassVar[WorkflowPhase]

class CheckpointType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHECKPOINT_TYPE_UNSPECIFIED: _ClassVar[CheckpointType]
    CHECKPOINT_TYPE_PROGRESS: _ClassVar[CheckpointType]
    CHECKPOINT_TYPE_MILESTONE: _ClassVar[CheckpointType]
    CHECKPOINT_TYPE_PRE_HANDOFF: _ClassVar[CheckpointType]
    CHECKPOINT_TYPE_PRE_FEEDBACK: _ClassVar[CheckpointType]
    CHECKPOINT_TYPE_INITIAL: _ClassVar[CheckpointType]
    CHECKPOINT_TYPE_FINAL: _ClassVar[CheckpointType]

class CoordinationStrategy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COORDINATION_STRATEGY_UNSPECIFIED: _ClassVar[CoordinationStrategy]
    COORDINATION_STRATEGY_HIERARCHICAL: _ClassVar[CoordinationStrategy]
    COORDINATION_STRATEGY_PEER: _ClassVar[CoordinationStrategy]
    COORDINATION_STRATEGY_PIPELINE: _ClassVar[CoordinationStrategy]
PRIORITY_UNSPECIFIED: Priority
PRIORITY_CRITICAL: Priority
PRIORITY_HIGH: Priority
PRIORITY_MEDIUM: Priority
PRIORITY_LOW: Priority
PRIORITY_BACKGROUND: Priority
WORKFLOW_PHASE_UNSPECIFIED: WorkflowPhase
WORKFLOW_PHASE_ANALYSIS: WorkflowPhase
WORKFLOW_PHASE_PLANNING: WorkflowPhase
WORKFLOW_PHASE_SOLUTIONING: WorkflowPhase
WORKFLOW_PHASE_IMPLEMENTATION: WorkflowPhase
CHECKPOINT_TYPE_UNSPECIFIED: CheckpointType
CHECKPOINT_TYPE_PROGRESS: CheckpointType
CHECKPOINT_TYPE_MILESTONE: CheckpointType
CHECKPOINT_TYPE_PRE_HANDOFF: CheckpointType
CHECKPOINT_TYPE_PRE_FEEDBACK: CheckpointType
CHECKPOINT_TYPE_INITIAL: CheckpointType
CHECKPOINT_TYPE_FINAL: CheckpointType
COORDINATION_STRATEGY_UNSPECIFIED: CoordinationStrategy
COORDINATION_STRATEGY_HIERARCHICAL: CoordinationStrategy
COORDINATION_STRATEGY_PEER: CoordinationStrategy
COORDINATION_STRATEGY_PIPELINE: CoordinationStrategy

class TaskContext(_message.Message):
    __slots__ = ("requirements", "architecture", "file_references", "constraints", "additional_members")
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    ARCHITECTURE_FIELD_NUMBER: _ClassVar[int]
    FILE_REFERENCES_FIELD_NUMBER: _ClassVar[int]
    CONSTRAINTS_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    requirements: _struct_pb2.Struct
    architecture: _struct_pb2.Struct
    file_references: _containers.RepeatedScalarFieldContainer[str]
    constraints: _struct_pb2.Struct
    additional_members: str
    def __init__(self, requirements: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., architecture: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., file_references: _Optional[_Iterable[str]] = ..., constraints: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., additional_members: _Optional[str] = ...) -> None: ...

class Artifact(_message.Message):
    __slots__ = ("type", "path", "status", "additional_members")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    type: str
    path: str
    status: str
    additional_members: str
    def __init__(self, type: _Optional[str] = ..., path: _Optional[str] = ..., status: _Optional[str] = ..., additional_members: _Optional[str] = ...) -> None: ...

class TaskValidation(_message.Message):
    __slots__ = ("tests_passed", "lint_passed", "coverage_pct", "additional_members")
    TESTS_PASSED_FIELD_NUMBER: _ClassVar[int]
    LINT_PASSED_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_PCT_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    tests_passed: bool
    lint_passed: bool
    coverage_pct: float
    additional_members: str
    def __init__(self, tests_passed: bool = ..., lint_passed: bool = ..., coverage_pct: _Optional[float] = ..., additional_members: _Optional[str] = ...) -> None: ...

class WorkMetrics(_message.Message):
    __slots__ = ("tokens_used", "duration_seconds", "additional_members")
    TOKENS_USED_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    tokens_used: int
    duration_seconds: float
    additional_members: str
    def __init__(self, tokens_used: _Optional[int] = ..., duration_seconds: _Optional[float] = ..., additional_members: _Optional[str] = ...) -> None: ...
