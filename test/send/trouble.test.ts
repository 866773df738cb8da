import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { lulus } from "../cli/lulus.js";
import { issuedTo, sent, through, toldIn, withMail } from "./event.js";
import { hasCertificates, type MailServer, startMailServer } from "./mailServer.js";

const bin = fileURLToPath(new URL("../../bin/lulus.js", import.meta.url));
let base = "";

beforeAll(async () => {
  base = await issuedTo([
    ["Andi Wijaya", "andi.slow@x.example"],
    ["Budi Santoso", "budi@x.example"],
    ["Citra Lestari", "citra@x.example"],
    ["Dewi Anggun", "dewi@x.example"],
  ]);
});

const canary = "r4h4s1a/burung:kenari";
const url = ({ port }: MailServer, user = `panitia:${encodeURIComponent(canary)}@`) =>
  `smtp://${user}localhost:${port}`;

/** Everything that is left in the folder, and was said. */
function everything(folder: string, said: readonly { stdout: string; stderr: string }[]): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
  const texts = files.flatMap((file) => {
    try {
      return [readFileSync(file, "latin1")];
    } catch {
      return [];
    }
  });
  return [...texts, ...said.flatMap(({ stdout, stderr }) => [stdout, stderr])].join("\n");
}

describe.skipIf(!hasCertificates)("the mail server", () => {
  test("is given user and password, which stand nowhere else, whatever it answers", async () => {
    const server = await startMailServer({ auth: `panitia:${canary}` });
    const folder = withMail(base, through(server, { smtp: "env:LULUS_SMTP_URL" }));
    const wrong = await lulus(["send", folder, "--json"], {
      env: { LULUS_SMTP_URL: url(server, `panitia:${encodeURIComponent(`${canary}x`)}@`) },
    });
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("[smtp-auth]") });
    expect(toldIn(wrong)).toMatchObject({ sent: 0, open: 4, halted: { code: "smtp-auth" } });
    const right = await lulus(["send", folder], { env: { LULUS_SMTP_URL: url(server) } });
    expect(right).toMatchObject({ status: 0, stdout: expect.stringContaining("4  sent") });
    expect(server.taken().every(({ user, secure }) => user === "panitia" && secure)).toBe(true);
    const all = everything(folder, [wrong, right]);
    for (const form of [
      canary,
      encodeURIComponent(canary),
      Buffer.from(canary).toString("base64").slice(0, -4),
    ])
      expect(all).not.toContain(form);
  });

  test("is told the password from a file, or the whole address from one that only its owner reads", async () => {
    const server = await startMailServer({ auth: `panitia:${canary}` });
    const host = { host: "localhost", port: server.port, user: "panitia" };
    const folder = withMail(base, through(server, { smtp: host }));
    writeFileSync(join(folder, "sandi"), `${canary}\n`);
    const none = await lulus(["send", folder]);
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining("[smtp-password]") });
    const env = { LULUS_SMTP_PASSWORD_FILE: join(folder, "sandi") };
    expect(await lulus(["doctor", folder, "--online", "--json"], { env })).toMatchObject({
      stdout: expect.stringContaining(`panitia at localhost:${server.port} takes mail from us`),
    });
    expect(await lulus(["send", folder, "--only", "0001/kirim-1/2024"], { env })).toMatchObject({
      status: 0,
    });
    const other = withMail(base, through(server, { smtp: "file:keys/surel" }));
    const file = join(other, "keys", "surel");
    writeFileSync(file, `${url(server)}\n`);
    chmodSync(file, 0o644);
    expect(await lulus(["send", other])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("chmod 600"),
    });
    chmodSync(file, 0o600);
    expect(await lulus(["send", other])).toMatchObject({ status: 0 });
  });

  test("is told a token in the place of a password, from a file that is written anew", async () => {
    const server = await startMailServer({ auth: `panitia:${canary}`, oauth: true });
    const host = { host: "localhost", port: server.port, user: "panitia" };
    const folder = withMail(base, through(server, { smtp: host }));
    writeFileSync(join(folder, "token"), "basi\n");
    const env = { LULUS_SMTP_TOKEN_FILE: join(folder, "token") };
    expect(await lulus(["send", folder], { env })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("[smtp-auth]"),
    });
    writeFileSync(join(folder, "token"), `${canary}\n`);
    expect(await lulus(["send", folder], { env })).toMatchObject({ status: 0 });
    expect(server.taken()).toHaveLength(4);
  });

  test.each([
    { name: "offers no encryption", tls: "none", more: { insecure: false }, code: "smtp-tls" },
    {
      name: "shows a certificate of nobody known",
      tls: "starttls",
      more: { ca: undefined },
      code: "smtp-tls",
    },
    { name: "is not the one meant", tls: "starttls", more: { host: "127.0.0.1" }, code: "smtp-tls" },
    {
      name: "refuses the sender",
      tls: "starttls",
      sender: "553 5.7.1 not you",
      more: {},
      code: "smtp-refused",
    },
  ] as const)(
    "that $name gets nothing, and nobody counts as bounced",
    async ({ tls, more, code, ...rest }) => {
      const server = await startMailServer({ tls, ...rest });
      const { host = "localhost", ...settings } = more as { host?: string };
      const folder = withMail(base, through(server, { smtp: `smtp://${host}:${server.port}`, ...settings }));
      const { status, stderr, told } = await sent(folder);
      expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(`[${code}]`) });
      expect(told).toMatchObject({ sent: 0, bounced: 0, unknown: 0 });
      expect(server.taken()).toEqual([]);
    },
  );

  test("that nobody answers for is told with what to check", async () => {
    const folder = withMail(base, { smtp: "smtp://localhost:1", retry_minutes: [0.001] });
    expect(await lulus(["send", folder])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/localhost:1 cannot be reached.*\n.*hint: check host and port/),
    });
  });

  test("without encryption is used where the event says so", async () => {
    const server = await startMailServer({ tls: "none" });
    expect(await sent(withMail(base, through(server)))).toMatchObject({ status: 0, told: { sent: 4 } });
    expect(server.taken()[0]?.secure).toBe(false);
  });

  test("with encryption from the first byte", async () => {
    const server = await startMailServer({ tls: "implicit" });
    const folder = withMail(base, through(server, { smtp: `smtps://localhost:${server.port}` }));
    expect(await sent(folder)).toMatchObject({ status: 0, told: { sent: 4 } });
  });

  test("gets no more mails a minute than the event says", async () => {
    const server = await startMailServer();
    const started = Date.now();
    expect(await sent(withMail(base, through(server, { per_minute: 120 })))).toMatchObject({ status: 0 });
    expect(Date.now() - started).toBeGreaterThan(1500);
  });
});

