import { hash as hashOf } from "node:crypto";
import { type Body, sizeOf } from "./body.js";
import type { Frame } from "./frame.js";
import { xrefRow } from "./notation.js";

/** A whole file. The bytes are lent: the next one is written into the same place. */
export interface Bound {
  readonly bytes: Buffer;
  /** hex */
  readonly sha256: string;
  /** what the files of all certificates of the same shape begin with; the same buffer each time */
  readonly head: Buffer;
}

/** What of a seal or an identifier is printed, in digits. */
const DIGITS = 32;
const unsealed = "0".repeat(DIGITS);
/** More than what stands between two objects, and behind the last one. */
const SPARE = 1024;

/**
 * Puts one file after the other together and seals it. The head stays where it is, and what differs is written behind
 * it straight away: to join all of it to one text first would cost as much again.
 */
export class Binder {
  #file = Buffer.alloc(0);
  #head: Buffer | null = null;
  #at = 0;

  /**
   * @param token what the file's first identifier is taken of
   * @param bodies the objects behind the frame's, in the order of their numbers
   */
  bind(frame: Frame, token: string, bodies: readonly Body[]): Bound {
    const { head, opening } = frame;
    this.#begin(head);
    let { xref } = frame;
    for (let index = 0; index < bodies.length; index += 1) {
      xref += xrefRow(this.#at);
      this.#object(frame.firstOwn + index, bodies[index] ?? []);
    }
    const place = this.#end(frame, token, frame.firstOwn + bodies.length, xref);
    const file = this.#file.subarray(0, this.#at);
    // the seal is taken with zeros in its place; up to there both hashes are one
    const hash = opening.copy().update(file.subarray(head.length, place));
    const rest = file.subarray(place);
    const seal = hash.copy().update(rest).digest("hex").slice(0, DIGITS);
    file.write(seal, place, "latin1");
    return { bytes: file, sha256: hash.update(rest).digest("hex"), head };
  }

  #begin(head: Buffer): void {
    this.#at = head.length;
    this.#makeRoom(SPARE);
    if (this.#head !== head) head.copy(this.#file);
    this.#head = head;
  }

  #object(number: number, body: Body): void {
    this.#makeRoom(sizeOf(body) + SPARE);
    this.#text(`${number} 0 obj\n`);
    for (const piece of body) {
      if (typeof piece === "string") this.#text(piece);
      else {
        this.#file.set(piece, this.#at);
        this.#at += piece.length;
      }
    }
    this.#text("\nendobj\n");
  }

  /** Cross-reference table and trailer. @returns where the seal has to stand */
  #end({ root, own }: Frame, token: string, count: number, xref: string): number {
    const start = this.#at;
    this.#makeRoom(xref.length + SPARE);
    this.#text(`xref\n0 ${count}\n`);
    this.#text(xref);
    const id = hashOf("sha256", token, "hex").slice(0, DIGITS);
    this.#text(`trailer\n<</Size ${count} /Root ${root} 0 R /Info ${own.info} 0 R /ID [<${id}> <`);
    const place = this.#at;
    this.#text(`${unsealed}>]>>\nstartxref\n${start}\n%%EOF\n`);
    return place;
  }

  #text(text: string): void {
    this.#at += this.#file.write(text, this.#at, "latin1");
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes <= this.#file.length) return;
    const file = Buffer.alloc(2 * (this.#at + bytes));
    this.#file.copy(file, 0, 0, this.#at);
    this.#file = file;
  }
}
