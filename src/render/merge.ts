import { createHash } from "node:crypto";
import type { Certificate } from "../model/certificate.js";
import { formatTextString, xrefRow } from "./notation.js";
import type { Press } from "./press.js";

/*
 * Many certificates as one PDF, for the printer: what the files of a batch share stands in it once, pages follow each
 * other in the order in which they are added, and an outline leads to each certificate. Object by object is handed on as
 * it is made, so that memory holds little more than where each of them begins.
 *
 * It is a copy to print. Seal, metadata and tags belong to the files, of which each is a certificate.
 */

const HEADER = "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n";
/** Children of a node of the page tree: readers go down it to find a page. */
const FAN = 64;
const LEVELS = 3;

interface Node {
  readonly number: number;
  readonly kids: number[];
  pages: number;
}

export class MergedPdf {
  readonly #write: (bytes: Buffer) => void;
  readonly #title: string;
  readonly #hash = createHash("sha256");
  #position = 0;
  /** by object number: where it begins; 0 where there is none */
  readonly #offsets: number[] = [0];
  /** words that many certificates have, and where they stand: they refer to nothing, so they are written once */
  readonly #streams = new Map<string, number>();
  readonly #tree: Node[] = [];
  readonly #outline: number;
  #outlined = 0;
  #items = 0;
  /** writes the last item of the outline, once it is known what follows it */
  #pending: ((following: string) => void) | null = null;
  /** the number that the next item of the outline will have, and the one before it */
  #item = { next: 0, before: 0 };

  /** @param write is handed the file, piece by piece */
  constructor(title: string, write: (bytes: Buffer) => void) {
    this.#write = write;
    this.#title = title;
    this.#put(HEADER);
    for (let level = 0; level < LEVELS; level += 1) this.#tree.push(this.#node());
    this.#outline = this.#number();
    this.#item.next = this.#number();
    this.#outlined = this.#item.next;
  }

  /** Object numbers that are taken: a press for this file is built with numbers above. */
  get taken(): number {
    return this.#offsets.length - 1;
  }

