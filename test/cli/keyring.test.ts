import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

const small = () => writeFiles(newFolder(), Object.entries(smallEvent));
const kidIn = (text: string) => /[0-9a-f]{16}/.exec(text)?.[0] ?? "";

async function issued(): Promise<string> {
  const folder = small();
  await lulus(["key", "create", folder, "--no-passphrase"]);
  await lulus(["issue", folder]);
  return folder;
}

describe("a key that is rotated", () => {
  test("goes on vouching for what it signed, and the new one signs from then on", async () => {
    const folder = await issued();
    const old = kidIn((await lulus(["key", "show", folder])).stderr);
    const rotated = await lulus(["key", "rotate", folder, "--no-passphrase", "--json"]);
    expect(rotated.status).toBe(0);
    const { kid, retired } = JSON.parse(rotated.stdout);
    expect([retired, kid === old]).toEqual([old, false]);
    expect(statSync(join(folder, "keys/issuer.pem")).mode & 0o777).toBe(0o600);
    const genuine = await lulus(["verify", join(folder, "certificates"), "--event", folder]);
    expect(genuine.status).toBe(0);
    const made = await lulus(["reissue", "0001/coba-1/2024", "--name", "Budi S", "--event", folder]);
    expect([made.stderr.includes("error"), made.status]).toEqual([false, 0]);
    const file = join(folder, made.stdout.trim().replace(/^.*certificates\//, "certificates/"));
    const entry = JSON.parse((await lulus(["verify", file, "--event", folder, "--json"])).stdout).results[0];
    expect([entry.code, entry.kid]).toEqual(["genuine", kid]);
  });

  test("is still known where the register is lost, by the public key that is kept", async () => {
    const folder = await issued();
    await lulus(["key", "rotate", folder, "--no-passphrase"]);
    const pdf = join(folder, "certificates", "0001-coba-1-2024-Budi-Santoso.pdf");
    execFileSync("mv", [join(folder, "lulus.db"), join(folder, "away.db")]);
    const { status, stdout } = await lulus(["verify", pdf, "--event", folder]);
    expect([status, stdout.includes("genuine")]).toEqual([0, true]);
  });

  test("proves nothing any more once it is known to others", async () => {
    const folder = await issued();
    const rotated = await lulus([
      ...["key", "rotate", folder, "--no-passphrase", "--compromised-since", "2024-10-26"],
    ]);
    expect(rotated.status).toBe(0);
    const { status, stdout } = await lulus(["verify", join(folder, "certificates"), "--event", folder]);
    expect([status, stdout.includes("known to others since 2024-10-26")]).toEqual([2, true]);
  });

  test("may be marked later as known to others", async () => {
    const folder = await issued();
    const old = kidIn((await lulus(["key", "show", folder])).stderr);
    const early = await lulus(["key", "compromised", old, "--event", folder]);
    expect([early.status, early.stderr.includes("lulus key rotate --compromised-since")]).toEqual([2, true]);
    await lulus(["key", "rotate", folder, "--no-passphrase"]);
    const marked = await lulus(["key", "compromised", old, "--since", "2026-01-31", "--event", folder]);
    expect([marked.status, marked.stdout.trim()]).toEqual([0, `${old}  compromised since 2026-01-31`]);
    expect((await lulus(["verify", join(folder, "certificates"), "--event", folder])).status).toBe(2);
  });

  test("a day that is none is refused before anything changes", async () => {
    const folder = await issued();
    const before = readFileSync(join(folder, "keys/issuer.pem"), "utf8");
    const { status, stderr } = await lulus([
      ...["key", "rotate", folder, "--no-passphrase", "--compromised-since", "2024-02-30"],
    ]);
    expect([status, stderr.includes("expected one as in 2026-11-24")]).toEqual([2, true]);
    expect(readFileSync(join(folder, "keys/issuer.pem"), "utf8")).toBe(before);
    expect(existsSync(join(folder, "keys/retired.json"))).toBe(false);
  });
});

describe("a key made elsewhere", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ type: "spki", format: "pem" }).toString();

  test.each([
    ["PKCS#8 in PEM", privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
    ["a private JSON Web Key", JSON.stringify(privateKey.export({ format: "jwk" }))],
    [
      "PKCS#8 under a passphrase",
      privateKey
        .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "kata sandi kantor" })
        .toString(),
    ],
  ])("is taken from %s, and `key show` gives its public half", async (_, text) => {
    const folder = small();
    writeFileSync(join(folder, "office.key"), text);
    const env = { LULUS_KEY_PASSPHRASE: "kata sandi kantor" };
    const taken = await lulus(["key", "import", join(folder, "office.key"), "--event", folder], { env });
    expect([taken.stderr, taken.status]).toEqual(["", 0]);
    const file = readFileSync(join(folder, "keys/issuer.pem"), "utf8");
    expect(file).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    const shown = await lulus(["key", "show", folder]);
    expect(shown.stdout.replace(/\s/g, "")).toBe(spki.replace(/\s/g, ""));
    expect((await lulus(["issue", folder], { env })).status).toBe(0);
    const again = await lulus(["key", "import", join(folder, "office.key"), "--event", folder], { env });
    expect([again.status, again.stderr.includes("there is a signing key already")]).toEqual([2, true]);
  });

  test("of another kind is refused", async () => {
    const folder = small();
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    writeFileSync(join(folder, "office.key"), other.export({ type: "pkcs8", format: "pem" }));
    const { status, stderr } = await lulus([
      ...["key", "import", join(folder, "office.key"), "--no-passphrase", "--event", folder],
    ]);
    expect([status, stderr.includes("expected Ed25519")]).toEqual([2, true]);
  });
});
