import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { lookAtSigning } from "../../src/cli/doctor/signing.js";
import { openEventFolder } from "../../src/cli/eventFolder.js";
import { openPkcs12 } from "../../src/cli/signing/pkcs12.js";
import { admitTime, openSigner } from "../../src/cli/signing/signer.js";
import { pin } from "../../src/cli/trust.js";
import { verdictEntry } from "../../src/cli/verdictLines.js";
import { parseCms } from "../../src/credential/signature/cms.js";
import { Fault, formatPlace } from "../../src/model/fault.js";
import { Register } from "../../src/register/register.js";
import { verifyDocument } from "../../src/verify/document.js";
import { readPdf } from "../../src/verify/pdf.js";
import { needs } from "../tools.js";
import { contentOf, type Ended, lulus, newFolder } from "./lulus.js";
import {
  type Algorithm,
  Authority,
  openssl,
  passphrase,
  pkcs12,
  signedEvent,
  trusted,
  unlocked,
} from "./signing.js";

const issue = (folder: string, env: Readonly<Record<string, string>> = unlocked): Promise<Ended> =>
  lulus(["issue", folder], { env });

const pdfsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".pdf"))
    .sort()
    .map((name) => join(folder, name));
const pdfsOf = (folder: string) => pdfsIn(join(folder, "certificates"));

async function verdictOn(paths: readonly string[], folder: string): Promise<Record<string, unknown>[]> {
  const { trust } = await pin({ event: folder }, new Date());
  const verdicts = paths.map(async (asked) => {
    return verdictEntry({ asked, verdict: await verifyDocument(readFileSync(asked), trust) });
  });
  return await Promise.all(verdicts);
}

const registeredIn = (folder: string) =>
  Register.read(join(folder, "lulus.db"))?.certificates("coba-1") ?? [];

/** The signature as it stands in the file, and what it is over, for programs of others. */
function parts(pdf: string): { cms: string; content: string; value: Uint8Array; stamp: Uint8Array | null } {
  const bytes = readFileSync(pdf);
  const update = readPdf(bytes)?.update;
  if (!update) throw new Error("no signature");
  const [from, to] = update.hole;
  const found = parseCms(update.signature);
  if (found === null) throw new Error("no CMS");
  const folder = newFolder();
  const [cms, content] = [join(folder, "cms.der"), join(folder, "content")];
  writeFileSync(cms, update.signature.subarray(0, found.length));
  writeFileSync(content, Buffer.concat([bytes.subarray(0, from - 1), bytes.subarray(to + 1)]));
  return { cms, content, value: found.value, stamp: found.stamp };
}

const hasPrograms = needs("openssl") && needs("pdfsig") && needs("qpdf");

