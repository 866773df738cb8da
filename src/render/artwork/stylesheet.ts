import { XmlElement } from "@rgrove/parse-xml";
import { Unsupported } from "./unsupported.js";

/** The value of a property of an element, as far as the element itself sets it. */
export type Styles = (element: XmlElement, property: string) => string | undefined;

/** Style attributes before style sheets before plain attributes. Sheets may choose by class, id or name only, as drawing programs write them. */
export function stylesOf(root: XmlElement): Styles {
  const rules = sheetsIn(root).flatMap(parseSheet);
  const known = new Map<XmlElement, ReadonlyMap<string, string>>();
  return (element, property) => {
    let own = known.get(element);
    if (own === undefined) {
      own = new Map([
        ...rules.filter(({ chooses }) => chooses(element)).flatMap(({ declarations }) => declarations),
        ...parseDeclarations(element.attributes.style ?? ""),
      ]);
      known.set(element, own);
    }
    return own.get(property) ?? element.attributes[property];
  };
}

interface Rule {
  readonly chooses: (element: XmlElement) => boolean;
  readonly declarations: readonly [string, string][];
}

function sheetsIn(element: XmlElement): string[] {
  if (element.name === "style") return [element.text];
  return element.children.flatMap((child) => (child instanceof XmlElement ? sheetsIn(child) : []));
}

function parseSheet(sheet: string): Rule[] {
  const text = sheet.replace(/\/\*[\s\S]*?\*\//g, "");
  if (/@(?!charset)/.test(text.replace(/@font-face\s*\{[^}]*\}/g, "")))
    throw new Unsupported("a style sheet with @ rules");
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = "", body = ""]) =>
    selectors
      .split(",")
      .map((selector) => ({ chooses: chooser(selector.trim()), declarations: parseDeclarations(body) })),
  );
}

function chooser(selector: string): Rule["chooses"] {
  const [, mark, name = ""] = /^([.#]?)([\w-]+)$/.exec(selector) ?? [];
  if (mark === ".") return ({ attributes }) => (attributes.class ?? "").split(/\s+/).includes(name);
  if (mark === "#") return ({ attributes }) => attributes.id === name;
  if (mark === "") return (element) => element.name === name;
  if (selector.startsWith("@font-face")) return () => false;
  throw new Unsupported(`the style selector "${selector}"`);
}

function parseDeclarations(text: string): [string, string][] {
  return text.split(";").flatMap((one): [string, string][] => {
    const at = one.indexOf(":");
    if (at === -1) return [];
    return [
      [
        one.slice(0, at).trim().toLowerCase(),
        one
          .slice(at + 1)
          .replace(/!important/, "")
          .trim(),
      ],
    ];
  });
}
