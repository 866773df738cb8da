import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Again } from "../../src/send/again.js";
import { type Campaign, run } from "../../src/send/campaign.js";
import { type Connection, connect } from "../../src/send/connection.js";
import type { Outcome } from "../../src/send/outcome.js";
import { Pace } from "../../src/send/pace.js";
import { hasCertificates, startMailServer } from "./mailServer.js";

const never = new AbortController().signal;

/** A campaign against a server that answers from a list, each address its own. */
function scripted(
  answers: Readonly<Record<string, readonly Outcome["is"][]>>,
  connects: () => boolean = () => true,
) {
  const told: string[] = [];
  const idle: string[] = [];
  const tries = new Map<string, number>();
  const connection: Connection = {
    isOpen: true,
    async send({ to }) {
      const count = tries.get(to) ?? 0;
      tries.set(to, count + 1);
      const is = answers[to]?.[count] ?? "sent";
      return { is, answer: `${is} ${to}`, step: "message" } as Outcome;
    },
    ...{ quit: () => {}, abandon: () => {} },
  };
  const campaign: Campaign<string> = {
    jobs: Object.keys(answers)[Symbol.iterator](),
    async connect() {
      if (connects()) return connection;
      const { Fault } = await import("../../src/model/fault.js");
      throw new Fault("smtp-busy", "not now");
    },
    write: async (to) => ({ from: "a@x.example", to, raw: Buffer.from("x") }),
    before: async () => {},
    idle: (_ms, why) => void idle.push(why),
    after: async (to, { is }, isLast) => void told.push(`${to} ${is}${isLast ? "." : ""}`),
    ...{ connections: 1, perMinute: 1e6, waits: [1, 2, 3], stop: never, abandon: never },
  };
  return { campaign, told, tries, idle };
}

describe("a campaign", () => {
  test("tries again what was not taken for now, so often and no more, and what may have arrived never", async () => {
    const { campaign, told, tries } = scripted({
      a: ["deferred", "deferred"],
      b: ["bounced"],
      c: ["unknown"],
      d: Array(9).fill("deferred"),
      e: ["sent"],
    });
    expect(await run(campaign)).toBeNull();
    expect(told.filter((each) => each.endsWith("."))).toEqual(
      expect.arrayContaining(["a sent.", "b bounced.", "c unknown.", "d deferred.", "e sent."]),
    );
    expect(Object.fromEntries(tries)).toEqual({ a: 3, b: 1, c: 1, d: 4, e: 1 });
  });

  test("waits for a server that is busy, and gives up when it stays so", async () => {
    let count = 0;
    const patient = scripted({ a: [], b: [] }, () => ++count > 3);
    expect(await run(patient.campaign)).toBeNull();
    expect(patient.told).toEqual(["a sent.", "b sent."]);
    expect(new Set(patient.idle)).toEqual(new Set(["not now"]));
    const vain = scripted({ a: [] }, () => false);
    expect(await run(vain.campaign)).toMatchObject({ code: "smtp-busy" });
    expect(vain.told).toEqual([]);
  });

  test("stops when message after message is refused for what is in it, before everybody counts as bounced", async () => {
    const people = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`p${at}`, ["bounced"] as const]),
    );
    const { campaign, told } = scripted(people);
    expect(await run(campaign)).toMatchObject({ code: "smtp-refused" });
    expect(told).toHaveLength(20);
  });

  test("that is stopped begins nothing new", async () => {
    const stop = new AbortController();
    const { campaign, told } = scripted({ a: [], b: [], c: [] });
    expect(
      await run({
        ...campaign,
        stop: stop.signal,
        before: async () => {},
        after: async (to) => {
          told.push(to);
          stop.abort();
        },
      }),
    ).toBeNull();
    expect(told).toEqual(["a"]);
  });

  test.skipIf(!hasCertificates)(
    "whose register fails before a mail goes out gives the server nothing of it",
    async () => {
      const server = await startMailServer();
      const access = {
        host: "localhost",
        port: server.port,
        isImplicitTls: false,
        user: null,
        isInsecure: false,
        timeoutMs: 2000,
      };
      const connection = await connect({ ...access, ca: readFileSync(server.ca, "utf8") }, null);
      const message = { from: "a@x.example", to: "b@x.example", raw: Buffer.from("Subject: x\r\n\r\nx\r\n") };
      const full = async () => {
        throw new Error("the disk is full");
      };
      await expect(connection.send(message, full)).rejects.toThrow("the disk is full");
      expect(connection.isOpen).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.taken()).toEqual([]);
    },
  );
});

describe("waiting", () => {
  test("grows from try to try, and ends", () => {
    const again = new Again<string>([10, 100]);
    expect([again.add("a", 0), again.add("b", 5)]).toEqual([true, true]);
    expect([again.take(9), again.nextAt, again.take(10), again.take(10)]).toEqual([null, 10, "a", null]);
    expect(again.add("a", 10)).toBe(true);
    expect([again.nextAt, again.take(20), again.nextAt, again.take(109), again.take(110)]).toEqual([
      15,
      "b",
      110,
      null,
      "a",
    ]);
    expect(again.add("a", 110)).toBe(false);
  });

  test("keeps turns apart, whoever takes them", async () => {
    const pace = new Pace(6000);
    const started = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => pace.turn(never)));
    expect(performance.now() - started).toBeGreaterThan(45);
  });
});