describe.runIf(hasPrograms)("an event whose PDFs are signed", () => {
  describe.each([
    { algorithm: "rsa", form: "legacy" },
    { algorithm: "ec", form: "modern" },
  ] as const)("with a key of kind $algorithm", ({ algorithm, form }) => {
    let folder = "";
    beforeAll(async () => {
      folder = signedEvent(pkcs12(algorithm, form));
      expect(await issue(folder)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^2 issued, 2 signed, 2 written; /),
      });
    });

    test("others find each signature valid, over the whole file, and of the form of PAdES", () => {
      for (const pdf of pdfsOf(folder)) {
        const said = execFileSync("pdfsig", ["-nocert", pdf], { encoding: "utf8" });
        expect(said).toContain("Signature is Valid.");
        expect(said).toContain("Total document signed");
        expect(said).toContain("ETSI.CAdES.detached");
        expect(said).toContain("Dra. Sri Wahyuni, M.Si.");
        expect(execFileSync("qpdf", ["--check", pdf], { encoding: "utf8" })).toContain("No syntax or stream");
        const { cms, content } = parts(pdf);
        const how = [
          "-inform",
          "DER",
          "-binary",
          "-content",
          content,
          "-CAfile",
          trusted(),
          "-out",
          "/dev/null",
        ];
        // also demands that the certificate is named among what is signed
        openssl("cms", "-verify", "-cades", "-purpose", "any", "-in", cms, ...how);
      }
    });

    test("verify calls them genuine, and names the signer besides", async () => {
      for (const result of await verdictOn(pdfsOf(folder), folder))
        expect(result).toMatchObject({
          code: "genuine",
          differences: [],
          signature: {
            level: "B-B",
            signer: "Dra. Sri Wahyuni, M.Si.",
            organisation: "BPSDM Contoh",
            timestamp: null,
          },
        });
      const { stdout } = await lulus(["verify", pdfsOf(folder)[0] ?? "", "--event", folder]);
      expect(stdout).toContain("signature Dra. Sri Wahyuni, M.Si., BPSDM Contoh (PAdES B-B, dated ");
    });

    // an RSA signature comes out the same each time; one of this kind does not, so it is the one that must be kept
    if (algorithm === "rsa") return;

    test("what is damaged or missing is made again to the same bytes, without the key", async () => {
      const before = contentOf(folder);
      const [first = "", second = ""] = pdfsOf(folder);
      rmSync(first);
      appendFileSync(second, "x");
      rmSync(join(folder, "keys/tte.p12"));
      expect((await lulus(["render", folder])).stdout).toMatch(/^0 written, 2 healed; /);
      copyFileSync(writePkcs12(algorithm, form), join(folder, "keys/tte.p12"));
      chmodSync(join(folder, "keys/tte.p12"), 0o600);
      const certificates = (files: ReadonlyMap<string, string>) =>
        [...files].filter(([path]) => path.startsWith("certificates"));
      expect(certificates(contentOf(folder))).toEqual(certificates(before));
      // nothing new is to be signed, so nobody is asked for the passphrase
      expect((await issue(folder, {})).stdout).toMatch(/^0 issued, 0 written; 2 certificates/);
    });

    test("one thread or two, whole or in parts, without the key: the same bytes", async () => {
      const expected = pdfsOf(folder).map((path) => readFileSync(path, "latin1"));
      for (const [flags, ...others] of [
        [["--workers", "2"]],
        [
          ["--shard", "1/2"],
          ["--shard", "2/2"],
        ],
      ] as const) {
        const out = newFolder();
        for (const each of [flags, ...others])
          expect((await lulus(["render", folder, "--out", out, ...each])).status).toBe(0);
        expect(pdfsIn(out).map((path) => readFileSync(path, "latin1"))).toEqual(expected);
      }
    });
  });

  test("the same inputs and an RSA key give the same bytes in a register of its own", async () => {
    const [one, other] = [signedEvent(pkcs12("rsa")), newFolder()];
    execFileSync("cp", ["-r", `${one}/.`, other]);
    for (const folder of [one, other]) expect((await issue(folder)).status).toBe(0);
    expect(pdfsOf(other).map((path) => readFileSync(path, "latin1"))).toEqual(
      pdfsOf(one).map((path) => readFileSync(path, "latin1")),
    );
  });

  test("what was issued stays as it was: signing is begun and ended from one certificate to the next", async () => {
    const folder = signedEvent(pkcs12("ec"));
    const path = join(folder, "event.yaml");
    const signing = readFileSync(path, "utf8");
    writeFileSync(path, signing.replace(/^signing:.*$/m, ""));
    await issue(folder, {});
    writeFileSync(path, signing);
    const [first = ""] = pdfsOf(folder);
    const number = String((await verdictOn([first], folder))[0]?.number);
    expect(
      (await lulus(["reissue", number, "--name", "Siti Aminah", "--event", folder], { env: unlocked }))
        .status,
    ).toBe(0);
    const signatures = (await verdictOn(pdfsOf(folder), folder)).map((result) => [
      result.code,
      result.signature === null,
    ]);
    expect(signatures.sort()).toEqual([
      ["genuine", false],
      ["genuine", true],
      ["replaced", true],
    ]);
    expect((await lulus(["render", folder])).stdout).toMatch(/^0 written; 3 certificates/);
  });

  test("check says that they will be signed, and needs no key for it", async () => {
    const folder = signedEvent(Buffer.from("no key"));
    const { status, stderr } = await lulus(["check", folder]);
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining("each PDF will be signed with keys/tte.p12 (PAdES B-B)"),
    ]);
  });

  test("one file for the printer cannot keep the signatures, and says so", async () => {
    const folder = signedEvent(pkcs12("ec"));
    await issue(folder);
    const { status, stderr } = await lulus(["render", folder, "--merge", join(newFolder(), "all.pdf")]);
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining("the merged file is for printing and bears no signature"),
    ]);
  });
});

