import { z } from "zod";
import { Fault } from "../model/fault.js";

/** The lines of an exported register. */
export const linesSchema = "lulus.register/1";

/** Columns whose text is JSON. */
export const jsonColumns: ReadonlySet<string> = new Set([
  ...["template", "record", "demand", "basis", "personal", "sensitive", "evidence"],
]);

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const header = z.strictObject({ schema: z.literal(linesSchema) });
const content = z.strictObject({ content: hash, base64: z.string() });
const entry = z.strictObject({
  entry: z.int().positive(),
  at: z.string(),
  kind: z.string(),
  certificate: z.int().positive().optional(),
  detail: z.unknown(),
  row: z.record(z.string(), z.unknown()).optional(),
  hash,
});
const end = z.strictObject({ size: z.int().nonnegative(), head: hash });

export interface LineOf {
  readonly header: z.input<typeof header>;
  readonly content: z.input<typeof content>;
  readonly entry: z.input<typeof entry>;
  readonly end: z.input<typeof end>;
}

export type Line =
  | { readonly is: "header" }
  | ({ readonly is: "content" } & z.output<typeof content>)
  | ({ readonly is: "entry" } & z.output<typeof entry>)
  | ({ readonly is: "end" } & z.output<typeof end>);

/** @throws Fault `import-malformed` */
export function parseLine(text: string, file: string, number: number): Line {
  const place = { file, line: number };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault(
      "import-malformed",
      "no JSON; expected one object a line, as `lulus register export` writes",
      {
        place,
        cause,
      },
    );
  }
  for (const [is, schema] of [
    ["entry", entry],
    ["content", content],
    ["header", header],
    ["end", end],
  ] as const) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { is, ...parsed.data } as Line;
  }
  throw new Fault("import-malformed", "no line of an exported register", {
    place,
    hints: [`its first line is {"schema":"${linesSchema}"}; a newer lulus may have written it`],
  });
}
