import pg from 'pg';
import { expect, test } from 'vitest';
import { ProblemTable } from './problems.ts';

const raised = (code: string, constraint?: string) =>
  Object.assign(new pg.DatabaseError('from the database', 0, 'error'), { code, constraint });

test('what the database undid is no fault of the asker: nothing saved, try again', () => {
  const table = new ProblemTable([]);
  for (const code of ['40P01', '40001'])
    expect(table.problemOf(raised(code))).toMatchObject({
      problem: { status: 503, code: 'unavailable', detail: expect.stringContaining('try again') },
      unexpected: true,
    });
  expect(table.problemOf(raised('23P01', 'nobody_said_what_it_means')).problem).toMatchObject({ status: 500 });
});
