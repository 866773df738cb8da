import { findUpdate } from "../../credential/signature/update.js";
import { readAppended } from "../../verify/appended.js";
import { verifyText } from "../../verify/credential.js";
import { keysOnSite, recordsOnSite, statusOnSite } from "../../verify/site.js";
import type { Verdict } from "../../verify/verdict.js";
import { watchCamera } from "./camera.js";
import { type GivenPdf, textOf } from "./intake.js";
import { beside, readSetting, siteOf } from "./setting.js";
import { element, verdictView } from "./view.js";
import { type Language, words } from "./words.js";

/* The page that checks certificates. The text behind `#` is read here and never sent anywhere. */

const setting = readSetting();
const site = siteOf(setting);
const main = document.querySelector("main") ?? document.body;
let language = preferred();
let camera: { stop(): void } | null = null;
/** what was checked last, to be said again in the other language */
let last: Checked | null = null;

interface Checked {
  readonly verdict: Verdict;
  /** of a PDF of ours: whether it is as it was issued; `null` where it is none, or that cannot be told */
  readonly isWhole: boolean | null;
}

window.addEventListener("hashchange", () => void start());
for (const name of ["dragover", "drop"] as const) {
  window.addEventListener(name, (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (name === "drop" && file !== undefined) void checkFile(file);
  });
}
document.getElementById("language")?.addEventListener("click", () => {
  language = language === "id" ? "en" : "id";
  draw();
});
if (setting.files === null && "serviceWorker" in navigator && location.protocol === "https:")
  void navigator.serviceWorker.register(beside("sw.js")).catch(() => {});
void start();

function preferred(): Language {
  const own = navigator.language.slice(0, 2).toLowerCase();
  return own === "id" || own === "en" ? own : setting.language;
}

/**
 * The fragment is taken out of the address at once: it would stay in the history and be sent along by whoever copies it.
 * Who came here by the code has followed its address, whatever a host has made of that: a slash more, another name.
 */
async function start(): Promise<void> {
  const token = location.hash.slice(1);
  if (token === "") return draw();
  history.replaceState(null, "", location.pathname + location.search);
  await check(`${setting.url}#${decoded(token)}`, null);
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

async function check(text: string, pdf: GivenPdf | null): Promise<void> {
  busy();
  const now = new Date();
  const keys = await keysOnSite(site).catch(() => null);
  const trust = {
    keys: keys ?? [],
    records: [],
    findRecord: recordsOnSite(site),
    status: keys === null ? null : statusOnSite(site, keys, now),
    now,
  };
  last = await withFile(await verifyText(text, trust), pdf);
  draw();
}

/**
 * The file must be as it was issued. Without the facts of the event nobody can say whether a signature belongs to it; but
 * it has the form of one, in which nothing can be shown.
 */
async function withFile(verdict: Verdict, pdf: GivenPdf | null): Promise<Checked> {
  if (pdf === null || !verdict.proven) return { verdict, isWhole: null };
  const isOpen = verdict.record === null && pdf.isSealed && findUpdate(pdf.bytes, pdf.end) !== null;
  if (isOpen) return { verdict, isWhole: null };
  const { differences, signature } = await readAppended(pdf.bytes, pdf.end, verdict.record?.signature);
  const isWhole = pdf.isSealed && differences.length === 0;
  if (isWhole) return { verdict: { ...verdict, signature }, isWhole };
  return {
    verdict: { ...verdict, code: "altered", differences: [...verdict.differences, ...differences] },
    isWhole,
  };
}

async function checkFile(file: Blob): Promise<void> {
  busy();
  const given = await textOf(file, scan).catch(() => null);
  if (given === null) return draw(words[language].noCode);
  await check(given.text, given.pdf);
}

async function scan(picture: Blob | ImageData): Promise<string | null> {
  if (globalThis.lulusScan === undefined) await load(beside("scan.js"));
  const embedded = document.getElementById("decoder")?.textContent;
  const wasm =
    embedded === null || embedded === undefined
      ? beside("zxing_reader.wasm")
      : Uint8Array.from(atob(embedded), (letter) => letter.charCodeAt(0)).buffer;
  return (await globalThis.lulusScan?.(picture, wasm)) ?? null;
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = element("script", { src: address });
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error("the decoder cannot be loaded")));
    document.head.append(script);
  });
}

function busy(): void {
  main.replaceChildren(element("p", { class: "busy", role: "status" }, words[language].reading));
}

function draw(message = ""): void {
  const say = words[language];
  document.documentElement.lang = language;
  document.title = `${say.title} · ${setting.issuer}`;
  const [heading, toggle] = [document.getElementById("heading"), document.getElementById("language")];
  if (heading !== null) heading.textContent = say.title;
  if (toggle !== null) toggle.textContent = say.language;
  const shown: Node[] = [];
  if (message !== "") shown.push(element("p", { class: "message", role: "alert" }, message));
  if (last === null || message !== "") shown.push(intakeView());
  else shown.push(verdictView(last.verdict, last.isWhole, language), againView());
  main.replaceChildren(...shown);
}

function againView(): HTMLElement {
  const button = element("button", { type: "button", class: "plain" }, words[language].again);
  button.addEventListener("click", () => {
    last = null;
    draw();
  });
  return element("p", { class: "again" }, button);
}

function intakeView(): HTMLElement {
  const say = words[language];
  const video = element("video", { playsinline: "", muted: "", hidden: "" });
  const scanButton = element("button", { type: "button", id: "scan" }, say.scan);
  scanButton.addEventListener("click", () => void toggleCamera(video, scanButton));
  const file = element("input", { type: "file", id: "file", accept: "application/pdf,image/*" });
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void checkFile(chosen);
  });
  const paste = element("textarea", { id: "paste", rows: "3", spellcheck: "false", autocomplete: "off" });
  const checkButton = element("button", { type: "submit", class: "plain" }, say.check);
  const form = element("form", {}, element("label", { for: "paste" }, say.paste), paste, checkButton);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (paste.value.trim() !== "") void check(paste.value, null);
  });
  const buttons = element(
    "div",
    { class: "buttons" },
    scanButton,
    element("label", { class: "file" }, say.file, file),
  );
  return element(
    "section",
    { class: "intake" },
    element("p", { class: "intro" }, say.intro),
    buttons,
    video,
    form,
  );
}

async function toggleCamera(video: HTMLVideoElement, button: HTMLButtonElement): Promise<void> {
  const say = words[language];
  if (camera !== null) {
    camera.stop();
    camera = null;
    return draw();
  }
  video.hidden = false;
  button.textContent = say.stop;
  try {
    camera = await watchCamera(video, scan, (text) => {
      camera = null;
      void check(text, null);
    });
  } catch {
    draw(say.noCamera);
  }
}
