import { endOfFirstRevision } from "../../credential/revision.js";

/** What somebody gave to the page: the text of its QR code, and the file where it is a PDF of ours. */
export interface Given {
  readonly text: string;
  readonly pdf: GivenPdf | null;
}

export interface GivenPdf {
  readonly bytes: Uint8Array;
  /** where the revision ends that was sealed */
  readonly end: number;
  /** whether it has one link and its seal is whole */
  readonly isSealed: boolean;
}

const MOST_BYTES = 30 * 2 ** 20;
/** A link of ours as it stands in the PDF, not compressed. */
const link = /\/URI\s*\((https?:\/\/[^\s()#]+#\d{100,2500})\)/g;
const identifiers = /\/ID\s*\[\s*<[0-9a-fA-F]{32}>\s*<([0-9a-fA-F]{32})>\s*\]/g;
const DIGITS = 32;

/** The certificate's text in a PDF or picture; `null` if there is none that can be read. */
export async function textOf(
  file: Blob,
  scan: (picture: Blob) => Promise<string | null>,
): Promise<Given | null> {
  if (file.size > MOST_BYTES) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46)
    return await fromPdf(bytes);
  const text = await scan(file);
  return text === null ? null : { text, pdf: null };
}

async function fromPdf(bytes: Uint8Array<ArrayBuffer>): Promise<Given | null> {
  const latin1 = new TextDecoder("latin1").decode(bytes);
  const texts = new Set([...latin1.matchAll(link)].map(([, text = ""]) => text));
  const [text] = texts;
  const end = endOfFirstRevision(bytes);
  if (text === undefined || end === null) return null;
  const isSealed = texts.size === 1 && (await isWhole(bytes.slice(0, end), latin1.slice(0, end)));
  return { text, pdf: { bytes, end, isSealed } };
}

/** The seal is SHA-256 over the file, taken with its own digits as zeros; what was appended has none. */
async function isWhole(bytes: Uint8Array<ArrayBuffer>, latin1: string): Promise<boolean> {
  const match = [...latin1.matchAll(identifiers)].at(-1);
  if (match === undefined) return false;
  const at = match.index + match[0].lastIndexOf("<") + 1;
  const blank = bytes.slice();
  blank.fill(0x30, at, at + DIGITS);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", blank));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.slice(0, DIGITS) === latin1.slice(at, at + DIGITS);
}
