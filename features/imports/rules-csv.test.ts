import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecimal } from '#platform/text/decimal.ts';
import { delimiterOf, readCsv } from './rules-csv.ts';
import { guessMapping, requireMapping } from './rules-csv-columns.ts';
import { minorDigits, parseRate, unitOf } from './rules-csv-numbers.ts';
import { readRows } from './rules-csv-values.ts';

test('delimiters are seen outside of quotation marks', () => {
  expect(delimiterOf('a,b;c;d\n1,2,3,4')).toBe(';');
  expect(delimiterOf('"a;b;c;d",e\n')).toBe(',');
  expect(delimiterOf('Name\tMail\n')).toBe('\t');
  expect(delimiterOf('Name\nAda;Lo')).toBe(',');
});

test('quoted cells hold separators, quotation marks and line breaks; lines are counted by the file', () => {
  const { columns, rows } = readCsv(
    '\uFEFFName;Notes;\r\n"Lo, Ada";"She said ""yes"";\r\ntwice"\r\n\r\n;;\r\nBob;x\r\n',
  );
  expect(columns).toEqual(['Name', 'Notes', 'Column 3']);
  expect(rows).toEqual([
    { line: 3, cells: ['Lo, Ada', 'She said "yes";\ntwice', ''] },
    { line: 6, cells: ['Bob', 'x', ''] },
  ]);
});

test('any cells that are written as CSV are read back', () => {
  const cell = fc
    .string({ unit: 'grapheme' })
    .map((text) => text.replaceAll('\u0000', '').replace(/\r\n?/g, '\n').trim())
    .filter((text) => text !== '');
  const mark = fc.constantFrom(',', ';', '\t');
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), mark, (cells, delimiter) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = [`name${delimiter}notes`, ...cells.map((row) => row.map(quoted).join(delimiter))].join('\n');
      expect(readCsv(text).rows.map((row) => row.cells)).toEqual(cells);
    }),
  );
});

test.each([
  ['', /empty/],
  ['\n\n', /empty/],
  ['Name\n"Ada', /Line 2: a quotation mark opens/],
  ['Name,Mail\nAda "x" Lo,"a"b', /Line 2: /],
  ['Name,Mail\nAda,Lo,a@b.c', /Line 2 has 3 cells, the heading 2/],
  ['PK\u0003\u0000', /not a text file/],
  [`Name\n${'x\n'.repeat(50_001)}`, /50,001 rows; at most 50,000/],
])('an unreadable file says where and why', (content, message) => expect(() => readCsv(content)).toThrow(message));

test.each([
  [
    ['Name', 'E-Mail', 'Telefon', 'Instrument', 'Tagessatz', 'Wert'],
    ['name', 'email', 'phone', 'skills', 'rate', null],
  ],
  [
    ['Vorname', 'Nachname', 'E-Mail-Adresse', 'Währung', 'Bemerkungen'],
    ['name', 'name', 'email', 'rateCurrency', 'notes'],
  ],
  [
    ['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Fuseau horaire'],
    ['name', 'name', 'email', 'phone', 'zone'],
  ],
  [
    ['Nombre', 'Apellidos', 'Correo electrónico', 'Móvil', 'Dirección'],
    ['name', 'name', 'email', 'phone', 'address'],
  ],
  [
    ['Nombre', 'Capacidad', 'Edificio'],
    ['name', 'capacity', 'parent'],
  ],
  [
    ['first_name', 'LAST NAME', 'E-mail', 'Email 2', 'Skills', 'Day rate', 'Currency'],
    ['name', 'name', 'email', null, 'skills', 'rate', 'rateCurrency'],
  ],
  [
    ['ID', 'Full name', 'Name', 'Lat', 'Lng', 'Time zone'],
    ['externalRef', 'name', null, 'latitude', 'longitude', 'zone'],
  ],
])('headings %s', (columns, fields) => expect(Object.values(guessMapping(columns))).toEqual(fields));

test('a mapping must fit the file', () => {
  expect(requireMapping(['A', 'B'], { A: 'name' })).toEqual({ A: 'name', B: null });
  expect(() => requireMapping(['A'], { C: 'name' })).toThrow(/no column “C”/);
  expect(() => requireMapping(['A', 'B'], { A: 'email', B: 'email' })).toThrow(/Both “A” and “B”/);
});

