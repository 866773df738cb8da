import { Fault, refuse } from "../model/fault.js";
import { type Locate, parseYaml } from "../model/yaml.js";
import { type Admission, admitElements } from "./admit.js";
import type { Language } from "./calendar.js";
import type { QrElement } from "./element/qr.js";
import { filesOf } from "./material.js";
import type { Page } from "./page.js";
import { recipientField } from "./placeholder.js";
import { type FontFamily, type TemplateFile, type TemplateFiles, templateSchema } from "./schema.js";
import { parseText, type Text } from "./text.js";
import { spell } from "./wording.js";

/** A template as it will be used: for one language, everything in it found and known. */
export interface Template {
  readonly id: string;
  readonly language: Language;
  /** how its folder is called in messages */
  readonly place: string;
  readonly contents: TemplateFiles;
  /** paths of what the certificates depend on, sorted: the file itself, background, fonts */
  readonly files: readonly string[];
  /** fields of the recipient that it prints beside the name, sorted: `personal` may be signed, `sensitive` may not */
  readonly personal: readonly string[];
  readonly sensitive: readonly string[];
  /** placeholders that must have a value */
  readonly required: readonly string[];
  readonly fonts: ReadonlyMap<string, FontFamily>;
  readonly metadata: { readonly title: Text; readonly author: Text; readonly subject: Text };
  readonly pages: readonly Page[];
  /** the code that proves the certificate: on the first page, always */
  readonly qr: QrElement;
  readonly locate: Locate;
}

const fileName = "template.yaml";

/**
 * Parses a template and proves that it can be set, before anything is drawn.
 *
 * Whether the background is a PDF page of the right size shows only when it is opened: {@link openTypesetter} does.
 *
 * @param place how the folder is called in messages
 * @throws Fault or Faults: everything that is wrong with it, with line and column
 */
export function parseTemplate(files: TemplateFiles, place: string, language: Language): Template {
  const file = `${place}/${fileName}`;
  const source = files.get(fileName);
  if (source === undefined) {
    throw new Fault("template-missing", `the folder "${place}" has no ${fileName}`, {
      place: { file: place },
    });
  }
  const { value, locate } = parseYaml(new TextDecoder().decode(source), file, templateSchema);
  const faults: Fault[] = [];
  const words = spell(value, language, locate, faults);
  const admission = admitElements(words, { language, locate, faults });
  const metadata = metadataOf(words, language, locate, faults, admission);
  const needed = filesOf(value, files, locate, faults);
  refuse(faults);
  const { pages, qr } = admission;
  if (qr === null) throw new TypeError("a template admitted without its QR code");
  return {
    id: value.id,
    language,
    place,
    contents: files,
    files: [fileName, ...needed].sort(),
    ...recipientFields(value, admission),
    required: Object.keys(value.fields).filter((name) => value.fields[name]?.required === true),
    fonts: new Map(Object.entries(value.fonts)),
    metadata,
    pages,
    qr,
    locate,
  };
}

function metadataOf(
  { metadata }: TemplateFile,
  language: Language,
  locate: Locate,
  faults: Fault[],
  { declare }: Admission,
): Template["metadata"] {
  const text = (key: keyof typeof metadata): Text => {
    const path = ["metadata", key];
    const parsed = parseText(metadata[key], { place: locate(path), language, markup: false }, faults);
    declare(parsed.placeholders, parsed.place);
    return parsed;
  };
  return { title: text("title"), author: text("author"), subject: text("subject") };
}

function recipientFields(value: TemplateFile, { used }: Admission): Pick<Template, "personal" | "sensitive"> {
  const printed = [...used].filter((name) => recipientField(name) !== null).sort();
  const isSensitive = (name: string) => value.fields[name]?.sensitive === true;
  const fields = (names: readonly string[]) => names.flatMap((name) => recipientField(name) ?? []);
  return {
    personal: fields(printed.filter((name) => !isSensitive(name))),
    sensitive: fields(printed.filter(isSensitive)),
  };
}
