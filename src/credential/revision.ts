/** Revisions of a PDF: what was appended to a file stands behind the end of the one before. Runs in the page too. */

const END = [...new TextEncoder().encode("%%EOF")];

/**
 * Where the first revision of a file ends, its line break included; `null` without an end.
 *
 * @param from where the caller knows that no end begins before it
 */
export function endOfFirstRevision(bytes: Uint8Array, from = 0): number | null {
  const at = find(bytes, from);
  if (at === -1) return null;
  const end = at + END.length;
  return bytes[end] === 0x0d && bytes[end + 1] === 0x0a ? end + 2 : bytes[end] === 0x0a ? end + 1 : end;
}

function find(bytes: Uint8Array, from: number): number {
  const [first = 0] = END;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1))
    if (END.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}
