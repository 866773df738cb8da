import { parseRecord } from "../credential/record.js";
import type { EventRecord } from "../model/certificate.js";
import type { Register } from "../register/register.js";
import type { BatchRow } from "../register/rows.js";
import { type Demand, type Press, parseDemand, pressOf, type Shared } from "../render/press.js";
import { parseTemplate, type Template } from "../render/template.js";

/** What the register froze for a batch: a template that was changed since is not asked. Plain values, for any thread. */
export interface Frozen {
  readonly name: string;
  readonly language: "id" | "en";
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** canonical JSON */
  readonly record: string;
  readonly demand: Demand;
}

/** With what its files share, which takes longest to make and is made once. */
export interface Material extends Frozen {
  readonly shared: Shared;
}

export function frozenOf(batch: BatchRow, register: Register): Frozen {
  const { name, files } = batch.template;
  return {
    name,
    language: batch.language,
    files: new Map(Object.entries(files).map(([path, hash]) => [path, register.blob(hash)])),
    record: batch.record,
    demand: parseDemand(batch.demand),
  };
}

export function recordOf({ record }: { readonly record: string }): EventRecord {
  return parseRecord(record, { file: "event record" });
}

export function templateOf({ files, name, language }: Frozen): Template {
  return parseTemplate(files, name, language);
}

export async function materialOf(frozen: Frozen): Promise<Material> {
  const { buildShared } = await import("../render/shared.js");
  return { ...frozen, shared: await buildShared(templateOf(frozen), recordOf(frozen), frozen.demand, null) };
}

export function pressOfMaterial(material: Material): Press {
  return pressOf(templateOf(material), recordOf(material), material.shared);
}
