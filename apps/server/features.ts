import type { Contract } from '#platform/contract/contract.ts';
import type { Feature } from '#platform/http/feature.ts';
import { account } from '#features/identity/account-contract.ts';
import { identity } from '#features/identity/contract.ts';
import { signIn } from '#features/identity/sign-in-contract.ts';
import { commentsFeature } from '#features/comments/server/index.ts';
import { listsFeature } from '#features/calls/lists/server/index.ts';
import { attendanceFeature } from '#features/calls/attendance/server/index.ts';
import { payFeature } from '#features/calls/pay/server/index.ts';
import { reportsFeature } from '#features/calls/reports/server/index.ts';
import { answersFeature } from '#features/calls/answers/server/index.ts';
import { callsFeature } from '#features/calls/cascades/server/index.ts';
import { needsFeature } from '#features/calls/needs/server/index.ts';
import { rosterFeature } from '#features/calls/roster/server/index.ts';
import { contractsFeature } from '#features/documents/contracts/server/index.ts';
import { documentsFeature } from '#features/documents/server/index.ts';
import { engagementsFeature } from '#features/engagements/server/index.ts';
import { peopleFeature } from '#features/engagements/people/server/index.ts';
import { timelineFeature } from '#features/engagements/timeline/server/index.ts';
import { detailsFeature } from '#features/engagements/details/server/index.ts';
import { advanceFeature } from '#features/engagements/advance/server/index.ts';
import { outsideAdvanceFeature } from '#features/engagements/advance/outside/server/index.ts';
import { notesFeature } from '#features/engagements/notes/server/index.ts';
import { guestsFeature } from '#features/engagements/guests/server/index.ts';
import { setlistsFeature } from '#features/engagements/setlists/server/index.ts';
import { travelFeature } from '#features/engagements/travel/server/index.ts';
import { tasksFeature } from '#features/engagements/tasks/server/index.ts';
import { feedsFeature } from '#features/feeds/server/index.ts';
import { filesFeature } from '#features/files/server/index.ts';
import { formsFeature } from '#features/intake/forms/server/index.ts';
import { inquiriesFeature } from '#features/intake/inquiries/server/index.ts';
import { inquiryStatusFeature } from '#features/intake/inquiries/server/status-routes.ts';
import { historyFeature } from '#features/history/server/index.ts';
import { importsFeature } from '#features/imports/server/index.ts';
import { messagingFeature } from '#features/messaging/server/index.ts';
import { noticesFeature } from '#features/notices/server/index.ts';
import { operatorFeature, supportFeature } from '#features/operator/server/index.ts';
import { invitationsFeature } from '#features/organisations/invitations/server/index.ts';
import { organisationsFeature } from '#features/organisations/server/index.ts';
import { partiesFeature } from '#features/parties/server/index.ts';
import { followUpsFeature } from '#features/parties/follow-ups/server/index.ts';
import { mergesFeature } from '#features/parties/merges/server/index.ts';
import { pipelineFeature } from '#features/pipeline/server/index.ts';
import { presenceFeature } from '#features/presence/server/index.ts';
import { privacyFeature } from '#features/privacy/server/index.ts';
import { availabilityFeature } from '#features/scheduling/availability/server/index.ts';
import { claimsFeature } from '#features/scheduling/claims/server/index.ts';
import { findFeature } from '#features/scheduling/find/server/index.ts';
import { personalDetailsFeature } from '#features/scheduling/personal-details/server/index.ts';
import { resourcesFeature } from '#features/scheduling/resources/server/index.ts';

/** Every feature but identity, which needs the sign-in library. One line each. */
export const features: readonly Feature[] = [
  organisationsFeature,
  invitationsFeature,
  resourcesFeature,
  personalDetailsFeature,
  availabilityFeature,
  feedsFeature,
  findFeature,
  claimsFeature,
  engagementsFeature,
  detailsFeature,
  peopleFeature,
  timelineFeature,
  rosterFeature,
  callsFeature,
  answersFeature,
  needsFeature,
  attendanceFeature,
  payFeature,
  listsFeature,
  reportsFeature,
  documentsFeature,
  contractsFeature,
  tasksFeature,
  guestsFeature,
  notesFeature,
  commentsFeature,
  presenceFeature,
  advanceFeature,
  outsideAdvanceFeature,
  setlistsFeature,
  travelFeature,
  filesFeature,
  formsFeature,
  inquiriesFeature,
  inquiryStatusFeature,
  partiesFeature,
  mergesFeature,
  followUpsFeature,
  pipelineFeature,
  historyFeature,
  importsFeature,
  noticesFeature,
  messagingFeature,
  privacyFeature,
  supportFeature,
  operatorFeature,
];

/** Every contract, for permissions and the API document. */
export const contracts: readonly Contract[] = [identity, signIn, account, ...features.map(({ contract }) => contract)];
