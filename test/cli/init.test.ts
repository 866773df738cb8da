import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { needs } from "../tools.js";
import { contentOf, copyOf, lulus, newFolder, writeFiles } from "./lulus.js";
import { inTerminal } from "./terminal.js";

const eventIn = (folder: string) => parse(readFileSync(join(folder, "event.yaml"), "utf8"));

describe("init", () => {
  test.each([["id"], ["en"]])(
    "in an empty folder makes an event that works by what it says itself (%s)",
    async (language) => {
      const folder = newFolder();
      const made = await lulus(["init", "acara baru", "--example", "--language", language], { cwd: folder });
      expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining("acara baru/event.yaml\n") });
      const steps = made.stderr
        .split("\n")
        .flatMap((line) => /^ {2}(?:lulus|cd) (.+)$/.exec(line)?.[1] ?? []);
      expect(steps).toEqual(['"acara baru"', "check", "issue", "send --dry-run"]);
      for (const step of steps.slice(1)) {
        const ended = await lulus(step.split(" "), { cwd: join(folder, "acara baru") });
        expect({ step, status: ended.status }).toEqual({ step, status: 0 });
        expect(ended.stderr).not.toContain("warning");
      }
      const check = await lulus(["check", "--json"], { cwd: join(folder, "acara baru") });
      expect(JSON.parse(check.stdout).summary).toMatchObject({
        people: 8,
        eligible: 5,
        ineligible: 3,
        review: 0,
      });
    },
  );

  test("the key is its owner's alone, and git is told to leave out what is secret or personal", async () => {
    const folder = newFolder();
    await lulus(["init", "--example"], { cwd: folder });
    expect(statSync(join(folder, "keys/issuer.pem")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, ".gitignore"), "utf8").split("\n")).toEqual(
      expect.arrayContaining(["keys/*", "!keys/retired.json", "certificates/", "lulus.db*"]),
    );
  });

  test("takes title and times from the exports that lie there, and lists what it did not recognise", async () => {
    const folder = newFolder();
    const source = copyOf("webinar");
    const attendance = readFileSync(join(source, "attendance/attendee_84759841045_2026_10_22.csv"));
    writeFiles(folder, [
      ["unduhan zoom.csv", attendance],
      ["nilai.csv", readFileSync(join(source, "quiz/post-test.csv"))],
      ["catatan.csv", "Rapat,Selasa\nKopi,Ya\n"],
    ]);
    const { status, stderr } = await lulus(
      ["init", "--issuer", "BPSDM: Jawa #1", "--url", "https://s.go.id/v"],
      {
        cwd: folder,
      },
    );
    expect(status).toBe(0);
    expect(stderr).toContain("catatan.csv");
    expect(eventIn(folder)).toMatchObject({
      event: {
        title: "ASN Belajar Seri 12: Data Terbuka, Layanan Terpercaya",
        sessions: [{ id: "main", start: "2026-10-22 08:30", end: "2026-10-22 11:30" }],
      },
      issuer: { name: "BPSDM: Jawa #1" },
      inputs: { attendance: "unduhan zoom.csv", quizzes: { "post-test": { files: "nilai.csv" } } },
      verify: { url: "https://s.go.id/v" },
    });
    expect(existsSync(join(folder, "attendance"))).toBe(false);
    expect(await lulus(["check", "--quiet", "--json"], { cwd: folder })).toMatchObject({ status: 0 });
  });

  test("options say everything, files elsewhere included; two days are two sessions", async () => {
    const folder = newFolder();
    const source = copyOf("webinar");
    const { status, stdout } = await lulus(
      [
        ...["init", "baru", "--attendance", join(source, "attendance/attendee_84759841045_2026_10_22.csv")],
        ...["--session", "2026-10-22 08:30-10:00", "--session", "2026-10-23 08.30 - 10.00"],
        ...["--title", 'Judul: dengan #tanda "kutip"', "--id", "uji-1", "--min-attendance", "50,5"],
        ...["--language", "en", "--timezone", "Asia/Makassar", "--template", "modern", "--no-key", "--json"],
      ],
      { cwd: folder },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "lulus.init/1", dir: "baru", event: "uji-1" });
    expect(eventIn(join(folder, "baru"))).toMatchObject({
      event: {
        id: "uji-1",
        title: 'Judul: dengan #tanda "kutip"',
        language: "en",
        timezone: "Asia/Makassar",
        sessions: [
          { id: "day1", start: "2026-10-22 08:30", end: "2026-10-22 10:00" },
          { id: "day2", start: "2026-10-23 08:30", end: "2026-10-23 10:00" },
        ],
      },
      awards: [{ template: "modern", when: { attendance: { min_percent: 50.5 } } }],
    });
    expect(existsSync(join(folder, "baru/keys"))).toBe(false);
  });

  test("never writes over anything", async () => {
    const folder = writeFiles(newFolder(), [["event.yaml", "# milik saya\n"]]);
    const before = contentOf(folder);
    expect(await lulus(["init", "--example"], { cwd: folder })).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("there is an event already"),
    });
    expect(contentOf(folder)).toEqual(before);

    const other = writeFiles(newFolder(), [[".gitignore", "milik saya\n"]]);
    mkdirSync(join(other, "keys"));
    writeFileSync(join(other, "keys/issuer.pem"), "milik saya\n", { mode: 0o600 });
    const { status, stdout } = await lulus(["init", "--example"], { cwd: other });
    expect(status).toBe(0);
    expect(stdout).toContain(".gitignore  (was there)");
    expect(contentOf(other).get(".gitignore")).toBe("milik saya\n");
    expect(contentOf(other).get("keys/issuer.pem")).toBe("milik saya\n");
  });

  test.each([
    { flags: ["--session", "2026-02-30 08:00-10:00"], says: "--session 2026-02-30" },
    { flags: ["--session", "2026-02-03 11:00-10:00"], says: "a date and two times" },
    { flags: ["--min-score", "170"], says: "a number from 0 to 100" },
    { flags: ["--url", "sertifikat.go.id"], says: "an address as in" },
    { flags: ["--timezone", "Asia/Jakrata"], says: "a time zone" },
    { flags: ["--id", "Jatim 41"], says: "lower-case letters" },
    { flags: ["--language", "fr"], says: "id or en" },
    { flags: ["--attendance", "hilang.csv"], says: 'no file "hilang.csv"' },
  ])("$flags is wrong usage, and nothing is written", async ({ flags, says }) => {
    const folder = newFolder();
    const { status, stdout, stderr } = await lulus(["init", ...flags], { cwd: folder });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(contentOf(folder).size).toBe(0);
  });

  test("dates that can be read in two ways are not guessed; a session settles them", async () => {
    const folder = writeFiles(newFolder(), [
      [
        "zoom.csv",
        "Name (original name),Email,Join time,Leave time,Duration (minutes)\nSiti,siti@x.example,05/09/2024 09:00:00,05/09/2024 11:00:00,120\n",
      ],
    ]);
    const before = contentOf(folder);
    expect(await lulus(["init"], { cwd: folder })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("hint: say when the sessions were"),
    });
    expect(contentOf(folder)).toEqual(before);
    await lulus(["init", "--session", "2024-09-05 09:00-11:00"], { cwd: folder });
    expect(await lulus(["check"], { cwd: folder })).toMatchObject({ status: 0 });
  });
});

