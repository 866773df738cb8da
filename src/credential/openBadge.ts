import type { Certificate, EventRecord } from "../model/certificate.js";
import { dateTime, literal, type Proof, quad, typeOf } from "./integrity.js";
import { STATUS_LIST_BITS, statusListAddress } from "./statusList.js";

/**
 * A certificate as an Open Badges 3.0 credential (W3C VC 2.0), which wallets read: the same facts as in the token, none
 * besides. Everything in it but the identity object has a name of its own, so that its statements have one canonical form,
 * known beforehand; the tests hold it against a JSON-LD processor.
 */
export interface OpenBadge {
  readonly id: string;
  readonly issuer: string;
  readonly issuerName: string;
  readonly issuerUrl: string;
  readonly validFrom: string;
  readonly name: string;
  readonly number: string;
  readonly role: string;
  readonly recipient: string;
  readonly achievement: string;
  readonly description: string;
  readonly criteria: string;
  readonly language: string;
  readonly statusList: string;
  readonly statusIndex: number;
}

const vocabulary = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
const schemaOrg = "https://schema.org/";
const w3c = "https://www.w3.org/2018/credentials#";
const status = "https://www.w3.org/ns/credentials/status#";

type Facts = Pick<Certificate, "cti" | "name" | "number" | "date" | "award" | "statusIndex">;

/**
 * @param recordHash 32 hex digits, as the record's file is named
 * @param criteria what had to be met, in a sentence
 */
export function openBadgeOf(
  facts: Facts,
  record: EventRecord,
  recordHash: string,
  criteria: string,
): OpenBadge {
  const site = record.verify.replace(/\/?$/, "/");
  const title = record.series === undefined ? record.title : `${record.series}: ${record.title}`;
  const days = record.start === record.end ? record.start : `${record.start} – ${record.end}`;
  return {
    id: uuidOf(facts.cti),
    issuer: record.issuer,
    issuerName: record.name,
    issuerUrl: record.verify,
    validFrom: `${facts.date}T00:00:00Z`,
    name: title,
    number: facts.number,
    role: record.awards.find(({ id }) => id === facts.award)?.label ?? facts.award,
    recipient: facts.name,
    achievement: `${site}e/${recordHash}.json#${facts.award}`,
    description: `${title} (${days}), ${record.name}`,
    criteria,
    language: record.language,
    statusList: statusListAddress(record.verify, Math.floor(facts.statusIndex / STATUS_LIST_BITS)),
    statusIndex: facts.statusIndex % STATUS_LIST_BITS,
  };
}

/** A UUID of our own making (RFC 9562, version 8): the certificate's id, with the digits between that the form asks for. */
function uuidOf(cti: string): string {
  const hex = `${cti.slice(0, 12)}80${cti.slice(12, 14)}80${cti.slice(14, 20)}00000000`;
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`;
}

/** The statements that its proof covers. */
export function openBadgeQuads(badge: OpenBadge): string[] {
  const [id, issuer, subject] = [`<${badge.id}>`, `<${badge.issuer}>`, `<${badge.id}#subject>`];
  const [achievement, criteria] = [`<${badge.achievement}>`, `<${badge.achievement}-criteria>`];
  const [entry, identity] = [`<${badge.statusList}#${badge.statusIndex}>`, "_:c14n0"];
  return [
    typeOf(id, `${w3c}VerifiableCredential`),
    typeOf(id, `${vocabulary}OpenBadgeCredential`),
    quad(id, `${schemaOrg}name`, literal(badge.name)),
    quad(id, `${w3c}issuer`, issuer),
    quad(id, `${w3c}validFrom`, dateTime(badge.validFrom)),
    quad(id, `${w3c}credentialSubject`, subject),
    quad(id, `${w3c}credentialStatus`, entry),
    typeOf(issuer, `${vocabulary}Profile`),
    quad(issuer, `${schemaOrg}name`, literal(badge.issuerName)),
    quad(issuer, `${schemaOrg}url`, literal(badge.issuerUrl, "https://www.w3.org/2001/XMLSchema#anyURI")),
    typeOf(subject, `${vocabulary}AchievementSubject`),
    quad(subject, `${vocabulary}identifier`, identity),
    quad(subject, `${vocabulary}licenseNumber`, literal(badge.number)),
    quad(subject, `${vocabulary}role`, literal(badge.role)),
    quad(subject, `${vocabulary}achievement`, achievement),
    typeOf(identity, `${vocabulary}IdentityObject`),
    quad(identity, `${vocabulary}hashed`, literal("false", "https://www.w3.org/2001/XMLSchema#boolean")),
    quad(identity, `${vocabulary}identityHash`, literal(badge.recipient)),
    quad(identity, `${vocabulary}identityType`, literal("name")),
    typeOf(achievement, `${vocabulary}Achievement`),
    quad(achievement, `${vocabulary}achievementType`, literal("Certificate")),
    quad(achievement, `${schemaOrg}name`, literal(badge.name)),
    quad(achievement, `${schemaOrg}description`, literal(badge.description)),
    quad(achievement, `${schemaOrg}inLanguage`, literal(badge.language)),
    quad(achievement, `${vocabulary}Criteria`, criteria),
    quad(criteria, `${vocabulary}narrative`, literal(badge.criteria)),
    typeOf(entry, `${status}BitstringStatusListEntry`),
    quad(entry, `${status}statusPurpose`, literal("revocation")),
    quad(entry, `${status}statusListIndex`, literal(String(badge.statusIndex))),
    quad(entry, `${status}statusListCredential`, `<${badge.statusList}>`),
  ];
}

/** The credential as JSON, ready for a wallet. */
export function formatOpenBadge(badge: OpenBadge, proof: Proof): string {
  const credential = {
    "@context": [
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    id: badge.id,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: badge.name,
    issuer: { id: badge.issuer, type: ["Profile"], name: badge.issuerName, url: badge.issuerUrl },
    validFrom: badge.validFrom,
    credentialSubject: {
      id: `${badge.id}#subject`,
      type: ["AchievementSubject"],
      identifier: [
        { type: "IdentityObject", hashed: false, identityHash: badge.recipient, identityType: "name" },
      ],
      licenseNumber: badge.number,
      role: badge.role,
      achievement: {
        id: badge.achievement,
        type: ["Achievement"],
        achievementType: "Certificate",
        inLanguage: badge.language,
        name: badge.name,
        description: badge.description,
        criteria: { id: `${badge.achievement}-criteria`, narrative: badge.criteria },
      },
    },
    credentialStatus: {
      id: `${badge.statusList}#${badge.statusIndex}`,
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: String(badge.statusIndex),
      statusListCredential: badge.statusList,
    },
    // the published JSON schema of Open Badges wants a list, where the data model would take one alone
    proof: [proof],
  };
  return `${JSON.stringify(credential, null, 2)}\n`;
}
