import type { EventRecord } from "../../model/certificate.js";
import type { Mailed } from "../../register/mail.js";
import { formatDate, usualPattern } from "../../render/calendar.js";
import { factsOf, isPlaceholder, placeholders } from "../../render/placeholder.js";
import type { Facts } from "../../send/template.js";

/** What a mail can say besides what a certificate can. */
const ofMail = ["certificate.pdf", "certificate.replaces"];

/** Names that the text of a mail may put in double braces: those of templates, and a few of its own. */
export const knownFacts: readonly string[] = [...Object.keys(placeholders), ...ofMail];

export function isFact(name: string): boolean {
  return ofMail.includes(name) || isPlaceholder(name);
}

/**
 * What is known for the mail of one certificate; dates in words.
 *
 * @param files address of the folder in which its PDF lies on the web, where it lies there
 */
export function mailFacts(
  certificate: Mailed,
  record: EventRecord,
  language: "id" | "en",
  files: string | null,
): Facts {
  // what no placeholder reads of it
  const unread = { event: record.event, person: "", revision: 0, statusIndex: 0 };
  const facts = factsOf(record, { ...certificate, ...unread });
  return (name) => {
    if (name === "certificate.replaces") return certificate.former;
    if (name === "certificate.pdf") return files === null ? null : addressOf(files, certificate.file);
    const value = facts(name);
    if (value === null) return null;
    const text = String(value);
    return dates.has(name) ? (formatDate(text, usualPattern, language) ?? text) : text;
  };
}

const dates = new Set(["certificate.date", "event.start", "event.end", "event.days"]);

function addressOf(files: string, file: string): string {
  return `${files.replace(/\/?$/, "/")}${encodeURIComponent(file)}`;
}
