/** Length of an IBAN by country (SWIFT IBAN Registry, release 99). Countries that aren't listed: by check digits alone. */
const ibanLengths: Readonly<Record<string, number>> = lengthsOf(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
   FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
   LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24
   RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`,
);

function lengthsOf(table: string): Record<string, number> {
  const entries = table.split(/\s+/).map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const);
  return Object.fromEntries(entries);
}

/** As it is kept: without the spaces and in the case that people write it. */
export function plainAccount(value: string): string {
  return value.replaceAll(/[\s.]/g, '').toUpperCase();
}

/** What is wrong with an IBAN or account number in its plain form; undefined when nothing is. */
export function accountFault(account: string): string | undefined {
  if (/^[A-Z]{2}\d{2}/.test(account)) return ibanFault(account);
  return /^(?=.*\d)[A-Z0-9-]{4,34}$/.test(account)
    ? undefined
    : 'Must be an IBAN, or an account number of 4 to 34 digits, letters and hyphens.';
}

function ibanFault(iban: string): string | undefined {
  if (!/^[A-Z0-9]{15,34}$/.test(iban)) return 'An IBAN has 15 to 34 letters and digits.';
  const wanted = ibanLengths[iban.slice(0, 2)];
  if (wanted !== undefined && iban.length !== wanted)
    return `An IBAN that begins with ${iban.slice(0, 2)} has ${wanted} characters; this one has ${iban.length}.`;
  return remainder97(iban) === 1 ? undefined : 'The check digits of this IBAN are wrong. Compare it with the original.';
}

/** ISO 7064 MOD 97-10: the first four characters moved to the end, letters as 10 to 35, the number modulo 97. */
function remainder97(iban: string): number {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** A BIC (ISO 9362), or a national bank code such as a sort code or routing number. */
export function isBankCode(code: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(code) || /^\d{3,12}$/.test(code);
}

/**
 * What may be seen of a restricted value without revealing it: that it is there, and the end of a number by which
 * two accounts are told apart. A short number shows no end: it would be most of it.
 */
export function masked(field: string, value: string): string {
  return numbers.has(field) && value.length >= 8 ? `•••• ${value.slice(-4)}` : '••••';
}

const numbers = new Set(['account', 'taxNumber']);
