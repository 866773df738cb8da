import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePublicKeys } from "../../src/credential/keyset.js";
import { verifyDocument } from "../../src/verify/document.js";
import { type Vector, vectors } from "./vectors.js";

/** `UPDATE_VECTORS=1` writes the files anew; look at what changed, since others may have built on them. */
const folder = new URL("../../fixtures/vectors/", import.meta.url);
if (process.env.UPDATE_VECTORS === "1") {
  for (const [name, vector] of Object.entries(vectors))
    writeFileSync(new URL(`${name}.json`, folder), format(vector));
}

const names = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

describe("the vectors", () => {
  it("are all there and none besides", () => {
    expect(names.sort()).toEqual(Object.keys(vectors).sort());
  });

  it.each(names)("%s is what it is made of", (name) => {
    expect(readFileSync(new URL(`${name}.json`, folder), "utf8")).toBe(format(vectors[name]));
  });

  it.each(names)("%s has the verdict that it states", async (name) => {
    const vector: Vector = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
    const { status, text, document, records } = vector;
    const keys = await parsePublicKeys(JSON.stringify(vector.keys), { file: name });
    const trust = { keys, records, status: status === null ? null : () => status, now: new Date(vector.now) };
    const bytes = text === undefined ? Buffer.from(document ?? "", "base64") : Buffer.from(text);
    expect(await verifyDocument(bytes, trust)).toMatchObject(vector.verdict);
  });

  it("cover every verdict", () => {
    const codes = new Set(Object.values(vectors).map(({ verdict }) => verdict.code));
    expect(codes.size).toBe(8);
  });
});

function format(vector: Vector | undefined): string {
  return `${JSON.stringify(vector, null, 2)}\n`;
}
