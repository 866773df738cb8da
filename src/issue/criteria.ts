import type { Conditions, Language } from "../model/event.js";

const words = {
  id: {
    attendance: (bar: string) => `hadir sekurang-kurangnya ${bar}`,
    ofSessions: (min: number, of: string, bar: string) =>
      `hadir ${bar} dalam sekurang-kurangnya ${min} dari sesi ${of}`,
    quiz: (quiz: string, bar: string) => `nilai ${quiz} sekurang-kurangnya ${bar}`,
    forms: (min: number, of: string) => `mengisi sekurang-kurangnya ${min} dari daftar hadir ${of}`,
    role: (roles: string) => `peran: ${roles}`,
    minutes: "menit",
    points: "poin",
    any: (sets: string) => `salah satu: ${sets}`,
    and: "; ",
    or: " atau ",
    none: "ditetapkan oleh penerbit",
    some: "sebagian waktu",
  },
  en: {
    attendance: (bar: string) => `attended at least ${bar}`,
    ofSessions: (min: number, of: string, bar: string) =>
      `attended ${bar} of at least ${min} of the sessions ${of}`,
    quiz: (quiz: string, bar: string) => `scored at least ${bar} in ${quiz}`,
    forms: (min: number, of: string) => `filled in at least ${min} of the attendance forms ${of}`,
    role: (roles: string) => `role: ${roles}`,
    minutes: "minutes",
    points: "points",
    any: (sets: string) => `one of: ${sets}`,
    and: "; ",
    or: " or ",
    none: "as the issuer decides",
    some: "some time",
  },
} as const;

/** The conditions of an award as one sentence without a full stop, as a credential states its criteria. */
export function criteriaOf(when: Conditions, language: Language): string {
  const say = words[language];
  const bar = (percent: number | undefined, other: number | undefined, unit: string): string =>
    [percent === undefined ? [] : [`${percent} %`], other === undefined ? [] : [`${other} ${unit}`]]
      .flat()
      .join(", ");
  const { attendance, quizzes, presence, role, any } = when;
  const overall = bar(attendance?.min_percent, attendance?.min_minutes, say.minutes);
  const sessions = attendance?.sessions;
  const parts = [
    ...(overall === "" ? [] : [say.attendance(overall)]),
    ...(sessions === undefined
      ? []
      : [
          say.ofSessions(
            sessions.min,
            sessions.of.join(", "),
            bar(sessions.min_percent, sessions.min_minutes, say.minutes) || say.some,
          ),
        ]),
    ...Object.entries(quizzes ?? {}).map(([quiz, rule]) =>
      say.quiz(quiz, bar(rule.min_percent, rule.min_points, say.points) || "0"),
    ),
    ...(presence === undefined
      ? []
      : "forms" in presence
        ? [say.forms(presence.forms.length, presence.forms.join(", "))]
        : [say.forms(presence.min, presence.of.join(", "))]),
    ...(role === undefined ? [] : [say.role(role.join(", "))]),
    ...(any === undefined ? [] : [say.any(any.map((set) => criteriaOf(set, language)).join(say.or))]),
  ];
  return parts.length === 0 ? say.none : parts.join(say.and);
}