  /** @param press built with numbers above {@link taken}, and before anything else was added */
  begin({ shared }: Press): void {
    const { xref, objects } = shared;
    const prefix = Buffer.from(shared.prefix.buffer, shared.prefix.byteOffset, shared.prefix.length);
    const starts = Array.from({ length: objects }, (_, number) => offsetOf(xref, number));
    const ends = [...starts.filter((start) => start > 0), prefix.length].sort((a, b) => a - b);
    const taken = this.#offsets.length;
    while (this.#offsets.length < objects) this.#offsets.push(0);
    for (const [number, start] of starts.entries()) {
      if (start === 0 || number < taken) continue;
      this.#at(number, () => this.#putBytes(prefix.subarray(start, ends[ends.indexOf(start) + 1])));
    }
  }

  /** @param press one that was begun */
  add(press: Press, certificate: Certificate): void {
    const { bodies, common } = press.objects(certificate);
    const own = { bodies, common, first: press.shared.objects, placed: new Map<number, number>() };
    const pages = [...bodies.keys()].filter((index) => /\/Type \/Page\b/.test(head(bodies[index] ?? "")));
    for (const index of pages) own.placed.set(own.first + index, this.#number());
    for (const index of pages) {
      const number = own.placed.get(own.first + index) ?? 0;
      this.#emit(number, withParent(bodies[index] ?? "", this.#leafFor(number)), own);
    }
    this.#mark(certificate, own.placed.get(own.first + (pages[0] ?? 0)) ?? 0);
  }

  /** Ends the file. */
  end(): void {
    this.#pending?.("");
    for (let level = 0; level < LEVELS; level += 1) this.#close(level);
    this.#at(this.#outline, (number) => {
      const items =
        this.#items === 0
          ? ""
          : ` /First ${this.#outlined} 0 R /Last ${this.#item.before} 0 R /Count ${this.#items}`;
      this.#object(number, `<</Type /Outlines${items}>>`);
    });
    const root = this.#number();
    const pages = this.#tree.at(-1)?.number ?? 0;
    this.#at(root, () =>
      this.#object(
        root,
        `<</Type /Catalog /Pages ${pages} 0 R /Outlines ${this.#outline} 0 R /PageMode /UseOutlines /ViewerPreferences <</DisplayDocTitle true>>>>`,
      ),
    );
    const facts = this.#number();
    this.#at(facts, () =>
      this.#object(facts, `<</Title ${formatTextString(this.#title)} /Producer (lulus)>>`),
    );
    this.#finish(root, facts);
  }

  #finish(root: number, facts: number): void {
    const id = this.#hash.copy().digest("hex").slice(0, 32);
    const start = this.#position;
    this.#put(`xref\n0 ${this.#offsets.length}\n`);
    let rows = "";
    for (const [number, offset] of this.#offsets.entries()) {
      rows += offset === 0 ? "0000000000 65535 f \n" : xrefRow(offset);
      if (number % 4096 !== 4095) continue;
      this.#put(rows);
      rows = "";
    }
    const trailer = `<</Size ${this.#offsets.length} /Root ${root} 0 R /Info ${facts} 0 R /ID [<${id}> <${id}>]>>`;
    this.#put(`${rows}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`);
  }

  /** Writes an object and all that it leads to of the certificate's own, each under a number of this file. */
  #emit(number: number, body: string, own: Own): void {
    const open: (readonly [number, string])[] = [[number, body]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [at, text] = next;
      const cut = head(text).length;
      const renumbered = text.slice(0, cut).replace(reference, (whole, digits: string) => {
        const target = Number(digits);
        const known = own.placed.get(target);
        if (known !== undefined) return `${known} 0 R`;
        const found = own.bodies[target - own.first];
        if (found === undefined) return whole;
        const isShared = target - own.first < own.common && found.endsWith("endstream");
        const shared = isShared ? this.#streams.get(found) : undefined;
        const placed = shared ?? this.#number();
        own.placed.set(target, placed);
        if (isShared) this.#streams.set(found, placed);
        if (shared === undefined) open.push([placed, found.replace(/ \/StructParent \d+/, "")]);
        return `${placed} 0 R`;
      });
      this.#at(at, () => this.#object(at, renumbered + text.slice(cut)));
    }
  }

  #mark({ number, name }: Certificate, page: number): void {
    const { next, before } = this.#item;
    this.#items += 1;
    const after = this.#number();
    const previous = before === 0 ? "" : ` /Prev ${before} 0 R`;
    const title = formatTextString(`${number}  ${name}`);
    this.#pending?.(` /Next ${next} 0 R`);
    this.#pending = (following) =>
      this.#at(next, () =>
        this.#object(
          next,
          `<</Title ${title} /Parent ${this.#outline} 0 R${previous}${following} /Dest [${page} 0 R /Fit]>>`,
        ),
      );
    this.#item = { next: after, before: next };
  }

  #leafFor(page: number): number {
    const leaf = this.#tree[0];
    if (leaf === undefined) throw new TypeError("a tree without leaves");
    if (leaf.kids.length === FAN) {
      this.#close(0);
      return this.#leafFor(page);
    }
    leaf.kids.push(page);
    leaf.pages += 1;
    return leaf.number;
  }

  /** Writes a node of the page tree and opens the next one beside it. The top has as many children as it takes. */
  #close(level: number): void {
    const node = this.#tree[level];
    const above = this.#tree[level + 1];
    if (node === undefined) return;
    if (above !== undefined && node.kids.length === 0) return;
    if (above !== undefined && level + 1 < LEVELS - 1 && above.kids.length === FAN) this.#close(level + 1);
    const parent = this.#tree[level + 1];
    if (parent !== undefined) {
      parent.kids.push(node.number);
      parent.pages += node.pages;
    }
    const kids = node.kids.map((kid) => `${kid} 0 R`).join(" ");
    const up = parent === undefined ? "" : ` /Parent ${parent.number} 0 R`;
    this.#at(node.number, () =>
      this.#object(node.number, `<</Type /Pages${up} /Count ${node.pages} /Kids [${kids}]>>`),
    );
    this.#tree[level] = this.#node();
    if (parent === undefined) this.#tree[level] = node;
  }

  #node(): Node {
    return { number: this.#number(), kids: [], pages: 0 };
  }

  #number(): number {
    return this.#offsets.push(0) - 1;
  }

  #at(number: number, write: (number: number) => void): void {
    this.#offsets[number] = this.#position;
    write(number);
  }

  #object(number: number, body: string): void {
    this.#put(`${number} 0 obj\n${body}\nendobj\n`);
  }

  #put(text: string): void {
    this.#putBytes(Buffer.from(text, "latin1"));
  }

  #putBytes(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#position += bytes.length;
    this.#write(bytes);
  }
}

interface Own {
  readonly bodies: readonly string[];
  readonly common: number;
  readonly first: number;
  /** number in a file of its own → number in this one */
  readonly placed: Map<number, number>;
}

const reference = /\b(\d+) 0 R\b/g;

/** The part of an object before its stream, if it has one: only there do references stand. */
function head(text: string): string {
  const at = text.search(/>>\s{0,2}stream\r?\n/);
  return at === -1 ? text : text.slice(0, at);
}

/** In a node of this file's own tree, and without the tags, which stay in the certificate's own file. */
function withParent(page: string, parent: number): string {
  return page
    .replace(/\/Parent \d+ 0 R/, `/Parent ${parent} 0 R`)
    .replace(/ \/StructParents \d+ \/Tabs \/S/, "");
}

function offsetOf(xref: string, number: number): number {
  const row = xref.slice(20 * number, 20 * number + 20);
  return row[17] === "n" ? Number(row.slice(0, 10)) : 0;
}
