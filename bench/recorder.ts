import { mintScope } from '#platform/db/scope.ts';
import { withTenant, type TenantDoor, type Tx } from '#platform/db/tenant.ts';
import type { Statement } from './raw.ts';

/** What a command would send, without sending it: for commands that don't look at answers in between. */
export async function statementsOf(orgId: string, work: (tx: Tx) => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const note = (text: string, values: readonly unknown[] = []) => void sent.push({ text, values: [...values] });
  const tx = {
    scope: mintScope({ orgId, actor: 'bench', requestId: 'bench' }),
    query: async (text: string, values?: readonly unknown[]) => {
      note(text, values);
      return [];
    },
    last: async (text: string, values?: readonly unknown[]) => {
      note(text, values);
      return '';
    },
  } as unknown as Tx;
  await work(tx);
  return sent;
}

/** What a query sends while it really runs: for queries that go by the answers. */
export async function statementsDuring(
  door: TenantDoor,
  orgId: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<Statement[]> {
  const sent: Statement[] = [];
  const scope = mintScope({ orgId, actor: 'bench', requestId: 'bench' });
  await withTenant(
    door,
    scope,
    (tx) => {
      const recording: Tx = {
        ...tx,
        scope,
        query: (text, values = []) => {
          sent.push({ text, values: [...values] });
          return tx.query(text, values);
        },
      };
      return work(recording);
    },
    { readOnly: true },
  );
  return sent;
}
