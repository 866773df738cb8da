import type { Role } from "../model/row.js";
import type { Column } from "./alias.js";
import { foldHeader } from "./column.js";
import type { Layout } from "./layout.js";
import { sectionTitles } from "./word.js";

const asCsv = "in Zoom, open the report of this webinar or meeting and choose Export";

/** Tables of Zoom that know who was there. The first that fits counts, so the more particular come first. */
export const attendanceLayouts: readonly Layout[] = [
  {
    format: "zoom-poll",
    needs: [["order"], ["submitted"]],
    refusal: {
      code: "format-not-attendance",
      message: "found a Zoom poll report, expected a report of attendance",
      hints: ["export the attendee report (webinar) or the participants list (meeting) instead"],
    },
  },
  {
    format: "zoom-dashboard",
    needs: [["participant", "name"], ["device"], ["address"], ["join"]],
    refusal: {
      code: "format-dashboard",
      message: "found an export of the Zoom dashboard, which has no dates; expected a report of attendance",
      hints: ["export the report of this meeting under Reports, Usage (or Meeting and webinar history)"],
    },
  },
  {
    format: "zoom-webinar-attendees",
    needs: [["attended"], ["join"], ["leave"], ["name", "firstName", "email"]],
  },
  { format: "zoom-history", needs: [["topic", "meetingId"], ["start"], ["name"], ["join"], ["leave"]] },
  { format: "zoom-history", needs: [["topic", "meetingId"], ["start"], ["name"], ["total"]] },
  { format: "zoom-meeting-participants", needs: [["name"], ["join"], ["leave"]] },
  { format: "zoom-meeting-users", needs: [["name"], ["total"]] },
  {
    format: "zoom-registration",
    needs: [["email"], ["registered"], ["approval"]],
    refusal: {
      code: "format-not-attendance",
      message: "found a Zoom registration report, expected a report of attendance",
      hints: ["name this file under `inputs.registration`, and export the attendee report for attendance"],
    },
  },
];

export const attendanceAccepted =
  "a Zoom attendee report (webinar), participants list (meeting) or meeting history with participants";

export const attendanceHints: readonly string[] = [asCsv];

const titles = new Map<string, Role>(
  (Object.entries(sectionTitles) as [Role, readonly string[]][]).flatMap(([role, words]) =>
    words.map((word) => [foldHeader(word), role] as const),
  ),
);

/** The role that a section title gives to those listed under it; `null`: no title that is known. */
export function roleOfTitle(cell: string): Role | null {
  return titles.get(foldHeader(cell)) ?? null;
}

/** Columns of the lines above the participants that say when the meeting was, and whose it was. */
export const blockNeeds: readonly (readonly Column[])[] = [["topic", "meetingId"], ["start"]];
