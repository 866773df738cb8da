import type { AwardSight, PageSight, Sight, Trouble } from "../sight.js";

/* Runs in the browser. Everything that comes from the event is put in as text, never as markup. */

const words = {
  id: {
    award: "Penghargaan",
    specimen: "Contoh",
    grid: "Kisi mm",
    boxes: "Kotak",
    zoom: "Ukuran",
    fit: "pas",
    page: "Halaman",
    note: "Pratinjau: kode QR-nya tidak berlaku. Simpan berkas templat untuk memperbarui.",
    gone: "lulus preview sudah berhenti",
  },
  en: {
    award: "Award",
    specimen: "Case",
    grid: "Grid in mm",
    boxes: "Boxes",
    zoom: "Size",
    fit: "fit",
    page: "Page",
    note: "Preview: its QR code proves nothing. Save a file of the template to see the change.",
    gone: "lulus preview has ended",
  },
} as const;

const element = <E extends Element = HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found as unknown as E;
};
const awardBox = element<HTMLSelectElement>("award");
const specimenBox = element<HTMLSelectElement>("specimen");
const zoomBox = element<HTMLSelectElement>("zoom");
const gridBox = element<HTMLInputElement>("grid");
const boxesBox = element<HTMLInputElement>("boxes");
const sheet = element("sheet");
const picture = element<HTMLImageElement>("picture");
const overlay = element<SVGSVGElement>("overlay");

let sight: Sight | null = null;
let page = 0;
let asked = 0;

await look();
for (const box of [awardBox, specimenBox]) box.addEventListener("change", () => void choose());
zoomBox.addEventListener("change", resize);
for (const box of [gridBox, boxesBox]) box.addEventListener("change", overlayPage);
window.addEventListener("resize", resize);
sheet.addEventListener("pointermove", (event) => {
  const shown = currentPage();
  const { left, top, width } = sheet.getBoundingClientRect();
  if (shown === undefined || width === 0) return;
  const scale = shown.width / width;
  const [x, y] = [(event.clientX - left) * scale, (event.clientY - top) * scale];
  element("at").textContent = `x ${x.toFixed(1)} mm · y ${y.toFixed(1)} mm`;
});
const changes = new EventSource("/changes");
changes.addEventListener("message", () => void look());
changes.addEventListener("error", () => {
  if (sight !== null) element("note").textContent = words[sight.language].gone;
});
changes.addEventListener("open", () => {
  if (sight !== null) element("note").textContent = words[sight.language].note;
});

async function look(): Promise<void> {
  const answer = await fetch("/sight");
  sight = (await answer.json()) as Sight;
  const say = words[sight.language];
  document.documentElement.lang = sight.language;
  document.title = `lulus preview · ${sight.title}`;
  element("title").textContent = sight.title;
  for (const key of ["award", "specimen", "grid", "boxes", "zoom"] as const)
    element(`${key}-label`).textContent = say[key];
  element("note").textContent = say.note;
  fill(
    zoomBox,
    [["fit", say.fit] as const, ...["50", "100", "150", "200"].map((zoom) => [zoom, `${zoom} %`] as const)],
    zoomBox.value || "fit",
  );
  fill(
    awardBox,
    sight.awards.map(({ id, label, template }) => [id, `${label} · ${template}`] as const),
    awardBox.value,
  );
  await choose();
}

async function choose(): Promise<void> {
  const award = currentAward();
  fill(
    specimenBox,
    (award?.specimens ?? []).map(({ id, label, name }) => [id, `${label}: ${name}`] as const),
    specimenBox.value,
  );
  await show();
}

function fill(box: HTMLSelectElement, options: readonly (readonly [string, string])[], chosen: string): void {
  box.replaceChildren(
    ...options.map(([value, label]) => {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = label;
      return option;
    }),
  );
  if (options.some(([value]) => value === chosen)) box.value = chosen;
}

function currentAward(): AwardSight | undefined {
  return sight?.awards.find(({ id }) => id === awardBox.value) ?? sight?.awards[0];
}

function currentPage(): PageSight | undefined {
  return currentAward()?.pages[page] ?? currentAward()?.pages[0];
}

