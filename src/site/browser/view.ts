import { formatCode } from "../../credential/code.js";
import { withdrawalReasons } from "../../model/withdrawal.js";
import type { Verdict } from "../../verify/verdict.js";
import { type Language, words } from "./words.js";

/* Every word of a certificate is put in as text, never as markup: names are typed by strangers. */

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const tones: Readonly<Record<Verdict["code"], "good" | "bad" | "doubt">> = {
  genuine: "good",
  revoked: "bad",
  replaced: "bad",
  altered: "bad",
  expired: "bad",
  "unknown-issuer": "doubt",
  unreadable: "doubt",
  "status-unknown": "doubt",
};

/** The verdict as a whole: banner, facts to compare with the paper, what was not checked. */
export function verdictView(verdict: Verdict, isWhole: boolean | null, language: Language): HTMLElement {
  const say = words[language];
  const isOpen = verdict.code === "genuine" && verdict.status.state === "not-checked";
  const code = isOpen ? "not-checked" : verdict.code;
  const [heading, sentence] = say.verdict[code];
  const banner = element(
    "div",
    { class: `verdict ${isOpen ? "doubt" : tones[verdict.code]}`, role: "status", "data-code": verdict.code },
    element("h2", {}, heading),
    element("p", {}, [sentence, ...because(verdict, language)].join(" ")),
  );
  const view = element("section", { class: "answer" }, banner);
  if (verdict.proven && verdict.claims !== null) view.append(factsView(verdict, language));
  const notes = [
    ...(isWhole === null ? [] : [isWhole ? say.whole : say.changed]),
    ...signatureNotes(verdict, language),
    ...(verdict.proven && verdict.record === null ? [say.eventMissing] : []),
  ];
  for (const note of notes) view.append(element("p", { class: "note" }, note));
  if (verdict.code === "genuine" && verdict.claims !== null) view.append(linkedIn(verdict, language));
  view.append(details(verdict, language));
  return view;
}

function signatureNotes({ signature }: Verdict, language: Language): string[] {
  if (signature === null) return [];
  const say = words[language];
  const { signer, organisation, at, stamp } = signature;
  const who = organisation === null || organisation === signer ? signer : `${signer}, ${organisation}`;
  const when =
    stamp === null
      ? `${say.dated} ${day(at.toISOString(), language)}`
      : `${say.stamped} ${day(stamp.at.toISOString(), language)} (${stamp.authority})`;
  return [`${say.signature}: ${who}, ${when}.`];
}

function because({ status }: Verdict, language: Language): string[] {
  const say = words[language];
  if (status.state === "revoked") {
    const reason = Object.values(withdrawalReasons).find(({ en }) => en === status.reason)?.[language];
    const on = status.on === undefined ? "" : `${say.on} ${day(status.on, language)}`;
    const said = [on, reason ?? ""].filter((part) => part !== "").join(", ");
    return said === "" ? [] : [`${said.charAt(0).toUpperCase()}${said.slice(1)}.`];
  }
  if (status.state !== "replaced" || status.by === undefined) return [];
  const on = status.on === undefined ? "" : ` ${say.on} ${day(status.on, language)}`;
  return [`${say.by.charAt(0).toUpperCase()}${say.by.slice(1)} ${status.by}${on}.`];
}

function factsView({ claims, record, award }: Verdict, language: Language): HTMLElement {
  const say = words[language];
  const list = element("dl", { class: "facts" });
  const add = (label: string, text: string | null | undefined, name = ""): void => {
    if (text === null || text === undefined || text === "") return;
    list.append(
      element("div", { class: name }, element("dt", {}, label), element("dd", { dir: "auto" }, text)),
    );
  };
  if (claims === null) return list;
  add(say.facts.name, claims.name, "name");
  add(say.facts.number, claims.number, "number");
  add(say.facts.award, award);
  for (const [field, text] of Object.entries(claims.personal)) add(labelOf(field, language), text);
  add(say.facts.event, record?.title);
  add(say.facts.series, record?.series);
  if (record !== null) add(say.facts.held, days(record.start, record.end, language));
  for (const [label, text] of fieldsOf(record?.fields ?? {}, language)) add(label, text);
  add(say.facts.issuer, record?.name);
  add(say.facts.date, day(new Date(claims.issuedAt * 1000).toISOString(), language));
  add(say.facts.code, formatCode(claims.cti), "code");
  return element("div", {}, list, element("p", { class: "compare" }, say.compare));
}

/** The organiser's own facts, however deep they lie. */
function fieldsOf(fields: Readonly<Record<string, unknown>>, language: Language): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (typeof value === "string" || typeof value === "number")
      return [[labelOf(name, language), String(value)]];
    if (typeof value !== "object" || value === null) return [];
    const inner = Array.isArray(value)
      ? value.flatMap((each) => (typeof each === "object" && each !== null ? fieldsOf(each, language) : []))
      : fieldsOf(value as Record<string, unknown>, language);
    return inner.length === 0 ? [] : [[labelOf(name, language), inner.map(([, text]) => text).join(" · ")]];
  });
}

function labelOf(field: string, language: Language): string {
  const known: Readonly<Record<string, string>> = words[language].facts;
  const plain = field.replace(/[_.-]+/g, " ");
  return known[field] ?? `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}

function linkedIn({ claims, record, url }: Verdict, language: Language): HTMLElement {
  const at = new Date((claims?.issuedAt ?? 0) * 1000);
  const query = new URLSearchParams({
    startTask: "CERTIFICATION_NAME",
    name: record?.title ?? claims?.number ?? "",
    organizationName: record?.name ?? "",
    issueYear: String(at.getUTCFullYear()),
    issueMonth: String(at.getUTCMonth() + 1),
    certId: claims?.number ?? "",
    certUrl: url ?? "",
  });
  const address = `https://www.linkedin.com/profile/add?${query}`;
  return element(
    "p",
    { class: "share" },
    element("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, words[language].linkedin),
  );
}

function details(verdict: Verdict, language: Language): HTMLElement {
  const lines = [
    `${verdict.code}: ${verdict.reason}`,
    ...verdict.differences,
    ...(verdict.kid === null ? [] : [`key ${verdict.kid}`]),
    ...(verdict.status.state === "unknown" ? [verdict.status.because ?? ""] : []),
    `checked ${verdict.checkedAt}`,
  ];
  return element(
    "details",
    {},
    element("summary", {}, words[language].details),
    ...lines.filter((line) => line !== "").map((line) => element("p", {}, line)),
  );
}

function day(iso: string, language: Language): string {
  return new Date(`${iso.slice(0, 10)}T12:00:00Z`).toLocaleDateString(language === "id" ? "id-ID" : "en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

function days(start: string, end: string, language: Language): string {
  return start === end ? day(start, language) : `${day(start, language)} – ${day(end, language)}`;
}
