import type { PageData, PersonData } from "../data.js";
import type { Store } from "./store.js";

export interface Rows {
  /** the row of a person and, once opened, the row with everything about them */
  readonly of: (person: PersonData, place: number) => HTMLTableRowElement;
}

/**
 * Runs in the page, sent there as text: it uses nothing from outside but its arguments and the browser.
 * Everything is inserted as text: a name may look like markup, and stays a name.
 */
export function makeRows(data: PageData, store: Store): Rows {
  const { labels } = data;
  const signs = { eligible: "✓", ineligible: "✕", review: "?" };

  function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    className: string,
    ...content: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Tag] {
    const made = document.createElement(tag);
    if (className !== "") made.className = className;
    made.append(...content);
    return made;
  }

  function cell(column: Store["columns"][number], person: PersonData, place: number): HTMLTableCellElement {
    const made = element("td", `c-${column.id.replace(/-\d+$/, "")}${column.numeric ? " number" : ""}`);
    made.setAttribute("role", "cell");
    made.dataset.label = column.title;
    const text = column.text(person);
    if (column.id === "name") made.append(opener(text, place));
    else if (column.id === "decision") made.append(badge(person, text));
    else if (column.id === "email") made.append(address(text));
    else made.append(element("bdi", "", text));
    if (text === "" || text === "–") made.classList.add("empty");
    return made;
  }

  /** An address may break before its `@`. */
  function address(text: string): HTMLElement {
    const [local = "", ...domain] = text.split("@");
    const made = element("bdi", "", local);
    for (const part of domain) made.append(document.createElement("wbr"), `@${part}`);
    return made;
  }

  function opener(text: string, place: number): HTMLButtonElement {
    const button = element("button", "opener", element("bdi", "", text));
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", `person-${place}`);
    return button;
  }

  function badge(person: PersonData, text: string): HTMLSpanElement {
    const sign = element("span", "sign", signs[person.outcome]);
    sign.setAttribute("aria-hidden", "true");
    return element("span", `badge ${person.outcome}`, sign, text);
  }

  function of(person: PersonData, place: number): HTMLTableRowElement {
    const row = element("tr", "person", ...store.columns.map((column) => cell(column, person, place)));
    row.setAttribute("role", "row");
    const button = row.querySelector("button");
    button?.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      row.classList.toggle("open", !open);
      if (open) row.nextElementSibling?.remove();
      else row.after(details(person, place));
    });
    return row;
  }

  function details(person: PersonData, place: number): HTMLTableRowElement {
    const lists = [reasons(person), figures(person), identity(person), sources(person)];
    const inside = element("td", "", element("div", "details", ...lists.filter((list) => list !== null)));
    inside.colSpan = store.columns.length;
    inside.setAttribute("role", "cell");
    const row = element("tr", "detail", inside);
    row.id = `person-${place}`;
    row.setAttribute("role", "row");
    return row;
  }

  function block(title: string, ...content: readonly (Node | string)[]): HTMLElement {
    return element("section", "", element("h4", "", title), ...content);
  }

  function list(...lines: readonly (Node | string)[]): HTMLUListElement {
    return element("ul", "", ...lines.map((line) => element("li", "", line)));
  }

  function reasons(person: PersonData): HTMLElement | null {
    if (person.reasons === undefined) return null;
    const lines = person.reasons.map(([, text]) => element("bdi", "", data.texts[text] ?? ""));
    return block(labels.reasons, list(...lines));
  }

  function clock(seconds: number): string {
    const two = (value: number) => String(value).padStart(2, "0");
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  function figures(person: PersonData): HTMLElement {
    const stays = data.sessions.map(({ id, length }, place) => {
      const seconds = person.stay[place] ?? 0;
      const most = person.most?.[place] ?? seconds;
      const range = most > seconds ? `–${clock(most)}` : "";
      return `${id}: ${clock(seconds)}${range} ${labels.of} ${clock(length)} = ${store.percent(seconds, length)}`;
    });
    const scores = data.quizzes.map((quiz, place) => {
      const [points, max, attempts] = person.scores[place] ?? [];
      if (points === undefined || max === undefined) return `${quiz}: –`;
      const times = attempts !== undefined && attempts > 1 ? ` (${attempts} ${labels.attempts})` : "";
      return `${quiz}: ${store.number(points)} / ${store.number(max)} = ${store.percent(points, max)}${times}`;
    });
    const forms = data.forms.map((form, place) => `${form}: ${person.forms?.[place] === "1" ? "✓" : "–"}`);
    return block(labels.figures, list(...stays, ...scores, ...forms));
  }

  function identity(person: PersonData): HTMLElement {
    const facts: (readonly [string, string | undefined])[] = [
      [labels.email, person.emails?.join(", ")],
      [labels.nip, person.nip],
      [labels.institution, person.institution],
      [labels.role, person.role],
      [labels.aliases, person.aliases?.join(" · ")],
      [labels.id, person.key],
    ];
    const lines = facts
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([title, value]) =>
        element("div", "", element("dt", "", title), element("dd", "", element("bdi", "", value ?? ""))),
      );
    return block(labels.identity, element("dl", "", ...lines));
  }

  function sources(person: PersonData): HTMLElement {
    const lines = person.sources.map(([file = 0, ...numbers]) =>
      element("code", "", `${data.files[file]}:${numbers.join(", ")}`),
    );
    return block(labels.sources, list(...lines));
  }

  return { of };
}
