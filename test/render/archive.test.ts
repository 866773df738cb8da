import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Attachment, glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { readPdf } from "../../src/verify/pdf.js";
import { signedBy } from "../cli/signing.js";
import { needs } from "../tools.js";
import { builtIn, certificate, record, withTemplate } from "./folder.js";
import { elements, lint, open, ruleCount } from "./lint.js";

const folder = mkdtempSync(join(tmpdir(), "lulus-archive-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const templates = readdirSync(new URL("../../templates/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const cases = templates.flatMap((name) => (["id", "en"] as const).map((language) => ({ name, language })));

const names = [
  "Dr. H. Ma’ruf Effendi, S.E., M.Si.",
  "Ḥasan aṣ-Ṣiddīq",
  "<b>Budi</b> & (Tarigan) \\ 100%",
  "Efﬁ Fitri",
];
const event = {
  ...record,
  title: "Menulis & Membaca <Notula>",
  fields: {
    ...record.fields,
    signatory: {
      title: "Kepala Badan",
      name: "Dr. Ani Wijaya, M.Si.",
      rank: "Pembina",
      nip: "197001011995032001",
    },
  },
};
const people = names.map((name, index) =>
  certificate(name, {
    number: `000${index}/coba-1/2024`,
    personal: index % 2 === 0 ? { institution: "Dinas Pendidikan" } : {},
  }),
);

async function stamped(
  files: Map<string, Uint8Array>,
  language: "id" | "en",
  attachment: Attachment | null = null,
): Promise<string[]> {
  const template = parseTemplate(files, "own", language);
  const press = await setPress(template, event, glyphDemand(template, event, people), attachment);
  return people.map((one, index) => {
    const path = join(folder, `${template.id}-${language}-${index}.pdf`);
    writeFileSync(path, press.stamp(one, attachment === null ? undefined : Buffer.from('{"valid": true}')));
    return path;
  });
}

const withArchival = (name: string, wish: string) =>
  withTemplate(builtIn(name), (text) => text.replace("\npages:", `\npdf: { archival: ${wish} }\npages:`));

describe.skipIf(!needs("qpdf"))("a certificate", () => {
  test.each(cases)(
    "of $name in $language keeps the rules of PDF/A-2u and PDF/UA that it claims",
    async ({ name, language }) => {
      for (const path of await stamped(builtIn(name), language)) {
        expect(lint(path)).toEqual([]);
        const { xmp } = open(path);
        expect(xmp).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>");
        expect(xmp).toContain("<pdfuaid:part>1</pdfuaid:part>");
      }
      expect(ruleCount).toBeGreaterThanOrEqual(20);
    },
  );

  test("with an attachment is PDF/A-3u, and gives its bytes back", async () => {
    const attachment = { name: "credential.json", mime: "application/ld+json", description: "Open Badge" };
    const [path = ""] = await stamped(builtIn("classic"), "id", attachment);
    expect(lint(path)).toEqual([]);
    expect(open(path).xmp).toContain(
      "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>",
    );
    const shown = execFileSync("qpdf", [path, "--show-attachment=credential.json"], { encoding: "utf8" });
    expect(JSON.parse(shown)).toEqual({ valid: true });
    expect(execFileSync("qpdf", [path, "--list-attachments", "--verbose"], { encoding: "utf8" })).toMatch(
      /Open Badge[\s\S]*application\/ld\+json/,
    );
    expect(execFileSync("qpdf", ["--check", path], { encoding: "utf8" })).toContain("No syntax");
  });

  test("whose template wants no archive claims none, and is accessible all the same", async () => {
    const [path = ""] = await stamped(withArchival("classic", "none"), "id");
    expect(open(path).xmp).not.toContain("pdfaid");
    expect(open(path).xmp).toContain("<pdfuaid:part>1</pdfuaid:part>");
  });

  test("without a first heading does not claim to be accessible", async () => {
    const files = withTemplate(builtIn("classic"), (text) => text.replace("tag: H1, ", ""));
    const [path = ""] = await stamped(files, "id");
    expect(open(path).xmp).not.toContain("pdfuaid");
    expect(open(path).xmp).toContain("<pdfaid:part>2<");
  });

  test("has the QR code as a link with words", async () => {
    const [path = ""] = await stamped(builtIn("classic"), "id");
    const file = open(path);
    const figure = elements(file).find(({ element }) => element["/S"] === "/Figure");
    expect(figure?.element["/Alt"]).toBe("u:Kode QR untuk memeriksa keaslian sertifikat 0000/coba-1/2024");
    expect(figure?.parent["/S"]).toBe("/Link");
  });
});

test("an attachment is given to all certificates of a press or to none", async () => {
  const template = parseTemplate(builtIn("classic"), "own", "id");
  const demand = glyphDemand(template, event, people);
  const [one = certificate("A")] = people;
  const press = await setPress(template, event, demand);
  expect(() => press.stamp(one, Buffer.of(1))).toThrow(TypeError);
  const attaching = await setPress(template, event, demand, {
    name: "a",
    mime: "text/plain",
    description: "A",
  });
  expect(() => attaching.stamp(one)).toThrow(TypeError);
  expect(readPdf(attaching.stamp(one, Buffer.from("stream\nendstream %%EO F")))?.seal).toBe("whole");
});

const jars = [
  "preflight",
  "pdfbox2",
  "fontbox2",
  "xmpbox",
  "commons-logging",
  "javax.activation",
  "jaxb-api",
].map((name) => `/usr/share/java/${name}.jar`);
const hasPreflight = needs("java") && jars.every((jar) => existsSync(jar));
if (!hasPreflight)
  console.warn("PDFBox Preflight is not installed (libpdfbox2-java): the test that needs it is skipped");

describe.skipIf(!hasPreflight)("PDFBox Preflight finds valid PDF/A-1b", () => {
  test.each(cases)("in $name in $language", async ({ name, language }) => {
    const [path = ""] = await stamped(withArchival(name, "PDF/A-1b"), language);
    const { stdout } = spawnSync(
      "java",
      ["-cp", jars.join(":"), "org.apache.pdfbox.preflight.Validator_A1b", path],
      {
        encoding: "utf8",
      },
    );
    expect(stdout).toContain("is a valid PDF/A-1b file");
  });
});

const dejavu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
if (!existsSync(dejavu))
  console.warn("DejaVu Sans is not installed: the test on marks above Arabic letters is skipped");

test.skipIf(!existsSync(dejavu) || !needs("qpdf"))(
  "marks that come of letters taken apart mean something too",
  async () => {
    const files = withTemplate(builtIn("classic"), (text) =>
      text
        .replace("\n  serif:", "\n  wide: { file: fonts/wide.ttf }\n  serif:")
        .replaceAll("[serif]", "[serif, wide]"),
    ).set("fonts/wide.ttf", readFileSync(dejavu));
    const template = parseTemplate(files, "own", "id");
    for (const name of ["حسَن الصِّدِّيق", "לֵאָה כֹּהֵן", "لِإبراهيمَ لأحمد"]) {
      const one = certificate(name);
      const path = join(folder, "marks.pdf");
      writeFileSync(path, (await setPress(template, event, glyphDemand(template, event, [one]))).stamp(one));
      expect(lint(path)).toEqual([]);
    }
  },
);

test.skipIf(!hasPreflight || !needs("openssl"))("a file that is signed besides is one still", async () => {
  const [path = ""] = await stamped(withArchival("classic", "PDF/A-1b"), "en");
  const signedPath = join(folder, "signed.pdf");
  writeFileSync(signedPath, signedBy(readFileSync(path), "rsa"));
  const validator = ["-cp", jars.join(":"), "org.apache.pdfbox.preflight.Validator_A1b", signedPath];
  expect(spawnSync("java", validator, { encoding: "utf8" }).stdout).toContain("is a valid PDF/A-1b file");
});
