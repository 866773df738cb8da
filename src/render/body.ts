/** An object of a PDF, or a stretch of one, in pieces that follow each other: text of Latin-1, and bytes. */
export type Body = readonly (string | Uint8Array)[];

/** In bytes. */
export function sizeOf(body: Body): number {
  let size = 0;
  for (const { length } of body) size += length;
  return size;
}

export function streamOf(entries: string, bytes: Body): Body {
  return [`<<${entries} /Length ${sizeOf(bytes)}>>\nstream\n`, ...bytes, "\nendstream"];
}

/** As text of Latin-1, for files that are put together in another way. */
export function textOf(body: Body): string {
  return body.map((piece) => (typeof piece === "string" ? piece : latin1(piece))).join("");
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
