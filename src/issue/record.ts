import { didOf } from "../credential/record.js";
import type { EventRecord } from "../model/certificate.js";
import type { Event } from "../model/eventFile.js";

/** The facts of the event that every certificate's token names by hash. No personal data. */
export function recordOf(event: Event): EventRecord {
  const { config } = event;
  return {
    v: 1,
    issuer: didOf(config.verify.url),
    name: config.issuer.name,
    event: config.event.id,
    title: config.event.title,
    ...(config.event.series === undefined ? {} : { series: config.event.series }),
    language: config.event.language,
    start: event.days.start,
    end: event.days.end,
    awards: config.awards.map((award) => ({
      id: award.id,
      label: award.label ?? labelOf(award.id, config.event.language),
    })),
    fields: config.certificate.fields,
    verify: config.verify.url,
  };
}

const labels: Readonly<Record<string, { readonly id: string; readonly en: string }>> = {
  participant: { id: "Peserta", en: "Participant" },
  speaker: { id: "Narasumber", en: "Speaker" },
  panelist: { id: "Narasumber", en: "Panelist" },
  moderator: { id: "Moderator", en: "Moderator" },
  host: { id: "Panitia", en: "Organiser" },
};

/** What a certificate calls the award where the event file gives it no label. */
function labelOf(id: string, language: "id" | "en"): string {
  const known = labels[id];
  if (known !== undefined) return known[language];
  return id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