describe.runIf(needs("tmux"))("init on a terminal", () => {
  test("asks, tells what it expects, takes corrections, and makes what was said", async () => {
    const folder = newFolder();
    const terminal = await inTerminal(["init", "baru"], folder);
    try {
      await terminal.until("Bahasa / Language");
      await terminal.keys("Enter");
      await terminal.until("Judul acara");
      await terminal.keys("C-u", "Pelatihan Arsip", "Enter");
      await terminal.until("Waktu sesi");
      await terminal.keys("C-u", "2024-10-24 08:30", "Enter");
      await terminal.until("Tulis seperti 2024-10-24 08:30-11:30");
      await terminal.keys("-11:30", "Enter");
      await terminal.until("Nama instansi");
      await terminal.keys("C-u", "Badan Arsip", "Enter");
      await terminal.until("Kehadiran paling sedikit");
      await terminal.keys("Enter");
      await terminal.until("Nilai paling sedikit");
      await terminal.keys("C-u", "60", "Enter");
      await terminal.until("Alamat halaman");
      await terminal.keys("C-u", "https://arsip.example/v", "Enter");
      await terminal.until("kata sandi?");
      await terminal.keys("Right", "Enter");
      await terminal.until("status 0");
    } finally {
      terminal.end();
    }
    expect(eventIn(join(folder, "baru"))).toMatchObject({
      event: {
        id: "pelatihan-arsip-2024",
        title: "Pelatihan Arsip",
        sessions: [{ id: "main", start: "2024-10-24 08:30", end: "2024-10-24 11:30" }],
      },
      issuer: { name: "Badan Arsip" },
      awards: [{ when: { attendance: { min_percent: 75 }, quizzes: { "post-test": { min_percent: 60 } } } }],
      verify: { url: "https://arsip.example/v" },
    });
  });

  test("Ctrl-C writes nothing and ends with 130", async () => {
    const folder = newFolder();
    const terminal = await inTerminal(["init", "baru"], folder);
    try {
      await terminal.until("Bahasa / Language");
      await terminal.keys("C-c");
      await terminal.until("status 130");
    } finally {
      terminal.end();
    }
    expect(existsSync(join(folder, "baru"))).toBe(false);
  });
});