describe.skipIf(!hasCertificates)("a run of send", () => {
  test("that is killed after the server has a mail and before it answers leaves it unknown, and sends it to nobody again", async () => {
    const server = await startMailServer();
    const folder = withMail(base, through(server, { connections: 1, timeout_seconds: 60 }));
    const child = spawn(process.execPath, [bin, "send", folder], { stdio: "ignore" });
    while (server.taken().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
    await once(child, "close");
    const { status, told } = await sent(folder);
    expect({ status, told }).toMatchObject({ status: 1, told: { sent: 3, unknown: 1 } });
    expect(told.problems).toMatchObject([{ name: "Andi Wijaya", state: "unknown" }]);
    const shown = await lulus(["register", "show", "0002/kirim-1/2024", "--event", folder]);
    expect(shown.stdout).toMatch(
      /given to the mail server, budi@x\.example .*\n.*mailed, budi@x\.example: 250 /,
    );
    expect(server.taken().map(({ to }) => to[0])).toEqual([
      ...["andi.slow@x.example", "budi@x.example", "citra@x.example", "dewi@x.example"],
    ]);
  });

  test("that is interrupted finishes the mail under way, and the next goes on", async () => {
    const server = await startMailServer();
    const folder = withMail(base, through(server, { connections: 1, per_minute: 100 }));
    const child = spawn(process.execPath, [bin, "send", folder], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (said += text));
    while (server.taken().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGINT");
    const [status] = await once(child, "close");
    expect({ status, said }).toMatchObject({
      status: 130,
      said: expect.stringContaining("run the same command again"),
    });
    expect(said).toContain("1  sent");
    expect(await sent(folder)).toMatchObject({ status: 0, told: { sent: 3, already: 1 } });
    expect(server.taken()).toHaveLength(4);
  });

  test("keeps every other run out", async () => {
    const server = await startMailServer();
    const folder = withMail(base, through(server));
    const both = await Promise.all([sent(folder), sent(folder)]);
    expect(both.map(({ status }) => status).sort()).toEqual([0, 2]);
    expect(both.find(({ status }) => status === 2)?.stderr).toContain("[register-busy]");
    expect(server.taken()).toHaveLength(4);
  });

  test("that cannot write down that a mail goes out sends it to nobody", async () => {
    const server = await startMailServer();
    const folder = withMail(base, through(server, { connections: 1 }));
    const child = spawn("sh", ["-c", `ulimit -f 0; exec "${process.execPath}" "${bin}" send "${folder}"`], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [status] = await once(child, "close");
    expect(status).not.toBe(0);
    expect(server.taken()).toEqual([]);
    expect(await sent(folder)).toMatchObject({ status: 0, told: { sent: 4, unknown: 0 } });
  });
});

describe("what send is asked", () => {
  test.each([
    { asked: ["--dry-run", "--test-to", "a@x.example"], says: /do different things/ },
    { asked: ["--out", "x"], says: /--out says where a dry run writes/ },
    { asked: ["--settle", "0001/kirim-1/2024"], says: /expected numbers and how it stands/ },
    { asked: ["--settle", "0001/kirim-1/2024", "maybe"], says: /expected numbers and how it stands/ },
    { asked: ["--only", "0099/kirim-1/2024"], says: /no number of this event/ },
    { asked: ["--test-to", "a@x.example,b@x.example"], says: /more than one address/ },
  ])("$asked is refused with what would be accepted", async ({ asked, says }) => {
    const folder = withMail(base, {});
    expect(await lulus(["send", folder, ...asked])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(says),
    });
    expect(existsSync(join(folder, "outbox"))).toBe(false);
  });

  test("without a word about mail in the event file, or with a wrong one, says what to write", async () => {
    const silent = await lulus(["send", base]);
    expect(silent).toMatchObject({ status: 2, stderr: expect.stringContaining("[mail-missing]") });
    const folder = withMail(base, { froom: "x", from: "a@x.example, b@y.example" });
    expect(await lulus(["send", folder])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("did you mean `from`"),
    });
    const two = withMail(base, { from: "a@x.example, b@y.example" });
    expect(await lulus(["send", two, "--dry-run"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("more than one address"),
    });
    const secret = withMail(base, { smtp: `smtp://u:${encodeURIComponent(canary)}@x.example` });
    const told = await lulus(["send", secret]);
    expect(told).toMatchObject({ status: 2, stderr: expect.stringContaining("[secret-exposed]") });
    expect(told.stderr).not.toContain(encodeURIComponent(canary));
  });
});
