import { Secret, TOTP } from 'otpauth';

const period = 30;

/** An authenticator app that has a secret. Codes work once, so each is of a later time step than the one before. */
export function authenticatorApp(secret: string): () => Promise<string> {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period });
  let last = 0;
  return async () => {
    // A clock may be one step off either way: three codes at once. A step that is about to be too old is passed over.
    const oldest = Math.floor((Date.now() / 1_000 - period + 10) / period);
    last = Math.max(last + 1, oldest);
    const early = (last - 1) * period * 1_000 - Date.now();
    if (early > 0) await new Promise((done) => setTimeout(done, early));
    return totp.generate({ timestamp: last * period * 1_000 });
  };
}
