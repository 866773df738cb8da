import { execFileSync } from "node:child_process";
import { createPrivateKey, sign } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createKey } from "../../src/credential/key.js";
import { Signatory } from "../../src/credential/signature/write.js";
import { smallEvent } from "./event.js";
import { newFolder, writeFiles } from "./lulus.js";

/** Keys, certificates, files of PKCS #12 and time stamps, made by a program of others. */

const folder = mkdtempSync(join(tmpdir(), "lulus-signing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const passphrase = "rahasia, ya";
export const unlocked = { LULUS_SIGNING_PASSPHRASE: passphrase };

export function openssl(...parameters: readonly string[]): string {
  return execFileSync("openssl", parameters, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const algorithms = {
  rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  ec: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  short: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
  ed25519: ["-algorithm", "ED25519"],
} as const;
export type Algorithm = keyof typeof algorithms;

const made = new Map<string, string>();

function once(name: string, make: (path: string) => void): string {
  const path = join(folder, name);
  if (!made.has(name)) make(path);
  made.set(name, path);
  return path;
}

export function keyOf(algorithm: Algorithm): string {
  return once(`${algorithm}.key`, (path) => openssl("genpkey", ...algorithms[algorithm], "-out", path));
}

/** A root that issues certificates; in it the subject of its one authority. */
function root(): string {
  return once("root.crt", (path) =>
    openssl(
      ...["req", "-x509", "-key", keyOf("p384"), "-out", path, "-days", "3000"],
      ...["-subj", "/C=ID/O=Akar Contoh/CN=Akar Contoh"],
    ),
  );
}

/** The certificate of a key, issued by the root. */
export function certificateOf(algorithm: Algorithm, usage = "digitalSignature,nonRepudiation"): string {
  const name = `${algorithm}-${usage.replaceAll(/\W/g, "")}`;
  return once(`${name}.crt`, (path) => {
    const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
    writeFileSync(extensions, usage.includes("=") ? usage : `keyUsage=critical,${usage}\n`);
    const subject = "/C=ID/O=BPSDM Contoh/CN=Dra. Sri Wahyuni, M.Si.";
    openssl("req", "-new", "-key", keyOf(algorithm), "-out", request, "-utf8", "-subj", subject);
    const by = ["-CA", root(), "-CAkey", keyOf("p384"), "-CAcreateserial"];
    openssl("x509", "-req", "-in", request, ...by, "-days", "1000", "-extfile", extensions, "-out", path);
  });
}

/** A file of PKCS #12 with the key, its certificate and the root. */
export function pkcs12(
  algorithm: Algorithm,
  form: "modern" | "legacy" = "modern",
  { secret = passphrase, usage }: { secret?: string; usage?: string } = {},
): Buffer {
  const path = join(folder, `${algorithm}.p12`);
  const [key, certificate] = [keyOf(algorithm), certificateOf(algorithm, usage)];
  openssl(
    ...["pkcs12", "-export", "-inkey", key, "-in", certificate, "-certfile", root(), "-out", path],
    ...["-passout", `pass:${secret}`, ...(form === "legacy" ? ["-legacy"] : [])],
  );
  return readFileSync(path);
}

/** A time-stamp authority (RFC 3161) that answers over HTTP. */
export class Authority {
  readonly #server: Server;
  answered = 0;
  /** after so many answers it says what this says instead */
  patience = Number.POSITIVE_INFINITY;
  refusal: { readonly status: number; readonly body?: Buffer } = { status: 503 };

  private constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        if (this.answered >= this.patience) {
          response.writeHead(this.refusal.status).end(this.refusal.body);
          return;
        }
        this.answered += 1;
        response.writeHead(200, { "content-type": "application/timestamp-reply" });
        response.end(stampFor(Buffer.concat(parts)));
      });
    });
  }

  static async open(): Promise<Authority> {
    const authority = new Authority();
    await new Promise<void>((resolve) => authority.#server.listen(0, "127.0.0.1", resolve));
    return authority;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/tsr`;
  }

  close(): void {
    this.#server.close();
  }
}

/** The root, for who checks what was signed. */
export function trusted(): string {
  return root();
}

function stampFor(query: Buffer): Buffer {
  const config = once("tsa.cnf", (path) => {
    writeFileSync(join(folder, "serial"), "01\n");
    writeFileSync(
      path,
      `[tsa]\ndefault_tsa = one\n[one]\nserial = ${join(folder, "serial")}\ncrypto_device = builtin\n` +
        `signer_cert = ${certificateOf("rsa", "extendedKeyUsage=critical,timeStamping\n")}\ncerts = ${root()}\n` +
        `signer_key = ${keyOf("rsa")}\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n` +
        "accuracy = secs:1\ness_cert_id_chain = no\n",
    );
  });
  const [asked, answer] = [join(folder, "query.tsq"), join(folder, "answer.tsr")];
  writeFileSync(asked, query);
  openssl("ts", "-reply", "-config", config, "-queryfile", asked, "-out", answer);
  return readFileSync(answer);
}

const issuer = createKey(null);

/** The small event, whose PDFs are to be signed. */
export function signedEvent(p12: Uint8Array, { tsa }: { tsa?: string } = {}): string {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  const authority = tsa === undefined ? "" : `, tsa: "${tsa}"`;
  appendFileSync(join(folder, "event.yaml"), `signing: { pkcs12: keys/tte.p12${authority} }\n`);
  mkdirSync(join(folder, "keys"));
  writeFileSync(join(folder, "keys/issuer.pem"), issuer, { mode: 0o600 });
  writeFileSync(join(folder, "keys/tte.p12"), p12, { mode: 0o600 });
  return folder;
}

/** The first revision signed by whoever has this key and certificate, as this program would write it. */
export function signedBy(first: Buffer, algorithm: "rsa" | "ec", stamp: Uint8Array | null = null): Buffer {
  const der = new Uint8Array(pemBody(readFileSync(certificateOf(algorithm), "utf8")));
  const signatory = new Signatory([der]);
  const room = signatory.roomFor(stamp?.length ?? 0);
  const date = "2024-10-24";
  const key = createPrivateKey(readFileSync(keyOf(algorithm)));
  const value = sign("sha256", signatory.toSign(first, date, room), key);
  return signatory.write(first, date, { room, value, stamp });
}

function pemBody(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
}
