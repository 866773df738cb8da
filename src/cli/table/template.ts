import { type CommandRow, json } from "./row.js";

export const templateRows: readonly CommandRow[] = [
  {
    usage: "template new <dir>",
    says: "make a template: over a design of yours, or as a copy of a built-in one to change",
    options: [
      [
        "--from <file>",
        "the design: a page as PDF, PNG, JPEG or SVG, or a PDF form whose fields become boxes",
      ],
      ["--page <n>", "the page of a PDF (1)"],
      [
        "--like <name>",
        "the built-in template to copy: classic, modern or piagam",
        { words: ["classic", "modern", "piagam"] },
      ],
      json,
    ],
    examples: [
      "lulus template new certificate --from design.pdf",
      "lulus template new certificate --from form.pdf",
      "lulus template new certificate --like classic",
    ],
    run: async ([dir], options) => (await import("../templateNew.js")).newTemplate(dir, options),
  },
  {
    usage: "template check <dir>",
    says: "all that would stop an issue with this template, and all that would look bad",
    options: [json],
    examples: ["lulus template check certificate", "lulus template check classic --json"],
    run: async ([dir], options) => (await import("../templateCheck.js")).checkTemplateFolder(dir, options),
  },
];
