import { Fault, refuse } from "../model/fault.js";
import { admitYaml, type Locate } from "../model/yaml.js";
import { type Admission, admitElements, withChildren } from "./admit.js";
import type { Language } from "./calendar.js";
import type { ArchivalWish } from "./conformance.js";
import { isImage, ofEvent } from "./element/image.js";
import type { QrElement } from "./element/qr.js";
import { openTemplateYaml, templateFile } from "./extend.js";
import type { Fields } from "./field.js";
import { filesOf } from "./material.js";
import type { Page } from "./page.js";
import { recipientField } from "./placeholder.js";
import {
  type FieldSpec,
  type FontFamily,
  type TemplateFile,
  type TemplateFiles,
  templateSchema,
} from "./schema.js";
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
  /** what is declared about each placeholder */
  readonly fields: Fields;
  /** paths of pictures that elements show, sorted; those of the event begin with `event:` and come with {@link withPictures} */
  readonly pictures: readonly string[];
  readonly fonts: ReadonlyMap<string, FontFamily>;
  readonly metadata: { readonly title: Text; readonly author: Text; readonly subject: Text };
  /** what the files must be to an archive; `null` for PDF/A-2u where the artwork allows it */
  readonly archival: ArchivalWish | null;
  readonly pages: readonly Page[];
  /** the code that proves the certificate: on the first page, always */
  readonly qr: QrElement;
  readonly locate: Locate;
}

/**
 * Parses a template and proves that it can be set, before anything is drawn.
 *
 * Whether the background is a PDF page of the right size shows only when it is opened: {@link openTypesetter} does.
 *
 * @param place how the folder is called in messages
 * @throws Fault or Faults: everything that is wrong with it, with line and column
 */
export function parseTemplate(files: TemplateFiles, place: string, language: Language): Template {
  const file = `${place}/${templateFile}`;
  const source = files.get(templateFile);
  if (source === undefined) {
    throw new Fault("template-missing", `the folder "${place}" has no ${templateFile}`, {
      place: { file: place },
    });
  }
  const { value: raw, locate } = openTemplateYaml(files, templateFile, file);
  const value = admitYaml(raw, locate, templateSchema);
  const faults: Fault[] = [];
  const words = spell(value, language, locate, faults);
  const admission = admitElements(words, { language, locate, faults });
  const metadata = metadataOf(words, language, locate, faults, admission);
  const needed = new Set(filesOf(value, files, locate, faults));
  refuse(faults);
  const { pages, qr } = admission;
  if (qr === null) throw new TypeError("a template admitted without its QR code");
  return {
    id: value.id,
    language,
    place,
    contents: files,
    files: [...files.keys()].filter((file) => needed.has(file) || isSource(file)).sort(),
    ...recipientFields(value, admission),
    fields: new Map(Object.entries(value.fields).map(([name, spec]) => [name, spec ?? undeclared])),
    pictures: [
      ...new Set([
        ...pages.flatMap(picturesOf),
        ...[...files.keys()].filter((file) => file.startsWith(ofEvent)),
      ]),
    ].sort(),
    fonts: new Map(Object.entries(value.fonts)),
    metadata,
    archival: value.pdf.archival ?? null,
    pages,
    qr,
    locate,
  };
}

const undeclared: FieldSpec = { required: false, sensitive: false, unique: false };

function isSource(file: string): boolean {
  return file === templateFile || file.endsWith(`:${templateFile}`) || file.startsWith(ofEvent);
}

function picturesOf(page: Page): string[] {
  return page.elements
    .flatMap(withChildren)
    .filter(isImage)
    .flatMap(({ source }) => ("file" in source ? [source.file] : []));
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
