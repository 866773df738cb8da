import { mkdirSync, watch, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { servePreview } from "../preview/server.js";
import type { Trouble } from "../preview/sight.js";
import { openEventFolder, shownPath } from "./eventFolder.js";
import { EventGallery } from "./gallery.js";
import { answer, note } from "./talk.js";
import { templateFolderOf } from "./templates.js";

export interface PreviewOptions {
  readonly port?: string;
  readonly png?: string;
  readonly award?: string;
  readonly case?: string;
  readonly dpi?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus preview`: certificates as they would be issued, in the browser while a template is worked on, or as pictures. */
export async function preview(argument: string | undefined, options: PreviewOptions): Promise<number> {
  const gallery = await EventGallery.open(argument);
  if (options.png !== undefined) return await writePictures(gallery, options.png, options);
  openEventFolder(argument);
  return await serve(gallery, argument, options);
}

async function serve(
  gallery: EventGallery,
  argument: string | undefined,
  options: PreviewOptions,
): Promise<number> {
  const port = options.port === undefined ? 0 : wholeNumber(options.port, "--port", 0, 65_535);
  const server = await servePreview(gallery, port).catch((cause: NodeJS.ErrnoException) => {
    throw new Fault("port-taken", `nothing can listen on port ${port} (${cause.code})`, {
      cause,
      hints: ["choose another with --port, or leave it out"],
    });
  });
  watchFolders(argument, () => server.announce(gallery.refresh()));
  await answer(
    options.json ? `${JSON.stringify({ schema: "lulus.preview/1", url: server.url })}\n` : `${server.url}\n`,
  );
  note("open it in a browser; it follows what you save; Ctrl-C ends it", { quiet: options.quiet ?? false });
  return await new Promise(() => {});
}

/** Folders and not files, since many editors save by putting a new file in the old one's place. */
function watchFolders(argument: string | undefined, changed: () => void): void {
  const { dir, event } = openEventFolder(argument);
  const templates = event.config.awards.flatMap(({ template }) => templateFolderOf(dir, template) ?? []);
  let pending: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(pending);
    pending = setTimeout(changed, 80);
  };
  watch(dir, soon);
  for (const folder of new Set(templates)) watch(folder, { recursive: true }, soon);
}

/** One picture where a file is named, else every award, case and page as files of a folder. */
async function writePictures(
  gallery: EventGallery,
  target: string,
  options: PreviewOptions,
): Promise<number> {
  const dpi = options.dpi === undefined ? 150 : wholeNumber(options.dpi, "--dpi", 36, 600);
  const isOne = extname(target).toLowerCase() === ".png";
  const { awards, troubles } = await gallery.sight();
  if (awards.length === 0) throw troubleFault(troubles);
  const chosen = awards.filter(({ id }) => options.award === undefined || id === options.award);
  if (chosen.length === 0) throw unknownChoice("award", options.award, awards);
  const files: string[] = [];
  const failed: { readonly which: string; readonly trouble: Trouble }[] = [];
  for (const award of isOne ? chosen.slice(0, 1) : chosen) {
    const wanted = options.case ?? (isOne ? award.specimens[0]?.id : undefined);
    const specimens = award.specimens.filter(({ id }) => wanted === undefined || id === wanted);
    if (specimens.length === 0) throw unknownChoice("case", options.case, award.specimens);
    for (const specimen of specimens) {
      const proof = await gallery.proof(award.id, specimen.id);
      if (proof === null || "troubles" in proof) {
        for (const trouble of proof?.troubles ?? troubles)
          failed.push({ which: `${award.id}, ${specimen.label}`, trouble });
        continue;
      }
      for (let page = 0; page < (isOne ? 1 : proof.pages); page += 1) {
        const picture = await gallery.picture(proof.pdf, page, dpi);
        const suffix = page === 0 ? "" : `-${page + 1}`;
        const file = isOne
          ? resolve(target)
          : join(resolve(target), `${award.id}-${specimen.id}${suffix}.png`);
        if (picture !== null) files.push(save(file, picture));
      }
    }
  }
  await tell(files, failed, options);
  return failed.length === 0 ? 0 : 2;
}

function save(file: string, bytes: Uint8Array): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("picture-unwritable", `the picture cannot be written (${why})`, {
      place: { file: shownPath(file) },
      cause,
    });
  }
  return shownPath(file);
}

async function tell(
  files: readonly string[],
  failed: readonly { readonly which: string; readonly trouble: Trouble }[],
  options: PreviewOptions,
): Promise<void> {
  for (const { which, trouble } of failed) {
    const place = trouble.place === null ? "" : `${trouble.place}: `;
    note(`error: ${place}${trouble.message} (${which}) [${trouble.code}]`);
    for (const hint of trouble.hints) note(`hint: ${hint}`);
  }
  if (options.json) await answer(`${JSON.stringify({ schema: "lulus.preview/1", files })}\n`);
  else await answer(files.map((file) => `${file}\n`));
}

function wholeNumber(text: string, flag: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Fault("usage", `found \`${flag} ${text}\`, expected a whole number from ${least} to ${most}`);
}

function unknownChoice(
  what: string,
  found: string | undefined,
  known: readonly { readonly id: string }[],
): Fault {
  return new Fault("usage", `there is no ${what} "${found ?? ""}"`, {
    hints: [`known: ${known.map(({ id }) => id).join(", ")}`],
  });
}

function troubleFault([first]: readonly Trouble[]): Fault {
  if (first === undefined) return new Fault("preview-empty", "there is nothing to preview");
  const hints = first.place === null ? first.hints : [`see ${first.place}`, ...first.hints];
  return new Fault(first.code, first.message, { hints });
}
