import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParsedMail, simpleParser } from "mailparser";
import { afterAll } from "vitest";
import { newFolder } from "../cli/lulus.js";
import { needs } from "../tools.js";

/** A mail that the server has taken, whether or not the client has heard of it. */
export interface Taken {
  readonly to: readonly string[];
  readonly from: string;
  readonly id: string;
  readonly secure: boolean;
  readonly user: string | null;
}

export interface MailServer {
  readonly port: number;
  /** certificate of the authority that the server's is by */
  readonly ca: string;
  taken(): Taken[];
  /** what was taken, as a mail program reads it */
  mails(): Promise<ParsedMail[]>;
}

export interface MailServerOptions {
  readonly tls?: "starttls" | "implicit" | "none";
  /** `user:password` */
  readonly auth?: string;
  /** whether the password is a token of OAuth 2 */
  readonly oauth?: boolean;
  /** how many connections are greeted with 421 */
  readonly greetings?: number;
  /** what `MAIL FROM` is answered, as in `553 not you` */
  readonly sender?: string;
  readonly hide?: readonly string[];
  readonly random?: { readonly seed: number; readonly shares: Readonly<Record<string, number>> };
}

const script = fileURLToPath(new URL("server.js", import.meta.url));
const started: (() => void)[] = [];
afterAll(() => {
  for (const end of started) end();
});

export const hasCertificates = needs("openssl");
let certificates: { readonly key: string; readonly cert: string } | null = null;

/** A key and a certificate for `localhost`, made anew for each test file. */
function certificate(): { readonly key: string; readonly cert: string } {
  if (certificates !== null) return certificates;
  const folder = newFolder();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...name], {
    stdio: "ignore",
  });
  certificates = { key, cert };
  return certificates;
}

interface Running {
  readonly port: number;
  readonly ca: string;
  readonly log: string;
  readonly save: string;
}

const running = new Map<string, Promise<Running>>();

/**
 * A real server, in a process of its own; it ends with the tests of the file. Tests that want the same kind talk to the
 * same one, each as if it were new.
 */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const kind = JSON.stringify(options);
  const one = running.get(kind) ?? start(options);
  running.set(kind, one);
  const { port, ca, log, save } = await one;
  const all = (): Taken[] =>
    existsSync(log)
      ? readFileSync(log, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
  const before = all().length;
  const files = () => readdirSync(save).sort().slice(before);
  return {
    ...{ port, ca },
    taken: () => all().slice(before),
    mails: () => Promise.all(files().map((name) => simpleParser(readFileSync(join(save, name))))),
  };
}

async function start(options: MailServerOptions): Promise<Running> {
  const folder = newFolder();
  const [log, save] = [join(folder, "log"), join(folder, "mails")];
  mkdirSync(save);
  const { key, cert } = options.tls === "none" ? { key: "", cert: "" } : certificate();
  const told = JSON.stringify({ ...options, key, cert, log, save });
  const child = spawn(process.execPath, [script, told], { stdio: ["pipe", "pipe", "inherit"] });
  started.push(() => child.stdin.end());
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(Number(text)));
    child.once("exit", () => reject(new Error("the mail server did not start")));
  });
  return { port, ca: cert, log, save };
}
