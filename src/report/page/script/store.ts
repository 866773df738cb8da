import type { PageData, PersonData } from "../data.js";

/** A column of the table: what it shows, and what it is sorted by. */
export interface ColumnView {
  readonly id: string;
  readonly title: string;
  readonly numeric: boolean;
  readonly text: (person: PersonData) => string;
  readonly rank: (person: PersonData) => number | string;
}

export interface Wish {
  readonly search: string;
  readonly outcome: string;
  readonly award: string;
  readonly reason: string;
  readonly column: string;
  readonly descending: boolean;
}

export interface Store {
  readonly columns: readonly ColumnView[];
  readonly find: (wish: Wish) => readonly PersonData[];
  readonly number: (value: number) => string;
  readonly percent: (part: number, whole: number) => string;
}

/**
 * Runs in the page, sent there as text: it uses nothing from outside but its argument and the browser.
 * Everybody who fits a search, in the order asked for.
 */
export function makeStore(data: PageData): Store {
  const collator = new Intl.Collator(data.language, { numeric: true, sensitivity: "base" });
  const length = data.sessions.reduce((sum, session) => sum + session.length, 0);
  const order = { eligible: 0, review: 1, ineligible: 2 };
  const haystacks = new Map<PersonData, string>();

  function number(value: number): string {
    const text = String(Math.round(value * 100) / 100);
    return data.language === "id" ? text.replace(".", ",") : text;
  }

  /** Never rounded up to a whole number: nobody reads 75 % who has not reached it. */
  function percent(part: number, whole: number): string {
    if (whole === 0) return "–";
    const exact = (part * 100) / whole;
    const rounded = Math.round((exact + Number.EPSILON) * 100) / 100;
    return `${number(rounded > exact && Number.isInteger(rounded) ? rounded - 0.01 : rounded)} %`;
  }

  function seconds(person: PersonData): number {
    return person.stay.reduce((sum, stay) => sum + stay, 0);
  }

  function awards(person: PersonData): string {
    return (person.awards ?? []).map((place) => data.awards[place]).join(", ");
  }

  function reasons(person: PersonData): string {
    return (person.reasons ?? []).map(([, text]) => data.texts[text]).join("; ");
  }

  function score(person: PersonData, quiz: number): number {
    const [points = -1, max = 1] = person.scores[quiz] ?? [];
    return max === 0 ? 0 : points / max;
  }

  function forms(person: PersonData): number {
    return [...(person.forms ?? "")].filter((there) => there === "1").length;
  }

  const possible: ColumnView[] = [
    {
      id: "name",
      title: data.labels.name,
      numeric: false,
      text: (person) => person.name || data.labels.nameless,
      // telephones and devices after people
      rank: (person) => (/^\p{L}/u.test(person.name) ? "" : "\uffff") + person.name,
    },
    {
      id: "email",
      title: data.labels.email,
      numeric: false,
      text: (person) => (person.emails ?? []).join(", "),
      rank: (person) => person.emails?.[0] ?? "\uffff",
    },
    {
      id: "decision",
      title: data.labels.decision,
      numeric: false,
      text: (person) => data.labels.outcomes[person.outcome],
      rank: (person) => order[person.outcome],
    },
    { id: "award", title: data.labels.award, numeric: false, text: awards, rank: awards },
    {
      id: "attendance",
      title: data.labels.attendance,
      numeric: true,
      text: (person) => percent(seconds(person), length),
      rank: seconds,
    },
    ...data.quizzes.map((quiz, place) => ({
      id: `quiz-${place}`,
      title: quiz,
      numeric: true,
      text: (person: PersonData) => {
        const found = person.scores[place];
        return found ? percent(found[0], found[1]) : "–";
      },
      rank: (person: PersonData) => score(person, place),
    })),
    ...(data.forms.length === 0
      ? []
      : [
          {
            id: "forms",
            title: data.labels.forms,
            numeric: true,
            text: (person: PersonData) => `${forms(person)} / ${data.forms.length}`,
            rank: forms,
          },
        ]),
    { id: "reason", title: data.labels.reason, numeric: false, text: reasons, rank: reasons },
  ];
  const columns = possible.filter(({ id }) => id !== "award" || data.awards.length > 1);

  function plain(text: string): string {
    return text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase();
  }

  function haystack(person: PersonData): string {
    const known = haystacks.get(person);
    if (known !== undefined) return known;
    const codes = (person.reasons ?? []).map(([code]) => data.codes[code]);
    const parts = [
      person.name,
      ...(person.emails ?? []),
      person.nip,
      person.institution,
      person.role,
      ...(person.aliases ?? []),
      reasons(person),
      ...codes.flatMap((each) => [each?.code, each?.meaning]),
    ];
    const text = plain(parts.filter((part) => part !== undefined).join("\n"));
    haystacks.set(person, text);
    return text;
  }

  function compare(a: number | string, b: number | string): number {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return collator.compare(String(a), String(b));
  }

  function find(wish: Wish): readonly PersonData[] {
    const words = plain(wish.search)
      .split(/\s+/)
      .filter((word) => word !== "");
    const found = data.people.filter(
      (person) =>
        (wish.outcome === "" || person.outcome === wish.outcome) &&
        (wish.award === "" || (person.awards ?? []).includes(Number(wish.award))) &&
        (wish.reason === "" || (person.reasons ?? []).some(([code]) => code === Number(wish.reason))) &&
        words.every((word) => haystack(person).includes(word)),
    );
    const column = columns.find(({ id }) => id === wish.column);
    if (column === undefined) return found;
    const turn = wish.descending ? -1 : 1;
    return found
      .map((person) => ({ person, rank: column.rank(person) }))
      .sort((a, b) => turn * compare(a.rank, b.rank))
      .map(({ person }) => person);
  }

  return { columns, find, number, percent };
}
