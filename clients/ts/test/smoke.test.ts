import { randomUUID } from "node:crypto";
import {
  BadRequestSchema,
  CheckpointSavedSchema,
  ErrorInfoSchema,
  ErrorReason,
  type EventEnvelope,
  EventEnvelopeSchema,
  EventPayloadSchema,
  EventStoreService,
} from "@33god/client";
import { create, equals } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Server } from "./server.js";

let server: Server;
let store: Client<typeof EventStoreService>;
let sessionId: string;

beforeAll(async () => {
  server = await Server.start();
  store = createClient(EventStoreService, createGrpcWebTransport({ baseUrl: server.url, defaultTimeoutMs: 30_000 }));
});

afterAll(async () => {
  await server?.stop();
});

beforeEach(() => {
  sessionId = randomUUID();
});

/** A typed event with something in its nested messages. */
function checkpoint(eventType = "agent.letta.checkpoint.saved"): EventEnvelope {
  const saved = create(CheckpointSavedSchema, {
    sessionId,
    checkpointId: "ckpt-1",
    summary: "Models written, tests green",
    contextSnapshot: { filesModified: ["src/models.py"], currentFocus: "migrations" },
  });
  const payload = { kind: { case: "checkpointSaved" as const, value: saved } };
  return create(EventEnvelopeSchema, { eventId: randomUUID(), eventType, payload });
}

async function append(event: EventEnvelope) {
  const { results } = await store.appendEvents({ events: [event] });
  expect(results).toHaveLength(1);
  return results[0]!;
}

test("an appended event is read back as it was sent", async () => {
  const event = checkpoint();
  const result = await append(event);
  const { event: read } = await store.getEvent({ eventId: event.eventId, minPosition: result.position });
  expect(read?.position).toBe(result.position);
  expect(read?.sessionId).toBe(sessionId);
  expect(read?.envelope?.eventType).toBe(event.eventType);
  expect(equals(EventPayloadSchema, read!.envelope!.payload!, event.payload!)).toBe(true);
});

test("a repeat of an append gets the first answer", async () => {
  const event = checkpoint();
  const first = await append(event);
  const second = await append(event);
  expect([first.alreadyRecorded, second.alreadyRecorded]).toEqual([false, true]);
  expect(second.position).toBe(first.position);
  expect(second.recordedAt).toEqual(first.recordedAt);
});

test("a wildcard lists the events below it", async () => {
  const letta = checkpoint();
  const agno = checkpoint("agent.agno.checkpoint.saved");
  await append(letta);
  const { position } = await append(agno);
  const listed = async (pattern: string) => {
    const { events } = await store.listEvents({ filter: { eventTypes: [pattern], sessionId }, minPosition: position });
    return events.map((event) => event.envelope?.eventId);
  };
  expect(await listed("agent.letta.*")).toEqual([letta.eventId]);
  expect(await listed("agent.*.checkpoint.saved")).toEqual([agno.eventId, letta.eventId]);
});

test("a refusal names its reason and the field", async () => {
  const payload = { kind: { case: "custom" as const, value: { json: "{}" } } };
  const event = create(EventEnvelopeSchema, { eventType: "Not a type", payload });
  const error = ConnectError.from(await append(event).catch((refused: unknown) => refused));
  expect(error.code).toBe(Code.InvalidArgument);
  const [info] = error.findDetails(ErrorInfoSchema);
  expect(info?.domain).toBe("god33.v1");
  expect(info?.reason).toBe(ErrorReason[ErrorReason.INVALID_EVENT_TYPE]);
  const [request] = error.findDetails(BadRequestSchema);
  expect(request?.fieldViolations.map((violation) => violation.field)).toEqual(["events[0].event_type"]);
});

test("a subscription from the beginning receives what is recorded, until it is aborted", async () => {
  const before = checkpoint();
  const after = checkpoint();
  await append(before);
  const leave = new AbortController();
  const request = { start: { case: "fromBeginning" as const, value: true }, filter: { sessionId } };
  const received: string[] = [];
  const listen = async () => {
    for await (const { message } of store.subscribe(request, { signal: leave.signal })) {
      if (message.case === "caughtUp") {
        await append(after);
      }
      if (message.case === "event") {
        received.push(message.value.envelope!.eventId);
      }
      if (received.length === 2) {
        leave.abort();
      }
    }
  };
  const end = ConnectError.from(await listen().catch((aborted: unknown) => aborted));
  expect(end.code).toBe(Code.Canceled);
  expect(received).toEqual([before.eventId, after.eventId]);
});