async function show(): Promise<void> {
  if (sight === null) return;
  asked += 1;
  const mine = asked;
  const troubles = [...sight.troubles];
  const award = currentAward();
  if (award !== undefined && specimenBox.value !== "") {
    const which = new URLSearchParams({ award: award.id, specimen: specimenBox.value });
    const dots = String(Math.round(144 * Math.max(1, window.devicePixelRatio)));
    const query = new URLSearchParams([...which, ["page", String(page)], ["dpi", dots]]);
    element<HTMLAnchorElement>("pdf").href = `/certificate.pdf?${which}`;
    const answer = await fetch(`/certificate.png?${query}`);
    if (mine !== asked) return;
    if (answer.status === 404 && page > 0) {
      page = 0;
      return await show();
    }
    if (answer.ok) {
      await draw(await answer.blob());
      showPages(Number(answer.headers.get("X-Pages")));
    } else if (answer.status === 422) {
      troubles.push(...((await answer.json()) as { troubles: Trouble[] }).troubles);
    } else troubles.push({ code: "preview", message: await answer.text(), place: null, hints: [] });
  }
  sheet.hidden = picture.src === "" || award === undefined;
  sheet.classList.toggle("stale", troubles.length > 0);
  element("troubles").replaceChildren(...troubles.map(troubleCard));
  resize();
}

async function draw(image: Blob): Promise<void> {
  const before = picture.src;
  picture.src = URL.createObjectURL(image);
  await picture.decode();
  if (before !== "") URL.revokeObjectURL(before);
  picture.alt = specimenBox.selectedOptions[0]?.textContent ?? "";
}

function showPages(count: number): void {
  const say = words[sight?.language ?? "en"];
  const buttons = Array.from({ length: count > 1 ? count : 0 }, (_, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = String(index + 1);
    button.setAttribute("aria-label", `${say.page} ${index + 1}`);
    button.setAttribute("aria-pressed", String(index === page));
    button.addEventListener("click", () => {
      page = index;
      void show();
    });
    return button;
  });
  element("pages").replaceChildren(...buttons);
}

function troubleCard({ code, message, place, hints }: Trouble): HTMLElement {
  const card = document.createElement("div");
  card.className = "trouble";
  const line = (name: string, text: string): void => {
    const paragraph = document.createElement("p");
    paragraph.className = name;
    paragraph.textContent = text;
    card.append(paragraph);
  };
  if (place !== null) line("place", place);
  line("message", `${message} [${code}]`);
  for (const hint of hints) line("hint", `→ ${hint}`);
  return card;
}

/** 100 % is the size on paper, as far as a browser knows the size of a screen. */
function resize(): void {
  const shown = currentPage();
  if (shown === undefined) return;
  const room = { width: window.innerWidth - 56, height: window.innerHeight - 170 };
  const fit = Math.min(room.width, (room.height * shown.width) / shown.height);
  const width = zoomBox.value === "fit" ? fit : (shown.width * 96 * Number(zoomBox.value)) / 2540;
  sheet.style.width = `${width}px`;
  sheet.style.height = `${(width * shown.height) / shown.width}px`;
  overlayPage();
}

function overlayPage(): void {
  const shown = currentPage();
  if (shown === undefined) return;
  overlay.setAttribute("viewBox", `0 0 ${shown.width} ${shown.height}`);
  overlay.replaceChildren(
    ...(gridBox.checked ? gridOf(shown) : []),
    ...(boxesBox.checked ? boxesOf(shown) : []),
  );
}

function gridOf({ width, height }: PageSight): SVGElement[] {
  const drawn: SVGElement[] = [];
  for (let at = 5; at < Math.max(width, height); at += 5) {
    const name = at % 10 === 0 ? "coarse" : "fine";
    if (at < width) drawn.push(shape("line", { x1: at, x2: at, y1: 0, y2: height, class: name }));
    if (at < height) drawn.push(shape("line", { x1: 0, x2: width, y1: at, y2: at, class: name }));
    if (at % 10 !== 0) continue;
    if (at < width) drawn.push(label(at, at + 0.4, 2.8));
    if (at < height) drawn.push(label(at, 0.4, at - 0.4));
  }
  return drawn;
}

function boxesOf({ boxes }: PageSight): SVGElement[] {
  return boxes.flatMap(({ id, x, y, width, height }) => {
    const rect = shape("rect", { x, y, width, height });
    const title = shape("title", {});
    title.textContent = `${id}: [${[x, y, width, height].map((length) => Math.round(length * 10) / 10).join(", ")}]`;
    rect.append(title);
    const name = label(id, x + 0.6, y + 2.4);
    name.setAttribute("class", "name");
    return [rect, name];
  });
}

function label(text: string | number, x: number, y: number): SVGElement {
  const made = shape("text", { x, y });
  made.textContent = String(text);
  return made;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
