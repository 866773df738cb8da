import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { Fault } from "../model/fault.js";
import { type Outcome, outcomeOf, type Step, type Trouble } from "./outcome.js";
import { formatServer, type Secret, type Server } from "./server.js";

/** A message as it goes out. */
export interface Message {
  readonly from: string;
  readonly to: string;
  /** whole, with CRLF at line ends */
  readonly raw: Buffer;
}

/** A conversation with a mail server, in which one message goes after the other. */
export interface Connection {
  readonly isOpen: boolean;
  /**
   * Gives the server a message.
   *
   * @param before is awaited when the server is ready for the message, before the first byte of it; if it throws,
   *   nothing goes out, and it is thrown on
   */
  send(message: Message, before: () => Promise<void>): Promise<Outcome>;
  quit(): void;
  /** Ends at once what is under way. */
  abandon(): void;
}

/** What the library's errors say; of the rest of them nothing is used. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

const LONGEST_ANSWER = 300;
/** More at once the socket does not take; behind the last piece nothing of the message is held back any more. */
const PIECE = 16_384;
const SETUP_MS = 30_000;
const PARTING_MS = 2000;

/**
 * Connects, encrypts, authenticates.
 *
 * @param secret stands in no text that comes of this
 * @throws Fault `smtp-busy` where waiting may help, `smtp-unreachable`, `smtp-tls`, `smtp-auth`, `smtp-refused`
 */
export async function connect(server: Server, secret: Secret | null): Promise<Connection> {
  const { default: Smtp } = await import("nodemailer/lib/smtp-connection");
  const setup = Math.min(SETUP_MS, server.timeoutMs);
  const smtp = new Smtp({
    ...{ host: server.host, port: server.port, secure: server.isImplicitTls },
    ...{ requireTLS: !server.isInsecure, opportunisticTLS: server.isInsecure },
    ...{
      connectionTimeout: setup,
      greetingTimeout: setup,
      dnsTimeout: setup,
      socketTimeout: server.timeoutMs,
    },
    tls: {
      minVersion: "TLSv1.2",
      rejectUnauthorized: !server.isInsecure,
      ...(server.ca === null ? {} : { ca: await authorities(server.ca) }),
    },
  });
  const line = new Line(smtp, secret);
  try {
    await line.until((done) => smtp.connect(done));
    if (server.user !== null && secret !== null) {
      const proof = await proofOf(server.user, secret);
      await line.until((done) => smtp.login(proof, done));
    }
  } catch (error) {
    smtp.close();
    throw connectFault(error as SmtpError, server, (text) => line.told(text));
  }
  return line;
}

async function proofOf(user: string, { kind, text }: Secret) {
  if (kind === "password") return { user, pass: text };
  const { default: XOAuth2 } = await import("nodemailer/lib/xoauth2");
  return { user, oauth2: new XOAuth2({ user, accessToken: text }) };
}

async function authorities(own: string): Promise<string[]> {
  const { rootCertificates } = await import("node:tls");
  return [...rootCertificates, own];
}

class Line implements Connection {
  readonly #smtp: SMTPConnection;
  readonly #secret: string | null;
  /** whoever waits for the server, told where the conversation ends without an answer */
  #fail: ((error: SmtpError) => void) | null = null;

  constructor(smtp: SMTPConnection, secret: Secret | null) {
    this.#smtp = smtp;
    this.#secret = secret?.text ?? null;
    smtp.on("error", (error: SmtpError) => this.#fail?.(error));
    smtp.on("end", () => this.#fail?.(new Error("the connection was closed")));
  }

  get isOpen(): boolean {
    return !this.#smtp.destroyed;
  }

  /** Waits for one step of the conversation. */
  until<T>(step: (done: (error?: Error | null, result?: T) => void) => void): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      step((error, result) => (error ? reject(error) : resolve(result)));
    }).finally(() => {
      this.#fail = null;
    }) as Promise<T | undefined>;
  }

  async send(message: Message, before: () => Promise<void>): Promise<Outcome> {
    const body = new Body(message.raw, before);
    const envelope = { from: message.from, to: [message.to], size: message.raw.length };
    let outcome: Outcome;
    try {
      const result = await this.until<{ readonly response: string }>((done) =>
        this.#smtp.send(envelope, body, done),
      );
      outcome = { is: "sent", answer: this.told(result?.response ?? "") };
    } catch (error) {
      if (body.refusal !== null) {
        // in the middle of a message: no final dot may follow
        this.abandon();
        throw body.refusal.error;
      }
      outcome = outcomeOf(this.#troubleOf(error as SmtpError), body.isBegun, body.isWhole);
    }
    if (outcome.is === "sent" || !this.isOpen) return outcome;
    await this.#reset();
    return outcome;
  }

  /** A refused message may leave half a transaction behind. */
  async #reset(): Promise<void> {
    try {
      await this.until((done) => this.#smtp.reset(done));
    } catch {
      this.abandon();
    }
  }

  quit(): void {
    if (!this.isOpen) return;
    this.#smtp.quit();
    // a server that says nothing more would keep the process waiting
    setTimeout(() => this.#smtp.close(), PARTING_MS).unref();
  }

  abandon(): void {
    this.#smtp.close();
    this.#fail?.(new Error("the connection was given up"));
  }

  #troubleOf(error: SmtpError): Trouble {
    const { response, responseCode, code, command, message } = error;
    const reply = responseCode !== undefined && responseCode >= 400 ? responseCode : null;
    return {
      answer: this.told(response ?? message),
      reply,
      step: stepOf(command),
      isTooLarge: code === "EMESSAGE" && command === "MAIL FROM",
    };
  }

  /** What somebody else said, fit for a terminal and a register: one line, bounded, without the secret. */
  told(text: string): string {
    const secrets = this.#secret === null ? [] : [this.#secret, Buffer.from(this.#secret).toString("base64")];
    const hidden = secrets.reduce((told, secret) => told.replaceAll(secret, "•••"), text);
    const plain = hidden.replace(/[\p{C}\u2028\u2029]+/gu, " ").trim();
    return plain.length > LONGEST_ANSWER ? `${plain.slice(0, LONGEST_ANSWER)}…` : plain;
  }
}

