export const grades = ['A', 'B', 'C'] as const;
export type Grade = (typeof grades)[number];

export const listKinds = ['principal', 'section'] as const;
export type ListKind = (typeof listKinds)[number];