function writePkcs12(algorithm: Algorithm, form: "modern" | "legacy"): string {
  const path = join(newFolder(), "tte.p12");
  writeFileSync(path, pkcs12(algorithm, form));
  return path;
}

describe.runIf(hasPrograms)("an event whose signatures are time-stamped", () => {
  let authority: Authority;
  beforeAll(async () => {
    authority = await Authority.open();
  });
  afterAll(() => authority.close());

  test("each has a stamp that others accept, over its own signature", async () => {
    const folder = signedEvent(pkcs12("ec"), { tsa: authority.url });
    expect((await issue(folder)).status).toBe(0);
    for (const pdf of pdfsOf(folder)) {
      expect(execFileSync("pdfsig", ["-nocert", pdf], { encoding: "utf8" })).toContain("Signature is Valid.");
      const { value, stamp } = parts(pdf);
      const of = newFolder();
      writeFileSync(join(of, "value"), value);
      writeFileSync(join(of, "stamp"), stamp ?? "");
      const how = ["-token_in", "-in", join(of, "stamp"), "-data", join(of, "value"), "-CAfile", trusted()];
      expect(openssl("ts", "-verify", ...how)).toContain("Verification: OK");
    }
    for (const result of await verdictOn(pdfsOf(folder), folder))
      expect(result).toMatchObject({
        code: "genuine",
        signature: { level: "B-T", timestamp: { authority: "Dra. Sri Wahyuni, M.Si." } },
      });
    const before = pdfsOf(folder).map((path) => readFileSync(path, "latin1"));
    for (const path of pdfsOf(folder)) rmSync(path);
    expect((await lulus(["render", folder])).status).toBe(0);
    expect(pdfsOf(folder).map((path) => readFileSync(path, "latin1"))).toEqual(before);
  });

  test("an authority that refuses from the start: nothing is issued", async () => {
    authority.patience = authority.answered;
    authority.refusal = { status: 404 };
    const refused = signedEvent(pkcs12("ec"), { tsa: authority.url });
    const { status, stderr } = await issue(refused);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("cannot be reached (it answers 404 Not Found)"),
    ]);
    expect(registeredIn(refused)).toEqual([]);
    expect(readdirSync(refused)).not.toContain("certificates");
    authority.patience = Number.POSITIVE_INFINITY;
  });

  test("one that falls silent on the way: what was stamped is kept, the same command finishes, and no file lacks its stamp", async () => {
    const folder = signedEvent(pkcs12("ec"), { tsa: authority.url });
    // one to learn how large they are, one for whichever certificate asks first
    authority.patience = authority.answered + 2;
    authority.refusal = { status: 403 };
    const { status, stderr } = await issue(folder);
    expect([status, stderr]).toEqual([2, expect.stringContaining("what was signed so far is kept")]);
    const kept = signedIn(folder);
    expect(kept).toHaveLength(1);
    authority.patience = Number.POSITIVE_INFINITY;
    const before = authority.answered;
    expect((await issue(folder)).status).toBe(0);
    // one to learn how large they are, one for what was left
    expect(authority.answered - before).toBe(2);
    expect(signedIn(folder)).toEqual(expect.arrayContaining(kept));
    const levels = (await verdictOn(pdfsOf(folder), folder)).map(({ signature }) => Object(signature).level);
    expect(levels).toEqual(["B-T", "B-T"]);
  });

  test("a stamp over something else is not taken", async () => {
    const folder = signedEvent(pkcs12("ec"), { tsa: authority.url });
    const query = join(newFolder(), "other.tsq");
    openssl("ts", "-query", "-data", trusted(), "-cert", "-sha256", "-out", query);
    const answer = await fetch(authority.url, { method: "POST", body: readFileSync(query) });
    authority.patience = authority.answered;
    authority.refusal = { status: 200, body: Buffer.from(await answer.arrayBuffer()) };
    const { status, stderr } = await issue(folder);
    expect([status, stderr]).toEqual([2, expect.stringContaining("the time stamp is of something else")]);
    authority.patience = Number.POSITIVE_INFINITY;
  });
});

