import { z } from "zod";

const words = z.string().trim().min(1, "expected some text").max(500);
const path = z.string().min(1, "expected a path");
const mailbox = words.describe("as in: BPSDM Jawa Timur <sertifikat@bpsdm.example.go.id>");

/** How mails are sent: the key `mail` of the event file. Secrets have no place in it. */
export const mailSchema = z.strictObject({
  from: mailbox.describe("who writes, as in: BPSDM Jawa Timur <sertifikat@bpsdm.example.go.id>"),
  reply_to: mailbox.optional().describe("where answers go, where that is another address"),
  subject: words.optional().describe("with the same {{placeholders}} as the text"),
  text: path.optional().describe("file with your own words, as in mail.txt; default: built in"),
  html: path
    .optional()
    .describe("file with your own HTML; it needs `text` beside it, for those who read no HTML"),
  mode: z
    .enum(["attach", "link"])
    .default("attach")
    .describe("attach: the PDF goes with the mail; link: the mail leads to it"),
  files: z
    .url({ protocol: /^https?$/, error: "expected an address as in https://example.go.id/files/" })
    .optional()
    .describe("where the output folder lies on the web, for mode: link"),
  smtp: z
    .union([
      words,
      z.strictObject({
        host: words.describe("as in smtp.gmail.com"),
        port: z.int().min(1).max(65535).optional().describe("587 (STARTTLS), or 465 (TLS from the start)"),
        user: words.optional().describe("the password: LULUS_SMTP_PASSWORD_FILE or LULUS_SMTP_PASSWORD"),
      }),
    ])
    .default("env:LULUS_SMTP_URL")
    .describe("env:NAME, file:PATH, smtp://user@host:587, or host, port and user"),
  ca: path
    .optional()
    .describe("certificate (PEM) of the office's own authority, where the server's is by that"),
  insecure: z
    .boolean()
    .default(false)
    .describe("true: also without encryption, and whoever the server is; for a server on this machine"),
  per_minute: z.number().positive().max(100_000).default(60).describe("mails a minute at most"),
  connections: z.int().min(1).max(20).default(2).describe("at the same time"),
  retry_minutes: z
    .array(z.number().nonnegative().max(1440))
    .max(20)
    .default([1, 5, 15, 30])
    .describe("how long to wait before each further try of what the server does not take for now"),
  timeout_seconds: z.number().positive().max(3600).default(300).describe("for each answer of the server"),
  unsubscribe: z
    .string()
    .regex(
      /^(?:https:\/\/|mailto:)[!-;=?-~]+$/,
      "expected an address as in mailto:stop@example.go.id or https://…",
    )
    .optional()
    .describe("where recipients can ask for no more mail"),
});

export type MailFile = z.output<typeof mailSchema>;
