import { z } from "zod";
import { archivalWishes } from "./conformance.js";

/** `lulus.template/1`. Lengths are millimetres from the top left corner, sizes of type are points. Unknown keys are errors. */

const length = z.number().min(-1000).max(2000);
const box = z.tuple([length, length, length.positive(), length.positive()]);
const hex = z.string().regex(/^#[0-9a-fA-F]{6}$/, "expected a colour as in #12284C");
const name = z.string().min(1);
const path = z
  .string()
  .min(1)
  .refine(
    (file) => !file.startsWith("/") && !file.split(/[/\\]/).includes(".."),
    "expected a path inside of the folder",
  );
const points = z.number().positive().max(400);

export type When =
  | { has: string }
  | { field: string; is: (string | number | boolean)[] }
  | { role: string[] }
  | { award: string[] }
  | { not: When }
  | { all: When[] }
  | { any: When[] };

const when: z.ZodType<When> = z.lazy(() =>
  z.union([
    z.strictObject({ has: name }),
    z.strictObject({ field: name, is: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }),
    z.strictObject({ role: z.array(name).min(1) }),
    z.strictObject({ award: z.array(name).min(1) }),
    z.strictObject({ not: when }),
    z.strictObject({ all: z.array(when).min(1) }),
    z.strictObject({ any: z.array(when).min(1) }),
  ]),
);

const typeface = {
  font: name.optional(),
  size: points.optional(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  color: name.optional(),
  align: z.enum(["left", "center", "right", "justify"]).optional(),
  /** in sizes */
  lineHeight: z.number().min(0.8).max(4).optional(),
  /** in sizes */
  letterSpacing: z.number().min(-0.2).max(2).optional(),
  case: z.enum(["none", "upper"]).optional(),
};
const style = z.strictObject(typeface);

/** What elements of all types have. Inside of a stack the box is the stack's to give. */
const common = {
  id: name,
  when: when.optional(),
  box: box.optional(),
  /** space above, inside of a stack; goes with the element */
  before: length.min(0).optional(),
  /** inside of a stack, of what has no height of its own */
  height: length.positive().optional(),
};

const text = z.strictObject({
  ...common,
  ...typeface,
  type: z.literal("text"),
  style: name.optional(),
  value: z.string().min(1),
  markup: z.boolean().optional(),
  balance: z.boolean().optional(),
  valign: z.enum(["top", "middle", "bottom"]).optional(),
  fit: z
    .strictObject({
      min: points.optional(),
      minSingleLine: points.optional(),
      lines: z.number().int().min(1).max(50).optional(),
      breakAt: z.enum(["space", "degrees"]).optional(),
    })
    .optional(),
  tag: z.enum(["P", "H1", "H2", "Artifact"]).optional(),
});

const qr = z.strictObject({
  ...common,
  type: z.literal("qr"),
  value: z.string().min(1),
  /** of the symbol without its quiet zone, in millimetres, where a long address needs more than the box */
  largest: length.positive().optional(),
  dark: name.optional(),
  light: name.optional(),
  alt: z.string().min(1),
});

const drawn = { ...common, stroke: name.optional(), width: length.positive().optional() };
const line = z.strictObject({ ...drawn, type: z.literal("line") });
const rect = z.strictObject({
  ...drawn,
  type: z.literal("rect"),
  fill: name.optional(),
  /** of the corners */
  radius: length.min(0).optional(),
});
const ellipse = z.strictObject({ ...drawn, type: z.literal("ellipse"), fill: name.optional() });

const image = z.strictObject({
  ...common,
  type: z.literal("image"),
  /** a path in the template's folder, or a placeholder whose value is a path relative to the event file */
  src: z.string().min(1),
  fit: z.enum(["contain", "cover", "stretch"]).optional(),
  align: z.enum(["left", "center", "right"]).optional(),
  valign: z.enum(["top", "middle", "bottom"]).optional(),
  /** words instead of the picture, or `decorative` */
  alt: z.string().min(1),
  minDpi: z.number().min(1).max(1200).optional(),
});

const band = { ...typeface, fill: name.optional() };
const table = z.strictObject({
  ...common,
  ...typeface,
  type: z.literal("table"),
  style: name.optional(),
  /** the field that holds the list */
  rows: name,
  columns: z
    .array(
      z.strictObject({
        title: z.string().optional(),
        value: z.string().min(1),
        width: z.union([length.positive(), z.literal("fill")]),
        align: z.enum(["left", "center", "right"]).optional(),
      }),
    )
    .min(1)
    .max(20),
  markup: z.boolean().optional(),
  /** above and below, left and right */
  rowPadding: z.tuple([length.min(0), length.min(0)]).optional(),
  header: z.union([z.literal(false), z.strictObject(band)]).optional(),
  footer: z.strictObject({ ...band, cells: z.array(z.string()).min(1) }).optional(),
  rule: z.strictObject({ color: name, width: length.positive().optional() }).optional(),
  zebra: name.optional(),
  fit: z.strictObject({ min: points }).optional(),
  onOverflow: z.enum(["error", "shrink", "nextPage"]).optional(),
});

const reserve = z.strictObject({
  ...common,
  type: z.literal("reserve"),
  for: z.enum(["e-signature", "stamp", "materai"]),
});

const stack = z.strictObject({
  ...common,
  type: z.literal("stack"),
  gap: length.min(0).optional(),
  valign: z.enum(["top", "middle", "bottom"]).optional(),
  elements: z.lazy((): z.ZodType<ElementSpec[]> => z.array(element).min(1)),
});

const element: z.ZodType<ElementSpec> = z.discriminatedUnion("type", [
  text,
  qr,
  image,
  line,
  rect,
  ellipse,
  table,
  stack,
  reserve,
]);

export type TextSpec = z.output<typeof text>;
export type QrSpec = z.output<typeof qr>;
export type ImageSpec = z.output<typeof image>;
export type TableSpec = z.output<typeof table>;
export type ReserveSpec = z.output<typeof reserve>;
export type ShapeSpec = z.output<typeof line> | z.output<typeof rect> | z.output<typeof ellipse>;
export interface StackSpec {
  id: string;
  type: "stack";
  when?: When | undefined;
  box?: [number, number, number, number] | undefined;
  before?: number | undefined;
  height?: number | undefined;
  gap?: number | undefined;
  valign?: "top" | "middle" | "bottom" | undefined;
  elements: ElementSpec[];
}
export type ElementSpec = TextSpec | QrSpec | ImageSpec | ShapeSpec | TableSpec | StackSpec | ReserveSpec;

const font = z.strictObject({
  file: path,
  bold: path.optional(),
  italic: path.optional(),
  bold_italic: path.optional(),
  fallback: z.array(name).default([]),
  /** for script faces, in which a line of capitals cannot be read */
  avoidAllCaps: z.boolean().optional(),
});

export const pageSizes = {
  "A4-landscape": [297, 210],
  "A4-portrait": [210, 297],
  "Letter-landscape": [279.4, 215.9],
  "Letter-portrait": [215.9, 279.4],
} as const;
const pageSize = z.union([
  z.enum(["A4-landscape", "A4-portrait", "Letter-landscape", "Letter-portrait"]),
  z.tuple([z.number().min(50).max(1000), z.number().min(50).max(1000)]),
]);

const page = z.strictObject({
  size: pageSize,
  when: when.optional(),
  background: z
    .strictObject({
      file: path,
      page: z.number().int().min(1).default(1),
      /** a background is ornament: readers that do not see pass over it */
      alt: z.literal("decorative").optional(),
    })
    .optional(),
  /** top, right, bottom, left: what stands outside may be lost when it is printed */
  safeArea: z.tuple([length.min(0), length.min(0), length.min(0), length.min(0)]).optional(),
  elements: z.array(element).min(1),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const pattern = z.string().refine(isPattern, "expected a regular expression as in '^\\d{18}$'");
const checks = {
  required: z.boolean().default(false),
  type: z.enum(["text", "number", "date", "boolean"]).optional(),
  pattern: pattern.optional(),
  enum: z.array(scalar).min(1).optional(),
  maxLength: z.number().int().positive().optional(),
};
/** What a placeholder may hold. */
const field = z.strictObject({
  ...checks,
  type: z.enum(["text", "number", "date", "boolean", "image", "list"]).optional(),
  /** never in the token; printed where the template says */
  sensitive: z.boolean().default(false),
  /** no two certificates of a batch have the same */
  unique: z.boolean().default(false),
  default: scalar.optional(),
  /** of a list: the fields of each row */
  item: z.record(name, z.strictObject(checks).nullable()).optional(),
});

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}

const words = z.record(name, z.string().min(1));

export const templateSchema = z.strictObject({
  schema: z.literal("lulus.template/1"),
  /** a built-in template or one beside this that it is built on */
  extends: z.string().optional(),
  id: name,
  description: z.string().optional(),
  license: z.string().optional(),
  words: z.strictObject({ id: words.optional(), en: words.optional() }).default({}),
  fields: z.record(name, field.nullable()),
  fonts: z.record(name, font),
  colors: z.record(name, hex).default({}),
  styles: z.record(name, style).default({}),
  metadata: z.strictObject({
    title: z.string().min(1),
    author: z.string().min(1),
    subject: z.string().min(1),
  }),
  /** what the files are to be to an archive; without it they are PDF/A-2u where the artwork allows */
  pdf: z
    .strictObject({ archival: z.enum(archivalWishes).optional(), tagged: z.literal(true).optional() })
    .default({}),
  pages: z.array(page).min(1).max(20),
});

export type TemplateFile = z.output<typeof templateSchema>;
export type Style = z.output<typeof style>;
export type Typeface = Style;
export type FieldSpec = z.output<typeof field>;
export type CheckSpec = Pick<FieldSpec, "required" | "pattern" | "enum" | "maxLength"> & {
  readonly type?: FieldSpec["type"];
};
export type PageSpec = TemplateFile["pages"][number];
export type FontFamily = TemplateFile["fonts"][string];

/** Files of one template folder; keys are paths inside of it with forward slashes. */
export type TemplateFiles = ReadonlyMap<string, Uint8Array>;
