import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type Ended, lulus, newFolder, writeFiles } from "../cli/lulus.js";
import type { MailServer } from "./mailServer.js";

/** Somebody who is given a certificate: the name, and the address that the mail goes to. */
export type Person = readonly [name: string, address: string];

/** An event in which all of these were given certificates, to be copied by each test. */
export async function issuedTo(people: readonly Person[], more = ""): Promise<string> {
  const rows = people.map(
    ([name, address]) => `"${name}",${address},"10/24/2024 08:58:00 AM","10/24/2024 11:05:00 AM",127,Yes`,
  );
  const folder = writeFiles(newFolder(), [
    [
      "event.yaml",
      `event:
  id: kirim-1
  title: Menulis Notula
  timezone: Asia/Jakarta
  sessions: [{ id: main, start: 2024-10-24 09:00, end: 2024-10-24 11:00 }]
issuer: { name: Badan Pelatihan }
inputs: { attendance: zoom.csv }
awards: [{ id: participant, label: Peserta, when: { attendance: { min_percent: 75 } } }]
certificate: { number: "{seq:4}/{event.id}/{year}" }
verify: { url: https://s.example/v }
${more}`,
    ],
    [
      "zoom.csv",
      `Topic,ID,Host,Duration (minutes),Start time,End time,Participants
Notula,81796405615,Panitia (host@bpa.example),125,"10/24/2024 08:55:00 AM","10/24/2024 11:05:00 AM",4

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest
${rows.join("\n")}
`,
    ],
  ]);
  expect(await lulus(["key", "create", folder, "--no-passphrase"])).toMatchObject({ status: 0 });
  expect(await lulus(["issue", folder])).toMatchObject({ status: 0 });
  return folder;
}

/** A copy of an event, with what its file says about mail. */
export function withMail(folder: string, mail: Readonly<Record<string, unknown>>): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  const text = JSON.stringify({ from: "Badan Pelatihan <kirim@bpa.example>", ...mail });
  const file = join(copy, "event.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}mail: ${text}\n`);
  return copy;
}

/** How an event is sent through a server: quickly, with few and short waits. */
export function through({ port, ca }: MailServer, more: Readonly<Record<string, unknown>> = {}) {
  return {
    smtp: `smtp://localhost:${port}`,
    ...(ca === "" ? { insecure: true } : { ca }),
    ...{ per_minute: 100_000, retry_minutes: [0.001, 0.002, 0.004], timeout_seconds: 2 },
    ...more,
  };
}

export interface Told {
  readonly sent: number;
  readonly already: number;
  readonly problems: readonly {
    readonly number: string;
    readonly name: string;
    readonly state: string;
    readonly why: string;
  }[];
  readonly [count: string]: unknown;
}

/** `lulus send --json`, with the names of those who have a problem, by state. */
export async function sent(folder: string, ...more: readonly string[]) {
  const ended = await lulus(["send", folder, "--json", ...more]);
  return { ...ended, told: toldIn(ended) };
}

export function toldIn({ stdout }: Ended): Told {
  return stdout === "" ? { sent: -1, already: -1, problems: [] } : JSON.parse(stdout);
}

export function states({ problems }: Told): Record<string, string> {
  return Object.fromEntries(problems.map(({ name, state }) => [name, state]));
}
