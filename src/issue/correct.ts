import { hexOf } from "../credential/hex.js";
import { certificateId, statusIndex } from "../credential/identifier.js";
import type { IssuerKey } from "../credential/key.js";
import { flawOf } from "../credential/text.js";
import type { Certificate } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { type Batch, type Issued, numbering, type Printed, placing, tokenOf } from "./plan.js";

/** What is to be printed otherwise; what is absent stays as it was. */
export interface Correction {
  readonly name?: string | undefined;
  /** by field: institution, nip, role; `""` takes it away */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Corrected {
  readonly certificate: Certificate;
  readonly counter: string;
  readonly seq: number;
}

/**
 * The certificate that takes the place of another: the next revision, with a number of its own. Pure, like `plan`.
 *
 * @throws Fault for a field that the template does not print, and for text that cannot be signed
 */
export function correct(
  batch: Batch,
  former: Certificate,
  { name, fields }: Correction,
  issued: Issued,
  key: IssuerKey,
): Corrected {
  const { event, record } = batch;
  const printed = batch.printed(former.award);
  const facts = {
    name: (name ?? former.name).normalize("NFC").replace(/\s+/gu, " ").trim(),
    personal: corrected(former.personal, fields, printed.personal),
    sensitive: corrected(former.sensitive, fields, printed.sensitive),
  };
  admitFields(fields, printed);
  for (const text of [facts.name, ...Object.values(facts.personal)]) {
    const flaw = flawOf(text);
    if (flaw !== null) throw new Fault("text-unsignable", `"${text}" cannot be signed: ${flaw}`);
  }
  const { number, counter, seq } = numbering(event, issued)(former.award);
  const { person, award, email } = former;
  const revision = former.revision + 1;
  const identity = { issuer: record.issuer, event: former.event, person, award, revision };
  const place = placing(event, issued);
  const draft = {
    ...{ event: former.event, person, award, revision, number, email, ...facts },
    date: event.date,
    cti: hexOf(certificateId(key.secret, identity)),
    statusIndex: place.index((attempt) => statusIndex(key.secret, identity, attempt)),
    file: place.file({ number, name: facts.name, award }),
  };
  return { certificate: { ...draft, token: tokenOf(draft, batch, key) }, counter, seq };
}

function corrected(
  former: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
  printed: readonly string[],
): Record<string, string> {
  const all: Readonly<Record<string, string>> = { ...former, ...fields };
  return Object.fromEntries(
    printed.flatMap((field) => {
      const text = all[field]?.normalize("NFC").replace(/\s+/gu, " ").trim();
      return text ? [[field, text]] : [];
    }),
  );
}

function admitFields(fields: Readonly<Record<string, string>>, printed: ReturnType<Printed>): void {
  const known = [...printed.personal, ...printed.sensitive];
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw new Fault("field-unknown", `the template prints no "${unknown}" about a person`, {
    hints: [known.length === 0 ? "it prints the name alone" : `it prints the name, ${known.join(", ")}`],
  });
}
