import { deflateSync } from "node:zlib";
import { canonicalRecord } from "../credential/record.js";
import { criteriaOf } from "../issue/criteria.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import type { Ruling } from "../model/ruling.js";
import type { NewBatch } from "../register/rows.js";
import { compile, glyphDemand } from "../render/press.js";
import { formatShared } from "../render/sharedFile.js";
import type { EventFolder } from "./eventFolder.js";
import { attachmentFor } from "./material.js";
import type { Signer } from "./signing/signer.js";
import type { Templates } from "./templates.js";
import { rulingsHash } from "./unfinished.js";
import { version } from "./version.js";

/** What the certificates of one award and run share, with everything that their bytes depend on. */
export async function freeze(
  folder: EventFolder,
  templates: Templates,
  record: EventRecord,
  award: string,
  certificates: readonly Certificate[],
  decidedFrom: {
    readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
    readonly rulings: readonly Ruling[];
  },
  signer: Signer | null,
): Promise<NewBatch> {
  const { name, files, template } = templates.of(award);
  const { config } = folder.event;
  const demand = glyphDemand(template, record, certificates);
  const rule = config.awards.find((each) => each.id === award)?.when;
  const criteria = config.credential === "openbadges" ? criteriaOf(rule ?? {}, record.language) : null;
  const shared = await compile(template, record, demand, attachmentFor(criteria));
  return {
    event: config.event.id,
    award,
    language: config.event.language,
    template: {
      name,
      files: new Map(template.files.flatMap((path) => entry(files, path))),
      shared: deflateSync(formatShared(shared)),
    },
    record: canonicalRecord(record),
    demand,
    basis: {
      lulus: version,
      event_file: folder.sha256,
      inputs: decidedFrom.inputs.map(({ path, sha256 }) => ({ path, sha256 })),
      rulings: rulingsHash(decidedFrom.rulings),
      rule,
      ...(criteria === null ? {} : { criteria }),
      ...(signer === null
        ? {}
        : { signing: { chain: signer.chain.map((der) => Buffer.from(der).toString("base64")) } }),
    },
  };
}

function entry(files: ReadonlyMap<string, Uint8Array>, path: string): [string, Uint8Array][] {
  const bytes = files.get(path);
  return bytes === undefined ? [] : [[path, bytes]];
}
