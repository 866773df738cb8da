import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Register } from "../../src/register/register.js";
import { contentOf, lulus } from "../cli/lulus.js";
import { Authority, pkcs12, signedEvent, unlocked } from "../cli/signing.js";
import { needs } from "../tools.js";

/** The distribution's own Python: another on the path would not see the distribution's modules. */
const python = "/usr/bin/python3";
const reader = fileURLToPath(new URL("signature.py", import.meta.url));
const isReady = needs("openssl") && spawnSync(python, ["-c", "import cryptography"]).status === 0;

async function issued(algorithm: "rsa" | "ec", tsa: string | undefined) {
  const folder = signedEvent(pkcs12(algorithm), tsa === undefined ? {} : { tsa });
  expect((await lulus(["issue", folder], { env: unlocked })).status).toBe(0);
  expect((await lulus(["publish", folder])).status).toBe(0);
  const register = Register.read(join(folder, "lulus.db"));
  const record = register?.records()[0] ?? "";
  register?.close();
  const site = Object.fromEntries(
    [...contentOf(join(folder, "site"))].filter(([path]) => path.startsWith("e/")),
  );
  const certificates = join(folder, "certificates");
  const files = readdirSync(certificates).filter((name) => name.endsWith(".pdf"));
  return { files: files.map((name) => readFileSync(join(certificates, name))), record, site };
}

describe.skipIf(!isReady)("a reader in Python that was written by the document alone", () => {
  test.each(["rsa", "ec"] as const)("takes our signature and no other: %s", async (algorithm) => {
    const authority = algorithm === "ec" ? await Authority.open() : null;
    const { files, record, site } = await issued(algorithm, authority?.url);
    authority?.close();
    const ask = (pdf: Buffer) => {
      const input = JSON.stringify({ pdf: pdf.toString("base64"), record, site });
      const { stdout, stderr } = spawnSync(python, [reader], { input, encoding: "utf8" });
      return `${stdout}${stderr}`.trim();
    };
    for (const file of files)
      expect(ask(file)).toBe(`Dra. Sri Wahyuni, M.Si. ${authority === null ? "B-B" : "B-T"}`);
    const [file = Buffer.alloc(0), other = Buffer.alloc(0)] = files;
    const cut = file.indexOf("%%EOF\n") + 6;
    expect(ask(Buffer.concat([file.subarray(0, cut), other.subarray(other.indexOf("%%EOF\n") + 6)]))).toBe(
      "no",
    );
    for (const at of [300, cut + 40, cut + 1400, file.length - 60]) {
      const edited = Buffer.from(file);
      edited[at] = (edited[at] ?? 0) ^ 1;
      expect(ask(edited)).toBe("no");
    }
  });
});
