import { requirePart } from '#features/engagements/server/queries.ts';
import { feature } from '#platform/http/feature.ts';
import { presence } from '../contract.ts';
import { sightOf } from './queries.ts';

export const presenceFeature = feature(
  presence,
  {},
  [],
  [
    {
      name: 'engagements',
      permission: 'engagements.read',
      async open(tx, id, _, own) {
        const [found] = await tx.query('select id from engagements where org_id = $1 and id = $2', [
          tx.scope.orgId,
          id,
        ]);
        if (!found) return false;
        if (own === undefined) return sightOf(tx, own);
        return requirePart(tx, id, own).then(
          () => sightOf(tx, own),
          () => false,
        );
      },
    },
  ],
);
