import { createHash } from "node:crypto";
import type { Mailbox } from "./address.js";
import { page, type Sheet } from "./page.js";
import { type Facts, fillHtml, fillLine, fillText, type MailTemplate } from "./template.js";
import { type Delivery, mailWords } from "./words.js";

/** Everything that the mails of a campaign share. */
export interface Letter {
  readonly from: Mailbox;
  readonly replyTo: Mailbox | null;
  readonly subject: MailTemplate;
  /** `null`: built in */
  readonly text: MailTemplate | null;
  /** `null`: the text in the built-in design */
  readonly html: MailTemplate | null;
  readonly delivery: Delivery;
  readonly language: "id" | "en";
  readonly unsubscribe: string | null;
}

/** What one mail has of its own. */
export interface Recipient {
  readonly to: Mailbox;
  readonly facts: Facts;
  readonly messageId: string;
  readonly date: Date;
  /** `null` where nothing is attached */
  readonly pdf: { readonly name: string; readonly bytes: Buffer } | null;
  /** only a sample, for the organiser */
  readonly isTest: boolean;
}

/**
 * The same for one certificate whenever it is sent, so that a mail that came twice can be known as one; made of its id by
 * a hash, since mail servers keep these and the id is nobody's business.
 *
 * @param cti hex
 * @param domain of the sender's address
 */
export function messageIdOf(cti: string, domain: string): string {
  const name = createHash("sha256").update(`lulus mail ${cti}`).digest("hex").slice(0, 32);
  return `<lulus.${name}@${domain}>`;
}

/** A mail as it goes over the wire. */
export async function compose(letter: Letter, recipient: Recipient): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const { facts, pdf, isTest } = recipient;
  const subject = fillLine(letter.subject, facts);
  const mail = new MailComposer({
    from: letter.from,
    to: [recipient.to],
    ...(letter.replyTo === null ? {} : { replyTo: letter.replyTo }),
    subject: isTest ? `${mailWords[letter.language].test} ${subject}` : subject,
    text: plainPart(letter, recipient),
    html: htmlPart(letter, recipient),
    attachments:
      pdf === null ? [] : [{ filename: pdf.name, content: pdf.bytes, contentType: "application/pdf" }],
    messageId: recipient.messageId,
    date: recipient.date,
    headers: headersOf(letter),
    // nothing that anybody typed is ever taken for a file or an address to be fetched
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "windows",
  });
  return await mail.compile().build();
}

function headersOf({ unsubscribe }: Letter): Record<string, string> {
  return {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    ...(unsubscribe === null ? {} : { "List-Unsubscribe": `<${unsubscribe}>` }),
  };
}

function plainPart(letter: Letter, { facts }: Recipient): string {
  const words = mailWords[letter.language];
  if (letter.text !== null) return `${fillText(letter.text, facts)}\n`;
  const lines = [
    words.text[letter.delivery],
    ...(letter.delivery === "link" ? [`${words.download}:\n{{certificate.pdf}}`] : []),
    words.facts.map(([label, name]) => `${label}: {{${name}}}`).join("\n"),
    words.replaces,
    `${words.proof}\n{{certificate.url}}`,
    "--\n{{issuer.name}}",
    words.automatic,
  ];
  return `${fillText({ text: lines.join("\n\n") }, facts)}\n`;
}

function htmlPart(letter: Letter, { facts }: Recipient): string {
  if (letter.html !== null) return fillHtml(letter.html, facts);
  const { language, delivery, unsubscribe } = letter;
  const words = mailWords[language];
  const body = letter.text ?? { text: words.text[delivery] };
  const sheet: Sheet = { language, words, body, delivery, unsubscribe };
  return page(sheet, facts);
}