const signedIn = (folder: string) =>
  registeredIn(folder).flatMap(({ signature }) => (signature === null ? [] : [signature.value]));

describe.runIf(hasPrograms)("a key that cannot sign", () => {
  const spoilt: readonly {
    readonly name: string;
    readonly p12?: () => Buffer;
    readonly harm?: (folder: string) => void;
    readonly env?: Readonly<Record<string, string>>;
    readonly says: RegExp;
    readonly hint: RegExp;
  }[] = [
    {
      name: "is not there",
      harm: (folder) => rmSync(join(folder, "keys/tte.p12")),
      says: /keys\/tte\.p12: the key that PDFs are signed with cannot be read/,
      hint: /relative to the event file/,
    },
    {
      name: "others can read",
      harm: (folder) => chmodSync(join(folder, "keys/tte.p12"), 0o640),
      says: /other users of this machine can read/,
      hint: /chmod 600 /,
    },
    {
      name: "git tracks",
      harm: (folder) => {
        for (const command of [
          ["init", "-q"],
          ["add", "keys/tte.p12"],
        ])
          execFileSync("git", ["-C", folder, ...command]);
      },
      says: /tracked by git/,
      hint: /git rm --cached/,
    },
    {
      name: "has another passphrase",
      env: { LULUS_SIGNING_PASSPHRASE: "bukan ini" },
      says: /the passphrase does not open the key/,
      hint: /openssl pkcs12 -noout/,
    },
    {
      name: "has a passphrase that nobody gives",
      env: {},
      says: /needs its passphrase/,
      hint: /LULUS_SIGNING_PASSPHRASE_FILE/,
    },
    {
      name: "is no PKCS #12",
      p12: () => Buffer.from("-----BEGIN CERTIFICATE-----"),
      says: /no key to sign with: it cannot be read/,
      hint: /\.p12, \.pfx/,
    },
    {
      name: "is for encryption",
      p12: () => pkcs12("rsa", "modern", { usage: "keyEncipherment" }),
      says: /"Dra\. Sri Wahyuni, M\.Si\." is not one for signatures/,
      hint: /not the one for encryption/,
    },
    {
      name: "is short",
      p12: () => pkcs12("short"),
      says: /a key of rsa type/,
      hint: /RSA of 2048 bits or more/,
    },
    {
      name: "is Ed25519",
      p12: () => pkcs12("ed25519"),
      says: /a key of ed25519 type/,
      hint: /P-256 or P-384/,
    },
  ];

  test.each(spoilt)("because it $name is told with the remedy", async ({ p12, harm, env, says, hint }) => {
    const folder = signedEvent(p12?.() ?? pkcs12("ec"));
    harm?.(folder);
    for (const [name, value] of Object.entries(env ?? unlocked)) vi.stubEnv(name, value);
    const refused = await openSigner(openEventFolder(folder)).catch((error: unknown) => error);
    vi.unstubAllEnvs();
    if (!(refused instanceof Fault)) throw new Error("it was taken");
    expect(`${formatPlace(refused.place ?? { file: "" })}: ${refused.message}`).toMatch(says);
    expect(refused.hints.join("\n")).toMatch(hint);
    expect(JSON.stringify(refused)).not.toContain(passphrase);
  });

  test("is told before anything is issued", async () => {
    const folder = signedEvent(pkcs12("ec"));
    const { status, stderr } = await issue(folder, { LULUS_SIGNING_PASSPHRASE: "bukan ini" });
    expect([status, stderr]).toEqual([2, expect.stringContaining("the passphrase does not open the key")]);
    expect(stderr).toMatch(/^hint: /m);
    expect(readdirSync(folder)).not.toContain("certificates");
    expect(registeredIn(folder)).toEqual([]);
  });

  test("because its certificate is over, or not yet begun, is told with the day", async () => {
    const signer = await openSigner(openEventFolder(signedEvent(pkcs12("ec", "modern", { secret: "" }))));
    if (signer === null) throw new Error("no signer");
    const at = (now: string, date = "2024-10-24") => {
      try {
        admitTime(signer, new Date(now), date);
      } catch (error) {
        if (error instanceof Fault) return error.message;
      }
      return "taken";
    };
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(at("2020-01-01")).toMatch(/ holds only from 20\d\d-\d\d-\d\d on$/);
    expect(at("2045-01-01")).toMatch(/ held until 20\d\d-\d\d-\d\d and is no longer good$/);
    expect(at(tomorrow, "2045-01-01")).toMatch(/ but certificates are dated 2045-01-01$/);
    expect(at(tomorrow)).toBe("taken");
  });

  test("is named by certificates that wait for it: no other signs them, and none is left out", async () => {
    const authority = await Authority.open();
    const { url } = authority;
    const folder = signedEvent(pkcs12("ec"), { tsa: url });
    authority.patience = 2;
    authority.refusal = { status: 403 };
    await issue(folder);
    authority.close();
    const path = join(folder, "event.yaml");
    const signing = readFileSync(path, "utf8");
    const ask = async (line: string) => {
      writeFileSync(path, signing.replace(/^signing:.*$/m, line));
      return (await lulus(["render", folder], { env: unlocked })).stderr;
    };
    expect(await ask("")).toContain("[signing-missing]");
    expect(await ask("signing: { pkcs12: keys/tte.p12 }")).toContain(
      "with level B-T, not B-B [signing-other]",
    );
    writeFileSync(join(folder, "keys/tte.p12"), pkcs12("rsa"));
    expect(await ask(`signing: { pkcs12: keys/tte.p12, tsa: "${url}" }`)).toMatch(
      /by the certificate [0-9a-f]{16}….*\[signing-other\]/,
    );
    // copies need no key, so they cannot sign
    expect((await lulus(["render", folder, "--out", newFolder()])).stderr).toContain("[unsigned]");
  });
});

