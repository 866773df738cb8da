import type { PageData, PersonData } from "../data.js";
import type { Rows } from "./rows.js";
import type { Store } from "./store.js";

/**
 * Runs in the page, sent there as text: it uses nothing from outside but its arguments and the browser.
 * Binds the table of people to its search, its filters, its headings and its pages.
 */
export function start(
  makeStore: (data: PageData) => Store,
  makeRows: (data: PageData, store: Store) => Rows,
): void {
  const perPage = 100;

  function find<T extends Element>(selector: string, kind: new () => T): T {
    const found = document.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`the page lacks ${selector}`);
    return found;
  }

  const data: PageData = JSON.parse(find("#data", HTMLScriptElement).textContent ?? "");
  const store = makeStore(data);
  const rows = makeRows(data, store);
  const search = find("#search", HTMLInputElement);
  const outcome = find("#outcome", HTMLSelectElement);
  const award = find("#award", HTMLSelectElement);
  const reason = find("#reason", HTMLSelectElement);
  const sort = find("#sort", HTMLSelectElement);
  const head = find("#people-table thead tr", HTMLTableRowElement);
  const body = find("#people-table tbody", HTMLTableSectionElement);
  const status = find("#status", HTMLElement);
  const pages = find("#pages", HTMLElement);
  const pageText = find("#page", HTMLElement);
  const previous = find("#previous", HTMLButtonElement);
  const next = find("#next", HTMLButtonElement);
  const reset = find("#reset", HTMLButtonElement);

  let sorted = { column: "", descending: false };
  let found: readonly PersonData[] = data.people;
  let page = 0;

  function fill(sentence: string, blanks: Record<string, string>): string {
    return sentence.replace(/\{(\w+)\}/g, (blank, key: string) => blanks[key] ?? blank);
  }

  function count(value: number): string {
    return value.toLocaleString(data.language === "id" ? "id-ID" : "en-GB");
  }

  function option(value: string, text: string): HTMLOptionElement {
    return new Option(text, value);
  }

  function show(all: boolean): void {
    const from = all ? 0 : page * perPage;
    const shown = all ? found : found.slice(from, from + perPage);
    body.replaceChildren(...shown.map((person, index) => rows.of(person, from + index)));
    const last = Math.max(1, Math.ceil(found.length / perPage));
    pages.hidden = last === 1;
    previous.disabled = page === 0;
    next.disabled = page >= last - 1;
    pageText.textContent = fill(data.labels.page, { n: count(page + 1), all: count(last) });
  }

  function refresh(): void {
    found = store.find({
      search: search.value,
      outcome: outcome.value,
      award: award.value,
      reason: reason.value,
      ...sorted,
    });
    page = 0;
    const some = fill(data.labels.found, { n: count(found.length), all: count(data.people.length) });
    const everybody = fill(data.labels.everybody, { all: count(data.people.length) });
    const narrowed = [search, outcome, award, reason].some(({ value }) => value !== "");
    reset.hidden = !narrowed;
    status.textContent = found.length === 0 ? data.labels.nobody : narrowed ? some : everybody;
    show(false);
  }

  function sortBy(column: string, descending: boolean): void {
    sorted = { column, descending };
    for (const heading of head.cells) {
      const mine = heading.dataset.column === column;
      heading.setAttribute("aria-sort", mine ? (descending ? "descending" : "ascending") : "none");
    }
    sort.value = `${column}${descending ? " descending" : ""}`;
    refresh();
  }

  function heading({ id, title, numeric }: Store["columns"][number]): HTMLTableCellElement {
    const made = document.createElement("th");
    made.scope = "col";
    made.setAttribute("role", "columnheader");
    made.setAttribute("aria-sort", "none");
    made.dataset.column = id;
    made.className = `c-${id.replace(/-\d+$/, "")}${numeric ? " number" : ""}`;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    // figures are asked for from the top: a second press turns them round
    button.addEventListener("click", () => sortBy(id, sorted.column === id ? !sorted.descending : numeric));
    made.append(button);
    return made;
  }

  function turn(by: number): void {
    page += by;
    show(false);
    find("#people", HTMLElement).scrollIntoView();
  }

  function print(printing: boolean): void {
    for (const details of document.querySelectorAll("details")) {
      if (printing && !details.open) details.dataset.closed = "";
      if (printing) details.open = true;
      else if (details.dataset.closed !== undefined) {
        details.open = false;
        delete details.dataset.closed;
      }
    }
    show(printing);
  }

  head.append(...store.columns.map(heading));
  for (const [place, { meaning }] of data.codes.entries()) reason.append(option(String(place), meaning));
  for (const [place, title] of data.awards.entries()) award.append(option(String(place), title));
  for (const key of ["eligible", "review", "ineligible"] as const)
    outcome.append(option(key, data.labels.outcomes[key]));
  for (const { id, title } of store.columns) {
    sort.append(option(id, `${title}, ${data.labels.ascending}`));
    sort.append(option(`${id} descending`, `${title}, ${data.labels.descending}`));
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(refresh, data.people.length > 5000 ? 200 : 0);
  });
  for (const select of [outcome, award, reason]) select.addEventListener("change", refresh);
  sort.addEventListener("change", () => {
    const [column = "", way] = sort.value.split(" ");
    sortBy(column, way === "descending");
  });
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  reset.addEventListener("click", () => {
    for (const field of [search, outcome, award, reason]) field.value = "";
    refresh();
    search.focus();
  });
  for (const link of document.querySelectorAll<HTMLElement>("[data-outcome],[data-reason]")) {
    link.addEventListener("click", () => {
      search.value = "";
      award.value = "";
      outcome.value = link.dataset.outcome ?? "";
      reason.value = String(data.codes.findIndex(({ code }) => code === link.dataset.reason));
      if (reason.value === "-1" || link.dataset.reason === undefined) reason.value = "";
      refresh();
    });
  }
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  find("#people-controls", HTMLElement).hidden = false;
  find("#people-table", HTMLTableElement).hidden = false;
  sortBy("name", false);
}
