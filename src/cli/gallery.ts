import { createKey, type IssuerKey, openKey } from "../credential/key.js";
import { hashRecord } from "../credential/record.js";
import { type Issued, plan } from "../issue/plan.js";
import { recordOf } from "../issue/record.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import type { Decision } from "../model/decision.js";
import { Fault, Faults, formatPlace } from "../model/fault.js";
import type { Person } from "../model/person.js";
import { Drawing } from "../preview/drawing.js";
import type { AwardSight, Gallery, PageSight, Proof, Sight, Trouble } from "../preview/sight.js";
import { type Specimen, specimensOf } from "../preview/specimen.js";
import { glyphDemand, setPress } from "../render/press.js";
import type { Template } from "../render/template.js";
import { dryRun } from "./dryRun.js";
import { type EventFolder, openEventFolder } from "./eventFolder.js";
import { openTemplates, type Templates } from "./templates.js";

/** Nothing was issued before a preview. */
const nothing: Issued = {
  holderOf: () => null,
  highest: () => 0,
  isNumberTaken: () => false,
  isIndexTaken: () => false,
  isFileTaken: () => false,
  count: 0,
};

/** The certificates of an event as they would be issued, but signed with a key that was made for this and is thrown away. */
export class EventGallery implements Gallery {
  readonly #argument: string | undefined;
  readonly #drawing: Drawing;
  readonly #key: IssuerKey;
  #version = 0;
  #opened: Promise<Opened> | null = null;
  #people: { readonly sha256: string; readonly found: Promise<readonly Decision[]> } | null = null;

  private constructor(argument: string | undefined, drawing: Drawing) {
    this.#argument = argument;
    this.#drawing = drawing;
    this.#key = openKey(createKey(null), null, { file: "preview" });
  }

  static async open(argument: string | undefined): Promise<EventGallery> {
    return new EventGallery(argument, await Drawing.open());
  }

  /** Everything is read again when it is next asked for. */
  refresh(): number {
    this.#opened = null;
    this.#version += 1;
    return this.#version;
  }

  async sight(): Promise<Sight> {
    const version = this.#version;
    try {
      const { folder, awards, troubles } = await this.#open();
      const { title, language } = folder.event.config.event;
      return { title, language, version, awards: awards.map(({ sight }) => sight), troubles };
    } catch (error) {
      return { title: "lulus preview", language: "en", version, awards: [], troubles: troublesOf(error) };
    }
  }