test.runIf(hasPrograms)(
  "keys are read from old and new files alike, with a passphrase and without",
  async () => {
    for (const algorithm of ["rsa", "ec", "p384"] as const)
      for (const form of ["modern", "legacy"] as const)
        for (const secret of [passphrase, "", "kunci é 日本"]) {
          const bytes = pkcs12(algorithm, form, { secret });
          const opened = await openPkcs12(bytes, secret, { file: "x" });
          expect(opened?.key.asymmetricKeyType).toBe(algorithm === "rsa" ? "rsa" : "ec");
          expect(opened?.chain).toHaveLength(2);
          expect(await openPkcs12(bytes, "bukan", { file: "x" })).toBeNull();
        }
  },
);

test.runIf(hasPrograms)(
  "doctor looks at the certificate where it is given the passphrase, and asks nobody",
  async () => {
    const folder = signedEvent(pkcs12("rsa"));
    const look = async (env: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries({ CI: "", ...env })) vi.stubEnv(name, value);
      const [finding] = await lookAtSigning(openEventFolder(folder), false, new Date());
      vi.unstubAllEnvs();
      return `${finding?.state} ${finding?.message}`;
    };
    expect(await look({})).toMatch(/^ok .* with a passphrase, so it was not looked into$/);
    expect(await look(unlocked)).toMatch(
      /^ok PAdES B-B by "Dra\. Sri Wahyuni, M\.Si\.", whose certificate holds until 20/,
    );
    expect(await look({ LULUS_SIGNING_PASSPHRASE: "x" })).toMatch(/^problem the passphrase does not open/);
    expect(await look({ CI: "1" })).toMatch(/^problem .* nobody to ask for it$/);
  },
);
