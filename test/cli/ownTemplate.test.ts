import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPdf } from "../../src/verify/pdf.js";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

const signature = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 24"><path d="M2 18c10-30 14-10 10 0" fill="none" stroke="#112"/></svg>`;
const own = `schema: lulus.template/1
id: own
extends: classic
fields:
  certificate.fields.initials: { type: image }
pages:
  - elements:
      - { id: given, value: goes with pleasure to }
      - { id: initials, type: image, box: [140, 160, 20, 8], src: "{{certificate.fields.initials}}", alt: Initials }
`;
const eventFile = (smallEvent["event.yaml"] ?? "")
  .replace("  - id: participant\n", "  - id: participant\n    template: own\n")
  .replace("verify:\n", '  fields: { initials: "signs/initials.svg" }\nverify:\n');

function event(more: Readonly<Record<string, string>> = {}): string {
  const files = {
    ...smallEvent,
    "event.yaml": eventFile,
    "own/template.yaml": own,
    "signs/initials.svg": signature,
    ...more,
  };
  return writeFiles(newFolder(), Object.entries(files));
}

describe("a template of one's own that is built on a built-in one", () => {
  test("is printed with the organiser's picture, and again to the same bytes when both are gone", async () => {
    const folder = event();
    await lulus(["key", "create", folder, "--no-passphrase"]);
    expect(await lulus(["issue", folder])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("2 issued, 2 written"),
    });
    const before = contentOf(folder);
    const path = [...before.keys()].find((one) => one.endsWith(".pdf")) ?? "";
    const texts = readPdf(Buffer.from(before.get(path) ?? "", "latin1"))?.texts ?? [];
    expect(texts.join(" ")).toContain("goes with pleasure to");
    rmSync(join(folder, path));
    writeFileSync(join(folder, "own", "template.yaml"), own.replace("pleasure", "pride"));
    writeFileSync(join(folder, "signs", "initials.svg"), signature.replace("#112", "#911"));
    expect(await lulus(["issue", folder])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 healed"),
    });
    expect(contentOf(folder).get(path)).toBe(before.get(path));
  });

  test.each([
    [
      "a picture that is not there",
      { "event.yaml": eventFile.replace("initials.svg", "missing.svg") },
      /event\.yaml:\d+:\d+: the picture "signs\/missing\.svg".*is not there/,
    ],
    [
      "a picture outside of the event's folder",
      { "event.yaml": eventFile.replace("signs/initials.svg", "../initials.svg") },
      /leaves the folder/,
    ],
    [
      "a picture on the network",
      { "event.yaml": eventFile.replace("signs/initials.svg", "https://x.example/i.svg") },
      /is an address/,
    ],
    [
      "a picture that cannot be drawn",
      { "signs/initials.svg": signature.replace("<path", "<text>x</text><path") },
      /initials\.svg" holds text \(turn it into outlines\)/,
    ],
    [
      "an element that is no longer below",
      { "own/template.yaml": own.replace("pages:\n  - ", "pages:\n  - remove: [gone]\n    ") },
      /own\/template\.yaml:\d+:\d+: the template below has no element "gone"/,
    ],
    [
      "a text that does not fit",
      { "own/template.yaml": own.replace("goes with pleasure to", "goes ".repeat(60).trim()) },
      /own\/template\.yaml:\d+:\d+: .*does not fit/,
    ],
    [
      "a template that is not there",
      { "own/template.yaml": own.replace("classic", "clasic") },
      /own\/template\.yaml:3:\d+: there is no template "clasic" to build on/,
    ],
  ])("%s stops the dry run with its place", async (_, files, message) => {
    const { status, stderr } = await lulus(["check", event(files)]);
    expect(status).toBe(2);
    expect(stderr.replace(/\n/g, " ")).toMatch(message);
  });
});
