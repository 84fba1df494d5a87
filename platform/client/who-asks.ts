/*
 * Answers that concern who asks, not what was asked: `step_up_required` wants a new proof of who is there, the
 * others lead away from the page. No screen deals with them: the web app does, by what it sets here once. Programs
 * and tests set nothing and get every answer as an error.
 */

const reasons = [
  'unauthenticated',
  'second_factor_needed',
  'second_factor_required',
  'organisation_suspended',
] as const;
/** Why somebody may not stay where they are. */
export type TurnedAway = (typeof reasons)[number];

/** Asks the person to prove who they are. True: proved, and what was refused may be sent once more. */
type Ask = () => Promise<boolean>;
/** @param org short name of the organisation that was asked, if one was */
type Lead = (reason: TurnedAway, org: string | undefined) => void;

let askAgain: Ask | undefined;
let leadAway: Lead | undefined;
let asking: Promise<boolean> | undefined;

/** @returns what takes it back */
export function onProofNeeded(ask: Ask): () => void {
  askAgain = ask;
  return () => {
    if (askAgain === ask) askAgain = undefined;
  };
}

export function onTurnedAway(lead: Lead): void {
  leadAway = lead;
}

/** Calls that are refused at the same time share one question. */
export function proveAgain(): Promise<boolean> {
  if (!askAgain) return Promise.resolve(false);
  asking ??= askAgain().finally(() => {
    asking = undefined;
  });
  return asking;
}

/** Somebody was known to the server since the page was loaded, and the server has not said otherwise twice. */
let recognised = false;

export function tellRecognised(): void {
  recognised = leadAway !== undefined;
}

/** Milliseconds in which an answer with a new cookie arrives. */
const cookieComes = 500;

/**
 * A proof of who is there changes the session's cookie, and what was on its way with the old one is refused.
 * @returns whether to send it once more
 */
export async function mayHaveNewCookie(): Promise<boolean> {
  if (!recognised) return false;
  await new Promise((done) => setTimeout(done, cookieComes));
  return true;
}

/** Tells the web app of an answer that leads elsewhere; any other code is passed over. */
export function tellTurnedAway(code: string, org: string | undefined): void {
  const reason = reasons.find((candidate) => candidate === code);
  if (reason === 'unauthenticated') recognised = false;
  if (reason) leadAway?.(reason, org);
}

/**
 * Leaves for a new page, so that nothing of the one who was here stays in memory. Answers that arrive until then, of
 * a session that has just ended, lead nowhere else.
 */
export function leaveFor(path: string): void {
  leadAway = undefined;
  location.replace(path);
}
