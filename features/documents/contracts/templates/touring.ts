export const performanceAgreement = `# Performance agreement

Made on {{today}} between **{{organisation.name}}** (“the artist”) and **{{party.name}}** (“the promoter”).

## The performance

- What: **{{engagement.title}}**
- When: {{engagement.date}}, on stage from {{engagement.starts}} until {{engagement.ends}} at the latest ({{engagement.zone}} time)
- Where: {{engagement.place}}, {{engagement.address}}

{{schedule}}

## What we agree

1. **Performance.** The artist performs as set out above. Who plays, and what, the artist decides.
2. **Fee.** The promoter pays the artist {{engagement.value}}.
2.1. Half is paid within fourteen days of this agreement, the rest on the day before the artist goes on stage.
2.2. Taxes that the law lays on the fee in the country of the performance are shown and paid by the promoter, unless both have agreed otherwise in writing.
3. **Share of the takings.** If a share of the takings was agreed beside the fee, the promoter shows all ticket sales and costs with their receipts on the night, and both sign the settlement.
4. **What the promoter provides.** A safe stage, sound and light as in the technical rider, hands for load-in and load-out, dressing rooms that can be locked, and meals as in the hospitality rider. The riders belong to this agreement; what cannot be met is agreed in writing beforehand.
5. **Permits and rights.** The promoter sees to permits, insurance for the audience and payments to the rights society. The artist gives the list of works played.
6. **Recording.** Nobody records, films or broadcasts more of the performance than the artist allows in writing.
7. **Merchandise.** The artist may sell merchandise. The promoter gives a place with light and power, and takes the share that was agreed, or none.
8. **Advertising.** The promoter uses names and pictures only as the artist has approved them, and announces nothing before the agreed date.
9. **If it can’t take place.** If neither side is to blame – illness, a storm, an order of the authorities – each bears its own costs, and what was paid for the performance is paid back. Both first look for another date.
10. **If one side calls it off.** If the promoter calls it off, the fee is due: half of it when that is more than thirty days before, all of it later. If the artist calls it off without a reason as in 9, the artist pays back what was paid, and the promoter’s costs that can be shown.
11. **Liability.** Each side is liable for damage that it or its people cause. The promoter keeps the artist’s equipment safe while it is in the building.
12. **Changes.** Changes hold when both have agreed to them in writing; mail is enough.
13. **Law.** The law of the place of performance holds, unless both name another one here: ________________.

[sign: {{organisation.name}}, the artist; {{party.name}}, the promoter]
`;
