import type { webcrypto } from "node:crypto";
import { concat } from "./cbor.js";

/**
 * Ed25519 verification (RFC 8032) on which every Node version and browser agrees.
 *
 * Rules: the implementations differ only on input that no honest signer makes: points of small order, points and
 * scalars with a second spelling. So these are refused before the platform is asked. Where the platform has no
 * Ed25519 (browsers before 2025), the equation is computed here: with public values only, so the time that it
 * takes tells nobody anything.
 */

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = modulo(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const Y_OF_ORDER_EIGHT = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
/** The eight points of small order have these five heights. */
const smallOrder = new Set([0n, 1n, P - 1n, Y_OF_ORDER_EIGHT, P - Y_OF_ORDER_EIGHT]);

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
interface Point {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;
}

const IDENTITY: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n };

export async function isVerified(
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (!isAcceptable(signature, publicKey)) return false;
  const key = await importKey(publicKey);
  if (key === null) return isVerifiedByArithmetic(signature, message, publicKey);
  return crypto.subtle.verify("Ed25519", key, signature, message);
}

/** The same answer without the platform's Ed25519; it takes some milliseconds. Input as `isAcceptable` admits it. */
export async function isVerifiedByArithmetic(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const R = signature.subarray(0, 32);
  const base = parsePoint(formatHeight(modulo(4n * power(5n, P - 2n))));
  const A = parsePoint(publicKey);
  if (A === null || base === null) return false;
  const digest = await crypto.subtle.digest("SHA-512", concat([R, publicKey, message]));
  const k = littleEndian(new Uint8Array(digest)) % ORDER;
  // minus A and not ORDER - k: a key outside of the prime-order group has not that order, and platforms subtract
  const sum = add(times(littleEndian(signature.subarray(32)), base), times(k, negative(A)));
  return formatPoint(sum).every((byte, at) => byte === R[at]);
}

function negative({ X, Y, Z, T }: Point): Point {
  return { X: modulo(-X), Y, Z, T: modulo(-T) };
}

/** Lengths, one spelling of each number, and no point of small order. */
export function isAcceptable(signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  if (littleEndian(signature.subarray(32)) >= ORDER) return false;
  return [publicKey, signature.subarray(0, 32)].every((point) => {
    const height = heightOf(point);
    return height < P && !smallOrder.has(height);
  });
}

async function importKey(publicKey: Uint8Array): Promise<webcrypto.CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw", concat([publicKey]), { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
}

function parsePoint(bytes: Uint8Array): Point | null {
  const y = heightOf(bytes);
  const square = modulo((y * y - 1n) * power(modulo(D * y * y + 1n), P - 2n));
  const root = rootOf(square);
  if (root === null) return null;
  const isOdd = ((bytes[31] ?? 0) & 0x80) !== 0;
  const x = (root & 1n) === (isOdd ? 1n : 0n) ? root : modulo(-root);
  return { X: x, Y: y, Z: 1n, T: modulo(x * y) };
}

function formatPoint(point: Point): Uint8Array {
  const inverse = power(point.Z, P - 2n);
  const bytes = formatHeight(modulo(point.Y * inverse));
  if ((modulo(point.X * inverse) & 1n) === 1n) bytes[31] = (bytes[31] ?? 0) | 0x80;
  return bytes;
}

function formatHeight(y: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((y >> BigInt(8 * at)) & 255n));
}

/** The y of a point: 255 bits, the topmost bit is the sign of x. */
function heightOf(bytes: Uint8Array): bigint {
  return littleEndian(bytes) & (2n ** 255n - 1n);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function times(scalar: bigint, point: Point): Point {
  let sum = IDENTITY;
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    sum = add(sum, sum);
    if (((scalar >> bit) & 1n) === 1n) sum = add(sum, point);
  }
  return sum;
}

/** Addition that holds for all points, equal ones too (RFC 8032, section 5.1.4). */
function add(p: Point, q: Point): Point {
  const a = modulo((p.Y - p.X) * (q.Y - q.X));
  const b = modulo((p.Y + p.X) * (q.Y + q.X));
  const c = modulo(2n * D * p.T * q.T);
  const d = modulo(2n * p.Z * q.Z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { X: modulo(e * f), Y: modulo(g * h), Z: modulo(f * g), T: modulo(e * h) };
}

/** Since P leaves 5 divided by 8, a root is a power, or that power times a root of -1. */
function rootOf(square: bigint): bigint | null {
  const candidate = power(square, (P + 3n) / 8n);
  for (const root of [candidate, modulo(candidate * ROOT_OF_MINUS_ONE)]) {
    if (modulo(root * root) === square) return root;
  }
  return null;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = modulo(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

function modulo(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}
