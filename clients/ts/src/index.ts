/**
 * The messages and services of god33.v1, generated from the contract, and the messages of google.rpc that say why a call
 * was refused.
 *
 * @module
 */

export * from "./gen/god33/v1/admin_service_pb.js";
export * from "./gen/god33/v1/agent_pb.js";
export * from "./gen/god33/v1/agent_service_pb.js";
export * from "./gen/god33/v1/append_error_pb.js";
export * from "./gen/god33/v1/append_events_pb.js";
export * from "./gen/god33/v1/checkpoint_pb.js";
export * from "./gen/god33/v1/collaboration_pb.js";
export * from "./gen/god33/v1/collaboration_reads_pb.js";
export * from "./gen/god33/v1/collaboration_service_pb.js";
export * from "./gen/god33/v1/consume_pb.js";
export * from "./gen/god33/v1/director_pb.js";
export * from "./gen/god33/v1/director_service_pb.js";
export * from "./gen/god33/v1/director_tasks_pb.js";
export * from "./gen/god33/v1/error_reason_pb.js";
export * from "./gen/god33/v1/event_context_pb.js";
export * from "./gen/god33/v1/event_filter_pb.js";
export * from "./gen/god33/v1/event_pb.js";
export * from "./gen/god33/v1/event_store_service_pb.js";
export * from "./gen/god33/v1/feedback_pb.js";
export * from "./gen/god33/v1/feedback_service_pb.js";
export * from "./gen/god33/v1/handoff_pb.js";
export * from "./gen/god33/v1/handoff_service_pb.js";
export * from "./gen/god33/v1/handoff_work_pb.js";
// Its extensions have names that say nothing outside of it (`format`, `required`).
export * as options from "./gen/god33/v1/options_pb.js";
export * from "./gen/god33/v1/payload_agent_pb.js";
export * from "./gen/god33/v1/payload_collaboration_pb.js";
export * from "./gen/god33/v1/payload_common_pb.js";
export * from "./gen/god33/v1/payload_director_pb.js";
export * from "./gen/god33/v1/payload_feedback_pb.js";
export * from "./gen/god33/v1/payload_handoff_pb.js";
export * from "./gen/god33/v1/payload_pb.js";
export * from "./gen/god33/v1/payload_session_pb.js";
export * from "./gen/god33/v1/payload_workflow_pb.js";
export * from "./gen/god33/v1/quarantine_pb.js";
export * from "./gen/god33/v1/read_events_pb.js";
export * from "./gen/god33/v1/replay_pb.js";
export * from "./gen/god33/v1/session_checkpoints_pb.js";
export * from "./gen/god33/v1/session_link_pb.js";
export * from "./gen/god33/v1/session_pb.js";
export * from "./gen/god33/v1/session_service_pb.js";
export * from "./gen/god33/v1/subscribe_pb.js";
export * from "./gen/god33/v1/subscription_pb.js";
export * from "./gen/god33/v1/subscription_service_pb.js";
export * from "./gen/god33/v1/upkeep_pb.js";
export * from "./gen/god33/v1/walk_causation_pb.js";
export * from "./gen/god33/v1/workflow_pb.js";
export * from "./gen/god33/v1/workflow_reads_pb.js";
export * from "./gen/god33/v1/workflow_service_pb.js";

export { FieldFormat, StatusCode } from "./gen/god33/v1/options_pb.js";
export {
  type BadRequest,
  type BadRequest_FieldViolation,
  BadRequestSchema,
  type ErrorInfo,
  ErrorInfoSchema,
  type RetryInfo,
  RetryInfoSchema,
} from "./gen/google/rpc/error_details_pb.js";