function stepOf(command: string | undefined): Step {
  if (command === "MAIL FROM") return "sender";
  return command === "RCPT TO" ? "recipient" : "message";
}

/** A message that is not touched before somebody has been told that it goes out. */
class Body extends Readable {
  readonly #raw: Buffer;
  readonly #before: () => Promise<void>;
  #at = -1;
  isWhole = false;
  refusal: { readonly error: unknown } | null = null;

  constructor(raw: Buffer, before: () => Promise<void>) {
    super({ highWaterMark: PIECE });
    this.#raw = raw;
    this.#before = before;
  }

  get isBegun(): boolean {
    return this.#at >= 0;
  }

  override _read(): void {
    if (this.#at >= 0) this.#give();
    else
      this.#before().then(
        () => {
          this.#at = 0;
          this.#give();
        },
        (error) => {
          this.refusal = { error };
          this.destroy(error instanceof Error ? error : new Error(String(error)));
        },
      );
  }

  #give(): void {
    if (this.destroyed) return;
    const piece = this.#raw.subarray(this.#at, this.#at + PIECE);
    this.#at += piece.length;
    this.isWhole = piece.length === 0;
    this.push(this.isWhole ? null : piece);
  }
}

const certificateTroubles =
  /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH|INVALID_)/;

function connectFault(error: SmtpError, server: Server, told: (text: string) => string): Fault {
  const { code, originalCode = "", responseCode, response, message } = error;
  const where = formatServer({ ...server, user: null });
  const said = told(response ?? message);
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500)
    return new Fault("smtp-busy", `the mail server ${where} does not take mail for now: ${said}`, {
      cause: error,
    });
  if (code === "EAUTH") return authFault(server, where, said);
  if (code === "ETLS" || certificateTroubles.test(originalCode)) return tlsFault(where, said, server);
  if (code === "EDNS" || code === "ESOCKET" || code === "ETIMEDOUT")
    return new Fault("smtp-unreachable", `the mail server ${where} cannot be reached: ${said}`, {
      hints: [
        "check host and port under `mail.smtp`, and whether this network lets mail out (587 or 465)",
        "`lulus doctor --online` tries it without sending anything",
      ],
    });
  if (code === "ECONNECTION" && responseCode === undefined)
    return new Fault("smtp-busy", `the mail server ${where} ended the conversation: ${said}`);
  return new Fault("smtp-refused", `the mail server ${where} refuses to talk: ${said}`, {
    hints: ["ask whoever runs it whether this machine may send"],
  });
}

function authFault({ user }: Server, where: string, said: string): Fault {
  return new Fault(
    "smtp-auth",
    `the mail server ${where} does not accept user and password of "${user}": ${said}`,
    {
      hints: [
        "Gmail and Google Workspace want an app password, not the one for reading mail; Microsoft 365 may want a token (LULUS_SMTP_TOKEN_FILE)",
        "the password comes from LULUS_SMTP_PASSWORD_FILE, LULUS_SMTP_PASSWORD, or the address in LULUS_SMTP_URL",
      ],
    },
  );
}

function tlsFault(where: string, said: string, { isImplicitTls }: Server): Fault {
  const other = isImplicitTls ? "port 587 with smtp://" : "port 465 with smtps://";
  return new Fault("smtp-tls", `no safe connection to the mail server ${where}: ${said}`, {
    hints: [
      `it may want ${other}; or the name under \`mail.smtp\` is not the one in its certificate`,
      "a server of the office with a certificate of its own: name it under `mail.ca`",
      "without any protection, for a server on this machine only: `insecure: true`",
    ],
  });
}
