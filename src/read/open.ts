import { createHash } from "node:crypto";
import { Fault } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import { type Grids, sheetGrids, textGrids } from "./grid.js";
import type { InputFile } from "./input.js";
import { openText } from "./text.js";
import { isOffice, openWorkbook } from "./workbook/workbook.js";
import { type Entry, listZip } from "./workbook/zip.js";

/** An archive is read whole before it is unpacked. */
const maxArchive = 256 * 1024 * 1024;

/** What computers add to an archive without being asked. */
const litter = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Opens a file as what its bytes say it is: text, a workbook, or an archive that holds one of them.
 *
 * @param sheet the only sheet of a workbook to look at; `null`: the one that is recognised
 * @throws Fault for a file that is none of them, and for a sheet that is not there
 */
export async function openInput(file: InputFile, sheet: string | null): Promise<Grids> {
  const opened = (await isArchive(file)) ? await openArchive(file) : await textGrids(await openText(file));
  return sheet === null ? opened : only(opened, sheet);
}

async function isArchive(file: InputFile): Promise<boolean> {
  let head = Buffer.alloc(0);
  for await (const chunk of file.open()) {
    head = Buffer.concat([head, chunk.subarray(0, 4)]);
    if (head.length >= 4) break;
  }
  return head.subarray(0, 4).toString("latin1") === "PK\u0003\u0004";
}

async function openArchive(file: InputFile): Promise<Grids> {
  const bytes = await bytesOf(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const entries = listZip(bytes, file.path);
  if (isOffice(entries)) return sheetGrids(await openWorkbook(entries, file.path), sha256);
  const inner = soleEntry(entries, file.path);
  const unpacked = { path: file.path, open: () => inner.open() };
  if (!(await isArchive(unpacked))) return textGrids({ ...(await openText(unpacked)), sha256 });
  const parts = listZip(await bytesOf(unpacked), file.path);
  if (!isOffice(parts)) throw notOne(file.path, "another archive inside it");
  return sheetGrids(await openWorkbook(parts, file.path), sha256);
}

async function bytesOf(file: InputFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.open()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxArchive) {
      throw new Fault(
        "zip-too-large",
        `the file is larger than ${maxArchive / 1024 / 1024} megabytes, the most that an archive or workbook may have`,
        {
          place: { file: file.path },
          hints: ["save the sheet as CSV UTF-8: a CSV may be as long as it likes"],
        },
      );
    }
  }
  return Buffer.concat(chunks);
}

function soleEntry(entries: readonly Entry[], path: string): Entry {
  const isOpenDocument = entries.some(({ name }) => name === "mimetype");
  if (isOpenDocument) throw notOne(path, "a document of LibreOffice");
  const files = entries.filter(({ name }) => !litter.test(name));
  const [only] = files;
  if (only !== undefined && files.length === 1) return only;
  const names = files.slice(0, 5).map(({ name }) => `\`${name.slice(0, 80)}\``);
  throw notOne(path, files.length === 0 ? "nothing inside it" : `${files.length} files: ${names.join(", ")}`);
}

function notOne(path: string, found: string): Fault {
  return new Fault("zip-contents", `found an archive with ${found}; expected one CSV or XLSX export in it`, {
    place: { file: path },
    hints: ["unpack it, or save it as CSV or XLSX, and name the export itself in the event file"],
  });
}

function only({ path, grids, start }: Grids, sheet: string): Grids {
  const fold = (name: string) => name.normalize("NFKC").trim().toLowerCase();
  const found = grids.filter((grid) => grid.sheet !== null && fold(grid.sheet) === fold(sheet));
  if (found.length > 0) return { path, grids: found, start };
  const names = grids.flatMap((grid) => grid.sheet ?? []);
  const near = nearest(sheet, names);
  const hint =
    names.length === 0
      ? "the file is no workbook: leave the key `sheet` out"
      : near !== undefined
        ? `did you mean \`sheet: ${near}\`?`
        : `the sheets are ${names.map((name) => `\`${name}\``).join(", ")}`;
  throw new Fault("sheet-missing", `there is no sheet \`${sheet}\``, {
    place: { file: path },
    hints: [hint],
  });
}
