import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * HarfBuzz, called without the wrapper of its package: that makes two objects of each glyph and asks the library once
 * more for every one of them, which takes longer than shaping does. What is called here, and how its structures lie in
 * memory, is HarfBuzz's own interface for C (hb-buffer.h, hb-font.h, hb-shape.h). A pointer is an index into the memory.
 */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  __wasm_call_ctors(): void;
  malloc(size: number): number;
  free(at: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_get_upem(face: number): number;
  hb_font_create(face: number): number;
  hb_font_destroy(font: number): void;
  hb_font_get_h_extents(font: number, into: number): number;
  hb_font_get_nominal_glyph(font: number, codePoint: number, into: number): number;
  hb_font_get_glyph_h_advance(font: number, glyph: number): number;
  hb_buffer_create(): number;
  hb_buffer_clear_contents(buffer: number): void;
  hb_buffer_add_utf16(buffer: number, text: number, length: number, from: number, count: number): void;
  hb_buffer_guess_segment_properties(buffer: number): void;
  hb_buffer_set_direction(buffer: number, direction: number): void;
  hb_buffer_get_length(buffer: number): number;
  hb_buffer_get_glyph_infos(buffer: number, length: number): number;
  hb_buffer_get_glyph_positions(buffer: number, length: number): number;
  hb_shape(font: number, buffer: number, features: number, count: number): void;
}

/** Glyphs from left to right, in font units; each list has one number for each. */
export interface Glyphs {
  readonly ids: readonly number[];
  /** where the cluster of each begins in the text */
  readonly clusters: readonly number[];
  readonly advances: readonly number[];
  /** of each two numbers, to the right and upwards; `null` where all stand in their places, as nearly always */
  readonly offsets: readonly number[] | null;
}

const WRITABLE = 2;
const [FROM_LEFT, FROM_RIGHT] = [4, 5];
/** numbers of 4 bytes in `hb_glyph_info_t` and in `hb_glyph_position_t` */
const STRIDE = 5;
/** What must not happen where letters stand apart. */
const joining = ["liga", "clig", "dlig", "calt"];

/** The library with one buffer for all texts, and room in its memory for what is handed over. */
class Shaper {
  readonly library: HarfBuzz;
  readonly scratch: number;
  readonly #buffer: number;
  readonly #apart: number;
  /** UTF-16 units */
  #room = 1 << 10;
  #text: number;
  #words = new Int32Array();
  #units = new Uint16Array();