  async proof(award: string, specimen: string): Promise<Proof | null> {
    try {
      const { folder, awards } = await this.#open();
      const chosen = awards.find(({ sight }) => sight.id === award);
      const which = chosen?.specimens.find(({ id }) => id === specimen);
      if (chosen === undefined || which === undefined) return null;
      if (chosen.template === null) return { troubles: [] };
      const { record, certificate } = await this.#certificate(folder, chosen.template, award, which);
      const demand = glyphDemand(chosen.template, record, [certificate]);
      const pdf = (await setPress(chosen.template, record, demand)).stamp(certificate);
      return { pdf, pages: await this.#drawing.pages(pdf) };
    } catch (error) {
      return { troubles: troublesOf(error) };
    }
  }

  picture(pdf: Uint8Array, page: number, dpi: number): Promise<Buffer | null> {
    return this.#drawing.draw(pdf, page, dpi);
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#read();
    return this.#opened;
  }

  async #read(): Promise<Opened> {
    const folder = openEventFolder(this.#argument);
    const templates = openTemplates(folder);
    const troubles: Trouble[] = [];
    const decisions = await this.#decisions(folder, templates).catch((error: unknown) => {
      troubles.push(...troublesOf(error));
      return [];
    });
    const awards = folder.event.config.awards.map((award) => {
      const template = attempt(() => templates.of(award.id).template, troubles);
      const specimens = specimensOf(recipientsOf(decisions, award.id), folder.event.config.event.language);
      return {
        template,
        specimens,
        sight: sightOf(award.id, award.label ?? award.id, award.template, template, specimens),
      };
    });
    return { folder, awards, troubles: distinct(troubles) };
  }

  /** Reading the inputs takes seconds in a large event, and a template's change does not touch them. */
  async #decisions(folder: EventFolder, templates: Templates): Promise<readonly Decision[]> {
    if (this.#people?.sha256 !== folder.sha256) {
      const found = dryRun(folder, templates).then(({ decisions }) => decisions);
      this.#people = { sha256: folder.sha256, found };
      found.catch(() => (this.#people = null));
    }
    return await this.#people.found;
  }

  async #certificate(
    folder: EventFolder,
    template: Template,
    award: string,
    { person, isBare }: Specimen,
  ): Promise<{ record: EventRecord; certificate: Certificate }> {
    const record = isBare ? bareOf(recordOf(folder.event)) : recordOf(folder.event);
    const batch = {
      event: folder.event,
      record,
      recordHash: await hashRecord(record),
      printed: () => template,
    };
    const decision: Decision = {
      person,
      figures: { sessions: {}, quizzes: {}, presence: {} },
      reasons: [],
      outcome: "eligible",
      awards: [award],
    };
    const [planned] = plan(batch, [decision], nothing, this.#key);
    if (planned === undefined) throw new TypeError("a plan for one person without a certificate");
    return { record, certificate: planned.certificate };
  }
}

interface Opened {
  readonly folder: EventFolder;
  readonly awards: readonly {
    readonly sight: AwardSight;
    readonly specimens: readonly Specimen[];
    readonly template: Template | null;
  }[];
  readonly troubles: readonly Trouble[];
}

/** Those who get the award, and those whom nothing but the print holds back: they are whom a preview is for. */
function recipientsOf(decisions: readonly Decision[], award: string): Person[] {
  return decisions
    .filter((decision) =>
      decision.outcome === "eligible"
        ? decision.awards.includes(award)
        : decision.reasons.length > 0 && decision.reasons.every(({ code }) => code === "name-unprintable"),
    )
    .map(({ person }) => person);
}

function bareOf({ series: _, ...record }: EventRecord): EventRecord {
  return { ...record, fields: {} };
}

const millimetres = (points: number): number => (points * 25.4) / 72;

function sightOf(
  id: string,
  label: string,
  name: string,
  template: Template | null,
  specimens: readonly Specimen[],
): AwardSight {
  return {
    id,
    label,
    template: name,
    specimens: specimens.map((specimen) => ({
      id: specimen.id,
      label: specimen.label,
      name: specimen.person.name,
    })),
    pages: (template?.pages ?? []).map(pageSight),
  };
}

function pageSight({ width, height, elements }: Template["pages"][number]): PageSight {
  return {
    width: millimetres(width),
    height: millimetres(height),
    boxes: elements.flatMap(({ id, box }) =>
      box === null
        ? []
        : [
            {
              id,
              x: millimetres(box.x),
              y: millimetres(box.y),
              width: millimetres(box.width),
              height: millimetres(box.height),
            },
          ],
    ),
  };
}

function attempt<T>(make: () => T, troubles: Trouble[]): T | null {
  try {
    return make();
  } catch (error) {
    troubles.push(...troublesOf(error));
    return null;
  }
}

/** A fault of the template is met by the dry run and again by the award. */
function distinct(troubles: readonly Trouble[]): Trouble[] {
  return [...new Map(troubles.map((trouble) => [JSON.stringify(trouble), trouble])).values()];
}

function troublesOf(error: unknown): Trouble[] {
  if (error instanceof Faults) return error.faults.flatMap(troublesOf);
  if (!(error instanceof Fault)) throw error;
  const { code, message, place, hints } = error;
  return [{ code, message, place: place === undefined ? null : formatPlace(place), hints }];
}
