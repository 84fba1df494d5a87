export const engagementLetter = `# Engagement letter

{{today}}

Dear {{party.name}},

we are glad to engage you for **{{engagement.title}}**, as {{party.role}}.

## Services

- {{engagement.date}}
- {{engagement.place}}, {{engagement.address}}

{{schedule}}

## Terms

1. **Fee.** You receive {{engagement.value}} for all services together. Overtime, doubling and cartage are paid by the scale that holds for this orchestra.
2. **Payment.** We pay within thirty days of the last service, to the account that you have given us. If you invoice with tax, tell us before.
3. **Attendance.** Please be in your place, with your part and in dress, ten minutes before each service. Parts reach you before the first rehearsal; please return them after the last service.
4. **Substitutes.** You have been chosen for this. If you can’t play a service, tell the orchestra’s office at once; who plays instead, the office decides.
5. **Recording.** Recordings for the orchestra’s archive are part of the engagement. Any other recording or broadcast is agreed on, and paid, apart.
6. **Illness.** If you fall ill, you are paid for the services that you have played.
7. **Cancelling.** If we have to cancel a service less than fourteen days before, we pay for it as if it had been played, unless it was prevented by something that neither of us could avert.
8. **Instruments.** Your instrument is in your care. Tell us if you need a place for it that can be locked.
9. **Changes.** Changes of the schedule reach you in writing. If a new time is impossible for you, tell us at once.

Please sign one copy and send it back. We look forward to making music with you.

[sign: {{organisation.name}}; {{party.name}}]
`;
