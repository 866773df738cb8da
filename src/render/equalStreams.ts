import { createHash } from "node:crypto";
import { PDFArray, type PDFContext, PDFDict, type PDFObject, PDFRef, PDFStream } from "pdf-lib";

/**
 * Makes one of streams that are equal byte for byte. Pages of one file are embedded each with all that they draw with,
 * so the ornament that they share would be in every certificate as often as there are pages.
 *
 * @param kept what is named from outside of the document and so must stay itself
 */
export function mergeEqualStreams(context: PDFContext, kept: ReadonlySet<PDFRef>): void {
  // a stream that names merged ones may itself become equal to another
  while (mergeOnce(context, kept));
}

function mergeOnce(context: PDFContext, kept: ReadonlySet<PDFRef>): boolean {
  const first = new Map<string, PDFRef>();
  const instead = new Map<PDFRef, PDFRef>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFStream) || kept.has(ref)) continue;
    const key = hashOf(object);
    const known = first.get(key);
    if (known === undefined) first.set(key, ref);
    else instead.set(ref, known);
  }
  if (instead.size === 0) return false;
  for (const [, object] of context.enumerateIndirectObjects()) redirect(object, instead);
  for (const ref of instead.keys()) context.delete(ref);
  return true;
}

function hashOf(object: PDFObject): string {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return createHash("sha256").update(bytes).digest("hex");
}

function redirect(object: PDFObject, instead: ReadonlyMap<PDFRef, PDFRef>): void {
  if (object instanceof PDFStream) redirect(object.dict, instead);
  else if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      if (value instanceof PDFRef) object.set(key, instead.get(value) ?? value);
      else redirect(value, instead);
    }
  } else if (object instanceof PDFArray) {
    for (const [index, value] of object.asArray().entries()) {
      if (value instanceof PDFRef) object.set(index, instead.get(value) ?? value);
      else redirect(value, instead);
    }
  }
}
