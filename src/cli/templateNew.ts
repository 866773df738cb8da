import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Finding } from "../artwork/artwork.js";
import { type Draft, draftTemplate } from "../artwork/draft.js";
import { draftFonts, formatDraft } from "../artwork/write.js";
import { Fault } from "../model/fault.js";
import { openDesign } from "./design.js";
import { isFolder, shownPath } from "./eventFolder.js";
import { answer, note, paintErr, printable } from "./talk.js";
import { builtInFolder, builtInNames, readTemplate } from "./templates.js";

export interface NewTemplateOptions {
  readonly from?: string;
  readonly page?: string;
  readonly like?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus template new`: 1 if the design still holds text that would show through on every certificate, else 0. */
export async function newTemplate(dir: string, options: NewTemplateOptions): Promise<number> {
  const target = resolve(dir);
  proveFree(target);
  if (options.from === undefined) return await copyBuiltIn(target, options);
  if (options.like !== undefined) {
    throw new Fault("usage", "a template is made either --from a design or --like a built-in one", {
      hints: ["give one of the two"],
    });
  }
  const draft = await draftTemplate(await openDesign(resolve(options.from), pageNumber(options.page)));
  const files = filesOf(draft, idOf(target));
  write(target, files);
  await tell(target, draft, options);
  return draft.findings.some(({ code }) => code === "sample-text" || code === "no-room-for-code") ? 1 : 0;
}

/** Nothing of somebody's work is overwritten. */
function proveFree(target: string): void {
  const isFree = !existsSync(target) || (isFolder(target) && readdirSync(target).length === 0);
  if (isFree) return;
  throw new Fault("folder-taken", `"${shownPath(target)}" is there already and not empty`, {
    hints: ["name another folder, or move this one away"],
  });
}

function pageNumber(page = "1"): number {
  if (/^[1-9]\d{0,4}$/.test(page)) return Number(page);
  throw new Fault("usage", `--page is "${page}"; expected a whole number from 1`);
}

/** An id as templates may have it, from the folder's name. */
function idOf(target: string): string {
  const id = basename(target)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return id === "" ? "own" : id;
}

function filesOf(draft: Draft, id: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  files.set("template.yaml", new TextEncoder().encode(formatDraft(draft, id)));
  files.set(draft.design.file, draft.design.bytes);
  for (const [path, template] of Object.entries(draftFonts)) {
    const folder = builtInFolder(template);
    if (folder === null) throw new TypeError(`lulus without its template "${template}"`);
    files.set(path, readFileSync(join(folder, path)));
  }
  return files;
}

async function copyBuiltIn(target: string, options: NewTemplateOptions): Promise<number> {
  const name = options.like ?? "classic";
  const source = builtInFolder(name);
  if (source === null) {
    throw new Fault("template-missing", `there is no built-in template "${name}"`, {
      hints: [`built in: ${builtInNames().join(", ")}`],
    });
  }
  // the script that drew the background needs the others; the drawing itself is all that a copy wants
  const files = [...readTemplate(source)].filter(([path]) => !path.endsWith(".mjs"));
  const id = idOf(target);
  write(
    target,
    new Map(files.map(([path, bytes]) => [path, path === "template.yaml" ? withId(bytes, id) : bytes])),
  );
  const made = { schema: "lulus.template-new/1", template: shownPath(target), like: name, findings: [] };
  await answer(options.json ? `${JSON.stringify(made)}\n` : `${shownPath(target)}/template.yaml\n`);
  note(nextSteps(target), { quiet: options.quiet ?? false });
  return 0;
}

function withId(bytes: Uint8Array, id: string): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replace(/^id: .*$/m, `id: ${id}`));
}

function write(target: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), bytes, { flag: "wx" });
  }
}

async function tell(target: string, draft: Draft, options: NewTemplateOptions): Promise<void> {
  const { design, texts, findings } = draft;
  if (options.json) {
    const made = {
      schema: "lulus.template-new/1",
      template: shownPath(target),
      page: { width: design.size.width, height: design.size.height },
      boxes: texts.map(({ id, value, box, origin }) => ({ id, value: `{{${value}}}`, box, origin })),
      findings,
    };
    await answer(`${JSON.stringify(made)}\n`);
    return;
  }
  await answer(`${shownPath(target)}/template.yaml\n`);
  const talk = { quiet: options.quiet ?? false };
  for (const text of texts) note(printable(`{{${text.value}}}: ${text.origin}`), talk);
  for (const finding of findings) remark(finding, talk);
  note(nextSteps(target), talk);
}

function remark({ code, message, hints }: Finding, talk: { readonly quiet: boolean }): void {
  note(`${paintErr("yellow", "warning")}: ${printable(message)} ${paintErr("dim", `[${code}]`)}`, talk);
  for (const hint of hints) note(`${paintErr("cyan", "hint")}: ${printable(hint)}`, talk);
}

function nextSteps(target: string): string {
  const shown = shownPath(target);
  return `${paintErr("cyan", "hint")}: write \`template: ${shown}\` under an award of event.yaml (relative to it), then: lulus preview`;
}
