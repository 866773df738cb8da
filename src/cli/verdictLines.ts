import { formatCode } from "../credential/code.js";
import type { Paint } from "../report/terminal.js";
import { exitStatus, type Status, type Verdict } from "../verify/verdict.js";
import { printable } from "./talk.js";

/** What was asked about, and the answer. */
export interface Answered {
  readonly asked: string;
  readonly verdict: Verdict;
}

const signs = [
  { sign: "✓", style: "green" },
  { sign: "✗", style: "red" },
  { sign: "?", style: "yellow" },
] as const;

/** The verdict for people: the code first, then what is signed, large enough to compare, then what was not checked. */
export function verdictLines({ asked, verdict }: Answered, paint: Paint): string[] {
  const { sign, style } = signs[exitStatus(verdict.code)];
  const lines = [`${paint(style, `${sign} ${verdict.code}`)}  ${shortened(asked)}`];
  if (verdict.reason !== "") lines.push(`  ${verdict.reason}`);
  lines.push(...verdict.differences.map((difference) => `  ${paint("red", "≠")} ${difference}`));
  lines.push(...signed(verdict).map(([label, value]) => `  ${paint("dim", label.padEnd(9))} ${value}`));
  if (verdict.proven) lines.push(`  ${paint("dim", "status".padEnd(9))} ${statusWords(verdict.status)}`);
  const signature = signatureWords(verdict.signature);
  if (signature !== null) lines.push(`  ${paint("dim", "signature".padEnd(9))} ${signature}`);
  lines.push(...verdict.notes.map((each) => `  ${paint("dim", `note: ${each}`)}`));
  return lines;
}

/** What an unproven token says is not repeated as if it were a fact. */
function signed(verdict: Verdict): [string, string][] {
  const { claims, record } = verdict;
  if (claims === null || !verdict.proven) return [];
  const known: [string, string | null][] = [
    ["name", claims.name],
    ["number", claims.number],
    ["award", verdict.award],
    ["event", record === null ? null : [record.series, record.title].filter(Boolean).join(": ")],
    ["issuer", record?.name ?? null],
    ["date", new Date(claims.issuedAt * 1000).toISOString().slice(0, 10)],
    ...Object.entries(claims.personal),
    ["code", formatCode(claims.cti)],
  ];
  return known.flatMap(([label, value]) => (value === null ? [] : [[label, value] as [string, string]]));
}

function statusWords(status: Status): string {
  if (status.state === "not-checked") return "status not checked: no register and no site was named";
  if (status.state === "unknown") return `unknown: ${status.because ?? "the source could not say"}`;
  return status.state;
}

/** The time of B-B is its signer's word; that of B-T an authority's, who is named: neither is asked who stands behind it. */
function signatureWords(signature: Verdict["signature"]): string | null {
  if (signature === null) return null;
  const { signer, organisation, at, stamp } = signature;
  const who = organisation === null || organisation === signer ? signer : `${signer}, ${organisation}`;
  const level = stamp === null ? "PAdES B-B" : "PAdES B-T";
  const when =
    stamp === null
      ? `dated ${at.toISOString().slice(0, 10)}`
      : `time stamp of ${stamp.at.toISOString().slice(0, 19)}Z by ${stamp.authority}`;
  return printable(`${who} (${level}, ${when})`);
}

function signatureEntry(signature: Verdict["signature"]): Record<string, unknown> | null {
  if (signature === null) return null;
  const { signer, organisation, certificate, at, stamp } = signature;
  return {
    level: stamp === null ? "B-B" : "B-T",
    signer,
    organisation,
    certificate,
    signed_at: at.toISOString(),
    timestamp: stamp === null ? null : { at: stamp.at.toISOString(), authority: stamp.authority },
  };
}

/** An address with a token is longer than any line. */
function shortened(asked: string): string {
  return asked.length > 90 ? `${asked.slice(0, 60)}… (${asked.length} characters)` : asked;
}

/** The verdict for programs. */
export function verdictEntry({ asked, verdict }: Answered): Record<string, unknown> {
  // an unproven token's words are a stranger's: a program must not find them beside ours
  const claims = verdict.proven ? verdict.claims : null;
  const record = verdict.record;
  return {
    input: asked,
    code: verdict.code,
    reason: verdict.reason,
    proven: verdict.proven,
    status: verdict.status.state,
    status_detail: verdict.status,
    name: claims?.name ?? null,
    number: claims?.number ?? null,
    award: verdict.award,
    date: claims === null ? null : new Date(claims.issuedAt * 1000).toISOString().slice(0, 10),
    personal: claims?.personal ?? {},
    certificate: claims === null ? null : formatCode(claims.cti),
    event: record === null ? null : { id: record.event, title: record.title, issuer: record.name },
    kid: verdict.kid,
    url: verdict.url,
    signature: signatureEntry(verdict.signature),
    differences: verdict.differences,
    notes: verdict.notes,
    checked_at: verdict.checkedAt,
  };
}
