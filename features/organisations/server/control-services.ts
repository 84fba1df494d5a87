import type { Services } from '#platform/http/services.ts';

/** What changing an organisation itself needs: the server has it all, the operator's command no requests to answer. */
export interface ControlServices extends Pick<Services, 'databases'> {
  authenticator?: Pick<Services['authenticator'], 'forget'>;
}
