import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Fault, type Place } from "../../model/fault.js";
import {
  parseServerUrl,
  type Secret,
  type Server,
  type ServerAddress,
  STARTTLS_PORT,
  TLS_PORT,
} from "../../send/server.js";
import { type EventFolder, shownPath } from "../eventFolder.js";
import { ask, canAsk } from "../passphrase.js";
import { isTrackedByGit } from "../signingKey.js";
import { mailOf } from "./letter.js";

/** The mail server, and what it wants to hear; the secret stands nowhere else. */
export interface Access {
  readonly server: Server;
  /** asked for at each connection: a token lasts an hour, and its file is written anew */
  readonly secret: () => Secret | null;
}

/** @throws Fault where something is missing, or a secret lies where others read it */
export async function accessOf(folder: EventFolder): Promise<Access> {
  const { server, password } = serverOf(folder);
  if (server.user === null) return { server, secret: () => null };
  if (password !== null) return { server, secret: () => ({ kind: "password", text: password }) };
  if (secretGiven() !== null) return { server, secret: secretGiven };
  const asked = canAsk() ? await ask(`Password of ${server.user} at ${server.host}`) : "";
  if (asked !== "") return { server, secret: () => ({ kind: "password", text: asked }) };
  throw new Fault("smtp-password", `there is no password for "${server.user}" at ${server.host}`, {
    hints: [
      "put it into a file that only you can read, and name the file in LULUS_SMTP_PASSWORD_FILE",
      "or give it in the environment, as LULUS_SMTP_PASSWORD; a token of OAuth 2 as LULUS_SMTP_TOKEN or its file",
    ],
  });
}

interface ServerGiven {
  readonly server: Server;
  readonly password: string | null;
}

/** The server alone, as far as it can be told without asking anybody. */
export function serverOf(folder: EventFolder): ServerGiven {
  const mail = mailOf(folder);
  const { locate } = folder.event;
  const { password, ...address } = addressOf(folder);
  const server: Server = {
    ...address,
    isInsecure: mail.insecure,
    ca: mail.ca === undefined ? null : authority(resolve(folder.dir, mail.ca), locate(["mail", "ca"])),
    timeoutMs: mail.timeout_seconds * 1000,
  };
  return { server, password };
}

function addressOf(folder: EventFolder): ServerAddress {
  const { smtp } = mailOf(folder);
  const place = folder.event.locate(["mail", "smtp"]);
  if (typeof smtp !== "string") {
    const { host, port = STARTTLS_PORT, user = null } = smtp;
    return { host, port, user, isImplicitTls: port === TLS_PORT, password: null };
  }
  const [, from, named = ""] = /^(env|file):(.+)$/.exec(smtp) ?? [];
  if (from === "env") return parseServerUrl(fromEnvironment(named, place), { file: named });
  if (from === "file") return fromFile(resolve(folder.dir, named), place);
  const address = parseServerUrl(smtp, place);
  if (address.password === null) return address;
  throw new Fault("secret-exposed", "the password of the mail server stands in the event file", {
    place,
    hints: [
      'put the address into the environment: smtp: "env:LULUS_SMTP_URL"',
      "or leave the password out and give it in LULUS_SMTP_PASSWORD_FILE",
    ],
  });
}

/** Read once: no child process and no crash report inherits it. */
const taken = new Map<string, string>();

function fromEnvironment(name: string, place: Place): string {
  const value = taken.get(name) ?? process.env[name];
  delete process.env[name];
  if (value) {
    taken.set(name, value);
    return value;
  }
  throw new Fault("smtp-missing", `the environment has no ${name}, which tells the mail server`, {
    place,
    hints: [
      `set it before: ${name}="smtp://user%40example.go.id:PASSWORD@smtp.example.go.id:587"`,
      "or name the server in the event file: smtp: { host: smtp.gmail.com, user: panitia@example.go.id }",
    ],
  });
}

function fromFile(path: string, place: Place): ServerAddress {
  const shown = shownPath(path);
  const text = readSecret(path, place, "the address of the mail server");
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new Fault(
      "secret-exposed",
      "other users of this machine can read the password of the mail server",
      {
        place: { file: shown },
        hints: [`chmod 600 ${shown}`],
      },
    );
  }
  if (isTrackedByGit(path)) {
    throw new Fault("secret-exposed", "the password of the mail server is tracked by git", {
      place: { file: shown },
      hints: [`git rm --cached ${shown}, add it to .gitignore, and get a new password: this one is known`],
    });
  }
  return parseServerUrl(text, { file: shown });
}

/** One row per way to give a secret: a file that a variable names comes before the variable itself. */
const given = [
  { kind: "password", name: "LULUS_SMTP_PASSWORD", what: "the password of the mail server" },
  { kind: "token", name: "LULUS_SMTP_TOKEN", what: "the token for the mail server" },
] as const;

/** What the environment gives; `null` for nothing. */
export function secretGiven(): Secret | null {
  for (const { kind, name, what } of given) {
    const file = process.env[`${name}_FILE`];
    if (file) return { kind, text: readSecret(file, { file: `${name}_FILE` }, what) };
    const value = taken.get(name) ?? process.env[name];
    delete process.env[name];
    if (!value) continue;
    taken.set(name, value);
    return { kind, text: value };
  }
  return null;
}

/** The first line of a file. */
function readSecret(path: string, place: Place, what: string): string {
  try {
    const [line = ""] = readFileSync(path, "utf8").split(/\r?\n/);
    if (line !== "") return line;
  } catch (cause) {
    throw new Fault("smtp-missing", `there is no file with ${what}: ${shownPath(path)}`, { place, cause });
  }
  throw new Fault("smtp-missing", `the file with ${what} is empty: ${shownPath(path)}`, { place });
}

function authority(path: string, place: Place): string {
  try {
    const text = readFileSync(path, "utf8");
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  } catch (cause) {
    throw new Fault("ca-missing", `there is no certificate "${shownPath(path)}"`, { place, cause });
  }
  throw new Fault("ca-missing", `"${shownPath(path)}" holds no certificate in PEM`, { place });
}
