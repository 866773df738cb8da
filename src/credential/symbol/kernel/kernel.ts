/*
 * A link becomes a QR symbol, and the symbol a picture. This is AssemblyScript: it reads like TypeScript, but numbers have
 * the types of the machine, and memory is addressed. Destructuring and `import type` it does not know.
 */
export { deflate, pieces, stream } from "./picture";
export { encode, rows, text } from "./symbol";
export { largestVersion } from "./version";
