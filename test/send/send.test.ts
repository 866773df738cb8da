import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { contentOf, lulus, writeFiles } from "../cli/lulus.js";
import { issuedTo, sent, states, through, withMail } from "./event.js";
import { hasCertificates, startMailServer } from "./mailServer.js";

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const base = { plain: "", faulty: "" };

beforeAll(async () => {
  [base.plain, base.faulty] = await Promise.all([
    issuedTo([
      ["Andi Wijaya", "andi@x.example"],
      ["Budi Santoso", "budi@x.example"],
      ['Citra ""x"" <b@y.example>', "citra@bücher.example"],
    ]),
    issuedTo([
      ["Ani Sore", "ani.450x2@x.example"],
      ["Bela Nakal", "bela.550@x.example"],
      ["Cici Pesan", "cici.data554@x.example"],
      ["Dodo Nanti", "dodo.data451x1@x.example"],
      ["Edi Putus", "edi.dropx1@x.example"],
      ["Feri Hilang", "feri.lost@x.example"],
      ["Gita Lambat", "gita.slow@x.example"],
      ["Hadi Tanpa", ""],
      ["Intan Terus", "intan.451@x.example"],
      ["Joko Biasa", "joko@x.example"],
    ]),
  ]);
});

describe.skipIf(!hasCertificates)("send", () => {
  test("mails everybody their own certificate, once, over an encrypted connection", async () => {
    const server = await startMailServer();
    const folder = withMail(base.plain, through(server, { reply_to: "tanya@bpa.example", connections: 1 }));
    const first = await sent(folder);
    expect(first).toMatchObject({
      status: 0,
      told: { schema: "lulus.send/1", sent: 3, already: 0, problems: [] },
    });
    expect(server.taken()).toMatchObject([
      { to: ["andi@x.example"], from: "kirim@bpa.example", secure: true },
      { to: ["budi@x.example"], secure: true },
      { to: ["citra@bücher.example"], secure: true },
    ]);
    const mails = await server.mails();
    expect(mails.map(({ subject }) => subject)).toEqual(Array(3).fill("Sertifikat Anda: Menulis Notula"));
    for (const mail of mails) {
      const [pdf] = mail.attachments;
      expect(hash(pdf?.content ?? Buffer.alloc(0))).toBe(
        hash(readFileSync(join(folder, "certificates", pdf?.filename ?? ""))),
      );
      expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
      expect(mail.replyTo?.text).toBe("tanya@bpa.example");
      expect(mail.headers.has("list-unsubscribe")).toBe(false);
    }
    expect(mails.at(-1)?.html).toContain("Citra &quot;x&quot; &lt;b@y.example&gt;");
    expect(mails.at(-1)?.text).toContain('Citra "x" <b@y.example>');

    const again = await sent(folder);
    expect(again).toMatchObject({ status: 0, told: { sent: 0, already: 3, problems: [] } });
    expect(server.taken()).toHaveLength(3);
    expect(await lulus(["register", "check", folder])).toMatchObject({ status: 0 });
  });

  test.each([{ hide: [] }, { hide: ["PIPELINING"] }])(
    "what the server does not take is tried again, listed as bounced, or left to a human ($hide)",
    async ({ hide }) => {
      const server = await startMailServer({ greetings: 2, hide });
      const folder = withMail(base.faulty, through(server));
      const { status, told } = await sent(folder);
      expect({ status, told }).toMatchObject({
        status: 1,
        told: { sent: 5, already: 0, bounced: 2, unknown: 1, later: 1, no_address: 1, open: 0, halted: null },
      });
      expect(states(told)).toEqual({
        "Bela Nakal": "bounced",
        "Cici Pesan": "bounced",
        "Feri Hilang": "unknown",
        "Hadi Tanpa": "no-address",
        "Intan Terus": "later",
      });
      expect(told.problems.find(({ name }) => name === "Bela Nakal")?.why).toMatch(/^550 .*no such person/);
      const names = () =>
        server
          .taken()
          .flatMap(({ to }) => to.map((address) => address.split(".")[0]))
          .sort();
      expect(names()).toEqual(["ani", "dodo", "edi", "feri", "gita", "joko@x"]);

      const again = await sent(folder);
      expect(again).toMatchObject({
        status: 1,
        told: { sent: 0, already: 5, unknown: 1, later: 1, bounced: 2 },
      });
      expect(names()).toHaveLength(6);
    },
  );

  test("what is unknown or bounced is sent once more only when a human says so, to another address too", async () => {
    const server = await startMailServer();
    const folder = withMail(base.faulty, through(server, { retry_minutes: [] }));
    const { told } = await sent(folder);
    const number = (name: string) => told.problems.find((each) => each.name === name)?.number ?? "";
    const settle = (...words: readonly string[]) => lulus(["send", folder, "--settle", ...words]);
    expect(await settle(number("Feri Hilang"), "sent")).toMatchObject({
      status: 0,
      stdout: "1 counted as sent\n",
    });
    expect(await settle(number("Bela Nakal"), "bela@baru.example")).toMatchObject({
      status: 0,
      stdout: "1 to be sent to bela@baru.example\n",
    });
    expect(await settle(number("Hadi Tanpa"), "a@x.example, b@y.example")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("more than one address"),
    });
    expect(await settle("0099/kirim-1/2024", "again")).toMatchObject({ status: 2 });
    const before = server.taken().length;
    const next = await sent(folder, "--only", number("Feri Hilang"), number("Bela Nakal"));
    expect(next).toMatchObject({ status: 0, told: { sent: 1, already: 1, problems: [] } });
    expect(server.taken().slice(before)).toMatchObject([{ to: ["bela@baru.example"] }]);
    // once settled, an address stays
    expect(await settle(number("Bela Nakal"), "again")).toMatchObject({ status: 0 });
    await sent(folder, "--only", number("Bela Nakal"));
    const taken = server.taken();
    expect(taken.at(-1)?.to).toEqual(["bela@baru.example"]);
    expect(taken.at(-1)?.id).toBe(taken.at(-2)?.id);
    expect(await settle("bounced", "sent")).toMatchObject({ stdout: "1 counted as sent\n" });
  });

  test("a dry run writes the mails as files, and neither asks a server nor changes the register", async () => {
    const folder = withMail(base.plain, { smtp: "env:NOT_THERE" });
    const before = contentOf(folder);
    const { status, stdout, stderr } = await lulus(["send", folder, "--dry-run"]);
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("3  to be sent"),
    });
    expect(stderr).toContain("3 mails in");
    const files = readdirSync(join(folder, "outbox"));
    expect(files).toHaveLength(3);
    for (const file of files) expect(file).toMatch(/^[A-Za-z0-9._-]+\.eml$/);
    const after = contentOf(folder);
    for (const path of after.keys()) if (path.startsWith("outbox")) after.delete(path);
    expect(after).toEqual(before);
  });

  test("a sample goes to the organiser alone, and counts for nobody", async () => {
    const server = await startMailServer();
    const folder = withMail(base.plain, through(server));
    const before = contentOf(folder);
    const trial = await lulus(["send", folder, "--test-to", "panitia@bpa.example"]);
    expect(trial).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("sent to panitia@bpa.example"),
    });
    expect(contentOf(folder)).toEqual(before);
    expect(server.taken().map(({ to }) => to)).toEqual([["panitia@bpa.example"]]);
    expect((await server.mails())[0]?.subject).toBe("[Uji coba] Sertifikat Anda: Menulis Notula");
    expect(await sent(folder)).toMatchObject({ told: { sent: 3 } });
    expect(new Set(server.taken().map(({ id }) => id)).size).toBe(4);
  });

  test("what was revoked is not sent, and what takes its place is; no other bytes than those issued", async () => {
    const server = await startMailServer();
    const folder = withMail(base.plain, through(server));
    const of = (seq: number) => `000${seq}/kirim-1/2024`;
    expect(await lulus(["revoke", of(1), "--reason", "mistake", "--event", folder])).toMatchObject({
      status: 0,
    });
    expect(await lulus(["reissue", of(2), "--name", "Budi Santoso, S.E.", "--event", folder])).toMatchObject({
      status: 0,
    });
    const [third = ""] = readdirSync(join(folder, "certificates")).filter((name) => name.startsWith("0003"));
    const whole = readFileSync(join(folder, "certificates", third));
    appendFileSync(join(folder, "certificates", third), "x");
    const { status, told } = await sent(folder);
    expect({ status, told }).toMatchObject({ status: 1, told: { sent: 1, withdrawn: 2, unready: 1 } });
    expect(told.problems).toMatchObject([{ number: of(3), state: "unready" }]);
    const [mail] = await server.mails();
    expect(mail?.text).toContain("Budi Santoso, S.E.");
    expect(mail?.text).toContain(`menggantikan sertifikat nomor ${of(2)}`);
    expect(mail?.attachments[0]?.filename).toMatch(/^0004/);
    writeFileSync(join(folder, "certificates", third), whole);
    expect(await sent(folder)).toMatchObject({ status: 0, told: { sent: 1, already: 1 } });
  });

  test("the organiser's own words, with the facts of the certificate in them", async () => {
    const server = await startMailServer();
    const folder = withMail(
      base.plain,
      through(server, {
        subject: "{{recipient.name}}, {{event.title}}",
        text: "mail.txt",
        mode: "link",
        files: "https://unduh.example/s",
        unsubscribe: "mailto:berhenti@bpa.example",
      }),
    );
    writeFiles(folder, [
      [
        "mail.txt",
        "Halo {{recipient.name}},\r\n\r\nambil di {{certificate.pdf}}\r\nNIP: {{recipient.nip}}\r\n{{event.days}}\r\n",
      ],
    ]);
    expect(await sent(folder, "--only", "0003/kirim-1/2024")).toMatchObject({ status: 0 });
    const [mail] = await server.mails();
    expect(mail?.subject).toBe('Citra "x" <b@y.example>, Menulis Notula');
    expect(mail?.text?.replaceAll("\u00a0", " ").trim()).toBe(
      'Halo Citra "x" <b@y.example>,\n\nambil di https://unduh.example/s/0003-kirim-1-2024-Citra-x-b-y.example.pdf\n24 Oktober 2024',
    );
    expect(mail?.html).toContain('href="https://unduh.example/s/0003-kirim-1-2024-Citra-x-b-y.example.pdf"');
    expect(mail?.attachments).toEqual([]);
    expect(JSON.stringify(mail?.headers.get("list"))).toContain("berhenti@bpa.example");
    writeFiles(folder, [["mail.txt", "Halo {{recipient.nam}},\n\n  {{ nomor }}\n"]]);
    const { status, stderr } = await lulus(["send", folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/mail\.txt:1:6: nothing is known of \{\{recipient\.nam\}\}/);
    expect(stderr).toMatch(/mail\.txt:3:3: nothing is known of/);
    expect(stderr).toContain("did you mean {{recipient.name}}?");
  });
});
