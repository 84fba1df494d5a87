import { proofSeed, tryProofs } from '../../proof-rules.ts';

/** Tries between two looks at what the person does: about 10 ms on an old phone. */
const atOnce = 200;

/** Does the page’s work a little at a time, so that typing stays smooth. @param bits see `proofBits` */
export function workOut(token: string, bits: number, signal: AbortSignal): Promise<string> {
  const seed = proofSeed(token);
  return new Promise((resolve, reject) => {
    const goOn = (from: number) => {
      if (signal.aborted) return reject(new Error('The page was left.'));
      const proof = tryProofs(seed, from, atOnce, bits);
      if (proof === null) setTimeout(goOn, 0, from + atOnce);
      else resolve(proof);
    };
    goOn(0);
  });
}
