import { Fault } from "../../model/fault.js";
import type { HeldRegister } from "../../register/held.js";
import { type MailEntry, type Mailed, mailState } from "../../register/mail.js";
import { flawOf, parseAddress } from "../../send/address.js";
import { findAll } from "../revoke.js";

/** What a human says of mails: that they have arrived, or are to be sent once more, maybe elsewhere. */
export interface Ruling {
  /** numbers or codes; or all that are `unknown` or have `bounced` */
  readonly of: readonly string[] | "unknown" | "bounced";
  readonly detail: Extract<MailEntry, { kind: "settled" }>["detail"];
}

/** `NUMBER… sent`, `NUMBER… again`, `NUMBER address`; `unknown` and `bounced` stand for all of them. @throws Fault */
export function parseRuling(words: readonly string[]): Ruling {
  const of = words.slice(0, -1);
  const word = words.at(-1) ?? "";
  const [first] = of;
  const isGroup = of.length === 1 && (first === "unknown" || first === "bounced");
  const group = isGroup ? (first as "unknown" | "bounced") : of;
  if (first !== undefined && (word === "sent" || word === "again"))
    return { of: group, detail: { to: null, ruling: word } };
  if (of.length === 1 && !isGroup && word.includes("@")) {
    const address = parseAddress(word);
    const flaw = flawOf(address);
    if (flaw === null) return { of, detail: { to: String(address), ruling: "again" } };
    throw new Fault("address-refused", `"${word}" cannot be used: ${flaw}`, {
      hints: ["expected one address, as in siti@example.go.id"],
    });
  }
  throw new Fault(
    "usage",
    `found \`--settle ${words.join(" ")}\`, expected numbers and how it stands with them`,
    {
      hints: [
        "it has arrived: lulus send --settle 0042/jatim-41/X/2024 sent",
        "send it once more: lulus send --settle 0042/jatim-41/X/2024 again",
        "send it to another address: lulus send --settle 0042/jatim-41/X/2024 siti@example.go.id",
      ],
    },
  );
}

/** Notes a ruling. @returns of how many certificates. @throws Fault or Faults naming what cannot be settled */
export function settle(register: HeldRegister, event: string, { of, detail }: Ruling): number {
  const meant = [...(typeof of === "string" ? group(register, event, of) : named(register, event, of))];
  register.transaction(() => {
    for (const { id, cti, last } of meant) {
      // an address that was given once stays, until another is
      const to = detail.to ?? last?.detail.to ?? null;
      register.noteMail({ id, cti }, { kind: "settled", detail: { ...detail, to } });
    }
  });
  return meant.length;
}

function* group(register: HeldRegister, event: string, state: "unknown" | "bounced"): Iterable<Mailed> {
  for (const each of register.mailed(event))
    if (each.withdrawn === null && mailState(each) === state) yield each;
}

function named(register: HeldRegister, event: string, numbers: readonly string[]): Mailed[] {
  return findAll(register, numbers).map(({ id, certificate }) => {
    const { number, event: other } = certificate;
    if (other !== event)
      throw new Fault(
        "event-other",
        `the certificate ${number} is of the event "${other}", not of "${event}"`,
      );
    const mailed = register.mailedOne(id);
    if (mailed.withdrawn === null) return mailed;
    throw new Fault("withdrawn", `the certificate ${number} was ${mailed.withdrawn}: it is not sent`, {
      hints: ["`lulus register show` tells by which number it was replaced"],
    });
  });
}
