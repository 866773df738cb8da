import { compareBytes } from "../credential/cbor.js";
import type { Claims } from "../credential/claims.js";
import { type Link, parseLink } from "../credential/link.js";
import { hashRecord } from "../credential/record.js";
import { readAppended } from "./appended.js";
import { unreadable, verifyLink, verifyText } from "./credential.js";
import { type OwnPdf, readPdf } from "./pdf.js";
import { isPicture, readPicture } from "./picture.js";
import { scanPdf } from "./scan.js";
import { isShown } from "./shown.js";
import { isSymbolOf } from "./symbol.js";
import type { Trust } from "./trust.js";
import type { Verdict } from "./verdict.js";

export interface DocumentTrust extends Trust {
  /** the register's SHA-256 (hex) of the file issued under a number; `null` where it has none */
  readonly issued?: ((number: string) => string | null) | undefined;
}

const COMPARE_BY_EYE = "only the QR code was read: compare the name and the number printed with those above";

/** The verdict on a PDF, a picture or a text. What it is, its content says, never its name. */
export async function verifyDocument(bytes: Uint8Array, trust: DocumentTrust): Promise<Verdict> {
  if (isPdf(bytes)) return verifyPdf(bytes, trust);
  if (isPicture(bytes)) return verifyCodes(await readPicture(bytes), trust);
  return verifyText(new TextDecoder().decode(bytes), trust);
}

async function verifyPdf(bytes: Uint8Array, trust: DocumentTrust): Promise<Verdict> {
  const own = readPdf(bytes);
  const link = own === null ? null : parseLink(own.link);
  if (own === null || link === null) return verifyForeignPdf(bytes, trust);
  const records = own.record === null ? trust.records : [...trust.records, own.record];
  const verdict = await verifyLink(link, { ...trust, records });
  if (verdict.claims === null || !verdict.proven) return verdict;
  const appended = await readAppended(bytes, bytes.length - own.appended, verdict.record?.signature);
  const differences = [
    ...appended.differences,
    ...(await differencesOf(own, link, verdict.claims)),
    ...differencesFromRegister(own, verdict.claims, trust),
  ];
  return differences.length === 0
    ? withLimits({ ...verdict, signature: appended.signature }, verdict.claims, trust)
    : asAltered(verdict, differences);
}

/** A file of another build is not the file as issued; without text it is a picture of paper. */
async function verifyForeignPdf(bytes: Uint8Array, trust: Trust): Promise<Verdict> {
  const scan = await scanPdf(bytes);
  if (scan === null) return unreadable("a damaged or locked PDF", trust);
  const verdict = await verifyCodes(scan.codes, trust);
  if (!verdict.proven || !(scan.hasText || bearsMark(bytes))) return verdict;
  return asAltered(verdict, ["not the file as issued: another program made or saved it"]);
}

async function verifyCodes(codes: readonly string[], trust: Trust): Promise<Verdict> {
  const link = codes.map(parseLink).find((one) => one !== null);
  if (link === undefined) {
    const found =
      codes.length === 0 ? "no QR code can be read in it" : "its QR code is not that of a certificate";
    return unreadable(found, trust);
  }
  const verdict = await verifyLink(link, trust);
  return { ...verdict, notes: [...verdict.notes, COMPARE_BY_EYE] };
}

async function differencesOf(pdf: OwnPdf, link: Link, claims: Claims): Promise<string[]> {
  const differences: string[] = [];
  const isOnlyLonger = pdf.appended > 0 && pdf.update === null;
  if (pdf.seal === "broken" && !isOnlyLonger)
    differences.push("the file was changed after it was issued: its seal is broken");
  if (!isSymbolOf(link, pdf.modules))
    differences.push("the QR code says something else than the link over it");
  for (const [what, text] of [
    ["name", claims.name],
    ["number", claims.number],
  ] as const) {
    if (!isShown(text, pdf.texts)) differences.push(`the ${what} signed, "${text}", is not on the page`);
  }
  if (pdf.record !== null && compareBytes(await hashRecord(pdf.record), claims.event) !== 0) {
    differences.push("the facts of the event in the file are not those signed");
  }
  return differences;
}

function differencesFromRegister(pdf: OwnPdf, claims: Claims, trust: DocumentTrust): string[] {
  const issued = trust.issued?.(claims.number) ?? null;
  if (issued === null || issued === pdf.sha256) return [];
  return [
    `the register has another file under the number ${claims.number}: SHA-256 ${issued}, not ${pdf.sha256}`,
  ];
}

/** The seal needs no key, so a forger who knows how can renew it; the register and the eye cannot be fooled so. */
function withLimits(verdict: Verdict, claims: Claims, trust: DocumentTrust): Verdict {
  if ((trust.issued?.(claims.number) ?? null) !== null) return verdict;
  const note =
    "the file could not be compared with a register: compare what it shows with the name and number above";
  return { ...verdict, notes: [...verdict.notes, note] };
}

/** What the token says stays in the answer: it is genuine, only the document around it is not. */
function asAltered(verdict: Verdict, differences: readonly string[]): Verdict {
  const reason = "a genuine QR code in a file that is not as it was issued";
  return { ...verdict, code: "altered", reason, differences: [...verdict.differences, ...differences] };
}

/** A file of ours that somebody damaged is not a scan, even where nothing but the QR code can still be drawn. */
function bearsMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("/Lulus");
}

function isPdf(bytes: Uint8Array): boolean {
  return [0x25, 0x50, 0x44, 0x46].every((byte, at) => bytes[at] === byte);
}
