import { expect, test } from 'vitest';
import { familyName, keyOf, readableName, readablePlace } from './rules-names.ts';
import { readableTitle } from './rules-work-title.ts';

test.each([
  ['Thomas, Michael Tilson', 'Michael Tilson Thomas'],
  ['Hrusa [Hrůša], Jakub', 'Jakub Hrůša'],
  ['Deneve [Denève], Stephane [Stéphane]', 'Stéphane Denève'],
  ['Gonzalez-Granados [González-Granados], Lina', 'Lina González-Granados'],
  ['Martinez [Martínez] Forteza, Pascual', 'Pascual Martínez Forteza'],
  ['Fleming, Renee (Renée)', 'Renée Fleming'],
  ['Claveles, Theo (Hayes)', 'Theo (Hayes) Claveles'],
  ['Clinton, Tyrone, Jr.', 'Tyrone Clinton Jr.'],
  ['Jones, Otis, IV', 'Otis Jones IV'],
  ['Unsung Collective, The', 'The Unsung Collective'],
  ['Mozart,  Wolfgang  Amadeus', 'Wolfgang Amadeus Mozart'],
  ['L.A. Dance Project', 'L.A. Dance Project'],
  ['Not conducted', ''],
  ['', ''],
  [' ', ''],
])('person %s', (filed, name) => expect(readableName(filed)).toBe(name));

test('places and composers', () => {
  expect(readablePlace('Museum of Modern Art, The')).toBe('The Museum of Modern Art');
  expect(readablePlace('The Great Lawn, Central Park')).toBe('The Great Lawn, Central Park');
  expect(familyName('Bartok [Bartók], Béla')).toBe('Bartók');
  expect(familyName('Paert [Pärt],  Arvo')).toBe('Pärt');
  expect(familyName('Hiromi [Uehara]')).toBe('Hiromi');
  expect(keyOf('Café Boulud!')).toBe('cafe-boulud');
});

test.each([
  ['SYMPHONY NO.  5 IN C SHARP MINOR', 'Symphony No. 5'],
  ['SYMPHONY NO. 7 IN A MAJOR, OP.92', 'Symphony No. 7'],
  ['SYMPHONY NO. 6, B MINOR, OP. 74 (PATHÉTIQUE)', 'Symphony No. 6 (Pathétique)'],
  ['CONCERTO, PIANO NO. 14, E-FLAT MAJOR, K.449', 'Piano Concerto No. 14'],
  ['CONCERTO, PIANO, NO. 1, D MINOR, OP.15', 'Piano Concerto No. 1'],
  ['CONCERTO, PIANO, NO. 3, SZ 119, BB 127', 'Piano Concerto No. 3'],
  ['CONCERTO, VIOLIN, E MINOR, OP.64', 'Violin Concerto'],
  ['TRIO, CLARINET, CELLO AND PIANO, A MINOR, OP. 114', 'Trio for Clarinet, Cello and Piano'],
  ['QUARTET, STRING, OP. 77, NO. 1, G MAJOR, H.III:81', 'String Quartet'],
  ['VALSE, LA', 'La Valse'],
  ['MER, LA [THE SEA]', 'La Mer'],
  ['NUTCRACKER, THE: SUITE, OP. 71A', 'The Nutcracker: Suite'],
  ['HARLEM (ARR. Henderson)', 'Harlem'],
  ['STAR WARS:  EPISODE V, THE EMPIRE STRIKES BACK', 'Star Wars: Episode V, the Empire Strikes Back'],
  ["L'HISTOIRE DU SOLDAT: SUITE", "L'Histoire du Soldat: Suite"],
  ["NUITS D'ETE, OP.7", "Nuits d'Ete"],
  ["JOHN'S BOOK OF ALLEGED DANCES", "John's Book of Alleged Dances"],
  ['BRANDENBURG CONCERTO NO. 3 IN G MAJOR, BWV 1048', 'Brandenburg Concerto No. 3'],
  ['MESSIAH', 'Messiah'],
])('work %s', (filed, title) => expect(readableTitle(filed)).toBe(title));
