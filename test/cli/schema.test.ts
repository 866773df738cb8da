import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { z } from "zod";
import { eventSchema } from "../../src/model/event.js";
import { templateSchema } from "../../src/render/schema.js";
import { smallEvent } from "./event.js";
import { lulus } from "./lulus.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every file of this name in the project that people could have written. */
function filesNamed(name: string): string[] {
  return ["fixtures", "templates"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.split(/[/\\]/).at(-1) === name)
      .map((path) => join(root, folder, path)),
  );
}

const written: Readonly<Record<"event" | "template", readonly unknown[]>> = {
  event: [
    parse(smallEvent["event.yaml"] ?? ""),
    ...filesNamed("event.yaml").map((path) => parse(readFileSync(path, "utf8"))),
  ],
  template: filesNamed("template.yaml").map((path) => parse(readFileSync(path, "utf8"))),
};

/** The value with one key spelt wrongly, for every key in it. */
function* withATypo(value: unknown): Generator<{ readonly key: string; readonly value: unknown }> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const typo of withATypo(inner)) {
      const changed = Array.isArray(value) ? [...value] : { ...value };
      Object.assign(changed, { [key]: typo.value });
      yield { key: `${key}.${typo.key}`, value: changed };
    }
    if (Array.isArray(value)) continue;
    const entries = Object.entries(value).map(([name, of]) => [name === key ? `${name}q` : name, of]);
    yield { key, value: Object.fromEntries(entries) };
  }
}

describe.each([
  { kind: "event", schema: eventSchema as z.ZodType },
  { kind: "template", schema: templateSchema as z.ZodType },
] as const)("the schema that editors are given for the $kind", ({ kind, schema }) => {
  let admits: ValidateFunction;
  beforeAll(async () => {
    const { status, stdout, stderr } = await lulus(["schema", kind]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    admits = new Ajv({ strict: false, formats: { uri: (text: string) => URL.canParse(text) } }).compile(
      JSON.parse(stdout),
    );
  });

  test("admits every file of ours", () => {
    expect(written[kind].length).toBeGreaterThan(2);
    for (const value of written[kind])
      expect({ ok: admits(value), errors: admits.errors }).toMatchObject({ ok: true });
  });

  test("refuses each misspelt key, and admits what is a name of the writer's own, as lulus does", () => {
    let refused = 0;
    for (const value of written[kind])
      for (const { key, value: typo } of withATypo(value)) {
        const ok = admits(typo);
        expect({ key, ok }).toEqual({ key, ok: schema.safeParse(typo).success });
        if (!ok) refused += 1;
      }
    expect(refused).toBeGreaterThan(100);
  });
});

describe("schema", () => {
  test("is of the event where nothing is said", async () => {
    const { stdout } = await lulus(["schema"]);
    const { $schema, properties } = JSON.parse(stdout);
    expect($schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(properties.verify.properties.url.description).toContain("for ever in every QR code");
  });

  test("of something else is wrong usage, and the near word is told", async () => {
    expect(await lulus(["schema", "evnt"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("hint: did you mean `lulus schema event`?"),
    });
  });
});
