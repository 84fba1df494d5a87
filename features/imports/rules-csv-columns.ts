import { invalid } from '#platform/contract/errors.ts';
import { importFields, type ImportField, type ImportKind } from './contract.ts';
import { folded } from './rules-names.ts';

export type Mapping = Record<string, ImportField | null>;

/** Headings that mean a field, in English, German, French and Spanish, as `plain` writes them. */
const synonyms: Readonly<Record<ImportField, string>> = {
  name:
    'name, full name, display name, person, place, thing, title, artist, musician, venue, room, hall, ' +
    'vollstandiger name, bezeichnung, kunstler, raum, saal, ort, nom, nom complet, designation, lieu, salle, ' +
    'nombre completo, nombre y apellidos, lugar, sala, ' +
    'first name, given name, vorname, prenom, nombre, last name, surname, family name, nachname, familienname, zuname, nom de famille, apellido, apellidos',
  email:
    'email, e mail, mail, email address, e mail address, e mail adresse, email adresse, mail adresse, courriel, adresse e mail, adresse email, adresse mail, correo, correo electronico',
  phone:
    'phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, telefon, telefonnummer, handy, mobil, mobilnummer, rufnummer, telephone portable, portable, numero de telephone, telefono, movil, celular',
  zone: 'time zone, timezone, zone, tz, zeitzone, fuseau, fuseau horaire, zona horaria, huso horario',
  address:
    'address, street address, location, postal address, adresse, anschrift, strasse, standort, adresse postale, direccion, ubicacion, domicilio',
  latitude: 'latitude, lat, breitengrad, breite, geografische breite, latitud',
  longitude: 'longitude, lon, lng, long, langengrad, lange, geografische lange, longitud',
  rate: 'rate, fee, price, cost, day rate, daily rate, hourly rate, service rate, honorar, satz, tagessatz, stundensatz, gage, preis, tarif, tarif journalier, tarif horaire, cachet, tarifa, tarifa diaria, tarifa por hora, honorarios, precio',
  rateCurrency: 'currency, rate currency, wahrung, devise, monnaie, moneda, divisa',
  rateUnit: 'unit, rate unit, per, rate per, einheit, unite, par, unidad, por',
  skills:
    'skills, skill, instrument, instruments, trade, role, roles, position, competences, fahigkeiten, instrumente, gewerk, rolle, funktion, kenntnisse, competence, metier, fonction, habilidades, instrumento, instrumentos, oficio, puesto, funcion',
  tags: 'tags, tag, labels, label, keywords, category, categories, group, groups, schlagworte, stichworte, kategorie, kategorien, gruppe, gruppen, etiquettes, mots cles, categorie, groupe, etiquetas, categoria, grupo',
  notes:
    'notes, note, comment, comments, remark, remarks, description, notizen, notiz, bemerkung, bemerkungen, kommentar, anmerkung, beschreibung, remarque, remarques, commentaire, commentaires, notas, nota, comentario, comentarios, observaciones, descripcion',
  capacity:
    'capacity, units, quantity, qty, count, number of units, kapazitat, anzahl, menge, stuckzahl, capacite, quantite, nombre d unites, capacidad, cantidad',
  parent:
    'parent, part of, within, building, site, ubergeordnet, teil von, gebaude, parent place, batiment, partie de, edificio, parte de',
  externalRef:
    'reference, ref, external reference, external ref, external id, id, key, number, code, employee number, personnel number, referenz, kennung, nummer, personalnummer, schlussel, numero, matricule, identifiant, referencia, identificador, codigo, clave',
  partyKind: 'kind, type, contact type, art, typ, type de contact, tipo',
  roles:
    'roles, role, relation, relationship, category, categories, tags, tag, group, groups, rolle, rollen, funktion, kategorie, kategorien, gruppe, gruppen, schlagworte, fonction, categorie, groupe, etiquettes, funcion, categoria, grupo, etiquetas',
  website:
    'website, web site, web, url, homepage, home page, webseite, internet, internetseite, site, site web, site internet, sitio web, pagina web',
  company:
    'company, organisation, organization, firm, employer, account, firma, unternehmen, organisation name, entreprise, societe, empresa, compania, organizacion',
};

