/** An exact rational number, never rounded: a bar of 70 % must not depend on floating point. `den` > 0. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export const zero: Fraction = { num: 0n, den: 1n };

/**
 * The exact value of a plain decimal text: optional sign, digits, optionally a point and digits.
 * Returns `null` for anything else; a decimal comma is the caller's to settle.
 */
export function parseDecimal(text: string): Fraction | null {
  const match = /^([+-]?)(\d{1,18})(?:\.(\d{0,18}))?$/.exec(text) ?? /^([+-]?)()\.(\d{1,18})$/.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", part = ""] = match;
  const num = BigInt(`${whole || "0"}${part}`);
  return { num: sign === "-" ? -num : num, den: 10n ** BigInt(part.length) };
}

/** The exact value of a JavaScript number as its shortest decimal shows it. */
export function fromNumber(value: number): Fraction {
  const exact = parseDecimal(value.toFixed(10));
  if (exact === null) throw new RangeError(`${value} is no plain decimal`);
  return exact;
}

/** The nearest JavaScript number; reduced first, since numerator and denominator alone may be too large for one. */
export function toNumber(value: Fraction): number {
  const divisor = greatestCommonDivisor(value.num < 0n ? -value.num : value.num, value.den);
  return Number(value.num / divisor) / Number(value.den / divisor);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

export function add(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** `a / b`; `b` must not be zero. */
export function divide(a: Fraction, b: Fraction): Fraction {
  if (b.num === 0n) throw new RangeError("division by zero");
  const sign = b.num < 0n ? -1n : 1n;
  return { num: a.num * b.den * sign, den: a.den * b.num * sign };
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
