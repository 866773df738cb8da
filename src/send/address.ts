import { domainToASCII } from "node:url";
import { Fault, type Place } from "../model/fault.js";

/*
 * An address comes from a form that strangers filled in. A mail program that is given "a@x, b@y" writes to two people, and
 * one that is given a line break writes to whomever the next line names: so exactly one plain address is taken, and
 * nothing is mended.
 */

/** Why an address cannot be used, in a few words. */
export interface Flaw {
  readonly flaw: string;
}

/** A name and an address, both admitted: safe for headers and envelope. */
export interface Mailbox {
  /** `""` for none */
  readonly name: string;
  /** ASCII; the domain in the form that name servers know */
  readonly address: string;
}

const LONGEST = 254;
const LONGEST_LOCAL = 64;
const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** The one address in a text, ready for an envelope. */
export function parseAddress(text: string): string | Flaw {
  const given = text.trim();
  if (given === "") return { flaw: "it is empty" };
  if (/[\p{C}\u2028\u2029]/u.test(given)) return { flaw: "it has a control character" };
  if (/[,;]/.test(given) || given.split("@").length > 2) return { flaw: "it is more than one address" };
  const at = given.lastIndexOf("@");
  const [before, behind] = [given.slice(0, Math.max(at, 0)), given.slice(at + 1)];
  if (at < 1 || behind === "") return { flaw: "it is no address" };
  if (/[^\x20-\x7e]/.test(before))
    return { flaw: "it has letters before the @ that mail servers do not take" };
  if (!local.test(before) || before.length > LONGEST_LOCAL) return { flaw: "it is no plain address" };
  const host = domainToASCII(behind);
  if (!domain.test(host)) return { flaw: `"${behind}" is no domain` };
  const address = `${before}@${host}`;
  return address.length > LONGEST ? { flaw: "it is too long" } : address;
}

/** `Name <address>`, or the address alone. @throws Fault for anything else */
export function parseMailbox(text: string, place: Place): Mailbox {
  const [, quoted, plain, angled] = /^(?:"([^"\\]*)"|([^<>"]*))\s*<([^<>]*)>$/.exec(text.trim()) ?? [];
  const name = (quoted ?? plain ?? "").trim();
  const address = parseAddress(angled ?? text);
  const flaw = /\p{C}/u.test(name) ? "its name has a control character" : flawOf(address);
  if (flaw === null) return { name, address: String(address) };
  throw new Fault("address-refused", `"${text}" cannot be used: ${flaw}`, {
    place,
    hints: ["expected one address, as in: BPSDM Jawa Timur <sertifikat@bpsdm.example.go.id>"],
  });
}

export function flawOf(address: string | Flaw): string | null {
  return typeof address === "string" ? null : address.flaw;
}
