/**
 * One condition of an award and how a person stands to it: enough to say what is missing, and by how much.
 * `met: null`: it holds at the upper end of what is uncertain and not at the lower. Times in whole seconds.
 */
export type Account = { readonly met: boolean | null } & (
  | {
      readonly kind: "attendance";
      /** the bar as the rule has it */
      readonly bar: number;
      readonly unit: "percent" | "minutes";
      readonly required: number;
      readonly seconds: number;
      readonly secondsMax: number;
      /** of all sessions as scheduled */
      readonly length: number;
    }
  | {
      readonly kind: "sessions";
      readonly min: number;
      readonly of: readonly { readonly session: string; readonly attended: boolean | null }[];
      /** what makes a session attended; neither: any time at all */
      readonly percent: number | null;
      readonly minutes: number | null;
    }
  | {
      readonly kind: "quiz";
      readonly quiz: string;
      readonly bar: number;
      readonly unit: "percent" | "points";
      /** `null`: no attempt */
      readonly points: number | null;
      readonly max: number | null;
      /** points that are missing, rounded up to two places; 0 where the bar is reached */
      readonly short: number | null;
    }
  | {
      readonly kind: "presence";
      readonly min: number;
      readonly of: readonly { readonly form: string; readonly there: boolean }[];
    }
  | { readonly kind: "role"; readonly roles: readonly string[]; readonly actual: string }
  | { readonly kind: "any"; readonly sets: readonly (readonly Account[])[] }
);

/** How a person stands to every award of the event, in the order of the event file. */
export interface AwardAccount {
  readonly award: string;
  readonly met: boolean | null;
  readonly conditions: readonly Account[];
}
