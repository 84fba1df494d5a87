import type { DetailField, Group } from '../contract.ts';

/** How the fields are called on a screen, in their order. */
export const labels: Readonly<Record<Group, readonly (readonly [DetailField, string])[]>> = {
  emergency: [
    ['emergencyName', 'Call'],
    ['emergencyPhone', 'Phone'],
    ['emergencyRelation', 'Relation'],
    ['healthNote', 'Health and diet'],
  ],
  identity: [
    ['legalName', 'Legal name'],
    ['birthDate', 'Born'],
    ['taxNumber', 'Tax or identity number'],
    ['accountHolder', 'Account holder'],
    ['account', 'IBAN or account'],
    ['bankCode', 'BIC or bank code'],
  ],
};

/** An IBAN in the groups of four that people compare; everything else as it is. */
export function readable(field: string, value: string): string {
  return field === 'account' && /^[A-Z]{2}\d{2}/.test(value) ? value.replaceAll(/(.{4})(?=.)/g, '$1 ') : value;
}
