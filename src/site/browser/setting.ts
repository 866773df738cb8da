import type { Site } from "../../verify/site.js";
import type { Language } from "./words.js";

/** What `lulus publish` writes into the page. */
export interface Setting {
  readonly issuer: string;
  readonly language: Language;
  /** the verification address, for people who hold the single file */
  readonly url: string;
  /** the site's files where the page is one file, else `null` */
  readonly files: Readonly<Record<string, string>> | null;
}

export function readSetting(): Setting {
  return JSON.parse(document.getElementById("setting")?.textContent ?? "") as Setting;
}

/** The folder that the page lies in, also where a host leaves out the slash behind it. */
function base(): URL {
  const here = new URL(location.href);
  here.hash = "";
  here.search = "";
  if (!/(?:\/|\.html?)$/.test(here.pathname)) here.pathname += "/";
  return here;
}

export function siteOf({ files, url }: Setting): Site {
  if (files !== null) return { name: url, read: async (path) => files[path] ?? null };
  return {
    name: location.host,
    async read(path) {
      const answer = await fetch(new URL(path, base()), { cache: "no-cache" });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return await answer.text();
    },
  };
}

/** The address of a file beside the page. */
export function beside(path: string): string {
  return new URL(path, base()).href;
}
