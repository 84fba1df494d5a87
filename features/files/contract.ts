import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { count, id, instant, instantOut, page, pageOf } from '#platform/contract/fields.ts';
import { nameFault, tidyName } from './name-rules.ts';
import { largestFile } from './upload-rules.ts';

/**
 * - `checking`: all has arrived and is being looked into; nobody gets it yet.
 * - `clean`: the virus scanner found nothing.
 * - `unscanned`: this installation has no scanner; it is a download, never shown.
 * - `infected`, `refused`: nobody gets it.
 */
export const versionStates = ['checking', 'clean', 'unscanned', 'infected', 'refused'] as const;
export type VersionState = (typeof versionStates)[number];

const name = z
  .string()
  .max(500, { error: 'Use at most 150 characters.' })
  .transform(tidyName)
  .superRefine((value, { addIssue }) => {
    const fault = nameFault(value);
    if (fault) addIssue({ code: 'custom', message: fault });
  });

export const folder = entity('folders', 'Folder', {
  name,
  engagementId: id.nullable().default(null).describe('Null: of the organisation.'),
  parentId: id.nullable().default(null),
});
export type Folder = z.output<typeof folder.row>;

const content = {
  id,
  number: z.int().describe('1 is the first.'),
  size: z.int().describe('In bytes.'),
  type: z.string().describe('Media type as it is served.'),
  state: z.enum(versionStates),
  problem: z.string().nullable().describe('Why nobody gets it.'),
  createdAt: instantOut,
};

export const file = entity(
  'files',
  'File',
  {
    name,
    engagementId: id.nullable().describe('Null: of the organisation.'),
    folderId: id.nullable(),
    shared: z.boolean().describe('Also for those who take part in the engagement without being staff.'),
  },
  {
    engagementTitle: z.string().nullable(),
    trashedAt: instantOut.nullable(),
    versions: z.int().describe('How many there are.'),
    current: z.object(content).nullable().describe('What people get; null while there is nothing to get.'),
    newest: z
      .object(content)
      .describe('The latest that was uploaded; another one than the current while it is looked into.'),
  },
);
export type File = z.output<typeof file.row>;

const fileVersion = z
  .object({
    ...content,
    current: z.boolean(),
    sha256: z.string().nullable(),
    uploadedBy: z.string().describe('A name.'),
  })
  .meta({ id: 'FileVersion' });
export type FileVersion = z.output<typeof fileVersion>;

const upload = z
  .object({
    id,
    name: z.string(),
    size: z.int(),
    engagementId: id.nullable(),
    folderId: id.nullable(),
    fileId: id.nullable().describe('Set: it becomes a new version of this file.'),
    modifiedAt: instantOut.nullable(),
    partSize: z.int().describe('Bytes of each part but the last.'),
    received: z.array(z.int()).describe('Offsets of the parts that have arrived.'),
    createdAt: instantOut,
  })
  .meta({ id: 'FileUpload' });
export type Upload = z.output<typeof upload>;

const place = {
  engagementId: id.nullable().default(null).describe('Null: of the organisation.'),
  folderId: id.nullable().default(null),
};
const idParams = z.object({ id });

