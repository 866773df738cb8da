import { z } from "zod";
import type { Shared } from "./shared.js";

/*
 * What the files of a batch share, as a register keeps it, in JSON. To make it anew takes a third of a second and
 * the libraries of that day; what was kept is the same bytes in ten years.
 */

const FORMAT = "lulus.shared/1";

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64")));
const pictures = z.array(
  z.tuple([
    z.string(),
    z.object({
      ...{ name: z.string(), width: z.number(), height: z.number() },
      ...{ unitWidth: z.number(), unitHeight: z.number() },
    }),
  ]),
);
const meanings = z.array(z.tuple([z.number(), z.string()])).transform((entries) => new Map(entries));
const fonts = z.array(z.tuple([z.string(), z.object({ name: z.string(), subset: bytes, meanings })]));

const schema = z.object({
  format: z.literal(FORMAT),
  prefix: bytes,
  xref: z.string(),
  objects: z.number(),
  grounds: z.array(z.number()),
  catalog: z.string(),
  resources: z.string(),
  drawings: z.string(),
  language: z.string(),
  conformance: z.object({
    archival: z.object({ part: z.literal([1, 2, 3]), level: z.literal(["B", "U"]) }).nullable(),
    isAccessible: z.boolean(),
  }),
  attachment: z.object({ name: z.string(), mime: z.string(), description: z.string() }).nullable(),
  fonts: fonts.transform((entries) => new Map(entries)),
  pictures: pictures.transform((entries) => new Map(entries)),
});

export function formatShared(shared: Shared): string {
  const kept: z.input<typeof schema> = {
    ...shared,
    format: FORMAT,
    prefix: base64(shared.prefix),
    grounds: [...shared.grounds],
    fonts: [...shared.fonts].map(([path, { name, subset, meanings }]) => [
      path,
      { name, subset: base64(subset), meanings: [...meanings] },
    ]),
    pictures: [...shared.pictures],
  };
  return JSON.stringify(kept);
}

/** `null` for what another version kept in another form: that has to be made anew. */
export function parseShared(text: string): Shared | null {
  const kept = schema.safeParse(JSON.parse(text)).data;
  if (kept === undefined) return null;
  const { format: _, ...shared } = kept;
  return shared;
}

function base64(raw: Uint8Array): string {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString("base64");
}