test.each([
  ['450', 'EUR', 45_000, 'EUR'],
  ['450,5', 'EUR', 45_050, 'EUR'],
  ['1.234,56 €', 'USD', 123_456, 'EUR'],
  ['$1,234.50', 'CAD', 123_450, 'CAD'],
  ['$ 300', 'EUR', 30_000, 'USD'],
  ["CHF 1'200.00", 'EUR', 120_000, 'CHF'],
  ['1 200,00', 'EUR', 120_000, 'EUR'],
  ['1,234', 'EUR', 123_400, 'EUR'],
  ['45000', 'JPY', 45_000, 'JPY'],
  ['1,234', 'JPY', 1_234, 'JPY'],
  ['12.345', 'KWD', 12_345, 'KWD'],
  ['0', 'EUR', 0, 'EUR'],
  ['1,234,567.8', 'EUR', 123_456_780, 'EUR'],
])('rate %s in %s', (text, currency, minor, of) =>
  expect(parseRate(text, currency, false)).toEqual({ minor, currency: of }),
);

test.each([
  ['ab', 'EUR', /must be an amount/],
  ['-5', 'EUR', /negative/],
  ['1.5', 'JPY', /no decimals/],
  ['1.555,123', 'EUR', /2 decimals at most/],
  ['1,2,3', 'EUR', /must be an amount/],
  ['99999999999999999', 'EUR', /too large/],
])('no rate: %s in %s', (text, currency, message) => expect(parseRate(text, currency, false)).toMatch(message));

test('an amount written in any way is the same amount', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999 }),
      fc.constantFrom(',', '.'),
      fc.boolean(),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (minor, point, groups, currency) => {
        const digits = minorDigits(currency);
        const padded = String(minor).padStart(digits + 1, '0');
        const whole = padded.slice(0, padded.length - digits);
        const grouped = groups ? whole.replace(/\B(?=(\d{3})+$)/g, point === ',' ? '.' : ',') : whole;
        const text = digits === 0 ? grouped : `${grouped}${point}${padded.slice(-digits)}`;
        expect(parseRate(text, currency, false)).toEqual({ minor, currency });
      },
    ),
  );
});

test('numbers and units', () => {
  expect(parseDecimal('52,52')).toBe('52.52');
  expect(parseDecimal('-0.125')).toBe('-0.125');
  expect(parseDecimal('52,520')).toBe('52.520');
  expect(parseDecimal('1.2.3')).toBeUndefined();
  expect(['pro Tag', '/h', 'día', 'per service', 'Stunde', 'week'].map(unitOf)).toEqual([
    'day',
    'hour',
    'day',
    'service',
    'hour',
    undefined,
  ]);
});

function read(content: string, kind: 'person' | 'place' | 'thing' = 'person') {
  const table = readCsv(content);
  return readRows(table, guessMapping(table.columns), kind, 'EUR');
}

test('a row with everything', () => {
  const { rows, problems } = read(
    'Nachname;Vorname;E-Mail;Instrument;Tagessatz;Tags;Lat;Lon\nLo;Ada;ada@x.org;Violin:5; Viola;450,50;"union, first";52,5;13,4\n'.replace(
      'Violin:5; Viola',
      '"Violin:5; Viola"',
    ),
  );
  expect(problems).toEqual([]);
  expect(rows).toMatchObject([
    {
      line: 2,
      name: 'Ada Lo',
      email: 'ada@x.org',
      rate: { minor: 45_050, currency: 'EUR', unit: 'day' },
      tags: ['union', 'first'],
      latitude: 52.5,
      longitude: 13.4,
      skills: [
        { skill: 'Violin', level: 5 },
        { skill: 'Viola', level: undefined },
      ],
    },
  ]);
});

test('each wrong cell is named with its line and column', () => {
  const { rows, problems } = read(
    'Name,Email,Skills,Rate,Per,Zone,Lat,Lon,Capacity\n,a@x,Violin:9,abc,day,Mars/Base,95,1,0\nBob,,,450,week,,,1,\nEve,,,450,,,,,\nOk,,,,,Europe/Berlin,,,2\n',
  );
  expect(rows.map(({ name }) => name)).toEqual(['Ok']);
  expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '2 Lat',
    '2 Name',
    '2 Email',
    '2 Zone',
    '2 Rate',
    '2 Skills',
    '2 Capacity',
    '3 Lon',
    '3 Per',
    '4 Rate',
  ]);
  expect(read('Email\na@x.org').problems).toEqual([
    { row: 1, column: null, message: 'No column is the name. Choose the one that is.' },
  ]);
  expect(read('Name\nM\uFFFDller').problems[0]?.message).toMatch(/UTF-8/);
  expect(read('Name,Part of\nVan,Garage', 'thing').problems[0]?.message).toMatch(/Only a place/);
});
