import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from "pdf-lib";

/**
 * What stands in the way of calling a file with this artwork an archival or accessible one, as words that follow "has".
 * Strict: what cannot be proven here counts as found, since a wrong claim is worse than none.
 */
export interface Findings {
  /** forbidden by PDF/A-1, -2 and -3 alike */
  readonly archival: ReadonlySet<string>;
  /** transparency, which PDF/A-1 alone forbids */
  readonly transparency: boolean;
  /** tags of its own, which would stand inside of an ornament */
  readonly tags: boolean;
}

/** Looks at everything that the artwork reaches. Content of the file's own making is not looked at: tests hold it. */
export function audit(context: PDFContext, artwork: readonly PDFRef[]): Findings {
  const auditor = new Auditor(context);
  for (const ref of artwork) auditor.visit(ref);
  return auditor;
}

class Auditor implements Findings {
  readonly archival = new Set<string>();
  transparency = false;
  tags = false;
  readonly #context: PDFContext;
  readonly #seen = new Set<PDFObject>();

  constructor(context: PDFContext) {
    this.#context = context;
  }

  visit(start: PDFObject): void {
    const open = [start];
    for (let object = open.pop(); object !== undefined; object = open.pop()) {
      const value = object instanceof PDFRef ? this.#context.lookup(object) : object;
      if (value === undefined || this.#seen.has(value)) continue;
      this.#seen.add(value);
      if (value instanceof PDFArray) open.push(...value.asArray());
      else if (value instanceof PDFDict) {
        this.#dictionary(value);
        open.push(...value.values());
      } else if (value instanceof PDFStream) {
        this.#dictionary(value.dict);
        this.#stream(value);
        open.push(...value.dict.values());
      } else if (value instanceof PDFName) this.#name(value);
    }
  }

  #name(name: PDFName): void {
    if (/^\/(?:DeviceCMYK|CMYK)$/.test(name.asString())) this.archival.add("colours for print (CMYK)");
  }

  #dictionary(dictionary: PDFDict): void {
    const name = (key: string) => {
      const value = dictionary.lookup(PDFName.of(key));
      return value instanceof PDFName ? value.asString().slice(1) : null;
    };
    const has = (key: string) => dictionary.has(PDFName.of(key));
    if (name("Type") === "Font" || has("FontDescriptor") || has("DescendantFonts"))
      this.archival.add("type of its own, not turned into outlines");
    if (forbidden.some(has)) this.archival.add("parts that archives refuse (layers, PostScript, references)");
    if (name("Subtype") === "PS") this.archival.add("PostScript");
    if (String(dictionary.lookup(PDFName.of("Interpolate"))) === "true")
      this.archival.add("pictures that the viewer is to smooth (Interpolate)");
    if (has("TR") || has("HTP") || (has("TR2") && name("TR2") !== "Default"))
      this.archival.add("transfer functions");
    if (this.#isTransparent(dictionary, name)) this.transparency = true;
  }

  #isTransparent(dictionary: PDFDict, name: (key: string) => string | null): boolean {
    const mask = dictionary.lookup(PDFName.of("SMask"));
    if (mask !== undefined && !(mask instanceof PDFName && mask.asString() === "/None")) return true;
    if (!["Normal", "Compatible", null].includes(name("BM"))) return true;
    if (dictionary.lookup(PDFName.of("BM")) instanceof PDFArray) return true;
    if (name("S") === "Transparency") return true;
    return ["ca", "CA"].some((key) => {
      const value = dictionary.lookup(PDFName.of(key));
      return value instanceof PDFNumber && value.asNumber() !== 1;
    });
  }

  #stream(stream: PDFStream): void {
    const filter = String(stream.dict.lookup(PDFName.of("Filter")) ?? "");
    if (/LZW|Crypt|JPX|JBIG2/.test(filter)) this.archival.add("streams packed in a way that archives refuse");
    if (!(stream instanceof PDFRawStream) || !isContent(stream.dict)) return;
    for (const token of tokensOf(stream)) {
      if (token === "k" || token === "K" || token === "/DeviceCMYK")
        this.archival.add("colours for print (CMYK)");
      if (token === "BI") this.archival.add("pictures inside of its content");
      if (token === "/MCID") this.tags = true;
    }
  }
}

const forbidden = ["OC", "OPI", "PS", "Ref", "Alternates", "Subtype2", "EF", "JS"];

/** Forms, patterns: what holds operators. Pictures and functions do not. */
function isContent(dictionary: PDFDict): boolean {
  const subtype = dictionary.lookup(PDFName.of("Subtype"));
  const isForm = subtype instanceof PDFName && subtype.asString() === "/Form";
  return isForm || dictionary.has(PDFName.of("PatternType")) || dictionary.has(PDFName.of("Resources"));
}

/** Names and operators of a content, without strings and comments. */
function tokensOf(stream: PDFRawStream): string[] {
  let text = Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\((?:\\[\s\S]|[^\\()])*\)/g, " ");
  }
  return text.replace(/%[^\r\n]*/g, " ").match(/\/?[^\s/[\]<>{}()]+/g) ?? [];
}
