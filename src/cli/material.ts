import { inflateSync } from "node:zlib";
import { parseRecord } from "../credential/record.js";
import type { EventRecord } from "../model/certificate.js";
import type { Register } from "../register/register.js";
import type { BatchRow, Registered } from "../register/rows.js";
import {
  type Attachment,
  compile,
  type Demand,
  parseDemand,
  pressOf,
  type Shared,
  type Stamped,
} from "../render/press.js";
import { parseShared } from "../render/sharedFile.js";
import { parseTemplate, type Template } from "../render/template.js";
import { type BadgeMaterial, badgeAttachment, badgeMaterial, writeBadge } from "./badge.js";
import { signedLender } from "./signing/signed.js";

/** What the register froze for a batch: a template that was changed since is not asked. Plain values, for any thread. */
export interface Frozen {
  readonly name: string;
  readonly language: "id" | "en";
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** canonical JSON */
  readonly record: string;
  readonly demand: Demand;
  /** what was compiled of it when it was frozen; `null` in registers of earlier days */
  readonly compiled: Uint8Array | null;
  /** what had to be met, in words, where each file carries its Open Badge; else `null` */
  readonly criteria: string | null;
  /** certificates of who signs the files, DER in base 64, where they are signed; else `null` */
  readonly chain: readonly string[] | null;
}

/** What the files of a batch share: it takes longest to make, and is made once. Plain values as well. */
export interface Compiled {
  readonly shared: Shared;
  readonly badges: BadgeMaterial | null;
}

export interface Material extends Frozen, Compiled {}

export function frozenOf(batch: BatchRow, register: Register): Frozen {
  const { name, files, shared } = batch.template;
  return {
    name,
    language: batch.language,
    files: new Map(Object.entries(files).map(([path, hash]) => [path, register.blob(hash)])),
    record: batch.record,
    demand: parseDemand(batch.demand),
    compiled: shared === undefined ? null : register.blob(shared),
    criteria: batch.basis.criteria ?? null,
    chain: batch.basis.signing?.chain ?? null,
  };
}

export function recordOf({ record }: { readonly record: string }): EventRecord {
  return parseRecord(record, { file: "event record" });
}

export function templateOf({ files, name, language }: Frozen): Template {
  const template = templates.get(files) ?? parseTemplate(files, name, language);
  templates.set(files, template);
  return template;
}

/** A template is asked for by who compiles it and by who stamps; its files are those of one name and language. */
const templates = new WeakMap<Frozen["files"], Template>();

export async function materialOf(frozen: Frozen): Promise<Material> {
  return { ...frozen, ...(await compiled(frozen)) };
}

export async function compiled(frozen: Frozen): Promise<Compiled> {
  const { criteria } = frozen;
  const record = recordOf(frozen);
  const kept = frozen.compiled === null ? null : parseShared(inflated(frozen.compiled));
  return {
    shared: kept ?? (await compile(templateOf(frozen), record, frozen.demand, attachmentFor(criteria))),
    badges: criteria === null ? null : await badgeMaterial(record, criteria),
  };
}

function inflated(file: Uint8Array): string {
  return inflateSync(file, { maxOutputLength: MOST_BYTES }).toString("utf8");
}

/** Of what is compiled; artwork of many pages is some megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What each file of a batch has attached: its Open Badge, where there are criteria for one. */
export function attachmentFor(criteria: string | null): Attachment | null {
  return criteria === null ? null : badgeAttachment;
}

/** Lends the file of a certificate of the batch, with what the register has to be attached to it. */
export type Lend = (one: Registered) => Stamped;

export function lenderOf(material: Material): Lend {
  const { chain } = material;
  const lend = unsignedLender(material);
  return chain === null ? lend : signedLender(lend, chain);
}

/** The same without its signature: what there is to be signed. */
export function unsignedLender(material: Material): Lend {
  const press = pressOf(templateOf(material), recordOf(material), material.shared);
  return (one) => press.lend(one.certificate, attached(one, material));
}

function attached({ certificate, badge }: Registered, { badges }: Material): Uint8Array | undefined {
  if (badges === null) return undefined;
  if (badge === null) throw new TypeError("a batch with badges, and a certificate without its proof");
  return Buffer.from(writeBadge(certificate, badges, badge));
}
