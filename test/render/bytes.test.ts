import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { glyphDemand, parseDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { readPdf } from "../../src/verify/pdf.js";
import { builtIn, certificate, record } from "./folder.js";

const names = ["Dr. H. Ma’ruf Effendi, S.E., M.Si.", "Ḥasan aṣ-Ṣiddīq", "Suharto"];
const people = names.map((name, index) =>
  certificate(name, {
    number: `000${index}/coba-1/2024`,
    token: String(index + 3).repeat(420),
    personal: index === 1 ? {} : { institution: "Dinas Pendidikan" },
  }),
);
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const template = () => parseTemplate(builtIn("classic"), "templates/classic", "id");

async function hashes(order: readonly (typeof people)[number][] = people): Promise<string[]> {
  const set = template();
  const press = await setPress(set, record, glyphDemand(set, record, people));
  const found = new Map(order.map((one) => [one.number, hash(press.stamp(one))]));
  return people.map(({ number }) => found.get(number) ?? "");
}

describe("a certificate's bytes", () => {
  test("do not depend on which were stamped before it, nor how often", async () => {
    const usual = await hashes();
    expect(await hashes([...people].reverse())).toEqual(usual);
    expect(await hashes([...people, ...people])).toEqual(usual);
  });

  test("are those of a batch kept as JSON, too", async () => {
    const set = template();
    const kept = parseDemand(JSON.parse(JSON.stringify(glyphDemand(set, record, people))));
    const press = await setPress(template(), record, kept);
    expect(people.map((one) => hash(press.stamp(one)))).toEqual(await hashes());
  });

  test("owe nothing to Node's zlib, whose output differs from version to version", async () => {
    const spies = (["deflateSync", "deflateRawSync", "gzipSync", "brotliCompressSync"] as const).map((name) =>
      vi.spyOn(zlib, name),
    );
    await hashes();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    const source = fileURLToPath(new URL("../../src/render/", import.meta.url));
    for (const file of readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    ))
      expect(readFileSync(join(source, file), "utf8"), file).not.toMatch(
        /node:zlib|Date\.now|new Date\(\)|Math\.random/,
      );
  });

  test("appended to, are a changed file", async () => {
    const set = template();
    const press = await setPress(set, record, glyphDemand(set, record, people));
    const [one = certificate("A")] = people;
    const file = press.stamp(one);
    const update = Buffer.from(
      "\n1 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<</Size 1>>\nstartxref\n0\n%%EOF\n",
    );
    const read = readPdf(Buffer.concat([file, update]));
    expect(read?.seal).toBe("broken");
    expect(read?.appended).toBe(update.length);
  });
});

const project = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lulus-bytes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process of its own that stamps the certificates, under other circumstances. */
function elsewhere(environment: Record<string, string>, umask: string): string[] {
  const script = `
    import { createHash } from "node:crypto";
    import { readFileSync } from "node:fs";
    import { glyphDemand, setPress } from ${JSON.stringify(join(project, "dist/render/press.js"))};
    import { parseTemplate } from ${JSON.stringify(join(project, "dist/render/template.js"))};
    const { files, record, people } = JSON.parse(readFileSync(0, "utf8"));
    const contents = new Map(files.map(([path, base64]) => [path, new Uint8Array(Buffer.from(base64, "base64"))]));
    const template = parseTemplate(contents, "templates/classic", "id");
    const press = await setPress(template, record, glyphDemand(template, record, people));
    for (const one of people) console.log(createHash("sha256").update(press.stamp(one)).digest("hex"));`;
  const files = [...builtIn("classic")].map(([path, bytes]) => [path, Buffer.from(bytes).toString("base64")]);
  const command = `umask ${umask}; exec "$0" --input-type=module -e "$1"`;
  return execFileSync("sh", ["-c", command, process.execPath, script], {
    cwd: folder,
    env: { ...process.env, ...environment },
    input: JSON.stringify({ files, record, people }),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  })
    .trim()
    .split("\n");
}

describe("a certificate's bytes are the same", () => {
  let usual: string[];
  beforeAll(async () => {
    usual = await hashes();
  });

  test.each([
    [
      "in Honolulu, in Turkish",
      { TZ: "Pacific/Honolulu", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
      "077",
    ],
    ["on Kiritimati, in C", { TZ: "Pacific/Kiritimati", LC_ALL: "C" }, "000"],
  ])("%s", (_, environment, umask) => {
    expect(elsewhere(environment, umask)).toEqual(usual);
  });
});
