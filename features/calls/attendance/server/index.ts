import { feature } from '#platform/http/feature.ts';
import { attendance } from '../contract.ts';
import { reportService, setAttendance } from './commands.ts';
import { getAttendance, getService } from './queries.ts';

export const attendanceFeature = feature(attendance, {
  get: ({ tx, own }, { params }) => getAttendance(tx, params.id, own),
  async set({ tx }, { params, body }) {
    await setAttendance(tx, params.id, body.marks);
    return getAttendance(tx, params.id);
  },
  async report({ tx }, { params, body }) {
    await reportService(tx, params.id, body);
    return getService(tx, params.id);
  },
});
