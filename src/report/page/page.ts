import { createHash } from "node:crypto";
import type { Check } from "../check.js";
import { formatNumber } from "../sentence.js";
import { pageData } from "./data.js";
import { script } from "./script/script.js";
import { style } from "./style.js";
import { template } from "./template.js";
import { viewOf } from "./view.js";

/**
 * The report as one page that needs nothing else: no request, no file beside it. Its policy lets run the one script
 * that is in it, known by its hash, and nothing else, whatever somebody may have typed as a name.
 */
export async function pageReport(check: Check): Promise<string> {
  const { Eta } = await import("eta/core");
  const data = pageData(check);
  const view = await viewOf(check);
  return new Eta().renderString(template, {
    ...view,
    data,
    json: inScript(JSON.stringify(data)),
    style,
    script,
    policy: policy(),
    decimal: (value: number) => formatNumber(value, check.language),
  });
}

function policy(): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Inside a script element only `<` can end it. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
