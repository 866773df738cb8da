import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../../model/fault.js";
import type { MailFile } from "../../model/mail.js";
import { parseMailbox } from "../../send/address.js";
import type { Letter } from "../../send/letter.js";
import { type MailTemplate, parseTemplate } from "../../send/template.js";
import { type Delivery, mailWords } from "../../send/words.js";
import { type EventFolder, shownPath } from "../eventFolder.js";
import { isFact, knownFacts } from "./facts.js";

/** Nobody writes so much, and a file named by mistake may hold it. */
const MOST_BYTES = 1 << 20;

/** How the event file says that mails are sent. @throws Fault where it says nothing */
export function mailOf({ event, shown }: EventFolder): MailFile {
  const { mail } = event.config;
  if (mail !== undefined) return mail;
  throw new Fault("mail-missing", "the event file does not say who writes the mails", {
    place: { file: shown },
    hints: [
      'add a line: mail: { from: "BPSDM Jawa Timur <sertifikat@bpsdm.example.go.id>" }',
      "and tell the mail server in the environment, as LULUS_SMTP_URL; see docs/mail.md",
    ],
  });
}

/** What all mails of the event share, its own words read and checked. @throws Fault or Faults */
export function letterOf(folder: EventFolder): Letter {
  const mail = mailOf(folder);
  const { locate, config } = folder.event;
  const { language } = config.event;
  if (mail.html !== undefined && mail.text === undefined) {
    throw new Fault("mail-text-missing", "there is `mail.html`, but no `mail.text`", {
      place: locate(["mail", "html"]),
      hints: ["write the same in plain text as well, for those whose mail program shows no HTML"],
    });
  }
  return {
    from: parseMailbox(mail.from, locate(["mail", "from"])),
    replyTo: mail.reply_to === undefined ? null : parseMailbox(mail.reply_to, locate(["mail", "reply_to"])),
    subject: parseTemplate(
      mail.subject ?? mailWords[language].subject,
      locate(["mail", "subject"]),
      knownFacts,
      isFact,
    ),
    text: mail.text === undefined ? null : ownWords(folder, "text", mail.text),
    html: mail.html === undefined ? null : ownWords(folder, "html", mail.html),
    delivery: deliveryOf(mail),
    language,
    unsubscribe: mail.unsubscribe ?? null,
  };
}

function deliveryOf({ mode, files }: MailFile): Delivery {
  if (mode === "attach") return "attach";
  return files === undefined ? "page" : "link";
}

function ownWords(folder: EventFolder, key: "text" | "html", file: string): MailTemplate {
  const path = resolve(folder.dir, file);
  const place = folder.event.locate(["mail", key]);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    throw new Fault("mail-text-missing", `there is no file "${file}"`, {
      place,
      hints: [`write your words into ${shownPath(path)}, or take the line away: there is a built-in text`],
    });
  }
  if (size > MOST_BYTES)
    throw new Fault("mail-text-long", `"${file}" has ${size} bytes, expected at most ${MOST_BYTES}`, {
      place,
    });
  return parseTemplate(readFileSync(path, "utf8"), shownPath(path), knownFacts, isFact);
}
