import { describe, expect, test } from "vitest";
import { type Fault, Faults, formatPlace } from "../../src/model/fault.js";
import { baseOf, layFiles } from "../../src/render/extend.js";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { readPdf } from "../../src/verify/pdf.js";
import { builtIn, certificate, record } from "./folder.js";

const upper = (yaml: string, files: Record<string, string> = {}) =>
  new Map(
    Object.entries({
      "template.yaml": `schema: lulus.template/1\nid: own\nextends: classic\n${yaml}`,
      ...files,
    }).map(([path, text]) => [path, new TextEncoder().encode(text)]),
  );
const over = (yaml: string) => layFiles(upper(yaml), "classic", builtIn("classic"));
const parse = (yaml: string) => parseTemplate(over(yaml), "own", "id");
const elementsOf = (yaml: string) => parse(yaml).pages[0]?.elements ?? [];

async function textsOf(yaml: string): Promise<readonly string[]> {
  const template = parse(yaml);
  const one = certificate("Suharto");
  const press = await setPress(template, record, glyphDemand(template, record, [one]));
  return readPdf(press.stamp(one))?.texts ?? [];
}

function faultsOf(yaml: string): readonly Fault[] {
  try {
    parse(yaml);
    return [];
  } catch (error) {
    return error instanceof Faults ? error.faults : [error as Fault];
  }
}

describe("a template that is built on another", () => {
  test("names it", () => {
    expect(baseOf(upper(""), "own")).toBe("classic");
    expect(baseOf(builtIn("classic"), "own")).toBeNull();
  });

  test("is it, where it says nothing", async () => {
    expect(elementsOf("").map(({ id }) => id)).toEqual(
      parseTemplate(builtIn("classic"), "c", "id").pages[0]?.elements.map(({ id }) => id),
    );
    expect(await textsOf("")).toContain("Suharto");
  });

  test("changes elements by their ids, those inside of stacks as well", async () => {
    const yaml = `colors: { gold: "#104080" }
words: { id: { title: PIAGAM } }
pages:
  - elements:
      - { id: given, value: dianugerahkan kepada }
      - { id: placedate, value: "Ditetapkan {{certificate.date}}" }`;
    const texts = await textsOf(yaml);
    expect(texts).toEqual(
      expect.arrayContaining(["PIAGAM", "dianugerahkan kepada", "Ditetapkan 2024-10-25"]),
    );
    expect(texts.join(" ")).not.toContain("diberikan kepada");
  });

  test("adds elements, behind a certain one if it says so, and removes some", () => {
    const ids = elementsOf(`pages:
  - remove: [caption, institution]
    elements:
      - { id: motto, type: text, box: [60, 190, 177, 5], style: label, value: Melayani }
      - { id: under, type: text, box: [60, 101, 177, 4], style: small, value: yang hadir, after: name }`);
    const names = ids.map(({ id }) => id);
    expect(names).not.toContain("caption");
    expect(names.indexOf("under")).toBe(names.indexOf("name") + 1);
    expect(names.at(-1)).toBe("motto");
    expect(ids.find(({ id }) => id === "who")?.children.map(({ id }) => id)).toEqual(["nip"]);
  });

  test("takes away a key with null", () => {
    const nip = elementsOf("pages:\n  - elements:\n      - { id: nip, when: null }").find(
      ({ id }) => id === "who",
    )?.children[0];
    expect(nip?.when).toBeUndefined();
  });

  test("is frozen with the files of both", () => {
    expect(parse("").files).toEqual(
      expect.arrayContaining([
        "template.yaml",
        "classic:template.yaml",
        "background.pdf",
        "fonts/Cinzel_600SemiBold.ttf",
      ]),
    );
  });

  test.each([
    [
      "what is wrong in it has its own place",
      "pages:\n  - elements:\n      - { id: title, font: displya }",
      /displya/,
      "own/template.yaml:6:",
    ],
    ["what is wrong below has the other's", "fonts:\n  display: null", /displa?y/, "classic/template.yaml:"],
    [
      "a key that there is not",
      "pages:\n  - elements:\n      - { id: title, valing: top }",
      /valing/,
      "own/template.yaml:6:",
    ],
    [
      "an element to remove that there is not",
      "pages:\n  - remove: [captoin]",
      /captoin/,
      "own/template.yaml:5:",
    ],
    [
      "an element to stand behind that there is not",
      "pages:\n  - elements:\n      - { id: x, type: text, box: [60, 190, 99, 5], style: label, value: a, after: nmae }",
      /nmae/,
      "own/template.yaml:6:",
    ],
  ])("%s", (_, yaml, message, place) => {
    const fault = faultsOf(yaml).find((one) => message.test([one.message, ...one.hints].join("\n")));
    expect(fault?.place === undefined ? "" : formatPlace(fault.place)).toContain(place);
  });

  test("on one that there is not is refused", () => {
    expect(() => parseTemplate(upper(""), "own", "id")).toThrow(/no template "classic" to build on/);
  });
});
