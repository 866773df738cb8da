import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { vectors } from "./vectors.js";

/** The distribution's own Python: another on the path would not see the distribution's modules. */
const python = "/usr/bin/python3";
const reader = fileURLToPath(new URL("reader.py", import.meta.url));
const texts = Object.entries(vectors).filter(([, { text }]) => text !== undefined);

describe.skipIf(!isInstalled())("a reader in Python that shares nothing with this one", () => {
  it.each(texts)("finds the same verdict: %s", (_, vector) => {
    const answer = execFileSync(python, [reader], { input: JSON.stringify(vector), encoding: "utf8" });
    expect(answer.trim()).toBe(vector.verdict.code);
  });
});

function isInstalled(): boolean {
  try {
    execFileSync(python, ["-c", "import cbor2, cryptography"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(
      "skipped: the reader in Python needs the Debian packages python3-cbor2 and python3-cryptography",
    );
    return false;
  }
}
