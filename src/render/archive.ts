import { PDFDocument } from "pdf-lib";
import { Fault, type Warning } from "../model/fault.js";
import { audit } from "./audit.js";
import { embedBackground, embedPictures } from "./background.js";
import { obstacles } from "./conformance.js";
import type { Template } from "./template.js";

/**
 * Whether the artwork lets the files be what archives want.
 *
 * @returns what keeps them from it where the template does not insist
 * @throws Fault if it does insist, under `pdf`, and the artwork does not allow it
 */
export async function checkArchival(template: Template): Promise<Warning[]> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const refs = [...(await embedPictures(template, document)).values()].map(({ ref }) => ref);
  for (const page of template.pages) {
    const background = await embedBackground(template, page, document);
    if (background !== null) refs.push(background.ref);
  }
  const found = obstacles(template.archival, audit(document.context, refs));
  if (found.length === 0) return [];
  const artwork = `the artwork has ${found.join("; ")}`;
  if (template.archival === null) {
    const message = `the certificates will not be called PDF/A, for archives: ${artwork}`;
    const { file, line } = template.locate(["pages"]);
    return [{ code: "archival-unclaimed", message, file, line }];
  }
  throw new Fault("archival-unfit", `the certificates cannot be ${template.archival}: ${artwork}`, {
    place: template.locate(["pdf", "archival"]),
    hints: [
      "export the artwork in RGB, with text as outlines and without layers",
      "or write `archival: none` under `pdf`",
    ],
  });
}
