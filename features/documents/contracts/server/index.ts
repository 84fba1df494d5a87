import { printed } from '#features/documents/server/printed.ts';
import { feature } from '#platform/http/feature.ts';
import { printer } from '#platform/pdf/printer.ts';
import { contracts } from '../contract.ts';
import { keepPdf } from './keep.ts';
import { makeContract } from './make.ts';
import { listTemplates, requireKnown, wordings } from './templates.ts';

export const contractsFeature = feature(contracts, {
  async draft(context, { params, query }) {
    const { document, missing } = await makeContract(context, params.id, { ...query, paper: 'a4' });
    return { title: `${document.label}, ${document.title}`, missing };
  },
  async print(context, { params, query }) {
    const { document } = await makeContract(context, params.id, query);
    return printed(document, context.scope.now, query.download);
  },
  async keep(context, { params, body }) {
    const { document, name } = await makeContract(context, params.id, body);
    const pdf = await printer.print(document, context.scope.now);
    return keepPdf(context.services, context.tx, { engagementId: params.id, name, pdf });
  },
  listTemplates: ({ tx, caller }) => listTemplates(tx, caller.organisation.packs),
  createTemplate: ({ tx }, { body }) => wordings.create(tx, requireKnown(body)),
  setTemplate: ({ tx }, { params, body }) => wordings.set(tx, params.key, requireKnown(body)),
  removeTemplate: ({ tx }, { params }) => wordings.remove(tx, params.key).then(() => undefined),
});
