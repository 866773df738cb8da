import { escapeHtml, type Facts, fillLines, fillText, type MailTemplate } from "./template.js";
import type { Delivery, MailWords } from "./words.js";

/*
 * Mail programs know the HTML of twenty years ago: tables, styles beside each element, no script, no pictures from
 * elsewhere. The colours hold against a dark background as well, since some programs turn them round.
 */

const font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const ink = "#1f2933";
const quiet = "#52606d";
const accent = "#1d4f91";
const rule = "#d9e2ec";

/** What a mail in the built-in design is made of. */
export interface Sheet {
  readonly language: "id" | "en";
  readonly words: MailWords;
  readonly delivery: Delivery;
  /** the words at its top, in paragraphs: built in, or the organiser's own */
  readonly body: MailTemplate;
  /** where recipients can ask for no more mail */
  readonly unsubscribe: string | null;
}

/** The HTML part of a mail. */
export function page(sheet: Sheet, facts: Facts): string {
  const { language, words } = sheet;
  const title = escapeHtml(facts("event.title") ?? "");
  const issuer = escapeHtml(facts("issuer.name") ?? "");
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:0;background:#eef2f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef2f6">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-radius:8px;${font};color:${ink}">
<tr><td style="padding:20px 32px;border-top:6px solid ${accent};border-radius:8px 8px 0 0;border-bottom:1px solid ${rule};font-size:14px;line-height:20px;font-weight:600;color:${accent}">${issuer}</td></tr>
<tr><td style="padding:28px 32px 4px;font-size:16px;line-height:25px">
${paragraphs(sheet.body, facts)}
</td></tr>
<tr><td style="padding:4px 32px 8px">
${card(words, facts)}
</td></tr>
${replaced(words, facts)}<tr><td style="padding:16px 32px 8px">
${buttons(sheet, facts)}
</td></tr>
<tr><td style="padding:8px 32px 28px;font-size:14px;line-height:21px;color:${quiet}">${escapeHtml(words.proof)}</td></tr>
<tr><td style="padding:16px 32px 22px;border-top:1px solid ${rule};font-size:12px;line-height:18px;color:${quiet}">${footer(sheet, facts)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

/**
 * Plain text as HTML: a blank line ends a paragraph, an address can be followed. One that somebody has typed as their name
 * cannot: whoever enters a stranger's address would have us send them anywhere.
 */
function paragraphs(body: MailTemplate, facts: Facts): string {
  const lines = fillLines(body, facts, {
    words: linked,
    fact: (value, name) => (addresses.has(name) ? link(value) : escapeHtml(value)),
  });
  return lines
    .join("<br>\n")
    .split(/(?:<br>\n){2,}/)
    .map((each) => `<p style="margin:0 0 16px">${each}</p>`)
    .join("\n");
}

const addresses: ReadonlySet<string> = new Set(["certificate.url", "certificate.pdf"]);

const SHOWN = 60;

function linked(line: string): string {
  const parts = line.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/);
  return parts.map((part, at) => (at % 2 === 1 ? link(part) : escapeHtml(part))).join("");
}

function link(url: string): string {
  const shown = url.length > SHOWN ? `${url.slice(0, SHOWN - 1)}…` : url;
  return `<a href="${escapeHtml(url)}" style="color:${accent};word-break:break-all">${escapeHtml(shown)}</a>`;
}

/** What the certificate says, so that a person sees at once whether it is right. */
function card({ facts: rows }: MailWords, facts: Facts): string {
  const lines = rows.flatMap(([label, name]) => {
    const value = facts(name);
    if (value === null) return [];
    return [
      `<tr><td valign="top" style="padding:5px 16px 5px 0;color:${quiet};white-space:nowrap">${escapeHtml(label)}</td><td valign="top" style="padding:5px 0;font-weight:600;word-break:break-word">${escapeHtml(value)}</td></tr>`,
    ];
  });
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f5f7fa;border:1px solid ${rule};border-radius:6px"><tr><td style="padding:11px 18px">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${font};font-size:14px;line-height:20px;color:${ink}">
${lines.join("\n")}
</table>
</td></tr></table>`;
}

function replaced({ replaces }: MailWords, facts: Facts): string {
  const text = fillText({ text: replaces }, facts);
  if (text === "") return "";
  return `<tr><td style="padding:12px 32px 0;font-size:14px;line-height:21px">${escapeHtml(text)}</td></tr>\n`;
}

function buttons({ words, delivery }: Sheet, facts: Facts): string {
  const verify = facts("certificate.url") ?? "";
  const pdf = facts("certificate.pdf") ?? "";
  const all =
    delivery === "link"
      ? [button(pdf, words.download, true), button(verify, words.verify, false)]
      : [button(verify, words.verify, true)];
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>${all.join('<td width="12"></td>')}</tr></table>`;
}

function button(url: string, label: string, isFirst: boolean): string {
  const colours = isFirst
    ? `background:${accent};color:#ffffff;border:1px solid ${accent}`
    : `background:#ffffff;color:${accent};border:1px solid ${accent}`;
  return `<td><a href="${escapeHtml(url)}" style="display:inline-block;padding:11px 22px;border-radius:6px;${font};font-size:15px;line-height:20px;font-weight:600;text-align:center;text-decoration:none;${colours}">${escapeHtml(label)}</a></td>`;
}

function footer({ words, unsubscribe }: Sheet, facts: Facts): string {
  const issuer = facts("issuer.name") ?? "";
  const stop =
    unsubscribe === null
      ? ""
      : ` <a href="${escapeHtml(unsubscribe)}" style="color:${quiet}">${escapeHtml(words.unsubscribe)}</a>`;
  return `${escapeHtml(issuer)}<br>${escapeHtml(words.automatic)}${stop}`;
}