const ofParties: readonly ImportField[] = [
  'name',
  'email',
  'phone',
  'address',
  'notes',
  'externalRef',
  'partyKind',
  'roles',
  'website',
  'company',
];
const onlyOfParties: readonly ImportField[] = ['partyKind', 'roles', 'website', 'company'];

/** What a column may become in a list of this kind. */
export function fieldsOf(kind: ImportKind): readonly ImportField[] {
  return kind === 'party' ? ofParties : importFields.filter((field) => !onlyOfParties.includes(field));
}

/** Headings that mean a field, as people may write them; the usual one first. */
export function headingsOfField(field: ImportField): readonly string[] {
  return synonyms[field].split(', ');
}

const headingsOf = (kind: ImportKind): ReadonlyMap<string, ImportField> =>
  new Map(fieldsOf(kind).flatMap((field) => headingsOfField(field).map((heading) => [heading, field] as const)));

/** Headings of people, places and things mean the same in each. */
const fieldOfHeading = { resource: headingsOf('person'), party: headingsOf('party') };
const headingsFor = (kind: ImportKind) => fieldOfHeading[kind === 'party' ? 'party' : 'resource'];

const firstNames = new Set(['first name', 'given name', 'vorname', 'prenom', 'nombre']);
const lastNames = new Set(
  'last name, surname, family name, nachname, familienname, zuname, nom de famille, apellido, apellidos'.split(', '),
);

/** `E-Mail-Adresse *` → `e mail adresse`. */
function plain(heading: string): string {
  return folded(heading)
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Columns by their headings: each field from the first column that means it; a name may be spread over two. */
export function guessMapping(columns: readonly string[], kind: ImportKind = 'person'): Mapping {
  const names = guessedName(columns, kind);
  const taken = new Set<ImportField>(['name']);
  return Object.fromEntries(
    columns.map((column) => {
      if (names.includes(column)) return [column, 'name'];
      const field = headingsFor(kind).get(plain(column)) ?? null;
      if (field === null || taken.has(field)) return [column, null];
      taken.add(field);
      return [column, field];
    }),
  );
}

/** The column of the name, or those of first and last name. Beside a `Vorname`, `Name` is the last name. */
function guessedName(columns: readonly string[], kind: ImportKind): string[] {
  const meaning = columns.filter((column) => headingsFor(kind).get(plain(column)) === 'name');
  const first = meaning.find((column) => firstNames.has(plain(column)));
  const last =
    meaning.find((column) => lastNames.has(plain(column))) ??
    meaning.find((column) => /^(name|nom)$/.test(plain(column)));
  if (first !== undefined && last !== undefined) return [first, last];
  return meaning.slice(0, 1);
}

/** Columns that make the name, the first name first. */
export function nameColumns(columns: readonly string[], mapping: Mapping): string[] {
  const rank = (column: string) => (firstNames.has(plain(column)) ? 0 : 1);
  return columns.filter((column) => mapping[column] === 'name').sort((a, b) => rank(a) - rank(b));
}

/** The unit that a heading such as `Tagessatz` says. */
export function impliedUnit(heading: string): 'hour' | 'day' | 'service' | undefined {
  const text = plain(heading);
  if (/\b(hour|hourly|stunde\w*|horaire|heure|hora)\b/.test(text)) return 'hour';
  if (/\b(day|daily|tag\w*|journalier|jour|diaria|dia)\b/.test(text)) return 'day';
  return /\b(service|dienst)\b/.test(text) ? 'service' : undefined;
}

/** @throws AppError invalid_input for a column that the file lacks, a field given twice, or one of another kind */
export function requireMapping(columns: readonly string[], mapping: Mapping, kind: ImportKind = 'person'): Mapping {
  const fields = new Map<ImportField, string>();
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) throw invalid('mapping', `The file has no column “${column}”.`);
    if (field && !fieldsOf(kind).includes(field))
      throw invalid('mapping', `“${column}” can’t become the ${field} here. Leave it out.`);
    const other = field && field !== 'name' ? fields.get(field) : undefined;
    if (other !== undefined)
      throw invalid('mapping', `Both “${other}” and “${column}” would be the ${field}. Choose one.`);
    if (field) fields.set(field, column);
  }
  return Object.fromEntries(columns.map((column) => [column, mapping[column] ?? null]));
}
