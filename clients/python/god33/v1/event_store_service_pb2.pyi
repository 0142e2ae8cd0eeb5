from god33.v1 import append_events_pb2 as _append_events_pb2
from god33.v1 import read_events_pb2 as _read_events_pb2
from god33.v1 import replay_pb2 as _replay_pb2
from god33.v1 import subscribe_pb2 as _subscribe_pb2
from god33.v1 import walk_causation_pb2 as _walk_causation_pb2
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor
