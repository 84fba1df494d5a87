import { asker, withinLimit } from '#features/identity/server/limits.ts';
import { notFound } from '#platform/contract/errors.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { feature, type PublicContext } from '#platform/http/feature.ts';
import { actByToken, readByToken } from '#platform/http/token-scope.ts';
import { forms } from '../contract.ts';
import { proofBits } from '../proof-rules.ts';
import { archiveForm, changeForm, createForm, publishForm, removeForm } from './commands.ts';
import { requirePage, waitMs } from './checks.ts';
import { formJobs } from './jobs.ts';
import { addFormFile } from './form-files.ts';
import { pageToken } from './page-token.ts';
import { getForm, listForms, offeredPlaces, organisationOfForms, publishedForm } from './queries.ts';
import { addressLimit, fileLimits } from './submission-limits.ts';
import { receiveSubmission } from './submit.ts';

export const formsFeature = feature(
  forms,
  {
    list: ({ tx }, { query }) => listForms(tx, query.archived),
    get: ({ tx }, { params }) => getForm(tx, params.id),
    create: async ({ tx }, { body }) => getForm(tx, await createForm(tx, body)),
    async change({ tx }, { params, body }) {
      await changeForm(tx, params.id, body);
      return getForm(tx, params.id);
    },
    async publish({ tx, caller }, { params, body }) {
      await publishForm(tx, params.id, body.version, caller.organisation.currency);
      return getForm(tx, params.id);
    },
    async archive({ tx }, { params, body }) {
      await archiveForm(tx, params.id, body.archived);
      return getForm(tx, params.id);
    },
    remove: ({ tx }, { params }) => removeForm(tx, params.id).then(() => undefined),
    async read(context, { params }) {
      const { services, request } = context;
      const organisation = await openOrganisation(context, params.org);
      const { id: orgId, name, colour } = organisation;
      const { form, places } = await readByToken(services, orgId, 'form', request.id, async (tx) => {
        const found = await publishedForm(tx, params.slug);
        if (!found) throw notFound('This form');
        return { form: found, places: await offeredPlaces(tx, found.fields) };
      });
      const { id: formId, revision, open, title, intro, fields } = form;
      const issued = { id: uuidv7(), formId, revision, issuedAt: Date.now() };
      const token = pageToken(services.config.secret, orgId, issued);
      return { organisation: { name, colour }, open, revision, title, intro, fields, places, token, proofBits, waitMs };
    },
    async addFile(context, { params, query: { token, proof, name, size } }) {
      const { services, request } = context;
      const { id: orgId } = await openOrganisation(context, params.org);
      for (const limit of fileLimits) await withinLimit(services.databases.control, limit, asker(request.ip));
      const page = requirePage(services.config.secret, orgId, { token, proof }, Date.now());
      return { id: await addFormFile(services, orgId, request, page, { slug: params.slug, name, size }), name };
    },
    async submit(context, { params, body }) {
      const { services, request } = context;
      const { secret } = services.config;
      const organisation = await openOrganisation(context, params.org);
      await withinLimit(services.databases.control, addressLimit, asker(request.ip));
      const token = requirePage(secret, organisation.id, body, Date.now());
      return actByToken(services, organisation.id, 'form', request.id, (tx) =>
        receiveSubmission(tx, params.slug, token, body, { zone: organisation.zone, secret }),
      );
    },
  },
  formJobs,
);

/** A form that is nobody’s, that isn’t published, or whose organisation is gone or suspended: one and the same 404. */
async function openOrganisation({ services }: PublicContext, slug: string) {
  const organisation = await organisationOfForms(services.databases.control, slug);
  if (!organisation) throw notFound('This form');
  return organisation;
}