export const files = defineContract({
  name: 'files',
  permissions: {
    'files.read': {
      may: 'see and download files',
      roles: ['owner', 'manager', 'staff'],
      own: ['crew', 'promoter', 'client'],
    },
    'files.write': { may: 'upload, rename, move and share files', roles: ['owner', 'manager', 'staff'] },
    'files.remove': {
      may: 'put files into the trash, take them out, and remove them for good',
      roles: ['owner', 'manager', 'staff'],
    },
  },
  errors: {
    name_taken: 409,
    folder_not_empty: 409,
    upload_incomplete: 409,
    quota_exceeded: 409,
    not_served: 409,
    content_mismatch: 422,
    part_broken: 400,
    link_expired: 410,
    content_missing: 410,
  },
  events: ['files.refused'],
  constraints: {
    folders_name_unique: {
      code: 'name_taken',
      message: 'There is a folder of this name here. Choose another one.',
      field: 'name',
    },
    files_name_unique: {
      code: 'name_taken',
      message: 'There is a file of this name here. Choose another one.',
      field: 'name',
    },
    folders_engagement_exists: {
      code: 'invalid_input',
      message: 'There is no engagement with this id.',
      field: 'engagementId',
    },
    folders_parent_exists: { code: 'invalid_input', message: 'There is no folder with this id.', field: 'parentId' },
    files_engagement_exists: {
      code: 'invalid_input',
      message: 'There is no engagement with this id.',
      field: 'engagementId',
    },
    files_folder_exists: { code: 'invalid_input', message: 'There is no folder with this id.', field: 'folderId' },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/files',
      permission: 'files.read',
      own: true,
      summary:
        'Files of an engagement or the organisation, by name: those of a folder, or all that match `q`, or the trash.',
      query: z.strictObject({
        ...page,
        engagementId: id.optional().describe('Absent: the organisation’s own.'),
        folderId: id.optional().describe('Absent: those in no folder, unless `q` or `trashed` is given.'),
        q: z.string().trim().max(200).optional().describe('Part of the name; looks in all folders.'),
        trashed: z.enum(['true', 'false']).optional().describe('True: what is in the trash.'),
      }),
      output: pageOf(file.row),
    },
    get: {
      method: 'GET',
      path: '/files/:id',
      permission: 'files.read',
      own: true,
      summary: 'One file with its versions, the newest first.',
      params: idParams,
      output: z.object({ file: file.row, versions: z.array(fileVersion) }),
    },
    change: {
      method: 'PATCH',
      path: '/files/:id',
      permission: 'files.write',
      summary: 'Renames, moves or shares a file; only the given fields change.',
      params: idParams,
      body: file.patch,
      output: file.row,
      errors: ['version_conflict', 'name_taken'],
    },
    trash: {
      method: 'DELETE',
      path: '/files/:id',
      permission: 'files.remove',
      summary: 'Puts a file into the trash, from which it goes for good after 30 days.',
      params: idParams,
      status: 204,
    },
    restore: {
      method: 'POST',
      path: '/files/:id/restore',
      permission: 'files.remove',
      summary: 'Takes a file out of the trash; under another name where its own is taken meanwhile.',
      params: idParams,
      output: file.row,
    },
    purge: {
      method: 'POST',
      path: '/files/:id/purge',
      permission: 'files.remove',
      summary: 'Removes a file in the trash for good, with all its versions.',
      params: idParams,
      status: 204,
    },
    restoreVersion: {
      method: 'POST',
      path: '/files/:id/versions/:versionId/restore',
      permission: 'files.write',
      summary: 'Makes an older version the current one again.',
      params: z.object({ id, versionId: id }),
      output: file.row,
      errors: ['not_served'],
    },
    link: {
      method: 'GET',
      path: '/files/:id/link',
      permission: 'files.read',
      own: true,
      summary:
        'An address for one version’s content, for five minutes and for the asker only; looked at again when used.',
      params: idParams,
      query: z.strictObject({
        versionId: id.optional().describe('The current one when absent.'),
        show: z
          .enum(['true', 'false'])
          .optional()
          .describe('True: to look at in the browser; for pictures and PDFs that are clean.'),
      }),
      output: z.object({ url: z.string(), expiresAt: instantOut }),
      errors: ['not_served'],
    },
    content: {
      method: 'GET',
      path: '/files/content/:token',
      permission: 'files.read',
      own: true,
      summary: 'The bytes that a link opens; ranges may be asked for.',
      params: z.object({ token: z.string().max(300) }),
      produces: 'application/octet-stream',
      errors: ['link_expired', 'not_served', 'content_missing'],
    },
    usage: {
      method: 'GET',
      path: '/files/usage',
      permission: 'files.read',
      summary: 'How much room there is and how much is used, the trash and older versions included.',
      output: z.object({
        used: z.int(),
        quota: z.int(),
        largest: z.int().describe('Bytes of the largest file that is taken.'),
        scanned: z.boolean().describe('False: this installation has no virus scanner.'),
        trashed: z.int().describe('Files in the trash.'),
      }),
    },
    folders: {
      method: 'GET',
      path: '/folders',
      permission: 'files.read',
      summary: 'All folders of an engagement or the organisation, by name.',
      query: z.strictObject({ engagementId: id.optional().describe('Absent: the organisation’s own.') }),
      output: z.object({ items: z.array(folder.row) }),
    },
    createFolder: {
      method: 'POST',
      path: '/folders',
      permission: 'files.write',
      summary: 'Makes a folder.',
      body: folder.create,
      status: 201,
      output: folder.row,
      errors: ['name_taken'],
    },
    changeFolder: {
      method: 'PATCH',
      path: '/folders/:id',
      permission: 'files.write',
      summary: 'Renames a folder, or moves it into another one.',
      params: idParams,
      body: folder.patch.omit({ engagementId: true }),
      output: folder.row,
      errors: ['version_conflict', 'name_taken'],
    },
    removeFolder: {
      method: 'DELETE',
      path: '/folders/:id',
      permission: 'files.remove',
      summary: 'Removes a folder with nothing in it; what is in the trash comes back without one.',
      params: idParams,
      status: 204,
      errors: ['folder_not_empty'],
    },
    beginUpload: {
      method: 'POST',
      path: '/files/uploads',
      permission: 'files.write',
      summary:
        'Says what is to come. Its parts follow one by one, in any order; the same `id` again is the same upload.',
      body: z.strictObject({
        id: id.optional(),
        name,
        size: z
          .int()
          .min(1, { error: 'The file is empty. Choose one with something in it.' })
          .max(largestFile, { error: 'At most 1 GB. Divide the file, or put it elsewhere and share its address.' }),
        type: z.string().max(200).default('').describe('Media type as the sender knows it; must fit the name.'),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, { error: 'Must be 64 hexadecimal digits, small letters.' })
          .nullable()
          .default(null)
          .describe('Of the whole content; looked at when all has arrived.'),
        ...place,
        shared: z.boolean().default(false),
        fileId: id
          .nullable()
          .default(null)
          .describe('Set: it becomes a new version of this file, and place and name stay.'),
        modifiedAt: instant.nullable().default(null).describe('Of the sender’s file.'),
      }),
      status: 201,
      output: upload,
      errors: ['name_taken', 'quota_exceeded', 'content_mismatch'],
    },
    listUploads: {
      method: 'GET',
      path: '/files/uploads',
      permission: 'files.write',
      summary: 'The asker’s own uploads that are not complete.',
      output: z.object({ items: z.array(upload) }),
    },
    getUpload: {
      method: 'GET',
      path: '/files/uploads/:id',
      permission: 'files.write',
      summary: 'What has arrived of an own upload.',
      params: idParams,
      output: upload,
    },
    putPart: {
      method: 'PUT',
      path: '/files/uploads/:id/part',
      permission: 'files.write',
      summary:
        'One part’s bytes, from an offset that is a multiple of the part size. Again takes the place of the first.',
      params: idParams,
      query: z.strictObject({ offset: count(0, largestFile) }),
      stream: true,
      idempotent: false,
      status: 204,
      errors: ['part_broken', 'content_mismatch'],
    },
    completeUpload: {
      method: 'POST',
      path: '/files/uploads/:id/complete',
      permission: 'files.write',
      summary:
        'All has arrived: it becomes a file, or a new version of one, and is looked into. Again gives the same file.',
      params: idParams,
      body: z.strictObject({}),
      output: file.row,
      errors: ['upload_incomplete'],
    },
    abandonUpload: {
      method: 'DELETE',
      path: '/files/uploads/:id',
      permission: 'files.write',
      summary: 'Forgets an own upload with what has arrived of it.',
      params: idParams,
      status: 204,
    },
  },
});