  constructor() {
    this.library = load();
    this.scratch = this.allocate(48);
    this.#buffer = this.library.hb_buffer_create();
    this.#text = this.allocate(2 * this.#room);
    this.#apart = this.allocate(16 * joining.length);
    const features = joining.flatMap((tag) => [Buffer.from(tag).readInt32BE(), 0, 0, -1]);
    this.words().set(features, this.#apart >> 2);
  }

  allocate(size: number): number {
    const at = this.library.malloc(size);
    if (at === 0) throw new RangeError(`no memory for ${size} bytes of fonts`);
    return at;
  }

  /** The memory as it is now: it moves when it grows. */
  words(): Int32Array {
    const { buffer } = this.library.memory;
    if (this.#words.buffer !== buffer) {
      this.#words = new Int32Array(buffer);
      this.#units = new Uint16Array(buffer);
    }
    return this.#words;
  }

  shape(font: number, text: string, isFromRight: boolean, isApart: boolean): Glyphs {
    const { library } = this;
    const buffer = this.#buffer;
    this.#handOver(text);
    library.hb_buffer_clear_contents(buffer);
    library.hb_buffer_add_utf16(buffer, this.#text, text.length, 0, text.length);
    library.hb_buffer_guess_segment_properties(buffer);
    // brackets and digits alone do not show from which side they are read
    library.hb_buffer_set_direction(buffer, isFromRight ? FROM_RIGHT : FROM_LEFT);
    library.hb_shape(font, buffer, this.#apart, isApart ? joining.length : 0);
    return this.#read(library.hb_buffer_get_length(buffer));
  }

  #handOver(text: string): void {
    if (text.length > this.#room) {
      this.library.free(this.#text);
      this.#room = 2 * text.length;
      this.#text = this.allocate(2 * this.#room);
    }
    this.words();
    const [units, start] = [this.#units, this.#text >> 1];
    for (let at = 0; at < text.length; at += 1) units[start + at] = text.charCodeAt(at);
  }

  #read(count: number): Glyphs {
    let info = this.library.hb_buffer_get_glyph_infos(this.#buffer, 0) >> 2;
    let place = this.library.hb_buffer_get_glyph_positions(this.#buffer, 0) >> 2;
    const words = this.words();
    const ids = new Array<number>(count);
    const clusters = new Array<number>(count);
    const advances = new Array<number>(count);
    let isMoved = false;
    for (let index = 0; index < count; index += 1) {
      ids[index] = words[info] ?? 0;
      clusters[index] = words[info + 2] ?? 0;
      advances[index] = words[place] ?? 0;
      if (words[place + 2] !== 0 || words[place + 3] !== 0) isMoved = true;
      info += STRIDE;
      place += STRIDE;
    }
    if (!isMoved) return { ids, clusters, advances, offsets: null };
    const offsets = new Array<number>(2 * count);
    place -= STRIDE * count;
    for (let index = 0; index < count; index += 1) {
      offsets[2 * index] = words[place + 2] ?? 0;
      offsets[2 * index + 1] = words[place + 3] ?? 0;
      place += STRIDE;
    }
    return { ids, clusters, advances, offsets };
  }
}

function load(): HarfBuzz {
  const path = createRequire(import.meta.url).resolve("harfbuzzjs/dist/harfbuzz.wasm");
  const stop = () => {
    throw new Error("HarfBuzz gave up");
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {
    env: {
      emscripten_resize_heap: (size: number) => grow(library, size),
      _abort_js: stop,
      // its clock, which nothing here winds up
      _setitimer_js: stop,
      _emscripten_runtime_keepalive_clear: () => undefined,
    },
    wasi_snapshot_preview1: { proc_exit: stop },
  });
  const library = exports as unknown as HarfBuzz;
  library.__wasm_call_ctors();
  return library;
}

const PAGE = 1 << 16;

/** @returns 1 if there is room for this many bytes then, else 0 */
function grow({ memory }: HarfBuzz, size: number): number {
  const has = memory.buffer.byteLength;
  try {
    // by a fifth at least, so that it does not move for each font
    memory.grow(Math.ceil(Math.max(size - has, has / 5) / PAGE));
    return 1;
  } catch {
    return 0;
  }
}

let shaper: Shaper | null = null;

/** A font file opened by the library, which is loaded for the first one. */
export class Font {
  readonly unitsPerEm: number;
  /** above and below the baseline, in its units */
  readonly ascender: number;
  readonly descender: number;
  readonly #shaper: Shaper;
  readonly #font: number;

  constructor(file: Uint8Array) {
    shaper ??= new Shaper();
    const { library, scratch } = shaper;
    const data = shaper.allocate(file.length);
    new Uint8Array(library.memory.buffer).set(file, data);
    const blob = library.hb_blob_create(data, file.length, WRITABLE, 0, 0);
    const face = library.hb_face_create(blob, 0);
    const font = library.hb_font_create(face);
    this.unitsPerEm = library.hb_face_get_upem(face);
    library.hb_font_get_h_extents(font, scratch);
    const words = shaper.words();
    this.ascender = words[scratch >> 2] ?? 0;
    this.descender = words[(scratch >> 2) + 1] ?? 0;
    // the font holds its face, the face its file
    library.hb_face_destroy(face);
    library.hb_blob_destroy(blob);
    this.#shaper = shaper;
    this.#font = font;
    forgotten.register(this, () => {
      library.hb_font_destroy(font);
      library.free(data);
    });
  }

  /** The glyph that the font's own table gives a character, -1 where it has none. */
  nominal(codePoint: number): number {
    const { library, scratch } = this.#shaper;
    const isFound = library.hb_font_get_nominal_glyph(this.#font, codePoint, scratch) !== 0;
    return isFound ? (this.#shaper.words()[scratch >> 2] ?? -1) : -1;
  }

  advance(glyph: number): number {
    return this.#shaper.library.hb_font_get_glyph_h_advance(this.#font, glyph);
  }

  /** @param isApart letters stand apart, so they must not be joined */
  shape(text: string, isFromRight: boolean, isApart: boolean): Glyphs {
    return this.#shaper.shape(this.#font, text, isFromRight, isApart);
  }
}

/** Previews open fonts again and again; nobody else gives back what lies in the library's memory. */
const forgotten = new FinalizationRegistry<() => void>((release) => release());
