import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Milliseconds that a server gets to start or to stop; it needs less than a second. */
const patience = 60_000;

/** A god33 server of the tests' own. */
export class Server {
  private constructor(
    /** Where it listens, for instance "http://127.0.0.1:40123". */
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Runs `god33 dev`, and returns once it says that it serves. */
  static async start(): Promise<Server> {
    const program = process.env.GOD33_BIN;
    if (!program) {
      throw new Error("GOD33_BIN must name the built god33; `cargo xtask test --only typescript` sets it");
    }
    // The tests' own variables are no configuration of the server's.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GOD33_")));
    const folder = await mkdtemp(path.join(tmpdir(), "god33-server-"));
    const options = { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
    const child = spawn(path.resolve(program), ["dev", "--in-memory", "--address", "127.0.0.1:0"], options);
    try {
      const url = await toldAddress(child);
      await serves(url);
      return new Server(url, child, folder);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  /** Ends it, and waits until it has. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const ended = once(this.process, "exit", { signal: AbortSignal.timeout(patience) });
      this.process.kill("SIGTERM");
      await ended;
    }
    await rm(this.folder, { recursive: true });
  }
}

/** Reads what the server says until it tells its address; goes on reading, so that it never waits for its reader. */
function toldAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string) => reject(new Error(`god33 dev ${why}:\n${said}`));
    const timer = setTimeout(() => fail("told no address in time"), patience);
    const read = (text: Buffer) => {
      said += text.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url) {
        clearTimeout(timer);
        resolve(url);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", (error) => fail(`does not run (${error.message})`));
    child.on("close", () => fail("ended without an address"));
  });
}

/** Asks grpc.health.v1.Health/Check over gRPC-web, with its two frames written out: an empty request, SERVING. */
async function serves(url: string): Promise<void> {
  const emptyRequest = new Uint8Array(5);
  const serving = Buffer.from([0, 0, 0, 0, 2, 0x08, 0x01]);
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await fetch(`${url}/grpc.health.v1.Health/Check`, {
      method: "POST",
      headers: { "content-type": "application/grpc-web+proto" },
      body: emptyRequest,
      signal: AbortSignal.timeout(patience),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (body.includes(serving)) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`${url} does not say that it serves: HTTP ${answer.status}, ${body.toString("hex")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
