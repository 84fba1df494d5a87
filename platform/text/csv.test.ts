import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('cells are quoted where they must be, and never run', () => {
  expect(csvLine(['plain', 'a "b", c', null, 3, -3, { a: 1 }])).toBe('plain,"a ""b"", c",,3,-3,"{""a"":1}"\r\n');
  expect(csvLine(['=1+1', '+1', '-1', '@x', '\tx', '\rx', 'a=b'])).toBe(`'=1+1,'+1,'-1,'@x,'\tx,"'\rx",a=b\r\n`);
});
