import { type Box, short } from "./artwork.js";
import { formatColour } from "./colour.js";
import type { Draft, DraftText } from "./draft.js";
import { namedSize } from "./flaws.js";

/** Fonts of the built-in templates that a drafted one brings along: path in a template's folder → the template that has it. */
export const draftFonts: Readonly<Record<string, string>> = {
  "fonts/CormorantGaramond_700Bold.ttf": "classic",
  "fonts/CormorantGaramond_LICENSE.txt": "classic",
  "fonts/PlusJakartaSans_400Regular.ttf": "modern",
  "fonts/PlusJakartaSans_700Bold.ttf": "modern",
  "fonts/PlusJakartaSans_LICENSE.txt": "modern",
  "fonts/NotoSerif_400Regular.ttf": "modern",
  "fonts/NotoSerif_LICENSE.txt": "modern",
};

/**
 * The draft as a `template.yaml` that explains itself.
 *
 * @param id of the template: letters, digits and hyphens
 */
export function formatDraft(draft: Draft, id: string): string {
  const { design, texts, qr, caption } = draft;
  const { width, height } = design.size;
  const size = namedSize(design.size) ?? `[${short(width)}, ${short(height)}]`;
  const page = design.kind === "pdf" && design.page > 1 ? `, page: ${design.page}` : "";
  return `# A template over a design of your own. Change anything and look at it with: lulus preview
#
# Boxes are [left, top, width, height] in millimetres from the top left corner of the page; sizes of type are points.
# {{…}} is filled in for each certificate; **bold** works in elements with \`markup: true\`; [[…]] vanishes with what it
# names where that has no value. \`fit\` says how a long text gives way: \`lines\` it may take, \`min\` size it may shrink to.
# More elements, conditions and filters: docs/templates.md. Is everything in order? lulus template check <this folder>
schema: lulus.template/1
id: ${id}

# words that differ by the event's language; {{words.…}} prints them
words:
  id: { document: Sertifikat, number: "Nomor:", scan: Pindai untuk memeriksa keaslian, alt: "Kode QR untuk memeriksa keaslian sertifikat {{certificate.number}}" }
  en: { document: Certificate, number: "Number:", scan: Scan to check that it is genuine, alt: "QR code to check certificate {{certificate.number}}" }

# everything that is printed must be declared; \`certificate.fields.…\` stands in your event file
fields:
${fieldLines(texts)}

# files in this folder; a letter that a font lacks is taken from its fallback
fonts:
  name: { file: fonts/CormorantGaramond_700Bold.ttf, fallback: [serif] }
  sans: { file: fonts/PlusJakartaSans_400Regular.ttf, bold: fonts/PlusJakartaSans_700Bold.ttf, fallback: [serif] }
  serif: { file: fonts/NotoSerif_400Regular.ttf }

metadata:
  title: "{{words.document}} {{certificate.number}} – {{recipient.name}}"
  author: "{{issuer.name}}"
  subject: "{{event.title}}"

pages:
  - size: ${size}
    background: { file: ${JSON.stringify(design.file)}${page} }
    elements:
${texts.map(textLines).join("\n")}
      # the code that proves the certificate, 32 mm wide: smaller ones are hard to read. Dark on light, nothing across it.
      - { id: qr, type: qr, box: ${formatBox(qr)}, value: "{{certificate.url}}", dark: "#1F2430", alt: "{{words.alt}}" }
      - id: caption
        type: text
        box: ${formatBox(caption)}
        font: sans
        size: 7.5
        lineHeight: 1.35
        align: ${caption.align}
        valign: ${caption.align === "center" ? "top" : "bottom"}
        color: "${formatColour(caption.color)}"
        markup: true
        value: ${JSON.stringify(captionText(texts))}
        fit: { min: 5, lines: 5 }
`;
}

/** What has no place of its own in the design stands beside the code. */
function captionText(texts: readonly DraftText[]): string {
  const has = (id: string) => texts.some((text) => text.id === id);
  return [
    "{{words.scan}}",
    "{{verify.host}}",
    ...(has("code") ? [] : ["**{{certificate.code}}**"]),
    ...(has("number") ? [] : ["{{words.number}} {{certificate.number}}"]),
  ].join("\n");
}

function fieldLines(texts: readonly DraftText[]): string {
  const always = ["recipient.name", "certificate.number", "certificate.code", "certificate.url"];
  const names = texts.map(({ value }) => value.split("|")[0]?.trim() ?? "");
  const shared = ["event.title", "issuer.name", "verify.host"];
  const optional = [...new Set([...names, ...shared])].filter((name) => !always.includes(name));
  return [
    ...always.map((name) => `  ${name}: { required: true }`),
    ...optional.map((name) => (name === "recipient.nip" ? `  ${name}: { sensitive: true }` : `  ${name}:`)),
  ].join("\n");
}

function textLines(text: DraftText): string {
  const isName = text.id === "name";
  const fit = isName
    ? `{ min: ${short(text.minPt)}, minSingleLine: ${short(Math.max(text.minPt, text.sizePt * 0.72))}, lines: ${text.lines}, breakAt: degrees }`
    : `{ min: ${short(text.minPt)}, lines: ${text.lines} }`;
  return `      # ${text.origin.replace(/[\r\n]+/g, " ")}
      - id: ${text.id}
        type: text${isName ? "\n        tag: H1" : ""}
        box: ${formatBox(text.box)}
        font: ${isName ? "name" : "sans"}
        size: ${short(text.sizePt)}
        color: "${formatColour(text.color)}"
        align: ${text.align}${isName ? "\n        valign: bottom" : ""}
        value: "{{${text.value}}}"
        fit: ${fit}`;
}

function formatBox({ x, y, width, height }: Box): string {
  return `[${[x, y, width, height].map(short).join(", ")}]`;
}
